# SPDX-License-Identifier: GPL-3.0-or-later
"""Turning auto-renewal off, from the row that says it is on to what holds then: with the real window, agent and service,
each way followed to its end."""

import re

from subscribed import Case
from support import paths, tap

NAME = "Internet Security"

# What is typed, what the window says of it, and why.
NUMBERS = (
    ("ALLSOFT-22123406", "Allsoft", "with the name of the shop"),
    ("a221234065", "Allsoft", "in lower case"),
    ("А221234065", "Allsoft", "with a Cyrillic А"),
    (" 2a123 bec45d ", "Nexway", "with spaces"),
    ("3B123FAC76F", "Nexway", "that begins with a 3"),
    ("ALLSOFT", None, "only the name"),
    ("22123406", None, "only digits"),
    ("2A12", None, "too short"),
)

# Where it was bought, its order number (none: chosen from the list), the step, the button, and what that opens.
WAYS = (
    ("Allsoft", "ALLSOFT-22123406", "Ask Allsoft", "Open the support page", "https://allsoft.example/support"),
    ("Nexway", "2A123BEC45D", "Follow the instruction of Nexway", "Open the instruction",
     "https://nexway.example/auto-renewal"),
    ("NetLine", None, "Ask NetLine", "Open the support page", "https://netline.example/support"),
    ("Mobilna", None, "Ask Mobilna", "Open the support page", "https://mobilna.example/help"),
    ("The store of a phone", None, "Turn it off on the phone", "Open the instruction", "https://support.example/phone"),
)


class Guide(Case):
    def open_guide(self):
        """By keys alone: the row of the License panel."""
        window = self.open()
        self.wait_for_focus("label", re.compile(f"^{NAME}.*device"))
        self.tab_to("list item", re.compile("^Auto-renewal"))
        window.key("Return")
        self.wait_for_focus("label", "Where did you buy it?")
        return window

    def choose(self, name):
        """From the list, by keys."""
        self.tab_to("list item", re.compile(f"^{name},"))
        self.window.key("Return")
        self.window.find("radio button", re.compile(f"^{name},"), checked=True)

    def last_text(self, name):
        """The newest field of that name."""
        self.window.find("text", name)
        return self.window.find_all("text", name)[-1]

    def give_number(self, number, name):
        self.window.set_text(self.window.find("text", "Order number"), number)
        self.window.wait_for_text(f"This is an order number of {name}.")


class Off(Guide):
    """What the vendor itself renews is switched by its service."""

    def test_help(self):
        self.open_guide()
        self.check_help("auto-renewal")

    def test_off_and_on_again(self):
        window = self.open_guide()
        self.assertTrue(window.find("radio button", re.compile("^Demo Vendor,")).has("checked"))
        self.tab_to("button", "Continue")
        window.key("Return")
        self.wait_for_focus("label", "Turn auto-renewal off here")
        self.tab_to("button", "Turn auto-renewal off")
        window.key("Return")
        self.wait_for_focus("label", "Auto-renewal is off")
        self.assertFalse(self.held()["AutoRenewal"])
        self.assertFalse(self.world.subscription(self.license["Number"])["auto_renewal"], "the service knows it")
        window.wait_for_text(re.compile(f"^{NAME} works until .* From then on an activation code can be entered, not before"))
        self.tab_to("button", "Undo")
        window.key("Return")
        self.wait_for_focus("label", "Auto-renewal is on")
        self.assertTrue(self.held()["AutoRenewal"])
        self.assertTrue(self.world.subscription(self.license["Number"])["auto_renewal"])

    def test_afterwards(self):
        """The License panel says until when it works and what then; it can be turned on as long as the period runs."""
        window = self.open()
        window.wait_for_text(re.compile("^It renews by itself; there is nothing to do. An activation code can be entered once"))
        window.key("ctrl+2")
        window.press("button", "Turn auto-renewal off")
        self.press("Continue")
        window.wait_for_text("Turn auto-renewal off here")
        self.press("Turn auto-renewal off")
        window.wait_for_text("Auto-renewal is off")
        self.close_in_front()
        window.key("ctrl+1")
        window.wait_for_text(re.compile(f"^It does not renew by itself. {NAME} works until .* From then on"))
        self.wait_for_focus("label", re.compile(f"^{NAME}.*device"))
        self.tab_to("list item", re.compile("^Auto-renewal"))
        window.key("Return")
        self.wait_for_focus("label", "Auto-renewal is off")
        self.press("Turn auto-renewal on")
        window.wait_for_text("Auto-renewal is on")
        self.assertTrue(self.held()["AutoRenewal"])

    def test_away(self):
        """Out of reach, nothing is changed, and it can be tried again."""
        window = self.open_guide()
        self.press("Continue")
        window.wait_for_text("Turn auto-renewal off here")
        self.world.middle.refuse()
        self.press("Turn auto-renewal off")
        window.wait_for_text(re.compile("^The vendor’s service cannot be reached."))
        self.assertTrue(self.held()["AutoRenewal"])
        self.world.middle.accept()
        self.press("Turn auto-renewal off")
        window.wait_for_text("Auto-renewal is off")

    def test_cancelled_meanwhile(self):
        """What the provider has ended cannot be turned on any more: the reason, and what then."""
        self.world.run("subscriptions", "cancel", "--event", "c1", self.license["Number"])
        self.world.agent.on_license(self.license_path(), "Refresh")
        window = self.open()
        self.wait_for_focus("label", re.compile(f"^{NAME}.*device"))
        self.tab_to("list item", re.compile("^Auto-renewal"))
        window.key("Return")
        self.wait_for_focus("label", "Auto-renewal is off")
        self.press("Turn auto-renewal on")
        window.wait_for_text(re.compile("^The auto-renewal of this subscription cannot be turned on any more."))

    def license_path(self):
        return self.held()["path"]


class Ways(Guide):
    """What was bought elsewhere is turned off there."""

    def test_numbers(self):
        window = self.open_guide()
        field = window.find("text", "Order number")
        for number, name, why in NUMBERS:
            with self.subTest(why):
                window.set_text(field, number)
                if name:
                    window.wait_for_text(f"This is an order number of {name}.")
                    window.find("radio button", re.compile(f"^{name},"), checked=True)
                else:
                    window.wait_for_text("This order number is not recognised. Choose where you bought it.")

    def test_ways(self):
        window = self.open_guide()
        for name, number, step, button, address in WAYS:
            with self.subTest(name):
                if number:
                    self.give_number(number, name)
                else:
                    self.choose(name)
                self.press("Continue")
                self.wait_for_focus("label", step)
                self.press(button)
                self.wait_opened(address)
                self.assertTrue(window.find_all("button", "Check status"))
                window.key("Escape")
                self.wait_for_focus("label", "Where did you buy it?")
                window.set_text(window.find("text", "Order number"), "")

    def test_done_there(self):
        """What was turned off elsewhere is seen as soon as the vendor knows."""
        window = self.open_guide()
        self.give_number("A221234065", "Allsoft")
        self.press("Continue")
        window.wait_for_text("Your order number: A221234065")
        self.press("Check status")
        window.wait_for_text("The vendor says that auto-renewal is still on. It may learn of a change up to 24 hours later.")
        self.world.run("subscriptions", "cancel", "--event", "c2", self.license["Number"])
        self.press("Check status")
        window.wait_for_text("Auto-renewal is off")

    def test_portal(self):
        """The vendor's portal: a request to its support, filled in as far as known."""
        window = self.open_guide()
        window.set_text(window.find("text", "Order number"), "77-1")
        window.wait_for_text("This order number is not recognised. Choose where you bought it.")
        self.choose("My Demo")
        self.press("Continue")
        self.wait_for_focus("label", "Write to support")
        self.press("Write to support")
        window.wait_for_text("Turning auto-renewal off")
        window.wait_for_text("Please turn auto-renewal of my subscription off. I bought it here: My Demo.")
        self.assertEqual("77-1", window.content_of(self.last_text("Order number")))
        self.assertEqual(self.license["Number"], window.content_of(window.find("text", "License number")))
        window.set_text(window.find("text", re.compile("^Date of purchase")), "2026-01-31")
        window.set_text(window.find("text", "Name"), "Jan Jansen")
        window.set_text(window.find("text", "E‑mail address"), "jan@example.net")
        self.press("Send")
        reference = re.search(r"SR-\S+", window.wait_for_text(re.compile("Reference: SR-"))).group()
        told = self.world.run("support", "show", reference)
        for words in ("auto-renewal", "77-1", "2026-01-31", "Jan Jansen", "jan@example.net", self.license["Number"],
                      "I bought it here: My Demo."):
            self.assertIn(words, told)


class Provider(Case):
    """What a provider renews: its ways stand in the place of every field for a code."""

    code = "subscription-netline"

    def check_card(self, window):
        window.wait_for_text("A subscription from NetLine")
        window.wait_for_text(re.compile("^NetLine renews it and takes the payments. No activation code is needed"))
        self.assertFalse(window.find_all("text", "Activation code"))
        window.find("button", "Check status")
        window.find("list item", re.compile("^Telephone, "))

    def test_paths(self):
        window = self.open()
        window.find("button", "Check status")
        self.assertFalse(window.find_all("button", "Enter activation code"))
        for key in ("ctrl+2", "ctrl+3"):
            with self.subTest(key):
                window.key(key)
                self.check_card(window)
        window.press("button", "Manage subscription")
        self.wait_opened("https://netline.example/subscriptions")
        window.press("button", "Status page")
        self.wait_opened("https://netline.example/status")
        window.press("button", "Check status")
        window.wait_for_text("The license is up to date")

    def test_asked_for(self):
        """Tray, notices and the desktop file lead there too."""
        window = self.open()
        self.world.session.call(paths.APP_ID, "/" + paths.APP_ID.replace(".", "/"), "org.freedesktop.Application",
                                "ActivateAction", "(sava{sv})", "enter-code", [], {})
        self.check_card(window)

    def test_off(self):
        """The guide marks the provider, and its page is one click away."""
        window = self.open()
        window.key("ctrl+2")
        window.press("button", "Turn auto-renewal off")
        window.find("radio button", re.compile("^NetLine,"), checked=True)
        self.press("Continue")
        window.wait_for_text("Ask NetLine")
        self.press("Manage subscription")
        self.wait_opened("https://netline.example/subscriptions")


class Twice(Case):
    """Nobody pays twice without having been told."""

    def test_renew(self):
        window = self.open()
        window.press("button", "Renew")
        window.wait_for_text("You may pay twice")
        self.check_help("renew")
        self.press("Turn auto-renewal off")
        window.wait_for_text("Where did you buy it?")
        self.press("Continue")
        window.wait_for_text("Turn auto-renewal off here")
        self.press("Turn auto-renewal off")
        window.wait_for_text("Auto-renewal is off")
        window.key("Escape")
        window.wait_gone("label", "You may pay twice")


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Every place that a person can come to in the window, as one table: the gallery takes pictures of it, and a test looks
whether anything is cut or sticks out (narrow.py). A scripted peer stands for the agent."""

import re
from collections import namedtuple

import reserve
import states
import vendors
from gi.repository import GLib
from scripted_agent import DAY, found_provider, license, offers, operation, order, path_of, subscription, support, vendor
from states import NOW

PANELS = {"license": "ctrl+1", "activate": "ctrl+2", "reserve": "ctrl+3"}
TABS = {"license": ("panel", "License"), "activate": ("panel", "Activate"), "reserve": ("panel", "Reserve Code")}
NUMBER = "4821-003918-55120734"
TYPO = reserve.CODE[:-1] + "D"
TALL = 1060
SEATS = ({"id": "s1", "device_name": "attic", "last_seen": NOW - 400 * DAY, "hint": "old"},
         {"id": "s2", "device_name": "kitchen", "last_seen": NOW - DAY, "hint": ""})
HELD = {"licenses": [license(300, CoveredUntil=NOW + (300 + 365) * DAY)],
        "reserves": [reserve.reserve("r0", after=300)]}
GAP = {"licenses": [license(23)], "reserves": reserve.THREE}
SEVERAL = {"licenses": [license(300), vendors.photo(12)], "vendors": [vendor(), vendors.ORCHARD]}

RENEWED = {"licenses": [license(23)]}
RENEWS = {"licenses": [subscription(100)]}
OFF = {"licenses": [subscription(100, AutoRenewal=False)]}
WRITTEN = {"licenses": [license(100)], "support": [support(), support("waiting", "w", topic="other")]}
# An order in each of its states, and what is read then.
ORDERS = (
    ("sending", {"state": "sending", "problem": "service-unavailable", "number": "", "name": ""}, "Forget the order"),
    ("to-pay", {}, "Open the payment page"),
    ("paid", {"state": "paid", "delivers_at": NOW + 9 * DAY}, "Check now"),
    ("adding", {"state": "delivered", "outcome": "pending"}, "The code has arrived and is being added."),
    ("waiting", {"state": "delivered", "outcome": "pending", "problem": "subscription-running"},
     "The code has arrived. It is added when the current license ends."),
    ("reserve", {"state": "delivered", "outcome": "reserve"}, "The code is here, among your reserve codes."),
    ("not-added", {"state": "delivered", "outcome": "refused", "problem": "code-blocked"}, "Try again"),
    ("expired", {"state": "expired"}, "The order was not paid in time, and has ended."),
)

# What the agent says on that panel, and what is read then; what is done to come there, and what to leave again; what
# the button at the bottom then says, in each language, where nothing else is read.
Scene = namedtuple("Scene", "name panel said text act leave label", defaults=(None, None, None))


def menu(opener, item=None):
    """Opens the menu with that name, and presses what it offers, if anything."""
    def act(case):
        case.window.find("button", case.words(opener))
        case.window.do(case.window.find_all("button", case.words(opener))[-1])
        if item:
            case.window.press("menu item", case.words(item))

    return act


def escape(text):
    """Closes what said that."""
    def leave(case):
        case.window.key("Escape")
        case.window.wait_gone(None, case.words(text))

    return leave


def press(name):
    """Buttons of libadwaita say their name twice."""
    return lambda case: case.window.press("button", re.compile(f"^{case.words(name)}"))


def enter(code, button=None):
    def act(case):
        case.window.set_text(case.window.find("text", case.words("Activation code")), code)
        if button:
            case.window.press("button", case.words(button))

    return act


def refuse(error, **details):
    """Enters a code, which the agent takes; and then says why not."""
    def act(case):
        path = path_of("operations", "o")
        seats = [{name: GLib.Variant("x" if name == "last_seen" else "s", value) for name, value in seat.items()}
                 for seat in SEATS]
        states.agent.answers.update(AddCode=lambda: GLib.Variant("(o)", (path,)),
                                    QuerySeats=lambda: GLib.Variant("(aa{sv})", (seats,)))
        states.agent.calls.clear()
        enter(reserve.CODE, "Add activation code")(case)
        case.window.wait_for(lambda: "AddCode" in [call[1] for call in states.agent.calls], what="AddCode")
        states.agent.say(operations=[operation("checking")])
        states.agent.say(operations=[operation("refused", Error=error, ErrorDetails=details)])
        case.window.wait_for(lambda: "Dismiss" in [call[1] for call in states.agent.calls], what="Dismiss")
        states.agent.say()

    return act


def leave_code(case):
    """The field is empty again for what comes next."""
    press("Enter another code")(case)
    clear(case)


def clear(case):
    case.window.find("button", case.words("Add activation code"))
    enter("")(case)


def grow(case):
    """High enough for the whole page."""
    left, _, right, _ = case.window.box()
    case.resize(right - left, TALL)


def choose(case):
    """The product that is shown already."""
    case.window.do(case.window.find(None, re.compile(r"^Internet Security \(")))
    case.window.wait_gone(None, re.compile(r"^Internet Security \("))


def renew(answer, *steps):
    """Opens the window in which one renews, where the agent answers that."""
    def act(case):
        states.agent.answers.update(
            GetOffers=answer, Order=lambda: GLib.Variant("(ss)", ("q", "")), CheckOrder=None)
        name = re.compile(f"^{case.words('Renew')}")
        case.window.wait_for(lambda: len(case.window.find_all("button", name)) == 1, what="the row of an order to be gone")
        case.window.press("button", name)
        for step in steps:
            step(case)

    return act


def check_out(case):
    case.window.press("button", case.words("Check out"))


def refuse_order(case):
    states.agent.answers["Order"] = "io.github.prolong.Error.EmailMalformed"
    check_out(case)


def last(name):
    """Presses the newest button of that name, where a window behind has one too."""
    def act(case):
        wanted = re.compile(f"^{case.words(name)}")
        case.window.find("button", wanted)
        case.window.do(case.window.find_all("button", wanted)[-1])

    return act


def guide(*steps):
    """Opens the guide to turning auto-renewal off."""
    def act(case):
        last("Turn auto-renewal off")(case)
        case.window.wait_for_text(case.words("Where did you buy it?"))
        for step in steps:
            step(case)

    return act


def number(text, name=None):
    """An order number, of the place with that name."""
    def act(case):
        states.agent.answers["FindProvider"] = lambda: found_provider(name)
        case.window.set_text(case.window.find("text", case.words("Order number")), text)

    return act


def buy_at(name):
    """Goes on with the place that the order number names; radio buttons have no action."""
    def act(case):
        number("2A123BEC45D", name)(case)
        case.window.find("radio button", re.compile(f"^{name},"), checked=True)
        press("Continue")(case)
        case.window.wait_gone("radio button")

    return act


def turn_off(case):
    """The service does it."""
    states.agent.calls.clear()
    last("Turn auto-renewal off")(case)
    case.window.wait_for(lambda: "SetAutoRenewal" in [call[1] for call in states.agent.calls], what="SetAutoRenewal")
    states.agent.say(**OFF)


def write(*steps):
    """Opens the request to support."""
    def act(case):
        menu("Main menu", "Contact support")(case)
        case.window.wait_for_text(case.words("What it is about"))
        for step in steps:
            step(case)

    return act


def send(said):
    """Fills the form in, and the agent says what becomes of it."""
    def act(case):
        states.agent.answers["SendSupportRequest"] = lambda: GLib.Variant("(s)", ("s",))
        case.window.set_text(case.window.find("text", case.words("Message")), "Help me.")
        case.window.set_text(case.window.find("text", case.words("Name")), "Jan")
        case.window.set_text(case.window.find("text", case.words("E‑mail address")), "jan@example.net")
        case.window.press("button", case.words(("request", "Send")))
        case.window.wait_for(lambda: "SendSupportRequest" in [call[1] for call in states.agent.calls], what="the request")
        states.agent.say(**{**RENEWED, "support": [said]})

    return act


def half_write(case):
    """Leaves with words that are not sent."""
    case.window.set_text(case.window.find("text", case.words("Message")), "Help me.")
    case.window.key("Escape")


def discard(case):
    case.window.press("button", case.words("Discard"))
    case.window.wait_for(lambda: len(case.window.windows()) == 1, what="the window to close")


def leave(case):
    """Back to the question, and out."""
    case.window.key("Escape")
    case.window.find("radio button")
    close(case)


def close(case):
    """The window in front, whatever it shows."""
    case.window.key("Escape")
    case.window.wait_for(lambda: len(case.window.windows()) == 1, what="the window to close")


def open_profile(case):
    states.agent.answers["CheckVendor"] = lambda: GLib.Variant("(a{sv})", ({"verdict": GLib.Variant("s", "new")},))
    file = states.session.home / "demo.prolong-vendor"
    text = (states.paths.SOURCE / "data/vendors/demo.conf").read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    states.session.run([states.paths.WINDOW, file])


class Walk(states.Case):
    """Goes from scene to scene in one window."""

    def go_to(self, scene):
        if states.session.managed:
            self.window.key(PANELS[scene.panel])
        else:  # Without a window manager, keys no longer reach a window whose dialog has closed.
            self.window.do(self.window.find("page tab", self.words(TABS[scene.panel])))
        self.go_to_step(scene.said)

    def enter_scene(self, scene):
        if scene.act:
            scene.act(self)
        if scene.text:
            self.window.wait_for_text(self.sentences(scene.text))
        elif scene.label:
            self.window.find("button", dict(zip(states.LANGUAGES, scene.label))[self.language])

    def leave_scene(self, scene):
        if scene.leave:
            scene.leave(self)


SCENES = (
    *(Scene(f"license-{name}", "license", said, text, label=label) for name, said, label, text in states.STATES),
    Scene("license-gap", "license", GAP, "•••••-•••••-•••••-7K2MP", grow),
    Scene("license-whole", "license", HELD, "Last checked", grow),
    Scene("license-vendors", "license", SEVERAL, "Choose a product", menu("Choose a product"), choose),
    *(Scene(f"activate-{name}", "activate", said, text) for name, said, text in states.STEPS),
    Scene("activate-typing-error", "activate", {}, "There is a typing error in the activation code.", enter(TYPO), clear),
    Scene("activate-number", "activate", {}, "This is the license number, not the activation code.", enter(NUMBER),
          clear),
    Scene("send-again", "activate", {}, "Give the address that you gave when you bought the license.",
          press("Send my license e‑mail again"), escape("Give the address that you gave when you bought the license.")),
    Scene("activate-seats", "activate", {}, "The code is in use on other devices",
          refuse("code-exhausted", limit=2, used=2, seats=[]), leave_code),
    Scene("activate-previous", "activate", {}, "This is a renewal code",
          refuse("previous-license-required", shorter_term=180 * DAY), leave_code),
    *(Scene(f"reserve-{name}", "reserve", said, text) for name, said, text in reserve.PANEL),
    Scene("reserve-undo", "reserve", HELD, "Undo", press("Remove the code"), press("Undo")),
    *(Scene(f"order-{name}", "license", {"licenses": [license(23)], "orders": [order(**changes)]}, text, grow)
      for name, changes, text in ORDERS),
    Scene("renew", "license", RENEWED, "Check out", renew(offers), close),
    Scene("renew-twice", "license", {"licenses": [license(23, AutoRenewal=True)]}, "You may pay twice", renew(offers),
          close),
    Scene("renew-refused", "license", RENEWED,
          "This is not an e‑mail address. Look for a typing error: the vendor writes to this address.",
          renew(offers, refuse_order), close),
    Scene("renew-away", "license", RENEWED, "The vendor’s service cannot be reached.",
          renew("io.github.prolong.Error.ServiceUnavailable"), close),
    Scene("renew-no-offers", "license", RENEWED, "No offers here", renew(lambda: offers(products=[])), close),
    Scene("renew-placed", "license", {"licenses": [license(23)], "orders": [order()]}, "Pay in your browser",
          renew(offers, check_out), close),
    Scene("auto-renewal-where", "activate", RENEWS, "The license says where, it is marked below.", guide(), close),
    Scene("auto-renewal-unknown", "activate", RENEWS, "This order number is not recognised. Choose where you bought it.",
          guide(number("ALLSOFT")), close),
    Scene("auto-renewal-service", "activate", RENEWS, "Turn auto-renewal off here", guide(buy_at("Demo Vendor")), leave),
    Scene("auto-renewal-contact", "activate", RENEWS, "Open the support page",
          guide(buy_at("Allsoft")), leave),
    Scene("auto-renewal-portal", "activate", RENEWS, "Write to support", guide(buy_at("My Demo")), leave),
    Scene("auto-renewal-partner", "activate", RENEWS, "Not for your product or version", guide(buy_at("Mobilna")), leave),
    Scene("auto-renewal-phone", "activate", RENEWS, "Turn it off on the phone", guide(buy_at("The store of a phone")),
          leave),
    Scene("auto-renewal-off", "activate", RENEWS, "Auto-renewal is off", guide(buy_at("Demo Vendor"), turn_off), close),
    Scene("support", "license", RENEWED, "Topic", write(), close),
    Scene("support-before", "license", WRITTEN, "Copy the reference", write(), close),
    Scene("support-discard", "license", RENEWED, "What you wrote is not sent yet.", write(half_write), discard),
    Scene("support-sent", "license", RENEWED, "The request is sent", write(send(support())), close),
    Scene("support-waits", "license", RENEWED, "The request waits for the network", write(send(support("waiting"))),
          close),
    Scene("details", "license", HELD, "License details", menu("More actions", "License details"),
          escape("License details")),
    Scene("remove", "license", HELD, "Remove the license from this device?",
          menu("More actions", "Remove from this device…"), escape("Remove the license from this device?")),
    Scene("menu", "license", HELD, "About Prolong", menu("Main menu"), escape("About Prolong")),
    Scene("about", "license", HELD, "The Prolong authors", menu("Main menu", "About Prolong"),
          escape("The Prolong authors")),
    Scene("shortcuts", "license", HELD, "Close the window", menu("Main menu", "Keyboard shortcuts"),
          escape("Close the window")),
    Scene("add-vendor", "license", HELD, "Service address", open_profile, escape("Service address")),
    Scene("preferences", "license", HELD, "Icon in the tray", menu("Main menu", "Preferences"), escape("Icon in the tray")),
)

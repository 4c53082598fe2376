# SPDX-License-Identifier: GPL-3.0-or-later
"""A request to the vendor's support: written, looked through, sent at once or once the vendor can be reached; with the
real window, agent, keyring and service."""

import re

from subscribed import Case
from support import tap

CODE = "7K2MP-Q0X9D-R4TWB-1H8ZC"


class Support(Case):
    code = "one-year"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world.session.start_window_manager()  # Without one, no keys reach what is behind a window that closed.

    def setUp(self):
        super().setUp()
        for request in self.world.agent.properties()["SupportRequests"]:
            self.world.agent.manager("ForgetSupportRequest", "(s)", request["id"])

    def open_form(self):
        self.open()
        self.show_form()
        return self.window

    def show_form(self):
        self.press("Main menu")
        self.window.press("menu item", "Contact support")
        self.wait_for_focus("label", "Write to the support of Demo Vendor")

    def fill(self, message="It does not work."):
        for field, text in (("Message", message), ("Name", "Jan Jansen"), ("E‑mail address", "jan@example.net")):
            self.window.set_text(self.window.find("text", field), text)

    def reference(self):
        return re.search(r"SR-\S+", self.window.wait_for_text(re.compile("Reference: SR-"))).group()

    def test_help(self):
        self.open_form()
        self.check_help("trouble")

    def test_what_is_missing(self):
        """Nothing is sent without what an answer needs, and the words say what."""
        window = self.open_form()
        self.press("Send")
        window.wait_for_text("The message is empty. Write what support can do for you.")
        window.set_text(window.find("text", "Message"), "Help.")
        window.set_text(window.find("text", "Name"), "")
        self.press("Send")
        window.wait_for_text("The name is missing. Give the name of the order.")
        window.set_text(window.find("text", "Name"), "Jan")
        window.set_text(window.find("text", "E‑mail address"), "nobody")
        self.press("Send")
        window.wait_for_text(re.compile("^This is not an e‑mail address."))
        self.assertEqual([], self.world.agent.properties()["SupportRequests"])

    def test_diagnosis(self):
        """It is shown before it is attached, and what is sent is what was shown."""
        window = self.open_form()
        self.fill()
        row = self.tab_to("list item", "Diagnosis, Not attached. See what it says, then decide.")
        self.assertTrue(row)
        window.key("Return")
        self.wait_for_focus("label", "What the diagnosis says")
        shown = window.wait_for_text(re.compile("internet-security"))
        self.assertNotIn(self.license["Number"], shown)
        self.press("Attach")
        self.wait_for_focus("list item", "Diagnosis, Attached to the request")
        self.press("Send")
        told = self.world.run("support", "show", self.reference())
        for line in filter(None, (line.strip() for line in shown.splitlines())):
            self.assertIn(line, told)
        self.assertIn("It does not work.", told)

    def test_secrets(self):
        """A code that was typed is told, and is not sent."""
        window = self.open_form()
        code = self.world.service.codes["used-up"]
        self.fill(f"My code is {code}.")
        window.wait_for_text(re.compile("^1 word looks like an activation code"))
        self.press("Send")
        self.assertNotIn(code, self.world.run("support", "show", self.reference()))

    def test_offline(self):
        """It is kept while the vendor is away, also without the window, and sent when it is back."""
        self.world.middle.refuse()
        window = self.open_form()
        self.fill()
        self.press("Send")
        window.wait_for_text("The request waits for the network")
        window.stop()
        window = self.open_form()
        window.wait_for_text(re.compile("^Kept here, and sent as soon as the vendor can be reached."))
        self.fill("Another one.")
        self.press("Send")
        window.wait_for_text("The request waits for the network")
        self.world.middle.accept()
        self.press("Try again")
        window.wait_for_text("The request is sent")
        reference = self.reference()
        self.assertIn("Another one.", self.world.run("support", "show", reference))
        self.press("Close")
        self.world.agent.wait_for(
            lambda: all(each["state"] == "sent" for each in self.world.agent.properties()["SupportRequests"]),
            what="both requests to be sent")

    def test_half_written(self):
        """What was written goes neither with Escape nor with the program before the person says so."""
        window = self.open_form()
        window.key("Escape")
        window.wait_gone("label", "Write to the support of Demo Vendor")
        self.show_form()
        self.fill("Half a mess")
        for keys in ("Escape", "ctrl+w", "ctrl+q"):
            with self.subTest(keys):
                window.key(keys)
                self.wait_for_focus("label", "Discard your message?")
                self.press("Keep writing")
                self.wait_for_focus("text", "Message")
                self.assertEqual(window.content_of(window.find("text", "Message")), "Half a mess")
        window.key("Escape")
        self.wait_for_focus("label", "Discard your message?")
        self.press("Discard")
        window.wait_gone("frame", "Support")
        window.key("ctrl+q")
        self.assertEqual(window.child.wait(), 0)

    def test_from_a_refusal(self):
        """A step that failed is what the request is about."""
        window = self.open()
        window.key("ctrl+2")
        window.set_text(window.find("text", "Activation code"), self.world.service.codes["blocked"])
        window.press("button", "Save activation code")
        window.wait_for_text("The vendor has blocked this activation code.")
        window.press("button", "Contact support")
        window.wait_for_text("A code cannot be activated")
        self.assertIn("The vendor has blocked this activation code.",
                      window.wait_for_text(re.compile("^The vendor has blocked")))


if __name__ == "__main__":
    tap.main()

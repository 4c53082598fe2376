# SPDX-License-Identifier: GPL-3.0-or-later
"""Reserve codes through the real window, agent, keyring and service: saved, refused each in its own words, handed over."""

import re
import time
import unittest

from support import paths, tap
from support.agent import LICENSE, OPERATION, Agent
from support.service import Service
from support.session import Session
from support.ui import Window

# The code that runs, the code that is entered, what the words start with, and why.
REFUSALS = (
    ("one-year", "one-year", "This activation code has already been added.", "the code of the license itself"),
    ("one-year", "wrong-product", "This activation code is for another product", "for another product"),
    ("one-year", "blocked", "The vendor has blocked this activation code.", "the vendor took it back"),
    ("one-year", "expired", "This activation code", "it cannot be used any more"),
    ("one-year", "newer-version", "This activation code needs version", "the installed version is older"),
    ("one-year", "used-before", "This code ends on .*, before the current license, which ends on ", "S3: both dates"),
    ("subscription", "reserve", "A subscription for this product is running", "S4: it renews by itself"),
    ("trial", "reserve", "A trial of this product is running", "the vendor's policy"),
)


def setUpModule():
    global session, service, agent
    session = Session(display=True).__enter__()
    service = Service(session).__enter__()
    agent = Agent(session)
    agent.start()


def tearDownModule():
    agent.__exit__()
    service.__exit__()
    session.close()


class Place(unittest.TestCase):
    def setUp(self):
        self.window = None
        for reserve in agent.reserves():
            agent.on_reserve(reserve["path"], "Remove")
        for license in agent.licenses():
            agent.call(license["path"], LICENSE, "Remove")
        for operation in agent.operations():
            agent.call(operation["path"], OPERATION, "Dismiss")

    def tearDown(self):
        if self.window and self.window.child.returncode is None:
            self.window.stop()

    def activate(self, code):
        """As prolongctl does: nothing is left to be told in the window."""
        agent.activate(code)
        for operation in agent.operations():
            agent.call(operation["path"], OPERATION, "Dismiss")

    def open(self, key):
        self.window = Window(session, [paths.WINDOW], "prolong", env={"LC_ALL": "C.UTF-8"})
        self.window.find("button", re.compile("^License|^No license"))
        self.window.key(key)
        return self.window

    def enter(self, name):
        field = self.window._editable(self.window.find("text", "Activation code"))
        field.queryEditableText().setTextContents(service.codes[name])
        self.window.press("button", "Save activation code")


class Saving(Place):
    def test_saved(self):
        """Saved in the Activate panel, listed, moved, removed."""
        self.activate(service.codes["one-year"])
        window = self.open("ctrl+2")
        for name in ("reserve", "reserve-two"):
            self.enter(name)
            window.wait_for_text("The reserve code is saved")
            window.wait_for_text(re.compile("^Takes over on "))
            window.press("button", "Finish")
            window.find("button", "Copy license number")
            window.key("ctrl+2")
        window.key("ctrl+3")
        masks = [reserve["Code"] for reserve in agent.reserves()]
        window.find("list item", f"Reserve code {masks[0]}, 1 of 2")
        window.wait_for_text(re.compile("Add the code on each device"))
        window.do(window.find_all("button", "Move up")[1])
        window.find("list item", f"Reserve code {masks[1]}, 1 of 2")
        self.assertEqual(masks[::-1], [reserve["Code"] for reserve in agent.reserves()])
        window.do(window.find_all("button", "Remove the code")[0])
        window.find("list item", f"Reserve code {masks[0]}, 1 of 1")
        window.key("ctrl+w")
        session.wait_for_name(paths.APP_ID, present=False)
        self.assertEqual([masks[0]], [reserve["Code"] for reserve in agent.reserves()])

    def test_refused(self):
        """Every rule is told by its own words, with the code still in the field or the rule in its place."""
        for current, name, words, why in REFUSALS:
            with self.subTest(why):
                self.tearDown()
                self.setUp()
                self.activate(service.codes[current])
                window = self.open("ctrl+2")
                self.enter(name)
                found = window.wait_for_text(re.compile("^" + words))
                self.assertNotIn("—", found)
                self.assertEqual([], agent.reserves())
                window.stop()

    def test_renewal_code(self):
        """The service finds the earlier license by itself."""
        self.activate(service.codes["one-year"])
        window = self.open("ctrl+3")
        window.press("button", "Enter activation code")
        self.enter("renewal")
        window.wait_for_text("The reserve code is saved")
        window.wait_for_text(re.compile("^Takes over on .*\n365 days"))


class HandOver(Place):
    def test_watched(self):
        """Two minutes, then the reserve code takes over, and the label never says that the license expired."""
        self.activate(service.codes["two-minutes"])
        window = self.open("ctrl+2")
        self.enter("reserve")
        window.wait_for_text("The reserve code is saved")
        window.press("button", "Finish")
        began, seen = time.monotonic(), {}

        def look():
            for text in window.texts(re.compile("^License")):
                seen.setdefault(text, time.monotonic() - began)
            return any("365 days" in text for text in seen)

        window.wait_for(look, limit=300, what="the hand-over")
        self.assertNotIn("License expired", seen)
        self.assertEqual([], agent.reserves())
        window.wait_for_text(re.compile("^until "))


if __name__ == "__main__":
    tap.main()

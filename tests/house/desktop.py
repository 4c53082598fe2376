# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop asks of the window program, over D-Bus as the desktop file promises."""

import configparser
import shutil
import unittest

from support import paths, tap
from support.session import Session
from support.ui import Window

PATH = "/" + paths.APP_ID.replace(".", "/")
APPLICATION = "org.freedesktop.Application"


class DesktopTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(Session(display=True))
        cls.session.vendors.mkdir(parents=True)
        shutil.copy(paths.SOURCE / "data/vendors/demo.conf", cls.session.vendors)

    def call(self, method, signature, *arguments):
        self.session.call(paths.APP_ID, PATH, APPLICATION, method, signature, *arguments)

    def shown(self):
        window = Window(self.session, None, "prolong", start=False)
        window.wait_until_shown()
        return window

    def tearDown(self):
        self.call("ActivateAction", "(sava{sv})", "quit", [], {})
        self.session.wait_for_name(paths.APP_ID, present=False)

    def test_activate(self):
        self.call("Activate", "(a{sv})", {})
        self.shown().find("button", "No license")

    def test_every_action_of_the_desktop_file(self):
        entries = configparser.RawConfigParser(strict=True, interpolation=None)
        entries.optionxform = str
        entries.read(paths.BUILD / f"data/{paths.APP_ID}.desktop", encoding="utf-8")
        places = {"enter-code": ("text", "Activation code")}
        self.assertEqual(set(places), set(entries["Desktop Entry"]["Actions"].strip(";").split(";")))
        for action, place in places.items():
            with self.subTest(action):
                self.call("ActivateAction", "(sava{sv})", action, [], {})
                self.shown().find(*place)


if __name__ == "__main__":
    tap.main()

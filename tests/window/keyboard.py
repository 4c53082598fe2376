# SPDX-License-Identifier: GPL-3.0-or-later
"""Every job by keys alone, as a person without a mouse does it: the real window, agent, keyring and service.

After each step the focus is where one goes on. Nothing is pressed by an action of the accessibility library.
"""

import re
import signal
import unittest

import activate
from activate import Place
from states import PROBE
from support import paths, tap
from support.ui import Window

UNDO = re.compile("^Undo")  # Buttons of libadwaita say their name twice.
NAME = "Internet Security"


def setUpModule():
    activate.setUpModule()
    activate.session.start_window_manager()
    opened = activate.session.home / "opened"
    applications = activate.session.home / "data/applications"
    applications.mkdir(parents=True, exist_ok=True)
    (applications / "browser.desktop").write_text(
        f"[Desktop Entry]\nType=Application\nName=Browser\nExec=sh -c 'echo \"$1\" > {opened}' sh %u\n"
        "MimeType=x-scheme-handler/https;text/html;\n")
    (activate.session.home / "config/mimeapps.list").write_text(
        "[Default Applications]\nx-scheme-handler/https=browser.desktop\ntext/html=browser.desktop\n")


def tearDownModule():
    activate.tearDownModule()


class Job(Place):
    def setUp(self):
        for reserve in activate.agent.reserves():
            activate.agent.on_reserve(reserve["path"], "Remove")
        super().setUp()
        self.codes = activate.service.codes

    def open(self):
        self.language, self.words = "en", activate.Words("en")
        env = {"LANGUAGE": "en", "LD_PRELOAD": str(PROBE), "PROBE_FOCUS": "1"}
        self.window = Window(activate.session, [paths.WINDOW], "prolong", env=env)
        return self.window

    def open_licensed(self):
        activate.agent.activate(self.codes["one-year"])
        for operation in activate.agent.operations():
            activate.agent.on_operation(operation["path"], "Dismiss")
        window = self.open()
        window.find("button", "License: 365 days left")
        self.wait_for_focus("label", re.compile(f"^{NAME}.*device"))
        return window

    def at(self):
        """The type of what has the focus."""
        lines = self.window.child.lines
        lines.clear()
        self.window.child.signal(signal.SIGUSR2)
        self.window.child.wait_for_line("^LISTED")
        return next((line.split()[1] for line in lines if line.startswith("AT ") and line.endswith(" seen")), None)

    def wait_for_focus(self, role, name):
        return self.window.wait_for(lambda: self.window.focused(role, name), what=f"the focus at {role} {name!r}")

    def wait_for_field_focus(self, text=None):
        """The field has it; libadwaita 1.2 does not tell so in the accessibility tree."""
        self.window.wait_for(lambda: self.at() == "GtkText", what="the focus in the field")
        if text is not None:
            self.wait_for_field(text)

    def tab_to(self, role, name, key="Tab"):
        for _ in range(60):
            self.window.child.lines.clear()
            self.window.key(key)
            self.window.child.wait_for_line("^FOCUSED")
            if found := self.window.focused(role, name):
                return found
        return self.fail(f"{key} does not come to {role} {name!r}")

    def tab_to_field(self):
        for _ in range(60):
            self.window.child.lines.clear()
            self.window.key("Tab")
            if " GtkText " in self.window.child.wait_for_line("^FOCUSED").string:
                return
        self.fail("Tab does not come to the field")

    def type_code(self, code):
        """As it is typed in life: without dashes, over what stands there."""
        self.window.key("ctrl+a")
        self.window.type_keys(code.replace("-", "").lower())
        self.wait_for_field(code)


class Jobs(Job):
    def test_activate(self):
        """From the first start to Finish, with a typing error on the way."""
        window = self.open()
        self.wait_for_focus("button", "Enter activation code")
        window.key("Return")
        self.wait_for_field_focus("")
        wrong = activate.with_typing_error(self.codes["one-year"])
        self.type_code(wrong)
        window.key("Return")
        window.wait_for_text("There is a typing error in the activation code.")
        self.wait_for_field_focus(wrong)
        self.type_code(self.codes["one-year"])
        window.key("Return")
        self.wait_for_focus("label", f"{NAME} is activated")
        window.key("Return")
        self.wait_for_focus("label", re.compile(f"^{NAME}.*device"))
        window.find("button", "License: 365 days left")

    def test_refused(self):
        """The code is still there, and what is wrong belongs to the field."""
        window = self.open()
        window.key("ctrl+2")
        self.wait_for_field_focus("")
        self.type_code(self.codes["unknown"])
        window.key("Return")
        told = window.wait_for_text("The vendor does not know this activation code.")
        self.wait_for_field_focus(self.codes["unknown"])
        self.assertIn(told, window.describe(self.field()))
        self.type_code(self.codes["one-year"])
        window.wait_gone("label", told)
        window.key("Return")
        self.wait_for_focus("label", f"{NAME} is activated")
        window.key("Escape")
        self.wait_for_focus("label", re.compile(f"^{NAME}.*device"))

    def test_reserve_codes(self):
        """Save two, change their order, remove one, and take that back."""
        window = self.open_licensed()
        window.key("ctrl+3")
        self.wait_for_focus("button", "Enter activation code")
        window.key("Return")
        for name in ("reserve", "reserve-two"):
            self.wait_for_field_focus("")
            self.type_code(self.codes[name])
            window.key("Return")
            self.wait_for_focus("label", "The reserve code is saved")
            window.key("Return")
            self.wait_for_focus("label", f"Reserve codes for {NAME}")
            self.tab_to_field()
        first, second = (re.compile(f"{self.codes[name][-5:]}, {place} of 2$")
                         for place, name in ((1, "reserve"), (2, "reserve-two")))
        self.tab_to("list item", first)
        window.key("alt+Down")
        moved = re.compile(f"{self.codes['reserve'][-5:]}, 2 of 2$")
        self.wait_for_focus("list item", moved)
        self.assertEqual(self.codes["reserve-two"][-5:], activate.agent.reserves()[0]["Code"][-5:])
        window.key("alt+Up")
        self.wait_for_focus("list item", first)
        self.tab_to("button", "Remove the code")
        window.key("Return")
        window.wait_gone("list item", first)
        self.wait_for_focus("list item", re.compile(", 1 of 1$"))
        self.tab_to("button", UNDO)
        window.key("Return")
        self.wait_for_focus("list item", first)
        window.find("list item", second)

    def test_license(self):
        """Check it, read its details, copy the number, and remove it."""
        window = self.open_licensed()
        self.tab_to("button", "Check the license now")
        window.key("Return")
        window.wait_for_text("The license is up to date")
        self.wait_for_focus("button", "Check the license now")
        activate.middle.requests.clear()
        window.key("ctrl+r")
        window.wait_for(lambda: activate.middle.requests, what="the service to be asked")
        self.tab_to("button", "More actions")
        window.key("Return")
        self.wait_for_focus("menu item", "License details")
        window.key("Return")
        self.wait_for_focus("scroll pane", "License details")
        window.key("Escape")
        self.wait_for_focus("button", "More actions")

        self.tab_to("button", "Copy license number", key="shift+Tab")
        window.key("Return")
        window.wait_for_text("Copied")
        number = activate.agent.licenses()[0]["Number"]
        window.key("ctrl+2")
        self.wait_for_field_focus("")
        window.key("ctrl+v")
        self.wait_for_field(number)
        window.key("ctrl+a", "Delete", "Escape")

        self.wait_for_focus("label", re.compile(f"^{NAME}.*device"))
        self.tab_to("button", "More actions")
        window.key("Return", "Down", "Return")
        self.wait_for_focus("button", re.compile("^Keep"))
        self.tab_to("button", re.compile("^Remove"))
        window.key("Return")
        window.wait_for_text("No license yet")
        self.wait_for_focus("button", "Enter activation code")
        self.assertEqual([], activate.agent.licenses())

    def leave(self, button):
        """Closes a dialog, after which the focus is where it was."""
        self.window.key("Escape")
        self.window.wait_for(lambda: len(self.window.windows()) == 1, what="it to close")
        self.wait_for_focus("button", button)

    def test_windows(self):
        """Help, shortcuts, preferences and about open and close, and the focus is back where it was."""
        window = self.open()
        self.wait_for_focus("button", "Enter activation code")
        window.key("F1")
        opened = activate.session.home / "opened"
        window.wait_for(opened.exists, what="the browser")
        for key, text in (("ctrl+question", "Close the window"), ("ctrl+comma", "Start at login")):
            with self.subTest(text):
                window.key(key)
                window.wait_for_text(re.compile(text))
                self.leave("Enter activation code")
        window.key("F10")
        self.tab_to("menu item", "About Prolong", key="Down")
        window.key("Return")
        window.wait_for_text(re.compile("Prolong authors"))
        self.leave("Main menu")
        window.key("ctrl+w")
        self.assertEqual(0, window.child.wait())


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The first time, with nothing there: no product, no license, no network, no keyring. At each point one thing is the
obvious one to do next, said in words, and doing it leads on."""

import os
import signal
import unittest

from states import PROBE
from support import paths, tap
from support.proxy import Proxy
from support.service import Service
from support.session import Session
from support.ui import Window


def setUpModule():
    global session, service, middle
    session = Session(keyring="none", display=True).__enter__()
    service = Service(session, install_profile=False).__enter__()
    middle = Proxy(service)


def tearDownModule():
    middle.refuse()
    service.__exit__()
    session.close()


def end_agent():
    bus = "org.freedesktop.DBus"
    os.kill(session.call(bus, "/" + bus.replace(".", "/"), bus, "GetConnectionUnixProcessID", "(s)", paths.AGENT_NAME),
            signal.SIGTERM)


class FirstTime(unittest.TestCase):
    def marked(self):
        """The buttons that stand out."""
        child = self.window.child
        child.lines.clear()
        child.signal(signal.SIGUSR2)
        child.wait_for_line("^LISTED")
        return [line.removeprefix("SUGGESTED ") for line in child.lines if line.startswith("SUGGESTED ")]

    def next_is(self, words, button):
        """Words say where one is, and one button stands out."""
        with self.subTest(words):
            self.window.wait_for_text(words)
            self.window.wait_for(lambda: self.marked() == [button], what=f"{button!r} alone to stand out")

    def test_walk(self):
        env = {"LANGUAGE": "en", "LD_PRELOAD": str(PROBE), "PROBE_FOCUS": "1"}
        self.window = window = Window(session, [paths.WINDOW], "prolong", env=env)
        self.next_is("No product yet", "Look again")
        window.key("ctrl+2")
        self.next_is("Nothing to activate now", "Try again")
        window.key("ctrl+1")
        service.install_profile(url=middle.url)
        window.press("button", "Look again")
        self.next_is("No license yet", "Enter activation code")
        window.key("ctrl+3")
        self.next_is("No license yet", "Enter activation code")
        window.press("button", "Enter activation code")
        self.next_is("Add an activation code", "Add activation code")

        middle.refuse()
        window.set_text(window.find("text", "Activation code"), service.codes["one-year"])
        window.press("button", "Add activation code")
        self.next_is("The vendor’s service cannot be reached.", "Try again")
        window.stop()
        end_agent()  # As at the end of a login: the code was in memory only.
        middle.accept()
        window.start()
        window.press("button", "Try again")
        self.next_is("Enter the code", "Enter the code")
        window.press("button", "Enter the code")
        self.next_is("Enter the code once more", "Add activation code")
        window.set_text(window.find("text", "Activation code"), service.codes["one-year"])
        window.press("button", "Add activation code")
        self.next_is("Internet Security is activated", "Finish")
        window.press("button", "Finish")
        window.find("button", "License: 365 days left")
        window.wait_for(lambda: not self.marked(), what="no button to stand out, as nothing presses")
        window.stop()


if __name__ == "__main__":
    tap.main()

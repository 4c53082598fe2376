# SPDX-License-Identifier: GPL-3.0-or-later
"""What `build-aux/run` shows, after it has built: without a display, on a desktop, and beside the person's own Prolong.

The demo runs inside a session of the test, which stands for the person's desktop.
"""

import re
import subprocess
import unittest

from support import paths, tap, walk
from support.agent import Agent
from support.session import Session
from support.ui import Window

DEMO = ["/usr/bin/python3", paths.SOURCE / "build-aux/demo.py"]


def state_files(session):
    """What lies in the person's own state directory, the demo's left out."""
    return [path for path in session.files(session.home / "state") if "prolong-demo" not in path.parts]


class VirtualTest(unittest.TestCase):
    def test_shows_everything_without_a_display(self):
        with Session(keyring="none") as session:
            for attempt in ("first", "second"):
                with self.subTest(attempt):
                    done = session.run(DEMO, env={"DBUS_SESSION_BUS_ADDRESS": None})
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertRegex(done.stdout, r"(?m)^  [0-9A-Z]{5}(-[0-9A-Z]{5}){3}  ")
                    self.assertRegex(done.stdout, r"(?m)^  [0-9A-Z]{4}(-[0-9A-Z]{4}){3}  ")
                    self.assertIn("License: 365 days left", done.stdout)
                    self.assertIn("License: 730 days left", done.stdout)
                    picture = re.search(r"A picture of the window: (.*)", done.stdout).group(1)
                    with open(picture, "rb") as file:
                        self.assertEqual(file.read(4), b"\x89PNG")
            self.assertEqual(state_files(session), [])


class DesktopTest(unittest.TestCase):
    """One display serves both cases; the accessibility library knows no more than one."""

    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(Session(display=True))

    def test_1_uses_the_desktop_and_a_state_directory_of_its_own(self):
        session = self.session
        demo = session.spawn(DEMO, name="demo")
        code = demo.wait_for_line(r"^  ([0-9A-Z-]{23})  ").group(1)
        demo.wait_for_line("The window is open")
        window = Window(session, None, "prolong", start=False)
        window.wait_until_shown()
        walk.activate(window, code)
        self.assertEqual([secret for _, secret, _ in session.keyring_items()], [code])
        self.assertEqual(state_files(session), [])
        self.assertIn("365 days left", session.run([paths.CTL, "status"]).stdout)
        self.assertIn("already running", session.run(DEMO).stdout)
        window.press("button", "Close")
        self.assertEqual(demo.wait(), 0)
        session.wait_for_name(paths.AGENT_NAME, present=False)

    def test_2_leaves_a_running_prolong_alone(self):
        session = self.session
        with Agent(session) as agent:
            agent.attach()
            demo = session.spawn(DEMO, name="demo-2")
            demo.wait_for_line("Your own Prolong is running")
            demo.wait_for_line("The window is open")
            for words in (["search", "--sync", "--onlyvisible", "--class", "prolong", "windowfocus"], ["key", "ctrl+q"]):
                subprocess.run(["xdotool", *words], env=session.env, check=True, timeout=paths.LIMIT)
            self.assertEqual(demo.wait(), 0)
            self.assertIsNone(agent.child.returncode)
            self.assertEqual(agent.licenses(), [])


if __name__ == "__main__":
    tap.main()

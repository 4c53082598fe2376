# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scene at 360 x 294, in three languages, from right to left and in text of twice the size: no label is cut, and
nothing sticks out of its window. What is wrong is told in sight."""

import re

import scenes
import states
from scripted_agent import offers
from support import tap
from support.tree import WINDOW_COORDS

SMALL = (360, 294)
LOW = (360, 400)

tearDownModule = states.tearDownModule


def setUpModule():
    states.setUpModule()
    states.session.start_window_manager()  # Without one, keys no longer reach a window whose dialog has closed.


class Narrow(scenes.Walk):
    def walk(self, language, size=SMALL, **env):
        states.agent.say(**scenes.SCENES[0].said)
        self.open(language, **env)
        self.window.find("button", None)
        for scene in scenes.SCENES:
            with self.subTest(scene.name):
                self.resize(*size)
                self.go_to(scene)
                self.enter_scene(scene)
                wrong, found = self.look()
                self.picture(f"narrow-{scene.name}")
                self.leave_scene(scene)
                self.assertEqual([], wrong)
                if not scene.act:
                    self.assertLessEqual(found, size)


class English(Narrow):
    def test(self):
        self.walk("en")


class Dutch(Narrow):
    def test(self):
        self.walk("nl")


class Russian(Narrow):
    def test(self):
        self.walk("ru")


class FromRightToLeft(Narrow):
    def test(self):
        self.walk("en", PROBE_RTL="1")


class LargeText(Narrow):
    def test(self):
        """In the language with the longest words."""
        with states.large_text():
            self.walk("ru", size=(460, 680))


class InSight(scenes.Walk):
    def setUp(self):
        super().setUp()
        states.agent.say(**scenes.RENEWED)
        self.open("en").find("button", None)

    def wait_in_sight(self, text):
        """Waits until what says that is not scrolled away."""
        def inside():
            node = next(iter(self.window.find_all(None, re.compile(text))), None)
            pane = node
            while pane and pane.role != "scroll pane":
                pane = pane.parent
            if not pane:
                return False
            (_, top, _, height), (_, start, _, seen) = (
                each.call("Component", "GetExtents", "(u)", WINDOW_COORDS) for each in (node, pane))
            return start <= top and top + height <= start + seen

        self.window.wait_for(inside, what=f"{text!r} to be in sight")

    def test_code(self):
        states.agent.say()
        self.resize(*SMALL)
        self.window.key("ctrl+2")
        scenes.enter(scenes.TYPO)(self)
        self.wait_in_sight("^There is a typing error")

    def test_order(self):
        scenes.renew(offers)(self)
        self.window.find("button", "Check out")
        self.resize(*LOW)
        scenes.refuse_order(self)
        self.wait_in_sight("^This is not an e‑mail address")

    def test_support(self):
        scenes.write()(self)
        self.resize(*LOW)
        for name, missing in (("Message", "^The message is empty"), ("Name", "^The name is missing"),
                              ("E‑mail address", "^This is not an e‑mail address")):
            self.window.press("button", "Send")
            self.wait_in_sight(missing)
            self.window.set_text(self.window.find("text", name), "a")

    def test_device_name(self):
        scenes.menu("Main menu", "Preferences")(self)
        field = self.window.find("text", "Name of this device")
        self.resize(*LOW)
        self.window.set_text(field, "long " * 60)
        self.wait_in_sight("^This name is too long")


if __name__ == "__main__":
    tap.main()

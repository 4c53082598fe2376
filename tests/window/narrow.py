# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scene at 360 x 294, in three languages, from right to left and in text of twice the size: no label is cut, and
nothing sticks out of its window."""

import scenes
import states
from support import tap

SMALL = (360, 294)

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


if __name__ == "__main__":
    tap.main()

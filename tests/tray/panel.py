# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon in a real tray: xfce4-panel with its tray plugin, mouse and window manager.

Pictures go to the folder that PROLONG_SCREENSHOTS names, if it does.
"""

import os
import re
import unittest
from pathlib import Path

from support import paths, tap
from support.agent import OPERATION, Agent
from support.panel import Panel
from support.process import run
from support.screen import grab
from support.service import Service
from support.session import Session
from support.ui import Window

PICTURES = os.environ.get("PROLONG_SCREENSHOTS")
ICONS = {"XDG_DATA_DIRS": f"{paths.SOURCE}/data:/usr/local/share:/usr/share"}  # As if they were installed.
LANGUAGES = {
    "en": ["License: 365 days left", None, "Enter activation code", "Reserve code", "Renew", "Check status", None,
           "Preferences", "Quit"],
    "nl": ["Licentie: nog 365 dagen", None, "Activatiecode invoeren", "Reservecode", "Verlengen", "Status controleren",
           None, "Voorkeuren", "Afsluiten"],
    "ru": ["Лицензия: осталось 365 дней", None, "Ввести код активации", "Резервный код", "Продлить", "Проверить статус",
           None, "Параметры", "Выйти"]}


def contrast(one, other):
    """As WCAG 2 reckons it, of two colours of three bytes."""
    def luminance(color):
        red, green, blue = (v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in color))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


class Desk(unittest.TestCase):
    """One desktop for each class, since the accessibility tree is that of one display."""

    dark, data = True, ICONS

    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(Session(display=True, env=cls.data))
        cls.panel = cls.enterClassContext(Panel(cls.session, dark=cls.dark))
        cls.service = cls.enterClassContext(Service(cls.session, directory=True))

    def agent(self, code=None, **env):
        agent = self.enterContext(Agent(self.session, env=env))
        for license in agent.licenses():
            agent.on_license(license["path"], "Remove")
        if code:
            agent.activate(code)
        for operation in agent.operations():
            agent.call(operation["path"], OPERATION, "Dismiss")
        return agent

    def tearDown(self):
        if self.session.has_name(paths.APP_ID):
            self.session.call(paths.APP_ID, "/io/github/prolong/Prolong", "org.freedesktop.Application",
                              "ActivateAction", "(sava{sv})", "quit", [], {})
            self.session.wait_for_name(paths.APP_ID, present=False)

    def window(self):
        """The window program's window, whoever started it."""
        window = Window(self.session, None, "prolong", start=False)
        window.wait_until_shown()
        return window

    def xdotool(self, *arguments):
        return run(["xdotool", *arguments], env=self.session.env).stdout.strip()

    def wait_for_front(self, window, title):
        """Until the window manager says that the window with this title is in front of all and has the keyboard."""
        def is_front():
            stack = run(["xprop", "-root", "_NET_CLIENT_LIST_STACKING"], env=self.session.env).stdout
            names = [self.xdotool("getwindowname", str(int(number, 16))) for number in re.findall(r"0x[0-9a-f]+", stack)]
            front = [name for name in names if name != "xfce4-panel"][-1:]
            return front == [title] and self.xdotool("getactivewindow", "getwindowname") == title

        window.wait_for(is_front, what=f"{title} to be in front")

    def picture(self, name):
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            grab(self.session, (0, 0, 480, 360)).save(f"{PICTURES}/tray-{name}.png")

    def look(self, name):
        """The colour of the icon and that of the panel, once the picture is another than the last."""
        self.xdotool("mousemove", "900", "700")
        colors = self.panel.colors()
        self.picture(f"{name}-{'dark' if self.dark else 'light'}-{'named' if self.data else 'pixels'}")
        background = self.panel.empty[16][600:603]
        return max((color for color in colors if colors[color] > 20), key=lambda color: contrast(color, background)), \
            background


class Icon(Desk):
    """Drawn by its name, in the colour of the panel."""

    def test_states(self):
        """Each state is drawn, stands out, and is another picture."""
        agent = self.agent()
        shots = []
        for code, name in ((None, "ended"), ("one-year", "fine"), (None, "attention"), ("trial", "soon")):
            before = self.panel.picture()
            if name == "attention":
                self.service.block(self.service.codes["one-year"])
                agent.on_license(agent.licenses()[0]["path"], "Refresh")
            elif code:
                for license in agent.licenses():
                    agent.on_license(license["path"], "Remove")
                agent.activate(self.service.codes[code])
            self.panel.wait_for(lambda: shots == [] or self.panel.picture() != before, what=f"the icon {name}")
            self.assertGreaterEqual(contrast(*self.look(name)), 3, name)
            shots.append(b"".join(self.panel.picture()))
        self.assertEqual(4, len(set(shots)))

    def test_panel_starts_again(self):
        agent = self.agent()
        self.panel.icon()
        self.panel.stop()
        agent.wait_for(lambda: agent.properties()["Tray"] == "unavailable", what="the tray to be gone")
        self.panel.start()
        self.panel.icon()
        agent.wait_for(lambda: agent.properties()["Tray"] == "shown", what="the tray to be back")
        self.assertEqual("No license", self.panel.words()[0])

    def test_agent_comes_and_goes(self):
        agent = self.agent()
        self.panel.icon()
        agent.stop()
        self.panel.wait_empty()
        agent.start()
        self.panel.icon()


class Pixels(Icon):
    """Drawn from its pixels, where no theme has it."""

    data = None


class Light(Icon):
    dark = False


class LightPixels(Pixels):
    dark = False


class Use(Desk):
    """The mouse, and what it brings to the front."""

    def test_click(self):
        """The window opens in front with the focus, also over another one, and again when it is behind."""
        self.agent(self.service.issue())
        self.panel.click()
        window = self.window()
        window.find("button", "License: 365 days left")
        self.wait_for_front(window, "Prolong")
        other = Window(self.session, [paths.BUILD / "tests/bench/window-bare"], "window-bare")
        self.wait_for_front(other, "window-bare")
        self.panel.click()
        self.wait_for_front(window, "Prolong")
        self.picture("window")
        other.stop()

    def test_words(self):
        """The menu in three languages, as the panel shows it."""
        code = self.service.issue()
        for language, words in LANGUAGES.items():
            with self.subTest(language):
                with Agent(self.session, env={"LANGUAGE": language}) as agent:
                    if not agent.licenses():
                        agent.activate(code)
                    self.panel.wait_for(lambda: self.panel.words() == words, what=f"the menu in {language}")
                    self.panel.open_menu()
                    self.picture(f"menu-{language}")
                    self.panel.press_escape()
                self.panel.wait_empty()

    def test_enter_code(self):
        """What is typed after the click on the entry stands in the field."""
        self.agent(self.service.issue())
        self.panel.choose("Enter activation code")
        window = self.window()
        window.find("text", "Activation code")
        self.wait_for_front(window, "Prolong")
        self.xdotool("type", "7K2M")
        window.wait_for(lambda: window.content_of(window.find("text", "Activation code")) == "7K2M",
                        what="what was typed to stand in the field")

    def test_entries(self):
        """Each entry leads to its place, with the window closed and with the window open."""
        self.agent(self.service.issue())
        for label, place in (("Reserve code", ("label", "No reserve code yet")),
                             ("License: 365 days left", ("button", "Copy license number"))):
            self.panel.choose(label)
            self.window().find(*place)

    def test_check_status(self):
        """The program starts for it, and asks once it knows the licenses."""
        agent = self.agent(self.service.issue())
        before = agent.licenses()[0]["CheckedAt"]
        self.panel.choose("Check status")
        self.window().wait_for_text("The license is up to date")
        self.assertGreaterEqual(agent.licenses()[0]["CheckedAt"], before)

    def test_renew(self):
        """What the vendor offers for this license."""
        self.agent(self.service.issue())
        self.panel.choose("Renew")
        window = self.window()
        window.wait_for_text("Renew Internet Security")
        window.find("button", "Check out")


class Quit(Desk):
    """Quitting from the tray, and from the window where there is none."""

    def save_reserve(self, agent):
        agent.add_code(self.service.issue())
        agent.wait_for(agent.reserves, what="the reserve code to be saved")

    def test_nothing_to_lose(self):
        agent = self.agent(self.service.issue())
        self.panel.choose("Quit")
        self.assertEqual(agent.wait_for_end(), 0)
        self.panel.wait_empty()
        self.assertFalse(self.session.has_name(paths.APP_ID))

    def test_window_is_open(self):
        """It ends too, and does not start the agent again."""
        agent = self.agent(self.service.issue())
        self.panel.click()
        self.window()
        self.panel.choose("Quit")
        self.assertEqual(agent.wait_for_end(), 0)
        self.session.wait_for_name(paths.APP_ID, present=False)
        self.assertFalse(self.session.has_name(paths.AGENT_NAME))

    def test_reserve_code(self):
        """It would not take over: the person is asked, and may keep everything running."""
        agent = self.agent(self.service.issue())
        self.save_reserve(agent)
        self.panel.choose("Quit")
        window = self.window()
        window.wait_for_text(re.compile("^A reserve code takes over only while Prolong runs"))
        self.picture("quit")
        window.press("button", re.compile("^Keep running"))
        self.session.wait_for_name(paths.APP_ID, present=False)
        self.assertIsNone(agent.child.returncode)
        self.panel.choose("Quit")
        self.window().press("button", re.compile("^Quit"))
        self.assertEqual(agent.wait_for_end(), 0)
        self.session.wait_for_name(paths.APP_ID, present=False)
        self.assertFalse(self.session.has_name(paths.AGENT_NAME))
        agent.start()
        for reserve in agent.reserves():
            agent.on_reserve(reserve["path"], "Remove")

    def test_no_tray(self):
        """The window then has everything: its menu quits."""
        agent = self.agent(self.service.issue())
        self.panel.stop()
        agent.wait_for(lambda: agent.properties()["Tray"] == "unavailable", what="the tray to be gone")
        window = Window(self.session, [paths.WINDOW], "prolong")
        window.find("button", "License: 365 days left")
        window.key("F10")
        window.press("menu item", "Quit Prolong")
        self.assertEqual(agent.wait_for_end(), 0)
        self.session.wait_for_name(paths.APP_ID, present=False)
        self.panel.start()


if __name__ == "__main__":
    tap.main()

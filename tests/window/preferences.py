# SPDX-License-Identifier: GPL-3.0-or-later
"""The preferences, with the real agent: each applies at once, survives a restart, and goes back when it fails.

Pictures go to the folder that PROLONG_SCREENSHOTS names, if it does.
"""

import gettext
import os
import re
import socket
import subprocess
import threading
import unittest
from pathlib import Path

import states
from support import paths, tap
from support.agent import LICENSE, OPERATION, Agent
from support.proxy import Proxy
from support.service import Service
from support.session import Session
from support.ui import Window

NAME = "Internet Security"
STARTS = "Prolong starts when you log in, so that reserve codes take over by themselves."
STARTS_NOT = "Prolong does not start when you log in. A reserve code takes over only while Prolong runs."
REFUSED = ("The desktop does not let Prolong start when you log in. A reserve code takes over only while you are logged "
           "in and Prolong runs.")
WINDOW_COORDS = 1  # of the accessibility library
FULL = re.compile("^There is no room left on the disk")


def setUpModule():
    global session, service, proxy, agent
    session = Session(display=True).__enter__()
    service = Service(session).__enter__()
    proxy = Proxy(service).__enter__()
    service.install_profile(url=proxy.url)
    agent = Agent(session)
    agent.start()


def tearDownModule():
    agent.__exit__()
    proxy.__exit__()
    service.__exit__()
    session.close()


class Case(unittest.TestCase):
    check_names = states.Case.check_names
    is_foreign = staticmethod(lambda node: node.name in ("GtkSearchEntry", "GtkImage"))  # libadwaita's own
    resize = states.Case.resize
    look = states.Case.look
    picture = states.Case.picture

    def setUp(self):
        states.session, states.PICTURES = session, os.environ.get("PROLONG_SCREENSHOTS")
        self.settings = session.home / "state/prolong/settings.json"
        self.autostart = session.home / "config/autostart"
        self.window = None
        proxy.clear()
        for license in agent.licenses():
            agent.call(license["path"], LICENSE, "Remove")
        for operation in agent.operations():
            agent.call(operation["path"], OPERATION, "Dismiss")
        for method, signature, value in (("SetTray", "(b)", True), ("SetNotifications", "(b)", True),
                                         ("SetNotificationDays", "(au)", []), ("SetDeviceName", "(s)", ""),
                                         ("SetStartAtLogin", "(b)", False)):
            agent.manager(method, signature, value)

    def tearDown(self):
        if self.window:
            self.assertEqual([], self.window.criticals())

    def open(self, language="en", **more):
        self.language = language
        self.found = gettext.translation("prolong", paths.LOCALE_DIR, [language], fallback=language == "en")
        env = {"LANGUAGE": language, "LC_ALL": states.LANGUAGES[language], "LD_PRELOAD": str(states.PROBE), **more}
        self.window = Window(session, [paths.WINDOW], "prolong", env=env)
        self.window.find("button", re.compile(r"\w"))
        self.window.key("ctrl+comma")
        self.box(self.words("Icon in the tray"))
        return self.window

    def words(self, text):
        return self.found.gettext(text)

    def box(self, name, **states):
        return self.window.find("check box", name, **states)

    def toggle(self, name):
        self.window.do(self.box(name, sensitive=True))

    def tick(self, name):
        """Check buttons have no action."""
        self.click_at("list item", name)

    def click_at(self, role, name):
        """By the mouse, in a window that is high enough for all rows."""
        self.resize(460, 890)
        self.window.screenshot(session.home / "settled.png")
        node = self.window.find(role, name, sensitive=True)
        x, y, width, height = node.call("Component", "GetExtents", "(u)", WINDOW_COORDS)
        self.window._xdotool("mousemove", "--window", self.window._x_window(), str(x + width // 2),
                             str(y + height // 2), "click", "1")

    def wait_for(self, name, value):
        agent.wait_for(lambda: agent.properties()[name] == value, what=f"{name} to be {value!r}")

    def activate(self, name="one-year"):
        license = agent.activate(service.codes[name])
        for operation in agent.operations():
            agent.call(operation["path"], OPERATION, "Dismiss")
        return license

    def name(self):
        return self.window.content_of(self.window.find("text", "Name of this device"))

    def type(self, text):
        """The row takes it by Enter when somebody edits."""
        self.click_at("text", "Name of this device")
        self.window.set_text(self.window.field_in(self.window.find("text", "Name of this device")), text)

    def fill_disk(self):
        """Where the file goes stands a folder."""
        self.settings.unlink(missing_ok=True)
        (self.settings / "in-the-way").mkdir(parents=True)
        self.addCleanup(self.empty_disk)

    def empty_disk(self):
        if self.settings.is_dir():
            (self.settings / "in-the-way").rmdir()
            self.settings.rmdir()

    def days(self):
        """Day -> whether it is ticked."""
        return {int(box.name.split()[0]): self.window.has_state(box, "checked")
                for box in self.window.find_all("check box", re.compile(r"^\d+ days? before the end$"))}


class Applies(Case):
    def test_switches(self):
        """Each applies at once, and stands so after a restart of window and agent."""
        window = self.open()
        window.wait_for_text(STARTS_NOT)
        window.wait_for_text("This desktop shows no tray. Everything, Quit included, is in the window.")
        for name, value in (("Start at login", "on"), ("Icon in the tray", "off")):
            self.toggle(name)
            self.wait_for({"Start at login": "StartAtLogin"}.get(name, "Tray"), value)
        self.toggle("Tell me before a license ends")
        self.wait_for("Notifications", False)
        window.wait_for_text(STARTS)
        window.wait_for_text("Everything, Quit included, is in the window.")
        self.box("As the vendor says", sensitive=False)
        window.stop()
        agent.restart()
        self.open()
        self.box("Start at login", checked=True)
        self.box("Icon in the tray", checked=False)
        self.box("Tell me before a license ends", checked=False)
        self.toggle("Start at login")
        self.wait_for("StartAtLogin", "off")

    def test_changed_elsewhere(self):
        """What another program changes is shown."""
        self.open()
        agent.manager("SetTray", "(b)", False)
        self.box("Icon in the tray", checked=False)

    def test_keyboard(self):
        window = self.open()
        window.key("Tab", "space")
        self.wait_for("StartAtLogin", "on")
        window.key("Escape")
        window.wait_gone("check box", "Icon in the tray")
        self.assertIsNone(window.child.returncode)

    def test_opened_once(self):
        """By the menu, by the key, and by the action that other programs call."""
        window = self.open()
        session.call(paths.APP_ID, "/io/github/prolong/Prolong", "org.freedesktop.Application", "ActivateAction",
                     "(sava{sv})", "preferences", [], {})
        window.wait_for(lambda: len(window.find_all("frame", "Preferences")) == 1, what="one window")
        window.key("Escape")
        window.wait_gone("frame", "Preferences")
        window.do(window.find_all("button", "Main menu")[-1])
        window.press("menu item", "Preferences")
        window.find("frame", "Preferences")


class Days(Case):
    def test_chosen(self):
        window = self.open()
        window.wait_for_text("30, 14, 7 and 1 days before the end")
        self.assertEqual({30: True, 14: True, 7: True, 1: True}, self.days())
        self.box("As the vendor says", checked=True)
        self.tick("14 days before the end")
        self.wait_for("NotificationDays", [30, 7, 1])
        self.box("As the vendor says", checked=False)
        window.stop()
        agent.restart()
        self.open()
        self.box("14 days before the end", checked=False)
        self.assertEqual({30: True, 14: False, 7: True, 1: True}, self.days())

    def test_back_to_the_vendor(self):
        agent.manager("SetNotificationDays", "(au)", [7])
        self.open()
        self.box("30 days before the end", checked=False)
        self.tick("As the vendor says")
        self.wait_for("NotificationDays", [])
        self.box("30 days before the end", checked=True)
        self.tick("As the vendor says")
        self.wait_for("NotificationDays", [30, 14, 7, 1])

    def test_never_none(self):
        """No day would mean those of the vendor, so that the last one stays; why is said."""
        agent.manager("SetNotificationDays", "(au)", [7])
        window = self.open()
        self.box("7 days before the end", checked=True, sensitive=False)
        self.tick("1 day before the end")
        self.wait_for("NotificationDays", [7, 1])
        self.box("7 days before the end", checked=True, sensitive=True)
        window.wait_gone("label", "To be told on no day, switch the notifications off.")

    def test_day_of_no_vendor(self):
        """One that was chosen elsewhere can be taken back."""
        agent.manager("SetNotificationDays", "(au)", [60, 7])
        self.open()
        self.tick("60 days before the end")
        self.wait_for("NotificationDays", [7])


class Name(Case):
    def test_applied(self):
        """The next request carries it, the list of devices shows it at once, and empty means the host name."""
        self.activate("three-devices")
        window = self.open()
        self.assertEqual(socket.gethostname(), self.name())
        window.wait_for_text(re.compile(f"^Your vendors see it .*{socket.gethostname()}.$"))
        self.type("Büro & Küche")
        window.key("Return")
        self.wait_for("DeviceName", "Büro & Küche")
        window.key("Escape")
        window.wait_gone("text", "Name of this device")
        self.click_at("list item", "Devices")
        window.wait_for_text(re.compile("Büro & Küche"))
        window.stop()
        window = self.open()
        self.type("")
        window.key("Return")
        self.wait_for("DeviceName", socket.gethostname())
        window.wait_for(lambda: self.name() == socket.gethostname(), what="the host name")

    def test_too_long(self):
        window = self.open()
        self.type("ю" * 129)
        window.wait_for_text("This name is too long.")
        window.key("Return")
        self.assertEqual(socket.gethostname(), agent.properties()["DeviceName"])
        self.type("ю" * 128)
        window.wait_gone(None, "This name is too long.")


class Fails(Case):
    def test_storage_full(self):
        """The switch goes back and why is said beside it; the next attempt works."""
        window = self.open()
        self.fill_disk()
        for name in ("Icon in the tray", "Tell me before a license ends"):
            self.toggle(name)
            window.wait_for_text(FULL)
            self.box(name, checked=True)
        self.tick("7 days before the end")
        self.box("7 days before the end", checked=True)
        self.box("As the vendor says", checked=True)
        self.picture("preferences-full")
        self.empty_disk()
        self.toggle("Icon in the tray")
        self.wait_for("Tray", "off")
        self.toggle("Tell me before a license ends")
        self.wait_for("Notifications", False)
        window.wait_for(lambda: not window.texts(FULL), what="the words to go")

    def test_name_not_kept(self):
        window = self.open()
        self.fill_disk()
        self.type("attic")
        window.key("Return")
        window.wait_for_text(FULL)
        window.wait_for(lambda: self.name() == socket.gethostname(), what="the old name")

    def test_login_refused(self):
        """What the desktop refuses is told with what it means, and the switch goes back, again and again."""
        entry = self.autostart / "io.github.prolong.Prolong.Agent.desktop"
        entry.unlink()
        self.autostart.rmdir()
        self.autostart.write_text("a file where a folder should be")
        self.addCleanup(self.autostart.unlink)
        window = self.open()
        for _ in range(2):
            self.toggle("Start at login")
            window.wait_for_text(REFUSED)
            self.box("Start at login", checked=False)
        self.picture("preferences-refused")


class Check(Case):
    def test_asked(self):
        self.activate()
        window = self.open()
        window.press("button", "Check now")
        window.wait_for(lambda: any(e.path.endswith("/tickets") for e in proxy.requests), what="the request")
        window.wait_for_text(re.compile(r"^Checked: today, \d\d:\d\d$"))

    def test_progress_and_failure(self):
        self.activate()
        window = self.open()
        gate = threading.Event()
        proxy.on("POST", "/tickets$", lambda exchange: (gate.wait(paths.LIMIT), exchange.hang_up()))
        window.press("button", "Check now")
        window.find("filler", "Asking the vendors…")
        window.wait_for_text("Asking the vendors…")
        gate.set()
        window.wait_for_text(re.compile(f"^{NAME}: The vendor’s service cannot be reached"))
        self.assertFalse(window.find_all("filler", "Asking the vendors…"))
        self.picture("preferences-unreachable")

    def test_no_license(self):
        self.open()
        self.window.find("button", "Check now", sensitive=False)


class Looks(Case):
    """In three languages, at 360 pixels: nothing sticks out or is cut, and everything has a name."""

    def walk(self, language, size=(360, 640), **more):
        self.activate()
        window = self.open(language, **more)
        self.picture(self._testMethodName)
        self.resize(*size)
        for state in (True, False):
            agent.manager("SetTray", "(b)", state)
            agent.manager("SetNotificationDays", "(au)", [] if state else [1])
            self.box(self.words("Icon in the tray"), checked=state)
            wrong, found = self.look()
            self.assertEqual([], wrong)
            self.assertLessEqual(found[0], size[0])
            self.check_names()
            self.assertFalse([text for text in window.texts() if "%" in text or "(null)" in text])
            self.picture(f"{self._testMethodName}-narrow-{state}")

    def test_english(self):
        self.walk("en")
        self.assertTrue(self.window.texts("30, 14, 7 and 1 days before the end"))

    def test_dutch(self):
        self.walk("nl")
        self.assertTrue(self.window.texts("30, 14, 7 en 1 dag voor het einde"))

    def test_russian(self):
        self.walk("ru")
        self.assertTrue(self.window.texts("За 30, 14, 7 и 1 день до окончания"))

    def test_dark(self):
        self.walk("ru", ADW_DEBUG_COLOR_SCHEME="prefer-dark")

    def test_from_right_to_left(self):
        self.walk("en", PROBE_RTL="1")

    def test_large_text(self):
        """Twice the size, in the language with the longest words."""
        subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xft.dpi:\t192\n"],
                       env=session.env, check=True)
        try:
            self.walk("ru", size=(460, 680))
        finally:
            subprocess.run(["xprop", "-root", "-remove", "RESOURCE_MANAGER"], env=session.env, check=True)


class Version(unittest.TestCase):
    def test_version(self):
        done = session.run([paths.WINDOW, "--version"], env={"DISPLAY": None})
        self.assertEqual(0, done.returncode)
        self.assertRegex(done.stdout, r"^prolong \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows Prolong with the demo vendor; build-aux/run builds it first and then calls this.

On a desktop it uses the person's display, session bus and keyring, but a state directory and vendor profile of its
own; where bus or keyring are missing, or the person's own Prolong is already on the bus, it brings a bus and a
keyring of its own. Without a display a virtual one is used, and a code is activated through the window.
"""

import os
import shutil
import signal
import sys
from pathlib import Path

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

from support import paths  # noqa: E402
from support.service import Service  # noqa: E402
from support.session import SECRETS, Session  # noqa: E402

DEMO = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "prolong-demo"


def say(*words):
    print(*words, flush=True)


def print_codes(service):
    say("\nThe demo vendor is at", service.url)
    say("Codes to try:\n")
    for name, code in service.codes.items():
        say(f"  {code}  {service.descriptions[name] or name}")
    say()


# On the person's own desktop


def is_served(bus, name):
    """Whether a bus name has an owner, or the bus would start one."""
    def ask(method, signature="()", *arguments):
        return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                             GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE, 5000, None).unpack()[0]

    return ask("NameHasOwner", "(s)", name), name in ask("ListActivatableNames")


def own_bus():
    """The person's session bus, if it can carry the demo; None otherwise."""
    try:
        bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    except GLib.Error:
        return None
    if any(is_served(bus, name)[0] for name in (paths.APP_ID, paths.AGENT_NAME)):
        say("Your own Prolong is running; the demo gets a session bus and a keyring of its own.")
        return None
    return bus


class Desktop(Session):
    """The person's desktop, with the demo's own state directory and vendor profile on top."""

    def __init__(self, home, bus):
        super().__init__(home=home, keyring="none")
        shared = {**os.environ, "XDG_DATA_DIRS": os.pathsep.join(
            [self.env["XDG_DATA_HOME"], str(paths.SOURCE / "data"),
             os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"])}
        if bus:
            self.env = {**shared, "XDG_STATE_HOME": self.env["XDG_STATE_HOME"]}
        else:
            self.env = {**shared, **{name: self.env[name] for name in ("XDG_STATE_HOME", "PROLONG_TEST_SESSION")}}
        self.env["PROLONG_LOCALE_DIR"] = str(paths.LOCALE_DIR)
        self.env["PROLONG_TEST_SESSION"] = str(home)
        self.bus = bus
        self.vendors = home / "data"

    def _start(self):
        for folder in ("config", "data", "state", "cache", "logs", "services"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        (self.home / "run").mkdir(mode=0o700, exist_ok=True)
        private = self.bus is None
        if private:
            self._start_bus()
        if private or not any(is_served(self.bus, SECRETS)):
            say("There is no keyring; the demo brings one.")
            self.start_keyring()


def on_desktop():
    with Desktop(DEMO, own_bus()) as session:
        with Service(session, directory=True) as service:
            print_codes(service)
            agent = session.spawn([paths.AGENT])
            session.wait_for_name(paths.AGENT_NAME)
            window = session.spawn([paths.WINDOW])
            say("The window is open; the demo ends when you close it. In another terminal try:")
            say(f"  DBUS_SESSION_BUS_ADDRESS='{session.env['DBUS_SESSION_BUS_ADDRESS']}' {paths.CTL} status")
            window.process.wait()
            agent.stop()


# Without a display


def on_virtual_display():
    from support.ui import Window
    home = DEMO / "headless"
    shutil.rmtree(home, ignore_errors=True)
    picture = DEMO / "license.png"
    say("There is no display; a virtual one is used.")
    with Session(display=True, home=home, env={"XDG_DATA_DIRS": data_dirs(), **language()}) as session:
        with Service(session, directory=True) as service:
            print_codes(service)
            session.spawn([paths.AGENT])
            session.wait_for_name(paths.AGENT_NAME)
            window = Window(session, [paths.WINDOW], APPLICATION)
            activate(window, service.codes["one-year"])
            status = session.run([paths.CTL, "status"])
            say("$ prolongctl status")
            say(status.stdout + status.stderr)
            window.screenshot(picture)
            say("A picture of the window is in", picture)
            return status.returncode


if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: sys.exit(130))
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    sys.exit(on_desktop() if display else on_virtual_display())

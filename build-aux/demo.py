# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows Prolong with two demo vendors; build-aux/run builds it first and then calls this.

On a desktop it uses the person's display, session bus and keyring, but a state directory and vendor profile of its
own; where bus or keyring are missing, or the person's own Prolong is already on the bus, it brings a bus and a
keyring of its own. Without a display a virtual one is used, and a code of one is activated through the window
and one of the other by prolongctl.
"""

import fcntl
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
DATA_DIRS = os.pathsep.join([str(paths.SOURCE / "data"), os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"])


def say(*words):
    print(*words, flush=True)


def say_codes(service):
    say(f"{service.name} is at", service.url, "and knows these codes:\n")
    for name, code in service.codes.items():
        say(f"  {code}  {service.descriptions[name] or name}")
    say()


# On the person's own desktop


def on_bus(bus, name):
    """Whether a bus name has an owner, and whether the bus would start one."""
    def ask(method, signature="()", *arguments):
        return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                             GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE, 5000, None).unpack()[0]

    return ask("NameHasOwner", "(s)", name), name in ask("ListActivatableNames")


def find_bus():
    """The person's session bus, if it can carry the demo; None otherwise."""
    try:
        bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    except GLib.Error:
        return None
    if any(on_bus(bus, name)[0] for name in (paths.APP_ID, paths.AGENT_NAME)):
        say("Your own Prolong is running; so the demo brings a session bus and a keyring of its own.")
        return None
    return bus


class Desktop(Session):
    """The person's desktop, with the state directory and the vendor profile of the demo."""

    def __init__(self, home, bus):
        super().__init__(home=home, keyring="none")
        own = self.env
        self.env = {**os.environ, "XDG_DATA_DIRS": os.pathsep.join([own["XDG_DATA_HOME"], DATA_DIRS]),
                    **{name: own[name] for name in ("XDG_STATE_HOME", "PROLONG_LOCALE_DIR", "PROLONG_HELP_DIR",
                                                    "PROLONG_TEST_SESSION")}}
        self._own, self._bus = own, bus

    def _start(self):
        self._make_folders()
        if self._bus:
            self.bus = self._bus
        else:
            self._start_bus()
        if not any(on_bus(self.bus, SECRETS)):
            self.start_keyring(env={name: self._own[name] for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")})


def on_desktop():
    with Desktop(DEMO, find_bus()) as session, Service(session, directory=True) as service, \
            Service(session, directory=True, vendor="orchard") as orchard:
        say_codes(service)
        say_codes(orchard)
        agent = session.spawn([paths.AGENT])
        session.wait_for_name(paths.AGENT_NAME)
        window = session.spawn([paths.WINDOW])
        say("The window is open; when you close it, the demo ends. Meanwhile, in another terminal:")
        say(f"  DBUS_SESSION_BUS_ADDRESS='{session.env.get('DBUS_SESSION_BUS_ADDRESS', '')}' {paths.CTL} status")
        say(f"And the web shop of {service.name}: {service.url.removesuffix('/v1')}/shop/")
        status = window.wait(None)
        agent.stop()
        return status


# Without a display


def language():
    """The person's language, for the window and prolongctl."""
    return {"LC_ALL": os.environ.get("LC_ALL") or os.environ.get("LANG") or "C.UTF-8",
            "LANGUAGE": os.environ.get("LANGUAGE")}


def on_virtual_display():
    from support import walk
    from support.ui import Window
    say("There is no display, so a virtual one is used.\n")
    home, picture = DEMO / "virtual", DEMO / "license.png"
    shutil.rmtree(home, ignore_errors=True)
    with Session(display=True, home=home, env={"XDG_DATA_DIRS": DATA_DIRS, "TZ": None, **language()}) as session:
        with Service(session) as service, Service(session, vendor="orchard") as orchard:
            say_codes(service)
            say_codes(orchard)
            session.spawn([paths.AGENT])
            session.wait_for_name(paths.AGENT_NAME)
            window = Window(session, [paths.WINDOW], "prolong")
            walk.activate(window, service.codes["one-year"])
            session.run([paths.CTL, "activate"], stdin=orchard.codes["two-years"])
            say("One of the first was activated through the window, one of the others by prolongctl.\n\n"
                "$ prolongctl status")
            status = session.run([paths.CTL, "status"])
            say(status.stdout + status.stderr)
            say("A picture of the window:", window.screenshot(picture))
            return status.returncode


def main():
    signal.signal(signal.SIGINT, lambda *_: sys.exit(130))
    DEMO.mkdir(parents=True, exist_ok=True)
    with open(DEMO / "lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("The demo is already running.")
            return 1
        has_display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        return on_desktop() if has_display else on_virtual_display()


if __name__ == "__main__":
    sys.exit(main())

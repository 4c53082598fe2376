# SPDX-License-Identifier: GPL-3.0-or-later
"""What the agent tells the person, as the notification service is asked to show it.

    with Session(display=True) as session, Notifyd(session), Recorder(session) as recorder:
        session.wait_for(lambda: recorder.notices)
        recorder.notices[-1].title

Notifyd is the real xfce4-notifyd; Recorder reads everything that is said between it and anybody. Scripted plays a
notification service with other abilities, and a person who presses at once; Portal that of a sandbox.
"""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from gi.repository import Gio, GLib

from . import paths

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
NOTIFYD = next(map(str, Path("/usr").glob("lib*/**/xfce4-notifyd")), "xfce4-notifyd")
XFCONFD = next(map(str, Path("/usr").glob("lib*/**/xfconfd")), "xfconfd")


@dataclass
class Notice:
    replaces: int
    title: str
    body: str
    actions: dict  # what stands on a button -> its key
    urgency: int
    timeout: int
    hints: dict
    id: int = 0
    closed: bool = field(default=False, compare=False)


def notice_of(arguments):
    _app, replaces, _icon, title, body, actions, hints, timeout = arguments
    labels = {label or "default": key for key, label in zip(actions[::2], actions[1::2])}
    return Notice(replaces, title, body, labels, hints["urgency"], timeout, hints)


class Notifyd:
    """The notification service of Xfce. Its bubbles stay until they are closed."""

    def __init__(self, session, env=None):
        self.session = session
        self.env = env or {}
        self.child = None

    def __enter__(self):
        self.session.add_service("org.xfce.Xfconf", XFCONFD)
        settings = Path(self.session.env["XDG_CONFIG_HOME"]) / "xfce4/xfconf/xfce-perchannel-xml/xfce4-notifyd.xml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('<?xml version="1.0"?><channel name="xfce4-notifyd" version="1.0">'
                            '<property name="expire-timeout" type="int" value="-1"/>'
                            '<property name="do-fadeout" type="bool" value="false"/>'
                            '<property name="do-slideout" type="bool" value="false"/>'
                            '<property name="initial-opacity" type="double" value="1.0"/></channel>')
        self.start()
        return self

    def __exit__(self, *_):
        if self.child and self.child.returncode is None:
            self.child.kill()

    def start(self):
        self.child = self.session.spawn([NOTIFYD], env=self.env)
        self.session.wait_for_name(NAME)

    def stop(self):
        self.child.kill()
        self.session.wait_for_name(NAME, present=False)


class Recorder:
    """Reads the messages of the notification service with a monitor of the bus."""

    def __init__(self, session):
        self.session = session
        self.notices = []  # in the order in which they were shown
        self.withdrawn = []  # ids
        self._calls = {}
        self._bytes = b""
        self._ready = False

    def __enter__(self):
        self.monitor = subprocess.Popen(
            ["dbus-monitor", "--address", self.session.address, "--binary", f"interface='{NAME}'",
             "type='method_return'"], stdout=subprocess.PIPE, env=self.session.env)
        self._watch = GLib.io_add_watch(self.monitor.stdout, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN, self._read)
        self.session.wait_for(self._is_ready, what="the monitor of the bus")
        return self

    def __exit__(self, *_):
        GLib.source_remove(self._watch)
        self.monitor.kill()
        self.monitor.wait()

    def _is_ready(self):
        """A signal of our own comes back once the monitor reads."""
        self.session.bus.emit_signal(None, PATH, NAME, "Ready", None)
        GLib.timeout_add(20, lambda: False)
        return self._ready

    def _read(self, stream, _condition):
        self._bytes += os.read(stream.fileno(), 65536)
        while len(self._bytes) >= 16:
            size = Gio.DBusMessage.bytes_needed(self._bytes)
            if size > len(self._bytes):
                break
            blob, self._bytes = self._bytes[:size], self._bytes[size:]
            self._take(Gio.DBusMessage.new_from_blob(blob, Gio.DBusCapabilityFlags.NONE))
        return True

    def _take(self, message):
        member, body = message.get_member(), message.get_body()
        if member == "Ready":
            self._ready = True
        elif member == "Notify":
            self._calls[message.get_sender(), message.get_serial()] = notice_of(body.unpack())
        elif member == "CloseNotification":
            self._close(body.unpack()[0])
            self.withdrawn.append(body.unpack()[0])
        elif member == "NotificationClosed":
            self._close(body.unpack()[0])
        elif message.get_message_type() == Gio.DBusMessageType.METHOD_RETURN:
            notice = self._calls.pop((message.get_destination(), message.get_reply_serial()), None)
            if notice:
                notice.id = body.unpack()[0]
                self.notices.append(notice)

    def _close(self, number):
        for notice in self.notices:
            notice.closed = notice.closed or notice.id == number

    @property
    def standing(self):
        """What is on the screen: the newest of each id, unless it was closed."""
        return [notice for notice in {notice.id: notice for notice in self.notices}.values() if not notice.closed]

    def wait_for(self, condition, limit=paths.LIMIT, what=None):
        return self.session.wait_for(condition, limit, f"{what or 'a notice'}; there are {self.notices}")


class Scripted:
    """A notification service with given abilities that shows nothing. A connection of its own, so that it can go."""
    XML = f"""<node><interface name="{NAME}">
      <method name="GetCapabilities"><arg type="as" direction="out"/></method>
      <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
        <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
        <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
      <method name="CloseNotification"><arg type="u" direction="in"/></method>
    </interface></node>"""

    def __init__(self, session, capabilities=("actions", "body", "body-markup"), refuses=False):
        self.session = session
        self.capabilities = capabilities
        self.refuses = refuses
        self.notices = []
        self.withdrawn = []
        self.refused = 0
        self.on_notify = None  # called before the answer is given
        self._last = 0

    def __enter__(self):
        self.bus = self.session.connect()
        interface = Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0]
        self.bus.register_object(PATH, interface, self._call, None, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
        self.session.wait_for_name(NAME)
        return self

    def __exit__(self, *_):
        if not self.bus.is_closed():
            self.bus.close_sync(None)

    def _call(self, _bus, _sender, _path, _interface, method, parameters, invocation):
        arguments = parameters.unpack()
        if method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (self.capabilities,)))
        elif method == "Notify" and self.refuses:
            self.refused += 1
            invocation.return_dbus_error("org.freedesktop.DBus.Error.Failed", "not now")
        elif method == "Notify":
            notice = notice_of(arguments)
            if not notice.replaces:
                self._last += 1
            notice.id = notice.replaces or self._last
            self.notices.append(notice)
            if self.on_notify:
                self.on_notify()
            invocation.return_value(GLib.Variant("(u)", (notice.id,)))
        else:
            self.withdrawn.append(arguments[0])
            self.close(arguments[0], 3)
            invocation.return_value(None)

    @property
    def standing(self):
        return [notice for notice in {notice.id: notice for notice in self.notices}.values() if not notice.closed]

    def close(self, number, reason=2):
        for notice in self.notices:
            notice.closed = notice.closed or notice.id == number
        self.bus.emit_signal(None, PATH, NAME, "NotificationClosed", GLib.Variant("(uu)", (number, reason)))

    def press(self, notice, label="default", token=None):
        if token:
            self.bus.emit_signal(None, PATH, NAME, "ActivationToken", GLib.Variant("(us)", (notice.id, token)))
        self.bus.emit_signal(None, PATH, NAME, "ActionInvoked",
                             GLib.Variant("(us)", (notice.id, notice.actions[label])))

    def wait_for(self, condition, limit=paths.LIMIT, what=None):
        return self.session.wait_for(condition, limit, f"{what or 'a notice'}; there are {self.notices}")


class Portal:
    """A recording org.freedesktop.portal.Notification."""
    NAME = "org.freedesktop.portal.Desktop"
    PATH = "/org/freedesktop/portal/desktop"
    INTERFACE = "org.freedesktop.portal.Notification"
    XML = f"""<node><interface name="{INTERFACE}">
      <method name="AddNotification"><arg type="s" direction="in"/><arg type="a{{sv}}" direction="in"/></method>
      <method name="RemoveNotification"><arg type="s" direction="in"/></method>
    </interface></node>"""

    def __init__(self, session):
        self.session = session
        self.calls = []  # (id, what it shows; None when it was removed)

    def __enter__(self):
        self.bus = self.session.connect()
        self.bus.register_object(self.PATH, Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0], self._call, None, None)
        Gio.bus_own_name_on_connection(self.bus, self.NAME, Gio.BusNameOwnerFlags.NONE, None, None)
        self.session.wait_for_name(self.NAME)
        return self

    def __exit__(self, *_):
        self.bus.close_sync(None)

    def _call(self, _bus, _sender, _path, _interface, method, parameters, invocation):
        name, *rest = parameters.unpack()
        self.calls.append((name, rest[0] if method == "AddNotification" else None))
        invocation.return_value(None)

    def press(self, name, action):
        """As the portal does for an action that is not the window program's."""
        self.bus.emit_signal(None, self.PATH, self.INTERFACE, "ActionInvoked", GLib.Variant("(ssav)", (name, action, [])))

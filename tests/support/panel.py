# SPDX-License-Identifier: GPL-3.0-or-later
"""Trays: a real one, and one that a test plays itself.

    with Panel(session) as panel:                  # xfce4-panel with its tray, at the top of the display
        panel.icon()                               # where the icon is; None when there is none
        panel.click(); panel.words(); panel.choose("Quit")
        panel.restart()

    with Host(session) as host:                    # speaks for org.kde.StatusNotifierWatcher
        item = host.wait_for_item()
        item.get("IconName"); item.menu("GetLayout", "(iias)", 0, -1, [])
"""

import re
from pathlib import Path

from gi.repository import Gio, GLib

from . import paths
from .process import run
from .screen import grab, settle
from .ui import Window

PANEL = "org.xfce.Panel"
WATCHER = "org.kde.StatusNotifierWatcher"
WATCHER_PATH = "/StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"
TRAY = "wrapper-2.0"  # The program in which the panel runs its tray.
DESKTOP_COORDS = 0
HEIGHT = 32
CONFIGURATION = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="{dark}"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="{height}"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty"><property name="plugin-1" type="string" value="systray"/></property>
</channel>
"""


class Panel(Window):
    """xfce4-panel, with its window manager. Icons are found where its picture differs from that of the empty panel."""

    def __init__(self, session, dark=True, env=None):
        super().__init__(session, ["xfce4-panel", "--disable-wm-check"], "xfce4-panel", env, start=False)
        self.dark = dark
        self.manager = None
        self.menu = []
        self.empty = None

    def __enter__(self):
        service = Path("/usr/share/dbus-1/services/org.xfce.Xfconf.service").read_text(encoding="utf-8")
        self.session.add_service("org.xfce.Xfconf", re.search(r"^Exec=(.*)$", service, re.MULTILINE).group(1))
        channel = Path(self.session.env["XDG_CONFIG_HOME"]) / "xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml"
        channel.parent.mkdir(parents=True, exist_ok=True)
        channel.write_text(CONFIGURATION.format(dark=str(self.dark).lower(), height=HEIGHT), encoding="utf-8")
        self.manager = self.session.spawn(["xfwm4", "--compositor=off"])
        self.wait_for(self._is_managed, what="the window manager")
        self.start()
        self.empty = self.picture()
        return self

    def __exit__(self, *_):
        self.stop()
        self.manager.stop()

    def start(self, env=None):
        super().start(env)
        self.session.wait_for_name(WATCHER)
        self.wait_for(self._is_in_place, what="the tray to be in its place on the panel")

    def _is_managed(self):
        done = run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env=self.session.env)
        return "window id" in done.stdout

    def _is_in_place(self):
        """The tray is a program of its own, whose window is on the screen only once the panel has taken it in."""
        done = run(["xdotool", "search", "--onlyvisible", "--class", f"^{TRAY}$"], env=self.session.env, check=False)
        return done.returncode == 0

    def stop(self):
        if self.child.returncode is None:
            super().stop()
        for name in (WATCHER, PANEL):  # A panel that starts while the bus still has the name leaves again.
            self.session.wait_for_name(name, present=False)

    def restart(self):
        self.stop()
        self.start()

    # Looking

    def picture(self):
        """The rows of pixels of the panel, each pixel three bytes, once it has stopped changing."""
        return settle(self.wait_for, self._grab)

    def _grab(self):
        picture = grab(self.session)
        pixels, width = picture.tobytes(), 3 * picture.width
        return [pixels[y * width:(y + 1) * width] for y in range(HEIGHT)]

    def changed(self):
        """The box (left, top, right, bottom) in which the panel differs from the empty one; None for nowhere."""
        now = self._grab()
        points = [(x // 3, y) for y in range(HEIGHT) if now[y] != self.empty[y]
                  for x in range(0, len(now[y]), 3) if now[y][x:x + 3] != self.empty[y][x:x + 3]]
        if not points:
            return None
        columns, rows = zip(*points)
        return min(columns), min(rows), max(columns) + 1, max(rows) + 1

    def icon(self):
        """The box of the icon, once it is there."""
        return self.wait_for(self.changed, what="an icon in the tray")

    def wait_empty(self):
        self.wait_for(lambda: self.changed() is None, what="the tray to be empty")

    def colors(self):
        """How often each colour occurs in the box of the icon."""
        left, top, right, bottom = self.icon()
        found = {}
        for row in self.picture()[top:bottom]:
            for x in range(left * 3, right * 3, 3):
                found[row[x:x + 3]] = found.get(row[x:x + 3], 0) + 1
        return found

    # Doing

    def point(self):
        """Puts the mouse on the icon."""
        left, top, right, bottom = self.icon()
        self._xdotool("mousemove", str((left + right) // 2), str((top + bottom) // 2))

    def press_button(self, button=1):
        self._xdotool("click", str(button))

    def click(self, button=1):
        self.point()
        self.press_button(button)

    def open_menu(self):
        """Opens the menu with the right mouse button; returns its entries as (words, node), None for a separator.

        A menu is in no window of its program's tree; only the events of its entries tell where it is.
        """
        shown = []
        watch = self.tree.bus.signal_subscribe(
            None, "org.a11y.atspi.Event.Object", "StateChanged", None, "showing", Gio.DBusSignalFlags.NONE,
            lambda _bus, sender, path, _interface, _signal, told: told.unpack()[1] and shown.append((sender, path)))
        try:
            self.click(3)
            return self.wait_for(lambda: self._read_menu(shown), what="the menu")
        finally:
            self.tree.bus.signal_unsubscribe(watch)

    def _read_menu(self, shown):
        for place in reversed(shown):
            try:
                nodes = self.tree.row(place)
            except GLib.Error:
                continue  # It was in a menu that has since become another.
            if any(node.role == "menu item" and node.has("showing") for node in nodes):
                self.menu = nodes
                return [(node.name or None, node) for node in nodes if node.role in ("menu item", "separator")]
        return None

    def press_escape(self):
        self._xdotool("key", "Escape")
        self.wait_menu_closed()

    def wait_menu_closed(self):
        def is_closed():
            try:
                return not any(node.has("showing") for node in self.tree.row(self.menu[0].place))
            except GLib.Error:
                return True  # The whole menu went, with the program that it was of.

        self.wait_for(is_closed, what="the menu to close")

    def words(self):
        """Opens the menu and closes it again; returns its words, None for a separator."""
        words = [words for words, _ in self.open_menu()]
        self.press_escape()
        return words

    def choose(self, wanted):
        """Opens the menu and clicks on one of its entries with the mouse."""
        entries = dict(self.open_menu())
        assert wanted in entries, f"{wanted!r} is not among {list(entries)}"
        x, y, width, height = entries[wanted].call("Component", "GetExtents", "(u)", DESKTOP_COORDS)
        self._xdotool("mousemove", str(x + width // 2), str(y + height // 2), "click", "1")
        self.wait_menu_closed()


class Item:
    """An icon as a host sees it. `signals` counts what it told, as (interface, name, arguments)."""

    def __init__(self, host, name, path):
        self.host, self.name, self.path = host, name, path
        self.signals = []
        self.watch = host.bus.signal_subscribe(name, None, None, None, None, Gio.DBusSignalFlags.NONE, self._on_signal)

    def _on_signal(self, _bus, _sender, _path, interface, signal, arguments):
        self.signals.append((interface, signal, arguments.unpack()))

    def call(self, path, interface, method, signature="()", *arguments):
        answer = self.host.bus.call_sync(self.name, path, interface, method, GLib.Variant(signature, arguments), None,
                                         Gio.DBusCallFlags.NONE, int(paths.LIMIT * 1000), None).unpack()
        return answer[0] if len(answer) == 1 else (answer or None)

    def get(self, name):
        return self.call(self.path, PROPERTIES, "Get", "(ss)", ITEM, name)

    def all(self):
        return self.call(self.path, PROPERTIES, "GetAll", "(s)", ITEM)

    def do(self, method, signature="()", *arguments):
        return self.call(self.path, ITEM, method, signature, *arguments)

    def menu(self, method, signature="()", *arguments):
        return self.call(self.get("Menu"), MENU, method, signature, *arguments)

    def entries(self):
        """The entries of the menu, as (id, label); the label of a separator is None."""
        _revision, (_root, _properties, children) = self.menu("GetLayout", "(iias)", 0, -1, [])
        return [(child[0], child[1].get("label")) for child in children]

    def choose(self, label):
        number = next(number for number, words in self.entries() if words == label)
        self.menu("Event", "(isvu)", number, "clicked", GLib.Variant("i", 0), 0)


class Host:
    """A watcher and host of the test's own, on a connection of its own."""

    XML = """
    <node>
      <interface name="org.kde.StatusNotifierWatcher">
        <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
        <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
        <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
        <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
        <property name="ProtocolVersion" type="i" access="read"/>
        <signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
        <signal name="StatusNotifierHostRegistered"/>
        <signal name="StatusNotifierHostUnregistered"/>
      </interface>
    </node>"""

    def __init__(self, session, present=True):
        """present: whether there is a host, or only a watcher."""
        self.session, self.present = session, present
        self.items = []
        self.bus = None

    def __enter__(self):
        self.bus = self.session.connect()
        interface = Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0]
        self.bus.register_object(WATCHER_PATH, interface, self._on_call, self._on_get, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", (WATCHER, 0)), None, Gio.DBusCallFlags.NONE, 5000, None)
        return self

    def __exit__(self, *_):
        if not self.bus.is_closed():
            self.bus.close_sync(None)

    def _on_call(self, _bus, sender, _path, _interface, method, arguments, invocation):
        invocation.return_value(None)
        if method == "RegisterStatusNotifierItem":
            path = arguments.unpack()[0]
            assert path.startswith("/"), path
            self.items.append(Item(self, sender, path))

    def _on_get(self, _bus, _sender, _path, _interface, name):
        return {"RegisteredStatusNotifierItems": GLib.Variant("as", [item.name + item.path for item in self.items]),
                "IsStatusNotifierHostRegistered": GLib.Variant("b", self.present),
                "ProtocolVersion": GLib.Variant("i", 0)}[name]

    def set_present(self, present):
        self.present = present
        self.bus.emit_signal(None, WATCHER_PATH, WATCHER,
                             f"StatusNotifierHost{'Registered' if present else 'Unregistered'}", None)

    def wait_for_item(self, number=1):
        """The newest of so many icons."""
        self.session.wait_for(lambda: len(self.items) >= number, what="an icon to be registered")
        return self.items[-1]

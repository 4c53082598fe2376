# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon in the tray as hosts meet it: a watcher and host of the test's own, and a window program that only listens."""

import unittest

from gi.repository import Gio, GLib

from support import paths, tap
from support.agent import Agent
from support.panel import ITEM, MENU, Host
from support.service import Service
from support.session import Session

PRODUCT = "internet-security"
FAST = {"LD_PRELOAD": paths.LIBFAKETIME, "FAKETIME": "+0 x60"}
NONE = ["No license", None, "Enter activation code", "Reserve code", None, "Preferences", "Quit"]
HELD = ["License: 365 days left", None, "Enter activation code", "Reserve code", "Renew", "Check status", None,
        "Preferences", "Quit"]
APPLICATION = """
<node>
  <interface name="org.freedesktop.Application">
    <method name="Activate"><arg type="a{sv}" direction="in"/></method>
    <method name="ActivateAction">
      <arg type="s" direction="in"/><arg type="av" direction="in"/><arg type="a{sv}" direction="in"/>
    </method>
  </interface>
</node>"""


class Listener:
    """Stands for the window program: `calls` holds (action or None, parameters, activation token or None)."""

    def __init__(self, session):
        self.session, self.calls = session, []

    def __enter__(self):
        self.bus = self.session.connect()
        interface = Gio.DBusNodeInfo.new_for_xml(APPLICATION).interfaces[0]
        self.bus.register_object("/" + paths.APP_ID.replace(".", "/"), interface, self._on_call, None, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", (paths.APP_ID, 4)), None, Gio.DBusCallFlags.NONE, 5000, None)
        return self

    def __exit__(self, *_):
        if not self.bus.is_closed():
            self.bus.close_sync(None)

    def _on_call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        *action, platform = arguments.unpack()
        name, parameters = action if action else (None, [])
        assert platform.get("activation-token") == platform.get("desktop-startup-id")
        self.calls.append((name, parameters, platform.get("activation-token")))
        invocation.return_value(None)

    def wait(self):
        """The next call."""
        self.session.wait_for(lambda: self.calls, what="the window to be called")
        return self.calls.pop(0)


class Case(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())

    def agent(self, **more):
        return self.enterContext(Agent(self.session, **more))

    def wait_for_tray(self, agent, state):
        agent.wait_for(lambda: agent.properties()["Tray"] == state, what=f"Tray to be {state}")

    def labels(self, item):
        return [label for _, label in item.entries()]


class Coming(Case):
    """It is there whenever there is a tray, and leaves with it."""

    def test_watcher_first(self):
        with Host(self.session) as host:
            agent = self.agent()
            item = host.wait_for_item()
            self.wait_for_tray(agent, "shown")
            self.assertEqual(("ApplicationStatus", paths.APP_ID, "Prolong", "Active", False),
                             tuple(item.get(n) for n in ("Category", "Id", "Title", "Status", "ItemIsMenu")))
            self.assertEqual(item.get("IconName"), f"{paths.APP_ID}-ended-symbolic")
            self.assertEqual([16, 22, 24, 32, 48], [size for size, _, _ in item.get("IconPixmap")])

    def test_no_watcher_and_watcher_late(self):
        agent = self.agent()
        self.assertEqual(agent.properties()["Tray"], "unavailable")
        with Host(self.session) as host:
            self.assertEqual(NONE, self.labels(host.wait_for_item()))
            self.wait_for_tray(agent, "shown")
        self.wait_for_tray(agent, "unavailable")

    def test_watcher_comes_back(self):
        agent = self.agent()
        seen = set()
        for _ in range(3):
            with Host(self.session) as host:
                item = host.wait_for_item()
                self.assertEqual(NONE, self.labels(item))
                self.wait_for_tray(agent, "shown")
                seen.add(item.name)
            self.wait_for_tray(agent, "unavailable")
        self.assertEqual(3, len(seen))

    def test_watcher_is_replaced(self):
        """As when a panel is started with --replace: the name passes from one to the other, never without an owner."""
        with Host(self.session) as first:
            agent = self.agent()
            first.wait_for_item()
            with Host(self.session) as second:  # It waits in the queue for the name.
                first.bus.close_sync(None)
                self.assertEqual(NONE, self.labels(second.wait_for_item()))
                self.wait_for_tray(agent, "shown")

    def test_host_comes_and_goes(self):
        """A watcher without a host shows nothing."""
        with Host(self.session, present=False) as host:
            agent = self.agent()
            host.wait_for_item()
            self.assertEqual(agent.properties()["Tray"], "unavailable")
            for present, state in ((True, "shown"), (False, "unavailable"), (True, "shown")):
                host.set_present(present)
                self.wait_for_tray(agent, state)
            self.assertEqual(1, len(host.items))

    def test_person_wants_none(self):
        """When the person chooses so, the icon leaves at once while the agent stays."""
        state = self.session.home / "state/prolong"
        state.mkdir(parents=True)
        (state / "settings.json").write_text('{"tray":false}')
        with Host(self.session) as host:
            agent = self.agent()
            agent.attach()
            self.assertEqual(("off", []), (agent.properties()["Tray"], host.items))
            agent.manager("SetTray", "(b)", True)
            self.wait_for_tray(agent, "shown")
            item = host.wait_for_item()
            agent.manager("SetNotifications", "(b)", False)
            self.assertEqual(agent.properties()["Tray"], "shown")
            agent.manager("SetTray", "(b)", False)
            self.wait_for_tray(agent, "off")
            self.session.wait_for_name(item.name, present=False)

    def test_shown_keeps_the_agent(self):
        """And without it the same agent leaves."""
        with Host(self.session) as host:
            agent = Agent(self.session, env=FAST)
            agent.start()
            host.wait_for_item()
            with Session() as other:
                lonely = Agent(other, env=FAST)
                lonely.start()
                self.assertEqual(lonely.wait_for_end(), 0)
            self.assertIsNone(agent.child.returncode)
        self.assertEqual(agent.wait_for_end(), 0)

    def test_agent_ends(self):
        with Host(self.session) as host:
            agent = self.agent()
            item = host.wait_for_item()
            agent.manager("Quit")
            self.assertEqual(agent.wait_for_end(), 0)
            self.session.wait_for_name(item.name, present=False)


class Saying(Case):
    """What it says follows the license at once, and without bursts."""

    def setUp(self):
        super().setUp()
        self.service = self.enterContext(Service(self.session))
        self.host = self.enterContext(Host(self.session))

    def wait_for_label(self, item, label):
        self.session.wait_for(lambda: item.get("ToolTip")[2] == label, what=f"the tooltip {label!r}")

    def told(self, item):
        """How often each signal was told, those of the menu without the interface."""
        names = [(name if interface in (ITEM, MENU) else f"{interface}.{name}") for interface, name, _ in item.signals]
        return {name: names.count(name) for name in names}

    def test_activation(self):
        agent = self.agent()
        item = self.host.wait_for_item()
        agent.activate(self.service.codes["one-year"], product=PRODUCT)
        self.wait_for_label(item, "License: 365 days left")
        self.session.wait_for(lambda: self.told(item).get("LayoutUpdated"), what="the layout to be told")
        told = self.told(item)
        self.assertEqual(item.get("IconName"), f"{paths.APP_ID}-fine-symbolic")
        self.assertEqual(HELD, self.labels(item))
        # None, under way, held: two changes at most, of which one has other entries.
        for name, most in (("NewIcon", 2), ("NewToolTip", 2), ("ItemsPropertiesUpdated", 2), ("LayoutUpdated", 1)):
            self.assertIn(told.get(name, 0), range(1, most + 1), (name, told))
        self.assertFalse([name for name in told if "PropertiesChanged" in name], told)

    def test_refresh_tells_nothing(self):
        agent = self.agent()
        license = agent.activate(self.service.codes["one-year"], product=PRODUCT)
        item = self.host.wait_for_item()
        self.wait_for_label(item, "License: 365 days left")
        del item.signals[:]
        for _ in range(5):
            agent.on_license(agent.licenses()[0]["path"], "Refresh")
        agent.register_product(license["Vendor"], PRODUCT, "21.3")
        agent.attach()
        agent.add_code(self.service.codes["wrong-product"], product="password-safe")  # This one is told.
        self.session.wait_for(lambda: "LayoutUpdated" in self.told(item), what="the next license")
        self.assertLessEqual(self.told(item).get("ItemsPropertiesUpdated", 0), 2, self.told(item))
        self.assertEqual(1, self.told(item)["LayoutUpdated"])

    def test_several(self):
        """Each license has its line in the tooltip and its entry in the menu; the label speaks for the first."""
        agent = self.agent()
        agent.activate(self.service.codes["trial"], product=PRODUCT)
        agent.activate(self.service.codes["wrong-product"], product="password-safe")
        item = self.host.wait_for_item()
        self.session.wait_for(lambda: "Password Safe" in item.get("ToolTip")[3], what="the second line")
        self.assertEqual(("Internet Security · License: 30 days left", "Password Safe · License: 365 days left"),
                         tuple(item.get("ToolTip")[2:]))
        self.assertEqual(item.get("IconName"), f"{paths.APP_ID}-soon-symbolic")
        self.assertEqual(["License: 30 days left", "Internet Security · License: 30 days left",
                          "Password Safe · License: 365 days left", None], self.labels(item)[:4])

    def test_reserve_code_covers(self):
        """From the first reminder on it says so, until a reserve code is saved that takes over."""
        service = self.enterContext(Service(self.session, directory=True))
        agent = self.agent()
        agent.activate(service.issue(term="20d"), product=PRODUCT)
        item = self.host.wait_for_item()
        self.session.wait_for(lambda: item.get("IconName").endswith("-soon-symbolic"), what="the icon")
        agent.add_code(service.codes["reserve"], product=PRODUCT)
        self.session.wait_for(lambda: item.get("IconName").endswith("-fine-symbolic"), what="the icon")
        self.assertEqual("License: 20 days left", item.get("ToolTip")[2])

    def test_blocked(self):
        service = self.enterContext(Service(self.session, directory=True))
        agent = self.agent()
        agent.activate(service.codes["one-year"], product=PRODUCT)
        item = self.host.wait_for_item()
        service.block(service.codes["one-year"])
        agent.on_license(agent.licenses()[0]["path"], "Refresh")
        self.wait_for_label(item, "License blocked")
        self.assertEqual(("NeedsAttention", f"{paths.APP_ID}-attention-symbolic", f"{paths.APP_ID}-attention-symbolic"),
                         tuple(item.get(name) for name in ("Status", "IconName", "AttentionIconName")))
        self.assertEqual(item.get("IconPixmap"), item.get("AttentionIconPixmap"))


class Hosts(Case):
    """Hosts differ in which methods of the menu they call; all see the same."""

    def setUp(self):
        super().setUp()
        self.host = self.enterContext(Host(self.session))
        self.agent()
        self.item = self.host.wait_for_item()

    def read_as_kde(self):
        """Plasma: each level by itself with all properties, asked before it is shown."""
        self.assertFalse(self.item.menu("AboutToShow", "(i)", 0))
        _, (root, properties, children) = self.item.menu("GetLayout", "(iias)", 0, 1, [])
        self.assertEqual((0, {"children-display": "submenu"}), (root, properties))
        return [child[1].get("label") for child in children]

    def read_as_gnome(self):
        """The GNOME extension: the whole layout with types only, then the properties of each entry."""
        _, (_, properties, children) = self.item.menu("GetLayout", "(iias)", 0, -1, ["type", "children-display"])
        self.assertEqual({"children-display": "submenu"}, properties)
        self.assertTrue(all(set(child[1]) <= {"type"} for child in children))
        told = dict(self.item.menu("GetGroupProperties", "(aias)", [child[0] for child in children], []))
        self.assertFalse(self.item.menu("AboutToShow", "(i)", 0))
        self.item.menu("Event", "(isvu)", 0, "opened", GLib.Variant("i", 0), 1)
        return [told[child[0]].get("label") for child in children]

    def read_as_xfce(self):
        """XFCE, Cinnamon and Waybar: everything at once, and from version 3 on the calls for groups."""
        self.assertGreaterEqual(self.item.call(self.item.get("Menu"), "org.freedesktop.DBus.Properties", "Get", "(ss)",
                                               MENU, "Version"), 3)
        _, (_, _, children) = self.item.menu("GetLayout", "(iias)", 0, -1, ["type", "label", "visible", "enabled"])
        told = dict(self.item.menu("GetGroupProperties", "(aias)", [], []))
        self.assertEqual({0, *(child[0] for child in children)}, set(told))
        self.assertEqual(([], []), self.item.menu("AboutToShowGroup", "(ai)", [0]))
        self.assertEqual([], self.item.menu("EventGroup", "(a(isvu))", [(0, "opened", GLib.Variant("i", 0), 0)]))
        return [child[1].get("label") for child in children]

    def test_all_read_the_same(self):
        for read in (self.read_as_kde, self.read_as_gnome, self.read_as_xfce):
            with self.subTest(read.__name__):
                self.assertEqual(NONE, read())

    def test_properties(self):
        number = next(number for number, label in self.item.entries() if label == "Quit")
        self.assertEqual("Quit", self.item.menu("GetProperty", "(is)", number, "label"))
        self.assertEqual([(number, {"label": "Quit"})], self.item.menu("GetGroupProperties", "(aias)", [number], ["label"]))
        _, layout = self.item.menu("GetLayout", "(iias)", number, -1, ["label"])
        self.assertEqual((number, {"label": "Quit"}, []), layout)
        self.assertEqual([], self.item.menu("GetLayout", "(iias)", 0, 0, [])[1][2])

    def test_what_there_is_not(self):
        """An id or property that is not there is an error, and in a group it is told."""
        event = GLib.Variant("i", 0)
        for method, signature, *arguments in (
                ("GetLayout", "(iias)", 77, -1, []), ("GetProperty", "(is)", 77, "label"),
                ("GetProperty", "(is)", 1, "shortcut"), ("Event", "(isvu)", 77, "clicked", event, 0),
                ("EventGroup", "(a(isvu))", [(77, "clicked", event, 0)]), ("AboutToShow", "(i)", 77),
                ("AboutToShowGroup", "(ai)", [77])):
            with self.subTest(method), self.assertRaises(GLib.Error) as caught:
                self.item.menu(method, signature, *arguments)
            self.assertEqual("org.freedesktop.DBus.Error.InvalidArgs", Gio.DBusError.get_remote_error(caught.exception))
        self.assertEqual([77], self.item.menu("EventGroup", "(a(isvu))", [(1, "hovered", event, 0), (77, "clicked", event, 0)]))
        self.assertEqual(([], [77]), self.item.menu("AboutToShowGroup", "(ai)", [0, 77]))
        self.assertEqual([], self.item.menu("GetGroupProperties", "(aias)", [77], []))


class Doing(Case):
    """What a click calls in the window program."""

    def setUp(self):
        super().setUp()
        self.service = self.enterContext(Service(self.session))
        self.host = self.enterContext(Host(self.session))
        self.window = self.enterContext(Listener(self.session))

    def start(self):
        agent = self.agent()
        agent.activate(self.service.codes["one-year"], product=PRODUCT)
        item = self.host.wait_for_item()
        self.session.wait_for(lambda: "Renew" in self.labels(item), what="the license")
        return agent, item

    def test_clicks(self):
        _, item = self.start()
        for method in ("Activate", "SecondaryActivate"):
            item.do(method, "(ii)", 3, 4)
            self.assertEqual((None, [], None), self.window.wait())
        item.do("ContextMenu", "(ii)", 3, 4)
        item.do("Scroll", "(is)", 120, "vertical")
        item.do("ProvideXdgActivationToken", "(s)", "token-1")
        item.do("Activate", "(ii)", 3, 4)
        self.assertEqual((None, [], "token-1"), self.window.wait())
        item.do("Activate", "(ii)", 3, 4)
        self.assertEqual((None, [], None), self.window.wait(), "a token is good for one click")

    def test_entries(self):
        _, item = self.start()
        for label, call in (("License: 365 days left", ("show-panel", ["license"])),
                            ("Enter activation code", ("enter-code", [])),
                            ("Reserve code", ("show-panel", ["reserve"])),
                            ("Renew", ("renew", [("demo", PRODUCT)])),
                            ("Check status", ("check-status", [])),
                            ("Preferences", ("preferences", []))):
            with self.subTest(label):
                item.do("ProvideXdgActivationToken", "(s)", label)
                item.choose(label)
                self.assertEqual((*call, label), self.window.wait())

    def test_entries_of_several(self):
        agent, item = self.start()
        agent.activate(self.service.codes["wrong-product"], product="password-safe")
        label = "Password Safe · License: 365 days left"
        self.session.wait_for(lambda: label in self.labels(item), what="its entry")
        item.choose(label)
        self.assertEqual(("show-license", [("demo", "password-safe")], None), self.window.wait())

    def test_group_of_events(self):
        _, item = self.start()
        number = next(number for number, label in item.entries() if label == "Check status")
        item.menu("EventGroup", "(a(isvu))", [(number, name, GLib.Variant("i", 0), 0) for name in ("hovered", "clicked")])
        self.assertEqual(("check-status", [], None), self.window.wait())
        self.assertEqual([], self.window.calls)

    def test_quit_with_a_window(self):
        """A window that is open would start the agent again, so that is the one to quit."""
        agent, item = self.start()
        item.choose("Quit")
        self.assertEqual(("confirm-quit", [], None), self.window.wait())
        self.assertIsNone(agent.child.returncode)

    def test_quit_without_a_window(self):
        agent, item = self.start()
        self.window.bus.close_sync(None)
        self.session.wait_for_name(paths.APP_ID, present=False)
        item.choose("Quit")
        self.assertEqual(agent.wait_for_end(), 0)


if __name__ == "__main__":
    tap.main()

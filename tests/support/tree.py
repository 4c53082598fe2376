# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility tree of a program, read as a whole: one look costs a few round trips, however much is shown.

    tree = Tree(session)
    for window in tree.read("prolong"):
        window.role, window.name, window.has("visible"), window.children

A program keeps a list of its nodes for readers (org.a11y.atspi.Cache). What is not in it, and what it does not tell,
is asked of all nodes at once.
"""

import functools
import json
import re

import gi

gi.require_version("Atspi", "2.0")
gi.require_version("Json", "1.0")
from gi.repository import Atspi, Gio, GLib, Json  # noqa: E402

from . import paths  # noqa: E402

PREFIX = "org.a11y.atspi."
ROOT = "/org/a11y/atspi/accessible/root"
CACHE = "/org/a11y/atspi/cache"
SAME_ROLE = {"push button": "button", "password text": "text", "entry": "text", "heading": "label"}
WINDOW_COORDS = 1
EVENTS = ("object:children-changed", "object:state-changed", "object:property-change", "object:text-changed",
          "window:create", "window:activate")


@functools.cache
def _role(number):
    name = Atspi.role_get_name(Atspi.Role(number))
    return SAME_ROLE.get(name, name)


@functools.cache
def _interfaces(words):
    """The short names in the text of a list of interfaces."""
    return frozenset(re.findall(PREFIX + r"(\w+)", words))


_variant = functools.cache(GLib.Variant)  # Many nodes are asked the same.


class Node:
    """What the tree told of one thing when it was read."""

    def __init__(self, tree, place, name, role, interfaces, states):
        self.tree, self.place, self.name = tree, place, name
        self.role = _role(role)
        self.interfaces = _interfaces(interfaces)
        self._states = states
        self.parent = None
        self.children = []

    def has(self, state):
        return bool(self._states >> int(getattr(Atspi.StateType, state.upper())) & 1)

    def asks(self, interface, method, signature="()", *arguments):
        """A call for Tree.ask()."""
        return *self.place, PREFIX + interface, method, _variant(signature, arguments)

    def call(self, *call):
        """Asks the node now; returns the unpacked answer, a single value as itself."""
        answer = self.tree.ask([self.asks(*call)])[0]
        return answer[0] if len(answer) == 1 else answer

    def below(self):
        """All that it holds, from the outside in."""
        for child in self.children:
            yield child
            yield from child.below()


class Tree:
    def __init__(self, session):
        address = session.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        flags = Gio.DBusConnectionFlags
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self._names = {}
        self.news = True  # Whether any program told of a change. GTK does not tell of every one.
        for kind in ("Object", "Window"):
            self.bus.signal_subscribe(None, f"{PREFIX}Event.{kind}", None, None, None, Gio.DBusSignalFlags.NONE,
                                      self._notice)
        self.ask([(PREFIX + "Registry", "/org/a11y/atspi/registry", PREFIX + "Registry", "RegisterEvent",
                   GLib.Variant("(sass)", (event, [], ""))) for event in EVENTS])

    def _notice(self, *_):
        self.news = True

    def ask(self, calls, unpack=True):
        """Sends all calls and then waits for the answers, which it returns in order; a GLib.Error when one fails."""
        answers, errors, context = {}, [], GLib.MainContext()

        def done(bus, result, place):
            try:
                answer = bus.call_finish(result)
                answers[place] = answer.unpack() if unpack else answer
            except GLib.Error as error:
                answers[place] = None
                errors.append(error)

        context.push_thread_default()
        try:
            for place, (name, path, interface, method, arguments) in enumerate(calls):
                self.bus.call(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                              int(paths.LIMIT * 1000), None, done, place)
            while len(answers) < len(calls):
                context.iteration(True)
        finally:
            context.pop_thread_default()
        if errors:
            raise errors[0]
        return [answers[place] for place in range(len(calls))]

    # Programs

    def names(self):
        """The programs in the tree: where each is on the bus, by its name."""
        places = self.ask([self._accessible((PREFIX + "Registry", ROOT), "GetChildren")])[0][0]
        new = [(owner, path) for owner, path in places if owner not in self._names]
        wanted = GLib.Variant("(ss)", (PREFIX + "Accessible", "Name"))
        told = self.ask([(*place, "org.freedesktop.DBus.Properties", "Get", wanted) for place in new])
        self._names.update((owner, name) for (owner, _), (name,) in zip(new, told))
        return {self._names[owner]: owner for owner, _ in places}

    def process_of(self, name):
        return self.ask([("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "GetConnectionUnixProcessID", GLib.Variant("(s)", (self.names()[name],)))])[0][0]

    # Reading

    def read(self, name):
        """The windows of a program, whole; none when it is not there. A GLib.Error when it changed meanwhile.

        The list may hold what is hidden, and need not hold what nobody has asked for yet: where it does not tell of all
        the children of a node, they are asked for.
        """
        owner = self.names().get(name)
        if owner is None:
            return []
        root = (owner, ROOT)
        nodes, asked = self._list(owner)
        nodes.update(self._describe([root]))
        asked.append(root)
        while asked:
            new = []
            for place, (below,) in zip(asked, self.ask([self._accessible(each, "GetChildren") for each in asked])):
                below = [child for child in below if child[0]]
                nodes[place].children = below
                new += [child for child in below if child not in nodes]
            nodes.update(self._describe(new))
            asked = new
        return self._join(nodes, root)

    def read_windows(self, name):
        """The windows of a program without what they hold."""
        places = self.ask([self._accessible((self.names()[name], ROOT), "GetChildren")])[0][0]
        nodes = self._describe(places)
        return [nodes[place] for place in places]

    def row(self, place):
        """What stands beside each other in the parent of a place; that may be in no window, as a menu of GTK 3."""
        parent = GLib.Variant("(ss)", (PREFIX + "Accessible", "Parent"))
        above = self.ask([(*place, "org.freedesktop.DBus.Properties", "Get", parent)])[0][0]
        places = self.ask([self._accessible(above, "GetChildren")])[0][0]
        nodes = self._describe(places)
        return [nodes[each] for each in places]

    @staticmethod
    def _join(nodes, root):
        """Puts the nodes in the place of their names, from the root on; returns the windows."""
        reached = [nodes[root]]
        for node in reached:
            node.children = [nodes[place] for place in node.children]
            for child in node.children:
                child.parent = node
            reached += node.children
        return nodes[root].children

    def _list(self, owner):
        """The nodes that a program lists, by their places, and the places of those whose children must be asked for."""
        items = self.ask([(owner, CACHE, PREFIX + "Cache", "GetItems", None)], unpack=False)[0].get_child_value(0)
        nodes, below, counts = {}, {}, {}
        # Taking a value apart one by one takes more time than all the rest.
        for place, _, parent, index, count, interfaces, name, role, _, states in json.loads(
                Json.gvariant_serialize_data(items)[0]):
            place = tuple(place)
            nodes[place] = node = Node(self, place, name, role, " ".join(interfaces), states[0])
            if count:
                counts[place] = count
            if node.has("visible") and "Component" in node.interfaces:  # A page of a GtkStack stands for its content.
                below.setdefault(tuple(parent), []).append((index, place))
        for place, count in counts.items():
            indices, children = zip(*sorted(below.get(place, [(-1, None)])))
            if indices == tuple(range(count)):
                nodes[place].children = list(children)
        return nodes, [place for place in counts if not nodes[place].children]

    def _describe(self, places):
        """The nodes in some places, asked one by one."""
        calls = [call for place in places for call in (
            (*place, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (PREFIX + "Accessible", "Name"))),
            self._accessible(place, "GetRole"), self._accessible(place, "GetInterfaces"),
            self._accessible(place, "GetState"))]
        told = iter(answer[0] for answer in self.ask(calls))
        return {place: Node(self, place, name, role, " ".join(interfaces), states[0])
                for place, name, role, interfaces, states in zip(places, told, told, told, told)}

    @staticmethod
    def _accessible(place, method):
        return *place, PREFIX + "Accessible", method, None

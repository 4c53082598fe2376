# SPDX-License-Identifier: GPL-3.0-or-later
"""Every panel and dialog in every state, as a screen reader, the Tab key and other sizes and colours meet it.

A probe in the window tells where the focus is, and what is cut or sticks out.
"""

import re
import signal
from collections import Counter
from dataclasses import dataclass, field

import scenes
import states
from gi.repository import GLib
from states import Case
from support import paths, tap

LABELLED_BY, DESCRIBED_BY = 2, 18  # as the accessibility library numbers relations
PRESSED = ("button", "toggle button", "check box", "radio button", "switch", "page tab", "menu item", "text", "spin button",
           "combo box", "link", "slider")
HOLDERS = ("list", "list item", "label", "menu", "window", "dialog", "frame")  # What else may have the focus.
# GTK can give the focus to what holds controls, but Tab goes on to what it holds. Headings get it after a step only.
PASSED = ("GtkScrolledWindow", "GtkListBox", "AdwEntryRow", "GtkLabel", "GtkPopoverMenu", "GtkViewport")
FOCUSED = re.compile(r"^FOCUSED (?P<id>\S+) (?P<type>\S+) (?P<seen>\S+) ?(?P<text>.*)$")
REFUSED = ("activate-refused", "activate-other-product")
OTHERS = ("about", "shortcuts")  # Drawn by the libraries from our words.
FOREIGN = re.compile("^(Adw|Gtk)[A-Z]")


@dataclass(frozen=True)
class Place:
    """What has the focus. Its text may change meanwhile."""

    id: str
    type: str
    text: str = field(compare=False)


def setUpModule():
    states.setUpModule()
    states.session.start_window_manager()


def tearDownModule():
    states.tearDownModule()


def above_(node):
    while node := node.parent:
        yield node


def window_of(node):
    return next((above for above in above_(node) if above.role in ("frame", "window", "dialog")), None)


class Walk(scenes.Walk):
    """All scenes in one window."""

    passed = ()

    def walk(self, language="en", size=(460, 680), **env):
        states.agent.say(**scenes.SCENES[0].said)
        self.open(language, **env)
        self.window.find("button", None)
        for scene in scenes.SCENES:
            if scene.name not in self.passed:
                with self.subTest(scene.name):
                    self.resize(*size)
                    self.go_to(scene)
                    self.enter_scene(scene)
                    try:
                        self.check(scene)
                    finally:
                        self.leave_scene(scene)


class Names(Walk):
    """What a screen reader says of each thing."""

    def is_foreign(self, node):
        """libadwaita's: the pencil in a field that has no focus, the arrow of a row that chooses, pictures beside words, the
        search in preferences, and the button that closes a toast."""
        return (Case.is_foreign(node) or (node.role, node.name) in (("text", "GtkSearchEntry"), ("button", "GtkImage"))
                or node.role == "image" and any(above.role in ("text", "combo box") for above in above_(node)))

    passed = OTHERS

    def check(self, scene):
        self.check_names()
        nodes = [node for node in self.window.nodes() if not self.is_foreign(node)]
        told = self.window.tree.ask([call for node in nodes for call in (
            (*node.place, "org.freedesktop.DBus.Properties", "Get",
             GLib.Variant("(ss)", ("org.a11y.atspi.Accessible", "Description"))),
            node.asks("Accessible", "GetRelationSet"))])
        descriptions = {node: text for node, (text,) in zip(nodes, told[::2])}
        relations = {node: dict(found) for node, (found,) in zip(nodes, told[1::2])}
        self.check_roles(nodes)
        self.check_neighbours(nodes, descriptions)
        self.check_fields(scene, nodes, descriptions, relations)

    def check_roles(self, nodes):
        """What can be used is named, and is not just a box."""
        strange = [(node.role, node.name) for node in nodes if node.has("focusable")
                   and node.role not in (*PRESSED, *HOLDERS) and not self.is_scroller(node)]
        self.assertEqual([], strange)
        nameless = [node.role for node in nodes if node.role in (*PRESSED, "list", "list item", "menu")
                    and (not node.name or FOREIGN.match(node.name))]
        self.assertEqual([], nameless)
        twice = [node.name for node in nodes if node.role == "list item" and self.says_twice(node.name)]
        self.assertEqual([], twice)

    @staticmethod
    def is_scroller(node):
        return any(child.role == "scroll bar" for child in node.children)

    @staticmethod
    def says_twice(name):
        words = name.split()
        half = len(words) // 2
        return any(words[:part] == words[-part:] for part in range(1, half + 1) if len(words[0]) > 3)

    def check_neighbours(self, nodes, descriptions):
        """What is called the same and does something else differs in its description."""
        inner = [node for node in nodes if node.role in PRESSED and node.has("focusable")]
        called = Counter((window_of(node), node.role, node.name, descriptions[node]) for node in inner)
        self.assertEqual([], [what for what, number in called.items() if number > 1])

    def check_fields(self, scene, nodes, descriptions, relations):
        """A label belongs to its field, and so do the words about what is wrong with it."""
        for entry in (node for node in nodes if node.role == "text"):
            self.assertIn(LABELLED_BY, relations[entry])
            if scene.name in REFUSED:
                self.assertIn(DESCRIBED_BY, relations[entry])
                self.assertTrue(descriptions[entry])

    def test_english(self):
        self.walk()

    def test_russian(self):
        self.walk("ru")


class Focus(Walk):
    """No trap: Tab goes round through all that can be used, and Shift+Tab back; what has the focus is in sight."""

    passed = ("menu", "license-vendors")  # While a menu is open, the focus stays within it.

    def check(self, scene):
        round_ = self.go_round("Tab")
        back = self.go_round("shift+Tab")
        start = back.index(round_[0]) if round_[0] in back else 0
        back = back[start:] + back[:start]
        self.assertEqual(round_, [back[0], *reversed(back[1:])])
        missed = [text for id_, kind, text in self.focusable()
                  if kind not in PASSED and id_ not in {place.id for place in round_}]
        self.assertEqual([], missed)

    def list(self):
        child = self.window.child
        child.lines.clear()
        child.signal(signal.SIGUSR2)
        child.wait_for_line("^LISTED")
        return list(child.lines)

    def focusable(self):
        return [(id_, kind, f"{kind} {text}") for id_, kind, text in (
            line.removeprefix("FOCUSABLE ").split(" ", 2) for line in self.list() if line.startswith("FOCUSABLE"))]

    def go_round(self, key):
        """The places of the focus, from the first to where it comes back to."""
        places = []
        self.window.wait_for(lambda: "MOVING" not in self.list(), what="the focus to rest")
        while len(places) < 100:
            try:
                place = self.step(key)
            except AssertionError as error:
                raise AssertionError(f"{error} after {places}") from None
            if place in places:
                self.assertEqual(places[0], place, f"{key} comes back, but not to where it began: {places}")
                return places
            self.assertEqual("seen", self.seen, f"{place} has the focus out of sight")
            places.append(place)
        self.fail(f"{key} does not come back: {places}")

    def step(self, key):
        child = self.window.child
        child.lines.clear()
        self.window.key(key)
        try:
            found = FOCUSED.match(child.wait_for_line("^FOCUSED", 5).string)
        except AssertionError:
            raise AssertionError(f"{key} does not move the focus on") from None
        self.seen = found["seen"]
        return Place(found["id"], found["type"], found["text"])


class FocusWide(Focus):
    def test(self):
        self.walk(PROBE_FOCUS="1")


class FocusNarrow(Focus):
    def test(self):
        self.walk(size=(360, 294), PROBE_FOCUS="1")


class Forms(Walk):
    """Nothing is cut or sticks out in high contrast and at double scale. Menus may leave the window."""

    passed = (*OTHERS, "menu")

    def check(self, scene):
        wrong, found = self.look()
        self.assertEqual([], wrong)

    def test_high_contrast(self):
        with states.large_text():
            self.walk("ru", ADW_DEBUG_HIGH_CONTRAST="1")

    def test_double_scale(self):
        self.walk("nl", (920, 880), GDK_SCALE="2")


if __name__ == "__main__":
    tap.main()

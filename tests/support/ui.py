# SPDX-License-Identifier: GPL-3.0-or-later
"""A window as a person with a screen reader meets it: the accessibility tree, keys and pictures.

    with Session(display=True) as session:
        window = Window(session, [paths.WINDOW], "prolong")
        window.find("button", "Add activation code")          # waits until it is showing
        window.type_into(window.find("text", "Activation code"), "7K2MP…")
        window.press("button", "Finish")
        window.wait_for(lambda: window.texts("License: 365 days left"))
        window.key("ctrl+w"); window.screenshot("license.png")

Roles are those of the tree ("push button" and "button" are the same here). Names may be text or compiled regular
expressions. Only what is showing is found. What a node tells is what it was when it was found. Animations are off. GTK
sends no event for some changes, so waiting looks again a few times a second as well.
"""

import functools
import re
import subprocess
import time
from pathlib import Path

from gi.repository import GLib

from . import paths
from .process import run
from .screen import grab, settle
from .tree import SAME_ROLE, WINDOW_COORDS, Tree

LOOK_EVERY, LATER = 0.1, 0.25  # In the first seconds of waiting, and then.
# Complaints of GTK 4.8 about itself: a menu at the edge of the screen finds no monitor; a tooltip's time-out comes when
# the menu it was for has closed.
CRITICALS_OF_GTK = ("gdk_monitor_get_geometry", "gdk_surface_get_device_position", "_gtk_widget_find_at_coords")
WHOLE = 2**31 - 1  # The end of any text; -1 stands for an empty one in GTK 4.8.


@functools.cache
def tree_of(session):
    return Tree(session)


def _fits(wanted, text):
    return wanted is None or (wanted.search(text or "") if isinstance(wanted, re.Pattern) else wanted == text)


def _steady(look):
    """Looks once more when a part went away while it was read."""
    @functools.wraps(look)
    def again(*arguments, **options):
        try:
            return look(*arguments, **options)
        except GLib.Error:
            return look(*arguments, **options)

    return again


class Window:
    def __init__(self, session, argv, name, env=None, start=True):
        """name: that of the application in the accessibility tree. start=False: another program starts it."""
        self.session, self.argv, self.name, self.env = session, argv, name, env or {}
        self.tree = tree_of(session)
        self.child = None
        if start:
            self.start()

    def start(self, env=None):
        self.child = self.session.spawn(self.argv, env={**self.env, **(env or {})})
        self.wait_until_shown()

    def wait_until_shown(self, limit=paths.LIMIT):
        self.wait_for(lambda: any(True for _ in self.nodes()), limit, f"a window of {self.name}")

    def stop(self):
        return self.child.stop()

    def criticals(self):
        """What the program found wrong in itself, once it has ended."""
        if self.child.returncode is None:
            self.stop()
        return [line for line in self.child.output().splitlines()
                if "CRITICAL" in line and not any(name in line for name in CRITICALS_OF_GTK)]

    @property
    def pid(self):
        return self.child.pid if self.child else self.tree.process_of(self.name)

    def wait_for(self, condition, limit=paths.LIMIT, what=None):
        """Looks when the program told of a change, and a while after the last look."""
        alarm, started = [], time.monotonic()

        def look():
            if not self.tree.news:
                return None  # Only what does not concern the window happened.
            if alarm:
                GLib.source_remove(alarm.pop())
            while GLib.MainContext.default().iteration(False):
                pass  # One look serves all that came in together.
            self.tree.news = False
            if self.child and self.child.returncode is not None:
                raise AssertionError(f"{self.name} ended with {self.child.returncode}:\n{self.child.output()}")
            try:
                return condition()
            except GLib.Error:
                return None  # A part of the tree went away while it was read.
            finally:
                pause = LOOK_EVERY if time.monotonic() < started + 5 else LATER
                alarm.append(GLib.timeout_add(int(pause * 1000), notice))

        def notice():
            alarm.clear()
            self.tree.news = True

        self.tree.news = True
        try:
            return self.session.wait_for(look, limit, what)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.dump()}") from None
        finally:
            if alarm:
                GLib.source_remove(alarm.pop())

    # Looking

    def windows(self):
        return [window for window in self.tree.read(self.name) if window.has("visible")]

    def frames(self):
        """The same without what they hold, which is much quicker."""
        return [window for window in self.tree.read_windows(self.name) if window.has("visible")]

    @_steady
    def nodes(self):
        """Everything that is showing, from the outside in.

        GTK 4.8 says VISIBLE and SHOWING also of the hidden pages of a stack, and keeps them in the tree. But a label
        that is not on the screen does not answer to a point within itself; what has no label goes with what holds it.
        """
        return self._showing_in(self.windows())

    def _showing_in(self, windows):
        shows = self._find_out([label for window in windows for label in self._labels_in(window)])
        return [node for window in windows for node in self._showing(window, shows)[1]]

    def _showing_of(self, nodes):
        """Those of some nodes that are showing. Asks no more labels than it takes to tell."""
        shows, found, asked = {}, set(), {node: self._outermost_able(node) for node in nodes}
        while asked:
            labels = {node: self._labels_in(around) for node, around in asked.items()}
            shows.update(self._find_out([label for label in dict.fromkeys(
                label for each in labels.values() for label in each) if label not in shows]))
            found.update(node for node, around in asked.items()
                         if any(shows[label] for label in labels[node]) or not labels[node] and not self._holder(around))
            asked = {node: self._holder(around) for node, around in asked.items()
                     if not labels[node] and self._holder(around)}
        return [node for node in nodes if node in found]

    def _outermost_able(self, node):
        """The node, or what holds the outermost of those around it that do not answer to a point."""
        found = around = node
        while around:
            if not self._answers(around):
                found = self._holder(around) or around
            around = self._holder(around)
        return found

    @staticmethod
    def _holder(node):
        """What holds a node, up to its window."""
        return node.parent if node.parent.role != "application" else None

    def _labels_in(self, node):
        return [each for each in self._able(node) if each.role == "label"]

    @staticmethod
    def _answers(node):
        """Whether it answers to a point: all do but what is in a text or cannot be used now."""
        return node.role != "text" and node.has("sensitive")

    def _able(self, node):
        """What of it answers to a point."""
        if self._answers(node):
            yield node
            for child in node.children:
                yield from self._able(child)

    def _find_out(self, labels):
        """Whether each of the labels is on the screen."""
        boxes = self.tree.ask([label.asks("Component", "GetExtents", "(u)", WINDOW_COORDS) for label in labels])
        real = [(label, (x + width // 2, y + height // 2))
                for label, ((x, y, width, height),) in zip(labels, boxes) if width and height]
        hits = self.tree.ask([label.asks("Component", "GetAccessibleAtPoint", "(iiu)", *middle, WINDOW_COORDS)
                              for label, middle in real])
        hit = [label for (label, _), ((owner, _),) in zip(real, hits) if owner]
        found = dict.fromkeys(labels, False)
        found.update((label, alpha > 0) for label, (alpha,) in
                     zip(hit, self.tree.ask([label.asks("Component", "GetAlpha") for label in hit])))
        return found

    def _showing(self, node, shows):
        """Returns whether NODE is on the screen (None: cannot be told) and what of it is."""
        shown = [node]
        answers = [shows[node]] if node in shows else []
        for child in node.children:
            answer, below = self._showing(child, shows)
            answers.append(answer)
            shown += below if answer is not False else []
        told = True if True in answers else False if False in answers else None
        return told, shown if told is not False else []

    def has_state(self, node, state):
        return node.has(state)

    @_steady
    def find_all(self, role=None, name=None, **states):
        """All that is showing with that role, name, and states (sensitive=True, focused=True, ...)."""
        role = SAME_ROLE.get(role, role)
        return self._showing_of([node for window in self.windows() for node in (window, *window.below())
                                 if (role is None or node.role == role) and _fits(name, node.name)
                                 and all(node.has(state) == wanted for state, wanted in states.items())])

    @_steady
    def focused(self, role, name):
        """What has the focus and fits, also where a message stands over it; None when another has it."""
        role = SAME_ROLE.get(role, role)
        return next((node for window in self.windows() for node in window.below()
                     if node.has("focused") and node.role == role and _fits(name, node.name)), None)

    def find(self, role=None, name=None, limit=paths.LIMIT, **states):
        """The first such, once it is showing."""
        wanted = f"{role or 'anything'} {getattr(name, 'pattern', name)!r} {states or ''}"
        return self.wait_for(lambda: next(iter(self.find_all(role, name, **states)), None), limit, wanted)

    def wait_gone(self, role=None, name=None, limit=paths.LIMIT):
        self.wait_for(lambda: not self.find_all(role, name), limit, f"{role} {name!r} to go")

    def text_of(self, node):
        """What a text holds now: its content where it has any, else its name."""
        return self._texts_of([node])[0]

    def _texts_of(self, nodes):
        texts = [node for node in nodes if "Text" in node.interfaces]
        told = self.tree.ask([node.asks("Text", "GetText", "(ii)", 0, WHOLE) for node in texts])
        held = {node: text for node, (text,) in zip(texts, told)}
        return [held.get(node) or node.name for node in nodes]

    @_steady
    def texts(self, wanted=None, nodes=None):
        """Names and texts that are showing, or of some NODES; with WANTED (text or expression) only those that fit."""
        if nodes is None and wanted is None:
            nodes = self.nodes()
        look = nodes is None
        nodes = [node for window in self.windows() for node in (window, *window.below())] if look else nodes
        fitting = {node: [text for text in (node.name, told) if text and _fits(wanted, text)]
                   for node, told in zip(nodes, self._texts_of(nodes))}
        shown = self._showing_of([node for node in nodes if fitting[node]]) if look else nodes
        return list(dict.fromkeys(text for node in shown for text in fitting[node]))

    def wait_for_text(self, wanted, limit=paths.LIMIT):
        return self.wait_for(lambda: self.texts(wanted), limit, f"the text {getattr(wanted, 'pattern', wanted)!r}")[0]

    def dump(self):
        """The tree, for a failure's message."""
        nodes = self.nodes()
        if not nodes:
            return f"{self.name} is not in the accessibility tree; there are: {list(self.tree.names())}"
        rows = []
        for node, text in zip(nodes, self._texts_of(nodes)):
            states = [state for state in ("focused", "sensitive", "checked") if node.has(state)]
            rows.append(f"{node.role} {node.name!r} {text!r} {' '.join(states)}")
        return "\n".join(rows)

    # Doing

    def do(self, node, action=0):
        """Does an action of a node; without a number the first, which for a button is the click.

        GTK clicks a button a quarter of a second after this returns: what follows it must be waited for.
        """
        node.call("Action", "DoAction", "(i)", action)

    def press(self, role, name=None, limit=paths.LIMIT, **states):
        """Presses what is showing and sensitive."""
        node = self.find(role, name, limit, sensitive=True, **states)
        self.do(node)
        return node

    def set_text(self, node, text):
        """Replaces the content of a text field in one edit, as an input method would."""
        self.field_in(node).call("EditableText", "SetTextContents", "(s)", text)

    def type_into(self, node, text):
        """The same, for a field that keeps the text as it is."""
        field = self.field_in(node)
        self.set_text(field, text)
        self.wait_for(lambda: self.text_of(field) == text or not text, what=f"{text!r} to stand in {node.name!r}")

    def field_in(self, node):
        """The editable text that a node is or, as a row, holds."""
        for each in (node, *node.below()):
            if "EditableText" in each.interfaces:
                return each
        raise AssertionError(f"{node.role} {node.name!r} holds no editable text")

    def describe(self, node):
        """What is said of a node after its name."""
        wanted = GLib.Variant("(ss)", ("org.a11y.atspi.Accessible", "Description"))
        return self.tree.ask([(*node.place, "org.freedesktop.DBus.Properties", "Get", wanted)])[0][0]

    def content_of(self, node):
        """What a text field holds, which may be nothing."""
        return self.field_in(node).call("Text", "GetText", "(ii)", 0, WHOLE)

    def focus(self):
        """Gives the window the keyboard; a window manager does so by itself, a while after a window came or went."""
        def given():
            try:
                self._xdotool("search", "--onlyvisible", "--sync", "--pid", str(self.pid), "windowfocus")
            except subprocess.CalledProcessError:
                return False  # One of its windows went away meanwhile, such as a menu.
            return True

        if self.session.managed:
            self.wait_for(self._is_newest_active, what="the newest window to have the focus")
        else:
            self.wait_for(given, what="the window to have the focus")

    def _is_newest_active(self):
        """GTK 4.8 says of frames only that they are active, not of dialogs."""
        *others, newest = self.frames()
        return not any(window.has("active") for window in others) and (newest.has("active") or newest.role != "frame")

    def key(self, *keys):
        """Presses keys such as ctrl+w, Tab, Return."""
        self.focus()
        self._xdotool("key", "--clearmodifiers", *keys)

    def type_keys(self, text):
        """Types on the keyboard into what has the focus."""
        self.focus()
        self._xdotool("type", "--delay", "5", text)

    def click(self, node):
        """Clicks with the mouse; for rows, which have no action."""
        (x, y, width, height), frame = (each.call("Component", "GetExtents", "(u)", WINDOW_COORDS)
                                        for each in (node, self.windows()[0]))
        window = self._x_window()
        size = dict(re.findall(r"(WIDTH|HEIGHT)=(\d+)", self._xdotool("getwindowgeometry", "--shell", window)))
        border = (int(size["WIDTH"]) - frame[2]) // 2  # GTK draws its frame inside the X window.
        self._xdotool("mousemove", "--window", window, str(x + width // 2 + border),
                      str(y + height // 2 + border), "click", "1")

    def _x_window(self):
        return self._xdotool("search", "--onlyvisible", "--sync", "--pid", str(self.pid)).split()[-1]

    def box(self):
        """Where the window is on the screen."""
        told = run(["xwininfo", "-id", self._x_window()], env=self.session.env).stdout
        left, top, width, height = (int(re.search(rf"{what}: +(-?\d+)", told).group(1))
                                    for what in ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height"))
        return left, top, left + width, top + height

    def _xdotool(self, *arguments):
        return run(["xdotool", *arguments], env=self.session.env).stdout

    def screenshot(self, path, whole=False):
        """A PNG of the window, or of the whole screen without its black border, where menus and dialogs stand too;
        once two pictures in a row are the same: what changed last is then painted."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = settle(self.wait_for, lambda: grab(self.session, None if whole else self.box()),
                         most=10)  # A cursor blinks.
        (picture.crop(picture.getbbox()) if whole else picture).save(path, compress_level=1)
        return path

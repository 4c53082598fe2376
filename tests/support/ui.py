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
expressions. Only what is showing is found. Animations are off. GTK sends no event for some changes, so waiting looks again a few
times a second as well.
"""

import os
import re
import subprocess
from pathlib import Path

from gi.repository import GLib

from . import paths

LOOK_EVERY = 0.15
SAME_ROLE = {"push button": "button", "password text": "text", "entry": "text", "heading": "label"}
_registered = []
_news = [True]


def _notice(_event=None):
    _news[0] = True
    return True


def _tree():
    """pyatspi, taken up late: it connects to the bus that the environment names at that moment."""
    import pyatspi
    if not _registered:
        # It complains of every application that keeps no cache, as those of GTK 4 do not.
        GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)
        for event in ("object:children-changed", "object:state-changed:showing", "object:state-changed:sensitive",
                      "object:property-change", "object:text-changed", "window:create", "window:activate"):
            pyatspi.Registry.registerEventListener(_notice, event)
        _registered.append(pyatspi)
    return pyatspi


def _role(node):
    name = node.getRoleName()
    return SAME_ROLE.get(name, name)


def _fits(wanted, text):
    return wanted is None or (wanted.search(text or "") if isinstance(wanted, re.Pattern) else wanted == text)


class Window:
    def __init__(self, session, argv, name, env=None, start=True):
        """name: that of the application in the accessibility tree. start=False: another program starts it."""
        self.session, self.argv, self.name, self.env = session, argv, name, env or {}
        self.child = None
        if start:
            self.start()

    def start(self, env=None):
        _tree()
        self.child = self.session.spawn(self.argv, env={**self.env, **(env or {})})
        self.wait_until_shown()

    def wait_until_shown(self, limit=paths.LIMIT):
        self.wait_for(lambda: any(True for _ in self.nodes()), limit, f"a window of {self.name}")

    def stop(self):
        return self.child.stop()

    @property
    def pid(self):
        return self.child.pid if self.child else self.application().get_process_id()

    def wait_for(self, condition, limit=paths.LIMIT, what=None):
        def look():
            if not _news[0]:
                return None  # Only the answers to what was asked before came in.
            _news[0] = False
            if self.child and self.child.returncode is not None:
                raise AssertionError(f"{self.name} ended with {self.child.returncode}:\n{self.child.output()}")
            try:
                return condition()
            except GLib.Error:
                return None  # A part of the tree went away while it was read.

        _notice()
        tick = GLib.timeout_add(int(LOOK_EVERY * 1000), _notice)
        try:
            return self.session.wait_for(look, limit, what)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.dump()}") from None
        finally:
            GLib.source_remove(tick)

    # Looking

    def application(self):
        pyatspi = _tree()
        desktop = pyatspi.Registry.getDesktop(0)
        for index in range(desktop.childCount):
            application = desktop.getChildAtIndex(index)
            if application and application.name == self.name and application.childCount:
                application.set_cache_mask(0)
                return application
        return None

    def nodes(self):
        """Everything that is showing, from the outside in.

        GTK 4.8 says VISIBLE of windows and SHOWING of main windows only, and keeps the hidden pages of a stack in
        the tree. But a label that is not on the screen does not answer to a point within itself; what has no label
        goes with what holds it.
        """
        application = self.application()
        windows = [application.getChildAtIndex(i) for i in range(application.childCount)] if application else []
        return [node for window in windows if window and self.has_state(window, "visible")
                for node in self._showing(window)[1]]

    def _showing(self, node, mute=False):
        """Returns whether NODE is on the screen (None: cannot be told) and what of it is."""
        role = _role(node)
        mute = mute or role == "text" or not self.has_state(node, "sensitive")  # These never answer.
        told = self._label_shows(node) if role == "label" and not mute else None
        shown = [node]
        answers = [] if told is None else [told]
        for child in (node.getChildAtIndex(i) for i in range(node.childCount)):
            if child is not None:
                answer, below = self._showing(child, mute)
                answers.append(answer)
                shown += below if answer is not False else []
        told = True if True in answers else False if False in answers else None
        return told, shown if told is not False else []

    def _label_shows(self, label):
        component = label.queryComponent()
        box = component.getExtents(_tree().WINDOW_COORDS)
        if box.width == 0 or box.height == 0 or component.getAlpha() == 0:
            return False
        middle = (box.x + box.width // 2, box.y + box.height // 2)
        return component.getAccessibleAtPoint(*middle, _tree().WINDOW_COORDS) is not None

    def has_state(self, node, state):
        return node.getState().contains(getattr(_tree(), f"STATE_{state.upper()}"))

    def find_all(self, role=None, name=None, **states):
        """All that is showing with that role, name, and states (sensitive=True, focused=True, ...)."""
        role = SAME_ROLE.get(role, role)
        return [node for node in self.nodes()
                if (role is None or _role(node) == role) and _fits(name, node.name)
                and all(self.has_state(node, state) == wanted for state, wanted in states.items())]

    def find(self, role=None, name=None, limit=paths.LIMIT, **states):
        """The first such, once it is showing."""
        wanted = f"{role or 'anything'} {getattr(name, 'pattern', name)!r} {states or ''}"
        return self.wait_for(lambda: next(iter(self.find_all(role, name, **states)), None), limit, wanted)

    def wait_gone(self, role=None, name=None, limit=paths.LIMIT):
        self.wait_for(lambda: not self.find_all(role, name), limit, f"{role} {name!r} to go")

    def text_of(self, node):
        """What a text holds: its content where it has any, else its name."""
        try:
            text = node.queryText()
            return text.getText(0, text.characterCount) or node.name
        except NotImplementedError:
            return node.name

    def texts(self, wanted=None):
        """Names and texts that are showing; with WANTED (text or expression) only those that fit."""
        return [text for text in dict.fromkeys(t for node in self.nodes() for t in (node.name, self.text_of(node)))
                if text and (wanted is None or _fits(wanted, text))]

    def wait_for_text(self, wanted, limit=paths.LIMIT):
        return self.wait_for(lambda: self.texts(wanted), limit, f"the text {getattr(wanted, 'pattern', wanted)!r}")[0]

    def dump(self):
        """The tree, for a failure's message."""
        application = self.application()
        if application is None:
            names = [a.name for a in _tree().Registry.getDesktop(0) if a]
            return f"{self.name} is not in the accessibility tree; there are: {names}"
        rows = []
        for node in self.nodes():
            states = [s for s in ("focused", "sensitive", "checked") if self.has_state(node, s)]
            rows.append(f"{_role(node)} {node.name!r} {self.text_of(node)!r} {' '.join(states)}")
        return "\n".join(rows)

    # Doing

    def do(self, node, action=0):
        """Does an action of a node; without a number the first, which for a button is the click."""
        node.queryAction().doAction(action)

    def press(self, role, name=None, limit=paths.LIMIT, **states):
        """Presses what is showing and sensitive."""
        node = self.find(role, name, limit, sensitive=True, **states)
        self.do(node)
        return node

    def type_into(self, node, text):
        """Replaces the content of a text field, as an input method would. A row passes it on to its field."""
        field = self._editable(node)
        assert field, f"{_role(node)} {node.name!r} holds no editable text"
        field.queryEditableText().setTextContents(text)
        self.wait_for(lambda: self.text_of(field) == text or not text, what=f"{text!r} to stand in {node.name!r}")

    def _editable(self, node):
        try:
            node.queryEditableText()
            return node
        except NotImplementedError:
            return next(filter(None, (self._editable(child) for child in node if child)), None)

    def focus(self):
        """Gives the window the keyboard; there is no window manager on the test's display."""
        self._xdotool("search", "--onlyvisible", "--sync", "--pid", str(self.pid), "windowfocus")

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
        pyatspi = _tree()
        box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        frame = self.application().getChildAtIndex(0).queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        window = self._x_window()
        size = dict(re.findall(r"(WIDTH|HEIGHT)=(\d+)", self._xdotool("getwindowgeometry", "--shell", window)))
        border = (int(size["WIDTH"]) - frame.width) // 2  # GTK draws its frame inside the X window.
        self._xdotool("mousemove", "--window", window, str(box.x + box.width // 2 + border),
                      str(box.y + box.height // 2 + border), "click", "1")

    def _x_window(self):
        return self._xdotool("search", "--onlyvisible", "--sync", "--pid", str(self.pid)).split()[-1]

    def _xdotool(self, *arguments):
        return subprocess.run(["xdotool", *arguments], env=self.session.env, check=True, capture_output=True,
                              text=True, timeout=paths.LIMIT).stdout

    def screenshot(self, path):
        """A PNG of the window alone, once two pictures in a row are the same: what changed last is then painted."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        last, tries = None, 0

        def settled():
            nonlocal last, tries
            subprocess.run(["import", "-window", self._x_window(), "-define", "png:exclude-chunks=date,time",
                            os.fspath(path)], env=self.session.env, check=True, timeout=paths.LIMIT)
            before, last, tries = last, path.read_bytes(), tries + 1
            return before == last or tries == 10

        self.wait_for(settled, what="the window to be painted")
        return path

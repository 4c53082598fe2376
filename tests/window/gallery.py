# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every state of the window, to look at: gallery.py FOLDER [LANGUAGE SCHEME].

Each scene of the tests, and the dialogs, in each language, light and dark, wide and narrow; and an index.html that
shows them side by side. A window that stands before the main one opens as wide as it likes, and is then made narrow.
With a language and a scheme only these, and no index. With --readme the pictures of the README instead.
"""

import html
import os
import subprocess
import sys
import unittest
from pathlib import Path

import states
from scenes import HELD, SCENES, Scene, Walk
from states import LANGUAGES
from support import paths
from support.tree import WINDOW_COORDS

SCHEMES = {"light": "prefer-light", "dark": "prefer-dark"}
SIZES = {"wide": (900, 680), "narrow": (360, 640)}
FRAME = 20  # What GTK draws around a window is at most as wide, both sides together.
MENUS = ("menu", "license-vendors")  # Closed, for a menu does not follow a window that gets another size.
AT_ONCE = 3  # Half of the time they wait for what a window draws.

# Those of the README, in the size in which the window opens.
README = (Scene("license", "license", HELD, "Kind"),
          Scene("activate", "activate", {}, "Where do I find my code?"),
          Scene("reserve", "reserve", HELD, "Add a reserve code"))
README_SIZE = {"": (460, 680)}


class Gallery(Walk):
    """Not a test of its own: what is seen here is checked by the tests whose scenes these are."""

    def __init__(self, scenes, sizes, language, scheme, path):
        """path: that of the picture of a scene in a size."""
        super().__init__()
        self.scenes, self.sizes, self.language, self.scheme, self.path = scenes, sizes, language, scheme, path

    def runTest(self):
        states.agent.say(**self.scenes[0].said)
        self.open(self.language, ADW_DEBUG_COLOR_SCHEME=SCHEMES[self.scheme],
                  XDG_DATA_DIRS=f"{paths.SOURCE / 'data'}:/usr/local/share:/usr/share")
        self.window.find("button", None)
        for scene in self.scenes:
            with self.subTest(scene.name):
                self.show(scene)

    def show(self, scene):
        (first, extent), *others = self.sizes.items()
        self.fit(*extent)
        self.go_to(scene)
        self.enter_scene(scene)
        self.picture_of(scene, first, whole=scene.leave is not None)
        for size, extent in others:
            front = self.window.frames()[1:]
            if scene.name in MENUS:
                self.leave_scene(scene)
                self.fit(*extent)
                self.enter_scene(scene)
            elif not front or front[-1].role != "dialog":  # Questions have a size of their own.
                self.fit(*extent)
            self.picture_of(scene, size, whole=scene.leave is not None and not front)
        self.leave_scene(scene)

    def fit(self, width, height):
        """Gives the window in front that size, and waits until it is laid out in it."""
        self.resize(width, height)
        self.window.wait_for(lambda: 0 <= width - self.window.frames()[-1].call(
            "Component", "GetExtents", "(u)", WINDOW_COORDS)[2] <= FRAME, what="the window to have its size")

    def picture_of(self, scene, size, whole):
        self.window.screenshot(self.path(scene, size), whole=whole)


def name_of(scene, language, scheme, size):
    return f"{scene.name}.{language}.{scheme}.{size}.png"


def take(*arguments):
    suite = unittest.TestSuite([Gallery(*arguments)])
    states.setUpModule()
    states.session.run(["xdotool", "mousemove", "10000", "10000"])  # Out of the way: no tooltips.
    try:
        return unittest.TextTestRunner(verbosity=0).run(suite).wasSuccessful()
    finally:
        states.tearDownModule()


def take_all(folder):
    """A process for each language and scheme, few at once."""
    waiting = [(language, scheme) for language in LANGUAGES for scheme in SCHEMES]
    running, good = [], True
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            running.append(subprocess.Popen([sys.executable, __file__, os.fspath(folder), *waiting.pop(0)]))
        good = running.pop(0).wait() == 0 and good
    return good


def write_index(folder):
    """One row for each scene and size; the pictures of a row differ in language and scheme only."""
    rows = []
    for size, (width, _) in SIZES.items():
        for scene in SCENES:
            pictures = "".join(
                f'<figure><img loading="lazy" src="{name}" alt="{html.escape(name)}" width="{width // 2}">'
                f"<figcaption>{language} {scheme}</figcaption></figure>"
                for language in LANGUAGES for scheme in SCHEMES
                for name in [name_of(scene, language, scheme, size)])
            rows.append(f'<h2 id="{scene.name}-{size}">{scene.name}, {size}</h2><div>{pictures}</div>')
    (folder / "index.html").write_text(
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Prolong: every state</title><style>'
        "body{font-family:sans-serif;background:#888;margin:1em}div{display:flex;flex-wrap:wrap;gap:1em}"
        "figure{margin:0}img{height:auto}</style>" + "".join(rows) + "</html>\n", encoding="utf-8")


def main():
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if sys.argv[2:] == ["--readme"]:
        return 0 if take(README, README_SIZE, "en", "light", lambda scene, _: folder / f"{scene.name}.png") else 1
    if len(sys.argv) == 4:
        language, scheme = sys.argv[2:]
        return 0 if take(SCENES, SIZES, language, scheme,
                         lambda scene, size: folder / name_of(scene, language, scheme, size)) else 1
    names = [name_of(scene, language, scheme, size)
             for scene in SCENES for language in LANGUAGES for scheme in SCHEMES for size in SIZES]
    for old in folder.glob("*.png"):
        old.unlink()
    good = take_all(folder)
    write_index(folder)
    missing = [name for name in names if not (folder / name).exists()]
    print(f"{len(names) - len(missing)} of {len(names)} pictures: {folder / 'index.html'}")
    for name in missing:
        print(f"missing: {name}")
    return 0 if good and not missing else 1


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""The project keeps its house rules; and each program that checks one finds a breach of it."""

import subprocess
import tempfile
import unittest
from pathlib import Path

from support import paths, tap

TOOLS = paths.SOURCE / "build-aux"
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
PO = f"""# {SPDX}
msgid ""
msgstr ""
"Language: nl\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def check(name, *arguments):
    """Exit status and output of a checking program."""
    done = subprocess.run([str(TOOLS / f"check-{name}"), *map(str, arguments)], capture_output=True, text=True,
                          check=False)
    return done.returncode, done.stdout + done.stderr


class ProjectTest(unittest.TestCase):
    """The project as it is."""

    def holds(self, name, *arguments):
        status, output = check(name, paths.SOURCE, *arguments)
        self.assertEqual(status, 0, output)

    def test_layers(self):
        self.holds("layers", paths.BUILD)

    def test_format(self):
        self.holds("format")

    def test_headers(self):
        self.holds("headers")

    def test_words(self):
        self.holds("words")

    def test_potfiles(self):
        self.holds("potfiles")

    def test_translations(self):
        self.holds("translations")


class BreachTest(unittest.TestCase):
    """A made-up project with one breach of a rule at a time."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("po/POTFILES.in", "src/bus/words.c\n")
        self.write("po/LINGUAS", "nl\n")
        self.write("po/nl.po", PO + 'msgid "word"\nmsgstr "woord"\n')
        self.write("src/bus/words.c", f'/* {SPDX} */\n#include "license/code.h"\nchar *s = _ ("word");\n')
        self.write("src/license/code.h", f"/* {SPDX} */\n")

    def write(self, path, text):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def breached(self, name, path, text, expected):
        """The check holds, and does not with the file changed so."""
        before = check(name, self.root)
        target = self.root / path
        old = target.read_text(encoding="utf-8") if target.exists() else None
        self.write(path, text)
        after = check(name, self.root)
        if old is None:
            target.unlink()
        else:
            self.write(path, old)
        self.assertEqual(before, (0, ""), "the project without the breach")
        self.assertEqual(after[0], 1)
        self.assertIn(expected, after[1])

    def test_layers(self):
        rows = (  # file, include, complaint, why it is forbidden
            ("src/license/a.c", '#include "agent/store.h"', "license may not include agent/store.h", "upwards"),
            ("src/bus/a.c", '# include "renewal/messages.h"', "bus may not include", "the bus knows no wire"),
            ("src/window/a.c", '#include "agent/store.h"', "window may not include", "only over D-Bus"),
            ("src/service/a.c", '#include "bus/words.h"', "service may not include", "another program's words"),
            ("src/agent/a.c", "#include <gtk/gtk.h>", "may not include <gtk/gtk.h>", "the agent has no GTK"),
            ("src/agent/tray/a.c", "#include <gtk/gtk.h>", "may not include <gtk/gtk.h>", "nor has its tray"),
            ("src/cli/a.c", "#include <libsoup/soup.h>", "may not include <libsoup", "the command line is small"),
            ("src/service/a.c", "#include <sqlite3.h>", "may not include <sqlite3.h>", "SQL stands in store/ only"),
            ("src/license/a.c", "#include <gio/gio.h>", "may not include <gio/gio.h>", "license does no I/O"),
            ("src/license/a.c", '#include "code.h"', "write code.h from src/", "includes are written from src/"),
            ("src/window/a.c", '#include "prolong-bus.h"', "window may not", "skeletons are the agent's"),
            ("src/other/a.c", "", "other is not in the table", "every folder has its place"),
            ("src/bus/a.c", '#include "other/a.h"', "other/a.h is in no layer", "every header too"),
        )
        for path, text, expected, why in rows:
            with self.subTest(why):
                self.breached("layers", path, text + "\n", expected)

    def test_allowed_includes(self):
        for path, text in (("src/service/store/a.c", "#include <sqlite3.h>\n"), ("src/window/a.c", "#include <gtk/gtk.h>\n"),
                           ("src/agent/a.c", '#include "renewal/messages.h"\n#include "prolong-bus.h"\n')):
            with self.subTest(path):
                self.write(path, text)
                self.assertEqual(check("layers", self.root), (0, ""))

    def test_loaded_libraries(self):
        status, output = check("layers", self.root, self.root)
        self.assertEqual(status, 1)
        self.assertIn("src/agent/prolong-agent is not built", output)
        link = self.root / "src/agent/prolong-agent"
        link.parent.mkdir(parents=True)
        link.symlink_to(paths.WINDOW)
        self.assertIn("src/agent/prolong-agent loads libgtk", check("layers", self.root, self.root)[1])

    def test_format(self):
        rows = (("int f(void);\n", "a space before parentheses"), ("int  a;\n", "two spaces"),
                (f"/* {'a ' * 60} */\n", "a comment that is too wide"))
        for text, why in rows:
            with self.subTest(why):
                self.breached("format", "src/bus/a.c", text, "src/bus/a.c:1:")

    def test_headers(self):
        self.write("po/POTFILES.in", f"# {SPDX}\nsrc/bus/words.c\n")
        self.breached("headers", "src/bus/a.c", "int a;\n", "src/bus/a.c: no line")

    def test_words(self):
        rows = (("see /" + "work/main/x", "the path of one machine"), ("/" + "home/ann/x", "the path of one machine"),
                ("/* FIX" + "ME later */", "a mark of unfinished work"), ("<" * 7 + " HEAD", "a conflict"))
        for text, expected in rows:
            with self.subTest(text):
                self.breached("words", "src/bus/a.c", text + "\n", expected)

    def test_potfiles(self):
        rows = (("src/bus/a.c", 'char *s = _ ("more");\n', "src/bus/a.c is missing"),
                ("src/bus/a.c", 'char *s = g_dngettext (D, "a", "b", 2);\n', "src/bus/a.c is missing"),
                ("src/window/a.ui", '<property translatable="yes">x</property>\n', "src/window/a.ui is missing"),
                ("src/bus/words.c", "int a;\n", "src/bus/words.c has no words"),
                ("po/POTFILES.in", "src/bus/words.c\nsrc/bus/gone.c\n", "src/bus/gone.c has no words"),
                ("po/POTFILES.in", "src/bus/words.c\nsrc/bus/gone.c\n", "not sorted"))
        for path, text, expected in rows:
            with self.subTest(expected):
                self.breached("potfiles", path, text, expected)

    def test_translations(self):
        rows = (  # catalogue, complaint, why
            ("", 'untranslated: "word"', "a word without an entry"),
            ('msgid "word"\nmsgstr ""\n', 'untranslated: "word"', "an empty entry"),
            ('#, fuzzy\nmsgid "word"\nmsgstr "woord"\n', 'fuzzy: "word"', "an uncertain entry"),
            ('msgid "word"\nmsgstr "woord"\n\nmsgid "old"\nmsgstr "oud"\n', 'no longer used: "old"', "a left-over"),
            ('#, c-format\nmsgid "word"\nmsgstr "%s"\n', "format", "placeholders that differ"),
        )
        for text, expected, why in rows:
            with self.subTest(why):
                self.breached("translations", "po/nl.po", PO + text, expected)


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The help pages: there in each language, true to the words of the window, sound as HTML, and opened by F1."""

import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from support import paths, tap
from support.session import Session
from support.ui import Window

HELP = paths.SOURCE / "data/help"
LANGUAGES = ("C", *(paths.SOURCE / "po/LINGUAS").read_text(encoding="utf-8").split())
PAGES = sorted(path.stem for path in (HELP / "C").glob("*.page"))
SCHEMA = "/usr/share/xml/mallard/1.0/mallard-1.0.rng"
NAMESPACE = "{http://projectmallard.org/1.0/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BLOCKS = ("page", "section", "title", "p", "steps", "list", "terms", "item", "note", "desc")
KEYWORDS = [f"--keyword={word}" for word in ("_", "N_", "C_:1c,2", "NC_:1c,2", "g_dngettext:2,3", "g_dpgettext2:2c,3")]
NO_SECTION = {
    "cancelled": "who cancels knows it",
}


def page(language, name):
    return ElementTree.parse(HELP / language / f"{name}.page").getroot()


def tag(element):
    return element.tag.removeprefix(NAMESPACE)


def text(element):
    return " ".join("".join(element.itertext()).split())


def html_name(language):
    return "en" if language == "C" else language


def run(*argv):
    return subprocess.run(argv, cwd=paths.SOURCE, capture_output=True, text=True, check=True).stdout


def window_words():
    """Of each language: what the window says for a word of the original, in all contexts and numbers."""
    listed = (paths.SOURCE / "po/POTFILES.in").read_text(encoding="utf-8").split("\n")
    files = [name for name in listed if name.startswith(("src/window/", "src/bus/"))]
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        template = f"{folder}/window.pot"
        run("xgettext", "--from-code=UTF-8", *KEYWORDS, "-o", template, *files)
        for language in LANGUAGES:
            catalogue = template if language == "C" else f"po/{language}.po"
            merged = run("msgmerge", "-q", "--no-fuzzy-matching", "--no-wrap", "-o", "-", catalogue, template)
            words = found[language] = {}
            for entry in re.sub(r'"\n"', "", merged).split("\n\n"):
                original = re.search(r'^msgid "(.+)"$', entry, re.M)
                if original and not re.search(r"^#~", entry, re.M):
                    told = re.findall(r'^msgstr(?:\[\d\])? "(.+)"$', entry, re.M)
                    words.setdefault(original.group(1), set()).update(told if language != "C" else original.groups())
    return found


def guis(language, name):
    """The marked words of each section of a page, by its id."""
    root = page(language, name)
    return {part.get("id"): [text(gui) for gui in part.iter(NAMESPACE + "gui")]
            for part in root.iter() if part.get("id")}


class PagesTest(unittest.TestCase):
    """What is written."""

    def test_every_page_in_every_language(self):
        for language in LANGUAGES:
            with self.subTest(language):
                self.assertEqual(sorted(path.stem for path in (HELP / language).glob("*.page")), PAGES)
                for name in PAGES:
                    root = page(language, name)
                    self.assertEqual((root.get("id"), root.get(LANG)), (name, html_name(language)))
        built = {path.name for path in paths.HELP_DIR.glob("*.html")}
        self.assertEqual(built, {f"{name}.{html_name(language)}.html" for language in LANGUAGES for name in PAGES})

    def test_mallard(self):
        self.assertTrue(Path(SCHEMA).exists(), "mallard-rng is not installed")
        pages = sorted(str(path) for path in HELP.glob("*/*.page"))
        done = subprocess.run(["xmllint", "--noout", "--nonet", "--relaxng", SCHEMA, *pages], capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_start_page_leads_to_all(self):
        for language in LANGUAGES:
            topics = [link.get("xref") for link in page(language, "index").iterfind(f"{NAMESPACE}info/{NAMESPACE}link")]
            by_order = sorted((name for name in PAGES if name != "index"), key=lambda name: int(text(
                page(language, name).find(f"{NAMESPACE}info/{NAMESPACE}title[@type='sort']"))))
            self.assertEqual(topics, by_order, "the same order in the viewer and in the browser")

    def test_same_shape_in_every_language(self):
        def shape(language, name):
            elements = list(page(language, name).iter())
            return ([(tag(e), e.get("id"), e.get("style")) for e in elements if tag(e) in BLOCKS],
                    Counter(e.get("xref") for e in elements if tag(e) == "link"),
                    Counter(text(e) for e in elements if tag(e) in ("code", "file")),
                    Counter(tag(e) for e in elements))
        for name in PAGES:
            for language in LANGUAGES[1:]:
                with self.subTest(f"{language}/{name}"):
                    self.assertEqual(shape(language, name), shape("C", name))

    def test_links(self):
        for language in LANGUAGES:
            ids = {name: {e.get("id") for e in page(language, name).iter() if e.get("id")} for name in PAGES}
            for name in PAGES:
                for link in page(language, name).iter(NAMESPACE + "link"):
                    target, _, section = link.get("xref", "").partition("#")
                    with self.subTest(f"{language}/{name}: {link.attrib}"):
                        self.assertIn(section or target or name, ids.get(target or name, ()))


class WordsTest(unittest.TestCase):
    """What is written, beside what the window says."""

    @classmethod
    def setUpClass(cls):
        cls.words = window_words()

    def test_marked_words_are_those_of_the_window(self):
        for language in LANGUAGES:
            said = set().union(*self.words[language].values())
            for name in PAGES:
                for section, marked in guis(language, name).items():
                    with self.subTest(f"{language}/{name}#{section}"):
                        self.assertEqual([word for word in marked if word not in said], [])

    def test_marked_words_are_the_same_in_every_language(self):
        for language in LANGUAGES[1:]:
            for name in PAGES:
                translated = guis(language, name)
                for section, marked in guis("C", name).items():
                    with self.subTest(f"{language}/{name}#{section}"):
                        left = list(translated[section])
                        for word in marked:
                            same = [found for found in left if found in self.words[language][word]]
                            self.assertTrue(same, f"{word!r} is not among {left}")
                            left.remove(same[0])
                        self.assertEqual(left, [])

    def test_every_problem_has_its_section(self):
        """Under the very words that the window shows for it."""
        source = (paths.SOURCE / "src/bus/problem-words.c").read_text(encoding="utf-8")
        problems = {name.lower().replace("_", "-"): words for name, words in
                    re.findall(r'\[PROLONG_PROBLEM_(\w+)\]\s*=\s*\{ N_ \("([^"]+)"\)', source)}
        names = (paths.SOURCE / "src/license/problem.c").read_text(encoding="utf-8")
        named = set(re.findall(r'\] = "([a-z-]+)"', names))
        self.assertEqual(set(problems), named)
        for language in LANGUAGES:
            titles = {section.get("id"): text(section.find(NAMESPACE + "title")) for name in ("refused", "renew", "trouble")
                      for section in page(language, name).iter(NAMESPACE + "section")}
            for problem in named - set(NO_SECTION):
                with self.subTest(f"{language}: {problem}"):
                    said = {words.rstrip(".") for words in self.words[language][problems[problem]]}
                    self.assertIn(titles.get(problem), said)

    def test_shortcuts_window_names_every_key(self):
        source = (paths.SOURCE / "src/window/application.c").read_text(encoding="utf-8")
        table = re.search(r"accelerators\[\] = \{(.*?)\n\};", source, re.S).group(1)
        keys = set(re.findall(r'"((?:<\w+>)?\w+)"(?=[,\s}])', re.sub(r'\{ "[\w.:-]+",', "", table)))
        shown = ElementTree.parse(paths.SOURCE / "src/window/shortcuts.ui").iterfind(".//property[@name='accelerator']")
        told = [key for accelerator in shown for key in accelerator.text.split()]
        self.assertGreater(len(keys), 8)
        self.assertEqual(keys - set(told), set(), "not told")
        self.assertEqual(set(told) - keys, {"<Alt>Up", "<Alt>Down", "Return", "Escape", "F10"}, "no accelerators")
        self.assertEqual(len(told), len(set(told)))

    def test_about_names_the_addresses_of_the_metainfo(self):
        tree = ElementTree.parse(paths.SOURCE / f"data/{paths.APP_ID}.metainfo.xml.in")
        known = {url.get("type"): url.text for url in tree.iterfind("url")}
        about = (paths.SOURCE / "src/window/dialogs.c").read_text(encoding="utf-8")
        self.assertEqual(set(re.findall(r'"(https?:[^"]*)"', about)), {known["homepage"], known["bugtracker"]})


class Reader(HTMLParser):
    """The addresses, ids and elements of a page."""

    def __init__(self, path):
        super().__init__()
        self.addresses, self.ids, self.elements, self.attributes = [], [], Counter(), []
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, name, attrs):
        self.elements[name] += 1
        for attribute, value in attrs:
            self.attributes.append((name, attribute, value))
            if attribute in ("href", "src", "action", "data", "srcset", "poster"):
                self.addresses.append(value)
            if attribute == "id":
                self.ids.append(value)


class HtmlTest(unittest.TestCase):
    """What the browser gets."""

    @classmethod
    def setUpClass(cls):
        cls.pages = {path.name: Reader(path) for path in sorted(paths.HELP_DIR.glob("*.html"))}

    def test_links(self):
        self.assertTrue(self.pages)
        for name, reader in self.pages.items():
            self.assertEqual(len(reader.ids), len(set(reader.ids)), name)
            for address in reader.addresses:
                target, _, section = address.partition("#")
                with self.subTest(f"{name}: {address}"):
                    self.assertIn(target or name, self.pages)
                    if section:
                        self.assertIn(section, self.pages[target or name].ids)

    def test_nothing_comes_from_outside(self):
        for name, reader in self.pages.items():
            with self.subTest(name):
                self.assertNotRegex(reader.text, r"https?:|@import|url\((?!#)|//\w")
                self.assertFalse({"script", "link", "img", "iframe", "object", "base"} & set(reader.elements))

    def test_everyone_can_read_it(self):
        for name, reader in self.pages.items():
            with self.subTest(name):
                language = name.split(".")[1]
                self.assertIn(("html", "lang", language), reader.attributes)
                for element in ("title", "h1", "main", "header", "footer"):
                    self.assertEqual(reader.elements[element], 1, element)
                self.assertIn(("meta", "name", "viewport"), reader.attributes)
                self.assertIn("prefers-color-scheme: dark", reader.text)
                for other in LANGUAGES:
                    if html_name(other) != language:
                        self.assertIn(f"{name.split('.')[0]}.{html_name(other)}.html", reader.addresses)


class OpeningTest(unittest.TestCase):
    """F1, with a browser and a help viewer that write down what they are given."""

    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(Session(display=True))
        cls.session.vendors.mkdir(parents=True)
        shutil.copy(paths.SOURCE / "data/vendors/demo.conf", cls.session.vendors)
        cls.opened = cls.session.home / "opened"
        cls.data = cls.session.home / "installed"
        shutil.copytree(HELP / "C", cls.data / "help/C/prolong")
        cls.applications = cls.session.home / "data/applications"
        cls.applications.mkdir(parents=True)

    def programs(self, **handlers):
        """The desktop's programs: what they open, by the name of the desktop file."""
        for path in self.applications.iterdir():
            path.unlink()
        for name, kind in handlers.items():
            (self.applications / f"{name.replace('_', '.')}.desktop").write_text(
                f"[Desktop Entry]\nType=Application\nName={name}\nMimeType={kind};\n"
                f"Exec=sh -c 'echo \"{name} $1\" > {self.opened}.new; mv {self.opened}.new {self.opened}' sh %u\n")
        (self.session.home / "config/mimeapps.list").write_text("[Default Applications]\n" + "".join(
            f"{kind}={name.replace('_', '.')}.desktop\n" for name, kind in handlers.items()))
        self.opened.unlink(missing_ok=True)

    def window(self, *without, **env):
        """The window, without some variables, and with others."""
        unset = [part for name in without for part in ("-u", name)]
        window = Window(self.session, ["/usr/bin/env", *unset, paths.WINDOW], "prolong", env=env)
        self.addCleanup(window.stop)
        window.find("button", re.compile("No license|Geen licentie|Лицензия отсутствует"))
        return window

    def opens(self, window, expected):
        self.opened.unlink(missing_ok=True)
        window.key("F1")
        window.wait_for(self.opened.exists, what="a program to open")
        self.assertEqual(self.opened.read_text(encoding="utf-8").strip(), expected)

    def address(self, name):
        return str(paths.HELP_DIR / name)

    def test_the_page_of_the_panel_in_the_browser(self):
        self.programs(browser="text/html")
        window = self.window()
        for key, name in (("ctrl+1", "index"), ("ctrl+2", "activate"), ("ctrl+3", "reserve")):
            window.key(key)
            self.opens(window, f"browser {self.address(f'{name}.en.html')}")

    def test_the_language_of_the_window(self):
        self.programs(browser="text/html")
        for language in LANGUAGES[1:]:
            window = self.window(LANGUAGE=language)
            self.opens(window, f"browser {self.address(f'index.{language}.html')}")
            window.stop()

    def test_help_viewers(self):
        rows = (  # desktop file, pages installed, opened, why
            ("org_gnome_Yelp", True, "org_gnome_Yelp help:prolong/index", "the viewer reads Mallard"),
            ("yelp", True, "yelp help:prolong/index", "its older name"),
            ("yelp", False, None, "it would look for them in vain: the browser, if the pages for that are installed"),
            ("org_kde_khelpcenter", True, None, "it does not read Mallard: the same"),
        )
        for viewer, installed, expected, why in rows:
            with self.subTest(why):
                self.programs(browser="text/html", **{viewer: "x-scheme-handler/help"})
                folders = f"{self.data}:/usr/share" if installed else "/usr/share"
                window = self.window("PROLONG_HELP_DIR", XDG_DATA_DIRS=folders)
                if expected:
                    self.opens(window, expected)
                else:
                    window.key("F1")
                    window.wait_for(lambda: self.opened.exists() or window.texts("The help pages are missing"))
                    self.assertFalse(self.opened.exists() and viewer in self.opened.read_text(encoding="utf-8"))
                window.stop()

    def test_without_any_program(self):
        self.programs()
        window = self.window(XDG_DATA_DIRS=str(self.data))
        window.key("F1")
        window.find("label", "No program opens this address")
        window.wait_for_text(Path(self.address("index.en.html")).as_uri())


if __name__ == "__main__":
    tap.main()

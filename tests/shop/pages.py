# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of the shop: how they are served, and that their words are whole in each language."""

import json
import re
import unittest

from service.peer import Peer
from support import paths, tap

SHOP = paths.SOURCE / "src/service/shop"
LANGUAGES = ("en", "nl", "ru")
# What Intl.PluralRules tells apart of whole numbers.
PLURALS = {"en": {"one", "other"}, "nl": {"one", "other"}, "ru": {"one", "few", "many", "other"}}
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
         ".json": "application/json", ".svg": "image/svg+xml; charset=utf-8"}
# Keys that a script makes of a name which it got.
MADE = re.compile(r"`([a-z-]+\.)\$\{[^}]*\}([a-z-]*)`")


def read_words():
    return {language: json.loads((SHOP / f"words/{language}.json").read_text(encoding="utf-8")) for language in LANGUAGES}


def sources(*endings):
    return {path: path.read_text(encoding="utf-8") for path in sorted(SHOP.rglob("*")) if path.suffix in endings}


class WordsTest(unittest.TestCase):
    def test_each_language_has_all(self):
        words = read_words()
        for language in LANGUAGES:
            self.assertEqual(list(words[language]), list(words["en"]), language)

    def test_plural_forms(self):
        for language, words in read_words().items():
            for key, entry in words.items():
                if isinstance(entry, dict) and set(entry) != {"other"}:
                    self.assertEqual(set(entry), PLURALS[language], f"{language} {key}")

    def test_placeholders(self):
        words = read_words()
        for language in LANGUAGES:
            for key, entry in words[language].items():
                wanted = self.placeholders(words["en"][key])
                self.assertEqual(self.placeholders(entry), wanted, f"{language} {key}")

    @staticmethod
    def placeholders(entry):
        forms = entry.values() if isinstance(entry, dict) else [entry]
        return {name for form in forms for name in re.findall(r"\{(\w+)\}", form)}

    def test_nothing_is_empty_or_left_in_english(self):
        same = {"frame", "Product", "iDEAL", "PayPal", "Bancontact"}
        words = read_words()
        for language in ("nl", "ru"):
            for key, entry in words[language].items():
                forms = entry.values() if isinstance(entry, dict) else [entry]
                for form in forms:
                    self.assertTrue(form.strip(), f"{language} {key}")
                    if language == "ru" and form not in same and "{" not in form and "Internet Security" not in form:
                        self.assertRegex(form, "[А-Яа-яё]", key)

    def test_every_word_is_used_and_every_use_has_one(self):
        words = read_words()["en"]
        used, made = set(), []
        for path, text in sources(".html", ".js", ".svg").items():
            used |= {(key, path) for key in re.findall(r'data-t(?:-aria-label)?="([^"]+)"', text)}
            used |= {(key, path) for key in re.findall(r'"([a-z-]+\.[a-z0-9-]+)"', text)
                     if key in words or re.search(rf't\("{re.escape(key)}"', text)}
            made += [re.compile("^" + re.escape(start) + "[a-z0-9-]+" + re.escape(end) + "$")
                     for start, end in MADE.findall(text)]
        for key, path in used:
            self.assertIn(key, words, path.name)
        named = {key for key, _ in used}
        for key in words:
            self.assertTrue(key in named or any(pattern.match(key) for pattern in made), f"{key} is used nowhere")


class FilesTest(unittest.TestCase):
    def test_nothing_from_elsewhere(self):
        for path, text in sources(".html", ".css", ".js", ".svg").items():
            addresses = [url for url in re.findall(r"(?:https?:)?//[\w.]+[^\s\"'<)]*", re.sub(r"(?m)(^|\s)//\s.*$", "", text))
                         if url != "http://www.w3.org/2000/svg"]
            self.assertEqual(addresses, [], path.name)

    def test_the_policy_allows_what_is_written(self):
        for path, text in sources(".html", ".svg").items():
            self.assertNotRegex(text, r"\sstyle=|\son\w+=|<style|<script(?![^>]*src=)", path.name)
        for path, text in sources(".js").items():
            self.assertNotRegex(text, r"innerHTML|outerHTML|insertAdjacentHTML|\beval\b|new Function", path.name)

    def test_colours_can_be_told_apart(self):
        text = (SHOP / "base.css").read_text(encoding="utf-8")
        light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in text.split(":root {")[1:3])
        pairs = (("text", "page"), ("text", "card"), ("text", "tint"), ("text", "sunken"), ("soft", "page"), ("soft", "card"),
                 ("soft", "tint"), ("accent", "page"), ("accent", "card"), ("accent", "tint"), ("accent-over", "card"),
                 ("on-accent", "accent"), ("on-accent", "accent-over"), ("good", "good-tint"), ("good", "card"),
                 ("bad", "bad-tint"), ("bad", "card"))
        for name, palette in (("light", light), ("dark", dark)):
            for front, back in pairs:
                with self.subTest(f"{front} on {back}, {name}"):
                    self.assertGreaterEqual(contrast(palette[front], palette[back]), 4.5)
            self.assertGreaterEqual(contrast(palette["edge-strong"], palette["card"]), 3, f"the frame of a field, {name}")


def contrast(front, back):
    """As WCAG 2 reckons it."""
    def luminance(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    a, b = sorted((luminance(front), luminance(back)), reverse=True)
    return (a + 0.05) / (b + 0.05)


class ServedTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.peer = cls.enterClassContext(Peer(demo=True))

    def ask(self, method, path, **headers):
        connection = self.peer.connect()
        self.addCleanup(connection.close)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        answer.text = answer.read()
        return answer

    def test_every_file(self):
        for path in sources(*TYPES):
            name = path.relative_to(SHOP)
            if name.name.endswith(".gresource.xml"):
                continue
            with self.subTest(str(name)):
                answer = self.ask("GET", f"/shop/{name}")
                self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, TYPES[path.suffix]))
                self.assertEqual(answer.text, path.read_bytes())

    def test_first_page(self):
        self.assertEqual(self.ask("GET", "/shop/").text, (SHOP / "index.html").read_bytes())
        moved = self.ask("GET", "/shop")
        self.assertEqual((moved.status, moved.headers["Location"]), (301, "shop/"))
        self.assertEqual(self.ask("GET", "/shop/icon.svg").status, 200)

    def test_protection(self):
        for path in ("/shop/", "/shop/pay.html", "/shop/shop.js", "/shop/missing.html", "/shop"):
            with self.subTest(path):
                headers = self.ask("GET", path).headers
                policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
                self.assertEqual(policy["default-src"], "'none'")
                self.assertEqual(policy["frame-ancestors"], "'none'")
                self.assertEqual({policy[name] for name in ("script-src", "style-src", "connect-src", "img-src")}, {"'self'"})
                self.assertNotIn("unsafe", headers["Content-Security-Policy"])
                self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
                self.assertEqual(headers["Referrer-Policy"], "no-referrer")

    def test_kept_by_the_browser(self):
        first = self.ask("GET", "/shop/shop.css")
        self.assertEqual(first.headers["Cache-Control"], "no-cache")
        tag = first.headers["ETag"]
        rows = (  # If-None-Match, status, why
            (tag, 304, "the same"), (f"W/{tag}", 304, "compressed by a proxy"), (f'"other", {tag}', 304, "one of several"),
            ("*", 304, "any"), ('"other"', 200, "another version"))
        for value, status, why in rows:
            with self.subTest(why):
                answer = self.ask("GET", "/shop/shop.css", If_None_Match=value)
                self.assertEqual(answer.status, status)
                self.assertEqual(answer.headers["ETag"], tag)
                self.assertEqual(answer.text == b"", status == 304)

    def test_read_only(self):
        whole = self.ask("GET", "/shop/")
        head = self.ask("HEAD", "/shop/")
        self.assertEqual((head.status, head.text), (200, b""))
        self.assertEqual(head.headers["Content-Length"], whole.headers["Content-Length"])
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            with self.subTest(method):
                answer = self.ask(method, "/shop/")
                self.assertEqual((answer.status, answer.headers["Allow"]), (405, "GET, HEAD"))

    def test_nothing_else(self):
        for path in ("/shop/missing.html", "/shop/shop.gresource.xml", "/shop/words/", "/shop/../demo.conf", "/shop/%2e%2e/demo.conf",
                     "/shop//index.html", "/shopping", "/shop/" + 5000 * "a" + ".js"):
            with self.subTest(path[:40]):
                self.assertEqual(self.ask("GET", path).status, 404)


if __name__ == "__main__":
    tap.main()

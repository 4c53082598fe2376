# SPDX-License-Identifier: GPL-3.0-or-later
"""prolongctl with two vendors: their profiles come and go, and each code finds its own vendor."""

import json
import re
import unittest

from case import DONE, FAILED, LATER, REFUSED, USAGE, Case, language
from support import tap
from support.service import Service

OTHER_KEY = "ThxaJDlmUoACzeLX6VvaZufXjHBA69jDyMvnUjb6su0"
SAME_FORM = ("^Pattern=.*", "Pattern=XXXXX-XXXXX-XXXXX-XXXXX")


class Vendors(Case):
    def setUp(self):
        super().setUp()
        self.orchard = self.enterContext(Service(self.session, vendor="orchard", install_profile=False))
        self.file = str(self.orchard.profile_path)

    def changed(self, pattern, text):
        path = self.session.home / f"changed-{len(text)}.prolong-vendor"
        path.write_text(re.sub(pattern, text, self.orchard.profile, count=1, flags=re.M), encoding="utf-8")
        return str(path)

    def ids(self):
        return [vendor["id"] for vendor in self.json("profile", "list")["vendors"]]

    def add(self, file=None):
        return self.ctl("profile", "add", file or self.file, "--yes")


class Profiles(Vendors):
    def test_asks_before_it_takes_one_in(self):
        self.ctl("profile", "add", self.file, expect=USAGE)
        for answer, expect, ids in (("n", FAILED, ["demo"]), ("y", DONE, ["demo", "orchard"])):
            told, asked = self.on_terminal("profile", "add", self.file, typed=f"{answer}\n", expect=expect)
            for text in ("Orchard Software", self.orchard.url, "Photo Orchard", "Sound Orchard"):
                self.assertIn(text, told)
            self.assertIn("Add the vendor Orchard Software? [y/N]", asked)
            self.assertEqual(self.ids(), ids)

    def test_three_languages(self):
        for name, told in (("nl", "De leverancier Boomgaard Software toevoegen?"),
                           ("ru", "Добавить продавца «Софт-Сад»?")):
            _told, asked = self.on_terminal("profile", "add", self.file, typed="n\n", env=language(name), expect=FAILED)
            self.assertIn(told, asked)

    def test_update_says_so_and_a_new_address_too(self):
        self.add()
        self.assertIn("up to date", self.add().stdout)
        moved = self.changed("^Service=.*", "Service=https://new.example/v1")
        told, asked = self.on_terminal("profile", "add", moved, typed="n\n", expect=FAILED)
        self.assertIn(f"from {self.orchard.url} to https://new.example/v1", told)
        self.assertIn("Update the profile of Orchard Software?", asked)
        self.assertEqual(self.json("profile", "add", moved, "--yes")["verdict"], "update")

    def test_refusals(self):
        letter = self.session.home / "letter.txt"
        letter.write_text("Dear customer,\n", encoding="utf-8")
        huge = self.session.home / "huge"
        huge.write_bytes(b"#" * 10 * 1024 * 1024)
        for file, words in ((letter, "no vendor profile"), (huge, "too large"), ("/dev/zero", "too large"),
                            ("/nowhere", "could not be read"), (self.session.home, "could not be read"),
                            (self.changed("^Service=.*", "Service=http://orchard.example/v1"), "https://"),
                            (self.changed("^orchard-1=.*", ""), "missing"),
                            (self.changed("^Id=.*", "Id=Or chard"), "wrong")):
            with self.subTest(words):
                done = self.ctl("profile", "add", str(file), "--yes", "--json", expect=FAILED)
                self.assertIn(words, done.stderr)
                self.assertEqual(json.loads(done.stdout)["reason"], "profile-invalid")
        self.assertEqual(self.ids(), ["demo"])

    def test_stranger_and_removal(self):
        self.add()
        self.ctl("activate", stdin=self.orchard.codes["one-year"])
        stranger = self.changed("^orchard-1=.*", f"orchard-1={OTHER_KEY}")
        self.assertIn("(vendor-other-keys)", self.ctl("profile", "add", stranger, "--yes", expect=REFUSED).stderr)
        self.assertIn("(vendor-in-use)", self.ctl("profile", "remove", "orchard", "--yes", expect=REFUSED).stderr)
        self.ctl("remove", "--yes", "--vendor", "orchard")
        self.on_terminal("profile", "remove", "orchard", typed="n\n", expect=FAILED)
        self.assertEqual(self.json("profile", "remove", "orchard", "--yes"), {"removed": "orchard"})
        self.assertEqual(self.ids(), ["demo"])
        self.ctl("profile", "remove", "orchard", "--yes", expect=USAGE)


class Codes(Vendors):
    def test_each_finds_its_vendor(self):
        """One entry each in the status, with the vendor's words where its service is away."""
        self.add()
        self.activate()
        self.ctl("activate", stdin=self.orchard.codes["two-years"])
        self.ctl("reserve", "add", "--product", "photo-orchard", stdin=self.orchard.codes["reserve"])
        self.assertEqual({(l["vendor"], l["days_left"], len(l["reserve"])) for l in self.json("status")["licenses"]},
                         {("demo", 365, 0), ("orchard", 730, 1)})
        text = self.ctl("status").stdout
        self.assertRegex(text, r"(?s)License: 365 days left\n.*License: 730 days left\n")
        self.assertRegex(text, r"Vendor +Orchard Software\n")
        self.orchard.stop()
        self.ctl("refresh", "--vendor", "orchard", expect=LATER)
        self.assertIn("Orchard Software: The vendor’s service cannot be reached.", self.ctl("status").stdout)
        self.ctl("refresh", "--vendor", "demo")
        self.assertNotIn("Demo Vendor:", self.ctl("status").stdout)

    def test_no_vendor_has_such_a_code(self):
        self.add()
        done = self.ctl("activate", stdin="ABCDE\n", expect=REFUSED)
        self.assertIn("XXXXX-XXXXX-XXXXX-XXXXX, XXXX-XXXX-XXXX-XXXX", done.stderr)

    def test_two_vendors_could_own_it(self):
        """A script must say which, or the product decides; on a terminal the person is asked."""
        self.add(self.changed(*SAME_FORM))
        code = self.service.codes["one-year"]
        self.assertIn("--vendor: demo, orchard", self.ctl("activate", stdin=code, expect=USAGE).stderr)
        self.ctl("preflight", "--product", "internet-security", stdin=code)
        self.ctl("preflight", "--vendor", "demo", stdin=code)
        _told, asked = self.on_terminal("preflight", typed=f"{code}\nnobody\n", expect=USAGE)
        self.assertIn("Codes of several vendors look like this:", asked)
        self.on_terminal("activate", typed=f"{code}\n1\n")
        self.assertEqual([l["vendor"] for l in self.json("status")["licenses"]], ["demo"])


if __name__ == "__main__":
    tap.main()

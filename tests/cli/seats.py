# SPDX-License-Identifier: GPL-3.0-or-later
"""Seats on the command line: who holds them, and how one is released."""

import unittest

from case import DONE, FAILED, LATER, PRODUCT, REFUSED, RFC_3339, USAGE, Case
from support import tap

KEYS = ["id", "device_name", "last_seen", "hint"]


class OfACode(Case):
    def setUp(self):
        super().setUp()
        self.code = self.service.codes["three-devices"]
        for name in ("kitchen", "attic", "office"):
            self.service.activate_elsewhere(self.code, name)

    def names(self, *arguments):
        return [seat["device_name"] for seat in self.json("seats", "list", *arguments, stdin=self.code)["seats"]]

    def test_list(self):
        text = self.ctl("seats", stdin=self.code).stdout
        for number, name in enumerate(("kitchen", "attic", "office"), 1):
            self.assertRegex(text, rf"(?m)^ +{number}  {name}$")
        self.assertEqual(text.count("Last seen: today"), 3)
        seats = self.json("seats", "list", stdin=self.code)["seats"]
        self.assertEqual([list(seat) for seat in seats], [KEYS] * 3)
        self.assertRegex(seats[0]["last_seen"], RFC_3339)
        self.assertNotEqual(seats[0]["hint"], "this")

    def test_refusal_lists_them_and_says_how(self):
        """B6: at the limit the holders are listed, one is released, and the code is entered again."""
        done = self.activate("three-devices", expect=REFUSED)
        self.assertIn("(code-exhausted)", done.stderr)
        self.assertRegex(done.stderr, r"(?m)^ +2  attic$")
        self.assertIn("prolongctl seats release --code", done.stderr)
        self.assertEqual(self.json("activate", stdin=self.code, expect=REFUSED)["details"]["limit"], 3)

        released = self.ctl("seats", "release", "2", "--yes", stdin=self.code)
        self.assertIn("The seat of “attic” is free", released.stdout)
        self.activate("three-devices")
        self.assertEqual(self.json("status")["licenses"][0]["devices"], {"used": 3, "limit": 3})

    def test_release_by_id(self):
        seat = self.json("seats", "list", stdin=self.code)["seats"][0]
        self.ctl("seats", "release", seat["id"], stdin=self.code, expect=USAGE)
        self.assertEqual(self.names(), ["kitchen", "attic", "office"])
        answer = self.json("seats", "release", seat["id"], "--yes", stdin=self.code)
        self.assertEqual(answer, {"released": seat["id"]})
        self.assertEqual(self.names(), ["attic", "office"])

    def test_asks_on_a_terminal(self):
        for typed, expect in ((f"{self.code}\n2\nn\n", FAILED), (f"{self.code}\n9\n", USAGE), (f"{self.code}\n2\ny\n", DONE)):
            _stdout, stderr = self.on_terminal("seats", "release", typed=typed, expect=expect)
            self.assertIn("2  attic", stderr)
        self.assertIn("Release the seat of “attic”?", stderr)
        self.assertEqual(self.names(), ["kitchen", "office"])

    def test_misused(self):
        for arguments in (("release", "--yes"), ("release", "7", "--yes"), ("release", "nobody", "--yes"), ("list", "1"),
                          ("sell",)):
            with self.subTest(arguments):
                self.assertIn("seats --help", self.ctl("seats", *arguments, stdin=self.code, expect=USAGE).stderr)
        self.assertEqual(len(self.names()), 3)

    def test_refused(self):
        self.assertIn("(code-unknown)", self.ctl("seats", stdin=self.service.codes["unknown"], expect=REFUSED).stderr)
        self.assertIn("(code-malformed)", self.ctl("seats", stdin="nothing", expect=REFUSED).stderr)
        self.service.stop()
        self.assertIn("(service-unavailable)", self.ctl("seats", stdin=self.code, expect=LATER).stderr)


class OfALicense(Case):
    def setUp(self):
        super().setUp()
        self.service.activate_elsewhere(self.service.codes["three-devices"], "kitchen")
        self.activate("three-devices")

    def test_list_and_release(self):
        text = self.ctl("seats").stdout
        self.assertIn("This device", text)
        seats = self.json("seats")["seats"]
        self.assertEqual([seat["hint"] == "this" for seat in seats], [False, True])
        self.ctl("seats", "release", "1", "--yes", "--product", PRODUCT)
        self.ctl("refresh")
        self.assertEqual(self.json("status")["licenses"][0]["devices"], {"used": 1, "limit": 3})

    def test_not_its_own(self):
        done = self.ctl("seats", "release", "2", "--yes", expect=USAGE)
        self.assertIn("prolongctl remove", done.stderr)
        self.assertEqual(len(self.json("seats")["seats"]), 2)

    def test_of_another_code(self):
        seats = self.json("seats", "list", "--code", stdin=self.service.codes["used-up"])["seats"]
        self.assertEqual([seat["device_name"] for seat in seats], ["Old laptop"])

    def test_several_licenses(self):
        self.activate("wrong-product")
        self.assertIn("--product", self.ctl("seats", expect=USAGE).stderr)
        self.assertEqual(len(self.json("seats", "--product", PRODUCT)["seats"]), 2)


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Which code gives which device what."""

import time
import unittest

from peer import PRODUCT, Peer, claims, token
from support import tap

YEAR = 365 * 86400


class RulesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.peer = cls.enterClassContext(Peer())

    def license(self, code, device=None, **more):
        answer = self.peer.activate(self.peer.ask(code, device, **more))
        self.assertEqual(answer.status, 200, answer)
        return claims(answer.json["ticket"])["license"]

    def test_first_activation_starts_the_term(self):
        code, = self.peer.issue("--term", "365d", "--devices", "2")
        before = int(time.time())
        first = self.license(code)
        self.assertTrue(before <= first["starts"] <= time.time())
        self.assertEqual(first["expires"] - first["starts"], YEAR)
        self.assertEqual((first["status"], first["devices"]), ("active", {"used": 1, "limit": 2}))
        self.assertRegex(first["number"], r"^\d{4}-\d{6}-\d{8}$")
        self.peer.connect().close()
        second = self.license(code)
        self.assertEqual((second["starts"], second["number"]), (first["starts"], first["number"]))
        self.assertEqual(second["devices"], {"used": 2, "limit": 2})

    def test_preflight_uses_nothing(self):
        code, = self.peer.issue()
        for _ in range(3):
            answer = self.peer.preflight(self.peer.ask(code)).json
            self.assertEqual((answer["devices"], answer["term"]), ({"used": 0, "limit": 1}, YEAR))
        self.license(code)

    def test_seats_are_named_when_they_are_gone(self):
        code, = self.peer.issue("--devices", "2")
        for name in ("Desk", "Laptop ✈"):
            self.license(code, device_name=name)
        answer = self.peer.activate(self.peer.ask(code))
        self.assertEqual((answer.problem, answer.json["used"], answer.json["limit"]), ("code-exhausted", 2, 2))
        self.assertEqual({seat["device_name"] for seat in answer.json["seats"]}, {"Desk", "Laptop ✈"})

    def test_a_released_seat_is_free(self):
        code, = self.peer.issue()
        device = token()
        held = self.peer.activate(self.peer.ask(code, device)).json
        for time_of in ("once", "and again, for the answer may have been lost"):
            with self.subTest(time_of):
                self.assertEqual(self.peer.release(held).status, 204)
        self.assertEqual(self.peer.refresh(held).problem, "no-license")
        other = self.peer.activate(self.peer.ask(code)).json
        self.assertEqual(self.peer.activate(self.peer.ask(code, device)).problem, "code-exhausted")
        self.assertEqual(self.peer.release(other).status, 204)
        again = self.peer.activate(self.peer.ask(code, device)).json
        self.assertEqual(again["activation"], held["activation"])
        self.assertGreater(claims(again["ticket"])["serial"], claims(held["ticket"])["serial"])

    def test_only_its_own_token_opens_an_activation(self):
        code, = self.peer.issue("--devices", "2")
        one, two = (self.peer.activate(self.peer.ask(code)).json for _ in range(2))
        mixed = {"activation": one["activation"], "seat_token": two["seat_token"]}
        for what, call in (("refresh", self.peer.refresh), ("release", self.peer.release)):
            with self.subTest(what):
                answer = call(mixed)
                self.assertEqual((answer.status, answer.problem), (404, "no-license"))

    def test_expired(self):
        short, = self.peer.issue("--term", "1s")
        held = self.peer.activate(self.peer.ask(short)).json
        end = claims(held["ticket"])["license"]["expires"]
        while time.time() <= end:
            self.peer.request("GET", "/health")
        answer = self.peer.activate(self.peer.ask(short))
        self.assertEqual((answer.problem, answer.json["expires"]), ("code-expired", end))
        self.assertEqual(claims(self.peer.refresh(held).json["ticket"])["license"]["status"], "expired")
        old, = self.peer.issue("--sell-by", "2020-02-29")
        answer = self.peer.activate(self.peer.ask(old))
        self.assertEqual((answer.problem, answer.json["expires"]), ("code-expired", 1583020800))

    def test_blocked_still_gets_a_ticket(self):
        code, = self.peer.issue("--devices", "2")
        held = self.peer.activate(self.peer.ask(code)).json
        self.assertIn("is blocked", self.peer.run("codes", "block", given=code.lower()))
        self.assertEqual(claims(self.peer.refresh(held).json["ticket"])["license"]["status"], "blocked")
        self.assertEqual(self.peer.activate(self.peer.ask(code)).problem, "code-blocked")

    def test_products_and_versions(self):
        safe = self.peer.run("codes", "issue", "--product", "password-safe").strip()
        answer = self.peer.activate(self.peer.ask(safe))
        self.assertEqual((answer.problem, answer.json["product"], answer.json["product_name"]),
                         ("code-wrong-product", "password-safe", "Password Safe"))
        self.assertEqual(self.license(safe, product=None, product_version=None)["product"], "password-safe")
        code, = self.peer.issue("--min-version", "21.10", "--max-version", "22", "--devices", "9")
        for why, version, fits in (("too old by a number that is not a fraction", "21.9", False),
                                   ("lowest", "21.10", True),
                                   ("highest", "22", True), ("too new", "22.1", False), ("not told", None, True)):
            with self.subTest(why):
                answer = self.peer.activate(self.peer.ask(code, product_version=version))
                self.assertEqual(answer.status, 200 if fits else 422)
                if not fits:
                    self.assertEqual((answer.json["min_version"], answer.json["max_version"]), ("21.10", "22"))

    def test_renewal_needs_a_license_before(self):
        renewal, = self.peer.issue("--renewal", "--devices", "3")
        safe = self.peer.run("codes", "issue", "--product", "password-safe").strip()
        first, = self.peer.issue()
        device = token()
        self.license(safe, device, product="password-safe")
        self.assertEqual(self.peer.activate(self.peer.ask(renewal, device)).problem, "previous-license-required",
                         "another product is no license before")
        self.license(first, device)
        self.assertEqual(self.license(renewal, device)["product"], PRODUCT)

    def test_kinds(self):
        for kind, add_code in (("trial", "trial-running"), ("commercial", "allowed"),
                               ("subscription", "subscription-running")):
            with self.subTest(kind):
                code, = self.peer.issue("--kind", kind, "--provider", "Allsoft")
                granted = self.license(code)
                self.assertEqual((granted["kind"], granted["add_code"]), (kind, add_code))
                self.assertEqual(granted["grace_until"] - granted["expires"], 86400 if kind == "subscription" else 0)
                if kind == "subscription":
                    self.assertEqual(granted["subscription"], {"provider": "Allsoft", "auto_renewal": True})


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Activations, checks and removals between the real agent, keyring and service."""

import unittest

from support import paths, tap
from support.agent import Agent, Problem
from support.service import Service
from support.session import Session

PRODUCT = "internet-security"


class Activation(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())
        self.service = self.enterContext(Service(self.session, directory=True))
        self.agent = self.enterContext(Agent(self.session))
        self.codes = self.service.codes

    def refused(self, name):
        """The properties of the operation that a code of the demo ends with."""
        path = self.agent.add_code(self.codes[name], product=PRODUCT)
        return self.agent.wait_for_step(path, "refused")

    def test_365_days(self):
        license = self.agent.activate(self.codes["one-year"], product=PRODUCT)
        self.assertEqual((license["State"], license["DaysLeft"], license["Kind"]), ("active", 365, "commercial"))
        self.assertEqual((license["DevicesUsed"], license["DevicesLimit"]), (1, 1))
        self.assertEqual(license["ExpiresAt"] - license["StartsAt"], 365 * 86400)
        self.assertRegex(license["Number"], r"^\d{4}-\d{6}-\d{8}$")
        self.assertTrue(license["Confirmed"])
        self.assertEqual(license["Clock"], "ok")

    def test_steps_come_in_order(self):
        """Steps that take no time may pass unseen, for the bus tells changes of one instant together."""
        seen = []
        self.session.bus.signal_subscribe(None, "org.freedesktop.DBus.Properties", "PropertiesChanged", None, None, 0,
                                          lambda *a: seen.extend([a[5].unpack()[1]["Step"]] if "Step" in a[5].unpack()[1] else []))
        self.agent.activate(self.codes["one-year"], product=PRODUCT)
        self.agent.wait_for(lambda: "done" in seen)
        order = ["storing", "sending", "verifying", "saving", "done"]
        self.assertEqual(seen, sorted(seen, key=order.index))
        self.assertLessEqual({"storing", "sending", "done"}, set(seen))

    def test_refusals(self):
        for name, problem, details in (
                ("used-up", "code-exhausted", {"used", "limit", "seats"}),
                ("unknown", "code-unknown", set()),
                ("blocked", "code-blocked", set()),
                ("expired", "code-expired", {"expires"}),
                ("wrong-product", "code-wrong-product", {"product"}),
                ("newer-version", "version-incompatible", {"min_version"}),
                ("renewal", "previous-license-required", set())):
            with self.subTest(name):
                ended = self.refused(name)
                self.assertEqual(ended["Error"], problem)
                self.assertLessEqual(details, set(ended["ErrorDetails"]))
                self.assertEqual(self.session.keyring_items(), [], "a refused code is not kept")
                self.agent.on_operation(self.path_of(ended), "Dismiss")
        self.assertEqual(self.agent.licenses(), [])
        self.assertEqual(self.agent.operations(), [])

    def path_of(self, properties):
        return next(o["path"] for o in self.agent.operations() if o["Id"] == properties["Id"])

    def test_typing_error_never_leaves(self):
        code = self.codes["one-year"]
        wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
        with self.assertRaises(Problem) as caught:
            self.agent.add_code(wrong, product=PRODUCT)
        self.assertEqual(caught.exception.problem, "code-malformed")
        self.assertNotIn(wrong, str(caught.exception))
        self.assertEqual(self.agent.operations(), [])

    def test_running_license_is_not_replaced(self):
        """B2: a code that is added while a license runs becomes a reserve code; nothing of either is lost."""
        license = self.agent.activate(self.codes["one-year"], product=PRODUCT)
        for name, product in (("three-devices", PRODUCT), ("reserve", "")):
            with self.subTest(product=product):
                operation = self.agent.wait_for_step(self.agent.add_code(self.codes[name], product=product), "done")
                self.assertEqual(operation["Kind"], "reserve")
        self.assertEqual([other["Id"] for other in self.agent.licenses()], [license["Id"]])
        self.assertEqual([reserve["State"] for reserve in self.agent.reserves()], ["ready", "ready"])

    def test_another_product_beside_it(self):
        self.agent.activate(self.codes["one-year"], product=PRODUCT)
        self.agent.activate(self.codes["wrong-product"])
        self.assertEqual({license["Product"] for license in self.agent.licenses()}, {PRODUCT, "password-safe"})

    def test_same_code_while_under_way_is_one_operation(self):
        first = self.agent.add_code(self.codes["one-year"], product=PRODUCT)
        second = self.agent.add_code(self.codes["one-year"].lower(), product=PRODUCT)
        self.assertEqual(first, second)
        self.agent.wait_for_step(first, "done")

    def test_unknown_vendor_and_product(self):
        for vendor, product in (("nobody", ""), ("demo", "nothing")):
            with self.subTest(vendor=vendor, product=product), self.assertRaises(Problem) as caught:
                self.agent.add_code(self.codes["one-year"], vendor=vendor, product=product)
            self.assertEqual(caught.exception.remote, "org.freedesktop.DBus.Error.InvalidArgs")

    def test_preflight_uses_nothing(self):
        for _ in range(2):
            verdict = self.agent.preflight(self.codes["one-year"], product=PRODUCT)
            self.assertEqual((verdict["problem"], verdict["term"], verdict["devices_used"]), ("", 365 * 86400, 0))
        self.assertEqual(self.agent.preflight(self.codes["blocked"], product=PRODUCT)["problem"], "code-blocked")
        self.assertEqual(self.session.keyring_items(), [])
        self.assertEqual(self.agent.licenses(), [])

    def test_refresh_and_restart(self):
        before = self.agent.activate(self.codes["one-year"], product=PRODUCT)
        path = self.agent.licenses()[0]["path"]
        self.agent.on_license(path, "Refresh")
        self.agent.restart()
        after = self.agent.license(path)
        for name in ("Id", "Number", "ExpiresAt", "DaysLeft", "State"):
            self.assertEqual(after[name], before[name])

    def test_remove_gives_the_seat_back(self):
        self.agent.activate(self.codes["one-year"], product=PRODUCT)
        self.agent.on_license(self.agent.licenses()[0]["path"], "Remove")
        self.assertEqual(self.agent.licenses(), [])
        self.assertEqual(self.session.keyring_items(), [])
        self.assertEqual(self.agent.preflight(self.codes["one-year"], product=PRODUCT)["devices_used"], 0)
        self.assertEqual([p for p in self.session.files(self.session.home / "state") if p.suffix == ".license"], [])

    def test_remove_without_service_changes_nothing(self):
        self.agent.activate(self.codes["one-year"], product=PRODUCT)
        self.service.stop()
        path = self.agent.licenses()[0]["path"]
        with self.assertRaises(Problem) as caught:
            self.agent.on_license(path, "Remove")
        self.assertEqual(caught.exception.problem, "service-unavailable")
        self.assertEqual(self.agent.license(path)["State"], "active")
        self.assertEqual(len(self.session.keyring_items()), 1)

    def test_expired_license_is_replaced(self):
        """B3: with an expired license a code is activated, and the shown license is the new one."""
        self.agent.activate(self.codes["two-minutes"], product=PRODUCT)
        old = self.agent.licenses()[0]
        self.assertEqual(old["State"], "expiring")
        # Two minutes pass for the service in a moment: its next ticket says that the license has ended.
        self.expire()
        new = self.agent.activate(self.codes["one-year"], product=PRODUCT)
        self.assertNotEqual(new["Id"], old["Id"])
        self.assertEqual([license["DaysLeft"] for license in self.agent.licenses()], [365])
        self.agent.wait_for(lambda: len(self.session.keyring_items()) == 1 or None)
        self.assertEqual(self.session.keyring_items()[0][1], self.codes["one-year"])

    def expire(self):
        """Restarts the agent three minutes later, by a library that shifts what it reads of the clock."""
        self.agent.stop()
        self.agent.start(env={"LD_PRELOAD": paths.LIBFAKETIME, "FAKETIME": "+180s",
                              "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
        self.assertEqual(self.agent.licenses()[0]["State"], "expired")

    def test_registered_version_counts(self):
        self.agent.register_product("demo", PRODUCT, "99.1")
        self.assertEqual(self.agent.activate(self.codes["newer-version"], product=PRODUCT)["State"], "active")

    def test_registered_version_survives_a_restart(self):
        self.agent.register_product("demo", PRODUCT, "99.1")
        self.agent.restart()
        products = {p["id"]: p["version"] for p in self.agent.properties()["Vendors"][0]["products"]}
        self.assertEqual(products[PRODUCT], "99.1")
        self.agent.register_product("demo", PRODUCT, "")
        products = {p["id"]: p["version"] for p in self.agent.properties()["Vendors"][0]["products"]}
        self.assertEqual(products[PRODUCT], "21.3")


if __name__ == "__main__":
    tap.main()

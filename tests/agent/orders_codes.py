# SPDX-License-Identifier: GPL-3.0-or-later
"""An order with several codes: each goes its own way, and none waits for what stands in the way of another."""

import sqlite3
import unittest

from gi.repository import GLib

from notices import DAY, HOUR, SAFE, SECURITY, World

from support import tap


class Codes(unittest.TestCase):
    def setUp(self):
        self.world = World(self)
        self.agent, self.service = self.world.agent, self.world.service
        self.agent.start()
        self.agent.attach()

    def order(self, *wanted, number=""):
        """WANTED: products, each for one device and a year; pays it and returns the order once codes are there."""
        shelves = {shelf["id"]: shelf["offers"] for shelf in self.agent.offers(number)["products"]}
        offers = [next(offer for offer in shelves[product] if (offer["devices"], offer["years"]) == (1, 1))
                  for product in sorted(set(wanted))]
        counts = [sum(1 for product in wanted if product == offer_product) for offer_product in sorted(set(wanted))]
        items = [{"offer": GLib.Variant("s", offer["id"]), "price": GLib.Variant("x", offer["price"]),
                  "quantity": GLib.Variant("u", count)} for offer, count in zip(offers, counts)]
        total = sum(offer["price"] * count for offer, count in zip(offers, counts))
        values = {"email": "jan@example.net", "country": "NL", "payment_method": "ideal", "number": number}
        order = {name: GLib.Variant("s", value) for name, value in values.items()}
        order["items"], order["total"] = GLib.Variant("aa{sv}", items), GLib.Variant("x", total)
        _, url = self.agent.manager("Order", "(sa{sv})", "", order)
        self.service.pay(url)
        return url

    def license(self, product):
        return next((license for license in self.agent.licenses() if license["Product"] == product), None)

    def reserves(self, product):
        return [reserve for reserve in self.agent.reserves() if reserve["Product"] == product]

    def asked(self):
        return self.world.proxy.count("GET", "/orders/")

    def block_code_of_order(self, product):
        """The vendor blocks the newest code of the product."""
        with sqlite3.connect(self.service.directory / "store.db") as store:
            row, = store.execute("SELECT max(id) FROM codes WHERE product = ?", (product,)).fetchall()
            store.execute("UPDATE codes SET blocked = 1 WHERE id = ?", row)

    def test_all_reserve(self):
        """Three of a product, while its license runs: three reserve codes, one after the other."""
        self.world.activate(SECURITY)
        self.order(SECURITY, SECURITY, SECURITY)
        self.agent.check_order()
        self.agent.wait_for_order(state="delivered", outcome="reserve", limit=60)
        starts = sorted(reserve["StartsAt"] for reserve in self.reserves(SECURITY))
        self.assertEqual(len(starts), 3)
        self.assertEqual([b - a for a, b in zip(starts, starts[1:])], [365 * DAY] * 2)
        self.assertEqual(self.agent.operations(), [])

    def test_first_active(self):
        """Two of a product that has no license: one is activated, the other follows it."""
        self.order(SECURITY, SECURITY)
        self.agent.check_order()
        self.agent.wait_for_order(state="delivered", outcome="active", limit=60)
        self.assertEqual((len(self.agent.licenses()), len(self.reserves(SECURITY))), (1, 1))

    def test_two_products(self):
        self.world.activate(SAFE)
        self.order(SECURITY, SAFE)
        self.agent.check_order()
        self.agent.wait_for_order(state="delivered", outcome="active", limit=60)
        self.assertEqual(len(self.agent.licenses()), 2)
        self.assertEqual((len(self.reserves(SECURITY)), len(self.reserves(SAFE))), (0, 1))

    def test_one_waits_for_its_own_license(self):
        """The second product is a subscription: its code waits for that to end, whatever the first license does."""
        self.world.activate(SECURITY, term="400d")
        self.world.activate(SAFE, term="2d", kind="subscription", provider="NetLine")
        self.order(SECURITY, SAFE)
        self.agent.check_order()
        self.agent.wait_for(lambda: self.reserves(SECURITY), what="the first code", limit=60)
        self.agent.wait_for_order(state="delivered", outcome="pending", problem="subscription-running")
        self.world.go_to(3 * DAY + HOUR, asks=False)
        self.agent.wait_for_order(outcome="reserve", problem="", limit=60)
        self.assertEqual((self.license(SAFE)["Kind"], self.license(SAFE)["DaysLeft"]), ("commercial", 365))

    def test_one_waits_and_nothing_runs_for_the_other(self):
        """Without a license of the first product nothing seems to stand in the way; the service is not asked for ever."""
        self.world.activate(SAFE, term="9d", kind="subscription", provider="NetLine")
        self.order(SECURITY, SAFE)
        self.agent.check_order()
        self.agent.wait_for(lambda: self.license(SECURITY), what="the first license", limit=60)
        self.agent.wait_for_order(outcome="pending", problem="subscription-running")
        self.agent.on_license(self.license(SECURITY)["path"], "Remove")
        self.agent.wait_for(lambda: not self.license(SECURITY))
        asked = self.asked()
        for hour in range(1, 6):
            self.world.go_to(hour * HOUR, asks=False)
            self.agent.on_license(self.license(SAFE)["path"], "Refresh")
        self.assertLessEqual(self.asked() - asked, 1)

    def test_one_refused(self):
        """One is refused, and the other, which waits, is still followed."""
        self.world.activate(SECURITY)
        self.world.activate(SAFE, term="2d", kind="subscription", provider="NetLine")
        self.order(SECURITY, SAFE)
        self.block_code_of_order(SECURITY)
        asked = self.world.proxy.count("POST", "/preflights$")
        self.agent.check_order()
        self.agent.wait_for(lambda: self.world.proxy.count("POST", "/preflights$") > asked
                            and not self.agent.operations(), what="the refusal", limit=60)
        self.agent.wait_for_order(outcome="pending", problem="subscription-running")
        self.agent.restart()
        self.world.go_to(3 * DAY + HOUR, asks=False)
        self.agent.wait_for(lambda: self.license(SAFE)["Kind"] == "commercial", what="the code that waited", limit=60)
        self.agent.wait_for_order(outcome="refused", problem="code-blocked")
        self.assertEqual(self.reserves(SECURITY), [])


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings are read again on SIGHUP: what is right holds at once, and what is wrong changes nothing."""

import base64
import json
import signal
import threading
import unittest

from shop import PRICES, Shop
from support import tap


class ReloadTest(unittest.TestCase):
    def setUp(self):
        self.shop = self.enterContext(Shop())

    def hang_up(self, line="Settings read again"):
        """Sends the signal, and waits for what the service says to it."""
        child = self.shop.child
        before = child.lines.count(line)
        child.signal(signal.SIGHUP)
        child.wait_until(lambda: child.lines.count(line) > before, line)

    def change(self, name, old, new):
        path = self.shop.directory / name
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def prices(self):
        catalog = self.shop.request("GET", "/catalog").json
        return {offer["id"]: offer["price"] for product in catalog["products"] for offer in product["offers"]}

    def served_profile(self):
        connection = self.shop.connect()
        connection.request("GET", "/profile")
        return connection.getresponse().read().decode()

    def test_catalog(self):
        order = self.shop.order()
        self.change("catalog.conf", "Price=2995", "Price=3195")
        self.assertEqual(self.prices()["is-1-1y"], 2995, "nothing changes without being told to")
        self.hang_up()
        self.assertEqual(self.prices()["is-1-1y"], 3195)
        self.assertEqual(self.shop.get(order).json["total"], 2995, "an order keeps its price")
        self.assertEqual(self.shop.pay(order).json["state"], "delivered")
        self.assertEqual(self.shop.place(self.shop.cart()).problem, "price-changed")

    def test_no_catalog_and_one(self):
        catalog = self.shop.directory / "catalog.conf"
        aside = catalog.rename(catalog.with_suffix(".aside"))
        self.hang_up()
        self.assertEqual(self.shop.request("GET", "/catalog").status, 404)
        aside.rename(catalog)
        self.hang_up()
        self.assertEqual(self.shop.pay(self.shop.order()).json["state"], "delivered")

    def test_profile(self):
        self.change("acme.conf", "Internet Security", "Internet Fortress")
        self.change("service.conf", "Trial=trial-running", "Trial=allowed")
        self.hang_up()
        self.assertIn("Name=Internet Fortress", self.served_profile())
        number = self.shop.show(self.shop.issue()[0])["number"]
        self.assertEqual(self.shop.request("POST", "/numbers/check", {"number": number}).json["name"], "Internet Fortress")

    def test_wrong(self):
        """Each file with an error is refused whole, and names what is wrong; what is right beside it waits too."""
        rows = (("catalog.conf", "Price=2995", "Price=cheap", "Price"),
                ("catalog.conf", "[Catalog]", "[Catalog", "catalog"),
                ("acme.conf", "Id=acme", "Id=", "Id"),
                ("service.conf", "Trial=trial-running", "Trial=perhaps", "Trial"),
                ("service.conf", "Vendor=acme", "Vendor=other", "other"))
        before = self.served_profile()
        for name, old, new, named in rows:
            with self.subTest(new):
                self.change("acme.conf", "Internet Security", "Internet Fortress")
                self.change(name, old, new)
                self.hang_up("Settings kept")
                self.assertIn(named, self.shop.child.output().splitlines()[-2])
                self.assertEqual(self.prices(), {offer: price for offer, (price, _) in PRICES.items()})
                self.assertEqual(self.served_profile(), before)
                self.change(name, new, old)
                self.change("acme.conf", "Internet Fortress", "Internet Security")

    def test_keys(self):
        """A key that was rotated signs from then on."""
        code, again = self.shop.issue("--count", "2")
        before = self.shop.activate(self.shop.ask(code)).json["ticket"]
        self.shop.run("keys", "rotate")
        self.hang_up()
        after = self.shop.activate(self.shop.ask(again)).json["ticket"]
        self.assertEqual([self.kid(ticket) for ticket in (before, after)], ["acme-1", "acme-2"])
        self.assertIn("acme-2=", self.served_profile())

    @staticmethod
    def kid(ticket):
        head = ticket.split(".")[0]
        return json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"]

    def test_under_load(self):
        """Orders go on meanwhile, each at a price that was right when it was placed."""
        problems = []

        def buy():
            connection = self.shop.connect()
            for _ in range(60):
                price = self.prices()["is-1-1y"]
                body = self.shop.cart(items=(), total=price)
                body["items"] = [{"offer": "is-1-1y", "price": price, "quantity": 1}]
                answer = self.shop.place(body, connection=connection)
                if answer.status != 201 and (answer.status != 409 or answer.problem != "price-changed"):
                    problems.append(answer)

        buyers = [threading.Thread(target=buy) for _ in range(4)]
        for buyer in buyers:
            buyer.start()
        old, new = "Price=2995", "Price=3195"
        while any(buyer.is_alive() for buyer in buyers):
            self.change("catalog.conf", old, new)
            old, new = new, old
            self.hang_up()
        for buyer in buyers:
            buyer.join()
        self.assertEqual(problems, [])
        self.assertEqual(self.shop.child.stop(), 0)


if __name__ == "__main__":
    tap.main()

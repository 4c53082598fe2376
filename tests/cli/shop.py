# SPDX-License-Identifier: GPL-3.0-or-later
"""prolongctl number, offers and order against the real agent, keyring and demo service."""

import re

from case import PRODUCT, REFUSED, RFC_3339, USAGE, Case, language
from support import tap
from support.agent import Agent

EMAIL = "someone@example.org"


class Shop(Case):
    def order(self, *arguments, **options):
        return self.ctl("order", "place", "--yes", "--country", "NL", "--email", EMAIL, *arguments, **options)

    def orders(self):
        return self.json("order")["orders"]

    def wait_for_order(self, **wanted):
        """Until the only order is as wanted, as the program tells it."""
        agent = Agent(self.session)
        self.addCleanup(agent.unwatch)
        agent.wait_for(lambda: all(self.orders()[0][name] == value for name, value in wanted.items()),
                       what=f"an order with {wanted}")


class Number(Shop):
    def test_of_the_license(self):
        self.activate()
        number = self.json("status")["licenses"][0]["number"]
        for arguments in ((), (number,)):
            with self.subTest(arguments=arguments):
                text = self.ctl("number", *arguments).stdout
                self.assertIn(f"Internet Security, {number}\n", text)
                self.assertRegex(text, r"(?m)^ +1 device, 1 year +€23\.96 \(.*€5\.99\)$")
        told = self.json("number")
        self.assertEqual((told["number"], told["product"], told["kind"]), (number, PRODUCT, "commercial"))
        self.assertRegex(told["expires_at"], RFC_3339)
        self.assertTrue(all(offer["price"] < offer["full_price"] for offer in told["offers"]))

    def test_wrong(self):
        for number, reason in (("1234", "number-malformed"), ("0000-000000-00000000", "number-unknown")):
            with self.subTest(number):
                self.assertEqual(self.json("number", number, expect=REFUSED)["reason"], reason)
        self.assertIn("Name a license number", self.ctl("number", expect=USAGE).stderr)


class Offers(Shop):
    def test_listed(self):
        text = self.ctl("offers", "--country", "BE").stdout
        self.assertRegex(text, r"(?m)^Internet Security 22\.0 \(internet-security\)$")
        self.assertRegex(text, r"(?m)^ +3 devices, 2 years +€69\.95$")
        self.assertNotIn("direct-debit", text)
        self.assertIn("Direct debit (direct-debit)", self.ctl("offers", "--country", "NL").stdout)

    def test_languages(self):
        for name, words in (("nl", "3 apparaten, 2 jaar"), ("ru", "3 устройства, 2 года")):
            with self.subTest(name):
                self.assertIn(words, self.ctl("offers", "--country", "NL", env=language(name)).stdout)

    def test_json(self):
        told = self.json("offers", "--country", "NL")
        self.assertEqual((told["currency"], told["country"]), ("EUR", "NL"))
        offer = next(offer for product in told["products"] if product["id"] == PRODUCT for offer in product["offers"])
        self.assertEqual(set(offer) >= {"id", "devices", "years", "price", "full_price"}, True, offer)


class Order(Shop):
    def test_paid(self):
        """From the wish to the code among the reserve codes, which nobody copied."""
        self.activate()
        placed = self.order("--devices", "3", "--years", "2")
        self.assertIn("Pay here", placed.stderr)
        url = placed.stdout.strip()
        self.assertRegex(url, r"^http://127\.0\.0\.1:\d+/shop/pay\.html#")
        self.assertEqual(self.ctl("order", "pay", "1").stdout.strip(), url)
        order, = self.orders()
        self.assertEqual((order["devices"], order["years"], order["currency"]), (3, 2, "EUR"))
        self.assertIn(order["number"], self.ctl("order", "list").stdout)
        self.assertNotIn(url.rpartition(".")[2], self.ctl("order", "--json").stdout, "the token is a secret")
        self.service.pay(url)
        self.ctl("order", "check")
        self.wait_for_order(state="delivered", outcome="reserve")
        self.assertEqual(len(self.json("reserve")["reserve"]), 1)

    def test_asked_first(self):
        told, _ = self.on_terminal("order", "place", "--country", "NL", "--email", EMAIL, "--product", PRODUCT, typed="n\n",
                                   expect=1)
        self.assertEqual(told, "")
        self.assertIn("--yes", self.ctl("order", "place", "--country", "NL", "--email", EMAIL, "--product", PRODUCT,
                                        expect=USAGE).stderr)
        self.assertEqual(self.orders(), [])
        self.assertIn("Nothing was ordered", self.ctl("order").stdout)

    def test_refused(self):
        for arguments, status, words in (
                (("--product", PRODUCT, "--devices", "2"), USAGE, "That is not offered"),
                (("--product", PRODUCT, "--years", "two"), USAGE, "That is not offered"),
                (("--product", PRODUCT, "--email", "nobody"), REFUSED, "e‑mail address"),
                (("--product", PRODUCT, "--country", "BE", "--method", "direct-debit"), REFUSED, "way of paying")):
            with self.subTest(arguments=arguments):
                self.assertRegex(self.order(*arguments, expect=status).stderr, re.compile(words, re.IGNORECASE))
        self.assertIn("--email", self.ctl("order", "place", "--yes", "--country", "NL", "--product", PRODUCT,
                                          expect=USAGE).stderr)
        self.assertEqual(self.orders(), [])

    def test_forgotten(self):
        self.order("--product", PRODUCT)
        self.assertIn("Name the order", self.ctl("order", "forget", "7", expect=USAGE).stderr)
        self.ctl("order", "forget", self.orders()[0]["number"])
        self.assertEqual(self.orders(), [])


if __name__ == "__main__":
    tap.main()

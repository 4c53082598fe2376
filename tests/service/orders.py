# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders, from the catalog to the code, with the real service over its real socket."""

import concurrent.futures
import http.client
import os
import random
import threading
import time
import unittest
import unittest.mock
import uuid

from peer import PRODUCT, Peer, claims, token
from shop import DAY, PRICES, Shop
from support import paths, tap

CARTS = 200


class NumbersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shop = cls.enterClassContext(Shop())

    def number(self, *words, **past):
        """Of a new license, after some CHANGES of what the store knows of it."""
        code, = self.shop.issue(*words)
        if past:
            self.shop.change(code, **past)
        return self.shop.show(code)["number"]

    def test_licenses(self):
        now = int(time.time())
        rows = (  # what license, its words, its past, kind, status, ends, earns the discount
            ("never used", (), {}, "commercial", "active", None, True),
            ("running", (), {"first_activated": now}, "commercial", "active", now + 365 * DAY, True),
            ("ended", (), {"first_activated": now - 400 * DAY}, "commercial", "expired", now - 35 * DAY, True),
            ("a subscription in its grace", ("--kind", "subscription", "--term", "30d"),
             {"first_activated": now - 30 * DAY - 60}, "subscription", "grace", now - 60, True),
            ("blocked", (), {"first_activated": now, "blocked": 1}, "commercial", "blocked", now + 365 * DAY, False),
            ("blocked before its time", (), {"blocked": 1}, "commercial", "blocked", None, False),
            ("a trial", ("--kind", "trial", "--term", "30d"), {"first_activated": now}, "trial", "active",
             now + 30 * DAY, False))
        for why, words, past, kind, status, expires, discount in rows:
            with self.subTest(why):
                number = self.number(*words, **past)
                found = self.shop.request("POST", "/numbers/check", {"number": number}).json
                self.assertEqual((found["number"], found["product"], found["name"], found["devices"], found["currency"]),
                                 (number, PRODUCT, "Internet Security", 1, "EUR"))
                self.assertEqual((found["kind"], found["status"], found.get("expires")), (kind, status, expires))
                self.assertEqual({offer["id"]: (offer["price"], offer["full_price"]) for offer in found["offers"]},
                                 {offer: (PRICES[offer][discount], PRICES[offer][0]) for offer in ("is-1-1y", "is-3-2y")})
                catalog = self.shop.request("GET", f"/catalog?number={number}").json
                self.assertEqual({offer["id"]: offer["price"] for product in catalog["products"] for offer in product["offers"]},
                                 {offer: prices[discount] for offer, prices in PRICES.items()})

    def test_as_people_write_it(self):
        number = self.number()
        for text, problem in ((number, None), (f"  {number} ", None), (number.replace("-", " "), None),
                              (number.replace("-", ""), None), (number[:-1], "number-malformed"),
                              ("", "number-malformed"), ("5AFMS-Y38DJ-QW16B-GNTZF", "number-malformed"),
                              ("x" * 64, "number-malformed"), ("0000-000000-00000000", "number-unknown")):
            with self.subTest(text):
                answer = self.shop.request("POST", "/numbers/check", {"number": text})
                self.assertEqual(None if answer.status == 200 else answer.problem, problem)

    def test_catalog(self):
        for query, country in (("", "NL"), ("?country=BE", "BE"), ("?country=XX", "NL"), ("?country=", "NL"),
                               ("?country=%00", "NL"), ("?language=nl&country=BE", "BE"), ("?&&&=", "NL")):
            with self.subTest(query):
                answer = self.shop.request("GET", "/catalog" + query)
                self.assertEqual((answer.status, answer.json["country"]), (200, country))
        catalog = answer.json
        self.assertEqual({each["id"]: each["payment_methods"] for each in catalog["countries"]},
                         {"NL": ["card", "direct-debit", "bank-transfer"], "BE": ["card", "bank-transfer"]})
        self.assertEqual([product.get("newest_version") for product in catalog["products"]], ["22.0", None])
        self.assertEqual(catalog["delivery"], "at-once")


class NamesTest(unittest.TestCase):
    """Names are in the language of whoever asks; the service runs in Russian."""

    WORDS = (("Name=Acme\n", "Name=Acme\nName[nl]=Acme NV\nName[ru]=Акме\n"),
             ("Name=Internet Security\n",
              "Name=Internet Security\nName[ru]=Защита\n"
              "\n[Support]\nUrl=https://acme.example/help\nUrl[ru]=https://acme.example/ru\n"
              "\n[Partner corner]\nName=Corner\nName[nl]=Hoek\nName[ru]=Угол\n"
              "Url=https://corner.example/\nUrl[nl]=https://corner.example/nl\n"))

    def setUp(self):
        self.shop = Shop(("Name=Belgium\n", "Name=Belgium\nName[nl]=België\nName[ru]=Бельгия\n"))
        profile = self.shop.directory / "acme.conf"
        text = profile.read_text(encoding="utf-8")
        for old, new in self.WORDS:
            self.assertIn(old, text)
            text = text.replace(old, new)
        profile.write_text(text, encoding="utf-8")
        with unittest.mock.patch.dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="ru"):
            self.enterContext(self.shop)

    def test_names(self):
        number = self.shop.show(self.shop.issue()[0])["number"]
        rows = (  # language, vendor, help, partner, its page, country, product
            ("en", "Acme", "help", "Corner", "", "Belgium", "Internet Security"),
            ("nl", "Acme NV", "help", "Hoek", "nl", "België", "Internet Security"),
            ("ru", "Акме", "ru", "Угол", "", "Бельгия",
             "Защита"),
            ("xx", "Acme", "help", "Corner", "", "Belgium", "Internet Security"),
            (None, "Acme", "help", "Corner", "", "Belgium", "Internet Security"))
        for language, vendor, page, partner, address, country, product in rows:
            with self.subTest(language):
                catalog = self.shop.request("GET", "/catalog" + (f"?language={language}" if language else "")).json
                self.assertEqual((catalog["vendor"]["name"], catalog["vendor"]["support_url"]),
                                 (vendor, f"https://acme.example/{page}"))
                self.assertEqual(catalog["vendor"]["partners"],
                                 [{"name": partner, "url": f"https://corner.example/{address}"}])
                self.assertEqual(catalog["countries"][1]["name"], country)
                body = {"number": number, **({"language": language} if language else {})}
                self.assertEqual(self.shop.request("POST", "/numbers/check", body).json["name"], product)


class OrdersTest(unittest.TestCase):
    def setUp(self):
        self.shop = self.enterContext(Shop())

    def license(self, days=100):
        """A license that a device has, and its number: (code, device, activation, number)."""
        code, = self.shop.issue()
        device = token()
        activation = self.shop.activate(self.shop.ask(code, device)).json
        self.shop.change(code, first_activated=int(time.time()) - (365 - days) * DAY)
        return code, device, activation, self.shop.show(code)["number"]

    # The whole way

    def test_a_renewal_by_card(self):
        _, device, _, number = self.license()
        order = self.shop.order(number, (("is-3-2y", 2), ("safe-5-1y", 1)))
        self.assertEqual((order["state"], order["payment"], order["total"]), ("open", "demo", 5596 + 6995 + 1499))
        self.assertEqual(order["payment_url"],
                         f"https://acme.example/shop/pay.html#{order['number']}.{order['token']}")
        self.assertAlmostEqual(order["pay_by"], time.time() + 14 * DAY, delta=60)
        self.assertNotIn("codes", order)
        paid = self.shop.pay(order).json
        self.assertEqual((paid["state"], len(paid["codes"])), ("delivered", 3))
        self.assertNotIn("token", paid)
        self.assertNotIn("pay_by", paid)
        self.assertEqual(self.shop.get(order).json, paid)
        self.assertEqual(self.shop.history(order), ["open", "awaiting-payment", "paid", "delivered"])
        self.assertEqual(self.shop.mails(order), ["order", "invoice", "license"])
        codes = {code["license_number"]: code for code in paid["codes"]}
        self.assertEqual(len(codes), 3)
        self.assertEqual(sorted(code["product"] for code in codes.values()), [PRODUCT, PRODUCT, "password-safe"])
        for found, code in codes.items():
            shown = self.shop.show(code["code"])
            self.assertEqual((shown["number"], shown["product"]), (found, code["product"]))
        first = next(code for code in paid["codes"] if code["product"] == PRODUCT)
        ticket = claims(self.shop.activate(self.shop.ask(first["code"], device)).json["ticket"])["license"]
        self.assertEqual((ticket["devices"]["limit"], ticket["expires"] - ticket["starts"]), (3, 730 * DAY))
        self.assertAlmostEqual(ticket["starts"], time.time() + 100 * DAY, delta=60)

    def test_the_discount_counts_once(self):
        """For one piece of an order, and for a license number until an order with it is paid."""
        _, _, _, number = self.license()
        one, two = {"offer": "is-1-1y", "quantity": 1}, {"offer": "is-1-1y", "quantity": 2}
        safe = {"offer": "safe-5-1y", "quantity": 1}
        rows = (  # what is wished, at what prices, whether it is taken
            ("one piece", [{**one, "price": 2396}], True),
            ("one piece at the full price", [{**one, "price": 2995}], False),
            ("two pieces", [{**two, "price": 2396}], False),
            ("two pieces at the full price", [{**two, "price": 2995}], True),
            ("two pieces as two items", [{**one, "price": 2396}] * 2, False),
            ("the second at the full price", [{**one, "price": 2396}, {**one, "price": 2995}], True),
            ("the second in the place of the first", [{**one, "price": 2995}, {**one, "price": 2396}], False),
            ("another product too", [{**one, "price": 2396}, {**safe, "price": 999}], False),
            ("another product at the full price", [{**one, "price": 2396}, {**safe, "price": 1499}], True))
        placed = []
        for why, items, taken in rows:
            with self.subTest(why):
                total = sum(item["price"] * item["quantity"] for item in items)
                answer = self.shop.place({**self.shop.cart(number), "items": items, "total": total})
                self.assertEqual(answer.status, 201 if taken else 409)
                if taken:
                    placed.append(answer.json)
                else:
                    self.assertEqual(answer.problem, "price-changed")
        paid = self.shop.pay(placed[-1]).json
        first, second = ({code["product"]: code["code"] for code in paid["codes"]}[product]
                         for product in (PRODUCT, "password-safe"))
        self.assertEqual([self.shop.show(code)["renewal"] for code in (first, second)], ["yes", "no"])
        for other in placed[:-1]:
            self.assertEqual(self.shop.pay(other).problem, "order-closed")
        self.assertIn("another order", self.shop.run("orders", "paid", placed[0]["number"], check=1).lower() + self.log())
        found = self.shop.request("POST", "/numbers/check", {"number": number}).json
        self.assertTrue(all(offer["price"] == offer["full_price"] for offer in found["offers"]))
        self.assertEqual(self.shop.place(self.shop.cart(number)).problem, "price-changed")
        full = self.shop.place({**self.shop.cart(), "number": number})
        self.assertEqual((full.status, self.shop.pay(full.json).json["state"]), (201, "delivered"))
        again = next(code["license_number"] for code in paid["codes"] if code["product"] == PRODUCT)
        self.assertEqual(self.shop.place(self.shop.cart(again)).status, 201, "the new license has a number of its own")

    def log(self):
        return self.shop.log.read_text(encoding="utf-8").lower()

    def test_the_discount_comes_back(self):
        """An order that is cancelled uses nothing up, also after it was paid."""
        code, _, _, number = self.license()
        self.shop.run("orders", "cancel", self.shop.order(number)["number"])
        self.assertEqual(self.shop.place(self.shop.cart(number)).status, 201)

    def test_a_renewal_needs_no_proof(self):
        """Its code names the license that it renews, so that it works on a new computer too."""
        number = self.license()[3]
        code = self.shop.pay(self.shop.order(number)).json["codes"][0]["code"]
        self.assertEqual(self.shop.show(code)["renewal"], "yes")
        self.assertEqual(self.shop.activate(self.shop.ask(code)).status, 200)
        other, = self.shop.issue("--renewal")
        self.assertEqual(self.shop.activate(self.shop.ask(other)).problem, "previous-license-required")

    def test_a_new_license(self):
        for words in ((), ("--kind", "trial")):
            number = self.shop.show(self.shop.issue(*words)[0])["number"] if words else None
            body = {**self.shop.cart(), **({"number": number} if number else {})}
            order = self.shop.place(body).json
            code = self.shop.pay(order).json["codes"][0]["code"]
            self.assertEqual(self.shop.show(code)["renewal"], "no")
            self.assertEqual(self.shop.activate(self.shop.ask(code)).status, 200)

    def test_an_invoice(self):
        order = self.shop.order(payment_method="bank-transfer")
        self.assertEqual((order["state"], order["payment"], order["bank"]),
                         ("awaiting-payment", "invoice", {"holder": "Acme", "account": "NL00 ACME 0000 0000 01"}))
        self.assertEqual(self.shop.mails(order), ["order", "invoice"])
        self.assertEqual(self.shop.pay(order, method="bank-transfer").problem, "payment-method-unavailable")
        self.assertEqual(self.shop.pay(order).problem, "payment-method-unavailable")
        for _ in range(2):
            told = self.shop.run("orders", "paid", order["number"].lower())
            self.assertEqual(told, f"{order['number']}\tdelivered\n")
        self.assertEqual(self.shop.get(order).json["state"], "delivered")
        self.assertEqual(self.shop.history(order), ["open", "awaiting-payment", "paid", "delivered"])
        self.assertEqual(self.shop.mails(order), ["order", "invoice", "payment", "license"])

    # What is refused

    def test_prices_are_the_services(self):
        number = self.license()[3]
        blocked, = self.shop.issue()
        self.shop.run("codes", "block", given=blocked)
        blocked = self.shop.show(blocked)["number"]
        good = self.shop.cart(number)
        rows = (  # what is tried, the order, the right total
            ("one cent less", {**good, "total": good["total"] - 1}, 2396),
            ("a forged price that adds up", {**good, "items": [{**good["items"][0], "price": 1}], "total": 1}, 2396),
            ("a forged price, the right total", {**good, "items": [{**good["items"][0], "price": 1}]}, 2396),
            ("the discount without a license", {**good, "number": None}, 2995),
            ("the discount for a blocked license", {**good, "number": blocked}, 2995),
            ("the full price for a renewal", {**self.shop.cart(), "number": number}, 2396),
            ("two for one", {**good, "items": [{**good["items"][0], "quantity": 2}]}, 5990))
        for why, body, total in rows:
            with self.subTest(why):
                answer = self.shop.place({name: value for name, value in body.items() if value is not None})
                self.assertEqual((answer.status, answer.problem, answer.json["total"]), (409, "price-changed", total))
                self.assertEqual([offer["id"] for offer in answer.json["offers"]], ["is-1-1y"])
        self.shop.write_catalog(("Price=2995", "Price=3195"))
        self.shop.restart()
        answer = self.shop.place(self.shop.cart())
        self.assertEqual((answer.problem, answer.json["total"], answer.json["offers"][0]["full_price"]),
                         ("price-changed", 3195, 3195))
        self.assertEqual(self.shop.query("SELECT COUNT(*) AS n FROM orders")[0]["n"], 0)
        self.assertEqual(self.shop.query("SELECT COUNT(*) AS n FROM mails")[0]["n"], 0)

    def test_the_price_of_an_order_stays(self):
        order = self.shop.order(payment_method="bank-transfer")
        self.shop.write_catalog(("Price=2995", "Price=3195"))
        self.shop.restart()
        self.assertEqual((self.shop.get(order).json["total"], self.shop.get(order).json["items"][0]["price"]), (2995, 2995))

    def test_random_carts_add_up(self):
        chance = random.Random(7)
        number = self.license()[3]
        bodies = []
        for _ in range(CARTS):
            items = [(chance.choice(list(PRICES)), chance.randint(1, 20)) for _ in range(chance.randint(1, 15))]
            bodies.append(self.shop.cart(chance.choice((number, None)), items))
        local = threading.local()

        def place(body):
            if not hasattr(local, "connection"):
                local.connection = self.shop.connect()
            forged = {**body, "total": body["total"] + chance.choice((-1, 1, 100))}
            return self.shop.place(body, connection=local.connection), self.shop.place(forged, connection=local.connection)

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            for body, (good, forged) in zip(bodies, pool.map(place, bodies)):
                self.assertEqual((good.status, forged.problem), (201, "price-changed"))
                self.assertEqual(good.json["total"], body["total"])
                self.assertEqual(sum(item["price"] * item["quantity"] for item in good.json["items"]), body["total"])
        sums = self.shop.query("SELECT total, (SELECT SUM(price * quantity) FROM order_items WHERE order_id = orders.id)"
                               " AS lines FROM orders")
        self.assertEqual((len(sums), [row for row in sums if row["total"] != row["lines"]]), (CARTS, []))

    def test_no_other_eyes(self):
        one, two = self.shop.order(), self.shop.order()
        for order in ({**one, "token": two["token"]}, {**one, "token": token()}, {**one, "number": "P000-0000-0000"},
                      {**one, "number": "x" * 200}, {**one, "number": one["number"].lower()}):
            with self.subTest(order["number"][:20]):
                self.assertEqual(self.shop.get(order).status, 404)
                self.assertEqual(self.shop.pay(order).status, 404)
        self.assertEqual(self.shop.history(one), ["open"])

    def test_too_many(self):
        """Each order sends mail to whatever address it names, so that an address may make so many."""
        self.shop.limit_orders(3)
        self.shop.restart()
        body, key = self.shop.cart(), str(uuid.uuid4())
        answers = [self.shop.place(body, key) for _ in range(4)]
        self.assertEqual([answer.status for answer in answers], [201] * 4, "asked again, not ordered again")
        self.assertEqual(self.shop.place({**body, "total": 1}).problem, "price-changed", "nor is a refusal an order")
        rest = [self.shop.place(body) for _ in range(3)]
        self.assertEqual([answer.status for answer in rest], [201, 201, 429])
        self.assertEqual((rest[2].problem, rest[2].headers["RateLimit-Policy"]), ("rate-limited", '"orders";q=3;w=60'))
        self.assertGreater(int(rest[2].headers["Retry-After"]), 0)
        self.assertEqual(self.shop.get(answers[0].json).status, 200)

    # Time

    def test_week_before(self):
        self.shop.write_catalog(("Delivery=at-once", "Delivery=week-before"))
        self.shop.restart()
        code, _, _, number = self.license(days=100)
        ends = int(time.time()) + 100 * DAY
        rows = (  # what is renewed, its number, delivered at once
            ("a license that runs", number, False),
            ("one in its last week", self.license(days=5)[3], True),
            ("one that has ended", self.license(days=-5)[3], True),
            ("one that nobody has used", self.shop.show(self.shop.issue()[0])["number"], True),
            ("nothing: a new license", None, True))
        for why, renewed, at_once in rows:
            with self.subTest(why):
                order = self.shop.order(renewed)
                paid = self.shop.pay(order).json
                self.assertEqual(paid["state"], "delivered" if at_once else "paid")
                if not at_once:
                    waiting = order
                    self.assertAlmostEqual(paid["delivers_at"], ends - 7 * DAY, delta=60)
                    self.assertNotIn("codes", paid)
                    self.assertEqual(self.shop.pay(order).json, paid, "paying again changes nothing")
                    self.assertEqual(self.shop.mails(order), ["order", "invoice"])
        self.shop.kill()
        self.shop.start()
        self.assertEqual(self.shop.get(waiting).json["state"], "paid")
        self.shop.let_time_pass(waiting, 94 * DAY)
        self.shop.run("orders", "paid", waiting["number"])
        self.shop.wait_for_state(waiting, "delivered")
        self.assertEqual(len(self.shop.get(waiting).json["codes"]), 1)
        self.assertEqual(self.shop.mails(waiting), ["order", "invoice", "license"])

    def test_delivered_after_a_crash(self):
        """What fell due while the service was away is done at its start, once."""
        self.shop.write_catalog(("Delivery=at-once", "Delivery=week-before"))
        self.shop.restart()
        orders = [self.shop.order(self.license()[3]) for _ in range(3)]
        for order in orders:
            self.assertEqual(self.shop.pay(order).json["state"], "paid")
        self.shop.kill()
        for order in orders:
            self.shop.let_time_pass(order, 94 * DAY)
        for _ in range(2):
            self.shop.start()
            for order in orders:
                self.shop.wait_for_state(order, "delivered")
            self.shop.kill()
        self.shop.start()
        for order in orders:
            self.assertEqual(len(self.shop.get(order).json["codes"]), 1)
            self.assertEqual(self.shop.mails(order), ["order", "invoice", "license"])

    def test_expiry(self):
        for method, before in (("card", ["open"]), ("bank-transfer", ["open", "awaiting-payment"])):
            with self.subTest(method):
                order, other = self.shop.order(payment_method=method), self.shop.order()
                self.shop.let_time_pass(order, 14 * DAY + 1)
                self.assertEqual(self.shop.get(order).json["state"], "expired", "before anybody has noted it")
                if method == "card":
                    self.assertEqual(self.shop.pay(order).problem, "order-closed")
                self.shop.run("orders", "cancel", other["number"])
                self.shop.wait_for_state(order, "expired")
                self.assertEqual(self.shop.history(order), before + ["expired"])
                self.assertNotIn("pay_by", self.shop.get(order).json)
                if method == "card":
                    self.assertEqual(self.shop.pay(order).problem, "order-closed")
        self.shop.run("orders", "paid", order["number"])
        self.assertEqual(self.shop.history(order), before + ["expired", "paid", "delivered"], "a transfer that came late")

    def test_much_at_once(self):
        """More than one transaction of the clerk takes."""
        orders = [self.shop.order() for _ in range(120)]
        self.shop.kill()
        self.shop.query("UPDATE orders SET due = due - ?", 15 * DAY)
        self.shop.start()
        for order in orders:
            self.shop.wait_for_state(order, "expired")
        self.assertEqual(self.shop.history(orders[-1]), ["open", "expired"])

    def test_cancelled(self):
        order = self.shop.order()
        for _ in range(2):
            self.assertEqual(self.shop.run("orders", "cancel", order["number"]), f"{order['number']}\tcancelled\n")
        self.assertEqual(self.shop.pay(order).problem, "order-closed")
        self.shop.run("orders", "paid", order["number"], check=1)
        self.assertEqual((self.shop.history(order), self.shop.mails(order)), (["open", "cancelled"], ["order"]))
        done = self.shop.order()
        self.shop.pay(done)
        self.shop.run("orders", "cancel", done["number"], check=1)
        self.assertEqual(self.shop.get(done).json["state"], "delivered")

    # Again and again

    def test_same_key_same_answer(self):
        body, key = self.shop.cart(), str(uuid.uuid4())
        first = self.shop.place(body, key)
        self.assertEqual(self.shop.place(body, key).body, first.body)
        self.assertEqual(self.shop.place({**body, "language": "ru"}, key).status, 422)
        paid, paying = self.shop.pay(first.json, key), str(uuid.uuid4())
        self.assertEqual(self.shop.pay(first.json, key).body, paid.body, "the same UUID is another key on another path")
        self.shop.kill()
        self.shop.start()
        self.assertEqual(self.shop.place(body, key).body, first.body)
        self.assertEqual(self.shop.pay(first.json, key).body, paid.body)
        self.assertEqual(self.shop.pay(first.json, paying).body, paid.body, "another key, and paid already")
        self.assertEqual(len(self.shop.query("SELECT id FROM orders")), 1)

    def test_double_click(self):
        order = self.shop.order(items=(("is-1-1y", 2),))
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(lambda _: self.shop.pay(order), range(32)))
            self.assertEqual({answer.status for answer in answers}, {200})
            self.assertEqual(len({answer.body for answer in answers}), 1)
            key = str(uuid.uuid4())
            again = list(pool.map(lambda _: self.shop.pay(order, key), range(16)))
        self.assertEqual({answer.status for answer in again} - {200, 409}, set())
        self.assertEqual(len(self.shop.get(order).json["codes"]), 2)
        self.assertEqual(self.shop.history(order), ["open", "awaiting-payment", "paid", "delivered"])
        self.assertEqual(self.shop.mails(order), ["order", "invoice", "license"])

    def test_paid_by_two_at_once(self):
        """The bookkeeper and the buyer."""
        orders = [self.shop.order() for _ in range(6)]
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            done = [call for order in orders
                    for call in (pool.submit(self.shop.pay, order),
                                 pool.submit(self.shop.run, "orders", "paid", order["number"]))]
            for call in done:
                call.result()
        for order in orders:
            self.assertEqual(len(self.shop.get(order).json["codes"]), 1)
            self.assertEqual(self.shop.history(order), ["open", "awaiting-payment", "paid", "delivered"])

    # The end of the process, in the middle

    def test_killed_before_the_commit(self):
        """What was asked and not answered has not happened, and is done once when it is asked again."""
        order, key = self.shop.order(), str(uuid.uuid4())
        body, ordering = self.shop.cart(), str(uuid.uuid4())
        with concurrent.futures.ThreadPoolExecutor() as pool:
            with self.shop.writer_held():
                calls = [pool.submit(self.lost, self.shop.pay, order, key),
                         pool.submit(self.lost, self.shop.place, body, ordering)]
                self.assertEqual(self.shop.request("GET", "/health").status, 200)
                self.shop.kill()
            self.assertEqual([call.result() for call in calls], [True, True])
        self.shop.start()
        self.assertEqual((self.shop.history(order), len(self.shop.query("SELECT id FROM orders"))), (["open"], 1))
        self.assertEqual(self.shop.pay(order, key).json["state"], "delivered")
        self.assertEqual(self.shop.place(body, ordering).status, 201)
        self.assertEqual(len(self.shop.query("SELECT id FROM orders")), 2)

    @staticmethod
    def lost(call, *args):
        try:
            call(*args)
        except (OSError, http.client.HTTPException):
            return True
        return False

    def test_killed_at_any_time(self):
        """Buyers who try again until they are answered; every order is made, paid and delivered once."""
        stop, answered = threading.Event(), threading.Semaphore(0)
        bought = []

        def until_answered(call, *args):
            while True:
                try:
                    answer = call(*args)
                except (OSError, http.client.HTTPException):
                    continue
                if answer.status < 400:
                    answered.release()
                    return answer
                self.assertIn(answer.problem, ("request-in-flight", "service-unavailable"))

        def buy(quantity):
            while not stop.is_set():
                body = self.shop.cart(items=(("is-1-1y", quantity), ("safe-5-1y", 1)))
                order = until_answered(self.shop.place, body, str(uuid.uuid4())).json
                bought.append((order, quantity + 1, until_answered(self.shop.pay, order, str(uuid.uuid4())).json))

        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            calls = [pool.submit(buy, 1 + i % 3) for i in range(6)]
            for _ in range(8):
                for _ in range(9):
                    self.assertTrue(answered.acquire(timeout=paths.LIMIT))
                self.shop.kill()
                self.shop.start()
            stop.set()
            for call in calls:
                call.result()
        self.assertGreater(len(bought), 10)
        self.assertEqual(len(self.shop.query("SELECT id FROM orders")), len(bought))
        for order, pieces, paid in bought:
            self.assertEqual((paid["state"], len(paid["codes"])), ("delivered", pieces))
            self.assertEqual(self.shop.history(order), ["open", "awaiting-payment", "paid", "delivered"])
            self.assertEqual(self.shop.mails(order), ["order", "invoice", "license"])
        codes = self.shop.query("SELECT COUNT(*) AS n FROM codes")[0]["n"]
        self.assertEqual(codes, sum(pieces for _, pieces, _ in bought))

    # What is kept, and where

    def test_no_secret_is_where_it_should_not_be(self):
        order = self.shop.order()
        code = self.shop.pay(order).json["codes"][0]["code"]
        shown = self.shop.run("orders", "show", order["number"]) + self.shop.run("orders", "list")
        self.shop.child.stop()
        for place in [*self.shop.directory.iterdir(), self.shop.log]:
            if place.is_file():
                data = place.read_bytes()
                for secret in (code, code.replace("-", ""), order["token"]):
                    self.assertNotIn(secret.encode(), data, place)
                    self.assertNotIn(secret, shown)


class CommandTest(unittest.TestCase):
    def setUp(self):
        self.shop = self.enterContext(Shop())

    def test_list_and_show(self):
        number = self.shop.show(self.shop.issue()[0])["number"]
        orders = [self.shop.order(number), self.shop.order(payment_method="bank-transfer"), self.shop.order()]
        self.shop.pay(orders[0])
        self.shop.run("orders", "cancel", orders[2]["number"])
        lines = [line.split("\t") for line in self.shop.run("orders", "list").splitlines()]
        self.assertEqual([line[:4] for line in lines],
                         [[orders[0]["number"], "delivered", "2396", "EUR"],
                          [orders[1]["number"], "awaiting-payment", "2995", "EUR"],
                          [orders[2]["number"], "cancelled", "2995", "EUR"]])
        self.assertEqual(lines[1][5:], ["bank-transfer", "jan@example.org"])
        for state, expected in (("awaiting-payment", 1), ("expired", 0)):
            self.assertEqual(len(self.shop.run("orders", "list", "--state", state).splitlines()), expected)
        shown = self.shop.run("orders", "show", orders[0]["number"]).splitlines()
        self.assertIn(f"renews\t{number}", shown)
        self.assertIn("item\tis-1-1y\t1\t2396", shown)
        self.assertEqual([line.split("\t")[1::2] for line in shown if line.startswith("was\t")],
                         [["open", "buyer"], ["awaiting-payment", "buyer"], ["paid", "buyer"], ["delivered", "clock"]])
        licenses = [line.split("\t")[1] for line in shown if line.startswith("license\t")]
        self.assertEqual(licenses, [self.shop.get(orders[0]).json["codes"][0]["license_number"]])
        shown = self.shop.run("orders", "show", orders[2]["number"]).splitlines()
        self.assertEqual([line.split("\t")[1::2] for line in shown if line.startswith("was\t")],
                         [["open", "buyer"], ["cancelled", "vendor"]])

    def test_usage(self):
        for words, status in ((("orders",), 2), (("orders", "burn"), 2), (("orders", "show"), 2),
                              (("orders", "list", "x"), 2), (("orders", "paid", "x", "y"), 2),
                              (("orders", "list", "--state", "x"), 2), (("orders", "paid", "P000-0000-0000"), 1),
                              (("orders", "show", "'; DROP TABLE orders"), 1)):
            with self.subTest(words):
                self.shop.run(*words, check=status)


class CatalogTest(unittest.TestCase):
    def test_without_a_catalog(self):
        """A directory of before there were shops."""
        with Peer() as peer:
            peer.child.stop()
            (peer.directory / "catalog.conf").unlink()
            peer.start()
            for method, path, body in (("GET", "/catalog", None), ("POST", "/numbers/check", {"number": "x"}),
                                       ("POST", "/orders", {}), ("GET", "/orders/x", None)):
                self.assertEqual(peer.request(method, path, body).status, 404)
            code, = peer.issue()
            self.assertEqual(peer.activate(peer.ask(code)).status, 200)
            peer.run("orders", "list", check=2)

    def test_of_a_new_service(self):
        with Peer() as peer:
            catalog = peer.request("GET", "/catalog").json
            self.assertEqual({product["id"]: product["offers"] for product in catalog["products"]},
                             {PRODUCT: [], "password-safe": []})

    def test_a_bad_one(self):
        with Shop() as shop:
            shop.child.stop()
            shop.write_catalog(("Price=2995", "Price=29.95"))
            shop.run("serve", "--listen", "127.0.0.1:0", check=1)
            self.assertIn("catalog.conf: [Offer is-1-1y] Price", shop.log.read_text(encoding="utf-8"))
            shop.write_catalog()
            shop.start()

    def test_another_currency(self):
        with Peer(demo=True) as peer:
            catalog = peer.request("GET", "/catalog?country=GB").json
            self.assertEqual((catalog["currency"], catalog["products"][0]["offers"][0]["price"]), ("GBP", 2599))
            number = peer.show(peer.codes["one-year"])["number"]
            found = peer.request("POST", "/numbers/check", {"number": number, "country": "GB"}).json
            self.assertEqual((found["currency"], found["offers"][0]["price"]), ("GBP", 2079))
            for country, price, currency in (("GB", 2599, "GBP"), ("GB", 2995, None), ("NL", 2599, None), ("NL", 2995, "EUR")):
                with self.subTest(f"{price} from {country}"):
                    items = [{"offer": "internet-security-1-1y", "price": price, "quantity": 1}]
                    answer = Shop.place(peer, {**Shop.cart(), "country": country, "items": items, "total": price})
                    self.assertEqual(answer.json.get("currency"), currency)

    def test_demo_vendors(self):
        for vendor, currency, delivery in (("demo", "EUR", "at-once"), ("orchard", "GBP", "week-before")):
            with self.subTest(vendor):
                with Peer(demo=True, vendor=vendor) as peer:
                    catalog = peer.request("GET", "/catalog?language=nl").json
                    self.assertEqual((catalog["currency"], catalog["delivery"]), (currency, delivery))
                    offer = catalog["products"][0]["offers"][0]
                    body = {**Shop.cart(), "country": catalog["country"], "total": offer["price"],
                            "items": [{"offer": offer["id"], "price": offer["price"], "quantity": 1}]}
                    order = Shop.place(peer, body).json
                    self.assertEqual(order["payment_url"],
                                     f"http://127.0.0.1:{peer.port}/shop/pay.html#{order['number']}.{order['token']}")
                    code = Shop.pay(peer, order).json["codes"][0]["code"]
                    self.assertEqual(peer.activate(peer.ask(code, product=offer["product"])).status, 200)


if __name__ == "__main__":
    tap.main()

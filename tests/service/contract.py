# SPDX-License-Identifier: GPL-3.0-or-later
"""openapi.yaml is the contract: every path, method, status and member of the real service is held to it."""

import concurrent.futures
import sqlite3
import unittest
import uuid

from peer import Peer, claims, token
from schema import Contract
from support import paths, tap

BIG = b'{"code": "' + b"x" * 70000 + b'"}'
BEARER = {"Authorization": "Bearer " + token()}
KEY = {"Idempotency-Key": str(uuid.uuid4())}
NOBODY = "0000-000000-00000000"
OFFER = "internet-security-3-1y"
PRICE = 3995
SUPPORT = {"topic": "auto-renewal", "language": "nl", "name": "Jan", "email": "jan@example.org", "message": "Help"}

# situation, code of the demo, changes to the request, status, problem
REFUSALS = [
    ("the code's only device is in use", "used-up", {}, 409, "code-exhausted"),
    ("the vendor has blocked it", "blocked", {}, 403, "code-blocked"),
    ("its term is over", "expired", {}, 410, "code-expired"),
    ("it was never issued", "unknown", {}, 404, "code-unknown"),
    ("a renewal on a device without a license", "renewal", {}, 409, "previous-license-required"),
    ("for the password safe", "wrong-product", {}, 422, "code-wrong-product"),
    ("for version 99 at least", "newer-version", {}, 422, "version-incompatible"),
    ("one symbol is wrong", "one-year", {"code": "00000-00000-00000-00001"}, 422, "code-malformed"),
    ("a license number", "one-year", {"code": "1234-567890-12345678"}, 422, "code-malformed"),
]

# what is wrong, method, path, body, headers, status
WRONG = [
    ("no JSON", "POST", "/preflights", b"{", {}, 400),
    ("a member is missing", "POST", "/preflights", {"code": "x"}, {}, 400),
    ("another type of content", "POST", "/preflights", b"code=x", {"Content-Type": "text/plain"}, 415),
    ("too large", "POST", "/preflights", BIG, {}, 413),
    ("no idempotency key", "POST", "/activations", {}, {}, 400),
    ("the key is no UUID", "POST", "/activations", {}, {"Idempotency-Key": "1"}, 400),
    ("another type of content", "POST", "/activations", b"code=x", {"Content-Type": "text/plain"}, 415),
    ("too large", "POST", "/activations", BIG, {}, 413),
    ("no seat token", "POST", "/activations/x/tickets", {}, {}, 401),
    ("Basic is no seat token", "POST", "/activations/x/tickets", {}, {"Authorization": "Basic eDp5"}, 401),
    ("no JSON", "POST", "/activations/x/tickets", b"[]", BEARER, 400),
    ("another type of content", "POST", "/activations/x/tickets", b"x", {**BEARER, "Content-Type": "text/plain"}, 415),
    ("too large", "POST", "/activations/x/tickets", BIG, BEARER, 413),
    ("no such activation", "POST", "/activations/x/tickets", {"nonce": token(), "device_name": "x"}, BEARER, 404),
    ("no seat token", "DELETE", "/activations/x", None, {}, 401),
    ("no seat token", "PUT", "/activations/x/auto-renewal", {}, {}, 401),
    ("neither on nor off", "PUT", "/activations/x/auto-renewal", {"nonce": token(), "device_name": "x"}, BEARER, 400),
    ("another type of content", "PUT", "/activations/x/auto-renewal", b"x", {**BEARER, "Content-Type": "text/plain"}, 415),
    ("too large", "PUT", "/activations/x/auto-renewal", BIG, BEARER, 413),
    ("no such activation", "PUT", "/activations/x/auto-renewal", {"on": True, "nonce": token(), "device_name": "x"}, BEARER,
     404),
    ("no idempotency key", "POST", "/support-requests", SUPPORT, {}, 400),
    ("nothing to say", "POST", "/support-requests", {**SUPPORT, "message": "\n"}, KEY, 400),
    ("another type of content", "POST", "/support-requests", b"x", {**KEY, "Content-Type": "text/plain"}, 415),
    ("too large", "POST", "/support-requests", BIG, KEY, 413),
    ("the e-mail address", "POST", "/support-requests", {**SUPPORT, "email": "jan"}, KEY, 422),
    ("no JSON", "POST", "/seats/query", b"[]", {}, 400),
    ("the device is missing", "POST", "/seats/query", {"code": "x"}, {}, 400),
    ("another type of content", "POST", "/seats/query", b"x", {"Content-Type": "text/plain"}, 415),
    ("too large", "POST", "/seats/query", BIG, {}, 413),
    ("no code", "POST", "/seats/query", {"code": "x", "device": token()}, {}, 422),
    ("the seat is missing", "POST", "/seats/release", {"code": "x", "device": token()}, {}, 400),
    ("the key is no UUID", "POST", "/seats/release", {"code": "x", "device": token(), "seat": "x"},
     {"Idempotency-Key": "1"}, 400),
    ("another type of content", "POST", "/seats/release", b"x", {"Content-Type": "text/plain"}, 415),
    ("too large", "POST", "/seats/release", BIG, {}, 413),
    ("no code", "POST", "/seats/release", {"code": "x", "device": token(), "seat": "x"}, {}, 422),
    ("no such activation", "DELETE", "/activations/x", None, BEARER, 404),
    ("too large", "DELETE", "/activations/x", BIG, BEARER, 413),
    ("too large", "GET", "/health", BIG, {}, 413),
    ("no JSON", "POST", "/numbers/check", b"[]", {}, 400),
    ("another type of content", "POST", "/numbers/check", b"x", {"Content-Type": "text/plain"}, 415),
    ("too large", "POST", "/numbers/check", BIG, {}, 413),
    ("no number", "POST", "/numbers/check", {"number": "12"}, {}, 422),
    ("a number of nobody", "POST", "/numbers/check", {"number": NOBODY}, {}, 404),
    ("too large", "GET", "/catalog", BIG, {}, 413),
    ("no number", "GET", "/catalog?number=12", None, {}, 422),
    ("a number of nobody", "GET", f"/catalog?number={NOBODY}", None, {}, 404),
    ("no idempotency key", "POST", "/orders", {}, {}, 400),
    ("an empty cart", "POST", "/orders", {"items": []}, KEY, 400),
    ("another type of content", "POST", "/orders", b"x", {**KEY, "Content-Type": "text/plain"}, 415),
    ("too large", "POST", "/orders", BIG, KEY, 413),
    ("no token of the order", "GET", "/orders/x", None, {}, 401),
    ("no such order", "GET", "/orders/x", None, BEARER, 404),
    ("too large", "GET", "/orders/x", BIG, BEARER, 413),
    ("no token of the order", "POST", "/orders/x/payments", {"method": "card"}, KEY, 401),
    ("no idempotency key", "POST", "/orders/x/payments", {"method": "card"}, BEARER, 400),
    ("no such order", "POST", "/orders/x/payments", {"method": "card"}, {**BEARER, **KEY}, 404),
    ("another type of content", "POST", "/orders/x/payments", b"x", {**BEARER, **KEY, "Content-Type": "text/plain"},
     415),
    ("too large", "POST", "/orders/x/payments", BIG, {**BEARER, **KEY}, 413),
    ("no JSON", "POST", "/license-mails", b"[]", {}, 400),
    ("another type of content", "POST", "/license-mails", b"x", {"Content-Type": "text/plain"}, 415),
    ("too large", "POST", "/license-mails", BIG, {}, 413),
]

# what is wrong with an order, changes to it, status, problem
UNFIT = [
    ("the e-mail address", {"email": "jan"}, 422, "email-malformed"),
    ("no direct debit from Belgium", {"country": "BE", "payment_method": "direct-debit"}, 422,
     "payment-method-unavailable"),
    ("a country without a shop", {"country": "XX"}, 422, "payment-method-unavailable"),
    ("no license number", {"number": "12"}, 422, "number-malformed"),
    ("a license number of nobody", {"number": NOBODY}, 404, "number-unknown"),
    ("a forged total", {"total": 1}, 409, "price-changed"),
    ("a forged price", {"items": [{"offer": OFFER, "price": 1, "quantity": 1}], "total": 1}, 409, "price-changed"),
    ("nothing that is sold", {"items": [{"offer": "x", "price": 1, "quantity": 1}], "total": 1}, 409, "price-changed"),
]


class ContractTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.contract = Contract(paths.SOURCE / "src/renewal/openapi.yaml")
        cls.peer = cls.enterClassContext(Peer(demo=True))

    def call(self, method, path, body=None, headers=None):
        answer = self.peer.request(method, path, body, headers)
        self.contract.check(method, path, answer)
        return answer

    def activate(self, body, key=None):
        return self.call("POST", "/activations", body, {"Idempotency-Key": key or str(uuid.uuid4())})

    def issue(self, *words):
        code, = self.peer.issue(*words)
        return code

    def bearer(self, activation):
        return {"Authorization": "Bearer " + activation["seat_token"]}

    def test_1_activations(self):
        for name in ("one-year", "three-devices", "subscription", "subscription-own", "subscription-netline",
                     "subscription-two-minutes", "trial", "two-minutes", "two-minutes-b", "reserve",
                     "reserve-two", "used-before", "blocked-later"):
            with self.subTest(name):
                body = self.peer.ask(self.peer.codes[name])
                self.assertEqual(self.call("POST", "/preflights", body).status, 200)
                answer = self.activate(body)
                self.assertEqual(answer.status, 200)
                ticket = claims(answer.json["ticket"])
                self.contract.value({"$ref": "#/components/schemas/TicketClaims"}, ticket, "ticket")
                self.assertEqual((ticket["nonce"], ticket["device"]), (body["nonce"], body["device"]))
                self.assertEqual(ticket["sub"], answer.json["activation"])

    def test_2_tickets_and_release(self):
        activation = self.activate(self.peer.ask(self.peer.codes["three-devices"])).json
        path = f"/activations/{activation['activation']}"
        ask = {"nonce": token(), "device_name": "New name"}
        key = {"Idempotency-Key": str(uuid.uuid4())}
        answer = self.call("POST", path + "/tickets", ask, {**self.bearer(activation), **key})
        self.assertEqual(claims(answer.json["ticket"])["nonce"], ask["nonce"])
        self.assertEqual(self.call("POST", path + "/tickets", {**ask, "device_name": "x"},
                                   {**self.bearer(activation), **key}).status, 422)
        self.assertEqual(self.call("DELETE", path, headers=self.bearer(activation)).status, 204)
        self.assertEqual(self.call("POST", path + "/tickets", ask, self.bearer(activation)).problem, "no-license")

    def test_3_refusals(self):
        for why, name, change, status, problem in REFUSALS:
            with self.subTest(why):
                body = {**self.peer.ask(self.peer.codes[name]), **change}
                for answer in (self.activate(body), self.call("POST", "/preflights", body)):
                    self.assertEqual((answer.status, answer.problem), (status, problem))

    def test_3_after(self):
        """What the demo's codes would give after a license, in answers of the contract."""
        codes = {**self.peer.codes, "fresh": self.issue()}
        current, device = self.issue(), token()
        held = self.activate(self.peer.ask(current, device)).json
        for why, code, after, problem, details in (
                ("a reserve code follows", codes["fresh"], held["activation"], None, ()),
                ("one used before ends earlier", codes["used-before"], held["activation"], "reserve-ends-too-early",
                 ("expires", "current_expires")),
                ("the license's own code", current, held["activation"], "already-added", ()),
                ("a license that is none", codes["fresh"], "nothing", "no-license", ())):
            with self.subTest(why):
                answer = self.call("POST", "/preflights", self.peer.ask(code, device, after=after))
                self.assertEqual(None if answer.status == 200 else answer.problem, problem)
                self.assertLessEqual(set(details), set(answer.json))
        body = self.peer.ask(self.peer.codes["renewal"])
        self.assertEqual(self.call("POST", "/preflights", body).json["shorter_term"], 180 * 86400)
        self.assertEqual(self.call("POST", "/preflights", {**body, "accept_shorter_term": True}).json["term"], 180 * 86400)
        self.assertEqual(self.call("POST", "/preflights", {**body, "previous_code": self.peer.codes["expired"]}).status, 200)

    def test_3_running(self):
        device = token()
        self.activate(self.peer.ask(self.issue("--kind", "trial"), device))
        self.assertEqual(self.activate(self.peer.ask(self.issue(), device)).problem, "trial-running")

    def test_3_seats(self):
        code, device = self.peer.codes["three-devices"], token()
        held = self.activate(self.peer.ask(code, device)).json
        answer = self.call("POST", "/seats/query", {"code": code, "device": device})
        self.assertEqual([seat["id"] for seat in answer.json["seats"] if seat.get("this_device")], [held["activation"]])
        key = {"Idempotency-Key": str(uuid.uuid4())}
        body = {"code": code, "device": token(), "seat": held["activation"]}
        self.assertEqual([self.call("POST", "/seats/release", body, key).status for _ in range(2)], [204, 204])
        self.assertEqual(self.call("POST", "/seats/release", {**body, "seat": "x"}, key).status, 422)
        self.assertEqual(self.call("POST", "/seats/release", {**body, "seat": "x"}).problem, "no-license")
        unknown = {**body, "code": self.peer.codes["unknown"]}
        self.assertEqual(self.call("POST", "/seats/query", unknown).problem, "code-unknown")
        self.assertEqual(self.call("POST", "/seats/release", unknown).problem, "code-unknown")

    def test_3_auto_renewal(self):
        number, code = self.peer.subscribe()
        held = self.activate(self.peer.ask(code)).json
        path, key = f"/activations/{held['activation']}/auto-renewal", {"Idempotency-Key": str(uuid.uuid4())}
        ask = {"on": False, "nonce": token(), "device_name": "Desk", "product_version": "21.3"}
        answers = [self.call("PUT", path, ask, {**self.bearer(held), **key}) for _ in range(2)]
        self.assertEqual(answers[0].body, answers[1].body)
        self.assertEqual(self.call("PUT", path, {**ask, "on": True}, {**self.bearer(held), **key}).status, 422)
        ticket = claims(answers[0].json["ticket"])
        self.contract.value({"$ref": "#/components/schemas/TicketClaims"}, ticket, "ticket")
        self.assertEqual((ticket["nonce"], ticket["license"]["subscription"]), (ask["nonce"], {"auto_renewal": False}))
        self.peer.run("codes", "block", given=code)
        self.assertEqual(self.call("PUT", path, {**ask, "on": True}, self.bearer(held)).problem, "code-blocked")
        self.peer.run("subscriptions", "cancel", number)
        others = self.issue("--kind", "subscription", "--provider", "NetLine"), self.issue()
        for code, problem in zip(others, ("provider-managed", "no-subscription")):
            held = self.activate(self.peer.ask(code)).json
            answer = self.call("PUT", f"/activations/{held['activation']}/auto-renewal", ask, self.bearer(held))
            self.assertEqual(answer.problem, problem)

    def test_3_auto_renewal_ended(self):
        number, code = self.peer.subscribe()
        held = self.activate(self.peer.ask(code)).json
        self.peer.run("subscriptions", "cancel", number)
        answer = self.call("PUT", f"/activations/{held['activation']}/auto-renewal",
                           {"on": True, "nonce": token(), "device_name": "Desk"}, self.bearer(held))
        self.assertEqual((answer.problem, "expires" in answer.json), ("subscription-ended", True))

    def test_3_support(self):
        key = {"Idempotency-Key": str(uuid.uuid4())}
        full = {**SUPPORT, "product": "internet-security", "order_number": "А 22-1", "purchase_date": "2026-02-28",
                "license_number": NOBODY, "diagnosis": "agent 1.0\nкассета\n"}
        answers = [self.call("POST", "/support-requests", full, key) for _ in range(2)]
        self.assertEqual((answers[0].status, answers[0].body), (201, answers[1].body))
        self.assertEqual(self.call("POST", "/support-requests", SUPPORT, key).status, 422)

    def order(self, key=None, **change):
        """A cart with one offer, paid by card."""
        body = {"email": "jan@example.org", "country": "NL", "language": "nl", "payment_method": "card",
                "items": [{"offer": OFFER, "price": PRICE, "quantity": 1}], "total": PRICE, **change}
        return self.call("POST", "/orders", body, {"Idempotency-Key": key or str(uuid.uuid4())})

    def test_3_catalog_and_numbers(self):
        number = self.peer.show(self.peer.codes["one-year"])["number"]
        for path in ("/catalog", f"/catalog?country=BE&language=nl&number={number}"):
            self.assertEqual(self.call("GET", path).status, 200)
        for body in ({"number": number}, {"number": number.replace("-", " "), "country": "NL"}):
            self.assertEqual(self.call("POST", "/numbers/check", body).status, 200)

    def test_3_orders(self):
        for method in ("card", "bank-transfer"):
            key = str(uuid.uuid4())
            order = self.order(key, payment_method=method)
            self.assertEqual((order.status, self.order(key, payment_method=method).body), (201, order.body))
            self.assertEqual(self.order(key, payment_method=method, language="ru").status, 422)
            path, bearer = f"/orders/{order.json['number']}", {"Authorization": "Bearer " + order.json["token"]}
            self.assertEqual(self.call("GET", path, headers=bearer).status, 200)
            paid = self.call("POST", path + "/payments", {"method": method}, {**bearer, "Idempotency-Key": str(uuid.uuid4())})
            self.assertEqual(paid.status, 200 if method == "card" else 422)
            self.assertEqual(self.call("POST", path + "/payments", {"method": "x"},
                                       {**bearer, "Idempotency-Key": str(uuid.uuid4())}).problem,
                             "payment-method-unavailable")
        self.assertEqual(self.call("GET", path, headers=BEARER).problem, "order-unknown")

    def test_3_license_mails(self):
        key = {"Idempotency-Key": str(uuid.uuid4())}
        for body, headers in (({"email": "jan@example.org"}, {}), ({"number": NOBODY, "language": "nl"}, {}),
                              ({"email": "nobody"}, key), ({"email": "nobody"}, key)):
            self.assertEqual(self.call("POST", "/license-mails", body, headers).status, 202)
        self.assertEqual(self.call("POST", "/license-mails", {"email": "x"}, key).status, 422)

    def test_3_orders_refused(self):
        for why, change, status, problem in UNFIT:
            with self.subTest(why):
                answer = self.order(**change)
                self.assertEqual((answer.status, answer.problem), (status, problem))
        order = self.order(payment_method="card").json
        self.peer.run("orders", "cancel", order["number"])
        self.assertEqual(self.call("POST", f"/orders/{order['number']}/payments", {"method": "card"},
                                   {"Authorization": "Bearer " + order["token"], **KEY}).problem, "order-closed")

    def test_4_wrong_requests(self):
        for why, method, path, body, headers, status in WRONG:
            with self.subTest(f"{method} {path}: {why}"):
                self.assertEqual(self.call(method, path, body, headers).status, status)

    def test_5_outside_of_the_contract(self):
        for method, path, status, allow in (("GET", "/nothing", 404, None), ("POST", "/activations/", 404, None),
                                            ("GET", "/activations", 405, "POST"),
                                            ("PUT", "/activations/x", 405, "DELETE"),
                                            ("POST", "/health", 405, "GET"), ("DELETE", "/preflights", 405, "POST"),
                                            ("GET", "/activations/x/tickets", 405, "POST")):
            with self.subTest(f"{method} {path}"):
                answer = self.peer.request(method, path)
                self.assertEqual((answer.status, answer.headers["Allow"]), (status, allow))
                self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
                self.contract.value({"$ref": "#/components/schemas/Problem"}, answer.json, "body")

    def test_6_in_flight(self):
        activation = self.activate(self.peer.ask(self.peer.codes["three-devices"])).json
        tickets = f"/activations/{activation['activation']}/tickets"
        device = claims(activation["ticket"])["device"]
        calls = [(tickets, {"nonce": token(), "device_name": "x"}, self.bearer(activation)),
                 (f"/activations/{activation['activation']}/auto-renewal", {"on": True, "nonce": token(), "device_name": "x"},
                  self.bearer(activation)),
                 ("/activations", self.peer.ask(self.peer.codes["three-devices"], device), {}),
                 ("/seats/release", {"code": self.peer.codes["three-devices"], "device": device, "seat": "x"}, {}),
                 ("/orders", {"email": "j@example.org", "country": "NL", "language": "nl", "payment_method": "card",
                              "items": [{"offer": OFFER, "price": PRICE, "quantity": 1}], "total": PRICE}, {}),
                 ("/orders/x/payments", {"method": "card"}, BEARER), ("/license-mails", {"email": "x"}, {}),
                 ("/support-requests", SUPPORT, {})]
        with concurrent.futures.ThreadPoolExecutor() as pool:
            for path, body, headers in calls:
                headers = {**headers, "Idempotency-Key": str(uuid.uuid4())}
                with self.subTest(path):
                    with self.peer.writer_held():
                        method = "PUT" if path.endswith("/auto-renewal") else "POST"
                        two = {pool.submit(self.call, method, path, body, headers) for _ in range(2)}
                        first = concurrent.futures.wait(two, paths.LIMIT, concurrent.futures.FIRST_COMPLETED)
                        self.assertEqual([call.result().problem for call in first.done], ["request-in-flight"])
                    self.assertEqual([call.result().status for call in first.not_done],
                                     [{"/seats/release": 404, "/orders": 201, "/orders/x/payments": 404,
                                       "/license-mails": 202, "/support-requests": 201}.get(path, 200)
                                      if method == "POST" else 409])

    def test_7_failures(self):
        """A service whose database is broken says 503, keeps no such answer, and goes on when it is mended."""
        activation = self.activate(self.peer.ask(self.peer.codes["three-devices"])).json
        path = f"/activations/{activation['activation']}"
        key = {"Idempotency-Key": str(uuid.uuid4())}
        ask = self.peer.ask(self.peer.codes["three-devices"], claims(activation["ticket"])["device"])
        order = {"email": "j@example.org", "country": "NL", "language": "nl", "payment_method": "card",
                 "items": [{"offer": OFFER, "price": PRICE, "quantity": 1}], "total": PRICE}
        database = sqlite3.connect(self.peer.store, isolation_level=None)
        for table in ("activations", "codes", "orders", "mails", "support_requests"):
            database.execute(f"ALTER TABLE {table} RENAME TO away_{table}")
        try:
            for call in (("GET", "/health"), ("POST", "/preflights", ask), ("POST", "/activations", ask, key),
                         ("DELETE", path, None, self.bearer(activation)),
                         ("POST", "/seats/query", {"code": ask["code"], "device": ask["device"]}),
                         ("POST", "/seats/release", {"code": ask["code"], "device": ask["device"], "seat": "x"}, key),
                         ("POST", path + "/tickets", {"nonce": token(), "device_name": "x"}, self.bearer(activation)),
                         ("POST", "/numbers/check", {"number": NOBODY}), ("GET", f"/catalog?number={NOBODY}"),
                         ("POST", "/orders", order, key), ("GET", "/orders/x", None, BEARER),
                         ("POST", "/orders/x/payments", {"method": "card"}, {**BEARER, **key}),
                         ("POST", "/license-mails", {"email": "x"}), ("POST", "/support-requests", SUPPORT, key),
                         ("PUT", path + "/auto-renewal", {"on": False, "nonce": token(), "device_name": "x"},
                          self.bearer(activation))):
                with self.subTest(call[:2]):
                    self.assertEqual(self.call(*call).problem, "service-unavailable")
        finally:
            for table in ("activations", "codes", "orders", "mails", "support_requests"):
                database.execute(f"ALTER TABLE away_{table} RENAME TO {table}")
            database.close()
        self.assertEqual(self.call("GET", "/health").status, 200)
        self.assertEqual(self.call("POST", "/activations", ask, key).status, 200)

    def test_8_rate_limit(self):
        body = self.peer.ask(self.peer.codes["unknown"])
        for _ in range(100):
            answer = self.call("POST", "/preflights", body)
            if answer.status == 429:
                break
        self.assertEqual(answer.problem, "rate-limited")
        self.assertGreater(int(answer.headers["Retry-After"]), 0)
        good = self.peer.ask(self.peer.codes["one-year"])
        key = str(uuid.uuid4())
        self.assertEqual(self.activate(good, key).status, 429)
        for path, seat in (("/seats/query", {}), ("/seats/release", {"seat": "x"})):
            self.assertEqual(self.call("POST", path, {"code": good["code"], "device": good["device"], **seat}).status, 429)
        self.assertEqual(self.call("POST", "/numbers/check", {"number": NOBODY}).status, 429)
        self.assertEqual(self.call("GET", "/catalog").status, 429)
        self.assertEqual(self.order().status, 429)
        self.assertEqual(self.call("POST", "/license-mails", {"email": "x"}).status, 429)
        self.assertEqual(self.call("GET", "/health").status, 200)

    def test_8_rate_limit_of_support(self):
        with Peer() as peer:
            asked = [peer.support(SUPPORT) for _ in range(11)]
        self.assertEqual([answer.status for answer in asked], 10 * [201] + [429])
        self.contract.check("POST", "/support-requests", asked[-1])

    def test_9_everything_was_seen(self):
        self.assertEqual(self.contract.operations() - self.contract.seen, set())


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""A service that sells: its catalog, and a buyer who asks it over HTTP."""

import re
import sqlite3
import time
import uuid
from contextlib import closing

from peer import PRODUCT, Peer
from support import paths

CATALOG = f"""[Catalog]
Currency=EUR
RenewalDiscount=20
Delivery=at-once
PayWithinDays=14

[Bank]
Holder=Acme
Account=NL00 ACME 0000 0000 01

[Payment bank-transfer]
Provider=invoice
[Payment card]
Provider=demo
[Payment direct-debit]
Provider=demo

[Country NL]
Name=Netherlands
PaymentMethods=card;direct-debit;bank-transfer
[Country BE]
Name=Belgium
PaymentMethods=card;bank-transfer

[Product {PRODUCT}]
Name=Internet Security
Version=21.3
NewestVersion=22.0
Download=https://acme.example/download
[Product password-safe]
Name=Password Safe
Version=4.0
Download=https://acme.example/safe

[Offer is-1-1y]
Product={PRODUCT}
Devices=1
Years=1
Price=2995
[Offer is-3-2y]
Product={PRODUCT}
Devices=3
Years=2
Price=6995
[Offer safe-5-1y]
Product=password-safe
Devices=5
Years=1
Price=1499
RenewalPrice=999
"""

PRICES = {"is-1-1y": (2995, 2396), "is-3-2y": (6995, 5596), "safe-5-1y": (1499, 999)}  # for anybody, for a renewal
STATES = ["open", "awaiting-payment", "paid", "delivered", "cancelled", "expired"]
MAILS = {1: "order", 2: "invoice", 3: "license", 4: "payment"}
DAY = 86400


def bearer(order):
    return {"Authorization": "Bearer " + order["token"]}


class Shop(Peer):
    """A vendor whose catalog is CATALOG, with CHANGES: what is replaced by what."""

    def __init__(self, *changes):
        super().__init__()
        self.write_catalog(*changes)
        self.limit_orders(0)

    def write_catalog(self, *changes):
        text = CATALOG
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        (self.directory / "catalog.conf").write_text(text, encoding="utf-8")

    def limit_orders(self, number):
        """What one address may order in a minute; 0: any number."""
        config = self.directory / "service.conf"
        text = re.sub(r"(?m)^OrdersPerMinute=\d+$", f"OrdersPerMinute={number}", config.read_text(encoding="utf-8"))
        config.write_text(text, encoding="utf-8")

    def restart(self):
        self.child.stop()
        self.start()

    # What a buyer asks

    @staticmethod
    def cart(number=None, items=(("is-1-1y", 1),), **change):
        """The body of an order, with the prices of the catalog; with a number one piece, the first, is cheaper."""
        lines = []
        for offer, quantity in items:
            full, cheaper = PRICES[offer]
            if number and not lines:
                lines.append({"offer": offer, "price": cheaper, "quantity": 1})
                quantity -= 1
            if quantity:
                lines.append({"offer": offer, "price": full, "quantity": quantity})
        body = {"email": "jan@example.org", "country": "NL", "language": "nl", "payment_method": "card",
                "number": number, "items": lines, "total": sum(line["price"] * line["quantity"] for line in lines),
                **change}
        return {name: value for name, value in body.items() if value is not None}

    def place(self, body, key=None, connection=None):
        return self.request("POST", "/orders", body, {"Idempotency-Key": key or str(uuid.uuid4())}, connection)

    def order(self, *args, **kwargs):
        answer = self.place(self.cart(*args, **kwargs))
        assert answer.status == 201, answer
        return answer.json

    def get(self, order):
        return self.request("GET", f"/orders/{order['number']}", headers=bearer(order))

    def pay(self, order, key=None, method="card", connection=None):
        headers = {**bearer(order), "Idempotency-Key": key or str(uuid.uuid4())}
        return self.request("POST", f"/orders/{order['number']}/payments", {"method": method}, headers, connection)

    def wait_for_state(self, order, state):
        """Until the service has done by itself what is due; it is told of it by a bell, and so soon."""
        end = time.monotonic() + paths.LIMIT
        while self.stored(order)["state"] != state:
            assert time.monotonic() < end, self.stored(order)

    # What the store has

    def query(self, sql, *values):
        with closing(sqlite3.connect(self.store, timeout=paths.LIMIT)) as database, database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(sql, values)]

    def stored(self, order):
        row, = self.query("SELECT * FROM orders WHERE number = ?", order["number"])
        return {**row, "state": STATES[row["state"]]}

    def history(self, order):
        """The states that an order came to."""
        return [STATES[row["event"] - 20] for row in
                self.query("SELECT event FROM audit WHERE order_id = ? ORDER BY id", self.stored(order)["id"])]

    def mails(self, order):
        return [MAILS[row["kind"]] for row in
                self.query("SELECT kind FROM mails WHERE order_id = ? ORDER BY id", self.stored(order)["id"])]

    def let_time_pass(self, order, seconds):
        """Moves an order into the past, which a test cannot wait for."""
        self.query("UPDATE orders SET created = created - ?, due = CASE WHEN due > 0 THEN due - ? ELSE 0 END"
                   " WHERE number = ?", seconds, seconds, order["number"])

# SPDX-License-Identifier: GPL-3.0-or-later
"""An order from the wish to the code among the reserve codes, with the real service; and the agent killed on the way."""

import json
import stat
import unittest
import urllib.request

from support import paths, tap
from support.agent import Agent, Problem
from support.proxy import Proxy, answer, drop
from support.service import Service
from support.session import Session

PRODUCT = "internet-security"
KILLABLE = paths.BUILD / "tests/agent/killable-agent"


class Orders(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())
        self.service = self.enterContext(Service(self.session, directory=True))
        self.middle = self.enterContext(Proxy(self.service))
        self.service.install_profile(url=self.middle.url)
        self.agent = self.enterContext(Agent(self.session, program=KILLABLE, env={"PROLONG_TEST_CHANCE": "0"}))

    def files(self):
        return [path for path in (self.session.home / "state/prolong").iterdir() if path.name.endswith(".order")]

    def placed(self):
        return [e for e in self.middle.requests if e.method == "POST" and e.path.endswith("/orders")]

    def license(self, name="one-year"):
        return self.agent.activate(self.service.issue(), product=PRODUCT)

    def test_into_the_reserve_codes(self):
        """Bought while a license runs, the code is a reserve code, and nobody copied anything."""
        number = self.license()["Number"]
        name, url = self.agent.order(number, devices=3, years=2)
        order = self.agent.wait_for_order(id=name, state="open", product=PRODUCT, license=number, years=2)
        self.assertEqual((order["total"], order["currency"], order["devices"]), (5596, "EUR", 3))
        self.service.pay(url)
        self.agent.check_order(name)
        self.agent.wait_for_order(state="delivered", outcome="reserve", problem="")
        reserve, = self.agent.reserves()
        self.assertEqual((reserve["State"], reserve["DevicesLimit"]), ("ready", 3))
        self.assertEqual(self.agent.operations()[1:], [], "the order tells it, no operation is left")
        path, = self.files()
        # What is settled keeps no secret.
        self.session.wait_for_files(path.parent, lambda: "token" not in path.read_text())

    def test_activated(self):
        """Bought without a license, the code is activated."""
        _, url = self.agent.order()
        self.service.pay(url)
        self.agent.check_order()
        self.agent.wait_for_order(state="delivered", outcome="active")
        license, = self.agent.licenses()
        self.assertEqual((license["State"], license["DaysLeft"]), ("active", 365))

    def test_by_itself(self):
        """Nobody asks: the agent does, soon after the order."""
        _, url = self.agent.order()
        self.service.pay(url)
        self.agent.wait_for_order(state="delivered", outcome="active", limit=30)

    def test_record(self):
        """The record is for nobody else, and the bus never has the token or the address that holds it."""
        name, url = self.agent.order()
        path, = self.files()
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        token = url.split(".")[-1]
        self.assertIn(token, path.read_text())
        self.assertNotIn("jan@example.net", path.read_text(), "the address is not kept once the vendor has it")
        self.assertNotIn(token, repr(self.agent.properties()))
        self.assertEqual(self.agent.manager("GetPaymentPage", "(s)", name), url)

    def test_refused(self):
        """What the vendor refuses is told, and leaves nothing."""
        good = {"offer": "internet-security-1-1y", "price": 2995}
        for changes, item, problem, why in (
                ({}, {**good, "price": 1}, "price-changed", "a price that is not the vendor's"),
                ({"total": 1}, good, "price-changed", "a total that does not add up"),
                ({"email": "nobody"}, good, "email-malformed", "no address"),
                ({"country": "BE", "payment_method": "direct-debit"}, good, "payment-method-unavailable",
                 "no direct debit from Belgium"),
                ({"number": "0000-000000-00000000"}, good, "number-unknown", "no such license")):
            with self.subTest(why):
                with self.assertRaises(Problem) as caught:
                    self.agent.order_as("", item, **changes)
                self.assertEqual(caught.exception.problem, problem)
                self.assertEqual((self.agent.orders(), self.files()), ([], []))

    def test_number(self):
        number = self.license()["Number"]
        found = self.agent.manager("CheckNumber", "(ss)", "", number)
        self.assertEqual((found["product"], found["number"], found["currency"]), (PRODUCT, number, "EUR"))
        self.assertTrue(all(offer["price"] < offer["full_price"] for offer in found["offers"]))
        with self.assertRaises(Problem) as caught:
            self.agent.manager("CheckNumber", "(ss)", "", "0000-000000-00000000")
        self.assertEqual(caught.exception.problem, "number-unknown")

    def test_lost_answer(self):
        """The vendor has the order, but its answer is lost: the same order again is the same one."""
        self.middle.next(drop)
        item = {"offer": "internet-security-1-1y", "price": 2995}
        with self.assertRaises(Problem) as caught:
            self.agent.order_as("", item)
        self.assertEqual(caught.exception.problem, "service-unavailable")
        self.agent.wait_for_order(state="sending", problem="service-unavailable")
        self.agent.order_as("", item)
        self.agent.wait_for_order(state="open", problem="")
        self.assertEqual(len({e.request_headers["Idempotency-Key"] for e in self.placed()}), 1)

    def test_storage_full(self):
        """What is on the disk already needs no more room to be sent again; and it is the same order after a restart."""
        self.middle.next(drop)
        item = {"offer": "internet-security-1-1y", "price": 2995}
        with self.assertRaises(Problem):
            self.agent.order_as("", item)
        self.agent.wait_for_order(state="sending", problem="service-unavailable")
        path, = self.files()
        aside = path.rename(self.session.home / "aside")
        path.mkdir()
        self.agent.order_as("", item)
        order = self.agent.wait_for_order(state="open", problem="")
        path.rmdir()
        aside.rename(path)
        self.agent.restart()
        self.agent.check_order()
        self.assertEqual(self.agent.wait_for_order(state="open", problem="")["number"], order["number"])
        self.assertEqual(len({e.request_headers["Idempotency-Key"] for e in self.placed()}), 1)

    def test_never_sent(self):
        """The vendor cannot be reached at all: nothing was ordered, and nothing is kept."""
        self.service.stop()
        try:
            with self.assertRaises(Problem):
                self.agent.order_as("", {"offer": "internet-security-1-1y", "price": 2995})
        finally:
            self.service.restart()
        self.middle.requests.clear()

    def test_away_meanwhile(self):
        """Paid while the service is out of reach: the code comes when it is back."""
        name, url = self.agent.order()
        self.service.pay(url)
        self.middle.on("GET", "", answer(503))
        with self.assertRaises(Problem):
            self.agent.check_order(name)
        self.agent.wait_for_order(state="open", problem="service-unavailable")
        self.middle.clear()
        self.agent.restart()
        self.agent.attach()
        self.agent.wait_for_order(state="delivered", outcome="active", problem="")

    def test_forget(self):
        """An order that is not paid may be forgotten, one that is paid not before its code is here."""
        name, url = self.agent.order()
        self.agent.manager("ForgetOrder", "(s)", name)
        self.assertEqual((self.agent.orders(), self.files()), ([], []))
        with self.assertRaises(Problem) as caught:
            self.agent.manager("ForgetOrder", "(s)", name)
        self.assertEqual(caught.exception.problem, "order-unknown")

    def test_entered_by_hand(self):
        """Who copied the code from the e-mail meanwhile has it once."""
        self.license()
        _, url = self.agent.order()
        self.service.pay(url)
        code = self.delivered(url)
        self.agent.wait_for_step(self.agent.add_code(code, product=PRODUCT), "done")
        self.agent.check_order()
        self.agent.wait_for_order(state="delivered", outcome="present")
        self.assertEqual(len(self.agent.reserves()), 1)

    def test_locked_keyring(self):
        """A keyring that does not open keeps the code waiting, and lets it in when it does."""
        self.license()
        _, url = self.agent.order()
        self.service.pay(url)
        self.session.stop_keyring()
        try:
            self.agent.check_order()
            self.agent.wait_for_order(state="delivered", outcome="pending", problem="keyring-unavailable")
            self.assertEqual(self.agent.reserves(), [])
        finally:
            self.session.start_keyring()
        self.agent.check_order(self.agent.orders()[0]["id"])
        self.agent.wait_for_order(outcome="reserve", problem="")
        self.assertEqual(len(self.agent.reserves()), 1)

    def delivered(self, url):
        """The code, as the page of the order shows it."""
        number, token = url.split("#")[1].split(".")
        request = urllib.request.Request(f"{self.service.url}/orders/{number}", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=paths.LIMIT) as told:
            return json.load(told)["codes"][0]["code"]


# (where the agent is killed, what that is, whether a license runs, so that the code becomes a reserve code)
POINTS = (
    ("order-wished", "before the wish is written", True),
    ("order-sending", "before it is sent", True),
    ("order-answered", "after the vendor took it", True),
    ("order-placed", "after that is written", True),
    ("order-told", "after the vendor told that it is paid", True),
    ("order-news", "after the id of the operation is written", True),
    ("checked", "before the code is kept", True),
    ("storing", "before the code is in the keyring", True),
    ("stored", "after the code is in the keyring", True),
    ("saving", "before it is on the list", True),
    ("saved", "after it is on the list", True),
    ("clearing", "before the journal is cleared", True),
    ("cleared", "after the journal is cleared", True),
    ("order-taking", "before the order says that it is here", True),
    ("sending", "before it is activated", False),
    ("answered", "after it was activated there", False),
    ("saved", "after the ticket is here", False),
    ("cleared", "after the journal of that is cleared", False),
    ("order-taking", "before the order says that it is active", False),
)
BEFORE_PAYMENT = ("order-wished", "order-sending", "order-answered", "order-placed")


class Killed(unittest.TestCase):
    """Killed at any point between the wish and the code: one order, one code, and nothing lost."""

    def run_point(self, point, licensed):
        with Session() as own, Service(own, directory=True) as shop, Proxy(shop) as proxy:
            shop.install_profile(url=proxy.url)
            agent = Agent(own, program=KILLABLE, env={"PROLONG_TEST_CHANCE": "0"})
            agent.start()
            if licensed:
                agent.activate(shop.issue(), product=PRODUCT)
                for operation in agent.operations():
                    agent.on_operation(operation["path"], "Dismiss")
            url = self.order(agent, point)
            if url is None:
                self.assertEqual((agent.orders(), point), ([], "order-wished"))
                agent.stop()
                return
            shop.pay(url)
            if point not in BEFORE_PAYMENT:
                agent.restart(env={"PROLONG_TEST_END_AT": point})
                try:
                    agent.check_order()
                except Exception:  # The answer may be lost with the agent.
                    pass
                self.assertEqual(agent.wait_for_end(), -9)
                agent.start()
            self.finish(own, agent, proxy, licensed)

    def order(self, agent, point):
        """Returns where the order is paid; None when it was lost before it was written, which the person saw."""
        if point not in BEFORE_PAYMENT:
            return agent.order()[1]
        agent.restart(env={"PROLONG_TEST_END_AT": point})
        with self.assertRaises(Exception):
            agent.order()
        self.assertEqual(agent.wait_for_end(), -9)
        agent.start()
        if not agent.orders():
            return None
        agent.check_order()
        order = agent.wait_for_order(state="open")
        return agent.manager("GetPaymentPage", "(s)", order["id"])

    def finish(self, own, agent, proxy, licensed):
        # The code may wait in the journal, which without a stored code cannot go on: the order asks for it once more.
        agent.wait_for(lambda: self.settle(agent), what="the code to be here", limit=30)
        agent.wait_for_order(state="delivered", outcome="reserve" if licensed else "active", problem="")
        self.assertEqual(len(agent.reserves()), 1 if licensed else 0)
        self.assertEqual(len(agent.licenses()), 1)
        self.assertEqual(agent.licenses()[0]["DevicesUsed"], 1)
        placed = {e.request_headers["Idempotency-Key"] for e in proxy.requests
                  if e.method == "POST" and e.path.endswith("/orders")}
        self.assertEqual(len(placed), 1, "one order")
        kept = [secret for _, secret, _ in own.keyring_items()]
        self.assertEqual((len(kept), len(set(kept))), (2, 2) if licensed else (1, 1))
        agent.restart()
        self.assertEqual((len(agent.reserves()), len(agent.licenses()), len(agent.orders())), (int(licensed), 1, 1))
        self.assertEqual([operation["Step"] for operation in agent.operations()], [])
        agent.stop()

    @staticmethod
    def settle(agent):
        agent.check_order()
        order, = agent.orders()
        return order["state"] == "delivered" and order["outcome"] != "pending"


for number, (point, what, licensed) in enumerate(POINTS):
    def run(self, point=point, licensed=licensed):
        self.run_point(point, licensed)
    run.__doc__ = what
    setattr(Killed, f"test_{number:02}_{point.replace('-', '_')}", run)

if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Subscriptions over a real socket: renewed late and reported twice, failed, cancelled, turned off and on."""

import concurrent.futures
import json
import signal
import sqlite3
import subprocess
import time
import unittest
import uuid

from peer import PRODUCT, Peer, claims, token
from support import paths, tap

DAY = 86400
PERIOD = 30 * DAY
MANAGE = "https://netline.example/subscriptions"

# why, seconds after the end at which it is reported, what the license is then, and after it
RENEWALS = [
    ("a week before the end", -7 * DAY, "active", "active"),
    ("on the second", 0, "grace", "active"),
    ("twenty hours late", 20 * 3600, "grace", "active"),
    ("when it has ended", 3 * DAY, "expired", "active"),
    ("more than a period late", 31 * DAY, "expired", "expired"),
]

# why, what is reported, state, whether the next period comes by itself, status an hour after the end, what a code meets
# before and after the end, what turning it on meets before the end
STATES = [
    ("nothing is reported", (), "active", True, "grace", ("subscription-running", "subscription-running"), None),
    ("no money", ("fail-payment",), "payment-failed", False, "grace", ("subscription-running", "allowed"),
     "subscription-ended"),
    ("no money, twice", ("fail-payment", "fail-payment"), "payment-failed", False, "grace",
     ("subscription-running", "allowed"), "subscription-ended"),
    ("cancelled", ("cancel",), "cancelled", False, "expired", ("subscription-running", "allowed"), "subscription-ended"),
    ("no money, and so cancelled", ("fail-payment", "cancel"), "cancelled", False, "expired",
     ("subscription-running", "allowed"), "subscription-ended"),
    ("cancelled, then a failure from before", ("cancel", "fail-payment"), "cancelled", False, "expired",
     ("subscription-running", "allowed"), "subscription-ended"),
    ("the money came after all", ("fail-payment", "renew"), "active", True, "grace",
     ("subscription-running", "subscription-running"), None),
    ("cancelled after it was paid, and told the other way round", ("cancel", "renew"), "cancelled", False, "expired",
     ("subscription-running", "allowed"), "subscription-ended"),
]

# why, what is asked of the service: path, body, bearer; the answer
FORGED = [
    ("the token of another seat", "own", {}, "other", 404),
    ("a token that is none", "own", {}, "x" * 43, 404),
    ("the seat of another license", "other", {}, "own", 404),
    ("a seat of nobody", "nobody", {}, "own", 404),
    ("a word for off", "own", {"on": "false"}, "own", 400),
    ("a number for off", "own", {"on": 0}, "own", 400),
    ("null for off", "own", {"on": None}, "own", 400),
    ("no nonce", "own", {"nonce": None}, "own", 400),
    ("a nonce that is too short", "own", {"nonce": "x"}, "own", 400),
    ("a list", "own", [], "own", 400),
]

# why, words after the verb, exit status
USAGE = [
    ("no verb", ["subscriptions"], 2),
    ("another verb", ["subscriptions", "stop"], 2),
    ("no product", ["subscriptions", "create"], 2),
    ("a product of nobody", ["subscriptions", "create", "--product", "x"], 2),
    ("no period", ["subscriptions", "create", "--product", PRODUCT, "--period", "x"], 2),
    ("no device", ["subscriptions", "create", "--product", PRODUCT, "--devices", "0"], 2),
    ("an address that is a program", ["subscriptions", "create", "--product", PRODUCT, "--manage-url", "javascript:x"], 2),
    ("no e-mail address", ["subscriptions", "create", "--product", PRODUCT, "--email", "jan"], 2),
    ("a provider with a long name", ["subscriptions", "create", "--product", PRODUCT, "--provider", "x" * 129], 2),
    ("no license", ["subscriptions", "renew", "--event", "1"], 2),
    ("no event", ["subscriptions", "renew", "0000-000000-00000000"], 2),
    ("an event of two words", ["subscriptions", "renew", "--event", "a b", "0000-000000-00000000"], 2),
    ("no license number", ["subscriptions", "renew", "--event", "1", "12"], 1),
    ("a license of nobody", ["subscriptions", "renew", "--event", "1", "0000-000000-00000000"], 1),
    ("a license of nobody", ["subscriptions", "show", "0000-000000-00000000"], 1),
]


class Subscription:
    """One subscription of PEER, activated unless told otherwise, whose time is moved as a test needs it."""

    def __init__(self, peer, *words, active=True):
        self.peer = peer
        self.number, self.code = peer.subscribe("--period", "30d", *words)
        self.device = token()
        self.held = peer.activate(peer.ask(self.code, self.device)).json if active else None

    def end_at(self, seconds):
        """Moves its time so that its period ended SECONDS ago."""
        self.move(self.license()["expires"] - (int(time.time()) - seconds))

    def move(self, seconds):
        with sqlite3.connect(self.peer.store) as database:
            database.execute("UPDATE codes SET first_activated = first_activated - ? WHERE number = ?", (seconds, self.number))
            database.execute("UPDATE subscriptions SET off_since = off_since - ? WHERE off_since > 0 AND code_id ="
                             " (SELECT id FROM codes WHERE number = ?)", (seconds, self.number))
        database.close()

    def report(self, verb, event=None, check=0):
        """Returns (state, end, done or known)."""
        words = ["--event", event] if event else []
        return tuple(self.peer.run("subscriptions", verb, *words, self.number, check=check).split()[1:])

    def license(self):
        return claims(self.peer.refresh(self.held).json["ticket"])["license"]

    def switch(self, on, **more):
        return self.peer.set_auto_renewal(self.held, on, **more)

    def show(self):
        return json.loads(self.peer.run("subscriptions", "show", "--json", self.number))

    def happened(self):
        return [event["event"] for event in self.show()["events"]]


class SubscriptionsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.peer = cls.enterClassContext(Peer())

    def code_meets(self, subscription):
        """What a further code on its device meets: a problem, or `allowed`."""
        code, = self.peer.issue()
        answer = self.peer.preflight(self.peer.ask(code, subscription.device))
        return "allowed" if answer.status == 200 else answer.problem

    def test_renewals_count_from_the_end(self):
        for why, late, before, after in RENEWALS:
            with self.subTest(why):
                subscription = Subscription(self.peer)
                subscription.end_at(late)
                old = subscription.license()
                self.assertEqual(old["status"], before)
                state, _, done = subscription.report("renew", "event-1")
                new = subscription.license()
                self.assertEqual((done, new["expires"] - old["expires"]), ("done", PERIOD))
                self.assertEqual((new["status"], new["starts"]), (after, old["starts"]))
                self.assertEqual(state, "active" if after == "active" else "ended")

    def test_renewed_before_it_is_used(self):
        subscription = Subscription(self.peer, active=False)
        self.assertEqual(subscription.report("renew", "1"), ("active", "-", "done"))
        ticket = self.peer.activate(self.peer.ask(subscription.code)).json["ticket"]
        self.assertEqual(claims(ticket)["license"]["expires"] - claims(ticket)["license"]["starts"], 2 * PERIOD)

    def test_a_second_device_sees_the_period(self):
        subscription = Subscription(self.peer, "--devices", "2")
        subscription.report("renew", "1")
        answer = self.peer.preflight(self.peer.ask(subscription.code)).json
        self.assertEqual((answer["term"], answer["expires"]), (PERIOD, subscription.license()["expires"]))

    def test_reported_twice(self):
        subscription = Subscription(self.peer)
        first = subscription.report("renew", "invoice-7")
        self.assertEqual(subscription.report("renew", "invoice-7"), first[:2] + ("known",))
        self.assertEqual(subscription.happened(), ["renewed"])
        self.assertEqual(subscription.report("renew", "invoice-8")[2], "done")
        self.assertEqual(subscription.happened(), ["renewed", "renewed"])
        other = Subscription(self.peer)
        self.assertEqual(other.report("renew", "invoice-7")[2], "done")
        for verb in ("fail-payment", "cancel"):
            other.report(verb, verb)
            self.assertEqual(other.report(verb, verb)[2], "known")
        other.report("cancel", "invoice-7", check=1)
        self.assertEqual(other.happened(), ["renewed", "payment-failed", "cancelled"])

    def test_a_failure_told_again_after_the_money_came(self):
        subscription = Subscription(self.peer)
        for verb, event in (("fail-payment", "a"), ("renew", "b"), ("fail-payment", "a")):
            state = subscription.report(verb, event)[0]
        self.assertEqual((state, subscription.license()["subscription"]), ("active", {"auto_renewal": True}))

    def test_reported_at_once(self):
        """Eight processes report the same renewal."""
        subscription = Subscription(self.peer)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            done = [answer[2] for answer in pool.map(lambda _: subscription.report("renew", "1"), range(8))]
        self.assertEqual(sorted(done), ["done"] + 7 * ["known"])
        self.assertEqual(subscription.show()["period"], PERIOD)
        self.assertEqual(subscription.happened(), ["renewed"])

    def test_racing_cancel_and_renewal(self):
        """Whichever comes first: the period that was paid is given, and is the last."""
        for race in range(5):
            with self.subTest(race), concurrent.futures.ThreadPoolExecutor(2) as pool:
                subscription = Subscription(self.peer)
                end = subscription.license()["expires"]
                list(pool.map(lambda words: subscription.report(*words), (("cancel",), ("renew", "1"))))
                self.assertEqual(subscription.license()["expires"] - end, PERIOD)
                self.assertEqual(subscription.show()["state"], "cancelled")
                self.assertFalse(subscription.license()["subscription"]["auto_renewal"])

    def test_killed_on_the_way(self):
        """The command is killed somewhere, and the renewal reported again until it is answered."""
        subscription = Subscription(self.peer)
        end = subscription.license()["expires"]
        argv = [paths.SERVICE, "subscriptions", "renew", "--directory", self.peer.directory, "--event", "1",
                subscription.number]
        with self.peer.writer_held():
            waiting = subprocess.Popen(argv, stdout=subprocess.PIPE)
            self.assertRaises(subprocess.TimeoutExpired, waiting.wait, 0.3)
            waiting.kill()
            self.assertEqual(waiting.wait(paths.LIMIT), -signal.SIGKILL)
            waiting.stdout.close()
        self.assertEqual(subscription.license()["expires"], end)
        for milliseconds in range(0, 40, 2):
            killed = subprocess.Popen(argv, stdout=subprocess.DEVNULL)
            try:
                killed.wait(milliseconds / 1000)
            except subprocess.TimeoutExpired:
                killed.kill()
                killed.wait(paths.LIMIT)
        subscription.report("renew", "1")
        self.assertEqual(subscription.license()["expires"] - end, PERIOD)
        self.assertEqual(subscription.happened(), ["renewed"])

    def test_states(self):
        for why, reports, state, goes_on, status, (before, after), turning_on in STATES:
            with self.subTest(why):
                subscription = Subscription(self.peer)
                for i, verb in enumerate(reports):
                    subscription.report(verb, str(i))
                self.assertEqual(subscription.show()["state"], state)
                license = subscription.license()
                self.assertEqual((license["status"], license["subscription"], license["add_code"]),
                                 ("active", {"auto_renewal": goes_on}, before))
                self.assertEqual(self.code_meets(subscription), before)
                answer = subscription.switch(True)
                self.assertEqual(None if answer.status == 200 else answer.problem, turning_on)
                if turning_on:
                    self.assertEqual(answer.json["expires"], license["expires"])
                subscription.end_at(3600)
                license = subscription.license()
                self.assertEqual((license["status"], license["subscription"], license["add_code"]),
                                 (status, {"auto_renewal": goes_on}, after))
                self.assertEqual(self.code_meets(subscription), after)
                subscription.end_at(DAY)
                self.assertEqual((subscription.license()["status"], subscription.show()["state"]), ("expired", "ended"))
                self.assertEqual((subscription.license()["add_code"], self.code_meets(subscription)), ("allowed", "allowed"))

    def test_off_on_off(self):
        subscription = Subscription(self.peer)
        end, serial = subscription.license()["expires"], 0
        for on in (False, False, True, True, False):
            nonce = token()
            ticket = claims(subscription.switch(on, body={"on": on, "nonce": nonce, "device_name": "Desk"}).json["ticket"])
            self.assertGreater(ticket["serial"], serial)
            self.assertEqual((ticket["nonce"], ticket["license"]["subscription"]), (nonce, {"auto_renewal": on}))
            self.assertEqual((ticket["license"]["expires"], ticket["license"]["status"]), (end, "active"))
            self.assertEqual(ticket["license"]["grace_until"], end + DAY if on else end)
            serial = ticket["serial"]
        self.assertEqual(subscription.happened(), ["turned-off", "turned-on", "turned-off"])

    def test_off_until_the_end(self):
        """It works to its end (S4); a code is refused until then, and taken from then on."""
        subscription = Subscription(self.peer)
        subscription.switch(False)
        self.assertEqual(self.code_meets(subscription), "subscription-running")
        subscription.end_at(-60)
        self.assertEqual(subscription.license()["status"], "active")
        self.assertEqual(subscription.switch(True).status, 200)
        subscription.switch(False)
        subscription.end_at(1)
        self.assertEqual((subscription.license()["status"], self.code_meets(subscription)), ("expired", "allowed"))
        refused = subscription.switch(True)
        self.assertEqual((refused.problem, refused.json["expires"]), ("subscription-ended", subscription.license()["expires"]))
        self.assertEqual(subscription.switch(False).status, 200)

    def test_off_in_grace(self):
        """Whoever turns it off while the renewal is awaited loses no hour, and may turn it on again."""
        subscription = Subscription(self.peer)
        subscription.end_at(3600)
        for on, add_code in ((False, "allowed"), (True, "subscription-running")):
            license = claims(subscription.switch(on).json["ticket"])["license"]
            self.assertEqual((license["status"], license["grace_until"] - license["expires"]), ("grace", DAY))
            self.assertEqual(license["add_code"], add_code)

    def test_paid_although_it_is_off(self):
        """The period is given, and it stays off."""
        subscription = Subscription(self.peer)
        subscription.switch(False)
        end = subscription.license()["expires"]
        subscription.report("renew", "1")
        license = subscription.license()
        self.assertEqual((license["expires"] - end, license["subscription"]), (PERIOD, {"auto_renewal": False}))

    def test_every_seat_may_switch(self):
        subscription = Subscription(self.peer, "--devices", "2")
        other = self.peer.activate(self.peer.ask(subscription.code)).json
        self.assertEqual(self.peer.set_auto_renewal(other, False).status, 200)
        self.assertFalse(subscription.license()["subscription"]["auto_renewal"])
        self.peer.release(other)
        self.assertEqual(self.peer.set_auto_renewal(other, True).problem, "no-license")

    def test_same_key(self):
        subscription = Subscription(self.peer)
        key, body = str(uuid.uuid4()), {"on": False, "nonce": token(), "device_name": "Desk"}
        first = subscription.switch(False, key=key, body=body)
        subscription.switch(True)
        self.assertEqual(subscription.switch(False, key=key, body=body).body, first.body)
        self.assertTrue(subscription.license()["subscription"]["auto_renewal"])
        self.assertEqual(subscription.switch(False, key=key, body={**body, "on": True}).status, 422)
        self.assertEqual(subscription.switch(False, key="1", body=body).status, 400)

    def test_killed_service(self):
        """What was answered is so after a kill, and the same request gets the same answer."""
        with Peer() as peer:
            subscription = Subscription(peer)
            key, body = str(uuid.uuid4()), {"on": False, "nonce": token(), "device_name": "Desk"}
            first = subscription.switch(False, key=key, body=body)
            peer.kill()
            peer.start()
            self.assertEqual(subscription.switch(False, key=key, body=body).body, first.body)
            self.assertFalse(subscription.license()["subscription"]["auto_renewal"])

    def test_provider(self):
        """Neither on nor off is for the vendor to say; the ticket and the refusal lead to who can."""
        for words, details in (((), {}), (("--manage-url", MANAGE), {"manage_url": MANAGE})):
            subscription = Subscription(self.peer, "--provider", "NetLine", *words, "--status-url", MANAGE + "/status")
            for on in (False, True):
                refused = subscription.switch(on)
                self.assertEqual((refused.status, refused.problem, refused.json["provider"]), (409, "provider-managed", "NetLine"))
                self.assertEqual({name: refused.json[name] for name in details}, details)
            self.assertEqual(subscription.license()["subscription"],
                             {"provider": "NetLine", "auto_renewal": True, "status_url": MANAGE + "/status", **details})
            self.assertEqual(subscription.report("cancel")[0], "cancelled")
            self.assertFalse(subscription.license()["subscription"]["auto_renewal"])

    def test_blocked(self):
        subscription = Subscription(self.peer)
        self.peer.run("codes", "block", given=subscription.code)
        self.assertEqual((subscription.license()["status"], subscription.license()["add_code"]), ("blocked", "allowed"))
        self.assertEqual(subscription.switch(True).problem, "code-blocked")
        license = claims(subscription.switch(False).json["ticket"])["license"]
        self.assertEqual((license["status"], license["subscription"]), ("blocked", {"auto_renewal": False}))
        self.assertEqual((subscription.report("renew", "1")[2], subscription.license()["status"]), ("done", "blocked"))

    def test_no_subscription(self):
        code, = self.peer.issue()
        held = self.peer.activate(self.peer.ask(code)).json
        self.assertEqual(self.peer.set_auto_renewal(held, False).problem, "no-subscription")
        self.peer.run("subscriptions", "renew", "--event", "1", self.peer.show(code)["number"], check=1)
        self.peer.run("subscriptions", "show", self.peer.show(code)["number"], check=1)

    def test_forged(self):
        own, other = Subscription(self.peer), Subscription(self.peer)
        before = own.license(), other.license()
        for why, path, change, bearer, status in FORGED:
            with self.subTest(why):
                body = change if isinstance(change, list) else {"on": False, "nonce": token(), "device_name": "x", **change}
                ids = {"own": own.held["activation"], "other": other.held["activation"], "nobody": "nobody"}
                tokens = {"own": own.held["seat_token"], "other": other.held["seat_token"]}
                answer = self.peer.request("PUT", f"/activations/{ids[path]}/auto-renewal", body,
                                           {"Authorization": "Bearer " + tokens.get(bearer, bearer)})
                self.assertEqual(answer.status, status)
        self.assertEqual((own.license(), other.license()), before)

    def test_show(self):
        subscription = Subscription(self.peer, "--devices", "3", "--email", "jan@example.org", "--language", "nl")
        shown = subscription.show()
        self.assertEqual({name: shown[name] for name in ("number", "product", "state", "auto_renewal", "blocked", "period",
                                                         "devices_used", "devices_limit", "provider", "email", "language")},
                         {"number": subscription.number, "product": PRODUCT, "state": "active", "auto_renewal": True,
                          "blocked": False, "period": PERIOD, "devices_used": 1, "devices_limit": 3, "provider": None,
                          "email": "jan@example.org", "language": "nl"})
        lines = self.peer.run("subscriptions", "show", subscription.number.replace("-", " ")).splitlines()
        self.assertIn("auto_renewal\tyes", lines)
        self.assertIn("provider\t-", lines)
        self.assertNotIn(subscription.code, "\n".join(lines))

    def test_usage(self):
        for why, words, status in USAGE:
            with self.subTest(why):
                self.peer.run(*words, check=status)


class DemoTest(unittest.TestCase):
    def test_the_short_one_renews_late(self):
        """Twenty seconds after its end, from its end; not when it is off. A later call waits for the sweep of one before."""
        with Peer(demo=True) as peer:
            code = peer.codes["subscription-two-minutes"]
            held = peer.activate(peer.ask(code)).json
            for late, on, periods in ((10, True, 0), (21, True, 1), (141, True, 2), (60, False, 0)):
                with self.subTest((late, on)):
                    peer.set_auto_renewal(held, on)
                    end = claims(peer.refresh(held).json["ticket"])["license"]["expires"]
                    peer.change(code, first_activated=self.start_of(peer, code) - (end - int(time.time()) + late))
                    before = claims(peer.refresh(held).json["ticket"])["license"]
                    after = claims(peer.refresh(held).json["ticket"])["license"]
                    self.assertEqual(before["status"], "grace")
                    self.assertEqual(after["expires"] - before["expires"], periods * 120)
                    self.assertEqual(after["starts"], before["starts"])

    def start_of(self, peer, code):
        with sqlite3.connect(peer.store) as database:
            (start,), = database.execute("SELECT first_activated FROM codes WHERE number = ?", (peer.show(code)["number"],))
        database.close()
        return start


if __name__ == "__main__":
    tap.main()

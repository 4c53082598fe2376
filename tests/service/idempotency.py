# SPDX-License-Identifier: GPL-3.0-or-later
"""The same key gives the same answer, and seats are what they should be whatever happens to an answer."""

import concurrent.futures
import unittest
import uuid

from peer import Peer, claims, token
from support import tap


class IdempotencyTest(unittest.TestCase):
    def setUp(self):
        self.peer = self.enterContext(Peer())
        self.code, = self.peer.issue("--devices", "3")

    def used(self):
        shown = self.peer.run("codes", "show", given=self.code)
        return next(line for line in shown.splitlines() if line.startswith("devices")).split("\t")[1]

    def test_same_key_same_bytes(self):
        body, key = self.peer.ask(self.code), str(uuid.uuid4())
        first = self.peer.activate(body, key)
        self.assertEqual(first.status, 200)
        for how, again in (("bare", key), ("quoted", f'"{key}"')):
            with self.subTest(how):
                answer = self.peer.activate(body, again)
                self.assertEqual((answer.status, answer.body), (200, first.body))
        self.peer.kill()
        self.peer.start()
        self.assertEqual(self.peer.activate(body, key).body, first.body, "after a crash")
        self.assertEqual(self.used(), "1 of 3")

    def test_refusals_are_kept_too(self):
        key, body = str(uuid.uuid4()), {**self.peer.ask(self.code), "product": "password-safe"}
        first = self.peer.activate(body, key)
        self.assertEqual(first.problem, "code-wrong-product")
        self.peer.run("codes", "block", given=self.code)
        self.assertEqual(self.peer.activate(body, key).body, first.body)
        self.assertEqual(self.peer.activate(body).problem, "code-blocked")

    def test_same_key_other_request(self):
        key, body = str(uuid.uuid4()), self.peer.ask(self.code)
        self.peer.activate(body, key)
        for what, other in (("another device", {**body, "device": token()}),
                            ("another nonce", {**body, "nonce": token()})):
            with self.subTest(what):
                self.assertEqual(self.peer.activate(other, key).status, 422)
        self.assertEqual(self.used(), "1 of 3")

    def test_equal_keys_at_once(self):
        body, key = self.peer.ask(self.code), str(uuid.uuid4())
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(lambda _: self.peer.activate(body, key), range(32)))
        done = {answer.body for answer in answers if answer.status == 200}
        self.assertEqual(len(done), 1)
        self.assertEqual({a.problem for a in answers if a.status != 200} - {"request-in-flight"}, set())
        self.assertEqual(self.used(), "1 of 3")

    def test_new_key_gets_the_same_seat_and_a_new_token(self):
        device = token()
        first = self.peer.activate(self.peer.ask(self.code, device)).json
        second = self.peer.activate(self.peer.ask(self.code, device)).json
        self.assertEqual(first["activation"], second["activation"])
        self.assertNotEqual(first["seat_token"], second["seat_token"])
        self.assertGreater(claims(second["ticket"])["serial"], claims(first["ticket"])["serial"])
        self.assertEqual(self.peer.refresh(first).problem, "no-license")
        self.assertEqual(self.peer.refresh(second).status, 200)
        self.assertEqual(self.used(), "1 of 3")

    def test_tickets_honour_a_key(self):
        activation = self.peer.activate(self.peer.ask(self.code)).json
        key, body = str(uuid.uuid4()), {"nonce": token(), "device_name": "Desk"}
        first = self.peer.refresh(activation, key, body)
        self.assertEqual(self.peer.refresh(activation, key, body).body, first.body)
        self.assertEqual(self.peer.refresh(activation, key, {**body, "nonce": token()}).status, 422)
        self.assertNotEqual(self.peer.refresh(activation, None, body).body, first.body)

    def test_a_key_is_of_its_path(self):
        one, two = (self.peer.activate(self.peer.ask(self.code)).json for _ in range(2))
        key, body = str(uuid.uuid4()), {"nonce": token(), "device_name": "Desk"}
        subjects = [claims(self.peer.refresh(seat, key, body).json["ticket"])["sub"] for seat in (one, two)]
        self.assertEqual(subjects, [one["activation"], two["activation"]])


if __name__ == "__main__":
    tap.main()

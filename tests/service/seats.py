# SPDX-License-Identifier: GPL-3.0-or-later
"""Who holds the seats of a code, and taking one away."""

import sqlite3
import unittest
import uuid

from peer import Peer, claims, token
from support import tap

UNKNOWN = "00000-00000-00000-00000"


class SeatsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.peer = cls.enterClassContext(Peer())

    def setUp(self):
        self.code, = self.peer.issue("--devices", "2")
        self.here, self.old = token(), token()

    def activate(self, device, name):
        answer = self.peer.activate(self.peer.ask(self.code, device, device_name=name))
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def names(self, device=None):
        return {seat["device_name"]: seat.get("this_device", False)
                for seat in self.peer.query_seats(self.code, device).json["seats"]}

    def audit(self):
        with sqlite3.connect(self.peer.store) as database:
            rows = database.execute("SELECT event FROM audit JOIN codes ON codes.id = code_id WHERE number = ? ORDER BY"
                                    " audit.id", (self.peer.show(self.code)["number"],)).fetchall()
        database.close()
        return [event for event, in rows]

    def test_query(self):
        self.assertEqual(self.peer.query_seats(self.code).json, {"seats": [], "used": 0, "limit": 2})
        self.activate(self.here, "Desk ✈")
        old = self.activate(self.old, "Old laptop")
        self.assertEqual(self.names(self.here), {"Desk ✈": True, "Old laptop": False})
        self.assertEqual(self.names(), {"Desk ✈": False, "Old laptop": False}, "asked from elsewhere")
        self.assertEqual(self.peer.query_seats(self.code.lower()).json["used"], 2, "as people type it")
        self.peer.release(old)
        self.assertEqual(self.names(), {"Desk ✈": False})

    def test_at_the_limit(self):
        """The wizard's way: refused with the holders, one is released, the same code fits."""
        old = self.activate(self.old, "Old laptop")
        self.activate(token(), "Tablet")
        refused = self.peer.activate(self.peer.ask(self.code, self.here)).json
        seat = next(seat for seat in refused["seats"] if seat["device_name"] == "Old laptop")
        self.assertEqual(self.peer.release_seat(self.code, seat["id"], self.here).status, 204)
        self.activate(self.here, "Desk")
        self.assertEqual(self.names(self.here), {"Tablet": False, "Desk": True})
        self.assertEqual(self.peer.refresh(old).problem, "no-license", "what the released device is told")
        self.assertEqual(self.peer.release(old).status, 204, "giving back what is gone is no error")
        self.assertEqual(self.peer.activate(self.peer.ask(self.code, self.old)).problem, "code-exhausted")

    def test_a_released_device_may_come_back(self):
        old = self.activate(self.old, "Old laptop")
        self.peer.release_seat(self.code, old["activation"], self.here)
        again = self.activate(self.old, "Old laptop")
        self.assertEqual(again["activation"], old["activation"])
        self.assertGreater(claims(again["ticket"])["serial"], claims(old["ticket"])["serial"])

    def test_release_again(self):
        old, key = self.activate(self.old, "Old laptop"), str(uuid.uuid4())
        for how, key in (("first", None), ("again", None), ("with a key", key), ("again with it", key)):
            with self.subTest(how):
                answer = self.peer.release_seat(self.code, old["activation"], self.here, key)
                self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual(self.peer.query_seats(self.code).json["used"], 0)
        self.assertEqual(self.audit().count(8), 1, "one seat was taken away")
        self.assertEqual(self.peer.release_seat(self.code, "x", self.here, key).status, 422, "the key of another request")

    def test_a_key_answers_without_doing_it_again(self):
        old, key = self.activate(self.old, "Old laptop"), str(uuid.uuid4())
        self.peer.release_seat(self.code, old["activation"], self.here, key)
        self.activate(self.old, "Old laptop")
        self.assertEqual(self.peer.release_seat(self.code, old["activation"], self.here, key).status, 204)
        self.assertEqual(self.peer.query_seats(self.code).json["used"], 1)

    def test_own_seat(self):
        held = self.activate(self.here, "Desk")
        self.assertEqual(self.peer.release_seat(self.code, held["activation"], self.here).status, 204)
        self.assertEqual(self.audit(), [1, 2, 4], "issued, activated, released by the device itself")

    def test_refusals(self):
        other, = self.peer.issue()
        elsewhere = self.peer.activate(self.peer.ask(other)).json
        for why, code, seat, status, problem in (
                ("never issued", UNKNOWN, "x", 404, "code-unknown"), ("no code", "hello", "x", 422, "code-malformed"),
                ("no such seat", self.code, "nothing", 404, "no-license"),
                ("the seat of another code", self.code, elsewhere["activation"], 404, "no-license")):
            with self.subTest(why):
                answer = self.peer.release_seat(code, seat)
                self.assertEqual((answer.status, answer.problem), (status, problem))
                if seat == "x":
                    self.assertEqual(self.peer.query_seats(code).problem, problem)
        self.assertEqual(self.peer.refresh(elsewhere).status, 200)


if __name__ == "__main__":
    tap.main()

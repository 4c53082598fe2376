# SPDX-License-Identifier: GPL-3.0-or-later
"""The limit of unknown codes: whom it stops, whom not, and what service.conf says about it."""

import unittest
import uuid

from peer import Peer
from support import tap

UNKNOWN = "00000-00000-00000-00000"
LIMIT = 5


class LimitsTest(unittest.TestCase):
    def setUp(self):
        self.peer = Peer()
        self.addCleanup(self.peer.__exit__)

    def start(self, limit=LIMIT, forwarded=False):
        path = self.peer.directory / "service.conf"
        text = path.read_text()
        self.assertIn("WrongCodesPerMinute=60\n", text)
        self.assertIn("ForwardedFor=false\n", text)
        text = text.replace("WrongCodesPerMinute=60", f"WrongCodesPerMinute={limit}")
        path.write_text(text.replace("ForwardedFor=false", f"ForwardedFor={str(forwarded).lower()}"))
        self.peer.start()

    def guess(self, times, **headers):
        return [self.peer.request("POST", "/preflights", self.peer.ask(UNKNOWN), headers) for _ in range(times)]

    def test_guessing_ends_in_429(self):
        self.start()
        answers = self.guess(LIMIT + 1)
        self.assertEqual([answer.status for answer in answers], [404] * LIMIT + [429])
        last = answers[-1]
        self.assertEqual(last.headers["RateLimit-Policy"], f'"wrong-codes";q={LIMIT};w=60')
        self.assertRegex(last.headers["RateLimit"], r'^"wrong-codes";r=0;t=\d+$')
        self.assertTrue(0 < int(last.headers["Retry-After"]) <= 60)

    def test_a_429_is_not_kept(self):
        self.start()
        code, = self.peer.issue()
        body, key = self.peer.ask(code), str(uuid.uuid4())
        self.guess(LIMIT)
        self.assertEqual(self.peer.activate(body, key).status, 429)
        self.peer.child.stop()
        self.peer.start()
        self.assertEqual(self.peer.activate(body, key).status, 200)

    def test_only_unknown_codes_count(self):
        self.start()
        code, = self.peer.issue()
        typed_wrong = self.peer.ask("00000-00000-00000-00001")
        self.assertEqual(self.peer.activate(self.peer.ask(code)).status, 200)
        for why, body, problem in (("used up", self.peer.ask(code), "code-exhausted"),
                                   ("typed wrong", typed_wrong, "code-malformed")):
            with self.subTest(why):
                for _ in range(3 * LIMIT):
                    self.assertEqual(self.peer.activate(body).problem, problem)

    def test_what_needs_no_code_is_not_stopped(self):
        self.start()
        code, = self.peer.issue()
        held = self.peer.activate(self.peer.ask(code)).json
        self.guess(LIMIT)
        self.assertEqual(self.peer.refresh(held).status, 200)
        self.assertEqual(self.peer.release(held).status, 204)

    def test_zero_is_no_limit(self):
        self.start(limit=0)
        self.assertEqual({answer.status for answer in self.guess(100)}, {404})

    def test_behind_a_proxy_each_client_counts_alone(self):
        self.start(forwarded=True)
        mine = {"X-Forwarded-For": "198.51.100.7, 203.0.113.1"}
        self.assertEqual(self.guess(LIMIT + 1, **mine)[-1].status, 429)
        for why, header, status in (("another client", "203.0.113.2", 404),
                                    ("the first entry is the client's own claim", "198.51.100.7, 203.0.113.3", 404),
                                    ("the same client", "203.0.113.1", 429)):
            with self.subTest(why):
                self.assertEqual(self.guess(1, **{"X-Forwarded-For": header})[0].status, status)

    def test_without_a_proxy_the_header_is_a_claim(self):
        self.start()
        answers = [self.guess(1, **{"X-Forwarded-For": f"203.0.113.{i}"})[0].status for i in range(LIMIT + 1)]
        self.assertEqual(answers, [404] * LIMIT + [429])


if __name__ == "__main__":
    tap.main()

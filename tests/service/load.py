# SPDX-License-Identifier: GPL-3.0-or-later
"""Many at once, and the end of the process in the middle of it."""

import concurrent.futures
import contextlib
import http.client
import json
import signal
import socket
import sqlite3
import threading
import unittest
import uuid

from peer import Peer
from support import paths, tap


class LoadTest(unittest.TestCase):
    def setUp(self):
        self.peer = self.enterContext(Peer())

    def count(self, where="released = 0"):
        with sqlite3.connect(self.peer.store) as database:
            return database.execute(f"SELECT COUNT(*) FROM activations WHERE {where}").fetchone()[0]

    def test_a_thousand_devices_and_three_seats(self):
        code, = self.peer.issue("--devices", "3")
        local = threading.local()

        def activate(_):
            if not hasattr(local, "connection"):
                local.connection = self.peer.connect()
            return self.peer.activate(self.peer.ask(code), connection=local.connection)

        with concurrent.futures.ThreadPoolExecutor(64) as pool:
            answers = list(pool.map(activate, range(1000)))
        outcomes = [answer.status if answer.status == 200 else answer.problem for answer in answers]
        self.assertEqual((outcomes.count(200), outcomes.count("code-exhausted")), (3, 997))
        self.assertEqual(self.count(), 3)
        self.assertEqual(len({answer.json["activation"] for answer in answers if answer.status == 200}), 3)

    def test_sigkill_loses_no_answer(self):
        codes = self.peer.issue("--count", "400")
        acknowledged = []
        enough = threading.Event()

        def work(mine):
            connection = self.peer.connect()
            try:
                for code in mine:
                    body, key = self.peer.ask(code), str(uuid.uuid4())
                    answer = self.peer.activate(body, key, connection)
                    acknowledged.append((body, key, answer))
                    if len(acknowledged) >= 60:
                        enough.set()
            except (OSError, http.client.HTTPException):
                pass

        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            for start in range(16):
                pool.submit(work, codes[start::16])
            self.assertTrue(enough.wait(paths.LIMIT))
            self.peer.kill()
        self.peer.start()
        self.assertLess(len(acknowledged), len(codes), "the load was over before the kill")
        for body, key, before in acknowledged:
            self.assertEqual(before.status, 200)
            self.assertEqual(self.peer.activate(body, key).body, before.body)
            self.assertEqual(self.peer.refresh(before.json).status, 200)

    def test_sigterm_finishes_what_is_in_flight(self):
        codes = self.peer.issue("--count", "8")
        idle = socket.create_connection(("127.0.0.1", self.peer.port))
        bodies = [(self.peer.ask(code), str(uuid.uuid4())) for code in codes]
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            with self.peer.writer_held():
                calls = [self.put_in_flight(pool, *body) for body in bodies]
                self.peer.child.signal(signal.SIGTERM)
                self.wait_until_closed()
                self.assertFalse(any(call.done() for call in calls))
            answers = [call.result() for call in calls]
        self.assertEqual([answer.status for answer in answers], [200] * 8)
        self.assertEqual(self.peer.child.wait(), 0)
        idle.close()
        self.peer.start()
        for (body, key), answer in zip(bodies, answers):
            self.assertEqual(self.peer.activate(body, key).body, answer.body)

    def put_in_flight(self, pool, body, key):
        """Of two requests under one key, one is told that the other is in flight."""
        two = {pool.submit(self.peer.activate, body, key) for _ in range(2)}
        told, (call,) = concurrent.futures.wait(two, paths.LIMIT, concurrent.futures.FIRST_COMPLETED)
        self.assertEqual([answer.result().problem for answer in told], ["request-in-flight"])
        return call

    def wait_until_closed(self):
        """A connection that comes while the service closes its door is reset."""
        while True:
            try:
                with contextlib.suppress(ConnectionResetError):
                    socket.create_connection(("127.0.0.1", self.peer.port)).close()
            except ConnectionRefusedError:
                return

    def test_sigint_without_work_ends_at_once(self):
        self.peer.child.signal(signal.SIGINT)
        self.assertEqual(self.peer.child.wait(), 0)

    def test_clients_that_leave(self):
        """Connections that end while their answer is being made do no harm, and what was asked is done."""
        codes = self.peer.issue("--count", "20")
        with self.peer.writer_held():
            for code in codes:
                connection = self.peer.connect()
                body = self.peer.ask(code)
                connection.request("POST", "/v1/activations", json.dumps(body).encode(),
                                   {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())})
                connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                connection.close()
            self.assertEqual(self.peer.request("GET", "/health").status, 200)
        more, = self.peer.issue()
        self.assertEqual(self.peer.activate(self.peer.ask(more)).status, 200)
        self.assertEqual(self.peer.child.stop(), 0)


if __name__ == "__main__":
    tap.main()

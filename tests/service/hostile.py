# SPDX-License-Identifier: GPL-3.0-or-later
"""What no client of ours would send: each gets a problem or a closed connection, and the service stays up."""

import contextlib
import http.client
import json
import socket
import threading
import time
import unittest
import uuid
from pathlib import Path

from peer import Answer, Peer, token
from support import paths, tap

GOOD = {"code": "x", "nonce": token(), "device": token(), "device_name": "x"}


def good(**change):
    return json.dumps({**GOOD, **change}).encode()


# why, body, status
BODIES = [
    ("nested 30,000 deep", b"[" * 30000 + b"]" * 30000, 400),
    ("an object nested 9 deep", b'{"a":' * 9 + b"1" + b"}" * 9, 400),
    ("the same name twice", good()[:-1] + b', "code": "y"}', 400),
    ("the same name twice, once escaped", good()[:-1] + b', "c\\u006fde": "y"}', 400),
    ("invalid UTF-8", good().replace(b'"x"', b'"\xff\xfe"'), 400),
    ("a lone surrogate", good().replace(b'"x"', b'"\\ud800"'), 400),
    ("a comment, which json-glib accepts", b"/* */ " + good(), 400),
    ("two documents", good() + good(), 400),
    ("a NUL byte", good() + b"\0", 400),
    ("an escaped NUL", good(device_name="a\0b"), 400),
    ("empty", b"", 400),
    ("an array", b"[]", 400),
    ("a number out of range", good()[:-1] + b', "more": 1e999}', 400),
    ("a code of another type", good(code=7), 400),
    ("a code that is too long", good(code="A" * 65), 400),
    ("a device id that is too short", good(device="A" * 42), 400),
    ("a nonce with padding", good(nonce="A" * 42 + "="), 400),
    ("a device name that is too long", good(device_name="x" * 257), 400),
    ("no code at all, well formed", good(), 422),
    ("one byte more than 64 KiB", b" " * 65537, 413),
    ("64 KiB, but no JSON", b" " * 65536, 400),
]

PREFLIGHT = b"POST /v1/preflights HTTP/1.1\r\nHost: x\r\n"

# why, bytes on a new connection; whatever the answer is, the service must live
RAW = [
    ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
    ("half a header", b"POST /v1/activations HTTP/1.1\r\nHost: x\r\nContent-Le"),
    ("half a body", b"POST /v1/activations HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"),
    ("a negative length", PREFLIGHT + b"Content-Length: -1\r\n\r\n"),
    ("a length beyond 64 bits", PREFLIGHT + b"Content-Length: 99999999999999999999999\r\n\r\n"),
    ("a chunk that is no number", PREFLIGHT + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
    ("a path with NUL", b"GET /v1/activations/%00 HTTP/1.1\r\nHost: x\r\n\r\n"),
    ("a path that is no UTF-8",
     b"DELETE /v1/activations/%ff%fe HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n"),
    ("an endless path", b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"),
    ("no host", b"GET /v1/health HTTP/1.1\r\n\r\n"),
    ("a method of another kind", b"BREW /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"),
    ("a token with a line end", b"DELETE /v1/activations/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\n b\r\n\r\n"),
]


class HostileTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.peer = cls.enterClassContext(Peer(demo=True))

    def assert_alive(self):
        self.assertEqual(self.peer.request("GET", "/health").status, 200)

    def test_bodies(self):
        for path, headers in (("/preflights", {}), ("/activations", {"Idempotency-Key": str(uuid.uuid4())})):
            for why, body, status in BODIES:
                with self.subTest(f"{path}: {why}"):
                    answer = self.peer.request("POST", path, body, headers)
                    self.assertEqual(answer.status, status)
                    self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        self.assert_alive()

    def test_bodies_of_tickets(self):
        headers = {"Authorization": "Bearer " + token()}
        for why, body, status in BODIES:
            if status != 422:
                with self.subTest(why):
                    body = body if body[:1] != b"{" else body.replace(b'"code"', b'"nonce"')
                    answer = self.peer.request("POST", "/activations/x/tickets", body, headers)
                    self.assertIn(answer.status, (status, 404))
        self.assert_alive()

    def test_raw(self):
        for why, data in RAW:
            with self.subTest(why), socket.create_connection(("127.0.0.1", self.peer.port), paths.LIMIT) as peer:
                with contextlib.suppress(OSError):
                    peer.sendall(data)
                    peer.shutdown(socket.SHUT_WR)
                with contextlib.suppress(ConnectionResetError):
                    while peer.recv(65536):
                        pass
                self.assert_alive()

    def memory(self):
        status = Path(f"/proc/{self.peer.child.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])

    def test_an_endless_body_is_cut_off(self):
        before = self.memory()
        for how, head in (("chunked", b"Transfer-Encoding: chunked"), ("announced", b"Content-Length: 1000000000")):
            chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n" if how == "chunked" else b"x" * 0x10000
            with self.subTest(how), socket.create_connection(("127.0.0.1", self.peer.port), paths.LIMIT) as peer:
                peer.sendall(b"POST /v1/preflights HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + head
                             + b"\r\n\r\n")
                with self.assertRaises((BrokenPipeError, ConnectionResetError)):
                    for _ in range(4000):
                        peer.sendall(chunk)
        self.assert_alive()
        self.assertLess(self.memory() - before, 16 * 1024, "KiB more")

    def test_a_chunked_body_of_the_right_size_is_read(self):
        body = json.dumps(self.peer.ask(self.peer.codes["one-year"])).encode()
        connection = self.peer.connect()
        connection.request("POST", "/v1/preflights", (body[i:i + 10] for i in range(0, len(body), 10)),
                           {"Content-Type": "application/json; charset=utf-8"}, encode_chunked=True)
        self.assertEqual(Answer(connection.getresponse()).status, 200)
        connection.close()

    def test_after_413_the_connection_is_closed(self):
        connection = self.peer.connect()
        answer = self.peer.request("POST", "/preflights", b"x" * 70000, connection=connection)
        self.assertEqual((answer.status, answer.headers["Connection"]), (413, "close"))
        connection.close()

    def descriptors(self):
        return len(list(Path(f"/proc/{self.peer.child.pid}/fd").iterdir()))

    def wait_for_descriptors(self, most):
        deadline = time.monotonic() + paths.LIMIT
        while self.descriptors() > most and time.monotonic() < deadline:
            self.assert_alive()
        self.assertLessEqual(self.descriptors(), most)

    def test_connections_that_end_are_closed(self):
        """SoupServer of libsoup 3.2 keeps a connection that its client left between two requests."""
        before = self.descriptors()
        for _ in range(5):
            connections = [self.peer.connect() for _ in range(20)]
            for connection in connections:
                self.assertEqual(self.peer.request("GET", "/health", connection=connection).status, 200)
            for connection in connections:
                connection.close()
            self.assert_alive()
        self.wait_for_descriptors(before + 2)

    def test_clients_that_leave_the_moment_they_have_their_answer(self):
        """The end of a connection can be there for SoupServer a moment before it can be seen that it is the end."""
        def ask_and_leave():
            for _ in range(2500):
                with socket.create_connection(("127.0.0.1", self.peer.port), paths.LIMIT) as peer:
                    peer.sendall(b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n")
                    answer = peer.recv(65536)
                if not answer:
                    return

        before = self.descriptors()
        clients = [threading.Thread(target=ask_and_leave) for _ in range(4)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        self.assert_alive()
        self.wait_for_descriptors(before + 2)

    def test_half_requests_on_a_used_connection(self):
        """What came of the next request when its client leaves keeps no connection either."""
        one = b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
        before = self.descriptors()
        for half in (b"G", b"\r\n", one[:-2], one + b"GET", b"POST /v1/preflights HTTP/1.1\r\nContent-Length: 50\r\n\r\n{"):
            for _ in range(20):
                with socket.create_connection(("127.0.0.1", self.peer.port), paths.LIMIT) as peer:
                    peer.sendall(one)
                    self.assertIn(b"200", peer.recv(65536))
                    peer.sendall(half)
            self.wait_for_descriptors(before + 2)

    def test_pipelined_requests_each_get_an_answer(self):
        one = b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.peer.port), paths.LIMIT) as peer:
            peer.sendall(one * 3)
            stream = peer.makefile("rb")
            for _ in range(3):
                self.assertIn(b"200", stream.readline())
                headers = http.client.parse_headers(stream)
                stream.read(int(headers["Content-Length"]))


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""A real prolong-service in a folder of its own, and a plain HTTP client for it."""

import base64
import contextlib
import fcntl
import http.client
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import uuid
from pathlib import Path

from support import paths
from support.process import Child

READY = r"^Ready on http://127\.0\.0\.1:(\d+)/v1$"
JSON = "application/json"
PRODUCT = "internet-security"


def token():
    """43 characters of base64url, as device ids and nonces are."""
    return base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()


def claims(ticket):
    """The payload of a compact JWS, not verified."""
    body = ticket.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def problem(self):
        return self.json["type"].removeprefix("urn:prolong:problem:")

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


class Peer:
    """demo: the codes of a demo VENDOR; else a vendor `acme` with PRODUCT, set up by `init`."""

    def __init__(self, demo=False, vendor="demo"):
        self.home = Path(tempfile.mkdtemp(prefix="prolong-service-"))
        self.directory = self.home / "service"
        self.log = self.home / "log"
        self.demo = demo
        self.vendor = vendor
        self.codes = {}
        self.child = None
        if not demo:
            self.run("init", "--vendor", "acme", "--name", "Acme", "--url", "https://acme.example/v1",
                     "--product", f"{PRODUCT}=Internet Security", "--product", "password-safe=Password Safe")

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.child and self.child.returncode is None:
            self.child.stop()
        shutil.rmtree(self.home)

    # The process

    def start(self):
        argv = [paths.SERVICE, "serve", "--directory", self.directory]
        argv += ["--demo", "--vendor", self.vendor, "--port", "0"] if self.demo else ["--listen", "127.0.0.1:0"]
        self.child = Child(argv, {**os.environ}, self.log)
        self.port = int(self.child.wait_for_line(READY).group(1))
        for line in self.child.lines:
            fields = line.split("\t")
            if len(fields) == 3:
                self.codes[fields[0]] = fields[1]

    def kill(self):
        self.child.signal(signal.SIGKILL)
        self.child.wait()

    def run(self, *words, given=None, check=0):
        """Runs an administrative command; returns its output."""
        verb = [str(word) for word in words[:2] if not str(word).startswith("-")]
        argv = [paths.SERVICE, *verb, "--directory", self.directory, *words[len(verb):]]
        done = subprocess.run([str(word) for word in argv], input=given, capture_output=True, text=True, timeout=60)
        with open(self.log, "a") as log:
            log.write(done.stderr)
        if done.returncode != check:
            raise AssertionError(f"{argv} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def issue(self, *words):
        return self.run("codes", "issue", "--product", PRODUCT, *words).split()

    def subscribe(self, *words):
        """A new subscription of the vendor itself, unless the WORDS say otherwise: its number and its code."""
        return self.run("subscriptions", "create", "--product", PRODUCT, *words).split()

    def support(self, body, key=None):
        return self.request("POST", "/support-requests", body, {"Idempotency-Key": key or str(uuid.uuid4())})

    def show(self, code):
        """What `codes show` tells, by name."""
        return dict(line.split("\t") for line in self.run("codes", "show", given=code).splitlines())

    def change(self, code, **columns):
        """Changes what the store knows of a code: the past, for example, that a test cannot wait for."""
        with sqlite3.connect(self.store) as database:
            for column, value in columns.items():
                database.execute(f"UPDATE codes SET {column} = ? WHERE number = ?", (value, self.show(code)["number"]))
        database.close()

    def switch_off(self, code):
        """Ends the auto-renewal of a subscription, as its provider does."""
        with sqlite3.connect(self.store) as database:
            database.execute("UPDATE subscriptions SET off_since = 1 WHERE code_id ="
                             " (SELECT id FROM codes WHERE number = ?)", (self.show(code)["number"],))
        database.close()

    @property
    def store(self):
        return self.directory / "store.db"

    @contextlib.contextmanager
    def writer_held(self):
        """Keeps the service from writing, as `codes issue` in another process does: answers stay in flight."""
        with open(str(self.store) + ".lock", "r+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    # Requests

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=paths.LIMIT)

    def request(self, method, path, body=None, headers=None, connection=None):
        """body: an object becomes JSON; bytes are sent as they are."""
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            headers.setdefault("Content-Type", JSON)
        own = connection or self.connect()
        try:
            own.request(method, "/v1" + path, body, headers)
            return Answer(own.getresponse())
        finally:
            if not connection:
                own.close()

    @staticmethod
    def ask(code, device=None, **more):
        """The body of an activation or a preflight."""
        body = {"code": code, "nonce": token(), "device": device or token(), "device_name": "Desk", "product": PRODUCT,
                "product_version": "21.3", **more}
        return {name: value for name, value in body.items() if value is not None}

    def activate(self, body, key=None, connection=None):
        return self.request("POST", "/activations", body, {"Idempotency-Key": key or str(uuid.uuid4())}, connection)

    def preflight(self, body):
        return self.request("POST", "/preflights", body)

    def refresh(self, activation, key=None, body=None, token_text=None):
        headers = {"Authorization": "Bearer " + (token_text or activation["seat_token"])}
        if key:
            headers["Idempotency-Key"] = key
        return self.request("POST", f"/activations/{activation['activation']}/tickets",
                            body or {"nonce": token(), "device_name": "Desk"}, headers)

    def set_auto_renewal(self, activation, on, key=None, body=None, token_text=None):
        headers = {"Authorization": "Bearer " + (token_text or activation["seat_token"])}
        if key:
            headers["Idempotency-Key"] = key
        return self.request("PUT", f"/activations/{activation['activation']}/auto-renewal",
                            body or {"on": on, "nonce": token(), "device_name": "Desk"}, headers)

    def query_seats(self, code, device=None):
        return self.request("POST", "/seats/query", {"code": code, "device": device or token()})

    def release_seat(self, code, seat, device=None, key=None):
        return self.request("POST", "/seats/release", {"code": code, "device": device or token(), "seat": seat},
                            {"Idempotency-Key": key} if key else None)

    def release(self, activation):
        return self.request("DELETE", f"/activations/{activation['activation']}",
                            headers={"Authorization": "Bearer " + activation["seat_token"]})

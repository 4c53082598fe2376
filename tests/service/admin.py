# SPDX-License-Identifier: GPL-3.0-or-later
"""init, codes, keys, the files they make, and that no secret is where it should not be."""

import base64
import concurrent.futures
import configparser
import json
import os
import re
import sqlite3
import stat
import subprocess
import unittest
import uuid
from pathlib import Path

from peer import Peer, claims
from support import paths, tap

CODE = r"[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}"


def header(ticket):
    head = ticket.split(".")[0]
    return json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))


class AdminTest(unittest.TestCase):
    def setUp(self):
        self.peer = Peer()
        self.addCleanup(self.peer.__exit__)

    def profile(self):
        file = configparser.ConfigParser(interpolation=None)
        file.optionxform = str
        file.read(self.peer.directory / "acme.conf", encoding="utf-8")
        return file

    def test_init(self):
        profile = self.profile()
        self.assertEqual(dict(profile["Vendor"]), {"Id": "acme", "Name": "Acme", "Service": "https://acme.example/v1"})
        self.assertEqual(list(profile["Keys"]), ["acme-1"])
        self.assertEqual(profile["Product password-safe"]["Name"], "Password Safe")
        self.assertEqual(stat.S_IMODE(self.peer.directory.stat().st_mode), 0o700)
        for path in self.peer.directory.rglob("*"):
            with self.subTest(path.name):
                wanted = 0o700 if path.is_dir() else 0o644 if path.name == "acme.conf" else 0o600
                self.assertEqual(stat.S_IMODE(path.stat().st_mode), wanted)

    def test_init_refuses(self):
        again = ["init", "--vendor", "acme", "--name", "x", "--url", "https://x.example/v1"]
        self.peer.run(*again, check=1)
        self.peer.directory = self.peer.home / "other"
        for why, words, status in (("no URL", ["--vendor", "a", "--name", "x"], 2),
                                   ("a vendor id with a path in it",
                                    ["--vendor", "../a", "--name", "x", "--url", "https://x.example/v1"], 1),
                                   ("codes over plain HTTP", ["--vendor", "a", "--name", "x", "--url",
                                                              "http://x.example/v1"], 1)):
            with self.subTest(why):
                self.peer.run("init", *words, check=status)
                self.assertFalse((self.peer.directory / "service.conf").exists())

    def test_usage(self):
        for why, words, status, said in (
                ("help", ["--help"], 0, "codes"), ("version", ["--version"], 0, "prolong-service "),
                ("help of a command", ["serve", "--help"], 0, "--demo"),
                ("help of codes", ["codes", "--help"], 0, "--min-version"),
                ("no command", [], 2, ""), ("an unknown one", ["sing"], 2, ""), ("a stray word", ["serve", "x"], 2, ""),
                ("an unknown option", ["serve", "--x"], 2, ""), ("no directory", ["serve"], 2, ""),
                ("codes alone", ["codes"], 2, ""), ("keys alone", ["keys"], 2, ""),
                ("no port", ["serve", "--demo", "--port", "70000"], 2, "")):
            with self.subTest(why):
                done = subprocess.run([paths.SERVICE, *words], capture_output=True, text=True)
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertIn(said, done.stdout)
                self.assertEqual(bool(done.stderr), status == 2 and bool(words))

    def test_issue_refuses(self):
        for why, words in (("a product that the profile does not have", ["--product", "x"]),
                           ("no product", []),
                           ("a term of nothing", ["--product", "internet-security", "--term", "0d"]),
                           ("a term of words", ["--product", "internet-security", "--term", "1 year"]),
                           ("no such kind", ["--product", "internet-security", "--kind", "free"]),
                           ("no devices", ["--product", "internet-security", "--devices", "0"]),
                           ("a shorter term of what is no renewal", ["--product", "internet-security", "--shorter-term",
                                                                     "180d"]),
                           ("a shorter term that is not shorter", ["--product", "internet-security", "--renewal",
                                                                   "--shorter-term", "365d"]),
                           ("a shorter term of words", ["--product", "internet-security", "--renewal",
                                                        "--shorter-term", "half"]),
                           ("no date", ["--product", "internet-security", "--sell-by", "31.12.2027"])):
            with self.subTest(why):
                self.assertEqual(self.peer.run("codes", "issue", *words, check=2), "")

    def test_issue_and_show(self):
        codes = self.peer.issue("--count", "2500", "--term", "90m", "--devices", "3", "--min-version", "2")
        self.assertEqual(len(set(codes)), 2500)
        for code in codes:
            self.assertRegex(code, f"^{CODE}$")
        shown = self.peer.run("codes", "show", given=f"my code is {codes[7].lower()} !")
        self.assertIsNone(re.search(CODE, shown))
        state = dict(line.split("\t") for line in shown.splitlines())
        self.assertEqual((state["term"], state["devices"], state["blocked"], state["versions"], state["expires"]),
                         ("5400", "0 of 3", "no", "2 to any", "-"))
        renewal, = self.peer.issue("--renewal", "--shorter-term", "180d")
        state = self.peer.show(renewal)
        self.assertEqual((state["renewal"], state["shorter-term"], state["shortened"]), ("yes", "15552000", "no"))
        for why, given in (("unknown", "00000-00000-00000-00000"), ("no code", "hello"), ("nothing", "")):
            with self.subTest(why):
                self.assertEqual(self.peer.run("codes", "show", given=given, check=1), "")

    def test_issue_while_it_serves(self):
        self.peer.start()
        codes = self.peer.issue("--count", "100")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            issued = pool.submit(self.peer.issue, "--count", "5000")
            answers = list(pool.map(lambda code: self.peer.activate(self.peer.ask(code)).status, codes))
            self.assertEqual(answers, [200] * 100)
            self.assertEqual(self.peer.activate(self.peer.ask(issued.result()[-1])).status, 200)

    def test_rotate(self):
        self.peer.start()
        code, = self.peer.issue()
        held = self.peer.activate(self.peer.ask(code)).json
        self.assertIn("acme-2", self.peer.run("keys", "rotate"))
        keys = self.profile()["Keys"]
        self.assertEqual(list(keys), ["acme-1", "acme-2"])
        self.assertNotEqual(keys["acme-1"], keys["acme-2"])
        self.assertEqual(header(self.peer.refresh(held).json["ticket"])["kid"], "acme-1", "signs until the next start")
        self.peer.child.stop()
        self.peer.start()
        self.assertEqual(header(self.peer.refresh(held).json["ticket"])["kid"], "acme-2")
        self.assertEqual(stat.S_IMODE((self.peer.directory / "keys/sign-acme-2.key").stat().st_mode), 0o600)

    def test_keys_must_be_private_and_pinned(self):
        key = self.peer.directory / "keys/sign-acme-1.key"
        serve = ["serve", "--listen", "127.0.0.1:0"]
        key.chmod(0o640)
        self.peer.run(*serve, check=1)
        key.chmod(0o600)
        key.write_text("A" * 43 + "\n")
        self.peer.run(*serve, check=1)
        key.unlink()
        self.peer.run(*serve, check=1)

    def forms(self, secret):
        bare = secret.replace("-", "")
        for text in (secret, secret.lower(), bare, bare.lower()):
            yield text.encode()
            yield base64.b64encode(text.encode()).rstrip(b"=")[:-1]

    def test_no_secret_is_left_anywhere(self):
        self.peer.start()
        codes = self.peer.issue("--count", "4", "--devices", "2")
        renewal, = self.peer.issue("--renewal")
        unknown = "00000-00000-00000-00000"
        held = [self.peer.activate(self.peer.ask(code)).json for code in codes]
        self.peer.preflight(self.peer.ask(codes[0]))
        self.peer.activate(self.peer.ask(unknown))
        self.peer.activate({**self.peer.ask(codes[1]), "product": "password-safe"})
        self.peer.refresh(held[0], str(uuid.uuid4()))
        self.peer.preflight(self.peer.ask(renewal, previous_code=unknown))
        self.peer.activate(self.peer.ask(renewal, previous_code=unknown))
        self.assertEqual(self.peer.activate(self.peer.ask(renewal, previous_code=codes[3])).status, 200)
        self.peer.query_seats(codes[0])
        self.peer.release_seat(codes[1], held[1]["activation"], key=str(uuid.uuid4()))
        self.peer.run("codes", "block", given=codes[2])
        self.peer.run("codes", "show", given=codes[2])
        process = Path(f"/proc/{self.peer.child.pid}")
        places = {"environ": (process / "environ").read_bytes(), "cmdline": (process / "cmdline").read_bytes()}
        # The signing key is in its file as base64url; the code and token forms below are not what keys look like.
        places.update((str(path), path.read_bytes()) for path in self.peer.home.rglob("*") if path.is_file())
        self.assertIn(str(self.peer.store) + "-wal", places)
        self.peer.child.stop()
        places["store after the stop"] = self.peer.store.read_bytes()
        for secret in codes + [renewal, unknown] + [seat["seat_token"] for seat in held]:
            for form in self.forms(secret):
                for place, data in places.items():
                    self.assertNotIn(form, data, place)

    def test_old_schema(self):
        """A store of an older schema, with what was in it, goes on."""
        for version in (1, 2, 3, 4, 5):
            with self.subTest(version), Peer() as self.peer:
                self.old_schema(version)

    def old_schema(self, version):
        code, = self.peer.issue()
        renewal, = self.peer.issue("--renewal")
        subscriptions = self.peer.issue("--kind", "subscription", "--count", "2")
        self.peer.switch_off(subscriptions[1])
        body, key = self.peer.ask(code), str(uuid.uuid4())
        first = self.peer.activate(body, key)
        self.peer.child.stop()
        fresh = self.peer.home / "fresh.db"
        os.rename(self.peer.store, fresh)
        self.make_old(version, fresh)
        self.peer.start()
        self.assertEqual(self.peer.activate(body, key).body, first.body)
        self.assertEqual(self.peer.refresh(first.json).status, 200)
        if version > 1:
            tickets = [claims(self.peer.activate(self.peer.ask(code)).json["ticket"]) for code in subscriptions]
            self.assertEqual([ticket["license"]["subscription"] for ticket in tickets],
                             [{"auto_renewal": True}, {"auto_renewal": False}])
        refused = self.peer.activate(self.peer.ask(renewal, accept_shorter_term=True))
        self.assertEqual((refused.problem, "shorter_term" in refused.json), ("previous-license-required", False))
        shorter, = self.peer.issue("--renewal", "--shorter-term", "1d")
        ticket = self.peer.activate(self.peer.ask(shorter, accept_shorter_term=True)).json["ticket"]
        self.assertEqual(claims(ticket)["license"]["expires"] - claims(ticket)["license"]["starts"], 86400)
        self.peer.child.stop()
        self.assertEqual(self.schema_of(self.peer.store), self.schema_of(fresh))

    def make_old(self, version, fresh):
        """Makes the store anew with the schema of VERSION, and fills it with what that had of FRESH."""
        with sqlite3.connect(self.peer.store) as old:
            old.executescript((Path(__file__).parent / f"schema-{version}.sql").read_text())
            old.execute("ATTACH ? AS fresh", [str(fresh)])
            for table, in old.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name <> 'meta'").fetchall():
                names = ", ".join(row[1] for row in old.execute(f"PRAGMA main.table_info({table})"))
                values = names.replace("auto_renewal", "off_since = 0")
                old.execute(f"INSERT INTO main.{table} ({names}) SELECT {values} FROM fresh.{table}")
        old.close()

    def schema_of(self, path):
        with sqlite3.connect(path) as database:
            return {row for row in database.execute("SELECT type, name, sql FROM sqlite_master")}

    def test_demo_directory(self):
        """The codes of a demo that is kept can be blocked and shown as those of any service."""
        with Peer(demo=True) as demo:
            held = demo.activate(demo.ask(demo.codes["blocked-later"])).json
            self.assertIn("is blocked", demo.run("codes", "block", given=demo.codes["blocked-later"]))
            self.assertEqual(claims(demo.refresh(held).json["ticket"])["license"]["status"], "blocked")
            before = dict(demo.codes)
            demo.child.stop()
            demo.start()
            self.assertEqual(demo.codes, before)
            self.assertEqual(demo.show(demo.codes["blocked-later"])["blocked"], "yes")
            self.assertEqual(demo.show(demo.codes["used-before"])["devices"], "1 of 2")

    def test_demo_leaves_a_service_alone(self):
        config = (self.peer.directory / "service.conf").read_bytes()
        self.peer.run("serve", "--demo", "--port", "0", check=1)
        self.assertEqual((self.peer.directory / "service.conf").read_bytes(), config)

    def test_newer_schema_is_left_alone(self):
        with sqlite3.connect(self.peer.store) as database:
            database.execute("UPDATE meta SET value = 99")
        database.close()
        self.peer.run("serve", "--listen", "127.0.0.1:0", check=1)


if __name__ == "__main__":
    tap.main()

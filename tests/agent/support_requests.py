# SPDX-License-Identifier: GPL-3.0-or-later
"""A request to a vendor's support, from the words to the reference, with the real service; and the agent killed on the way."""

import json
import re
import stat
import subprocess
import unittest

from fault_matrix import KILLABLE

from notices import DAY, HOUR, World

from support import paths, tap
from support.agent import Agent, Problem
from support.proxy import Proxy, answer, drop
from support.service import Service
from support.session import Session

WORDS = {"topic": "auto-renewal", "name": "Marijke Kanarievogel", "email": "marijke@kanarie.example",
         "message": "It does not work.\nPlease help.", "order_number": "A221234065", "purchase_date": "2026-10-01",
         "license_number": "4821-003918-55120734", "language": "nl", "product": "internet-security"}
PRIVATE = ("Kanarievogel", "kanarie.example", "does not work", "A221234065", "4821-003918-55120734")


class Case(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())
        self.service = self.enterContext(Service(self.session, directory=True))
        self.middle = self.enterContext(Proxy(self.service))
        self.service.install_profile(url=self.middle.url)
        self.agent = self.enterContext(Agent(self.session, program=KILLABLE, env={"PROLONG_TEST_CHANCE": "0"}))

    def sent(self):
        return [e for e in self.middle.requests if e.path.endswith("/support-requests")]

    def keys(self):
        return {e.request_headers["Idempotency-Key"] for e in self.sent()}

    def files(self):
        return [path for path in (self.session.home / "state/prolong").glob("*.support")]

    def received(self):
        """The references that the vendor has."""
        done = subprocess.run([paths.SERVICE, "support", "list", "--directory", str(self.service.directory)],
                              env=self.session.env, capture_output=True, text=True, check=True)
        return re.findall(r"SR-\S+", done.stdout)

    def assert_nothing_kept(self):
        for word in PRIVATE:
            self.assertEqual(self.session.find_bytes(word, self.session.home / "state"), [], word)


class Sending(Case):
    def test_sent(self):
        name = self.agent.write_to_support(**WORDS)
        request = self.agent.wait_for_support(id=name, state="sent", topic="auto-renewal", vendor="demo", problem="",
                                              codes_hidden=0, retry_at=0)
        self.assertEqual(self.received(), [request["reference"]])
        self.assertEqual({name: value for name, value in json.loads(self.sent()[0].request_body).items()}, WORDS)
        self.assertEqual(stat.S_IMODE(self.files()[0].stat().st_mode), 0o600)
        self.assert_nothing_kept()
        self.agent.restart()
        self.assertEqual(self.agent.support_requests(), [request])

    def test_refused(self):
        """What the vendor refuses is told to who waits, and nothing of it is kept."""
        refusal = json.dumps({"type": "urn:prolong:problem:email-malformed", "title": "x", "status": 422})
        self.middle.on("POST", "/support-requests$", answer(422, body=refusal, content_type="application/problem+json"))
        with self.assertRaises(Problem) as caught:
            self.agent.write_to_support(**WORDS)
        self.assertEqual(caught.exception.problem, "email-malformed")
        self.assertEqual((self.agent.support_requests(), self.files()), ([], []))

    def test_no_request(self):
        for changes, why in (({"topic": ""}, "no topic"), ({"topic": "not a token"}, "none that can be"),
                             ({"name": ""}, "no name"), ({"message": " \n"}, "no message"),
                             ({"message": "x" * 9000}, "a message that is too long"),
                             ({"purchase_date": "yesterday"}, "no date"), ({"diagnosis": "x" * 33000}, "too much of it")):
            with self.subTest(why), self.assertRaises(Problem) as caught:
                self.agent.write_to_support(**{**WORDS, **changes})
            self.assertIn("InvalidArgs", caught.exception.remote)
        self.assertEqual((self.agent.support_requests(), self.files(), self.sent()), ([], [], []))

    def test_offline(self):
        """Kept over a restart and a kill, and sent when the vendor is back; then nothing of the person is left."""
        self.service.stop()
        self.middle.refuse()
        name = self.agent.write_to_support(**WORDS)
        self.agent.wait_for_support(id=name, state="waiting", problem="service-unavailable", reference="")
        self.assertEqual(stat.S_IMODE(self.files()[0].stat().st_mode), 0o600)
        self.assertNotIn("Kanarievogel", repr(self.agent.properties()))
        self.agent.restart()
        self.agent.wait_for_support(id=name, state="waiting")
        self.agent.kill()
        self.agent.start()
        self.service.restart()
        self.middle.accept()
        self.agent.attach()
        request = self.agent.wait_for_support(id=name, state="sent", problem="", limit=30)
        self.assertEqual(self.received(), [request["reference"]])
        self.assert_nothing_kept()

    def test_same_again(self):
        """Who presses twice has asked once."""
        self.middle.next(drop)
        first = self.agent.write_to_support(**WORDS)
        self.assertEqual(self.agent.write_to_support(**WORDS), first)
        self.agent.wait_for_support(state="sent")
        self.assertEqual((len(self.received()), len(self.keys()), len(self.sent())), (1, 1, 2))
        self.assertNotEqual(self.agent.write_to_support(**WORDS), first, "what is sent is sent: another one is another")

    def test_storage_full(self):
        """What is on the disk already needs no more room to be sent again; after a restart it is still the same one."""
        self.middle.next(drop)
        name = self.agent.write_to_support(**WORDS)
        self.agent.wait_for_support(id=name, state="waiting")
        path, = self.files()
        aside = path.rename(self.session.home / "aside")
        path.mkdir()
        self.assertEqual(self.agent.write_to_support(**WORDS), name)
        reference = self.agent.wait_for_support(id=name, state="sent")["reference"]
        path.rmdir()
        aside.rename(path)
        self.agent.restart()
        self.agent.attach()
        self.agent.wait_for_support(id=name, state="sent", reference=reference, limit=30)
        self.assertEqual((self.received(), len(self.keys())), ([reference], 1))
        self.assert_nothing_kept()

    def test_busy(self):
        """A vendor who wants to be left alone is."""
        self.middle.next(answer(429, {"Retry-After": "3600"}))
        self.agent.write_to_support(**WORDS)
        request = self.agent.wait_for_support(state="waiting")
        self.agent.attach()
        self.assertEqual(self.agent.support_requests(), [request])
        self.assertGreaterEqual(request["retry_at"] - request["created_at"], 3590)

    def test_refused_later(self):
        """Nobody is there to be told: the row tells it, and the words are gone."""
        self.middle.next(answer(503))
        name = self.agent.write_to_support(**WORDS)
        refusal = json.dumps({"type": "urn:prolong:problem:email-malformed", "title": "x", "status": 422})
        self.middle.on("POST", "/support-requests$", answer(422, body=refusal, content_type="application/problem+json"))
        self.agent.attach()
        self.agent.wait_for_support(id=name, state="refused", problem="email-malformed", limit=30)
        self.session.wait_for_files(self.session.home / "state/prolong",
                                    lambda: not self.session.find_bytes("Kanarievogel", self.session.home / "state"))
        self.assert_nothing_kept()

    def test_forget(self):
        """What is not sent is not sent any more; an answer that was on its way brings nothing back."""
        self.middle.next(answer(503))
        name = self.agent.write_to_support(**WORDS)
        self.agent.manager("ForgetSupportRequest", "(s)", name)
        self.assertEqual((self.agent.support_requests(), self.files()), ([], []))
        self.agent.attach()
        self.assertEqual(len(self.sent()), 1)
        with self.assertRaises(Problem):
            self.agent.manager("ForgetSupportRequest", "(s)", name)


# (where the agent is killed, what that is, how many requests went out before)
POINTS = (
    ("support-wished", "before the words are written", 0),
    ("support-sending", "before they are sent", 0),
    ("support-answered", "after the vendor took them", 1),
    ("support-placed", "after that is written", 1),
)


class Killed(Case):
    """Ended at any point, the request arrives once, or the caller was never answered and nothing is left."""


def killed_at(point, written):
    def test(self):
        self.agent.stop()
        self.agent.start(env={"PROLONG_TEST_END_AT": point})
        with self.assertRaises(Exception):
            self.agent.write_to_support(**WORDS)
        self.agent.wait_for_end()
        self.agent.start()
        if point == "support-wished":
            self.assertEqual((self.agent.support_requests(), self.files(), self.received()), ([], [], []))
            return
        request = self.agent.wait_for_support(state="sent", limit=30)
        self.assertEqual(self.received(), [request["reference"]])
        self.assertEqual(len(self.keys()), 1)
        self.assert_nothing_kept()

    return test


for number, (point, why, _sent) in enumerate(POINTS):
    setattr(Killed, f"test_{number}_{point.replace('-', '_')}", killed_at(point, why))


class Month(unittest.TestCase):
    """The reference stays for thirty days."""

    def test_reference(self):
        world = World(self)
        world.agent.start()
        world.activate(term="300d")
        world.agent.write_to_support(**WORDS)
        world.agent.wait_for_support(state="sent")
        world.go_to(29 * DAY)
        self.assertEqual(len(world.agent.support_requests()), 1)
        world.agent.restart()
        world.go_to(30 * DAY + HOUR)
        world.agent.wait_for(lambda: not world.agent.support_requests())
        folder = world.session.home / "state/prolong"
        world.session.wait_for_files(folder, lambda: not list(folder.glob("*.support")))


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""A network and a service that misbehave in every way: the held license is unchanged, the reason and the next step are told."""

import json
import unittest

from support import tap
from support.agent import Agent, Problem
from support.proxy import Proxy, answer, cut, drop, replace
from support.service import Service
from support.session import Session

PRODUCT = "internet-security"
DEEP = b"[" * 100_000


def other_key(body):
    """The same answer, signed by somebody else: one character of the signature is another."""
    document = json.loads(body)
    head, payload, signature = document["ticket"].split(".")
    document["ticket"] = ".".join((head, payload, ("A" if signature[0] != "A" else "B") + signature[1:]))
    return json.dumps(document).encode()


# (name, what goes wrong, the problem told, whether the service acted)
FAULTS = (
    ("reply_lost", drop, "service-unavailable"),
    ("reply_cut", cut, "service-unavailable"),
    ("status_500", answer(500), "service-unavailable"),
    ("status_503_html", answer(503, body="<html>Down for maintenance</html>"), "service-unavailable"),
    ("status_429", answer(429, {"Retry-After": "3600"}), "service-unavailable"),
    ("rate_limited", answer(429, {"Retry-After": "3600"}, '{"type":"urn:prolong:problem:rate-limited","status":429}',
                            "application/problem+json"), "rate-limited"),
    ("redirect", answer(302, {"Location": "https://elsewhere.example/"}), "service-unavailable"),
    ("portal_page", answer(200, body="<html>Sign in to the hotel's network</html>"), "service-unavailable"),
    ("unknown_problem", answer(404, {}, '{"type":"urn:prolong:problem:gremlins"}', "application/problem+json"),
     "service-unavailable"),
    ("deep_json", replace(DEEP), "service-unavailable"),
    ("not_json", replace(b"\x00\xff"), "service-unavailable"),
    ("empty", replace(b""), "service-unavailable"),
    ("too_large", replace(b'{"a":"' + b"x" * 70_000 + b'"}'), "service-unavailable"),
    ("other_key", replace(other_key), "service-untrusted"),
)


class Base(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())
        self.service = self.enterContext(Service(self.session))
        self.proxy = self.enterContext(Proxy(self.service))
        self.service.install_profile(url=self.proxy.url)
        self.agent = self.enterContext(Agent(self.session))

    def system_time(self):
        return int(self.session.run(["date", "+%s"]).stdout)


class WhileActivating(Base):
    """An activation that meets a fault waits, says why and until when, and then comes to its end with one seat."""

    def run_fault(self, fault, problem):
        self.proxy.next(fault)
        path = self.agent.add_code(self.service.codes["three-devices"], product=PRODUCT)
        waiting = self.agent.wait_for_step(path, "waiting")
        self.assertEqual(waiting["Error"], problem)
        self.assertGreater(waiting["RetryAt"], self.system_time(), "the next attempt comes by itself")
        self.assertFalse(waiting["Cancellable"], "the service may know of it")
        self.assertEqual(self.agent.licenses(), [])
        self.agent.on_operation(path, "Retry")
        self.agent.wait_for_step(path, "done")
        self.agent.on_license(self.agent.licenses()[0]["path"], "Refresh")
        self.assertEqual(self.agent.licenses()[0]["DevicesUsed"], 1)
        sent = [e for e in self.proxy.requests if e.path.endswith("/activations")]
        self.assertEqual(len({e.request_body for e in sent}), 1, "every attempt sent the same bytes")

    def test_connection_refused(self):
        self.proxy.refuse()
        path = self.agent.add_code(self.service.codes["one-year"], product=PRODUCT)
        waiting = self.agent.wait_for_step(path, "waiting")
        self.assertEqual(waiting["Error"], "service-unavailable")
        self.assertTrue(waiting["Cancellable"], "nothing was sent")
        self.agent.on_operation(path, "Cancel")
        self.agent.wait_for_step(path, "cancelled")
        self.session.wait_for_keyring(lambda: self.session.keyring_items() == [])
        state = self.session.home / "state/prolong"
        self.session.wait_for_files(state, lambda: list(state.iterdir()) == [])

    def test_cancel_after_sending_is_refused(self):
        self.proxy.next(drop)
        path = self.agent.add_code(self.service.codes["one-year"], product=PRODUCT)
        self.agent.wait_for_step(path, "waiting")
        with self.assertRaises(Problem) as caught:
            self.agent.on_operation(path, "Cancel")
        self.assertEqual(caught.exception.problem, "request-in-flight")

    def test_refused_after_a_lost_reply_is_not_cancellable(self):
        """What may have left this machine once stays so, however many later attempts do not."""
        self.proxy.next(drop)
        path = self.agent.add_code(self.service.codes["one-year"], product=PRODUCT)
        self.agent.wait_for_step(path, "waiting")
        self.proxy.refuse()
        self.agent.on_operation(path, "Retry")
        self.agent.wait_for(lambda: not self.agent.operation(path)["Cancellable"]
                            and self.agent.operation(path)["Step"] == "waiting")
        self.proxy.accept()
        self.agent.on_operation(path, "Retry")
        self.agent.wait_for_step(path, "done")

    def test_retry_after_is_obeyed_over_a_restart(self):
        self.proxy.next(answer(429, {"Retry-After": "7200"}))
        path = self.agent.add_code(self.service.codes["one-year"], product=PRODUCT)
        waiting = self.agent.wait_for_step(path, "waiting")
        self.assertGreaterEqual(waiting["RetryAt"], self.system_time() + 7100)
        self.agent.restart()
        again = self.agent.wait_for_step(path, "waiting")
        self.assertEqual((again["RetryAt"], again["Id"]), (waiting["RetryAt"], waiting["Id"]))
        self.assertEqual(self.proxy.count("POST", "/activations$"), 1)

    def test_storage_full(self):
        """The ticket cannot be saved: nothing is lost, and the same request brings the same ticket later."""
        state = self.session.home / "state/prolong"
        self.agent.register_product("demo", PRODUCT, "21.4")
        (state / f"demo.{PRODUCT}.license").mkdir()
        path = self.agent.add_code(self.service.codes["three-devices"], product=PRODUCT)
        self.assertEqual(self.agent.wait_for_step(path, "waiting")["Error"], "storage-full")
        self.assertEqual(len(self.session.keyring_items()), 1, "the code stays until the ticket is durable")
        (state / f"demo.{PRODUCT}.license").rmdir()
        self.agent.on_operation(path, "Retry")
        self.agent.wait_for_step(path, "done")
        self.agent.on_license(self.agent.licenses()[0]["path"], "Refresh")
        self.assertEqual(self.agent.licenses()[0]["DevicesUsed"], 1)

    def test_storage_full_from_the_first(self):
        """Where not even the intent can be written, the code is refused with the reason and nothing is sent."""
        (self.session.home / "state/prolong").write_text("a file where a folder should be")
        path = self.agent.add_code(self.service.codes["one-year"], product=PRODUCT)
        self.assertEqual(self.agent.wait_for_step(path, "refused")["Error"], "storage-full")
        self.assertEqual(self.session.keyring_items(), [])
        self.assertEqual(self.proxy.count(), 0)


class WhileChecking(Base):
    """A check that meets a fault leaves the held license as it is, and names the problem."""

    def setUp(self):
        super().setUp()
        self.agent.activate(self.service.codes["three-devices"], product=PRODUCT)
        self.path = self.agent.licenses()[0]["path"]
        self.file = self.session.home / f"state/prolong/demo.{PRODUCT}.license"

    def run_fault(self, fault, problem):
        before, bytes_before = self.agent.license(self.path), self.file.read_bytes()
        self.proxy.next(fault)
        with self.assertRaises(Problem) as caught:
            self.agent.on_license(self.path, "Refresh")
        self.assertEqual(caught.exception.problem, problem)
        after = self.agent.license(self.path)
        self.assertEqual(after.pop("CheckProblem"), problem)
        before.pop("CheckProblem")
        self.assertEqual(after, before)
        self.assertEqual(self.file.read_bytes(), bytes_before)
        self.agent.on_license(self.path, "Refresh")
        self.assertEqual(self.agent.license(self.path)["CheckProblem"], "")

    def test_older_ticket(self):
        self.agent.on_license(self.path, "Refresh")
        older = []
        self.proxy.next(replace(lambda body: older.append(body) or body))
        self.agent.on_license(self.path, "Refresh")
        self.run_fault(replace(lambda body: older[0]), "service-untrusted")

    def test_connection_refused(self):
        self.proxy.refuse()
        with self.assertRaises(Problem) as caught:
            self.agent.on_license(self.path, "Refresh")
        self.assertEqual(caught.exception.problem, "service-unavailable")
        self.assertEqual(self.agent.license(self.path)["State"], "active")
        self.assertEqual(self.agent.properties()["Service"], "service-unavailable")
        self.proxy.accept()
        self.agent.on_license(self.path, "Refresh")
        self.assertEqual(self.agent.properties()["Service"], "ok")

    def test_forgotten_by_the_service(self):
        """A service that lost its books: the license goes on to its end, and the person is told."""
        self.service.restart()
        with self.assertRaises(Problem) as caught:
            self.agent.on_license(self.path, "Refresh")
        self.assertEqual(caught.exception.problem, "no-license")
        self.assertEqual(self.agent.license(self.path)["State"], "active")

    def test_many_refreshes_are_one_request(self):
        before = self.proxy.count("POST", "/tickets$")
        calls = [self.session.spawn(["gdbus", "call", "--session", "-d", "io.github.prolong.Prolong.Agent", "-o",
                                     self.path, "-m", "io.github.prolong.License1.Refresh"], name=f"refresh-{i}")
                 for i in range(4)]
        for call in calls:
            self.assertEqual(call.wait(), 0)
        self.assertLessEqual(self.proxy.count("POST", "/tickets$") - before, 4)


class Stored(Base):
    """What lies in the state directory is not trusted more than the network."""

    def test_damaged_files(self):
        self.agent.activate(self.service.codes["one-year"], product=PRODUCT)
        file = self.session.home / f"state/prolong/demo.{PRODUCT}.license"
        whole = file.read_bytes()
        for what, contents in (("cut in half", whole[:len(whole) // 2]), ("empty", b""), ("deep", DEEP),
                               ("another ticket", whole.replace(b'"ticket":"ey', b'"ticket":"fy')),
                               ("not text", b"\xff\xfe\x00")):
            with self.subTest(what):
                self.agent.stop()
                file.write_bytes(contents)
                self.agent.start()
                self.assertEqual(self.agent.licenses(), [])
                self.assertEqual(file.read_bytes(), contents, "what cannot be read is left for another day")
        self.agent.stop()
        file.write_bytes(whole)
        self.agent.start()
        self.assertEqual(self.agent.licenses()[0]["DaysLeft"], 365)


def add_faults(case):
    for name, fault, problem in FAULTS:
        def run(self, fault=fault, problem=problem):
            self.run_fault(fault, problem)
        setattr(case, "test_" + name, run)


add_faults(WhileActivating)
add_faults(WhileChecking)

if __name__ == "__main__":
    tap.main()

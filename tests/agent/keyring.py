# SPDX-License-Identifier: GPL-3.0-or-later
"""Codes and the real keyring: open, locked, gone, and gone for a while."""

import signal
import unittest

from support import paths, tap
from support.agent import Agent, Problem
from support.proxy import Proxy, answer, drop
from support.service import Service
from support.session import Session

PRODUCT = "internet-security"


class Base(unittest.TestCase):
    keyring = "unlocked"

    def setUp(self):
        self.session = self.enterContext(Session(keyring=self.keyring))
        self.service = self.enterContext(Service(self.session))
        self.proxy = self.enterContext(Proxy(self.service))
        self.service.install_profile(url=self.proxy.url)
        self.agent = self.enterContext(Agent(self.session))
        self.code = self.service.codes["one-year"]

    def start_and_lose_the_answer(self):
        self.proxy.next(drop)
        path = self.agent.add_code(self.code, product=PRODUCT)
        self.agent.wait_for_step(path, "waiting")
        return path


class Open(Base):
    def test_item(self):
        self.agent.activate(self.code, product=PRODUCT)
        (attributes, secret, label), = self.session.keyring_items()
        self.assertEqual(set(attributes), {"id", "xdg:schema"})
        self.assertEqual(secret, self.code)
        self.assertNotIn(self.code, label)
        self.assertEqual(self.agent.properties()["Keyring"], "available")

    def test_item_taken_away_while_waiting(self):
        """Somebody cleared the keyring: the code is asked for again, and goes on under the same key."""
        path = self.start_and_lose_the_answer()
        self.agent.stop()
        (attributes, _, _), = self.session.keyring_items()
        self.session.run(["secret-tool", "clear", "id", attributes["id"]])
        self.proxy.refuse()
        self.agent.start()
        self.agent.wait_for_step(path, "waiting")
        self.agent.on_operation(path, "Retry")
        self.agent.wait_for(lambda: self.agent.operation(path)["Error"] == "keyring-unavailable")
        self.proxy.accept()
        self.agent.on_operation(path, "ProvideCode", "(s)", self.code)
        self.agent.wait_for_step(path, "done")
        keys = {e.request_headers["Idempotency-Key"] for e in self.proxy.requests}
        self.assertEqual(len(keys), 1)

    def test_another_code_is_not_taken_for_it(self):
        path = self.start_and_lose_the_answer()
        with self.assertRaises(Problem) as caught:
            self.agent.on_operation(path, "ProvideCode", "(s)", self.service.codes["three-devices"])
        self.assertEqual(caught.exception.problem, "code-unknown")


class Locked(Base):
    def test_license_shows_without_a_prompt(self):
        self.agent.activate(self.code, product=PRODUCT)
        self.agent.stop()
        self.session.lock_keyring()
        self.agent.start()
        self.assertEqual(self.agent.licenses()[0]["DaysLeft"], 365)
        self.agent.on_license(self.agent.licenses()[0]["path"], "Refresh")

    def test_waits_for_the_person_after_a_restart(self):
        path = self.start_and_lose_the_answer()
        self.agent.stop()
        self.session.lock_keyring()
        journal, = (p for p in self.session.files(self.session.home / "state") if p.suffix == ".journal")
        journal.write_bytes(self.due_now(journal.read_bytes()))
        self.agent.start()
        waiting = self.agent.wait_for_step(path, "waiting")
        self.assertEqual(waiting["Error"], "keyring-locked")
        self.assertEqual(self.agent.properties()["Keyring"], "locked")
        self.session.unlock_keyring()
        self.agent.wait_for(lambda: self.agent.operation(path)["RetryAt"] != 0, what="the agent to see it unlocked")
        self.agent.on_operation(path, "Retry")
        self.agent.wait_for_step(path, "done")
        self.assertEqual(self.agent.properties()["Keyring"], "available")

    @staticmethod
    def due_now(record):
        head, tail = record.split(b'"retry_at":')
        return head + b'"retry_at":0' + tail[tail.index(b","):]


class Missing(Base):
    keyring = "none"

    def test_held_in_memory_only(self):
        license = self.agent.activate(self.code, product=PRODUCT)
        self.assertEqual(license["DaysLeft"], 365)
        self.assertEqual(self.agent.properties()["Keyring"], "unavailable")
        self.assertEqual(self.session.find_bytes(self.code, self.session.home / "state"), [])
        self.assertNotIn(self.code, self.agent.log.read_text())

    def test_asked_for_again_after_a_restart(self):
        path = self.start_and_lose_the_answer()
        self.agent.restart()
        self.agent.wait_for_step(path, "waiting")
        self.agent.on_operation(path, "Retry")
        self.agent.wait_for(lambda: self.agent.operation(path)["Error"] == "keyring-unavailable")
        self.agent.on_operation(path, "ProvideCode", "(s)", self.code.lower())
        self.agent.wait_for_step(path, "done")
        self.assertEqual(len({e.request_headers["Idempotency-Key"] for e in self.proxy.requests}), 1)

    def test_refusal_needs_no_keyring(self):
        path = self.agent.add_code(self.service.codes["blocked"], product=PRODUCT)
        self.assertEqual(self.agent.wait_for_step(path, "refused")["Error"], "code-blocked")

    def test_remove(self):
        self.agent.activate(self.code, product=PRODUCT)
        self.agent.on_license(self.agent.licenses()[0]["path"], "Remove")
        self.assertEqual(self.agent.licenses(), [])


class Stuck(Base):
    """A daemon that is there and does not answer, for a while."""

    SOON = 3

    def setUp(self):
        super().setUp()
        self.license = self.agent.activate(self.service.codes["three-devices"], product=PRODUCT)

    def kept(self):
        return [secret for _, secret, _ in self.session.keyring_items()]

    def stop_keyring(self):
        self.session.keyring.signal(signal.SIGSTOP)

    def let_keyring_go_on(self):
        self.session.keyring.signal(signal.SIGCONT)

    def cancel(self):
        self.stop_keyring()
        path = self.agent.add_code(self.service.codes["wrong-product"], product="password-safe")
        self.agent.wait_for_step(path, "storing")
        self.agent.on_operation(path, "Cancel")
        self.agent.wait_for_step(path, "cancelled", limit=self.SOON)

    def check_gone(self):
        """The code that nobody wants leaves the keyring as soon as that answers, and no trace of it stays."""
        state = self.session.home / "state/prolong"
        self.session.wait_for_keyring(lambda: self.kept() == [self.service.codes["three-devices"]])
        self.session.wait_for_files(state, lambda: [p.name for p in state.iterdir()] == [f"demo.{PRODUCT}.license"])

    def test_cancel_answers_at_once(self):
        self.cancel()
        self.let_keyring_go_on()
        self.check_gone()

    def test_killed_after_the_cancel(self):
        """What was cancelled stays so, and its code is taken away at the next start."""
        self.cancel()
        self.agent.kill()
        self.let_keyring_go_on()
        self.agent.start()
        self.assertEqual(self.agent.operations(), [])
        self.check_gone()
        self.assertEqual(self.proxy.count("POST", "/activations$"), 1)

    def test_killed_after_a_removal(self):
        """A reserve code that was taken off the list does not stay in the keyring."""
        reserve = self.service.codes["reserve"]
        self.agent.wait_for_step(self.agent.add_code(reserve, product=PRODUCT), "done")
        self.stop_keyring()
        before = len(self.agent.reserves())
        child = self.session.spawn(["gdbus", "call", "--session", "-d", paths.AGENT_NAME, "-o",
                                    self.agent.reserves()[0]["path"], "-m", "io.github.prolong.Reserve1.Remove"])
        self.agent.wait_for(lambda: len(self.agent.reserves()) < before)
        self.agent.kill()
        child.wait()
        self.let_keyring_go_on()
        self.agent.start()
        self.check_gone()


class GoneForAWhile(Base):
    def test_daemon_ends_while_waiting(self):
        self.proxy.next(answer(503))
        path = self.agent.add_code(self.code, product=PRODUCT)
        self.agent.wait_for_step(path, "waiting")
        self.session.stop_keyring()
        self.agent.on_operation(path, "Retry")
        self.agent.wait_for_step(path, "done")
        self.session.start_keyring()
        self.assertEqual([secret for _, secret, _ in self.session.keyring_items()], [self.code])

    def test_comes_after_the_agent(self):
        """At login the keyring may be late: what waits for a code is told so, and goes on by itself."""
        path = self.start_and_lose_the_answer()
        self.agent.stop()
        self.session.stop_keyring()
        journal, = (p for p in self.session.files(self.session.home / "state") if p.suffix == ".journal")
        journal.write_bytes(Locked.due_now(journal.read_bytes()))
        self.agent.start()
        waiting = self.agent.wait_for_step(path, "waiting")
        self.assertEqual((waiting["Error"], waiting["RetryAt"]), ("keyring-unavailable", 0))
        self.assertEqual(self.agent.properties()["Keyring"], "unavailable")
        self.session.start_keyring()
        self.agent.wait_for(lambda: self.agent.operation(path)["RetryAt"] != 0, what="the agent to see the keyring")
        self.agent.wait_for_step(path, "done", limit=90)
        self.assertEqual(self.agent.properties()["Keyring"], "available")


if __name__ == "__main__":
    tap.main()

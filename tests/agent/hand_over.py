# SPDX-License-Identifier: GPL-3.0-or-later
"""The next license takes over by itself, at the end of the one before it, however the end comes."""

import unittest

from fault_matrix import FAKETIME, KILLABLE, PRODUCT

from support import tap
from support.agent import ENDS, Agent
from support.proxy import Proxy
from support.service import Service
from support.session import Session


class HandOver(unittest.TestCase):
    """Service and agent read one clock that the test moves; chance is at its least, so that nothing waits a minute."""

    def setUp(self):
        self.session = self.enterContext(Session())
        self.clock = self.session.home / "clock"
        self.shifted = {"LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": str(self.clock), "FAKETIME_NO_CACHE": "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        self.set_clock(0)
        self.service = self.enterContext(Service(self.session, directory=True, env=self.shifted))
        self.proxy = self.enterContext(Proxy(self.service))
        self.service.install_profile(url=self.proxy.url)
        self.agent = Agent(self.session, program=KILLABLE, env={**self.shifted, "PROLONG_TEST_CHANCE": "0"})
        self.agent.start()
        self.addCleanup(lambda: self.agent.child.returncode is None and self.agent.stop())

    def set_clock(self, seconds):
        self.clock.write_text(f"{seconds:+d}s\n")

    def activate(self, **options):
        self.agent.activate(self.service.issue(**options), product=PRODUCT)
        return self.license()["Id"]

    def save(self, code):
        self.agent.wait_for_step(self.agent.add_code(code, product=PRODUCT), "done")

    def license(self):
        return next(iter(self.agent.licenses()), None)

    def wait_for_next(self, old):
        """The license is there first, then its code leaves the list, and with that the operation ends."""
        self.agent.wait_for(lambda: self.license() and self.license()["Id"] != old
                            and self.license()["State"] == "active" or None, what="the next license")
        self.agent.wait_for(lambda: all(operation["Step"] in ENDS for operation in self.agent.operations()),
                            what="the hand-over to end")

    def test_at_the_end_by_the_alarm(self):
        """The label never says "expired": watched at every change."""
        states = []
        self.session.bus.signal_subscribe(None, "org.freedesktop.DBus.Properties", "PropertiesChanged", None, None, 0,
                                          lambda *a: states.append(a[5].unpack()[1].get("State")))
        old = self.activate(term="4s")
        self.save(self.service.issue())
        self.wait_for_next(old)
        self.assertEqual(self.agent.reserves(), [])
        self.assertNotIn("expired", states)
        self.assertEqual(self.license()["DaysLeft"], 365)

    def test_after_a_sleep_over_the_end(self):
        """The machine slept: the clock is two days on at once, for the service too."""
        old = self.activate(term="1d")
        self.save(self.service.issue())
        self.set_clock(2 * 86400)
        self.agent.on_license(self.license()["path"], "Refresh")  # the first thing that anything does after waking
        self.wait_for_next(old)

    def test_started_late(self):
        old = self.activate(term="1d")
        self.save(self.service.issue())
        self.agent.kill()
        self.set_clock(2 * 86400)
        self.agent.start()
        self.wait_for_next(old)

    def test_removed_from_this_device(self):
        old = self.activate(term="9d")
        self.save(self.service.issue())
        self.agent.on_license(self.license()["path"], "Remove")
        self.wait_for_next(old)

    def test_first_blocked_second_takes_over(self):
        old = self.activate(term="1d")
        first, second = self.service.issue(), self.service.issue(devices=2)
        self.save(first)
        self.save(second)
        self.service.block(first)
        self.set_clock(2 * 86400)
        self.agent.restart()
        self.wait_for_next(old)
        self.assertEqual(self.license()["DevicesLimit"], 2)
        left, = self.agent.reserves()
        self.assertEqual((left["State"], left["Problem"]), ("problem", "code-blocked"))
        self.assertTrue(left["Code"].endswith(first[-5:]))

    def test_none_can_take_over(self):
        """The reason stays, "Try again" works once the vendor has unblocked it, and "expired" is said then."""
        self.activate(term="1d")
        only = self.service.issue()
        self.save(only)
        self.service.block(only)
        self.set_clock(2 * 86400)
        self.agent.restart()
        self.agent.wait_for(lambda: self.agent.reserves()[0]["Problem"] == "code-blocked")
        self.agent.wait_for(lambda: self.license()["State"] == "expired")
        ended = self.agent.on_reserve(self.agent.reserves()[0]["path"], "Activate")
        self.assertEqual(self.agent.wait_for_step(ended, "refused")["Error"], "code-blocked")
        self.assertEqual(len(self.agent.reserves()), 1)

    def test_blocked_license_activate_now(self):
        """S3: a blocked license does not hand over by itself; the person may."""
        code = self.service.issue(term="30d")
        self.agent.activate(code, product=PRODUCT)
        old = self.license()["Id"]
        self.save(self.service.issue())
        self.service.block(code)
        self.agent.on_license(self.license()["path"], "Refresh")
        self.assertEqual(self.license()["State"], "blocked")
        self.assertEqual(len(self.agent.reserves()), 1)
        self.agent.on_reserve(self.agent.reserves()[0]["path"], "Activate")
        self.wait_for_next(old)

    def test_person_and_alarm_at_the_same_instant(self):
        old = self.activate(term="1d")
        self.save(self.service.issue())
        self.agent.stop()
        self.set_clock(2 * 86400)
        self.agent.start(env={"PROLONG_TEST_CHANCE": "0.5"})  # due in half a minute
        reserve = self.agent.reserves()[0]["path"]
        first = self.agent.on_reserve(reserve, "Activate")
        second = self.agent.on_reserve(reserve, "Activate") if self.agent.reserve(reserve) else first
        self.assertEqual(first, second)
        self.wait_for_next(old)
        sent = {e.request_headers["Idempotency-Key"] for e in self.proxy.requests if e.path.endswith("/activations")}
        self.assertEqual(len(sent), 2, "one for each license")

    def test_clock_set_forward_spends_nothing(self):
        """Only this device's clock is ahead: the signed time of the service decides."""
        old = self.activate(term="30d")
        self.save(self.service.issue())
        self.agent.stop()
        true_clock = self.session.home / "true-clock"
        true_clock.write_text("+0s\n")
        self.service.env = {**self.shifted, "FAKETIME_TIMESTAMP_FILE": str(true_clock)}
        self.service.restart()
        self.set_clock(60 * 86400)
        before = self.proxy.count("POST", "/tickets$")
        self.agent.start()
        self.agent.wait_for(lambda: self.proxy.count("POST", "/tickets$") > before
                            and not self.agent.operations(), what="the service to be asked")
        self.assertEqual(self.license()["Id"], old)
        self.assertEqual(len(self.agent.reserves()), 1)
        self.assertEqual(self.proxy.count("POST", "/activations$"), 1)

    def test_locked_keyring_shows_the_license_without_a_prompt(self):
        self.activate(term="30d")
        self.save(self.service.issue())
        self.agent.stop()
        self.session.lock_keyring()
        self.agent.start()
        self.assertEqual(self.license()["State"], "expiring")
        self.assertEqual(self.agent.reserves()[0]["State"], "ready")


if __name__ == "__main__":
    tap.main()

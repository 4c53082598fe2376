# SPDX-License-Identifier: GPL-3.0-or-later
"""Reserve codes: kept, shown, ordered, checked, refused by name, removed."""

import json
import unittest

from support import tap
from support.agent import Agent, Problem
from support.proxy import Proxy
from support.service import Service
from support.session import Session

PRODUCT = "internet-security"
DAY = 86400


class Base(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())
        self.service = self.enterContext(Service(self.session, directory=True))
        self.proxy = self.enterContext(Proxy(self.service))
        self.service.install_profile(url=self.proxy.url)
        self.agent = self.enterContext(Agent(self.session))
        self.codes = self.service.codes

    def save(self, code):
        """Saves a reserve code; returns the operation's properties at its end."""
        return self.agent.wait_for_step(self.agent.add_code(code, product=PRODUCT), "done", "refused")

    def license(self):
        return self.agent.licenses()[0]


class Kept(Base):
    def setUp(self):
        super().setUp()
        self.agent.activate(self.codes["one-year"], product=PRODUCT)

    def test_saved(self):
        operation = self.save(self.codes["reserve"])
        self.assertEqual((operation["Step"], operation["Kind"], operation["License"]), ("done", "reserve", "/"))
        reserve, = self.agent.reserves()
        end = self.license()["ExpiresAt"]
        self.assertEqual((reserve["State"], reserve["Problem"], reserve["Term"]), ("ready", "", 365 * DAY))
        self.assertEqual((reserve["StartsAt"], reserve["ExpiresAt"]), (end, end + 365 * DAY))
        self.assertEqual(self.license()["CoveredUntil"], end + 365 * DAY)
        self.assertTrue(reserve["Code"].endswith(self.codes["reserve"][-5:]))
        self.assertEqual(sorted(secret for _, secret, _ in self.session.keyring_items()),
                         sorted([self.codes["one-year"], self.codes["reserve"]]))
        self.assertEqual(self.license()["DevicesUsed"], 1)

    def test_nothing_is_used(self):
        self.save(self.codes["reserve-two"])
        self.assertEqual(self.agent.reserves()[0]["DevicesUsed"], 0)
        self.assertEqual(self.agent.reserves()[0]["DevicesLimit"], 3)
        self.assertEqual(self.proxy.count("POST", "/activations$"), 1)

    def test_several_in_an_order_that_can_be_changed(self):
        self.save(self.codes["reserve"])
        self.save(self.codes["reserve-two"])
        first, second = self.agent.reserves()
        self.assertEqual(second["StartsAt"], first["ExpiresAt"])
        self.agent.on_reserve(second["path"], "Move", "(u)", 0)
        self.assertEqual([r["Id"] for r in self.agent.reserves()], [second["Id"], first["Id"]])
        self.assertEqual(self.agent.reserves()[0]["StartsAt"], self.license()["ExpiresAt"])
        self.agent.restart()
        self.assertEqual([r["Id"] for r in self.agent.reserves()], [second["Id"], first["Id"]])
        self.agent.on_reserve(second["path"], "Move", "(u)", 99)
        self.assertEqual([r["Id"] for r in self.agent.reserves()], [first["Id"], second["Id"]])

    def test_too_early_behind_others(self):
        """A code whose term is counted already ends before its turn: its place is told, and another place helps."""
        used = self.service.issue(term="500d", devices=2)
        self.service.activate_elsewhere(used, "attic")
        self.save(self.codes["reserve"])
        self.assertEqual(self.save(used)["Step"], "done")
        first, second = self.agent.reserves()
        self.assertEqual((second["State"], second["Problem"]), ("problem", "reserve-ends-too-early"))
        details = second["ProblemDetails"]
        self.assertEqual((details["turn"], second["StartsAt"]), (first["ExpiresAt"], 0))
        self.assertEqual(details["expires"], details["first_activated"] + 500 * DAY)
        self.assertEqual(self.license()["CoveredUntil"], first["ExpiresAt"])
        self.agent.restart()
        self.assertEqual(self.agent.reserves()[1]["Problem"], "reserve-ends-too-early")
        self.agent.on_reserve(second["path"], "Move", "(u)", 0)
        first, second = self.agent.reserves()
        self.assertEqual((first["State"], first["Problem"], first["ProblemDetails"]), ("ready", "", {}))
        self.assertEqual((first["ExpiresAt"], second["StartsAt"]), (details["expires"], details["expires"]))
        self.assertEqual((second["State"], second["ExpiresAt"]), ("ready", details["expires"] + 365 * DAY))

    def test_removed(self):
        self.save(self.codes["reserve"])
        self.agent.on_reserve(self.agent.reserves()[0]["path"], "Remove")
        self.assertEqual(self.agent.reserves(), [])
        self.assertEqual([secret for _, secret, _ in self.session.keyring_items()], [self.codes["one-year"]])
        self.assertEqual(self.license()["CoveredUntil"], self.license()["ExpiresAt"])
        self.agent.restart()
        self.assertEqual(self.agent.reserves(), [])

    def test_damaged_details(self):
        """What the state file says of a problem is bytes from outside, like any other."""
        self.save(self.codes["reserve"])
        self.agent.stop()
        file, = (self.session.home / "state/prolong").glob("*.reserves")
        whole = json.loads(file.read_text())
        for details in ("{'limit': <'\\ud800'>}", "%%%", "AAAA", "/" * 64):
            with self.subTest(details):
                whole["reserves"][0].update(problem="code-blocked", details=details)
                file.write_text(json.dumps(whole))
                self.agent.start(env={"G_DEBUG": "fatal-criticals"})
                reserve, = self.agent.reserves()
                self.assertEqual((reserve["Problem"], reserve["ProblemDetails"]), ("code-blocked", {}))
                self.agent.stop()
        self.agent.start()

    def test_survives_a_restart(self):
        self.save(self.codes["reserve"])
        before = self.agent.reserves()
        self.agent.restart()
        self.assertEqual(self.agent.reserves(), before)

    def test_without_service_it_is_kept_and_asked_about_later(self):
        self.proxy.refuse()
        self.assertEqual(self.save(self.codes["reserve"])["Step"], "done")
        self.assertEqual(self.agent.reserves()[0]["State"], "unchecked")
        self.proxy.accept()
        self.agent.on_reserve(self.agent.reserves()[0]["path"], "Check")
        self.assertEqual(self.agent.reserves()[0]["State"], "ready")
        self.assertEqual(self.agent.reserves()[0]["Term"], 365 * DAY)

    def test_problem_known_early(self):
        """C7: what the service would refuse at hand-over is known before."""
        self.save(self.codes["blocked-later"])
        self.service.block(self.codes["blocked-later"])
        path = self.agent.reserves()[0]["path"]
        self.agent.on_reserve(path, "Check")
        self.assertEqual((self.agent.reserve(path)["State"], self.agent.reserve(path)["Problem"]),
                         ("problem", "code-blocked"))
        self.assertEqual(self.license()["CoveredUntil"], self.license()["ExpiresAt"])
        self.agent.restart()
        self.assertEqual(self.agent.reserve(path)["Problem"], "code-blocked")

    def test_starts_at_login_from_the_first_on(self):
        self.assertEqual(self.agent.properties()["StartAtLogin"], "off")
        self.save(self.codes["reserve"])
        self.agent.wait_for(lambda: self.agent.properties()["StartAtLogin"] == "on")
        entry = self.session.home / "config/autostart/io.github.prolong.Prolong.Agent.desktop"
        self.assertIn("prolong-agent", entry.read_text())
        self.assertIn("Hidden=false", entry.read_text())
        self.agent.manager("SetStartAtLogin", "(b)", False)
        self.agent.wait_for(lambda: self.agent.properties()["StartAtLogin"] == "off")
        self.save(self.codes["reserve-two"])
        self.agent.restart()
        self.assertEqual(self.agent.properties()["StartAtLogin"], "off", "the person's choice stays")

    def test_login_refused_by_the_desktop(self):
        (self.session.home / "config").mkdir(exist_ok=True)
        (self.session.home / "config/autostart").write_text("a file where a folder should be")
        self.save(self.codes["reserve"])
        self.agent.wait_for(lambda: self.agent.properties()["StartAtLogin"] == "refused")
        self.assertEqual(len(self.agent.reserves()), 1)

    def test_activate_while_a_license_runs(self):
        self.save(self.codes["reserve"])
        with self.assertRaises(Problem) as caught:
            self.agent.on_reserve(self.agent.reserves()[0]["path"], "Activate")
        self.assertEqual(caught.exception.problem, "license-running")

    def test_no_keyring_no_reserve_code(self):
        self.session.stop_keyring()
        ended = self.save(self.codes["reserve"])
        self.assertEqual((ended["Step"], ended["Error"]), ("refused", "keyring-unavailable"))
        self.assertEqual(self.agent.reserves(), [])

    def test_storage_full(self):
        (self.session.home / f"state/prolong/demo.{PRODUCT}.reserves").mkdir()
        path = self.agent.add_code(self.codes["reserve"], product=PRODUCT)
        self.assertEqual(self.agent.wait_for_step(path, "waiting")["Error"], "storage-full")
        self.assertEqual(self.agent.properties()["Storage"], "storage-full")
        (self.session.home / f"state/prolong/demo.{PRODUCT}.reserves").rmdir()
        self.agent.on_operation(path, "Retry")
        self.agent.wait_for_step(path, "done")
        self.assertEqual(len(self.agent.reserves()), 1)
        self.assertEqual(self.agent.properties()["Storage"], "ok")


# (what, code that runs, code that is added, the problem, details that its words need)
REFUSALS = (
    ("the same code as the license's", "one-year", "one-year", "already-added", set()),
    ("one that was used long ago ends before the license (S3)", "one-year", "used-before", "reserve-ends-too-early",
     {"expires", "current_expires"}),
    ("for another product", "one-year", "wrong-product", "code-wrong-product", {"product"}),
    ("for a newer version", "one-year", "newer-version", "version-incompatible", {"min_version"}),
    ("blocked by the vendor", "one-year", "blocked", "code-blocked", set()),
    ("never issued", "one-year", "unknown", "code-unknown", set()),
    ("its term is over", "one-year", "expired", "code-expired", {"expires"}),
    ("its only device was activated long ago", "one-year", "used-up", "reserve-ends-too-early", {"expires"}),
    ("a subscription runs (S4)", "subscription", "reserve", "subscription-running", set()),
)


class Refused(Base):
    def run_row(self, running, added, problem, details):
        self.agent.activate(self.codes[running], product=PRODUCT)
        before = self.license()
        try:
            ended = self.save(self.codes[added])
            self.assertEqual((ended["Step"], ended["Error"]), ("refused", problem))
            self.assertLessEqual(details, set(ended["ErrorDetails"]))
        except Problem as refusal:
            self.assertEqual(refusal.problem, problem)
            self.assertEqual(details, set(), "a refusal whose words need facts comes by an operation")
        self.assertEqual(self.agent.reserves(), [])
        self.assertEqual(len(self.session.keyring_items()), 1, "what was refused is not kept")
        self.assertEqual(self.license(), before)

    def test_saved_twice(self):
        self.agent.activate(self.codes["one-year"], product=PRODUCT)
        self.save(self.codes["reserve"])
        with self.assertRaises(Problem) as caught:
            self.agent.add_code(self.codes["reserve"], product=PRODUCT)
        self.assertEqual(caught.exception.problem, "already-added")

    def test_in_use_elsewhere(self):
        self.agent.activate(self.codes["one-year"], product=PRODUCT)
        code = self.service.issue(term="800d")
        self.service.activate_elsewhere(code, "computer-1")
        ended = self.save(code)
        self.assertEqual((ended["Step"], ended["Error"]), ("refused", "code-exhausted"))
        self.assertEqual(ended["ErrorDetails"]["seats"][0]["device_name"], "computer-1")

    def test_no_license_to_follow(self):
        with self.assertRaises(Problem) as caught:
            self.agent.add_code(self.codes["reserve"], product=PRODUCT, reserve=True)
        self.assertEqual(caught.exception.problem, "no-license")

    def test_renewal_needs_a_previous_license(self):
        ended = self.save(self.codes["renewal"])
        self.assertEqual(ended["Error"], "previous-license-required")
        self.assertEqual(ended["ErrorDetails"]["shorter_term"], 180 * DAY)

    def test_renewal_with_the_previous_code(self):
        path = self.agent.add_code(self.codes["renewal"], product=PRODUCT, previous_code=self.codes["used-before"])
        self.agent.wait_for_step(path, "done")
        self.assertEqual(self.license()["DaysLeft"], 365)
        self.assertEqual([secret for _, secret, _ in self.session.keyring_items()], [self.codes["renewal"]])

    def test_renewal_with_consent_to_the_shorter_term(self):
        path = self.agent.add_code(self.codes["renewal"], product=PRODUCT, accept_shorter_term=True)
        self.agent.wait_for_step(path, "done")
        self.assertEqual(self.license()["DaysLeft"], 180)

    def test_renewal_follows_a_license_that_runs(self):
        self.agent.activate(self.codes["one-year"], product=PRODUCT)
        self.assertEqual(self.save(self.codes["renewal"])["Step"], "done")
        self.assertEqual(self.agent.reserves()[0]["Term"], 365 * DAY)


for number, row in enumerate(REFUSALS):
    def run(self, row=row):
        self.run_row(*row[1:])
    run.__doc__ = row[0]
    setattr(Refused, f"test_row_{number:02}_{row[3].replace('-', '_')}", run)


class Seats(Base):
    def take_all_seats(self):
        """Three other devices take the seats of the three-devices code."""
        code = self.codes["three-devices"]
        for number in range(3):
            self.service.activate_elsewhere(code, f"computer-{number}")
        return code

    def test_release_one_and_go_on(self):
        code = self.take_all_seats()
        ended = self.save(code)
        self.assertEqual(ended["Error"], "code-exhausted")
        seats = self.agent.manager("QuerySeats", "(ss)", "", code)
        self.assertEqual([seat["device_name"] for seat in seats], ["computer-0", "computer-1", "computer-2"])
        self.agent.manager("ReleaseSeat", "(sss)", "", code, seats[0]["id"])
        self.assertEqual(self.save(code)["Step"], "done")
        self.assertEqual(self.license()["DevicesUsed"], 3)
        mine = [seat for seat in self.agent.on_license(self.license()["path"], "QuerySeats") if seat["hint"] == "this"]
        self.assertEqual(len(mine), 1)

    def test_release_from_the_license(self):
        code = self.codes["three-devices"]
        self.service.activate_elsewhere(code, "computer-1")
        self.agent.activate(code, product=PRODUCT)
        path = self.license()["path"]
        other, = (seat for seat in self.agent.on_license(path, "QuerySeats") if seat["hint"] != "this")
        self.agent.on_license(path, "ReleaseSeat", "(s)", other["id"])
        self.agent.on_license(path, "Refresh")
        self.assertEqual(self.license()["DevicesUsed"], 1)


if __name__ == "__main__":
    tap.main()

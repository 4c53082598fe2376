# SPDX-License-Identifier: GPL-3.0-or-later
"""Reserve codes: what a code would give when it takes over, what it gives when it does, and what stands against it."""

import time
import unittest

from peer import PRODUCT, Peer, claims, token
from support import tap

DAY = 86400
YEAR = 365 * DAY

# The license that runs, or ran, on the device: words for `codes issue`, days since it began, what happened to it.
RUNS = ([], 100, None)
ENDED = ([], 400, None)
BLOCKED = ([], 100, "blocked")
TRIAL = (["--kind", "trial", "--term", "30d"], 10, None)
SUBSCRIPTION = (["--kind", "subscription"], 100, None)
ENDING = (["--kind", "subscription"], 100, "auto-renewal off")
ANOTHER = (["--product", "password-safe"], 100, None)

# The code: words for `codes issue`, days since its first activation elsewhere.
FRESH = ([], None)
RENEWAL = (["--renewal"], None)

# why, license, code, more of the request, the problem or where the term starts, details of the problem
AFTER = [
    ("S1: the term starts where the license ends", RUNS, FRESH, {}, "end", {}),
    ("S1: a license that has ended is followed at once", ENDED, FRESH, {}, "now", {}),
    ("S3: a blocked license is followed at once", BLOCKED, FRESH, {}, "now", {}),
    ("S3: a used code counts from its first activation", RUNS, (["--devices", "2"], 50), {}, "first", {}),
    ("S3: a used code ends before the license", RUNS, (["--devices", "2"], 150), {}, "reserve-ends-too-early",
     {"expires": 215, "current_expires": 265, "first_activated": -150}),
    ("S3: ending together is not later", RUNS, (["--devices", "2"], 100), {}, "reserve-ends-too-early",
     {"expires": 265, "current_expires": 265}),
    ("S3: a used code has nothing to end after when the license is blocked", BLOCKED, (["--devices", "2"], 150), {},
     "first", {}),
    ("S3: a used code has nothing to end after when the license has ended", ENDED, (["--devices", "2"], 150), {},
     "first", {}),
    ("S3: the term of a used code is over", RUNS, ([], 400), {}, "code-expired", {"expires": -35}),
    ("S3: the code must be activated before the license ends", RUNS, (["--sell-by", "tomorrow"], None), {},
     "code-expired", {}),
    ("S3: the vendor blocked the code", RUNS, ([], "blocked"), {}, "code-blocked", {}),
    ("S3: for another product than asked for", RUNS, (["--product", "password-safe"], None), {}, "code-wrong-product",
     {"product": "password-safe"}),
    ("S3: for another product than the license", RUNS, (["--product", "password-safe"], None), {"product": None},
     "code-wrong-product", {"product": "password-safe"}),
    ("S3: the license is for another product", ANOTHER, FRESH, {}, "code-wrong-product", {"product": PRODUCT}),
    ("S3: for a newer version", RUNS, (["--min-version", "99"], None), {}, "version-incompatible",
     {"min_version": "99"}),
    ("S3: no seat is left", RUNS, ([], 0), {}, "code-exhausted", {"used": 1, "limit": 1}),
    ("S4: a subscription runs", SUBSCRIPTION, FRESH, {}, "subscription-running", {"current_expires": 265}),
    ("S4: it runs to its end, also with auto-renewal off", ENDING, FRESH, {}, "subscription-running",
     {"current_expires": 265}),
    ("S3: a trial runs", TRIAL, FRESH, {}, "trial-running", {"current_expires": 20}),
    ("S4: a running subscription comes before the version", SUBSCRIPTION, (["--min-version", "99"], None), {},
     "subscription-running", {}),
    ("S2: the license that runs is the previous one", RUNS, RENEWAL, {}, "end", {}),
    ("S2: the license that ended is the previous one", ENDED, RENEWAL, {}, "now", {}),
    ("S2: that of another product is none", ANOTHER, (["--renewal"], None), {}, "code-wrong-product", {}),
]

# why, words of issue for the renewal code, the previous code, consent, the problem or the term
PREVIOUS = [
    ("none known, none given", [], None, False, "previous-license-required"),
    ("none known, a shorter term is offered", ["--shorter-term", "180d"], None, False, "previous-license-required"),
    ("none known, the shorter term is taken", ["--shorter-term", "180d"], None, True, 180 * DAY),
    ("consent to what is not offered", [], None, True, "previous-license-required"),
    ("the previous code is given", [], "known", False, YEAR),
    ("as people type it", [], "typed", False, YEAR),
    ("with the previous code nothing is shortened", ["--shorter-term", "180d"], "known", True, YEAR),
    ("a code that was never issued", ["--shorter-term", "180d"], "unknown", False, "previous-license-required"),
    ("no code at all", [], "nonsense", False, "previous-license-required"),
    ("for another product", [], "other product", False, "previous-license-required"),
    ("the renewal code itself", [], "itself", False, "previous-license-required"),
    ("a wrong one, and consent", ["--shorter-term", "180d"], "unknown", True, 180 * DAY),
]


class ReserveTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.peer = cls.enterClassContext(Peer())

    def issue(self, words):
        product = [] if "--product" in words else ["--product", PRODUCT]
        if "tomorrow" in words:
            words = ["--sell-by", time.strftime("%Y-%m-%d", time.gmtime(time.time() + DAY))]
        return self.peer.run("codes", "issue", *product, *words).strip()

    def set_up_license(self, words, age, happened, device):
        """A license of DEVICE that began AGE days ago; returns code and activation."""
        code = self.issue(words)
        activation = self.peer.activate(self.peer.ask(code, device, product=None)).json
        self.peer.change(code, first_activated=self.now - age * DAY)
        if happened == "blocked":
            self.peer.run("codes", "block", given=code)
        elif happened:
            self.peer.switch_off(code)
        return code, activation

    def set_up_code(self, words, state):
        code = self.issue(words)
        if state == "blocked":
            self.peer.run("codes", "block", given=code)
        elif state is not None:
            self.peer.activate(self.peer.ask(code))
            self.peer.change(code, first_activated=self.now - state * DAY)
        return code

    def setUp(self):
        self.now = int(time.time())
        self.device = token()

    def activate(self, code, **more):
        answer = self.peer.activate(self.peer.ask(code, self.device, **more))
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def license(self, code, **more):
        return claims(self.activate(code, **more)["ticket"])["license"]

    def test_after(self):
        for why, license, code, more, wanted, details in AFTER:
            with self.subTest(why):
                self.setUp()
                _, activation = self.set_up_license(*license, self.device)
                end = self.now + (365 - license[1]) * DAY
                code_text = self.set_up_code(*code)
                answer = self.peer.preflight(self.peer.ask(code_text, self.device, after=activation["activation"], **more))
                if wanted in ("end", "now", "first"):
                    self.assertEqual(answer.status, 200, answer)
                    begins = {"end": end, "now": self.now, "first": self.now - (code[1] or 0) * DAY}[wanted]
                    self.assertTrue(begins <= answer.json["starts"] <= begins + 60, answer)
                    self.assertEqual(answer.json["expires"] - answer.json["starts"], answer.json["term"])
                    self.assertEqual(answer.json.get("first_activated", 0), begins if wanted == "first" else 0)
                    continue
                self.assertEqual(answer.problem, wanted, answer)
                for name, value in details.items():
                    instant = name.endswith(("expires", "activated"))
                    self.assertEqual(answer.json[name], self.now + value * DAY if instant else value, name)

    def test_after_what(self):
        code, held = self.set_up_license(*RUNS, self.device)
        other = self.issue([])
        self.assertEqual(self.peer.preflight(self.peer.ask(code, self.device, after=held["activation"])).problem,
                         "already-added", "the code of the license itself")
        for why, device, after in (("no such activation", self.device, "nothing"),
                                   ("that of another device", token(), held["activation"])):
            with self.subTest(why):
                answer = self.peer.preflight(self.peer.ask(other, device, after=after))
                self.assertEqual((answer.status, answer.problem), (404, "no-license"))
        self.peer.release(held)
        self.assertEqual(self.peer.preflight(self.peer.ask(other, self.device, after=held["activation"])).problem,
                         "no-license", "a seat that was given back")
        self.assertIn("starts", claims(self.activate(other, after="nothing")["ticket"])["license"],
                      "an activation follows nothing")

    def test_a_preflight_uses_nothing(self):
        _, held = self.set_up_license(*RUNS, self.device)
        code = self.issue(["--renewal", "--shorter-term", "180d"])
        for _ in range(2):
            self.peer.preflight(self.peer.ask(code, self.device, after=held["activation"]))
            self.peer.preflight(self.peer.ask(code, accept_shorter_term=True))
        shown = self.peer.show(code)
        self.assertEqual((shown["devices"], shown["first-activated"], shown["shortened"]), ("0 of 1", "-", "no"))

    def test_hand_over(self):
        """At the end of the license its successor starts in full, however late it comes."""
        _, held = self.set_up_license(*ENDED, self.device)
        granted = self.license(self.issue([]))
        self.assertTrue(self.now <= granted["starts"] <= time.time())
        self.assertEqual(granted["expires"] - granted["starts"], YEAR)
        self.assertEqual(claims(self.peer.refresh(held).json["ticket"])["license"]["status"], "expired")

    def test_hand_over_in_time(self):
        """The same with nothing changed behind the back of the service: foretold, awaited, done."""
        held = self.activate(self.issue(["--term", "2s"]))
        end = claims(held["ticket"])["license"]["expires"]
        code = self.issue(["--devices", "2"])
        foretold = self.peer.preflight(self.peer.ask(code, self.device, after=held["activation"])).json
        self.assertEqual((foretold["starts"], foretold["expires"]), (end, end + YEAR))
        while claims(self.peer.refresh(held).json["ticket"])["license"]["status"] != "expired":
            self.peer.request("GET", "/health")
        granted = self.license(code)
        self.assertTrue(end <= granted["starts"] <= end + 60, granted)
        self.assertEqual(granted["expires"] - granted["starts"], YEAR)
        answer = self.peer.preflight(self.peer.ask(code, after=None)).json
        self.assertEqual((answer["first_activated"], answer["expires"], answer["devices"]["used"]),
                         (granted["starts"], granted["expires"], 1), "what another device is told")

    def test_nothing_is_lost_while_a_license_runs(self):
        """S1: a device that does not know its license any more, for example after a reinstall, loses no day of it."""
        self.set_up_license(*RUNS, self.device)
        end = self.now + 265 * DAY
        code, third = self.issue(["--devices", "2"]), self.issue([])
        self.assertEqual(self.peer.preflight(self.peer.ask(code, self.device)).json["starts"], end)
        granted = self.license(code)
        self.assertEqual((granted["starts"], granted["expires"], granted["status"]), (end, end + YEAR, "active"))
        self.assertEqual(self.license(third)["starts"], end + YEAR, "and so on")
        self.assertEqual(self.license(code)["starts"], end, "the same code again changes nothing")
        self.assertGreaterEqual(self.license(self.issue(["--product", "password-safe"]), product=None)["expires"],
                                self.now + YEAR, "another product starts now")

    def test_activating_never_shortens(self):
        self.set_up_license(*RUNS, self.device)
        for why, age, wanted in (("ends earlier", 150, "reserve-ends-too-early"), ("ends later", 50, None)):
            with self.subTest(why):
                answer = self.peer.activate(self.peer.ask(self.set_up_code(["--devices", "2"], age), self.device))
                self.assertEqual(None if answer.status == 200 else answer.problem, wanted)

    def test_policy_holds_for_activations_too(self):
        for why, license, problem in (("trial", TRIAL, "trial-running"), ("subscription", SUBSCRIPTION,
                                                                        "subscription-running")):
            with self.subTest(why):
                self.device = token()
                code, held = self.set_up_license(*license, self.device)
                fresh = self.issue([])
                self.assertEqual(claims(self.peer.refresh(held).json["ticket"])["license"]["add_code"], problem)
                self.assertEqual(self.peer.activate(self.peer.ask(fresh, self.device)).problem, problem)
                held = self.activate(code)
                self.assertEqual(claims(held["ticket"])["license"]["add_code"], problem, "its own seat is not refused")
                self.peer.change(code, blocked=1)
                ticket = claims(self.peer.refresh(held).json["ticket"])["license"]
                self.assertEqual((ticket["status"], ticket["add_code"]), ("blocked", "allowed"))
                self.assertTrue(self.now <= self.license(fresh)["starts"] <= time.time(), "a blocked one stands against nothing")

    def test_when_policy_ends(self):
        for why, license, days, add_code in (("a trial that ended", TRIAL, 31, "allowed"),
                                             ("a subscription in its grace", SUBSCRIPTION, 365, "subscription-running"),
                                             ("after the grace", SUBSCRIPTION, 366, "allowed"),
                                             ("a license in its term", RUNS, 1, "allowed")):
            with self.subTest(why):
                self.device = token()
                code, held = self.set_up_license(*license, self.device)
                self.peer.change(code, first_activated=self.now - days * DAY)
                self.assertEqual(claims(self.peer.refresh(held).json["ticket"])["license"]["add_code"], add_code)

    def test_policy_is_the_vendors(self):
        """service.conf decides; what it says wrong is told at the start."""
        self.peer.child.stop()
        path = self.peer.directory / "service.conf"
        text = path.read_text()
        self.addCleanup(self.peer.start)
        self.addCleanup(path.write_text, text)
        path.write_text(text.replace("Trial=trial-running", "Trial=sometimes"))
        self.peer.run("serve", "--listen", "127.0.0.1:0", check=1)
        path.write_text(text.replace("Trial=trial-running", "Trial=allowed")
                        .replace("SubscriptionEnding=subscription-running", "SubscriptionEnding=allowed"))
        self.peer.start()
        for license, add_code in ((TRIAL, "allowed"), (ENDING, "allowed"), (SUBSCRIPTION, "subscription-running")):
            with self.subTest(license):
                self.device = token()
                _, held = self.set_up_license(*license, self.device)
                self.assertEqual(claims(self.peer.refresh(held).json["ticket"])["license"]["add_code"], add_code)
        self.peer.child.stop()

    def previous(self, name, renewal):
        if name in ("known", "typed"):
            code = self.issue([])
            return code if name == "known" else code.lower().replace("-", "")
        return {None: None, "unknown": "00000-00000-00000-00000", "nonsense": "hello", "itself": renewal,
                "other product": self.issue(["--product", "password-safe"])}[name]

    def test_previous_license(self):
        for why, words, previous, consent, wanted in PREVIOUS:
            with self.subTest(why):
                self.setUp()
                code = self.issue(["--renewal", *words])
                body = self.peer.ask(code, self.device, previous_code=self.previous(previous, code),
                                     accept_shorter_term=consent or None)
                for answer in (self.peer.preflight(body), self.peer.activate(body)):
                    if isinstance(wanted, int):
                        granted = answer.json if "term" in answer.json else claims(answer.json["ticket"])["license"]
                        self.assertEqual(granted["expires"] - granted["starts"], wanted)
                        continue
                    self.assertEqual(answer.problem, wanted, answer)
                    self.assertEqual(answer.json.get("shorter_term"), 180 * DAY if words else None)
                self.assertEqual(self.peer.show(code)["shortened"], "yes" if wanted == 180 * DAY else "no")

    def test_previous_license_of_the_device(self):
        for why, license in (("runs", RUNS), ("ended", ENDED), ("was given back", RUNS), ("is blocked", BLOCKED)):
            with self.subTest(why):
                self.device = token()
                _, held = self.set_up_license(*license, self.device)
                if why == "was given back":
                    self.peer.release(held)
                granted = self.license(self.issue(["--renewal", "--shorter-term", "180d"]), accept_shorter_term=True)
                self.assertEqual(granted["expires"] - granted["starts"], YEAR, "nothing is shortened without need")

    def test_a_license_is_shortened_once_for_all(self):
        code = self.issue(["--renewal", "--shorter-term", "180d", "--devices", "2"])
        first = self.license(code, accept_shorter_term=True)
        self.device = token()
        second = self.license(code)
        self.assertEqual((second["starts"], second["expires"]), (first["starts"], first["expires"]))
        full = self.issue(["--renewal", "--shorter-term", "180d", "--devices", "2"])
        first = self.license(full, previous_code=code)
        self.device = token()
        self.assertEqual(self.license(full, accept_shorter_term=True)["expires"], first["expires"],
                         "who joins cannot shorten it")


if __name__ == "__main__":
    tap.main()

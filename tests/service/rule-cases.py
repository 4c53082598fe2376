# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases of the rules for reserve codes, asked of the service: a preflight that names the license to follow."""

import time
import unittest

from peer import PRODUCT, Peer, claims, token
from support import tap
from support.rule_cases import cases

DAY = 86400
YEAR = 365 * DAY

# The license of each kind: words for `codes issue`, its term.
LICENSES = {"commercial": ([], YEAR), "trial": (["--kind", "trial", "--term", "30d"], 30 * DAY),
            "subscription": (["--kind", "subscription"], YEAR)}


class RuleCasesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.peer = cls.enterClassContext(Peer())

    def issue(self, *words):
        return self.peer.run("codes", "issue", "--product", PRODUCT, *words).strip()

    def set_up_license(self, case, device):
        """Its code, its activation and its end, ten days after it began."""
        words, term = LICENSES[case["kind"]]
        begins = int(time.time()) - 10 * DAY
        code = self.issue(*words)
        held = self.peer.activate(self.peer.ask(code, device)).json
        self.peer.change(code, first_activated=begins)
        license = claims(self.peer.refresh(held).json["ticket"])["license"]
        self.assertEqual((license["status"], license["add_code"]), (case["license"], case["add_code"]))
        return code, held["activation"], begins + term

    def set_up_code(self, case, end):
        code = self.issue("--devices", "2")
        if "first_used" in case:
            self.peer.activate(self.peer.ask(code))
            self.peer.change(code, first_activated=end + int(case["first_used"]))
        return code

    def run_case(self, case):
        device = token()
        current, activation, end = self.set_up_license(case, device)
        code = current if case["code"] == "current" else self.set_up_code(case, end)
        answer = self.peer.preflight(self.peer.ask(code, device, after=activation))
        if case["action"] == "reserve":
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(answer.json["starts"], end + int(case.get("first_used", 0)))
            self.assertEqual(answer.json["expires"], end + int(case.get("ends", YEAR)))
            return
        self.assertEqual(answer.problem, case["problem"], answer)
        if answer.problem == "reserve-ends-too-early":
            self.assertEqual((answer.json["expires"], answer.json["current_expires"]), (end + int(case["ends"]), end))

    def test_cases(self):
        asked = cases("http")
        self.assertGreaterEqual(len(asked), 10)
        for name, case in asked:
            with self.subTest(f"{name}: {case['why']}"):
                self.run_case(case)


if __name__ == "__main__":
    tap.main()

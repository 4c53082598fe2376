# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases of the rules for reserve codes, in the window: what a person reads before and after the code is entered.

A scripted peer rules as the case says. What the code would become, and the words for a ruling, are the window's own.
"""

import re
import time

import states
from reserve import CODE, Reserve
from scripted_agent import DAY, license, operation, path_of, reserve
from support import tap
from support.rule_cases import cases

setUpModule, tearDownModule = states.setUpModule, states.tearDownModule
END = (int(time.time()) // DAY + 300) * DAY  # Midnight: a second earlier is another date.
LABELS = {"none": "No license", "active": "License: 300 days left", "expiring": "License: 12 days left",
          "expired": "License expired", "blocked": "License blocked"}

# What is read of a refusal, its way out, and the buttons. Dates: of the license, of the code, and of its first use.
REFUSALS = {
    "already-added": ("This activation code has already been added.",
        "It is in use, or it is a reserve code and takes over by itself. To add another license, enter another code.",
        ("Show the license", "Enter another code")),
    "reserve-ends-too-early": (
        "This code ends on {expires}, before the current license, which ends on {current_expires}.",
        "It was first used on {first_activated}, and its term counts from that day. Use it on another device, or ask "
        "the vendor to exchange it.", ("Enter another code", "Show the license")),
    "subscription-running": ("A subscription for this product is running, until {current_expires}.",
        "Enter the code when the subscription has ended; if it renews by itself, turn auto-renewal off first.",
        ("Show the license",)),
    "trial-running": ("A trial of this product is running, until {current_expires}.",
        "Keep the code in a safe place, and enter it when the trial has ended.", ("Show the license",)),
}
# Where only reserve codes are saved there is no field for one that nothing can follow, but the way to activate it.
NONE_YET = "No license yet", "A reserve code follows a license, and there is none yet: activate your code right away."
NONE_NOW = ("No license runs now",
            "A reserve code follows a license that runs. Enter your code, and it is activated right away.")


class Cases(Reserve):
    date = staticmethod(lambda instant: time.strftime("%-d %B %Y", time.gmtime(instant)))

    def read(self, *wanted):
        """Waits until all of it is on the screen together; returns all that is."""
        def look():
            found = self.window.texts()
            return found if all(any(text.search(one) if isinstance(text, re.Pattern) else text == one
                                    for one in found) for text in wanted) else None

        return self.window.wait_for(look, what=f"{wanted} to be read")

    def begin(self, case):
        """The agent says what the case is about, and the panel is opened; returns what it said."""
        state = case["license"]
        end = END - {"active": 0, "expiring": 288}.get(state, 330) * DAY
        said = {"licenses": [], "reserves": [reserve("r0")] if case["code"] == "saved" else []}
        if state != "none":
            days = {"active": 300, "expiring": 12}.get(state, 0)
            said["licenses"] = [license(days, State=state, StartsAt=end - 365 * DAY, ExpiresAt=end,
                                        Kind=case["kind"], AddCode=case["add_code"])]
        self.agent.calls.clear()
        self.answer_with_operation()
        self.agent.say(**said)
        self.window.key("ctrl+1")
        self.window.find("button", LABELS[state])
        self.window.key("ctrl+3" if case.get("only_reserve") else "ctrl+2")
        return said, end

    def submit(self, case, button):
        place = self.window.wait_for(lambda: self.window.find_all("text", "Activation code")
                                     or self.window.find_all("button", "Enter activation code"))[0]
        if place.name == "Enter activation code":
            self.window.do(place)
        self.enter(CODE, button)
        options = {"reserve": True} if case.get("only_reserve") else {}
        self.assertEqual(("demo", "internet-security", CODE, options), self.wait_for_call("AddCode")[1])

    def walk(self, run, *actions):
        """One window for all cases, and a new one after a case that failed."""
        asked = [(name, case) for name, case in cases("window") if case["action"] in actions]
        self.assertGreaterEqual(len(asked), 8)
        for name, case in asked:
            with self.subTest(f"{name}: {case['why']}"):
                if not self.window or self.window.child.returncode is not None:
                    self.open().find("button", None)  # Keys come to a window that is there.
                try:
                    run(case, *self.begin(case))
                except AssertionError:
                    self.window.stop()
                    raise


class Taken(Cases):
    def run_case(self, case, said, end):
        saves, kind = (True, "reserve") if case["action"] == "reserve" else (False, "activation")
        self.submit(case, "Save activation code" if saves else "Add activation code")
        self.agent.say(**said, operations=[operation("checking", Kind=kind)])
        self.read(re.compile("^Saving a reserve code for" if saves else "^Activating "))
        if saves:
            term = int(case.get("ends", 365 * DAY))
            done = operation("done", 1.0, Kind=kind, Reserve=path_of("reserves", "r0"))
            self.agent.say(licenses=said["licenses"], operations=[done],
                           reserves=[reserve("r0", StartsAt=end, ExpiresAt=end + term, Term=term)])
            self.read("The reserve code is saved", re.compile(
                f"^Takes over on {self.date(end)}\n{term // DAY} days, until {self.date(end + term)}"))
        else:
            done = operation("done", 1.0, License=path_of("licenses", "a"))
            self.agent.say(licenses=[license(365)], operations=[done])
            self.read("Internet Security is activated", re.compile("^365 days, until "))
        self.window.press("button", "Finish")
        self.wait_for_call("Dismiss")

    def test_cases(self):
        self.walk(self.run_case, "reserve", "activate")


class Refused(Cases):
    def run_case(self, case, said, end):
        problem = case["problem"]
        if problem == "no-license":
            self.read(*(NONE_NOW if said["licenses"] else NONE_YET))
            self.window.press("button", "Enter activation code")
            self.window.find("button", "Add activation code")
            return
        facts = {"expires": end + int(case.get("ends", 0)), "current_expires": end,
                 "first_activated": end + int(case.get("first_used", 0))}
        dates = {name: self.date(instant) for name, instant in facts.items()}
        what, way_out, buttons = REFUSALS[problem]
        what, way_out = what.format(**dates), way_out.format(**dates)
        if case.get("only_reserve") and case["add_code"] != "allowed":
            self.read(what, way_out, "Check status")
            self.assertFalse(self.window.find_all("text", "Activation code"), "there is no field for it")
            return
        if "ends" not in case:  # No service needs to be asked: the call is refused.
            self.agent.answers["AddCode"] = "io.github.prolong.Error." + problem.title().replace("-", "")
        self.submit(case, "Save activation code")
        if "ends" in case:
            self.refuse(problem, said["licenses"], **facts)
        self.assertIn(CODE, self.read(what, way_out, *buttons), "the code is still in the field")
        self.window.set_text(self.window.find("text", "Activation code"), "")
        self.window.wait_gone("label", what)

    def test_cases(self):
        self.walk(self.run_case, "refuse")


if __name__ == "__main__":
    tap.main()

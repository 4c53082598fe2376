# SPDX-License-Identifier: GPL-3.0-or-later
"""Reserve codes on the command line: saved, shown, ordered, checked, activated, refused by name, removed."""

import datetime
import json
import re
import unittest

from case import DAY, DONE, FAILED, LATER, NOTHING, PRODUCT, REFUSED, RFC_3339, USAGE, Case, language
from support import paths, tap
from support.agent import Agent

STATUS_KEYS = ["id", "code", "state", "starts_at", "expires_at", "reason"]
LIST_KEYS = STATUS_KEYS + ["number", "vendor", "product", "name", "kind", "term", "devices", "checked_at"]
DATE = r"\d{1,2} \w+ 20\d\d"


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Reserve(Case):
    directory = True
    running = "one-year"

    def setUp(self):
        super().setUp()
        self.codes = self.service.codes
        if self.running:
            self.activate(self.running)

    def add(self, name, *arguments, **more):
        return self.ctl("reserve", "add", *arguments, stdin=self.codes[name], **more)

    def license(self):
        return self.json("status", "--product", PRODUCT)["licenses"][0]

    def ends(self):
        """The last symbols of the reserve codes in their order."""
        return [reserve["code"][-5:] for reserve in self.json("reserve", "list")["reserve"]]

    def end_of(self, name):
        return self.codes[name][-5:]


class Saved(Reserve):
    def test_activate_saves_and_says_when(self):
        lines = self.activate("reserve").stdout.splitlines()
        self.assertEqual(lines[:4], ["Checking the activation code", "Storing the code in the keyring",
                                     "Saving the reserve code", "The reserve code is saved"])
        self.assertRegex(lines[4], rf"^ +1  •{{5}}-•{{5}}-•{{5}}-{self.end_of('reserve')}  Takes over on {DATE}$")
        self.assertRegex(lines[5], rf"365 days, until {DATE}$")
        self.assertRegex(lines[6], rf"^Covered until {DATE}\.$")
        self.assertIn("Prolong starts when you log in", lines[7], "the first one switches it on and says so")
        self.assertEqual(len(lines), 8)
        self.assertNotIn("when you log in", self.activate("reserve-two").stdout)
        self.assertEqual(self.ends(), [self.end_of("reserve"), self.end_of("reserve-two")])

    def test_add_json(self):
        answer = json.loads(self.add("reserve-two", "--json").stdout)
        self.assertEqual(list(answer), ["reserve", "covered_until", "start_at_login"])
        self.assertEqual(list(answer["reserve"]), LIST_KEYS)
        self.assertEqual(answer["reserve"]["devices"], {"used": 0, "limit": 3})
        self.assertEqual(answer["reserve"]["term"], 365 * DAY)
        self.assertEqual(answer["covered_until"], answer["reserve"]["expires_at"])
        self.assertEqual(answer["start_at_login"], "on")

    def test_status(self):
        self.add("reserve")
        self.add("reserve-two")
        license = self.license()
        first, second = license["reserve"]
        self.assertEqual([list(first), list(second)], [STATUS_KEYS, STATUS_KEYS])
        self.assertEqual((first["state"], first["reason"]), ("ready", None))
        for key in ("starts_at", "expires_at"):
            self.assertRegex(first[key], RFC_3339)
        self.assertEqual(first["starts_at"], license["expires_at"])
        self.assertEqual(second["starts_at"], first["expires_at"])
        self.assertEqual(license["covered_until"], second["expires_at"])
        self.assertNotIn(self.codes["reserve"], json.dumps(license))

        text = self.ctl("status").stdout
        self.assertRegex(text, rf"Covered until +{DATE}\n")
        self.assertEqual(len(re.findall(rf"Takes over on {DATE}\n", text)), 2)
        self.assertIn("3 of 3 seats are free. Add the code on each device", text)
        self.assertIn("Prolong starts when you log in", text)
        self.assertEqual(self.json("status")["start_at_login"], "on")

    def test_list(self):
        self.assertIn("There is no reserve code.", self.ctl("reserve").stdout)
        self.assertEqual(self.json("reserve", "list"), {"reserve": []})
        self.add("reserve")
        text = self.ctl("reserve", "list").stdout
        self.assertEqual(text, self.ctl("reserve").stdout)
        self.assertRegex(text, rf"Current license until {DATE}\. Reserve code 1 from {DATE} to {DATE}\. Covered until")
        self.assertEqual(self.json("reserve", "--product", "password-safe"), {"reserve": []})

    def test_three_languages(self):
        self.add("reserve")
        for spoken, words in (("en", ("Takes over on", "Reserve codes", "Covered until")),
                              ("nl", ("Neemt het over op", "Reservecodes", "Gedekt tot")),
                              ("ru", ("Резервные коды", "Лицензий хватит до"))):
            text = self.ctl("status", env=language(spoken)).stdout
            for word in words:
                self.assertIn(word, text)

    def test_without_service_it_is_kept_and_checked_later(self):
        self.service.stop()
        self.assertIn("The reserve code is saved", self.add("reserve", "--product", PRODUCT).stdout)
        reserve, = self.license()["reserve"]
        self.assertEqual((reserve["state"], reserve["expires_at"]), ("unchecked", None))
        done = self.ctl("reserve", "check", expect=LATER)
        self.assertIn("(service-unavailable)", done.stderr)
        self.service.start()
        self.ctl("reserve", "check")
        self.assertEqual(self.license()["reserve"][0]["state"], "ready")

    def test_login_refused_by_the_desktop(self):
        (self.session.home / "config").mkdir(exist_ok=True)
        (self.session.home / "config/autostart").write_text("a file where a folder should be")
        self.assertIn("does not let Prolong start when you log in", self.add("reserve").stdout)
        self.assertIn("takes over only while you are logged in", self.ctl("status").stdout)
        self.assertEqual(self.json("status")["start_at_login"], "refused")


class Order(Reserve):
    def setUp(self):
        super().setUp()
        for name in ("reserve", "reserve-two", "two-minutes-b"):
            self.add(name)
        self.all = [self.end_of(name) for name in ("reserve", "reserve-two", "two-minutes-b")]

    def test_move(self):
        first, second, third = self.all
        for which, place, wanted in (("3", "1", [third, first, second]), (second, "1", [second, third, first]),
                                     (second[1:].lower(), "99", [third, first, second])):
            with self.subTest(which):
                self.assertIn("Reserve code 1 from", self.ctl("reserve", "move", which, place).stdout)
                self.assertEqual(self.ends(), wanted)

    def test_misused(self):
        for arguments in (("move",), ("move", "1"), ("move", "1", "0"), ("move", "1", "up"), ("move", "9", "1"),
                          ("remove", "--yes"), ("remove", "9", "--yes"), ("activate", "nothing"), ("sell",),
                          ("list", "1"), ("add", self.codes["one-year"]), ("remove", self.codes["reserve"], "--yes")):
            with self.subTest(arguments):
                done = self.ctl("reserve", *arguments, expect=USAGE)
                self.assertIn("reserve --help", done.stderr)
                self.assertNotIn(self.codes["one-year"], done.stderr, "what is typed may be a code")
        self.assertEqual(self.ends(), self.all)

    def test_remove(self):
        self.ctl("reserve", "remove", "2", expect=USAGE)
        for typed in ("n", ""):
            self.on_terminal("reserve", "remove", "2", typed=f"{typed}\n", expect=FAILED)
        self.assertEqual(self.ends(), self.all)
        stdout, stderr = self.on_terminal("reserve", "remove", "2", typed="y\n")
        self.assertIn(f"-{self.all[1]} was removed", stdout)
        self.assertIn("[y/N]", stderr)
        removed = self.json("reserve", "list")["reserve"][0]["id"]
        self.assertEqual(self.json("reserve", "remove", self.all[0], "--yes"), {"removed": removed})
        self.assertEqual(self.ends(), [self.all[2]])
        self.assertEqual(len(self.session.keyring_items()), 2, "the code of the license, and of the last one")
        self.ctl("reserve", "remove", "--yes")
        self.assertIn("(no-reserve-code)", self.ctl("reserve", "remove", "--yes", expect=FAILED).stderr)

    def test_check(self):
        """C7: what would be refused is known early."""
        self.ctl("reserve", "check")
        self.service.block(self.codes["reserve-two"])
        done = self.ctl("reserve", "check", "1")
        self.assertEqual(self.license()["reserve"][1]["state"], "ready", "only the first was asked about")
        done = self.ctl("reserve", "check", expect=REFUSED)
        self.assertIn("(code-blocked)", done.stderr)
        self.assertIn("Would not be activated. The vendor has blocked this activation code.", done.stdout)
        self.assertIn("Ask the vendor’s support", done.stdout)
        reserve = self.license()["reserve"][1]
        self.assertEqual((reserve["state"], reserve["reason"], reserve["starts_at"]), ("problem", "code-blocked", None))
        self.assertEqual(self.json("reserve", "check", "2", expect=REFUSED)["reserve"][1]["reason"], "code-blocked")


class Products(Reserve):
    def test_each_has_its_own_order(self):
        self.activate("wrong-product")
        self.add("reserve", "--product", PRODUCT)
        self.ctl("reserve", "add", "--product", "password-safe", stdin=self.service.issue(product="password-safe"))
        text = self.ctl("reserve").stdout
        self.assertEqual(len(re.findall(r"(?m)^ +1  •", text)), 2)
        self.assertEqual(re.findall(r"(?m)^(Internet Security|Password Safe)$", text),
                         ["Internet Security", "Password Safe"])
        self.assertIn("--product", self.ctl("reserve", "remove", "1", "--yes", expect=USAGE).stderr)
        self.ctl("reserve", "remove", "1", "--yes", "--product", "password-safe")
        self.assertEqual(self.ends(), [self.end_of("reserve")])


class TakesOver(Reserve):
    def test_not_while_the_license_runs(self):
        self.add("reserve")
        done = self.ctl("reserve", "activate", expect=REFUSED)
        self.assertRegex(done.stderr, rf"is running, until {DATE}\. The reserve code takes over by itself .*"
                                      r"\(license-running\)")

    def test_activate_now(self):
        """S3: when the current license is blocked."""
        self.add("reserve")
        self.service.block(self.codes["one-year"])
        self.ctl("refresh")
        before = self.license()
        self.assertEqual(before["state"], "blocked")
        lines = self.ctl("reserve", "activate").stdout.splitlines()
        self.assertEqual(lines[0], "Checking the reserve code")
        self.assertIn("The reserve code has taken over", lines)
        self.assertIn("License: 365 days left", lines)
        after = self.license()
        self.assertNotEqual(after["id"], before["id"])
        self.assertEqual((after["state"], after["reserve"]), ("active", []))

    def test_json(self):
        self.add("reserve")
        self.service.block(self.codes["one-year"])
        self.ctl("refresh")
        self.assertEqual(self.json("reserve", "activate")["license"]["state"], "active")

    def test_retry_after_the_service_was_away(self):
        self.add("reserve")
        self.assertIn("The first reserve code takes over", self.ctl("remove", "--yes").stdout)
        self.service.stop()
        done = self.ctl("reserve", "activate", expect=LATER)
        self.assertIn("(service-unavailable)", done.stderr)
        self.assertIn("goes on by itself; the next attempt", done.stderr)
        license = self.license()
        self.assertEqual((license["state"], license["reserve"][0]["state"]), ("pending", "activating"))
        self.ctl("status", "--check", expect=NOTHING)
        self.service.start()
        self.assertIn("The reserve code has taken over", self.ctl("reserve", "retry").stdout)
        self.ctl("status", "--check")

    def test_refused(self):
        self.add("blocked-later")
        self.service.block(self.codes["blocked-later"])
        self.ctl("remove", "--yes")
        done = self.ctl("reserve", "activate", expect=REFUSED)
        self.assertIn("(code-blocked)", done.stderr)
        license = self.license()
        self.assertEqual((license["state"], license["id"], license["expires_at"]), ("none", None, None))
        self.assertEqual((license["reserve"][0]["state"], license["reserve"][0]["reason"]), ("problem", "code-blocked"))
        text = self.ctl("status").stdout
        self.assertIn("No license", text)
        self.assertIn("The vendor has blocked this activation code.", text)
        self.assertIn("(code-blocked)", self.ctl("reserve", "retry", expect=REFUSED).stderr)

    def test_in_use_elsewhere_meanwhile(self):
        self.add("reserve")
        self.service.activate_elsewhere(self.codes["reserve"], "kitchen")
        self.ctl("remove", "--yes")
        done = self.ctl("reserve", "activate", expect=REFUSED)
        self.assertIn("In use on: kitchen.", done.stderr)
        self.assertIn("prolongctl seats release --code", done.stderr)
        self.ctl("seats", "release", "1", "--code", "--yes", stdin=self.codes["reserve"])
        self.ctl("reserve", "retry")
        self.ctl("status", "--check")

    def test_by_itself(self):
        """C2: watched from the command line, with nobody's help."""
        self.add("reserve")
        self.ctl("remove", "--yes")
        agent = Agent(self.session)
        self.addCleanup(agent.unwatch)
        agent.wait_for(lambda: [license for license in agent.licenses() if license["State"] == "active"], 90)
        self.ctl("status", "--check")

    def test_activate_fits_no_second_vendor(self):
        self.assertIn("demo", self.ctl("reserve", "add", "--vendor", "nobody", expect=USAGE).stderr)


# why, what runs, the code, with --product, reason, what is told, the way out
REFUSALS = [
    ("S3: used before, it ends before the license", "one-year", "used-before", True, "reserve-ends-too-early",
     rf"ends on {DATE}, before the current license, which ends on {DATE}\.", rf"first used on {DATE}"),
    ("S3: the same, with the product found by the code", "one-year", "used-before", False, "reserve-ends-too-early",
     rf"ends on {DATE}, before the current license, which ends on {DATE}\.", rf"first used on {DATE}"),
    ("S3: its only device is elsewhere, and it ends too early", "one-year", "used-up", True, "reserve-ends-too-early",
     rf"ends on {DATE}", "another device"),
    ("C5: the code of the license itself", "one-year", "one-year", True, "already-added", "already been added",
     "enter another code"),
    ("C5: for another product", "one-year", "wrong-product", True, "code-wrong-product", "Password Safe",
     "Choose Password Safe"),
    ("S3: for a newer version", "one-year", "newer-version", True, "version-incompatible", r"99\.0", "Update"),
    ("S3: blocked by the vendor", "one-year", "blocked", True, "code-blocked", "blocked", "support"),
    ("S3: never issued", "one-year", "unknown", True, "code-unknown", "does not know", "Compare"),
    ("S3: its term is over", "one-year", "expired", True, "code-expired", rf"expired on {DATE}", "another code"),
    ("S4: a subscription runs", "subscription", "reserve", True, "subscription-running",
     rf"subscription for this product is running, until {DATE}", "auto-renewal off"),
    ("S4: the same, with the product found by the code", "subscription", "reserve", False, "subscription-running",
     rf"subscription for this product is running, until {DATE}", "auto-renewal off"),
    ("S3: a trial runs", "trial", "reserve", True, "trial-running", rf"trial .* until {DATE}", "when the trial has ended"),
    ("C5: nothing runs", None, "reserve", True, "no-license", "No license is running", "Activate"),
]


class Refused(Reserve):
    running = None

    def run_row(self, why, running, name, by_product, reason, what, way_out):
        if running:
            self.activate(running)
        before = self.json("status")["licenses"]
        product = ("--product", PRODUCT) if by_product else ()
        for arguments in (("reserve", "add"), ("activate",)) if running else (("reserve", "add"),):
            done = self.ctl(*arguments, *product, "--json", stdin=self.codes[name], expect=REFUSED)
            answer = json.loads(done.stdout)
            self.assertEqual(answer["reason"], reason, why)
            self.assertEqual(list(answer), ["reason", "message", "details"])
            self.assertRegex(answer["message"], what)
            self.assertRegex(answer["message"], way_out)
            self.assertTrue(done.stderr.startswith("prolongctl: "), done.stderr)
            self.assertIn(f"({reason})", done.stderr)
            if reason == "reserve-ends-too-early":
                self.assertLessEqual(answer["details"]["expires"], answer["details"]["current_expires"])
        self.assertEqual(self.json("status")["licenses"], before, "a refusal changes nothing")
        self.assertNotIn(self.codes[name], done.stdout + done.stderr)

    def test_saved_twice(self):
        self.activate()
        self.add("reserve")
        self.assertIn("(already-added)", self.add("reserve", expect=REFUSED).stderr)

    def test_in_three_languages(self):
        self.activate()
        for spoken, letters in (("nl", "huidige licentie"), ("ru", "[а-я]")):
            done = self.add("used-before", env=language(spoken), expect=REFUSED)
            self.assertRegex(done.stderr, letters)
            self.assertEqual(len(re.findall(r"20\d\d", done.stderr)), 3)

    def test_product_in_the_language_of_the_person(self):
        """The service calls it Password Safe; the vendor's profile knows the Dutch name."""
        shipped = (paths.SOURCE / "data/vendors/demo.conf").read_text(encoding="utf-8")
        (self.session.vendors / "demo.conf").write_text(re.sub("(?m)^Service=.*$", f"Service={self.service.url}", shipped))
        self.enterContext(Agent(self.session, env={"LC_ALL": "C.UTF-8", "LANGUAGE": "nl"}))
        for arguments in (("activate",), ("preflight",)):
            done = self.ctl(*arguments, "--product", PRODUCT, "--json", stdin=self.codes["wrong-product"],
                            expect=REFUSED, env=language("nl"))
            self.assertIn("Wachtwoordkluis", done.stderr)
            self.assertEqual(json.loads(done.stdout)["details"]["product_name"], "Wachtwoordkluis")


for number, row in enumerate(REFUSALS):
    def run(self, row=row):
        self.run_row(*row)
    run.__doc__ = row[0]
    setattr(Refused, f"test_row_{number:02}_{row[4].replace('-', '_')}", run)


class Renewal(Reserve):
    running = None

    def test_asks_nothing_of_a_script(self):
        done = self.activate("renewal", expect=REFUSED)
        self.assertIn("180 days", done.stderr)
        self.assertIn("(previous-license-required)", done.stderr)
        self.assertIn("--previous", done.stderr)
        self.assertIn("--accept-shorter-term", done.stderr)
        details = json.loads(self.activate("renewal", "--json", expect=REFUSED).stdout)["details"]
        self.assertEqual(details["shorter_term"], 180 * DAY)

    def test_previous_code_on_the_second_line(self):
        both = f"\n{self.codes['renewal'].lower()}\r\nold code: {self.codes['used-before']}\n"
        self.ctl("activate", "--previous", stdin=both)
        self.assertEqual(self.license()["days_left"], 365)

    def test_previous_code_that_does_not_count(self):
        for second, reason in ((self.codes["renewal"], "previous-license-required"), ("", "code-malformed"),
                               (self.codes["one-year"][:-1], "code-malformed")):
            done = self.ctl("activate", "--previous", stdin=f"{self.codes['renewal']}\n{second}\n", expect=REFUSED)
            self.assertIn(f"({reason})", done.stderr)

    def test_consent(self):
        self.activate("renewal", "--accept-shorter-term")
        self.assertEqual(self.license()["days_left"], 180)

    def test_asks_on_a_terminal(self):
        renewal, wrong, old = (self.codes[name] for name in ("renewal", "unknown", "used-before"))
        for typed, expect, questions in ((f"{renewal}\n\nn\n", REFUSED, 1), (f"{renewal}\n{wrong}\n{old}\n", DONE, 2)):
            _stdout, stderr = self.on_terminal("activate", typed=typed, expect=expect)
            self.assertEqual(stderr.count("Code of the earlier license"), questions, stderr)
        self.assertEqual(self.license()["days_left"], 365)

    def test_takes_consent_on_a_terminal(self):
        _stdout, stderr = self.on_terminal("activate", typed=f"{self.codes['renewal']}\n\ny\n")
        self.assertIn("gives 180 days", stderr)
        self.assertEqual(self.license()["days_left"], 180)

    def test_option_on_a_terminal(self):
        self.on_terminal("activate", "--previous", typed=f"{self.codes['renewal']}\n{self.codes['used-before']}\n")
        self.assertEqual(self.license()["days_left"], 365)

    def test_in_reserve_the_license_that_runs_is_the_previous_one(self):
        self.activate()
        self.add("renewal")
        reserve, = self.license()["reserve"]
        self.assertEqual(instant(reserve["expires_at"]) - instant(reserve["starts_at"]), 365 * DAY)


class States(Reserve):
    def test_no_keyring(self):
        self.session.stop_keyring()
        done = self.add("reserve", expect=FAILED)
        self.assertIn("(keyring-unavailable)", done.stderr)
        text = self.ctl("status").stdout
        self.assertIn("There is no keyring", text)
        self.assertIn("GNOME Keyring or KWallet", text)
        self.assertIn("License: 365 days left", text)
        self.assertEqual(self.json("status")["keyring"], "unavailable")

    def test_locked_keyring(self):
        self.session.lock_keyring()
        done = self.add("reserve", expect=FAILED)
        self.assertIn("(keyring-locked)", done.stderr)
        text = self.ctl("status").stdout
        self.assertIn("is locked. Unlock it", text)
        self.assertEqual(text.count("is locked."), 1, "told once")
        self.assertEqual(self.json("status")["keyring"], "locked")

    def test_storage_full(self):
        in_the_way = self.session.home / f"state/prolong/demo.{PRODUCT}.reserves"
        in_the_way.mkdir()
        self.assertIn("(storage-full)", self.add("reserve", expect=FAILED).stderr)
        self.assertEqual(self.json("status")["storage"], "storage-full")
        text = self.ctl("status").stdout
        self.assertIn("Free some space", text)
        self.assertEqual(text.count("Free some space"), 1)
        in_the_way.rmdir()
        self.add("reserve")
        self.assertEqual(self.json("status")["storage"], "ok")

    def test_service_away(self):
        self.service.stop()
        self.ctl("refresh", expect=LATER)
        text = self.ctl("status").stdout
        self.assertEqual(text.count("The vendor’s service cannot be reached."), 1)
        self.assertIn("Check the network connection", text)
        self.assertEqual(self.json("status")["service"], "service-unavailable")


class Clock(Reserve):
    running = None

    def test_behind(self):
        agent = self.enterContext(Agent(self.session))
        self.activate()
        agent.restart(env={"LD_PRELOAD": paths.LIBFAKETIME, "FAKETIME": "-2d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
        self.assertEqual((self.license()["clock"], self.license()["state"]), ("behind", "active"))
        text = self.ctl("status").stdout
        self.assertEqual(text.count("The clock of this device is behind. Set date and time right"), 1)


class NoBus(Case):
    def test_is_told(self):
        for verb in ("reserve", "seats"):
            done = self.ctl(verb, env={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}, expect=LATER)
            self.assertIn("(agent-unavailable)", done.stderr)


class Ended(Reserve):
    """What was refused while nobody looked stays until it was read."""

    running = None

    def test_dismissed_by_its_reader(self):
        agent = self.enterContext(Agent(self.session))
        for name in ("unknown", "blocked"):
            agent.wait_for_step(agent.add_code(self.codes[name], product=PRODUCT), "refused")
        text = self.ctl("status").stdout
        self.assertIn("The vendor does not know this activation code.", text)
        self.assertIn("The vendor has blocked this activation code.", text)
        self.assertIn("--dismiss", text)
        self.assertEqual(len(agent.operations()), 2)
        self.assertIn("does not know", self.ctl("status", "--dismiss").stdout)
        self.assertEqual(agent.operations(), [])
        self.assertNotIn("does not know", self.ctl("status").stdout)

    def test_others_are_left(self):
        """prolongctl takes away its own operation, not one that the window is to tell."""
        agent = self.enterContext(Agent(self.session))
        path = agent.add_code(self.codes["unknown"], product=PRODUCT)
        agent.wait_for_step(path, "refused")
        self.activate("blocked", expect=REFUSED)
        self.assertEqual([operation["path"] for operation in agent.operations()], [path])


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""prolongctl against the real agent, keyring and demo service."""

import json
import os
import re
import signal
import subprocess
import threading
import unittest
from pathlib import Path

from case import DONE, FAILED, LATER, NOTHING, PRODUCT, REFUSED, RFC_3339, USAGE, Case, language
from support import paths, tap
from support.agent import Agent
from support.service import Service

LICENSE_KEYS = ["id", "vendor", "product", "name", "number", "kind", "state", "days_left", "starts_at", "expires_at",
                "activated_at", "devices", "auto_renewal", "provider", "covered_until", "checked_at", "clock",
                "reserve"]
STATES = {"none", "active", "expiring", "grace", "expired", "blocked", "pending"}


class Status(Case):
    def test_before_and_after(self):
        self.assertIn("No license", self.ctl("status").stdout)
        self.ctl("status", "--check", expect=NOTHING)
        self.assertEqual(self.json("status")["licenses"], [])

        self.activate()
        text = self.ctl("status").stdout
        self.assertIn("License: 365 days left", text)
        self.assertRegex(text, r"Devices +1 of 1\n")
        self.ctl("status", "--check")
        self.ctl("status", "--check", "--product", "internet-security")
        self.ctl("status", "--check", "--product", "password-safe", expect=NOTHING)
        self.ctl("status", "--check", "--vendor", "nobody", expect=NOTHING)

    def test_json(self):
        self.activate("three-devices")
        status = self.json("status")
        self.assertEqual(list(status), ["licenses", "keyring", "service", "tray", "storage",
                                        "start_at_login"])
        self.assertEqual(status["keyring"], "available")
        license = status["licenses"][0]
        self.assertEqual(list(license), LICENSE_KEYS)
        self.assertIn(license["state"], STATES)
        self.assertEqual(license["devices"], {"used": 1, "limit": 3})
        self.assertEqual(license["days_left"], 365)
        self.assertIs(license["auto_renewal"], False)
        self.assertIsNone(license["provider"])
        self.assertEqual(license["reserve"], [])
        self.assertRegex(license["number"], r"^\d{4}-\d{6}-\d{8}$")
        for key in ("starts_at", "expires_at", "activated_at", "covered_until", "checked_at"):
            self.assertRegex(license[key], RFC_3339)

    def test_last_day(self):
        self.activate("two-minutes")
        text = self.ctl("status").stdout
        self.assertIn("License: last day", text)
        self.assertRegex(text, r"Until +(today|tomorrow), \d\d:\d\d\n")

    def test_pending(self):
        self.service.stop()
        self.activate(expect=LATER)
        license = self.json("status")["licenses"][0]
        self.assertEqual(list(license), LICENSE_KEYS)
        self.assertEqual(license["state"], "pending")
        self.assertIsNone(license["expires_at"])
        self.ctl("status", "--check", expect=NOTHING)

    def test_three_languages(self):
        self.activate()
        for name, label in (("en", "License: 365 days left"), ("nl", "Licentie: nog 365 dagen"),
                                ("ru", "Лицензия: осталось 365 дней")):
            self.assertIn(label, self.ctl("status", env=language(name)).stdout)

    def test_agent_that_is_not_there(self):
        (self.session.home / "services" / f"{paths.AGENT_NAME}.service").unlink()
        self.session.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReloadConfig")
        done = self.ctl("status", "--json", expect=LATER)
        self.assertEqual(json.loads(done.stdout)["reason"], "agent-unavailable")
        self.assertIn("(agent-unavailable)", done.stderr)

    def test_no_bus(self):
        env = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
        self.assertIn("(agent-unavailable)", self.ctl("status", env=env, expect=LATER).stderr)


class Activate(Case):
    def test_steps(self):
        lines = self.activate().stdout.splitlines()
        self.assertEqual(lines[:7], ["Checking the activation code", "Storing the code in the keyring",
                                     "Asking the vendor for the license", "Verifying the vendor’s answer",
                                     "Saving the license", "The license is activated", "License: 365 days left"])

    def test_forgiving(self):
        code = self.service.codes["one-year"]
        self.ctl("activate", stdin=f"Dear customer, your activation code: {code.lower()}. Have fun!\n")
        self.ctl("status", "--check")

    def test_json(self):
        answer = json.loads(self.activate("one-year", "--json").stdout)
        self.assertEqual(list(answer["license"]), LICENSE_KEYS)
        self.assertEqual(answer["license"]["state"], "active")

    REFUSALS = [
        # what is typed, arguments, reason, a word of what and of the way out
        ("used-up", (), "code-exhausted", "in use", "Release the seat"),
        ("unknown", (), "code-unknown", "does not know", "Compare"),
        ("blocked", (), "code-blocked", "blocked", "support"),
        ("expired", (), "code-expired", "expired", "new license"),
        ("wrong-product", ("--product", "internet-security"), "code-wrong-product", "Password Safe", "Choose"),
        ("newer-version", ("--product", "internet-security"), "version-incompatible", "99.0", "Update"),
    ]

    def test_refusals(self):
        messages = set()
        for name, arguments, reason, what, way_out in self.REFUSALS:
            with self.subTest(name):
                done = self.activate(name, "--json", *arguments, expect=REFUSED)
                answer = json.loads(done.stdout)
                self.assertEqual(answer["reason"], reason)
                self.assertEqual(list(answer), ["reason", "message", "details"])
                self.assertTrue(done.stderr.startswith("prolongctl: "), done.stderr)
                self.assertTrue(done.stderr.endswith(f"({reason})\n"), done.stderr)
                self.assertIn(what, answer["message"])
                self.assertIn(way_out, answer["message"])
                messages.add(answer["message"])
        self.assertEqual(len(messages), len(self.REFUSALS))
        self.assertEqual(self.json("status")["licenses"], [])

    def test_refusals_in_three_languages(self):
        seen = set()
        for spoken in ("en", "nl", "ru"):
            for name, arguments, reason, _what, _way_out in self.REFUSALS:
                done = self.ctl("activate", *arguments, stdin=self.service.codes[name], expect=REFUSED,
                                env=language(spoken))
                self.assertIn(f"({reason})\n", done.stderr)
                self.assertEqual(bool(re.search("[а-я]", done.stderr)), spoken == "ru", done.stderr)
                seen.add(done.stderr)
        self.assertEqual(len(seen), 3 * len(self.REFUSALS))

    def test_mistyped_is_told_without_a_request(self):
        code = self.service.codes["one-year"]
        self.service.stop()
        wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
        for typed, words in ((wrong, "typing error"), (code[:-3], "not complete"), ("", "No activation code"),
                             ("4821-003918-55120734", "license number")):
            with self.subTest(typed):
                done = self.ctl("activate", stdin=typed, expect=REFUSED)
                self.assertIn(words, done.stderr)
                self.assertIn("(code-malformed)", done.stderr)
        self.assertEqual(self.json("status")["licenses"], [])

    def test_service_stopped(self):
        self.service.stop()
        done = self.activate(expect=LATER)
        self.assertIn("(service-unavailable)", done.stderr)
        self.assertIn("goes on by itself", done.stderr)
        self.assertIn("Waiting for the next attempt", done.stdout)

        self.service.start()
        self.assertIn("The license is activated", self.activate().stdout)

    def test_closed_input(self):
        done = subprocess.run(["sh", "-c", f"{paths.CTL} activate <&-"], env=self.session.env, text=True,
                              capture_output=True, check=False)
        self.assertEqual(done.returncode, REFUSED, done.stderr)
        self.assertIn("(code-malformed)", done.stderr)

    def test_unknown_vendor(self):
        done = self.ctl("activate", "--vendor", "nobody", expect=USAGE)
        self.assertIn("demo", done.stderr)

    def test_asks_again_on_a_terminal(self):
        code = self.service.codes["one-year"]
        stdout, stderr = self.on_terminal("activate", typed=f"{code[:-2]}\n{code}\n")
        self.assertEqual(stderr.count("Activation code:"), 2)
        self.assertIn("not complete", stderr)
        self.assertIn("The license is activated", stdout)

    def test_killed_agent_and_service(self):
        """The agent dies with the request under way: who follows the activation starts it again, and reads what next."""
        self.service.stop()
        service = self.enterContext(Service(self.session, directory=True))
        agent = self.enterContext(Agent(self.session))
        service.child.signal(signal.SIGSTOP)
        code = service.codes["one-year"].encode()
        child = self.session.spawn([paths.CTL, "activate", "--product", PRODUCT], stdin=code)
        child.wait_for_line("Asking the vendor")
        agent.kill()
        service.kill()
        self.assertEqual(child.wait(), LATER, child.output())
        self.assertIn("(service-unavailable)", child.output())

        service.start()
        self.ctl("activate", stdin=code.decode())
        self.assertEqual(self.json("status")["licenses"][0]["devices"], {"used": 1, "limit": 1})

    def test_interrupted_after_sending(self):
        self.service.child.signal(signal.SIGSTOP)
        child = self.session.spawn([paths.CTL, "activate", "--product", PRODUCT],
                                   stdin=(self.service.codes["one-year"] + "\n").encode())
        child.wait_for_line("Asking the vendor")
        child.signal(signal.SIGINT)
        self.assertEqual(child.wait(), FAILED)
        self.assertIn("goes on in the background", child.output())
        self.service.child.signal(signal.SIGCONT)


class Interrupt(Case):
    def test_cancels_before_sending(self):
        """While the keyring does not answer, Ctrl+C undoes everything."""
        monitor = self.session.record_bus()
        self.session.keyring.signal(signal.SIGSTOP)
        child = self.session.spawn([paths.CTL, "activate"], stdin=(self.service.codes["one-year"] + "\n").encode())
        child.wait_for_line("Storing the code")
        child.signal(signal.SIGINT)
        monitor.wait_for_line("member=Cancel")
        self.session.keyring.signal(signal.SIGCONT)
        self.assertEqual(child.wait(), FAILED, child.output())
        self.assertIn("(cancelled)", child.output())
        self.session.wait_for_keyring(lambda: self.session.keyring_items() == [])
        self.assertEqual(self.json("preflight", stdin=self.service.codes["one-year"])["devices"]["used"], 0)
        self.assertEqual(self.json("status")["licenses"], [])


class Locked(Case):
    keyring = "locked"

    def test_is_told(self):
        """Nobody is there to answer the prompt for the password."""
        done = self.activate(expect=FAILED)
        self.assertIn("(keyring-locked)", done.stderr)
        self.assertIn("Unlock it", done.stderr)
        status = self.json("status")
        self.assertEqual((status["licenses"], status["keyring"]), ([], "locked"))

        self.session.unlock_keyring()
        self.assertIn("The license is activated", self.activate().stdout)


class NoKeyring(Case):
    keyring = "none"

    def test_activates_all_the_same(self):
        """Without a keyring the code is held in memory only."""
        self.assertIn("The license is activated", self.activate().stdout)
        self.assertEqual(self.json("status")["keyring"], "unavailable")

    def test_asks_for_the_code_again(self):
        """After a restart of the agent the code is gone; entered once more, it goes on under the same operation."""
        agent = self.enterContext(Agent(self.session))
        port = self.service.port
        self.service.stop()
        self.activate(expect=LATER)
        before = agent.operations()[0]["Id"]
        agent.kill()
        agent.start()

        self.assertEqual(port, self.service.port)
        self.service.start()
        self.assertIn("The license is activated", self.activate().stdout)
        self.assertEqual([(operation["Id"], operation["Step"]) for operation in agent.operations()], [(before, "done")])


class Others(Case):
    def test_preflight(self):
        code = self.service.codes["three-devices"]
        answer = self.json("preflight", stdin=code)
        self.assertEqual(list(answer), ["product", "name", "kind", "term", "starts_at", "expires_at", "devices"])
        self.assertEqual(answer["product"], "internet-security")
        self.assertEqual(answer["term"], 365 * 86400)
        self.assertEqual(answer["devices"]["limit"], 3)
        self.assertIn("Nothing was used yet", self.ctl("preflight", stdin=code).stdout)
        self.assertEqual(self.json("status")["licenses"], [])

        refused = self.ctl("preflight", stdin=self.service.codes["used-up"], expect=REFUSED)
        self.assertIn("(code-exhausted)", refused.stderr)
        self.service.stop()
        self.assertIn("(service-unavailable)", self.ctl("preflight", stdin=code, expect=LATER).stderr)

    def test_refresh(self):
        self.ctl("refresh", expect=REFUSED)
        self.activate()
        self.assertIn("365 days left", self.ctl("refresh").stdout)
        self.service.stop()
        self.assertIn("(service-unavailable)", self.ctl("refresh", expect=LATER).stderr)
        self.ctl("status", "--check")

    def test_remove(self):
        self.assertIn("(no-license)", self.ctl("remove", "--yes", expect=REFUSED).stderr)
        self.activate()
        self.ctl("remove", expect=USAGE)
        self.ctl("status", "--check")
        self.service.kill()
        self.ctl("remove", "--yes", expect=LATER)
        self.ctl("status", "--check")

    def test_remove_gives_the_seat_back(self):
        self.activate()
        self.assertIn("was removed", self.ctl("remove", "--yes").stdout)
        self.ctl("status", "--check", expect=NOTHING)
        self.assertEqual(self.json("preflight", stdin=self.service.codes["one-year"])["devices"]["limit"], 1)

    def test_remove_asks_on_a_terminal(self):
        self.activate()
        for answer, expect in (("n", FAILED), ("", FAILED), ("y", DONE)):
            self.on_terminal("remove", typed=f"{answer}\n", expect=expect)
        self.ctl("status", "--check", expect=NOTHING)

    def test_profile(self):
        self.assertIn("internet-security", self.ctl("profile", "list").stdout)
        vendors = self.json("profile", "list")["vendors"]
        self.assertEqual([vendor["id"] for vendor in vendors], ["demo"])
        self.assertEqual(vendors[0]["service"], self.service.url)
        shipped = paths.SOURCE / "data/vendors/demo.conf"
        self.assertIn("valid profile", self.ctl("profile", "check", str(shipped)).stdout)
        broken = self.session.home / "broken.conf"
        broken.write_text(shipped.read_text().replace("Id=demo", "Id=Demo!"))
        self.assertIn("(profile-invalid)", self.ctl("profile", "check", str(broken), expect=FAILED).stderr)
        self.ctl("profile", "check", "/nowhere", expect=FAILED)
        self.ctl("profile", expect=USAGE)


class Plumbing(Case):
    def test_usage(self):
        for arguments in ([], ["dance"], ["status", "--dance"], ["status", "extra"], ["activate", "CODE"],
                          ["remove", "--product"]):
            with self.subTest(arguments):
                done = self.ctl(*arguments, expect=USAGE)
                self.assertIn("--help", done.stderr)
                self.assertEqual(done.stdout, "")
        self.assertRegex(self.ctl("--version").stdout, r"^prolongctl \d")

    def test_closed_pipe(self):
        script = f"{paths.CTL} status --json | :; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", script], env=self.session.env, text=True, capture_output=True, check=False)
        self.assertIn(done.returncode, (DONE, 128 + signal.SIGPIPE))
        self.assertEqual(done.stderr, "")

    def test_full_disk(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([paths.CTL, "status"], env=self.session.env, text=True, stdout=full,
                                  stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, FAILED)
        self.assertIn("could not be written", done.stderr)

    def test_code_is_in_no_command_line_and_no_environment(self):
        """Every process is looked at from before the code is given until after the activation."""
        needles = [self.service.codes["one-year"].encode(), self.service.codes["one-year"].replace("-", "").encode()]
        found, seen, over = [], set(), threading.Event()

        def watch():
            while not over.is_set():
                for process in Path("/proc").glob("[0-9]*"):
                    for name in ("cmdline", "environ"):
                        try:
                            text = (process / name).read_bytes()
                        except OSError:
                            continue
                        seen.add(process.name)
                        found.extend((process.name, name) for needle in needles if needle in text)

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            child = self.session.spawn([paths.CTL, "activate"], stdin=needles[0] + b"\n")
            self.assertEqual(child.wait(), DONE, child.output())
            self.ctl("status")
        finally:
            over.set()
            watcher.join()
        self.assertEqual(found, [])
        self.assertIn(str(child.pid), seen)
        self.assertEqual(self.session.find_bytes(self.service.codes["one-year"], self.session.logs
                                                 / "prolongctl.log"), [])


if __name__ == "__main__":
    tap.main()

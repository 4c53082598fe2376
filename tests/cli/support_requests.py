# SPDX-License-Identifier: GPL-3.0-or-later
"""prolongctl support against the real agent, keyring and demo service."""

import re
import subprocess

from case import LATER, PRODUCT, REFUSED, RFC_3339, USAGE, Case
from support import paths, tap

WRITE = ("support", "write", "--topic", "auto-renewal", "--name", "Jan de Vries", "--email", "jan@example.net")
MESSAGE = "I cannot turn it off.\nPlease help.\n"


class Support(Case):
    directory = True

    def service_list(self):
        return subprocess.run([paths.SERVICE, "support", "list", "--directory", str(self.service.directory)],
                              env=self.session.env, capture_output=True, text=True, check=True).stdout

    def service_show(self, reference):
        return subprocess.run([paths.SERVICE, "support", "show", reference, "--directory", str(self.service.directory)],
                              env=self.session.env, capture_output=True, text=True, check=True).stdout

    def test_topics(self):
        text = self.ctl("support", "topics").stdout
        self.assertRegex(text, r"(?m)^ +auto-renewal +Turning auto-renewal off$")
        topics = {topic["id"]: topic["fields"] for topic in self.json("support", "topics")["topics"]}
        self.assertEqual(topics["auto-renewal"], ["purchase-date", "order-number", "license-number"])

    def test_written(self):
        """It arrives with all that is known, and a reference comes back."""
        self.activate()
        number = self.json("status")["licenses"][0]["number"]
        text = self.ctl(*WRITE, "--order-number", "A221234065", "--purchase-date", "2026-10-01", stdin=MESSAGE).stdout
        reference = re.fullmatch(r"Sent\. Reference: (SR-\S+)\n", text).group(1)
        self.assertIn(reference, self.service_list())
        shown = self.service_show(reference)
        for word in ("Jan de Vries", "jan@example.net", "auto-renewal", "A221234065", "2026-10-01", number, PRODUCT,
                     "I cannot turn it off.", "Please help."):
            self.assertIn(word, shown)
        self.assertNotIn("Keyring:", shown, "a diagnosis that nobody agreed to")
        request, = self.json("support")["requests"]
        self.assertEqual((request["state"], request["reference"], request["reason"]), ("sent", reference, None))
        self.assertRegex(request["created_at"], RFC_3339)
        self.assertIn("1  Turning auto-renewal off, today", self.ctl("support", "list").stdout)
        for word in ("Vries", "jan@example.net", "A221234065", "turn it off", number):
            self.assertEqual([path for path in self.session.find_bytes(word, self.session.home / "state/prolong")
                              if path.name.endswith(".support")], [], word)
        self.assertIn("Nothing was written", self.ctl("support", "forget", reference).stdout)

    def test_diagnosis(self):
        """Only with a yes, after it was shown."""
        self.activate()
        told = self.ctl("support", "diagnosis").stdout
        self.assertIn("License: internet-security, commercial, active, days left 365", told)
        self.assertIn("Keyring: available", self.json("support", "diagnosis")["diagnosis"])
        self.assertIn("--yes", self.ctl(*WRITE, "--diagnosis", stdin=MESSAGE, expect=USAGE).stderr)
        done = self.ctl(*WRITE, "--diagnosis", "--yes", stdin=MESSAGE)
        self.assertIn("This is attached:\nProlong: ", done.stderr)
        self.assertIn("Keyring: available", self.service_show(done.stdout.split()[-1]))

    def test_on_a_terminal(self):
        """What is missing is asked for."""
        stdout, stderr = self.on_terminal("support", "write", typed="other\nJan\njan@example.net\nIt is too slow.\n\x04")
        self.assertRegex(stdout, r"Sent\. Reference: SR-")
        for word in ("Topic:", "Name:", "E‑mail:", "Ctrl+D"):
            self.assertIn(word, stderr)

    def test_code_in_the_message(self):
        code = self.service.codes["one-year"]
        done = self.ctl(*WRITE, stdin=f"My code {code} does not work.\n")
        self.assertIn("There is an activation code in your message.", done.stderr)
        shown = self.service_show(done.stdout.split()[-1])
        self.assertIn("My code ••••• does not work.", shown)
        self.assertNotIn(code, shown)
        self.assertEqual(self.json("support")["requests"][0]["codes_hidden"], 1)

    def test_offline(self):
        """It is kept, told, and sent when the vendor is back."""
        self.service.stop()
        text = self.ctl(*WRITE, stdin=MESSAGE, expect=LATER).stdout
        self.assertIn("Kept here, and sent as soon as the vendor can be reached.", text)
        request = self.json("support")["requests"][0]
        self.assertEqual((request["state"], request["reason"]), ("waiting", "service-unavailable"))
        self.service.restart()
        # The same words once more are the same request, and send it now.
        self.assertIn("Sent.", self.ctl(*WRITE, stdin=MESSAGE).stdout)
        self.assertEqual([r["id"] for r in self.json("support")["requests"]], [request["id"]])
        self.assertEqual(len(re.findall("SR-", self.service_list())), 1)

    def test_forget(self):
        self.service.stop()
        self.ctl(*WRITE, stdin=MESSAGE, expect=LATER)
        self.assertIn("Name the request", self.ctl("support", "forget", "7", expect=USAGE).stderr)
        self.assertIn("Nothing was written", self.ctl("support", "forget", "1").stdout)
        self.assertEqual([p for p in (self.session.home / "state/prolong").iterdir() if p.name.endswith(".support")], [])

    def test_mistakes(self):
        for arguments, stdin, expect, words in (
                (("support", "write"), MESSAGE, USAGE, "--topic"),
                (("support", "write", "--topic", "weather", *WRITE[4:]), MESSAGE, USAGE, "support topics"),
                (("support", "write", "--topic", "other"), MESSAGE, USAGE, "--name and --email"),
                (WRITE, " \n", USAGE, "standard input"),
                (WRITE, "x" * 9000, USAGE, "8 KiB"),
                ((*WRITE[:-1], "nobody"), MESSAGE, REFUSED, "email-malformed"),
                (("support", "read"), "", USAGE, "“list”"),
                (("support", "list", "all"), "", USAGE, "“list”")):
            with self.subTest(arguments=arguments):
                self.assertIn(words, self.ctl(*arguments, stdin=stdin, expect=expect).stderr)
        self.assertEqual(self.json("support")["requests"], [])


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of prolongctl share: a session with keyring and demo service, and the program run in it."""

import json
import os
import pty
import subprocess
import unittest

from support import paths
from support.service import Service
from support.session import Session

PRODUCT = "internet-security"
DAY = 86400
RFC_3339 = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"

DONE, FAILED, USAGE, NOTHING, LATER, REFUSED = range(6)


def language(name):
    return {"LC_ALL": "C.UTF-8", "LANGUAGE": name, "PROLONG_LOCALE_DIR": str(paths.LOCALE_DIR)}


class Case(unittest.TestCase):
    """A session with service and agent for each test; the agent is started by the bus where a test does not."""

    keyring = "unlocked"
    directory = None

    def setUp(self):
        self.session = self.enterContext(Session(keyring=self.keyring))
        self.service = self.enterContext(Service(self.session, directory=self.directory))

    def enterContext(self, manager):
        result = manager.__enter__()
        self.addCleanup(manager.__exit__, None, None, None)
        return result

    def ctl(self, *arguments, stdin="", expect=DONE, env=None):
        done = self.session.run([paths.CTL, *arguments], stdin=stdin, env=env)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done

    def json(self, *arguments, stdin="", expect=DONE):
        return json.loads(self.ctl(*arguments, "--json", stdin=stdin, expect=expect).stdout)

    def activate(self, name="one-year", *arguments, expect=DONE):
        return self.ctl("activate", *arguments, stdin=self.service.codes[name] + "\n", expect=expect)

    def on_terminal(self, *arguments, typed, expect=DONE, env=None):
        """Runs the program on a terminal, on which TYPED is typed; returns its output and its errors."""
        main, terminal = pty.openpty()
        child = subprocess.Popen([paths.CTL, *arguments], env={**self.session.env, **(env or {})}, stdin=terminal, text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.close(terminal)
        os.write(main, typed.encode())
        stdout, stderr = child.communicate(timeout=paths.LIMIT)
        os.close(main)
        self.assertEqual(child.returncode, expect, stdout + stderr)
        return stdout, stderr

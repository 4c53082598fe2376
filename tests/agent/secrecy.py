# SPDX-License-Identifier: GPL-3.0-or-later
"""The code is in the keyring and nowhere else, whichever way an activation goes."""

import unittest
from pathlib import Path

from support import paths, tap
from support.agent import Agent
from support.proxy import Proxy, answer, drop
from support.service import Service
from support.session import Session

PRODUCT = "internet-security"


def processes(session):
    """Command lines and environments of everything that runs in the session."""
    found = b""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            environment = (folder / "environ").read_bytes()
            if session.mark.encode() in environment:
                found += environment + (folder / "cmdline").read_bytes()
        except OSError:
            pass
    return found


class Secrecy(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session(env={"G_MESSAGES_DEBUG": "all"}))
        self.service = self.enterContext(Service(self.session, directory=True))
        self.proxy = self.enterContext(Proxy(self.service))
        self.service.install_profile(url=self.proxy.url)
        self.monitor = self.session.record_bus()
        self.agent = self.enterContext(Agent(self.session))

    def spellings(self, code):
        return (code, code.replace("-", ""), code.lower())

    def assert_nowhere(self, code):
        running = processes(self.session)
        self.assertIn(b"prolong-agent", running)
        for spelling in self.spellings(code):
            self.assertNotIn(spelling.encode(), running)
            places = [path for path in self.session.find_bytes(spelling) if not self.is_known(path)]
            self.assertEqual(places, [])
        self.assertEqual(self.said_by_agent(code), [])

    def is_known(self, path):
        """The demo prints its codes; the bus was told the code by the test itself; the keyring is what it is for."""
        return path in (self.service.log, self.monitor.log) or "keyrings" in path.parts

    def said_by_agent(self, code):
        """Messages on the bus that hold the code and were not sent by this test to the agent."""
        recorded = (self.session.logs / "dbus-monitor.log").read_text(errors="replace")
        own = self.session.bus.get_unique_name()
        messages = recorded.replace("\nmethod ", "\n\0method ").replace("\nsignal ", "\n\0signal ") \
            .replace("\nerror ", "\n\0error ").split("\0")
        self.assertTrue(any("AddCode" in message and code in message for message in messages), "the record is real")
        return [message for message in messages
                if any(spelling in message for spelling in self.spellings(code)) and f"sender={own} " not in message]

    def test_success(self):
        code = self.service.codes["one-year"]
        self.agent.activate(code, product=PRODUCT)
        self.agent.on_license(self.agent.licenses()[0]["path"], "Refresh")
        self.assertEqual([secret for _, secret, _ in self.session.keyring_items()], [code])
        self.assert_nowhere_but_here(code)

    def assert_nowhere_but_here(self, code):
        """keyring_items() itself read the secret in the clear: only what was said before counts."""
        self.session.stop_keyring()
        running = processes(self.session)
        for spelling in self.spellings(code):
            self.assertNotIn(spelling.encode(), running)
            self.assertEqual([p for p in self.session.find_bytes(spelling) if not self.is_known(p)], [])

    def test_said_on_the_bus(self):
        code = self.service.codes["one-year"]
        self.agent.activate(code, product=PRODUCT)
        self.assert_nowhere(code)

    def test_refused(self):
        code = self.service.codes["blocked"]
        path = self.agent.add_code(code, product=PRODUCT)
        self.agent.wait_for_step(path, "refused")
        self.assert_nowhere(code)

    def test_waiting_and_killed(self):
        code = self.service.codes["one-year"]
        self.proxy.next(drop, answer(500))
        path = self.agent.add_code(code, product=PRODUCT)
        self.agent.wait_for_step(path, "waiting")
        self.agent.kill()
        self.agent.start()
        self.agent.wait_for_step(path, "waiting")
        self.assert_nowhere(code)

    def test_seat_token_and_ticket_are_not_logged(self):
        self.agent.activate(self.service.codes["one-year"], product=PRODUCT)
        record = (self.session.home / f"state/prolong/demo.{PRODUCT}.license").read_text()
        for member in ("seat_token", "ticket"):
            value = record.split(f'"{member}":"')[1].split('"')[0]
            places = [path for path in self.session.find_bytes(value) if path.parent != self.session.home / "state/prolong"]
            # The service keeps the answer, sealed or not, for the idempotency key.
            places = [path for path in places if self.service.directory not in path.parents]
            self.assertEqual(places, [], member)


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""How the agent comes, stays and goes."""

import os
import unittest

from support import paths, tap
from support.agent import Agent
from support.service import Service
from support.session import Session

PRODUCT = "internet-security"


class Lifecycle(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())

    def test_first_call_starts_it_and_is_answered_in_full(self):
        with Service(self.session) as service:
            with Agent(self.session) as agent:
                agent.activate(service.codes["one-year"], product=PRODUCT)
            agent = Agent(self.session)
            self.assertEqual([license["DaysLeft"] for license in agent.licenses()], [365])
            self.end_activated()

    def end_activated(self):
        pid = self.session.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                "GetConnectionUnixProcessID", "(s)", paths.AGENT_NAME)
        os.kill(pid, 15)
        self.session.wait_for_name(paths.AGENT_NAME, present=False)

    def test_second_agent_ends_with_success(self):
        with Agent(self.session) as agent:
            agent.attach()
            self.assertEqual(self.session.run([paths.AGENT]).returncode, 0)
            self.assertGreaterEqual(agent.properties()["Version"], 1)

    def test_leaves_when_there_is_nothing_to_do(self):
        """Half a minute passes at once under a library that shifts what the agent reads of the clocks."""
        agent = Agent(self.session, env={"LD_PRELOAD": paths.LIBFAKETIME,
                                         "FAKETIME": "+0 x60"})
        agent.start()
        self.assertEqual(agent.licenses(), [])
        self.assertEqual(agent.wait_for_end(), 0)

    def test_stays_for_a_client(self):
        fast = {"LD_PRELOAD": paths.LIBFAKETIME, "FAKETIME": "+0 x60"}
        client = self.session.connect()
        with Agent(self.session, env=fast) as agent:
            call = (paths.AGENT_NAME, paths.AGENT_PATH, "io.github.prolong.Manager1", "Attach", None, None, 0, -1, None)
            client.call_sync(*call)
            # One that nobody keeps would be gone when this one, started later, has left.
            with Session() as other:
                lonely = Agent(other, env=fast)
                lonely.start()
                self.assertEqual(lonely.wait_for_end(), 0)
            self.assertIsNone(agent.child.returncode)
            client.close_sync(None)
            self.assertEqual(agent.wait_for_end(), 0)

    def test_ends_on_sigterm(self):
        with Agent(self.session) as agent:
            self.assertEqual(agent.stop(), 0)

    def test_version(self):
        self.assertRegex(self.session.run([paths.AGENT, "--version"]).stdout, r"^prolong-agent \d+\.\d+\.\d+\n$")

    def test_state_directory_is_private(self):
        with Service(self.session) as service, Agent(self.session) as agent:
            agent.activate(service.codes["one-year"], product=PRODUCT)
            state = self.session.home / "state/prolong"
            self.assertEqual(state.stat().st_mode & 0o777, 0o700)
            modes = {path.name: path.stat().st_mode & 0o777 for path in state.iterdir()}
            self.assertEqual(modes, {f"demo.{PRODUCT}.license": 0o600})

    def test_profile_installed_while_it_runs(self):
        with Agent(self.session) as agent:
            self.assertEqual(agent.properties()["Vendors"], [])
            with Service(self.session):
                agent.attach()
                self.assertEqual([vendor["id"] for vendor in agent.properties()["Vendors"]], ["demo"])

    def test_broken_profile_is_passed_over(self):
        folder = self.session.home / "data/prolong/vendors"
        folder.mkdir(parents=True)
        (folder / "aaa.conf").write_bytes(b"\xff\x00 no profile")
        with Service(self.session), Agent(self.session) as agent:
            self.assertEqual([vendor["id"] for vendor in agent.properties()["Vendors"]], ["demo"])
            self.assertIn("aaa.conf", agent.log.read_text())

    def test_every_member_of_the_contract_is_exported(self):
        with Service(self.session) as service, Agent(self.session) as agent:
            operation = agent.add_code(service.codes["one-year"], product=PRODUCT)
            agent.wait_for_step(operation, "done")
            contract = (paths.SOURCE / "src/bus/io.github.prolong.xml").read_text()
            for path in (paths.AGENT_PATH, agent.licenses()[0]["path"], operation):
                seen = self.session.call(paths.AGENT_NAME, path, "org.freedesktop.DBus.Introspectable", "Introspect")
                self.assertIn("io.github.prolong.", seen)
                self.assertIn(seen.split('interface name="io.github.prolong.')[1].split('"')[0], contract)


if __name__ == "__main__":
    tap.main()

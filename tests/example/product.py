# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether it is licensed: asked by the example of a product, by a script, and over the bus; one answer, also offline."""

import subprocess
import unittest

from support import paths, tap
from support.agent import Agent
from support.network import Network
from support.proxy import Proxy
from support.service import Service
from support.session import Session

VENDOR, PRODUCT = "demo", "internet-security"
EXAMPLE = paths.BUILD / "tests/example/licensed"
KILLABLE = paths.BUILD / "tests/agent/killable-agent"
SOURCE = paths.SOURCE / "tests/example/licensed.c"
DAY = 86400


class Product(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())
        self.service = self.enterContext(Service(self.session, directory=True))
        self.proxy = self.enterContext(Proxy(self.service))
        self.service.install_profile(url=self.proxy.url)
        self.clock = self.session.home / "clock"
        self.clock.write_text("0")

    def start(self, program=KILLABLE):
        self.agent = self.enterContext(
            Agent(self.session, program=program, env={"PROLONG_TEST_CLOCK": str(self.clock)}))

    def check(self, vendor=VENDOR, product=PRODUCT):
        return self.agent.manager("CheckProduct", "(ss)", vendor, product)

    def asked(self, licensed, state, words):
        """Everybody who asks is told the same."""
        answer = self.check()
        self.assertEqual((answer[0], answer[1]["state"]), (licensed, state))
        self.assertEqual(set(answer[1]), {"state", "days_left", "expires_at"})
        product = self.session.run([EXAMPLE])
        self.assertEqual((product.returncode, product.stdout), (0 if licensed else 3, words + "\n"))
        script = self.session.run([paths.CTL, "status", "--check", "--vendor", VENDOR, "--product", PRODUCT])
        self.assertEqual(script.returncode, 0 if licensed else 3, script.stderr)
        return answer[1]

    def test_life(self):
        """Before the license, in it, after a block, and after its end."""
        self.start()
        self.asked(False, "none", "Not licensed")
        code = self.service.issue(term="40d")
        self.agent.activate(code, product=PRODUCT)
        license, = self.agent.licenses()
        facts = self.asked(True, "active", "Licensed, days left: 40")
        self.assertEqual((facts["days_left"], facts["expires_at"]), (40, license["ExpiresAt"]))
        self.service.block(code)
        self.agent.on_license(license["path"], "Refresh")
        self.asked(False, "blocked", "Not licensed")

    def test_offline(self):
        """The service is gone, and the agent starts anew: the ticket alone counts, to its end and no longer."""
        self.start()
        self.agent.activate(self.service.issue(term="40d"), product=PRODUCT)
        self.agent.stop()
        self.proxy.refuse()
        before = len(self.proxy.requests)
        for days, licensed, state, words in ((0, True, "active", "Licensed, days left: 40"),
                                             (39, True, "expiring", "Licensed, days left: 1"),
                                             (40, False, "expired", "Not licensed")):
            with self.subTest(f"after {days} days"):
                self.clock.write_text(str(days * DAY))
                self.agent.start()
                self.asked(licensed, state, words)
                self.agent.stop()
        self.assertEqual(len(self.proxy.requests), before)

    @unittest.skipUnless(Network.can_be_made(), "only root can make a network")
    def test_without_a_network(self):
        """The agent has no network at all."""
        self.start()
        self.agent.activate(self.service.issue(), product=PRODUCT)
        self.agent.stop()
        network = self.enterContext(Network(self.session.home))
        network.down()
        self.start(program=network.inside(KILLABLE))
        self.asked(True, "active", "Licensed, days left: 365")

    def test_others(self):
        """Of another product or vendor nothing is known; without a vendor any counts."""
        self.start()
        self.agent.activate(self.service.issue(), product=PRODUCT)
        for vendor, product, licensed in (("", PRODUCT, True), (VENDOR, "password-safe", False), ("nobody", PRODUCT, False),
                                          (VENDOR, "", False), ("", "", False), ("\n", "../" * 99, False)):
            with self.subTest(vendor=vendor, product=product):
                self.assertEqual(self.check(vendor, product)[0], licensed)

    def test_started_by_the_question(self):
        """No agent runs: the bus starts one, which answers and may leave."""
        self.assertFalse(self.session.has_name(paths.AGENT_NAME))
        self.assertEqual(self.session.run([EXAMPLE]).returncode, 3)

    def test_nobody_to_ask(self):
        done = self.session.run([EXAMPLE], env={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"})
        self.assertEqual((done.returncode, done.stdout), (4, ""))
        self.assertTrue(done.stderr)


class Source(unittest.TestCase):
    def test_is_short_and_builds_by_itself(self):
        """Twenty lines do it, with GIO alone and every warning on."""
        lines = [line for line in SOURCE.read_text(encoding="utf-8").partition("{\n")[2].splitlines() if line.strip("}")]
        self.assertLessEqual(len(lines), 20)
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "gio-2.0"], check=True, capture_output=True, text=True)
        done = subprocess.run(["cc", "-Wall", "-Wextra", "-Werror", "-o", "/dev/null", SOURCE, *flags.stdout.split()],
                              capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    tap.main()

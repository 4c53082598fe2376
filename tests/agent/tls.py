# SPDX-License-Identifier: GPL-3.0-or-later
"""Over the network codes travel by TLS with a verified certificate, or not at all."""

import unittest

from support import paths, tap
from support.agent import Agent
from support.proxy import Proxy
from support.service import Service
from support.session import Session
from support.tls import Authority

PRODUCT = "internet-security"


class Tls(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())
        self.service = self.enterContext(Service(self.session))
        self.authority = Authority(self.session.home)
        self.proxy = self.enterContext(Proxy(self.service, tls=self.authority.context()))
        self.service.install_profile(url=self.proxy.url)
        self.code = self.service.codes["one-year"]

    def test_unknown_authority_gets_nothing(self):
        with Agent(self.session) as agent:
            path = agent.add_code(self.code, product=PRODUCT)
            waiting = agent.wait_for_step(path, "waiting")
            self.assertEqual(waiting["Error"], "service-untrusted")
            self.assertTrue(waiting["Cancellable"], "nothing was sent")
            self.assertEqual(self.proxy.count(), 0)
            agent.on_operation(path, "Cancel")
            agent.wait_for_step(path, "cancelled")

    @unittest.skipUnless(Authority.can_be_trusted(), "only root can give a program a trust store of its own")
    def test_known_authority(self):
        with Agent(self.session, program=self.authority.trusting(paths.AGENT)) as agent:
            self.assertEqual(agent.activate(self.code, product=PRODUCT)["DaysLeft"], 365)
            agent.on_license(agent.licenses()[0]["path"], "Refresh")

    @unittest.skipUnless(Authority.can_be_trusted(), "only root can give a program a trust store of its own")
    def test_known_authority_for_another_name(self):
        """127.0.0.2 is this machine too, but the certificate is not made out to it."""
        self.service.install_profile(url=self.proxy.url.replace("localhost", "127.0.0.2"))
        with Agent(self.session, program=self.authority.trusting(paths.AGENT)) as agent:
            waiting = agent.wait_for_step(agent.add_code(self.code, product=PRODUCT), "waiting")
            self.assertEqual(waiting["Error"], "service-untrusted")
            self.assertEqual(self.proxy.count(), 0)

    def test_plain_http_elsewhere_is_no_profile(self):
        self.service.install_profile(url="http://192.0.2.1/v1")
        with Agent(self.session) as agent:
            self.assertEqual(agent.properties()["Vendors"], [])
            self.assertIn("demo.conf", agent.log.read_text())


if __name__ == "__main__":
    tap.main()

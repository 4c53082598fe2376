# SPDX-License-Identifier: GPL-3.0-or-later
"""Codes of an order that come later: a week before the new period, after a subscription, when the network is back."""

import unittest

from fault_matrix import KILLABLE
from notices import DAY, HOUR, World

from support import tap
from support.agent import Agent
from support.network import Network
from support.proxy import Proxy
from support.service import Service
from support.session import Session
from support.tls import Authority


class Later(unittest.TestCase):
    """Service and agent live from a day on whose clock the test moves; nobody asks, unless it is said."""

    def setUp(self):
        self.world = World(self)
        self.agent, self.service = self.world.agent, self.world.service
        self.agent.start()

    def asked(self):
        return self.world.proxy.count("GET", "/orders/")

    def wake_clerk(self):
        """A timer does not see that the clock is set; the bell of a command of the bookkeeper rings."""
        (self.service.directory / "store.db.bell").write_text("")

    def pay(self, license, **options):
        self.agent.attach()
        _, url = self.agent.order(license["Number"], **options)
        self.service.pay(url)
        self.agent.check_order()

    def license(self):
        license, = self.agent.licenses()
        return license


class Subscription(Later):
    """Paid while a subscription runs, the code waits for its end, and is used then."""

    def setUp(self):
        super().setUp()
        self.world.activate(term="2d", kind="subscription", provider="NetLine")

    def wait(self):
        self.pay(self.license())
        return self.agent.wait_for_order(state="delivered", outcome="pending", problem="subscription-running")

    def expect_used(self, old):
        self.agent.wait_for_order(outcome="active", problem="", limit=30)
        license = self.license()
        self.assertNotEqual(license["Id"], old["Id"])
        self.assertEqual((license["Kind"], license["State"], license["DaysLeft"]), ("commercial", "active", 365))
        self.assertEqual((self.agent.reserves(), self.agent.operations()), ([], []))

    def test_ends(self):
        self.wait()
        old = self.license()
        self.world.go_to(2 * DAY - HOUR)
        self.assertEqual(self.agent.orders()[0]["outcome"], "pending")
        self.world.go_to(2 * DAY + HOUR, asks=False)
        self.agent.wait_for(lambda: self.license()["State"] == "grace")
        self.assertEqual(self.agent.orders()[0]["outcome"], "pending", "it may renew by itself until the grace is over")
        self.world.go_to(3 * DAY + HOUR, asks=False)
        self.expect_used(old)

    def test_ends_while_the_agent_is_away(self):
        self.wait()
        old = self.license()
        self.agent.kill()
        self.world.set_clock(4 * DAY)
        self.agent.start()
        self.expect_used(old)

    def test_removed(self):
        """Who removes the license from this device need not wait."""
        self.wait()
        old = self.license()
        self.agent.on_license(old["path"], "Remove")
        self.agent.wait_for(lambda: self.agent.licenses() and self.license()["Id"] != old["Id"], limit=30)
        self.expect_used(old)

    def test_renewed(self):
        """A subscription that goes on keeps the code waiting, and the service is asked seldom."""
        self.wait()
        asked = self.asked()
        self.world.go_to(DAY)
        self.world.change_service("UPDATE codes SET term = term + ? WHERE id IN (SELECT code_id FROM subscriptions)", 30 * DAY)
        for day in range(2, 6):
            self.world.go_to(day * DAY + HOUR)
            self.assertEqual(self.agent.orders()[0]["outcome"], "pending")
        self.assertLessEqual(self.asked() - asked, 6, "once a day at most")


class WeekBefore(Later):
    """The vendor sends the code of a renewal a week before the new period; until then there is none."""

    def setUp(self):
        super().setUp()
        catalog = self.service.directory / "catalog.conf"
        catalog.write_text(catalog.read_text().replace("Delivery=at-once", "Delivery=week-before"))
        self.service.restart()
        self.world.activate(term="20d")

    def test_by_itself(self):
        self.pay(self.license())
        order = self.agent.wait_for_order(state="paid", outcome="")
        self.assertEqual(order["delivers_at"], self.license()["ExpiresAt"] - 7 * DAY)
        asked = self.asked()
        for day in (1, 6, 12):
            self.world.go_to(day * DAY + HOUR)
            self.wake_clerk()
            self.assertEqual(self.agent.orders()[0]["state"], "paid")
        self.assertLessEqual(self.asked() - asked, 3, "it is known when the code comes")
        self.world.set_clock(13 * DAY + HOUR)
        self.wake_clerk()
        self.agent.restart()  # Without anybody who attaches, as after a login.
        self.agent.wait_for_order(state="delivered", outcome="reserve", limit=30)
        self.assertEqual(len(self.agent.reserves()), 1)

    def test_license_ends_first(self):
        """Paid after the week began, it is delivered at once."""
        self.world.go_to(15 * DAY)
        self.pay(self.license())
        self.agent.wait_for_order(state="delivered", outcome="reserve")


@unittest.skipUnless(Network.can_be_made(), "only root can make a network")
class NetworkReturns(unittest.TestCase):
    """The link to the network is down when the code is there; it is asked for when the link is up, not at the next turn."""

    def test_returns(self):
        session = self.enterContext(Session())
        service = self.enterContext(Service(session, directory=True))
        network = self.enterContext(Network(session.home))
        authority = Authority(session.home, [network.address])
        proxy = self.enterContext(Proxy(service, tls=authority.context()))
        service.install_profile(url=proxy.url.replace("localhost", network.address))
        agent = self.enterContext(Agent(session, program=network.inside(authority.trusting(KILLABLE)),
                                        env={"PROLONG_TEST_CHANCE": "0"}))
        agent.attach()
        _, url = agent.order()
        service.pay(url)
        network.down()
        failed = agent.wait_for_order(problem="service-unavailable", limit=30)
        self.assertGreater(failed["retry_at"] - failed["created_at"], 300, "the next turn is far")
        network.up()
        agent.wait_for_order(state="delivered", outcome="active", problem="", limit=30)


if __name__ == "__main__":
    tap.main()

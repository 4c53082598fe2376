# SPDX-License-Identifier: GPL-3.0-or-later
"""The code of an order came while nobody looked: the person is told once, and what is pressed opens the right place."""

import sqlite3
import unittest

from notices import DAY, HOUR, LOW, SECURITY, WindowProgram, World

from support import tap
from support.notifications import Scripted


class Arrived(unittest.TestCase):
    def setUp(self):
        self.world = World(self)
        self.session, self.agent, self.service = self.world.session, self.world.agent, self.world.service
        self.desktop = self.enterContext(Scripted(self.session))
        self.agent.start()

    def pay(self):
        """The window is closed between payment and code: nobody is attached any more."""
        _, url = self.agent.order()
        self.service.pay(url)

    def told(self):
        self.desktop.wait_for(lambda: self.desktop.notices, limit=30)
        self.world.wait_for_record(lambda record: record["shown"])
        notice, = self.desktop.notices
        return notice

    def expect(self, title, body, *buttons):
        notice = self.told()
        self.assertEqual((notice.title, notice.body, notice.urgency), (title, body, LOW))
        self.assertEqual([label for label in notice.actions if label != "default"], list(buttons))
        return notice

    def test_reserve_code(self):
        window = WindowProgram(self.session)
        self.world.activate()
        self.pay()
        notice = self.expect("Internet Security: the code that you bought is here",
                             "It is among your reserve codes, and takes over when the current license ends.",
                             "Show reserve codes")
        self.desktop.press(notice, "Show reserve codes", token="xyz")
        self.session.wait_for(lambda: window.calls, what="the window to be called")
        self.assertEqual(window.calls, [("show-panel", "reserve", "xyz")])

    def test_activated(self):
        window = WindowProgram(self.session)
        self.agent.attach()
        self.pay()
        notice = self.expect("Internet Security: the code that you bought is activated", "There is nothing left to do.")
        self.desktop.press(notice)
        self.session.wait_for(lambda: window.calls, what="the window to be called")
        self.assertEqual(window.calls, [("show-license", ("demo", SECURITY), None)])

    def test_refused(self):
        self.world.activate()
        _, url = self.agent.order()
        self.service.pay(url)
        with sqlite3.connect(self.service.directory / "store.db") as store:
            store.execute("UPDATE codes SET blocked = 1 WHERE id = (SELECT max(id) FROM codes)")
        notice = self.told()
        self.assertEqual(notice.title, "Internet Security: the code that you bought was not added")
        self.assertIn("The vendor has blocked this activation code", notice.body)

    def test_once(self):
        """Neither a restart nor a clock set back and forth tells it again."""
        self.world.activate()
        self.pay()
        self.told()
        self.world.go_to(DAY)
        self.world.go_to(HOUR, asks=False, boot=False)
        self.agent.restart()
        self.world.go_to(2 * DAY)
        self.assertEqual(len(self.desktop.notices), 1)

    def test_killed_before_it_is_told(self):
        self.world.activate()
        self.pay()
        self.agent.restart(env={"PROLONG_TEST_END_AT": "order-taking"})
        self.agent.check_order()
        self.assertEqual(self.agent.wait_for_end(), -9)
        self.agent.start()
        self.expect("Internet Security: the code that you bought is here",
                    "It is among your reserve codes, and takes over when the current license ends.",
                    "Show reserve codes")

    def test_switched_off(self):
        """Who wants no notifications has none; once they are wanted, what came meanwhile is told."""
        self.world.activate()
        self.agent.manager("SetNotifications", "(b)", False)
        self.pay()
        self.agent.wait_for_order(state="delivered", outcome="reserve", limit=30)
        self.assertEqual(self.desktop.notices, [])
        self.agent.manager("SetNotifications", "(b)", True)
        self.expect("Internet Security: the code that you bought is here",
                    "It is among your reserve codes, and takes over when the current license ends.",
                    "Show reserve codes")


if __name__ == "__main__":
    tap.main()

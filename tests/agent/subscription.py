# SPDX-License-Identifier: GPL-3.0-or-later
"""A year of a subscription, day by day: what label, detail line, tray and notifications say; and its auto-renewal, switched."""

import re
import subprocess
import unittest

from notices import DAY, HOUR, SECURITY, START, World

from support import paths, tap
from support.agent import Problem
from support.notifications import Scripted
from support.panel import Host
from support.proxy import answer, drop

PERIOD = 90
FINE, SOON, ENDED, ATTENTION = (f"{paths.APP_ID}-{name}-symbolic" for name in ("fine", "soon", "ended", "attention"))
NAME = "Internet Security"
CODE_LATER = "An activation code can be entered once auto-renewal is off and the period is over: the vendor takes none " \
             "while a subscription runs."
RENEWS = "It renews by itself; there is nothing to do. " + CODE_LATER
NETLINE_RENEWS = "NetLine renews it by itself; there is nothing to do. " + CODE_LATER
WITHIN_A_DAY = "Your subscription renews by itself within 24 hours; there is nothing to do."
OFF = "It does not renew by itself. Internet Security works until "
OVER = "The subscription has ended. An activation code can be entered now."
NETLINE_OVER = "The subscription from NetLine has ended. If it was renewed there, check the status; else an activation code " \
               "can be entered."


class Office(World):
    """The vendor's office beside the world: what a provider reports."""

    def run(self, *words, **options):
        argv = [paths.SERVICE, *words, "--directory", str(self.service.directory)]
        for name, value in options.items():
            argv += ["--" + name.replace("_", "-"), str(value)]
        done = subprocess.run(argv, env={**self.session.env, **self.service.env}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def subscribe(self, **options):
        """Makes a subscription and activates it."""
        self.number, self.code = re.findall(r"\S+", self.run("subscriptions", "create", product=SECURITY, **options))[:2]
        operation = self.agent.add_code(self.code, product=SECURITY)
        self.agent.wait_for_step(operation, "done")
        self.agent.on_operation(operation, "Dismiss")

    def report(self, what, **options):
        self.run("subscriptions", what, self.number, **options)

    def license(self):
        license, = self.agent.licenses()
        return license

    def ctl(self, *words):
        """prolongctl at the time of the service."""
        done = self.session.run([paths.CTL, *words], env=self.service.env)
        assert done.returncode == 0, done.stderr
        return done.stdout


class Year(unittest.TestCase):
    """What happens, and what is said of it, hour by hour from the activation on."""

    provider, renews, over = {}, RENEWS, OVER

    # (day, hour after the activation, what happens, why)
    EVENTS = (
        (90, 0.02, lambda office: office.report("renew", event="1"), "renewed on time"),
        (120, 0.5, lambda office: office.service.block(office.code), "the vendor blocks it"),
        (125, 0.5, lambda office: office.change_service("UPDATE codes SET blocked = 0"), "and unblocks it"),
        (180, 20, lambda office: office.report("renew", event="2"), "renewed 20 hours late"),
        (270, 0.5, lambda office: office.report("fail-payment", event="3"), "the payment fails"),
        (274, 0.5, lambda office: office.report("renew", event="4"), "it is paid, and reported days after the end"),
        (300, 0.5, lambda office: office.report("cancel", event="5"), "it is cancelled"),
    )

    # (until which day and hour, State, icon, line, whether the person is covered, why)
    SAID = (
        (60, 0, "active", FINE, "renews", True, "far from its end"),
        (90, 0, "expiring", FINE, "renews", True, "near its end, which is none"),
        (120, 0.5, "active", FINE, "renews", True, "renewed on time: nothing is ever said"),
        (125, 0.5, "blocked", ATTENTION, "", False, "blocked by the vendor"),
        (150, 0, "active", FINE, "renews", True, "unblocked"),
        (180, 0, "expiring", FINE, "renews", True, "near its second end"),
        (180, 20, "grace", FINE, WITHIN_A_DAY, True, "the renewal is late: no alarm"),
        (240, 0, "active", FINE, "renews", True, "renewed 20 hours late, from the end that was"),
        (270, 0.5, "expiring", FINE, "renews", True, "near its third end"),
        (271, 0, "grace", SOON, OFF, True, "the payment failed: there is something to do, and time to do it"),
        (274, 0.5, "expired", ENDED, "over", False, "a day later it has ended"),
        (300, 0.5, "active", FINE, "renews", True, "paid after all"),
        (330, 0, "active", FINE, OFF, True, "cancelled: it works to its end"),
        (360, 0, "expiring", SOON, OFF, True, "its end comes, as that of any license"),
        (366, 0, "expired", ENDED, "over", False, "no grace: nothing more is awaited"),
    )

    # (day, title of the notice, why): and no other
    TOLD = (
        (120, f"{NAME}: the license is blocked", "what works no more is told"),
        (270, f"{NAME}: the license has ended, the grace period runs", "the payment failed"),
        (271, f"{NAME}: the license has ended", "nobody paid"),
        (330, f"{NAME}: 30 days left", "cancelled, it ends like any license"),
        (346, f"{NAME}: 14 days left", "the same"),
        (353, f"{NAME}: 7 days left", "the same"),
        (359, f"{NAME}: last day", "the same"),
        (360, f"{NAME}: the license has ended", "and has ended"),
    )

    # Besides one at one o'clock each day: around what happens.
    LOOKS = ((90, -1), (180, -1), (180, 10), (180, 19), (180, 21), (270, -1), (270, 23), (360, -1))

    def setUp(self):
        self.office = Office(self)
        self.host = self.enterContext(Host(self.office.session))
        self.desktop = self.enterContext(Scripted(self.office.session))
        self.office.agent.start()
        self.item = self.host.wait_for_item()

    def expected(self, hour):
        day, later, state, icon, line, covered, why = next(row for row in self.SAID if hour < row[0] * 24 + row[1])
        return state, icon, {"renews": self.renews, "over": self.over}.get(line, line), covered, why

    def label(self, state, hour, end):
        """The words of the label, and nobody else's."""
        if state in ("blocked", "expired"):
            return f"License {state}"
        left = -(-(end * 24 - hour) // 24)
        if state == "grace":
            return f"License ended, grace period: {int(left) + 1} day left"
        return "License: last day" if left == 1 else f"License: {int(left)} days left"

    def read(self):
        return (self.office.license()["State"], self.item.get("ToolTip")[2], self.item.get("IconName"))

    def end_of_period(self, hour):
        """The day on which the period ends that runs then, or ran last."""
        ends = [90]
        for renewed, end in ((90 * 24 + 0.02, 180), (180 * 24 + 20, 270), (274 * 24 + 0.5, 360)):
            if hour >= renewed:
                ends.append(end)
        return ends[-1]

    def look(self, hour):
        state, icon, line, covered, why = self.expected(hour)
        wanted = (state, self.label(state, hour, self.end_of_period(hour)), icon)
        try:
            self.office.agent.wait_for(lambda: self.read() == wanted)
        except AssertionError:
            self.assertEqual(self.read(), wanted, f"day {hour / 24:.2f}: {why}")
        said = self.office.ctl("auto-renewal")
        self.assertIn(line, said, f"day {hour / 24:.2f}: {why}")
        if covered:  # No alarm on any day on which the person is covered.
            self.assertNotIn(icon, (ENDED, ATTENTION), why)
            self.assertEqual(self.item.get("Status"), "Active", why)
            self.office.session.wait_for(lambda: not any(notice.title.endswith(("has ended", "blocked"))
                                                         for notice in self.desktop.standing),
                                         what=f"no alarm to stand on day {hour / 24:.2f}")
        if self.office.license()["AutoRenewal"] and covered:  # What renews by itself is no business of the person at all.
            self.assertEqual(icon, FINE, why)
            self.office.session.wait_for(lambda: not self.desktop.standing, what="no notice to stand")

    def test_year(self):
        self.office.subscribe(period=f"{PERIOD}d", **self.provider)
        looks = sorted({day * 24 + 1 for day in range(1, 366)} | {day * 24 + hour for day, hour in self.LOOKS})
        events = [(day * 24 + hour, happen) for day, hour, happen, _why in self.EVENTS]
        asked = 0
        for hour in looks:
            while events and events[0][0] <= hour:
                self.office.set_clock(int(events[0][0] * HOUR))
                events.pop(0)[1](self.office)
            # Once a day the service is asked anyway; around an end what is said shows that it was.
            self.office.go_to(int(hour * HOUR), asks=hour - asked >= 19)
            asked = hour if hour - asked >= 19 else asked
            told = [title for day, title, _why in self.TOLD if day * 24 + 1 <= hour]
            self.desktop.wait_for(lambda: len(self.desktop.notices) >= len(told), what=f"{told} on day {hour / 24:.2f}")
            self.assertEqual([notice.title for notice in self.desktop.notices], told, f"day {hour / 24:.2f}")
            self.look(hour)


class YearAtNetLine(Year):
    """The same year, bought from an internet provider, who reports everything."""

    provider, renews, over = {"provider": "NetLine"}, NETLINE_RENEWS, NETLINE_OVER


class Status(unittest.TestCase):
    """A5: a renewal that is reported late is found by itself, and nobody is warned before the service was asked."""

    def setUp(self):
        self.office = Office(self)
        self.desktop = self.enterContext(Scripted(self.office.session))
        self.agent = self.office.agent
        self.agent.start()

    def asked(self):
        return self.office.proxy.count("POST", "/tickets$")

    def test_asked_around_the_end(self):
        """Just before and just after both ends, and at least hourly in between and for a day afterwards."""
        self.office.subscribe(period="10d")
        end, grace = 10 * DAY, 11 * DAY
        for moment, why in ((end - 590, "just before the end"), (end + 90, "just after it"), (end + 2 * HOUR, "in grace"),
                            (end + 3 * HOUR, "an hour later"), (grace - 590, "just before the end of the grace"),
                            (grace + 90, "just after it"), (grace + 3 * HOUR, "a day long"), (grace + 4 * HOUR, "hourly")):
            with self.subTest(why):
                before = self.asked()
                self.office.go_to(moment, asks=False)
                self.agent.wait_for(lambda: self.asked() > before, what=why)
                self.agent.wait_for(lambda: self.office.license()["CheckedAt"] >= START + moment - 1)

    def test_reported_after_the_end(self):
        """Nobody presses anything: the license runs again within the hour."""
        self.office.subscribe(period="10d", provider="NetLine")
        self.office.go_to(11 * DAY + 2 * HOUR, asks=False)
        self.agent.wait_for(lambda: self.office.license()["State"] == "expired")
        self.office.report("renew", event="1")
        self.office.go_to(11 * DAY + 3 * HOUR)
        self.agent.wait_for(lambda: self.office.license()["State"] == "expiring")
        self.desktop.wait_for(lambda: not self.desktop.standing)

    def test_not_warned_before_the_service_was_asked(self):
        """The renewal was reported while the device slept: it never hears of an end."""
        self.office.subscribe(period="10d", provider="NetLine")
        self.office.go_to(9 * DAY)
        self.office.set_clock(10 * DAY + 3 * HOUR)
        self.office.report("renew", event="1")
        self.office.go_to(12 * DAY)
        self.agent.wait_for(lambda: self.office.license()["State"] == "expiring")
        self.office.go_to(13 * DAY)
        self.assertEqual(self.desktop.notices, [])

    def test_away_around_the_end(self):
        """The service is away for hours: it is asked again soon, however long the waits had become."""
        self.office.subscribe(period="10d")
        self.office.go_to(9 * DAY)
        self.office.proxy.on("POST", "/tickets$", answer(503))
        for hour in range(230, 245):
            self.office.go_to(hour * HOUR, asks=False)
        self.office.report("renew", event="1")
        self.office.proxy.clear()
        self.office.go_to(246 * HOUR)
        self.agent.wait_for(lambda: self.office.license()["State"] == "expiring")
        self.assertEqual(self.desktop.notices, [])


class Switch(unittest.TestCase):
    """Auto-renewal, turned off and on again against the real service."""

    def setUp(self):
        self.office = Office(self)
        self.agent = self.office.agent
        self.agent.start()

    def switch(self, on):
        self.agent.on_license(self.office.license()["path"], "SetAutoRenewal", "(b)", on)
        return self.office.license()["AutoRenewal"]

    def refused(self, on):
        with self.assertRaises(Problem) as caught:
            self.switch(on)
        return caught.exception.problem

    def test_off_and_on(self):
        """The new ticket is held when the call returns, and after a restart; a code may not be added before the end."""
        self.office.subscribe(period="90d")
        license = self.office.license()
        self.assertEqual((license["AutoRenewal"], license["Provider"], license["StatusUrl"]), (True, "", ""))
        self.assertFalse(self.switch(False))
        self.assertFalse(self.switch(False), "once more is the same")
        self.agent.restart()
        license = self.office.license()
        self.assertEqual((license["AutoRenewal"], license["AddCode"]), (False, "subscription-running"))
        self.assertTrue(self.switch(True))
        self.assertFalse(self.switch(False))
        self.office.go_to(90 * DAY + HOUR)
        self.agent.wait_for(lambda: self.office.license()["State"] == "expired")
        self.assertEqual(self.office.license()["AddCode"], "allowed")
        self.assertEqual(self.refused(True), "subscription-ended")

    def test_managed_by_its_provider(self):
        self.office.subscribe(period="90d", provider="NetLine", manage_url="https://netline.example/manage",
                              status_url="https://netline.example/status")
        license = self.office.license()
        self.assertEqual((license["Provider"], license["ManageUrl"], license["StatusUrl"]),
                         ("NetLine", "https://netline.example/manage", "https://netline.example/status"))
        self.assertEqual(self.refused(False), "provider-managed")
        license = self.office.license()
        self.assertEqual((license["AutoRenewal"], license["CheckProblem"]), (True, ""), "nothing is wrong with the license")

    def test_cancelled(self):
        self.office.subscribe(period="90d")
        self.office.report("cancel")
        self.assertEqual(self.refused(True), "subscription-ended")

    def test_no_subscription(self):
        self.office.activate(term="30d")
        self.assertEqual(self.refused(False), "no-subscription")

    def test_away(self):
        self.office.subscribe(period="90d")
        self.office.proxy.on("PUT", "/auto-renewal$", answer(503))
        self.assertEqual(self.refused(False), "service-unavailable")
        self.assertTrue(self.office.license()["AutoRenewal"])

    def test_lost_answer(self):
        """It was turned off, and nobody heard: the agent asks, and knows."""
        self.office.subscribe(period="90d")
        self.office.proxy.next(drop)
        self.assertEqual(self.refused(False), "service-unavailable")
        self.agent.wait_for(lambda: not self.office.license()["AutoRenewal"], what="the agent to ask")

    def test_with_checks_at_the_same_time(self):
        """A switch and checks take turns, and each is answered."""
        self.office.subscribe(period="90d")
        path = self.office.license()["path"]
        answers = []
        for number in range(9):
            method, arguments = [("Refresh", None), ("SetAutoRenewal", False), ("SetAutoRenewal", True)][number % 3]
            self.call(path, method, arguments, answers)
        self.agent.wait_for(lambda: len(answers) == 9, what="nine answers")
        self.assertEqual(answers, [None] * 9)
        self.assertTrue(self.office.license()["AutoRenewal"])

    def call(self, path, method, argument, answers):
        from gi.repository import Gio, GLib

        def answered(bus, result):
            try:
                bus.call_finish(result)
                answers.append(None)
            except GLib.Error as error:
                answers.append(error.message)

        value = None if argument is None else GLib.Variant("(b)", (argument,))
        self.office.session.bus.call(paths.AGENT_NAME, path, "io.github.prolong.License1", method, value, None,
                                     Gio.DBusCallFlags.NONE, 30000, None, answered)


if __name__ == "__main__":
    tap.main()

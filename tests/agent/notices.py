# SPDX-License-Identifier: GPL-3.0-or-later
"""What the person is told without having asked, and what not."""

import json
import re
import signal
import sqlite3
import subprocess
import time
import unittest
from datetime import datetime, timezone

from gi.repository import Gio

from fault_matrix import FAKETIME, KILLABLE

from support import paths, tap
from support.agent import Agent
from support.notifications import Notifyd, Portal, Recorder, Scripted
from support.proxy import Proxy
from support.service import Service
from support.session import Session
from support.ui import Window

DAY = 86400
HOUR = 3600
SCREEN = 0  # where a place on it is counted from, for the accessibility tree
SECURITY, SAFE = "internet-security", "password-safe"
LOW, NORMAL = 0, 1

# The service and the agent live from noon of that day on, wherever the clock of the machine stands.
START = int(datetime(2027, 3, 1, 12, tzinfo=timezone.utc).timestamp())


class World:
    """A session with service and agent whose clock the test moves; nothing waits for a minute to pass."""

    def __init__(self, case, display=False, env=None, agent_env=None):
        self.session = case.enterContext(Session(display=display, env=env))
        self.clock, self.boot_clock = self.session.home / "clock", self.session.home / "boot-clock"
        self.service_clock = self.session.home / "service-clock"
        self.set_clock(0)
        shifted = {"LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": str(self.service_clock), "FAKETIME_NO_CACHE": "1",
                   "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        self.service = case.enterContext(Service(self.session, directory=True, env=shifted))
        self.proxy = case.enterContext(Proxy(self.service))
        self.service.install_profile(url=self.proxy.url)
        self.agent = Agent(self.session, program=KILLABLE, env={
            "PROLONG_TEST_CLOCK": str(self.clock), "PROLONG_TEST_BOOT_CLOCK": str(self.boot_clock),
            "PROLONG_TEST_CHANCE": "0", **(agent_env or {})})
        case.addCleanup(lambda: self.agent.child and self.agent.child.returncode is None and self.agent.stop())

    def set_clock(self, seconds, boot=True):
        """The clock is so many seconds after the start. Without BOOT no time passed: somebody has set it, here only."""
        offset = f"{START + seconds - time.time():+.0f}s\n"
        # That of the agent last: it asks the service as soon as it sees it.
        for clock in (self.service_clock, self.boot_clock, self.clock) if boot else (self.clock,):
            new = clock.with_suffix(".new")
            new.write_text(offset)
            new.rename(clock)  # Nobody reads half of it.

    def go_to(self, seconds, asks=True, boot=True):
        """The clock is there, and the agent sees it; waits until it has asked the service, unless that is away."""
        self.set_clock(seconds, boot)
        self.agent.child.signal(signal.SIGUSR1)
        if asks:
            self.agent.wait_for(lambda: all(license["CheckedAt"] >= START + seconds - 1
                                            for license in self.agent.licenses()), what="the service to be asked")

    def activate(self, product=SECURITY, **options):
        operation = self.agent.add_code(self.service.issue(product=product, **options), product=product)
        self.agent.wait_for_step(operation, "done")
        self.agent.on_operation(operation, "Dismiss")  # As "Finish" does in the window.

    def save(self, product=SECURITY, **options):
        code = self.service.issue(product=product, **options)
        self.agent.wait_for_step(self.agent.add_code(code, product=product), "done")
        return code

    def wait_for_record(self, condition):
        """Waits until what the agent remembers of its notices, on the disk, is so."""
        path = self.session.home / "state/prolong/notices.json"
        monitor = Gio.File.new_for_path(str(path.parent)).monitor_directory(Gio.FileMonitorFlags.WATCH_MOVES, None)
        monitor.connect("changed", lambda *_: None)
        self.session.wait_for(lambda: path.exists() and condition(json.loads(path.read_text())), what="the record")
        monitor.cancel()

    def change_service(self, statement, *values):
        """What the vendor's office does that has no verb yet."""
        with sqlite3.connect(self.service.directory / "store.db") as store:
            store.execute(statement, values)


class Month(unittest.TestCase):
    """Two licenses through a month, a day at a time, before a real notification service."""

    def setUp(self):
        self.world = World(self, display=True)
        self.enterContext(Notifyd(self.world.session))
        self.recorder = self.enterContext(Recorder(self.world.session))
        self.world.agent.start()

    def expect(self, *titles):
        self.expected += titles
        self.recorder.wait_for(lambda: len(self.recorder.notices) >= len(self.expected), what=self.expected[-1])
        self.assertEqual([notice.title for notice in self.recorder.notices], self.expected)

    def test_month(self):
        world, self.expected = self.world, []
        world.activate(SECURITY, term="31d")
        world.activate(SAFE, term="24d")
        told = {
            1: ("Internet Security: 30 days left",),
            10: ("2 licenses end soon",),  # The first still stands, and is told of with the second.
            17: ("2 licenses end soon",),
            24: ("Internet Security: 7 days left", "Password Safe: your reserve code has taken over"),
            30: ("Internet Security: last day",),
            31: ("Internet Security: the license has ended",),
        }
        for day in range(1, 34):
            if day == 18:
                world.save(SAFE)
                self.expect("Internet Security: 14 days left")  # What else stood in the digest is no longer true.
            if day in (11, 19, 30, 32):
                world.agent.restart()
            if day == 21:
                world.go_to(12 * DAY, asks=False, boot=False)  # Set back and forth again.
            world.go_to(day * DAY + 1800, asks=day < 31)
            if day in told:
                self.expect(*told[day])
        self.assertEqual([notice.title for notice in self.recorder.notices], self.expected)


class Buttons(unittest.TestCase):
    """Pressed with the mouse on a real notice, with no window running: it opens, and at the right place."""

    def setUp(self):
        self.world = World(self, display=True)
        self.session = self.world.session
        self.enterContext(Notifyd(self.session))
        self.recorder = self.enterContext(Recorder(self.session))
        self.desktop = Window(self.session, [], "xfce4-notifyd", start=False)
        self.window = Window(self.session, [], "prolong", start=False)
        self.world.agent.start()

    def click(self, role, name):
        x, y, width, height = self.desktop.find(role, name).call("Component", "GetExtents", "(u)", SCREEN)
        subprocess.run(["xdotool", "mousemove", str(x + width // 2), str(y + height // 2), "click", "1"],
                       env=self.session.env, check=True)

    def expect(self, title, *buttons):
        notice = self.recorder.wait_for(lambda: self.recorder.standing)[0]
        self.assertEqual(notice.title, title)
        self.assertEqual([label for label in notice.actions if label != "default"], list(buttons))
        self.assertFalse(self.session.has_name(paths.APP_ID))
        self.world.wait_for_record(lambda record: record["shown"])

    def test_remind_me_tomorrow(self):
        """A button that opens nothing."""
        self.world.activate(term="31d")
        self.world.go_to(DAY + HOUR)
        self.expect("Internet Security: 30 days left", "Renew", "Remind me tomorrow", "Remind me next week")
        self.click("button", "Remind me tomorrow")
        self.world.wait_for_record(lambda record: record["later"] and not record["shown"])
        self.assertFalse(self.session.has_name(paths.APP_ID))
        self.world.go_to(2 * DAY + 2 * HOUR)
        self.expect("Internet Security: 29 days left", "Renew", "Remind me tomorrow", "Remind me next week")

    def test_show_the_license(self):
        """Pressed after the agent was started anew."""
        code = self.world.service.issue(term="300d")
        self.world.activate(SAFE, term="300d")
        self.world.agent.activate(code, product=SECURITY)
        self.world.service.block(code)
        self.world.go_to(DAY)
        self.expect("Internet Security: the license is blocked", "Show license")
        self.world.agent.restart()
        self.world.agent.licenses()  # It is up, and listens.
        self.click("button", "Show license")
        self.window.wait_for_text("License blocked")
        self.recorder.wait_for(lambda: not self.recorder.standing, what="the notice to go")

    def test_renew(self):
        """The address of the vendor's shop is opened, as by the button in the window."""
        self.world.activate(term="31d")
        self.world.go_to(DAY + HOUR)
        self.expect("Internet Security: 30 days left", "Renew", "Remind me tomorrow", "Remind me next week")
        self.click("button", "Renew")
        self.window.wait_for_text("License: 30 days left")

    def test_reserve_codes(self):
        self.world.activate(term="20d")
        code = self.world.save()
        self.world.go_to(19 * DAY + HOUR)
        self.world.service.block(code)
        self.world.go_to(20 * DAY + HOUR, asks=False)
        self.expect("Internet Security: your reserve code has not taken over", "Show reserve codes")
        self.click("button", "Show reserve codes")
        self.window.wait_for_text(re.compile("Would not be activated. The vendor has blocked this activation code"))

    def test_enter_a_code(self):
        self.world.activate(term="20d")
        self.world.go_to(20 * DAY + HOUR, asks=False)
        self.expect("Internet Security: the license has ended", "Renew", "Enter activation code")
        self.click("button", "Enter activation code")
        self.window.find("text", "Activation code")


class WindowProgram:
    """Takes the place of the window program, and notes how it is called."""
    PATH = "/io/github/prolong/Prolong"
    XML = """<node><interface name="org.freedesktop.Application">
      <method name="ActivateAction"><arg type="s" direction="in"/><arg type="av" direction="in"/>
        <arg type="a{sv}" direction="in"/></method></interface></node>"""

    def __init__(self, session):
        self.calls = []
        self.bus = session.connect()
        self.bus.register_object(self.PATH, Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0], self._call, None, None)
        Gio.bus_own_name_on_connection(self.bus, paths.APP_ID, Gio.BusNameOwnerFlags.NONE, None, None)
        session.wait_for_name(paths.APP_ID)

    def _call(self, _bus, _sender, _path, _interface, _method, parameters, invocation):
        action, target, platform = parameters.unpack()
        self.calls.append((action, *target, platform.get("activation-token")))
        invocation.return_value(None)


class Told(unittest.TestCase):
    """One situation after the other, before a notification service that shows nothing."""

    def setUp(self):
        self.world = World(self)
        self.session, self.agent = self.world.session, self.world.agent
        self.desktop = self.enterContext(Scripted(self.session))
        self.agent.start()

    def titles(self, count=None):
        if count is not None:
            self.desktop.wait_for(lambda: len(self.desktop.notices) >= count, what=f"{count} notices")
            self.world.wait_for_record(lambda record: record["shown"])
        return [notice.title for notice in self.desktop.notices]

    def wait_for_withdrawal(self):
        self.desktop.wait_for(lambda: not self.desktop.standing, what="the notice to be withdrawn")

    def refreshes(self):
        return self.world.proxy.count("POST", "/tickets$")

    def test_renewed_is_not_warned_about(self):
        """The service is asked before the warning, though it was asked a few hours ago."""
        self.world.activate(term="31d")
        self.world.go_to(16 * DAY + HOUR)
        self.assertEqual(self.titles(1), ["Internet Security: 15 days left"])
        self.world.go_to(17 * DAY - 4 * HOUR)
        self.world.change_service("UPDATE codes SET term = term + ?", 30 * DAY)
        before = self.refreshes()
        self.world.go_to(17 * DAY + HOUR)
        self.assertEqual(self.refreshes(), before + 1)
        self.wait_for_withdrawal()
        self.world.go_to(47 * DAY + HOUR)
        self.assertEqual(self.titles(2)[1:], ["Internet Security: 14 days left"])

    def test_service_out_of_reach(self):
        """Warned from the ticket held, after an hour, and it is said so."""
        self.world.activate(term="31d")
        self.world.service.stop()
        self.world.go_to(17 * DAY + 60, asks=False)
        self.world.proxy.wait_for_requests(1, "POST", "/tickets$")
        self.world.go_to(17 * DAY + 1800, asks=False)
        self.agent.licenses()
        self.assertEqual(self.titles(), [])
        self.world.go_to(17 * DAY + 3700, asks=False)
        self.assertEqual(self.titles(1), ["Internet Security: 14 days left"])
        self.assertEqual(self.desktop.notices[0].body, "The license ends on 1 April 2027. The vendor cannot be reached "
                         "now, and last confirmed it on 1 March 2027.")

    def test_asleep_over_several_marks(self):
        self.world.activate(term="31d")
        self.world.go_to(26 * DAY + HOUR)
        self.assertEqual(self.titles(1), ["Internet Security: 5 days left"])
        self.world.go_to(30 * DAY + HOUR)
        self.assertEqual(self.titles(2)[1:], ["Internet Security: last day"])
        self.assertRegex(self.desktop.notices[1].body, "^The license ends tomorrow, (11:59|12:00).$")

    def test_not_at_night(self):
        self.world.set_clock(11 * HOUR)
        self.world.activate(term="31d")
        self.world.go_to(2 * DAY)
        self.assertEqual(self.titles(1), ["Internet Security: 30 days left"])
        self.world.go_to(17 * DAY + 11 * HOUR + 600)  # Ten past eleven in the evening.
        self.world.go_to(17 * DAY + 20 * HOUR + 60, asks=False)
        self.assertEqual(self.titles(2)[1:], ["Internet Security: 14 days left"])

    def test_remind_me_later(self):
        self.world.activate(term="31d")
        self.world.go_to(DAY + HOUR)
        self.titles(1)
        self.assertEqual(list(self.desktop.notices[0].actions),
                         ["default", "Renew", "Remind me tomorrow", "Remind me next week"])
        self.desktop.press(self.desktop.notices[0], "Remind me tomorrow")
        self.wait_for_withdrawal()
        self.world.wait_for_record(lambda record: record["later"])
        self.agent.restart()
        self.world.go_to(2 * DAY + 2 * HOUR)
        self.assertEqual(self.titles(2)[1:], ["Internet Security: 29 days left"])
        self.desktop.press(self.desktop.notices[1], "Remind me next week")
        self.wait_for_withdrawal()
        for day in range(3, 9):
            self.world.go_to(day * DAY + HOUR)
        self.world.go_to(9 * DAY + 3 * HOUR)
        self.assertEqual(self.titles(3)[2:], ["Internet Security: 22 days left"])

    def test_renew_without_a_shop_address(self):
        """The window has the offers; no address of a shop is needed for them."""
        self.agent.stop()
        self.world.service.install_profile(url=self.world.proxy.url,
                                           change=lambda text: re.sub(r"\[Shop\]\nUrl=[^\n]*\n", "", text))
        self.agent.start()
        self.assertEqual(self.agent.vendors()["demo"]["shop_url"], "")
        window = WindowProgram(self.session)
        self.world.activate(term="31d")
        self.world.go_to(DAY + HOUR)
        self.titles(1)
        self.desktop.press(self.desktop.notices[0], "Renew")
        self.session.wait_for(lambda: window.calls, what="the window to be called")
        self.assertEqual(window.calls, [("renew", ("demo", SECURITY), None)])

    def test_next_week_goes_over_a_mark(self):
        """Who wants to hear of it next week does not hear of it the day after."""
        self.world.activate(term="31d")
        self.world.go_to(22 * DAY)
        self.titles(1)
        self.desktop.press(self.desktop.notices[0], "Remind me next week")
        self.wait_for_withdrawal()
        for day in range(23, 29):
            self.world.go_to(day * DAY + HOUR)
        self.world.go_to(29 * DAY + HOUR)
        self.assertEqual(self.titles(2)[1:], ["Internet Security: 2 days left"])
        self.assertEqual(list(self.desktop.notices[1].actions), ["default", "Renew", "Remind me tomorrow"])

    def test_pressed_after_a_restart(self):
        window = WindowProgram(self.session)
        self.world.activate(term="31d")
        self.world.go_to(DAY + HOUR)
        self.titles(1)
        self.agent.restart()
        self.world.go_to(2 * DAY)
        self.desktop.press(self.desktop.notices[0], "Renew", token="a-token")
        self.desktop.press(self.desktop.notices[0])
        self.session.wait_for(lambda: len(window.calls) == 2, what="the window program to be called")
        self.assertEqual(window.calls, [("renew", ("demo", SECURITY), "a-token"),
                                        ("show-license", ("demo", SECURITY), "a-token")])

    def test_of_another_program(self):
        """The numbers of notices are the desktop's: what was pressed may not be ours."""
        window = WindowProgram(self.session)
        self.world.activate(term="31d")
        self.world.go_to(DAY + HOUR)
        self.titles(1)
        notice = self.desktop.notices[0]
        self.desktop.press(type(notice)(**{**vars(notice), "id": 77}), "Renew")
        self.desktop.press(notice, "Renew")
        self.session.wait_for(lambda: window.calls, what="the window program to be called")
        self.assertEqual(len(window.calls), 1)

    def test_withdrawn_after_a_restart(self):
        self.world.activate(term="31d")
        self.world.go_to(DAY + HOUR)
        self.titles(1)
        self.agent.restart()
        self.agent.on_license(self.agent.licenses()[0]["path"], "Remove")
        self.wait_for_withdrawal()

    def test_killed_while_it_tells(self):
        """What was shown is not shown again, though the agent could not note that it was."""
        self.world.activate(term="31d")
        self.desktop.on_notify = self.agent.child.kill
        self.world.go_to(DAY + HOUR, asks=False)
        self.desktop.wait_for(lambda: self.desktop.notices)
        self.desktop.on_notify = None
        self.session.wait_for_name(paths.AGENT_NAME, present=False)
        self.agent.start()
        self.world.go_to(2 * DAY)
        self.world.go_to(17 * DAY + HOUR)
        self.assertEqual(self.titles(2), ["Internet Security: 30 days left", "Internet Security: 14 days left"])

    def test_clock_set_forward(self):
        """Only the clock of this device is ahead: the service knows that nothing ends yet."""
        self.world.activate(term="31d")
        self.world.go_to(30 * DAY + HOUR, boot=False)
        self.agent.restart()
        self.world.go_to(31 * DAY + HOUR, boot=False)
        self.world.go_to(2 * HOUR, asks=False)
        self.world.go_to(DAY + HOUR)
        self.assertEqual(self.titles(1), ["Internet Security: 30 days left"])

    def test_check_after_a_clock_ahead(self):
        """A clock that was months ahead and is set right does not put the next check off by months."""
        self.world.activate(term="300d")
        self.world.go_to(60 * DAY, boot=False)
        self.world.go_to(2 * HOUR, asks=False)
        before = self.world.proxy.count("POST", "/tickets$")
        for day in (1, 2, 3):
            self.world.agent.licenses()  # It has seen the clock then.
            self.world.go_to(day * DAY, asks=False)
        self.world.agent.wait_for(lambda: self.world.proxy.count("POST", "/tickets$") > before, what="the daily check")

    def test_desktop_comes_late_and_goes(self):
        self.desktop.__exit__()
        self.world.activate(term="31d")
        self.world.go_to(DAY + HOUR)
        with Scripted(self.session) as first:
            first.wait_for(lambda: first.notices)
            self.world.wait_for_record(lambda record: record["shown"])
        with Scripted(self.session) as second:
            self.world.go_to(2 * DAY)
            self.world.go_to(17 * DAY + HOUR)
            second.wait_for(lambda: second.notices)
            self.assertEqual([(n.title, n.replaces) for n in second.notices], [("Internet Security: 14 days left", 0)])

    def test_desktop_refuses(self):
        self.desktop.refuses = True
        self.world.activate(term="31d")
        self.world.go_to(DAY + HOUR)
        self.desktop.wait_for(lambda: self.desktop.refused)
        self.world.wait_for_record(lambda record: not record["told"])
        self.desktop.refuses = False
        self.world.go_to(DAY + HOUR + 1000, asks=False)
        self.assertEqual(self.titles(1), ["Internet Security: 30 days left"])

    def test_desktop_without_buttons_and_markup(self):
        self.desktop.__exit__()
        with Scripted(self.session, capabilities=("body",)) as plain:
            self.world.activate(term="31d")
            self.world.go_to(DAY + HOUR)
            plain.wait_for(lambda: plain.notices)
            self.assertEqual(plain.notices[0].actions, {})
            self.assertEqual(plain.notices[0].body, "The license ends on 1 April 2027. "
                             "Open Prolong to renew it or to enter an activation code.")

    def test_switched_off_and_on(self):
        """What stands is withdrawn, and nothing is told until it is switched on again; then what is true by then."""
        self.world.activate(term="31d")
        self.world.go_to(DAY + HOUR)
        self.titles(1)
        self.agent.manager("SetNotifications", "(b)", False)
        self.wait_for_withdrawal()
        self.world.go_to(17 * DAY + HOUR)
        self.world.go_to(24 * DAY + HOUR)
        self.agent.restart()
        self.agent.manager("SetNotifications", "(b)", True)
        self.assertEqual(self.titles(2)[1:], ["Internet Security: 7 days left"])

    def test_own_days(self):
        self.world.activate(term="31d")
        self.agent.manager("SetNotificationDays", "(au)", [3, 20])
        self.world.go_to(10 * DAY)
        self.world.go_to(11 * DAY + HOUR)
        self.assertEqual(self.titles(1), ["Internet Security: 20 days left"])
        self.world.go_to(24 * DAY + HOUR)
        self.world.go_to(28 * DAY + HOUR)
        self.assertEqual(self.titles(2)[1:], ["Internet Security: 3 days left"])

    def test_reserve_code_with_a_problem(self):
        """C7: found by the preflight a week before, not on the last day."""
        window = WindowProgram(self.session)
        self.world.activate(term="20d")
        code = self.world.save()
        self.world.service.block(code)
        self.world.go_to(13 * DAY + HOUR)
        self.assertEqual(sorted(self.titles(2)), ["Internet Security: 7 days left",
                                                  "Internet Security: a problem with your reserve code"])
        problem, = (notice for notice in self.desktop.notices if "problem" in notice.title)
        self.assertIn("blocked", problem.body)
        self.desktop.press(problem, "Show reserve codes")
        self.session.wait_for(lambda: window.calls, what="the window program to be called")
        self.assertEqual(window.calls, [("show-panel", "reserve", None)])

    def test_hand_over_refused(self):
        """One notice tells that it ended and that nothing follows."""
        self.world.activate(term="20d")
        code = self.world.save()
        self.world.go_to(19 * DAY + HOUR)
        self.world.service.block(code)
        self.world.go_to(20 * DAY + HOUR, asks=False)
        self.assertEqual(self.titles(1), ["Internet Security: your reserve code has not taken over"])
        self.assertEqual(self.desktop.notices[0].urgency, NORMAL)
        self.assertEqual(self.desktop.notices[0].timeout, 0)
        self.agent.restart()
        self.world.go_to(21 * DAY + HOUR, asks=False)
        self.agent.on_reserve(self.agent.reserves()[0]["path"], "Remove")
        self.wait_for_withdrawal()
        self.assertEqual(len(self.titles()), 1)

    def test_hand_over_done(self):
        self.world.activate(term="20d")
        self.world.save()
        self.world.go_to(20 * DAY + HOUR, asks=False)
        self.assertEqual(self.titles(1), ["Internet Security: your reserve code has taken over"])
        self.assertEqual((self.desktop.notices[0].body, self.desktop.notices[0].urgency), ("365 days, until 20 March 2028", LOW))

    def test_hand_over_done_while_nobody_looked(self):
        """The agent ended between the license and the notice."""
        self.desktop.__exit__()
        self.world.activate(term="20d")
        self.world.save()
        self.world.go_to(20 * DAY + HOUR, asks=False)
        self.agent.wait_for(lambda: not self.agent.reserves(), what="the hand-over")
        self.agent.restart()
        with Scripted(self.session) as desktop:
            desktop.wait_for(lambda: desktop.notices)
            self.assertEqual(desktop.notices[0].title, "Internet Security: your reserve code has taken over")

    def test_hand_over_waits_for_the_network(self):
        """An hour after the end the person hears of it, and of its success."""
        self.world.activate(term="20d")
        self.world.save()
        self.world.go_to(19 * DAY + HOUR)
        self.world.service.stop()
        self.world.go_to(20 * DAY + HOUR, asks=False)
        self.agent.wait_for(lambda: any(o["Step"] == "waiting" for o in self.agent.operations()), what="the first attempt")
        self.assertEqual(self.titles(), [])
        self.world.go_to(20 * DAY + 2 * HOUR + 60, asks=False)
        self.assertEqual(self.titles(1), ["Internet Security: your reserve code has not taken over yet"])
        self.world.service.restart()
        self.world.go_to(20 * DAY + 9 * HOUR, asks=False)
        self.assertEqual(self.titles(2)[1:], ["Internet Security: your reserve code has taken over"])
        self.desktop.wait_for(lambda: [n.title for n in self.desktop.standing] == self.titles()[1:])

    def test_blocked_and_unblocked(self):
        code = self.world.service.issue(term="300d")
        self.agent.activate(code, product=SECURITY)
        for _ in range(2):
            self.world.service.block(code)
            self.agent.on_license(self.agent.licenses()[0]["path"], "Refresh")
            self.desktop.wait_for(lambda: self.desktop.standing)
            self.world.change_service("UPDATE codes SET blocked = 0")
            self.agent.on_license(self.agent.licenses()[0]["path"], "Refresh")
            self.wait_for_withdrawal()
        self.assertEqual(self.titles(), ["Internet Security: the license is blocked"] * 2)

    def test_subscription(self):
        """E1: it renews within a day of its end. Until then nothing, then what to do."""
        self.world.activate(term="10d", kind="subscription", provider="Orchard")
        for hours in range(20, 11 * 24 - 1, 20):
            self.world.go_to(hours * HOUR)
        self.world.go_to(11 * DAY + HOUR, asks=False)
        self.assertEqual(self.titles(1), ["Internet Security: the license has ended"])


class Sandbox(unittest.TestCase):
    """Inside a sandbox the portal shows the notices, and calls the window program itself."""

    def test_portal(self):
        world = World(self, agent_env={"PROLONG_TEST_SANDBOX": "1"})
        portal = self.enterContext(Portal(world.session))
        world.agent.start()
        world.activate(term="31d")
        world.go_to(DAY + HOUR)
        world.session.wait_for(lambda: portal.calls, what="the portal to be called")
        name, notice = portal.calls[0]
        self.assertEqual(notice, {
            "title": "Internet Security: 30 days left", "body": "The license ends on 1 April 2027.", "priority": "normal",
            "default-action": "app.show-license", "default-action-target": ("demo", SECURITY),
            "buttons": [{"label": "Renew", "action": "app.renew", "target": ("demo", SECURITY)},
                        {"label": "Remind me tomorrow", "action": "remind-tomorrow"},
                        {"label": "Remind me next week", "action": "remind-next-week"}]})
        world.wait_for_record(lambda record: record["shown"])
        portal.press(name, "remind-tomorrow")
        world.session.wait_for(lambda: len(portal.calls) == 2, what="the notice to be withdrawn")
        self.assertEqual(portal.calls[1], (name, None))
        world.wait_for_record(lambda record: record["later"])
        world.agent.restart()
        world.go_to(2 * DAY + 2 * HOUR)
        world.session.wait_for(lambda: len(portal.calls) == 3, what="the second notice")
        world.agent.on_license(world.agent.licenses()[0]["path"], "Remove")
        world.session.wait_for(lambda: len(portal.calls) == 4, what="the notice to be withdrawn")
        self.assertEqual(portal.calls[3], (name, None))


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person chooses: kept over a restart, refused where it cannot be kept, and sent where it counts."""

import json
import socket
import unittest

from support import tap
from support.agent import Agent, Problem
from support.proxy import Proxy, drop, forward
from support.service import Service
from support.session import Session

# A setter, its signature, a value, the property, what it was, what it is then.
CHOICES = (
    ("SetTray", "(b)", False, "Tray", "unavailable", "off"),
    ("SetNotifications", "(b)", False, "Notifications", True, False),
    ("SetNotificationDays", "(au)", [7, 60, 7], "NotificationDays", [], [60, 7]),
    ("SetDeviceName", "(s)", " Büro ПК ", "DeviceName", socket.gethostname(), "Büro ПК"),
)
# What cannot be chosen, and why.
REFUSED = (
    ("SetNotificationDays", "(au)", [30, 0], "no day"),
    ("SetNotificationDays", "(au)", [3651], "more than ten years"),
    ("SetNotificationDays", "(au)", list(range(1, 34)), "more than 32"),
    ("SetDeviceName", "(s)", "x" * 257, "longer than the renewal protocol takes"),
    ("SetDeviceName", "(s)", "ю" * 129, "bytes count, not letters"),
    ("SetDeviceName", "(s)", "two\nlines", "a control character"),
)


class Choices(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())
        self.state = self.session.home / "state/prolong"
        self.agent = self.enterContext(Agent(self.session))

    def wait_for(self, name, value):
        self.agent.wait_for(lambda: self.agent.properties()[name] == value, what=f"{name} to be {value!r}")

    def test_kept(self):
        for method, signature, value, name, before, after in CHOICES:
            with self.subTest(name):
                self.assertEqual(self.agent.properties()[name], before)
                self.agent.manager(method, signature, value)
                self.assertEqual(self.agent.properties()[name], after, "true as soon as it is answered")
        self.agent.restart()
        for _method, _signature, _value, name, _before, after in CHOICES:
            self.assertEqual(self.agent.properties()[name], after)
        self.assertEqual((self.state / "settings.json").stat().st_mode & 0o777, 0o600)
        self.agent.manager("SetNotificationDays", "(au)", [])
        self.agent.manager("SetDeviceName", "(s)", "")
        self.agent.restart()
        self.assertEqual(self.agent.properties()["NotificationDays"], [])
        self.assertEqual(self.agent.properties()["DeviceName"], socket.gethostname())

    def test_told_on_the_bus(self):
        seen = []
        self.session.bus.signal_subscribe(None, "org.freedesktop.DBus.Properties", "PropertiesChanged", None, None, 0,
                                          lambda *a: seen.append(a[5].unpack()[1]))
        self.agent.manager("SetTray", "(b)", False)
        self.agent.wait_for(lambda: any(change.get("Tray") == "off" for change in seen))

    def test_refused(self):
        for method, signature, value, why in REFUSED:
            with self.subTest(why), self.assertRaises(Problem) as caught:
                self.agent.manager(method, signature, value)
            self.assertEqual(caught.exception.remote, "org.freedesktop.DBus.Error.InvalidArgs")
        self.assertFalse((self.state / "settings.json").exists())

    def test_storage_full(self):
        """Where the file goes stands a folder: nothing changes, and the next attempt works."""
        path = self.state / "settings.json"
        (path / "in-the-way").mkdir(parents=True)
        for method, signature, value, name, before, _after in CHOICES:
            with self.subTest(name), self.assertRaises(Problem) as caught:
                self.agent.manager(method, signature, value)
            self.assertEqual(caught.exception.problem, "storage-full")
            self.assertEqual(self.agent.properties()[name], before)
        (path / "in-the-way").rmdir()
        path.rmdir()
        self.agent.manager("SetTray", "(b)", False)
        self.assertEqual(self.agent.properties()["Tray"], "off")

    def test_damaged_file(self):
        self.agent.manager("SetTray", "(b)", False)
        self.agent.stop()
        (self.state / "settings.json").write_text('{"tray":fal')
        self.agent.start()
        self.assertEqual(self.agent.properties()["Tray"], "unavailable", "as before anything was chosen")
        self.agent.manager("SetTray", "(b)", False)
        self.agent.restart()
        self.assertEqual(self.agent.properties()["Tray"], "off")

    def test_later_version(self):
        """What a later version wrote stays in the file."""
        self.state.mkdir(parents=True)
        self.agent.stop()
        (self.state / "settings.json").write_text('{"tray":false,"notification_days":"often","sound":{"volume":3}}')
        self.agent.start()
        self.assertEqual(self.agent.properties()["Tray"], "off")
        self.assertEqual(self.agent.properties()["NotificationDays"], [])
        self.agent.manager("SetTray", "(b)", True)
        written = json.loads((self.state / "settings.json").read_text())
        self.assertEqual((written["tray"], written["sound"]), (True, {"volume": 3}))

    def test_start_at_login(self):
        """The answer comes when it is so; a desktop that refuses is no error, a full disk is."""
        entry = self.session.home / "config/autostart/io.github.prolong.Prolong.Agent.desktop"
        self.agent.manager("SetStartAtLogin", "(b)", True)
        self.assertEqual(self.agent.properties()["StartAtLogin"], "on")
        self.agent.manager("SetStartAtLogin", "(b)", False)
        self.assertEqual(self.agent.properties()["StartAtLogin"], "off")
        entry.unlink()
        entry.parent.rmdir()
        entry.parent.write_text("a file where a folder should be")
        self.agent.manager("SetStartAtLogin", "(b)", True)
        self.assertEqual(self.agent.properties()["StartAtLogin"], "refused")


class DeviceName(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())
        self.service = self.enterContext(Service(self.session))
        self.proxy = self.enterContext(Proxy(self.service))
        self.service.install_profile(url=self.proxy.url)
        self.agent = self.enterContext(Agent(self.session))

    def sent(self, path):
        return [json.loads(e.request_body)["device_name"] for e in self.proxy.requests if e.path.endswith(path)]

    def test_sent_with_each_request(self):
        code = self.service.codes["three-devices"]
        self.agent.manager("SetDeviceName", "(s)", "desk")
        license = self.agent.activate(code, product="internet-security")
        self.assertEqual(set(self.sent("/activations")), {"desk"})
        self.agent.preflight(self.service.codes["reserve"])
        self.assertEqual(self.sent("/preflights")[-1], "desk")

        path = self.agent.licenses()[0]["path"]
        self.assertEqual(license["DevicesUsed"], 1)
        self.agent.manager("SetDeviceName", "(s)", "attic")
        seats = self.agent.on_license(path, "QuerySeats")
        self.assertEqual([(seat["device_name"], seat["hint"]) for seat in seats], [("attic", "this")], "at once")
        self.agent.on_license(path, "Refresh")
        self.assertEqual(self.sent("/tickets")[-1], "attic")
        self.agent.manager("SetDeviceName", "(s)", "")
        self.assertEqual(self.of_service(code), {"attic"}, "the service knows it from the check")

    def of_service(self, code):
        """The names that the service tells another device."""
        self.proxy.clear()
        answers = []

        def watch(exchange):
            forward(exchange)
            answers.append(json.loads(exchange.body))

        self.proxy.on("POST", "/seats/query$", watch)
        self.agent.manager("QuerySeats", "(ss)", "", code)
        return {seat["device_name"] for seat in answers[-1]["seats"]}

    def test_an_intent_keeps_its_name(self):
        """The key of a request stands for its bytes, so that a retry sends the old name."""
        self.agent.manager("SetDeviceName", "(s)", "desk")
        self.proxy.next(drop)
        operation = self.agent.add_code(self.service.codes["one-year"], product="internet-security")
        self.agent.wait_for_step(operation, "waiting")
        self.agent.manager("SetDeviceName", "(s)", "attic")
        self.agent.restart()
        self.agent.on_operation(operation, "Retry")
        self.agent.wait_for_step(operation, "done")
        bodies = {e.request_body for e in self.proxy.requests if e.path.endswith("/activations")}
        self.assertEqual(len(bodies), 1)
        self.assertEqual(set(self.sent("/activations")), {"desk"})
        self.agent.on_license(self.agent.licenses()[0]["path"], "Refresh")
        self.assertEqual(self.sent("/tickets")[-1], "attic")


class Vendors(unittest.TestCase):
    def test_reminder_days(self):
        """Each vendor says its own days."""
        session = self.enterContext(Session())
        self.enterContext(Service(session))
        agent = self.enterContext(Agent(session))
        self.assertEqual(agent.properties()["Vendors"][0]["reminder_days"], [30, 14, 7, 1])


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Several vendors: their profiles come and go, and what befalls one touches no other. Two real services."""

import re
import threading
import unittest

from fault_matrix import FAKETIME, KILLABLE

from support import paths, tap
from support.agent import ENDS, Agent, Problem
from support.proxy import Proxy, hold
from support.service import Service
from support.session import Session

DAY = 86400
OTHER_KEY = "ThxaJDlmUoACzeLX6VvaZufXjHBA69jDyMvnUjb6su0"


def replace(pattern, text):
    """A change of one line of a profile."""
    def change(profile):
        changed = re.sub(pattern, text, profile, count=1, flags=re.M)
        assert changed != profile, pattern
        return changed
    return change


OTHER_KEYS = replace(r"^orchard-1=.*$", f"orchard-1={OTHER_KEY}")
BOTH_KEYS = replace(r"^orchard-1=", f"orchard-2={OTHER_KEY}\norchard-1=")


class Case(unittest.TestCase):
    """The services of demo and orchard behind a proxy each; only demo's profile is there at first."""

    def setUp(self):
        self.session = self.enterContext(Session())
        self.clock = self.session.home / "clock"
        self.shifted = {"LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": str(self.clock), "FAKETIME_NO_CACHE": "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        self.set_clock(0)
        self.demo = self.enterContext(Service(self.session, directory=True, env=self.shifted))
        self.orchard = self.enterContext(Service(self.session, directory=True, env=self.shifted, vendor="orchard",
                                                 install_profile=False))
        self.proxies = {service: self.enterContext(Proxy(service)) for service in (self.demo, self.orchard)}
        self.demo.install_profile(url=self.proxies[self.demo].url)
        self.agent = Agent(self.session, program=KILLABLE, env={**self.shifted, "PROLONG_TEST_CHANCE": "0"})
        self.agent.start()
        self.addCleanup(lambda: self.agent.child.returncode is None and self.agent.stop())

    def set_clock(self, seconds):
        self.clock.write_text(f"{seconds:+d}s\n")

    def profile(self, change=None):
        return self.orchard.changed_profile(self.proxies[self.orchard].url, change)

    def own_file(self):
        return self.session.vendors / "orchard.conf"

    def license(self, service):
        return next((l for l in self.agent.licenses() if l["Vendor"] == service.vendor), None)

    def count(self, service, method="POST", path=""):
        return self.proxies[service].count(method, path)


class Profiles(Case):
    def refused(self, problem, function, *arguments):
        with self.assertRaises(Problem) as caught:
            function(*arguments)
        self.assertEqual(caught.exception.problem, problem)

    def test_added_and_removed(self):
        """Durable, at once on the bus, and gone again."""
        changes = []
        self.session.bus.signal_subscribe(None, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                                          paths.AGENT_PATH, None, 0,
                                          lambda *a: changes.append([v["id"] for v in a[5].unpack()[1].get("Vendors", [])]))
        self.assertEqual(self.agent.check_vendor(self.profile()),
                         {"id": "orchard", "verdict": "new", "previous_service": ""})
        self.assertNotIn("orchard", self.agent.vendors())
        self.assertEqual(self.agent.add_vendor(self.profile()), "orchard")
        orchard = self.agent.vendors()["orchard"]
        self.assertEqual((orchard["service"], orchard["removable"]), (self.proxies[self.orchard].url, True))
        self.assertEqual(orchard["code_pattern"], "XXXX-XXXX-XXXX-XXXX")
        self.assertEqual(self.own_file().read_text(encoding="utf-8"), self.profile())
        self.assertEqual(self.own_file().stat().st_mode & 0o777, 0o600)
        self.agent.wait_for(lambda: ["demo", "orchard"] in changes, what="the clients to be told")
        self.agent.restart()
        self.assertIn("orchard", self.agent.vendors())
        self.agent.remove_vendor("orchard")
        self.assertFalse(self.own_file().exists())
        self.assertNotIn("orchard", self.agent.vendors())

    def test_refused(self):
        rows = (  # the text, why it is none
            ("", "nothing"),
            ("Dear customer, here is your code.\n", "a letter"),
            ("[Vendor]\nId=orchard\n", "half of it"),
            (self.profile()[:200], "cut off"),
            (self.profile(replace("^Service=.*", "Service=http://orchard.example/v1")), "plain http beyond this machine"),
            (self.profile(replace("^Id=.*", "Id=../../x")), "an id that is a path"),
            (self.profile(replace("^orchard-1=.*", "orchard-1=short")), "a key that is none"),
            (self.profile() + "#" * (10 * 1024 * 1024), "ten megabytes"),
        )
        before = set(self.session.files(self.session.home / "data"))
        for text, why in rows:
            with self.subTest(why):
                self.refused("profile-invalid", self.agent.check_vendor, text)
                self.refused("profile-invalid", self.agent.add_vendor, text)
        self.assertEqual(set(self.session.files(self.session.home / "data")), before)
        self.assertEqual(set(self.agent.vendors()), {"demo"})

    def test_of_the_system(self):
        """It is neither replaced nor removed; a person's own copy of it that is there can be removed."""
        system = self.session.home / "system/prolong/vendors"
        system.mkdir(parents=True)
        (system / "any-name.conf").write_text(self.profile(), encoding="utf-8")
        self.agent.restart({"XDG_DATA_DIRS": str(self.session.home / "system")})
        self.assertFalse(self.agent.vendors()["orchard"]["removable"])
        self.refused("vendor-installed", self.agent.check_vendor, self.profile())
        self.refused("vendor-installed", self.agent.add_vendor, self.profile())
        self.refused("vendor-installed", self.agent.remove_vendor, "orchard")
        self.own_file().write_text(self.profile(), encoding="utf-8")
        self.agent.attach()
        self.assertTrue(self.agent.vendors()["orchard"]["removable"])
        self.agent.remove_vendor("orchard")
        self.assertFalse(self.agent.vendors()["orchard"]["removable"])

    def test_update(self):
        """A newer file of the same vendor: new keys and a new address, and the license goes on with it."""
        self.agent.add_vendor(self.profile())
        self.agent.activate(self.orchard.codes["one-year"], "orchard")
        newer = self.orchard.changed_profile(self.orchard.url, BOTH_KEYS)
        self.assertEqual(self.agent.check_vendor(newer), {"id": "orchard", "verdict": "update",
                                                          "previous_service": self.proxies[self.orchard].url})
        self.agent.add_vendor(newer)
        self.assertEqual(self.agent.vendors()["orchard"]["service"], self.orchard.url)
        before = self.count(self.orchard)
        self.agent.on_license(self.license(self.orchard)["path"], "Refresh")
        self.assertEqual(self.count(self.orchard), before, "asked at the new address")

    def test_codes_of_another_form(self):
        """A newer file tells of codes of a new form; one that was saved before still takes over."""
        self.agent.add_vendor(self.profile())
        self.agent.activate(self.orchard.issue(term="1d"), "orchard")
        self.agent.wait_for_step(self.agent.add_code(self.orchard.issue(), "orchard", "photo-orchard"), "done")
        self.agent.add_vendor(self.profile(replace("^Pattern=.*", "Pattern=XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")))
        old = self.license(self.orchard)["Id"]
        self.agent.stop()
        self.set_clock(2 * DAY)
        self.agent.start()
        self.agent.wait_for(lambda: self.license(self.orchard)["Id"] != old or None, what="the next license")
        self.assertEqual(self.license(self.orchard)["State"], "active")
        # The license is there first, then its code leaves the list.
        self.agent.wait_for(lambda: not self.agent.reserves(), what="the list to be empty")

    def test_stranger(self):
        """Other keys under the id of a vendor whose license is held: refused, and nothing is changed."""
        self.agent.add_vendor(self.profile())
        self.assertEqual(self.agent.check_vendor(self.profile(OTHER_KEYS))["verdict"], "replacement")
        self.agent.activate(self.orchard.codes["one-year"], "orchard")
        self.refused("vendor-other-keys", self.agent.check_vendor, self.profile(OTHER_KEYS))
        self.refused("vendor-other-keys", self.agent.add_vendor, self.profile(OTHER_KEYS))
        self.assertEqual(self.own_file().read_text(encoding="utf-8"), self.profile())
        self.refused("vendor-in-use", self.agent.remove_vendor, "orchard")
        self.agent.on_license(self.license(self.orchard)["path"], "Remove")
        self.agent.remove_vendor("orchard")

    def test_profile_lost_and_restored(self):
        """Licenses and reserve codes come back with it, at once; a stranger's file does not get at them."""
        self.agent.add_vendor(self.profile())
        self.agent.activate(self.orchard.codes["one-year"], "orchard")
        reserve = self.orchard.codes["reserve"]
        self.agent.wait_for_step(self.agent.add_code(reserve, "orchard", "photo-orchard"), "done")
        self.agent.stop()
        self.own_file().unlink()
        self.agent.start()
        self.assertEqual((self.agent.licenses(), self.agent.reserves()), ([], []))
        self.refused("vendor-other-keys", self.agent.add_vendor, self.profile(OTHER_KEYS))
        self.agent.add_vendor(self.profile())
        self.assertEqual(self.license(self.orchard)["State"], "active")
        self.assertEqual(self.agent.reserves()[0]["State"], "ready")

    def test_files_in_the_directory(self):
        """What is no profile, or is not called after its vendor, is passed over."""
        folder = self.session.vendors
        (folder / "letter.conf").write_text("Dear customer\n", encoding="utf-8")
        (folder / "demo-2.conf").write_text(self.profile(), encoding="utf-8")
        (folder / "huge.conf").write_text("#" * (10 * 1024 * 1024), encoding="utf-8")
        self.agent.attach()
        self.assertEqual(set(self.agent.vendors()), {"demo"})


class Recognition(Case):
    def setUp(self):
        super().setUp()
        self.agent.add_vendor(self.profile())

    def test_by_the_form(self):
        """Without a vendor's name each code goes to its own service and to no other."""
        for service in (self.demo, self.orchard):
            with self.subTest(service.vendor):
                other = self.orchard if service is self.demo else self.demo
                before = self.count(other)
                self.assertEqual(self.agent.activate(service.codes["one-year"])["Vendor"], service.vendor)
                self.assertEqual(self.count(other), before)
        with self.assertRaises(Problem) as caught:
            self.agent.add_code("12345")
        self.assertEqual(caught.exception.problem, "code-malformed")

    def test_same_form(self):
        """Two vendors could own it: nobody is asked until the person or the product decides."""
        self.agent.add_vendor(self.profile(replace("^Pattern=.*", "Pattern=XXXXX-XXXXX-XXXXX-XXXXX")))
        before = {service: self.count(service) for service in self.proxies}
        code = self.demo.codes["one-year"]
        for ask in (self.agent.add_code, self.agent.preflight):
            with self.assertRaises(Problem) as caught:
                ask(code)
            self.assertEqual(caught.exception.remote, "org.freedesktop.DBus.Error.InvalidArgs")
        self.assertEqual({service: self.count(service) for service in self.proxies}, before)
        self.assertEqual(self.agent.activate(code, product="internet-security")["Vendor"], "demo")
        self.assertEqual(self.count(self.orchard), before[self.orchard])


class Apart(Case):
    """What befalls one vendor."""

    def setUp(self):
        super().setUp()
        self.agent.add_vendor(self.profile())

    def states(self):
        return {name: vendor["service_state"] for name, vendor in self.agent.vendors().items()}

    def activate_both(self, term="1d"):
        for service in (self.demo, self.orchard):
            self.agent.activate(service.issue(term=term), service.vendor, service.product)

    def save_both(self):
        for service in (self.demo, self.orchard):
            self.agent.wait_for_step(self.agent.add_code(service.issue(), service.vendor, service.product), "done")

    def wait_until_handed_over(self, service, old):
        self.agent.wait_for(lambda: self.license(service)["Id"] != old and self.license(service)["State"] == "active"
                            or None, what=f"the next license of {service.vendor}")

    def test_service_away(self):
        self.activate_both("30d")
        self.proxies[self.orchard].refuse()
        with self.assertRaises(Problem):
            self.agent.on_license(self.license(self.orchard)["path"], "Refresh")
        self.agent.on_license(self.license(self.demo)["path"], "Refresh")
        self.assertEqual(self.states(), {"demo": "ok", "orchard": "service-unavailable"})
        self.assertEqual(self.license(self.demo)["CheckProblem"], "")
        self.assertEqual(self.license(self.orchard)["CheckProblem"], "service-unavailable")

    def test_hand_over_while_the_other_is_away(self):
        """Both end at the same instant; one service is away. It follows when its service is back."""
        self.activate_both()
        self.save_both()
        old = {service: self.license(service)["Id"] for service in self.proxies}
        self.agent.stop()
        self.proxies[self.orchard].refuse()
        self.set_clock(2 * DAY)
        self.agent.start()
        self.wait_until_handed_over(self.demo, old[self.demo])
        waiting = self.agent.wait_for(lambda: [o for o in self.agent.operations() if o["Vendor"] == "orchard"
                                               and o["Step"] == "waiting"], what="the other to wait")
        self.assertEqual(waiting[0]["Error"], "service-unavailable")
        self.assertEqual(self.license(self.orchard)["Id"], old[self.orchard])
        self.agent.wait_for(lambda: [r["Vendor"] for r in self.agent.reserves()] == ["orchard"], what="one code to be left")
        self.proxies[self.orchard].accept()
        self.agent.on_operation(waiting[0]["path"], "Retry")
        self.wait_until_handed_over(self.orchard, old[self.orchard])
        self.agent.wait_for(lambda: all(o["Step"] in ENDS for o in self.agent.operations()))
        self.assertEqual(self.agent.reserves(), [])

    def test_service_that_never_answers(self):
        """One that holds on to its request holds up no other."""
        released = threading.Event()
        self.addCleanup(released.set)
        held = hold(released)
        self.proxies[self.orchard].on("POST", "", held)
        self.agent.add_code(self.orchard.codes["one-year"], "orchard", "photo-orchard")
        self.agent.wait_for(held.reached.is_set)
        self.assertEqual(self.agent.activate(self.demo.codes["one-year"])["DaysLeft"], 365)

    def test_wrong_key(self):
        """The profile pins another key than the service signs with."""
        self.agent.remove_vendor("orchard")
        self.agent.add_vendor(self.profile(OTHER_KEYS))
        path = self.agent.add_code(self.orchard.codes["one-year"], "orchard", "photo-orchard")
        self.assertEqual(self.agent.wait_for_step(path, "waiting")["Error"], "service-untrusted")
        self.assertEqual(self.agent.activate(self.demo.codes["one-year"])["Vendor"], "demo")
        self.assertEqual(self.states(), {"demo": "ok", "orchard": "service-untrusted"})

    def test_wrong_time(self):
        """One service's clock is a year ahead: its license is reckoned by that, the other's is not."""
        ahead = self.session.home / "ahead"
        ahead.write_text(f"{365 * DAY:+d}s\n")
        self.orchard.env = {**self.shifted, "FAKETIME_TIMESTAMP_FILE": str(ahead)}
        self.orchard.restart()
        self.activate_both("30d")
        self.assertEqual((self.license(self.demo)["Clock"], self.license(self.orchard)["Clock"]), ("ok", "behind"))
        self.assertEqual((self.license(self.demo)["DaysLeft"], self.license(self.orchard)["DaysLeft"]), (30, 30))

    def test_reminders(self):
        """Each has those of its profile: 30 days before the end for one, 14 for the other."""
        self.activate_both("20d")
        self.assertEqual((self.license(self.demo)["State"], self.license(self.orchard)["State"]), ("expiring", "active"))


if __name__ == "__main__":
    tap.main()

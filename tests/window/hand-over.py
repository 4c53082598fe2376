# SPDX-License-Identifier: GPL-3.0-or-later
"""Reserve codes through the real window, agent, keyring and service: saved, refused each in its own words, handed over."""

import re
import signal
import unittest

from support import paths, tap
from support.agent import LICENSE, OPERATION, Agent
from support.network import Network
from support.proxy import Proxy
from support.service import Service
from support.session import Session
from support.tls import Authority
from support.ui import Window

PRODUCT = "internet-security"
KILLABLE = paths.BUILD / "tests/agent/killable-agent"
FAKETIME = paths.LIBFAKETIME
LABEL = re.compile("^(License|No license)")
LAST_DAY, UNDER_WAY, NEXT = "License: last day", "License: activation is under way", "License: 365 days left"

# The code that runs, the code that is entered, what the words start with, and why.
REFUSALS = (
    ("one-year", "one-year", "This activation code has already been added.", "the code of the license itself"),
    ("one-year", "wrong-product", "This activation code is for another product", "for another product"),
    ("one-year", "blocked", "The vendor has blocked this activation code.", "the vendor took it back"),
    ("one-year", "expired", "This activation code", "it cannot be used any more"),
    ("one-year", "newer-version", "This activation code needs version", "the installed version is older"),
    ("one-year", "used-before", "This code ends on .*, before the current license, which ends on ", "S3: both dates"),
    ("subscription-own", "reserve", "A subscription for this product is running", "S4: it renews by itself"),
    ("trial", "reserve", "A trial of this product is running", "the vendor's policy"),
)


def setUpModule():
    global session
    session = Session(display=True).__enter__()


def tearDownModule():
    session.close()


class Place(unittest.TestCase):
    """A window over an agent and a service."""

    window = None

    def setUp(self):
        self.window = None

    def tearDown(self):
        if self.window and self.window.child.returncode is None:
            self.window.stop()

    def activate(self, code):
        """As prolongctl does: nothing is left to be told in the window."""
        self.agent.activate(code, product=PRODUCT)
        for operation in self.agent.operations():
            self.agent.call(operation["path"], OPERATION, "Dismiss")

    def open(self, key):
        self.window = Window(session, [paths.WINDOW], "prolong", env={"LC_ALL": "C.UTF-8"})
        self.window.find("button", re.compile("^License|^No license"))
        self.window.key(key)
        return self.window

    def enter(self, code):
        self.window.set_text(self.window.find("text", "Activation code"), code)
        self.window.press("button", "Save activation code")


class Saving(Place):
    """One service and one agent for all cases; the device holds nothing when a case begins."""

    @classmethod
    def setUpClass(cls):
        cls.service = cls.enterClassContext(Service(session, directory=True))
        cls.agent = cls.enterClassContext(Agent(session))

    def setUp(self):
        super().setUp()
        for reserve in self.agent.reserves():
            self.agent.on_reserve(reserve["path"], "Remove")
        for license in self.agent.licenses():
            self.agent.call(license["path"], LICENSE, "Remove")
        for operation in self.agent.operations():
            self.agent.call(operation["path"], OPERATION, "Dismiss")

    def test_saved(self):
        """Saved in the Activate panel, listed, moved, removed."""
        self.activate(self.service.codes["one-year"])
        window = self.open("ctrl+2")
        for name in ("reserve", "reserve-two"):
            self.enter(self.service.codes[name])
            window.wait_for_text("The reserve code is saved")
            window.wait_for_text(re.compile("^Takes over on "))
            window.press("button", "Finish")
            window.find("button", "Copy license number")
            window.key("ctrl+2")
        window.key("ctrl+3")
        masks = [reserve["Code"] for reserve in self.agent.reserves()]
        window.find("list item", f"Reserve code {masks[0]}, 1 of 2")
        window.wait_for_text(re.compile("Add the code on each device"))
        window.do(window.find_all("button", "Move up")[1])
        window.find("list item", f"Reserve code {masks[1]}, 1 of 2")
        self.assertEqual(masks[::-1], [reserve["Code"] for reserve in self.agent.reserves()])
        window.do(window.find_all("button", "Remove the code")[0])
        window.find("list item", f"Reserve code {masks[0]}, 1 of 1")
        window.key("ctrl+w")
        session.wait_for_name(paths.APP_ID, present=False)
        self.assertEqual([masks[0]], [reserve["Code"] for reserve in self.agent.reserves()])

    def test_too_early_behind_others(self):
        """A code that ends before its turn is kept, and it is told at once that another place would help."""
        self.activate(self.service.issue(term="30d"))
        window = self.open("ctrl+2")
        self.enter(self.service.codes["reserve"])
        window.wait_for_text(re.compile("^Takes over on "))
        window.press("button", "Finish")
        window.find("button", "Copy license number")
        window.key("ctrl+2")
        self.enter(self.service.codes["used-before"])
        window.wait_for_text("The reserve code is saved")
        words = window.wait_for_text(re.compile("^Would not be activated. This code ends on .*, before its turn comes on "))
        self.assertRegex(words, "\nIt was first used on .* Move it up, so that it takes over earlier, or ")
        window.press("button", "Finish")
        window.find("button", "Copy license number")
        window.key("ctrl+3")
        window.wait_for_text(re.compile("^It was first used on .* Move it up"))
        window.do(window.find_all("button", "Move up")[1])
        window.wait_for(lambda: not window.texts(re.compile("Move it up")), what="the advice to go")
        self.assertEqual(["ready", "ready"], [reserve["State"] for reserve in self.agent.reserves()])

    def test_refused(self):
        """Every rule is told by its own words, with the code still in the field or the rule in its place."""
        for current, name, words, why in REFUSALS:
            with self.subTest(why):
                self.tearDown()
                self.setUp()
                self.activate(self.service.codes[current])
                window = self.open("ctrl+2")
                self.enter(self.service.codes[name])
                found = window.wait_for_text(re.compile("^" + words))
                self.assertNotIn("—", found)
                self.assertEqual([], self.agent.reserves())
                window.stop()

    def test_renewal_code(self):
        """The service finds the earlier license by itself."""
        self.activate(self.service.codes["one-year"])
        window = self.open("ctrl+3")
        window.press("button", "Enter activation code")
        self.enter(self.service.codes["renewal"])
        window.wait_for_text("The reserve code is saved")
        window.wait_for_text(re.compile("^Takes over on .*\n365 days"))


class HandOver(Place):
    """The next license takes over while a person watches: each case has its own service, network, clock and agent.

    Chance is at its least, so that nothing waits a minute. The label may say that a reserve code is being activated; that
    the license expired it must not say at all.
    """

    def build(self, network=None):
        home = session.home / self._testMethodName
        home.mkdir()
        self.clock = home / "clock"
        self.set_clock(0)
        shifted = {"LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": str(self.clock), "FAKETIME_NO_CACHE": "1",
                   "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        self.service = self.enterContext(Service(session, directory=home / "service", env=shifted))
        program, tls = KILLABLE, None
        if network:
            authority = Authority(home, [network.address])
            program, tls = network.inside(authority.trusting(KILLABLE)), authority.context()
        self.proxy = self.enterContext(Proxy(self.service, tls=tls))
        url = self.proxy.url.replace("localhost", network.address) if network else self.proxy.url
        self.service.install_profile(url=url)
        self.agent = Agent(session, program=program,
                           env={"XDG_STATE_HOME": str(home / "state"), "PROLONG_TEST_CHANCE": "0",
                                "PROLONG_TEST_CLOCK": str(self.clock)})
        self.agent.start()
        self.addCleanup(self.agent.__exit__)

    def set_clock(self, seconds):
        """The clock of agent and service; the agent reads it again when it is told to wake."""
        new = self.clock.with_suffix(".new")
        new.write_text(f"{seconds:+d}s\n")
        new.rename(self.clock)

    def begin(self, code, reserve):
        """A license that is about to end, and a reserve code that is saved in the window; returns when it ends."""
        self.activate(code)
        window = self.open("ctrl+2")
        self.enter(reserve)
        window.wait_for_text("The reserve code is saved")
        window.press("button", "Finish")
        window.find("button", "Copy license number")
        window.find("button", LAST_DAY)
        self.labels = []

    def watch(self, done, limit=paths.LIMIT, what=None):
        """Waits until DONE, and notes each label that is read meanwhile."""
        def look():
            self.labels += [text for text in self.window.texts(LABEL) if text not in self.labels]
            return done()

        return self.window.wait_for(look, limit, what)

    def read(self, *wanted):
        """Waits until all of it is on the screen together."""
        def look():
            found = self.window.texts()
            return all(any(text.search(one) for one in found) for text in map(re.compile, wanted))

        self.watch(look, what=f"{wanted} to be read")

    def see_it_done(self, limit=paths.LIMIT):
        self.watch(lambda: NEXT in self.labels, limit, "the hand-over")
        self.assertNotIn("License expired", self.labels)
        self.assertEqual([], self.agent.reserves())
        self.window.key("ctrl+1")
        self.window.wait_for_text(re.compile("^until "))
        activations = [e for e in self.proxy.requests if e.path.endswith("/activations")]
        self.assertEqual(2, len({e.request_headers["Idempotency-Key"] for e in activations}), "one for each license")

    def test_watched(self):
        """The demo's two minutes, to their end."""
        self.build()
        self.begin(self.service.codes["two-minutes"], self.service.codes["reserve"])
        self.see_it_done(limit=300)

    def test_agent_killed_before_the_end(self):
        """It is started after the end; until then nothing can be told but that it does not run."""
        self.build()
        self.begin(self.service.issue(term="1h"), self.service.issue())
        entry = session.home / "services" / f"{paths.AGENT_NAME}.service"
        startable = entry.read_text()
        entry.write_text(f"[D-BUS Service]\nName={paths.AGENT_NAME}\nExec=/bin/false\n")
        self.addCleanup(entry.write_text, startable)
        session.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReloadConfig")
        self.agent.kill()
        self.read("^Prolong is not running$", "^Try again$")
        self.set_clock(7200)
        self.agent.start()
        self.see_it_done()

    def test_sleep_over_the_end(self):
        """The machine wakes two days later; nobody does anything."""
        self.build()
        self.begin(self.service.issue(term="1h"), self.service.issue())
        self.set_clock(2 * 86400)
        self.agent.child.signal(signal.SIGUSR1)
        self.see_it_done()

    def wait_without_service(self):
        """What a person reads when the end came and the service is out of reach."""
        self.set_clock(7200)
        self.agent.child.signal(signal.SIGUSR1)
        self.read(UNDER_WAY, "^A reserve code is taking over$", "^The vendor’s service cannot be reached.$")
        self.window.press("button", "Show")
        self.read(UNDER_WAY, "^Is being activated$",
                  "^The vendor’s service cannot be reached. Check the network connection.* Next attempt: today, ")

    @unittest.skipUnless(Network.can_be_made(), "only root can make a network")
    def test_network_away_at_the_end(self):
        """The link is down at the end; when it is up again the hand-over goes on by itself."""
        network = self.enterContext(Network(session.home))
        self.build(network)
        self.begin(self.service.issue(term="1h"), self.service.issue())
        network.down()
        self.wait_without_service()
        network.up()
        self.see_it_done()

    def test_service_away_at_the_end(self):
        """The network is there, but no service: the person hurries it once the service is back."""
        self.build()
        self.begin(self.service.issue(term="1h"), self.service.issue())
        self.proxy.refuse()
        self.wait_without_service()
        self.proxy.accept()
        self.window.press("button", "Try again")
        self.see_it_done()


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Each step of a hand-over meets each fault: no code is lost, never two seats, never neither license nor code.

The agent stops itself at the step, the fault is made, and it goes on. It then either hands over or waits with a cause
and a next attempt; once the fault is over, it hands over. The classes are made of the table, one for each fault.
"""

import os
import signal
import unittest

from support import paths, tap
from support.agent import Agent
from support.network import Network
from support.proxy import Proxy, answer, drop
from support.service import Service
from support.session import Session
from support.tls import Authority

PRODUCT = "internet-security"
KILLABLE = paths.BUILD / "tests/agent/killable-agent"
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
DAY = 86400

STEPS = (
    ("checked", "1: nothing of the hand-over is written yet"),
    ("intending", "3: the intent is drafted, the code is known"),
    ("intended", "3: the intent is durable"),
    ("answered", "4: the answer came"),
    ("verified", "5: the ticket is verified"),
    ("saved", "6: the ticket is durable"),
    ("clearing", "7: before the intent is cleared"),
)


class Fault:
    """What goes wrong while the agent stands still, and how it ends."""
    causes = ()  # problems that the agent may wait with; none: it hands over at once

    def __init__(self, cell):
        self.cell = cell

    def make(self):
        """Called while the agent stands still."""

    def go_on(self):
        os.kill(self.cell.agent.child.pid, signal.SIGCONT)

    def end(self):
        """Called once the agent waits or is done."""

    def retry(self, operation):
        self.cell.agent.on_operation(operation["path"], "Retry")


class Kill(Fault):
    """SIGKILL."""

    def go_on(self):
        self.cell.agent.kill()
        self.cell.start_agent()


class ReplyLost(Fault):
    """The service acts, but its reply is lost."""
    causes = ("service-unavailable",)

    def make(self):
        self.cell.proxy.next(drop)

    def end(self):
        self.cell.proxy.clear()


class Unavailable(Fault):
    """The service answers 503."""
    causes = ("service-unavailable",)

    def make(self):
        self.cell.proxy.on("POST", "", answer(503))

    def end(self):
        self.cell.proxy.clear()


class StorageFull(Fault):
    """Nothing can be written: where the files go stand folders."""
    causes = ("storage-full",)

    def make(self):
        self.blocked = []
        for name in (f"demo.{PRODUCT}.license", f"demo.{PRODUCT}.reserves"):
            path = self.cell.state / name
            contents = path.read_bytes() if path.exists() else None
            path.unlink(missing_ok=True)
            (path / "in-the-way").mkdir(parents=True)
            self.blocked.append((path, contents))

    def end(self):
        for path, contents in self.blocked:
            if path.is_dir():
                (path / "in-the-way").rmdir()
                path.rmdir()
                if contents is not None:
                    path.write_bytes(contents)
                    path.chmod(0o600)


class KeyringLocked(Fault):
    """The keyring is locked."""
    causes = ("keyring-locked",)

    def make(self):
        self.cell.session.lock_keyring()

    def end(self):
        self.cell.session.unlock_keyring()


class KeyringGone(Fault):
    """The keyring's daemon has ended."""
    causes = ("keyring-unavailable",)

    def make(self):
        self.cell.session.stop_keyring()

    def end(self):
        self.cell.session.start_keyring()


class SecondAgent(Fault):
    """Another agent is started."""

    def make(self):
        self.other = self.cell.session.spawn([KILLABLE], name="second-agent")

    def end(self):
        assert self.other.wait() == 0


class ClockBack(Fault):
    """The clock is set back behind the end of the license."""

    def make(self):
        self.cell.set_clock(0)

    def end(self):
        self.cell.set_clock(2)


class ClockForward(Fault):
    """The clock is set forward by a month."""

    def make(self):
        self.cell.set_clock(32)

    def end(self):
        self.cell.set_clock(2)


class NoNetwork(Fault):
    """The link to the network is down; the hand-over goes on by itself when it is up."""
    causes = ("service-unavailable",)

    def make(self):
        self.cell.network.down()

    def end(self):
        self.cell.network.up()

    def retry(self, operation):
        """Nobody does anything: the agent sees the network come back."""


FAULTS = (Kill, ReplyLost, Unavailable, StorageFull, KeyringLocked, KeyringGone, SecondAgent, ClockBack, ClockForward,
          NoNetwork)


class Cell(unittest.TestCase):
    """A device whose license ended while the agent was away, and which has a reserve code."""

    def build(self, over_network):
        self.session = self.enterContext(Session())
        self.state = self.session.home / "state/prolong"
        self.service = self.enterContext(Service(self.session, directory=True))
        self.program = KILLABLE
        self.network = None
        tls = None
        if over_network:
            self.network = self.enterContext(Network(self.session.home))
            authority = Authority(self.session.home, [self.network.address])
            tls = authority.context()
            self.program = self.network.inside(authority.trusting(KILLABLE))
        self.proxy = self.enterContext(Proxy(self.service, tls=tls))
        url = self.proxy.url.replace("localhost", self.network.address) if self.network else self.proxy.url
        self.service.install_profile(url=url)
        self.agent = Agent(self.session, program=self.program)

    def start_agent(self, **env):
        self.agent.start(env={"LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": str(self.session.home / "clock"),
                              "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                              "PROLONG_TEST_CHANCE": "0", **env})

    def set_clock(self, days):
        (self.session.home / "clock").write_text(f"+{days}d\n")

    def prepare(self):
        self.set_clock(0)
        self.start_agent()
        self.agent.activate(self.service.issue(term="1d"), product=PRODUCT)
        self.reserve = self.service.issue(devices=3)
        self.agent.wait_for_step(self.agent.add_code(self.reserve, product=PRODUCT), "done")
        self.old = self.agent.licenses()[0]["Id"]
        self.agent.stop()
        # Two days pass for all at once.
        self.service.env = {"LD_PRELOAD": FAKETIME, "FAKETIME": "+2d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        self.service.restart()
        self.set_clock(2)

    def run_cell(self, step, make_fault):
        self.build(over_network=make_fault is NoNetwork)
        try:
            self.prepare()
            self.start_agent(PROLONG_TEST_STOP_AT=step)
            self.wait_for_stop()
            fault = make_fault(self)
            fault.make()
            fault.go_on()
            self.agent.wait_for(self.is_settled, what="the hand-over to be done or to wait")
            self.check_wait(fault)
            fault.end()
            for operation in self.agent.operations():
                if operation["Step"] == "waiting":
                    fault.retry(operation)
            self.agent.wait_for(self.is_done, what="the hand-over to be done")
            self.check_end()
        finally:
            if self.agent.child.returncode is None:
                self.agent.stop()

    def wait_for_stop(self):
        """Waits until the agent stands still; a system call that waits for ever is given a limit by an alarm."""
        def late(*_):
            raise AssertionError(f"the agent never came to that step: {self.agent.operations()}")

        signal.signal(signal.SIGALRM, late)
        signal.alarm(int(paths.LIMIT))
        os.waitid(os.P_PID, self.agent.child.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        signal.alarm(0)

    def is_done(self):
        license = next(iter(self.agent.licenses()), None)
        return license and license["Id"] != self.old and license["State"] == "active" and not self.agent.reserves() \
            and all(operation["Step"] == "done" for operation in self.agent.operations())

    def is_settled(self):
        return self.is_done() or any(operation["Step"] == "waiting" for operation in self.agent.operations())

    def check_wait(self, fault):
        """Where it waits, there is a cause and a next attempt, and the person reads that it is under way."""
        for operation in self.agent.operations():
            if operation["Step"] != "waiting":
                continue
            self.assertIn(operation["Error"], fault.causes)
            if not operation["Error"].startswith("keyring"):
                self.assertGreater(operation["RetryAt"], 0)
            license, = self.agent.licenses()
            self.assertEqual(license["State"], "pending" if license["Id"] == self.old else "active")
            self.assertEqual([reserve["State"] for reserve in self.agent.reserves()], ["activating"])

    def kept(self):
        return [secret for _, secret, _ in self.session.keyring_items()]

    def check_end(self):
        path = self.agent.licenses()[0]["path"]
        self.agent.on_license(path, "Refresh")
        self.assertEqual(self.agent.license(path)["DevicesUsed"], 1, "one seat")
        self.assertEqual([p.name for p in self.state.glob("demo.*")], [f"demo.{PRODUCT}.license"])
        self.session.wait_for_keyring(lambda: self.reserve in self.kept())
        # What could not be taken out of a keyring that was away is taken out at the next chance, such as a restart.
        if self.kept() != [self.reserve]:
            self.agent.stop()
            self.start_agent()
        self.session.wait_for_keyring(lambda: self.kept() == [self.reserve])
        keys = {e.request_headers["Idempotency-Key"] for e in self.proxy.requests
                if e.path.endswith("/activations") and self.reserve.encode() in e.request_body}
        self.assertEqual(len(keys), 1, "one operation")


def cell(step, fault):
    def run(self):
        self.run_cell(step, fault)
    return run


for fault in FAULTS:
    cells = {f"test_{number}_{step}": cell(step, fault) for number, (step, _) in enumerate(STEPS)}
    made = type(fault.__name__, (Cell,), {**cells, "__doc__": fault.__doc__})
    if fault is NoNetwork:
        made = unittest.skipUnless(Network.can_be_made(), "only root can make a network")(made)
    globals()["Cells" + fault.__name__] = made
del made

if __name__ == "__main__":
    tap.main()

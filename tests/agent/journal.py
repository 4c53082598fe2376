# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent is killed before and after each of the seven steps of an activation: it finishes after the restart."""

import unittest

from support import paths, tap
from support.agent import Agent
from support.proxy import Proxy
from support.service import Service
from support.session import Session

KILLABLE = paths.BUILD / "tests/agent/killable-agent"

# (where it is killed, what that is, what the person must do afterwards)
POINTS = (
    ("checked", "1 after the code was checked, before anything is written", "enter the code again"),
    ("storing", "2 before the code is kept; the intent is drafted", "enter the code again"),
    ("stored", "2 after the code was kept", "nothing"),
    ("intending", "3 before the intent is final", "nothing"),
    ("intended", "3 after the intent is durable", "nothing"),
    ("sending", "4 before the request leaves", "nothing"),
    ("answered", "4 after the answer came", "nothing"),
    ("verifying", "5 before the ticket is verified", "nothing"),
    ("verified", "5 after the ticket was verified", "nothing"),
    ("saving", "6 before the ticket is saved", "nothing"),
    ("saved", "6 after the ticket is durable", "nothing"),
    ("clearing", "7 before the intent is cleared", "nothing"),
    ("cleared", "7 after the intent was cleared", "nothing"),
)


def journals(session):
    return [path.name for path in session.files(session.home / "state") if path.name.endswith(".journal")]


class Killed(unittest.TestCase):
    def run_point(self, point, then):
        with Session() as session, Service(session) as service, Proxy(service) as proxy:
            service.install_profile(url=proxy.url)
            code = service.codes["three-devices"]
            agent = Agent(session, program=KILLABLE)
            agent.start(env={"PROLONG_TEST_END_AT": point})
            try:
                agent.add_code(code, product="internet-security")
            except Exception:  # The answer to the call may be lost with the agent.
                pass
            self.assertEqual(agent.wait_for_end(), -9)

            agent.start()
            try:
                if then == "enter the code again":
                    self.enter_again(agent, code)
                license = agent.wait_for(lambda: next(iter(agent.licenses()), None), what="the license")
                self.assertEqual((license["State"], license["DaysLeft"]), ("active", 365))
                agent.wait_for(lambda: self.all_ended(agent), what="the operation to end")
                # A check writes to the store too, and writes come one after the other: what came before is done.
                agent.on_license(license["path"], "Refresh")
                self.assertEqual(journals(session), [], "the journal is cleared")
                self.assertEqual(agent.licenses()[0]["DevicesUsed"], 1, "the service counts one seat")
                keys = {e.request_headers["Idempotency-Key"] for e in proxy.requests if e.path.endswith("/activations")}
                self.assertEqual(len(keys), 1, "every attempt had the same idempotency key")
                self.assertEqual([secret for _, secret, _ in session.keyring_items()], [code])
            finally:
                agent.stop()

    @staticmethod
    def all_ended(agent):
        return all(operation["Step"] == "done" for operation in agent.operations())

    def enter_again(self, agent, code):
        waiting = agent.operations()
        if not waiting:
            agent.add_code(code, product="internet-security")
            return
        agent.wait_for_step(waiting[0]["path"], "waiting")
        self.assertEqual(agent.operation(waiting[0]["path"])["Error"], "keyring-unavailable")
        agent.on_operation(waiting[0]["path"], "ProvideCode", "(s)", code)


# (where it is killed, what that is, whether the person must remove the code again)
REMOVAL = (
    ("removing", "1 before anything is written", True),
    ("noted", "2 after it is noted that nobody wants the code any more", False),
    ("removed", "3 after it left the list", False),
    ("discarded", "4 after the code left the keyring", False),
    ("forgotten", "5 after the note was taken away", False),
)


class KilledWhileRemoving(unittest.TestCase):
    """A reserve code is removed; no kill leaves it in the keyring, or half removed."""

    def run_point(self, point, again):
        with Session() as session, Service(session) as service:
            state = session.home / "state/prolong"
            agent = Agent(session, program=KILLABLE)
            agent.start()
            agent.activate(service.codes["one-year"], product="internet-security")
            agent.wait_for_step(agent.add_code(service.codes["reserve"], product="internet-security"), "done")
            agent.restart(env={"PROLONG_TEST_END_AT": point})
            reserve, = agent.reserves()
            try:
                agent.on_reserve(reserve["path"], "Remove")
            except Exception:  # The answer to the call is lost with the agent.
                pass
            self.assertEqual(agent.wait_for_end(), -9)
            agent.start()
            try:
                self.assertEqual(len(agent.reserves()), 1 if again else 0)
                if again:
                    agent.on_reserve(reserve["path"], "Remove")
                session.wait_for_keyring(lambda: self.kept(session) == [service.codes["one-year"]])
                session.wait_for_files(state, lambda: [p.name for p in state.iterdir()]
                                       == ["demo.internet-security.license"])
                self.assertEqual(agent.reserves(), [])
            finally:
                agent.stop()

    @staticmethod
    def kept(session):
        return [secret for _, secret, _ in session.keyring_items()]


for number, (point, what, again) in enumerate(REMOVAL):
    def run(self, point=point, again=again):
        self.run_point(point, again)
    run.__doc__ = what
    setattr(KilledWhileRemoving, f"test_{number:02}_{point}", run)

for number, (point, what, then) in enumerate(POINTS):
    def run(self, point=point, then=then):
        self.run_point(point, then)
    run.__doc__ = what
    setattr(Killed, f"test_{number:02}_{point}", run)

if __name__ == "__main__":
    tap.main()

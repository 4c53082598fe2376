# SPDX-License-Identifier: GPL-3.0-or-later
"""What the agent costs while nothing happens: memory, threads and wake-ups, beside a bare program with the same libraries.

Memory is the proportional set size (each shared page divided by its users); wake-ups are the voluntary context
switches of all threads. Both programs idle side by side through the same two minutes.
"""

import sys
import time
from pathlib import Path

from support import paths
from support.agent import Agent
from support.proxy import Proxy
from support.service import Service
from support.session import Session
from support.tls import Authority

PRODUCT = "internet-security"
SETTLE_SECONDS = 25  # GLib keeps a thread of its pool for 15 seconds after its last work.
IDLE_SECONDS = 120
BARE = Path(sys.argv[1]) / "tests/bench/agent-bare"


def pss(pid):
    line = next(line for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024


def threads(pid):
    return [task for task in Path(f"/proc/{pid}/task").iterdir()]


def switches(pid):
    return sum(int(line.split()[1]) for task in threads(pid) for line in (task / "status").read_text().splitlines()
               if line.startswith("voluntary_ctxt_switches"))


def idle(*pids):
    """PSS in MiB, threads and wake-ups of each, over the same time."""
    time.sleep(SETTLE_SECONDS)
    before = [switches(pid) for pid in pids]
    time.sleep(IDLE_SECONDS)
    return [(pss(pid), len(threads(pid)), switches(pid) - start) for pid, start in zip(pids, before)]


def row(what, beside, figures, bare, limits):
    good = all(figure <= limit for figure, limit in zip(figures, limits))
    print(f"{what} | {beside} | PSS {figures[0]:.1f} MiB, {figures[1]} threads, {figures[2]} wake-ups in {IDLE_SECONDS} s "
          f"(bare: {bare[0]:.1f} MiB, {bare[1]}, {bare[2]}) | {'reached' if good else 'NOT REACHED'}: at most "
          f"{limits[0]} MiB, {limits[1]}, {limits[2]}")
    return good


def before_tls():
    with Session() as session, Service(session) as service, Agent(session) as agent:
        agent.activate(service.codes["one-year"], product=PRODUCT)
        agent.restart()
        assert agent.licenses()[0]["DaysLeft"] == 365
        bare = session.spawn([BARE])
        figures, beside = idle(agent.child.pid, bare.pid)
        return row("idle, license held", "GLib with libsoup and libsecret", figures, beside, (4, 4, 0))


def after_check_over_tls():
    with Session() as session, Service(session) as service:
        authority = Authority(session.home)
        with Proxy(service, tls=authority.context()) as proxy:
            service.install_profile(url=proxy.url)
            with Agent(session, program=authority.trusting(paths.AGENT)) as agent:
                agent.activate(service.codes["one-year"], product=PRODUCT)
                agent.restart()
                agent.on_license(agent.licenses()[0]["path"], "Refresh")
                bare = session.spawn([authority.trusting(BARE), f"{proxy.url}/health"], name="bare")
                bare.wait_for_line("answered")
                figures, beside = idle(agent.child.pid, bare.pid)
        return row("after a status check over HTTPS", "the same after one request", figures, beside, (15, 4, 0))


if __name__ == "__main__":
    results = [before_tls(), after_check_over_tls()]
    sys.exit(0 if all(results) else 1)

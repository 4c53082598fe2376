# SPDX-License-Identifier: GPL-3.0-or-later
"""How long `prolongctl status` takes, beside a program with GIO and one call to the same agent.

Both are started in pairs, the order within a pair changing; the figure is the median of the ratios of the pairs.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from support import paths
from support.agent import Agent
from support.service import Service
from support.session import Session

PAIRS = 201
WARM_UP = 10
REACH = 1.3
BARE = Path(sys.argv[1]) / "tests/bench/cli-bare"


def seconds(argv, env):
    with open(os.devnull, "wb") as sink:
        start = time.perf_counter()
        child = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=sink, close_fds=False)
        status = child.wait()
        taken = time.perf_counter() - start
    assert status == 0, f"{argv} ended with {status}"
    return taken


def measure(argv, env):
    pairs = []
    for number in range(WARM_UP + PAIRS):
        first, second = ([BARE], argv) if number % 2 else (argv, [BARE])
        taken = {str(first[0]): seconds(first, env), str(second[0]): seconds(second, env)}
        pairs.append((taken[str(argv[0])], taken[str(BARE)]))
    return pairs[WARM_UP:]


def row(what, pairs):
    ratios = [ours / bare for ours, bare in pairs]
    low, ratio, high = statistics.quantiles(ratios, n=4)
    ours, bare = (statistics.median(column) * 1000 for column in zip(*pairs))
    reached = ratio <= REACH
    print(f"{what} {ours:.2f} ms | GIO and one bus call {bare:.2f} ms | {ratio:.3f} | {low:.3f} to {high:.3f}, "
          f"{len(pairs)} pairs | {'reached' if reached else 'NOT REACHED'}: at most {REACH}")
    return reached


def main():
    print("figure | beside | ratio | spread | reach")
    with Session() as session, Service(session) as service, Agent(session) as agent:
        reached = row("prolongctl status, no license", measure([paths.CTL, "status"], session.env))
        agent.activate(service.codes["one-year"], product="internet-security")
        reached &= row("prolongctl status", measure([paths.CTL, "status"], session.env))
        reached &= row("prolongctl status --json", measure([paths.CTL, "status", "--json"], session.env))
    sys.exit(0 if reached else 1)


main()

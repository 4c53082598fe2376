# SPDX-License-Identifier: GPL-3.0-or-later
"""How long `prolong` takes to the first painted frame of the License panel with its data, and what it holds.

Beside it: a bare libadwaita window with ten rows. Both run on the same X server and bus, with the same renderer and
the same probe, which tells the time after the frame in which the awaited label was painted. The agent runs and holds
a license. Pairs, one after the other, warm.
"""

import os
import statistics
import sys
import time
from pathlib import Path

BUILD = Path(sys.argv[1] if len(sys.argv) > 1 else "build").resolve()
os.environ["PROLONG_BUILD"] = str(BUILD)
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support import paths  # noqa: E402
from support.agent import Agent  # noqa: E402
from support.service import Service  # noqa: E402
from support.session import Session  # noqa: E402

PAIRS = int(os.environ.get("PROLONG_BENCH_PAIRS", "21"))
MAX_RATIO = 1.15
MAX_MORE_MIB = 10


def measure(session, program, text):
    """Returns the seconds to the frame and the peak of resident memory in MiB."""
    env = {"LD_PRELOAD": str(BUILD / "tests/window/libwindow-probe.so"), "PROBE_TEXT": text}
    start = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    child = session.spawn([program], env=env)
    painted = child.wait_for_line(r"^PAINTED (\d+) (\d+)$")
    child.kill()
    return (int(painted.group(1)) - start) / 1e9, int(painted.group(2)) / 1024


def take_pair(session, programs, turned):
    """One run of each, ours first in the answer; which of them runs first changes from pair to pair."""
    order = reversed(programs) if turned else programs
    runs = [measure(session, program, text) for program, text in order]
    return runs[::-1] if turned else runs


def quartiles(values):
    low, _middle, high = statistics.quantiles(values, n=4)
    return low, high


def main():
    with Session(display=True, env={"NO_AT_BRIDGE": "1", "GTK_A11Y": "none"}) as session, Service(session) as service:
        with Agent(session) as agent:
            agent.wait_for_step(agent.add_code(service.codes["three-devices"]), "done")
            for operation in agent.operations():
                agent.call(operation["path"], "io.github.prolong.Operation1", "Dismiss")
            programs = ((paths.WINDOW, "days left"), (BUILD / "tests/bench/window-bare", "Row 10"))
            for program, text in programs:
                measure(session, program, text)
            pairs = [take_pair(session, programs, number % 2 == 1) for number in range(PAIRS)]
    times = [[run[0] for run in pair] for pair in pairs]
    ratios = [ours / bare for ours, bare in times]
    more = [ours[1] - bare[1] for ours, bare in pairs]
    ratio, extra = statistics.median(ratios), statistics.median(more)
    print("figure | beside | ratio | spread")
    print(f"first frame with the license: {statistics.median(t[0] for t in times) * 1000:.0f} ms | bare window, ten "
          f"rows: {statistics.median(t[1] for t in times) * 1000:.0f} ms | {ratio:.2f} (at most {MAX_RATIO}) | "
          "%.2f to %.2f" % quartiles(ratios))
    print(f"peak RSS: {statistics.median(p[0][1] for p in pairs):.1f} MiB | bare window: "
          f"{statistics.median(p[1][1] for p in pairs):.1f} MiB | {extra:+.1f} MiB (at most +{MAX_MORE_MIB}) | "
          "%+.1f to %+.1f MiB" % quartiles(more))
    return 0 if ratio <= MAX_RATIO and extra <= MAX_MORE_MIB else 1


if __name__ == "__main__":
    sys.exit(main())

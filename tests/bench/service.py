# SPDX-License-Identifier: GPL-3.0-or-later
"""How many activations a second the service does, beside what their work costs alone, and with a million of them.

The limit is what one thread could do that only parses the request, writes the rows of an activation, and signs the
ticket: 1 / (1/parse + 1/commit + 1/sign). Each part is measured alone right after the service, on the same disk,
with as many activations in one durable commit as the service had on average (SQLite, WAL, synchronous=FULL). HTTP,
looking up, sealing the answer and hashing are not in the limit. The service runs on the same machine as the load: 16
keep-alive connections, each of which sends its next request when it has an answer, with a code and a device of
its own each time.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from support.process import Child

BUILD = Path(sys.argv[1])
SERVICE = BUILD / "src/service/prolong-service"
LOAD, ALONE, FILL = (BUILD / "tests/bench" / name for name in ("service-load", "service-alone", "service-fill"))
CONNECTIONS = 16
PAIRS, ACTIVATIONS = 11, 10_000
SMALL, LARGE, LARGE_PAIRS = 1_000, 1_000_000, 11
WARM = 3
REPEAT = 5  # A thousand activations take a fifth of a second, too little to compare.


def run(*argv, given=None):
    return subprocess.run([str(arg) for arg in argv], input=given, stdout=subprocess.PIPE, text=True, check=True).stdout


class Store:
    """A directory of the service."""

    def __init__(self, home, name):
        self.path = home / name
        run(SERVICE, "init", "--directory", self.path, "--vendor", "acme", "--name", "Acme",
            "--url", "https://acme.example/v1", "--product", "internet-security=Internet Security")

    def issue(self, count):
        return run(SERVICE, "codes", "issue", "--directory", self.path, "--product", "internet-security",
                   "--count", count)

    def start(self):
        self.child = Child([SERVICE, "serve", "--directory", self.path, "--listen", "127.0.0.1:0"], {},
                           self.path / "log")
        self.port = self.child.wait_for_line(r"^Ready on http://127\.0\.0\.1:(\d+)/v1$").group(1)

    def activate(self, codes):
        """The seconds, and the 99th percentile in milliseconds."""
        _, seconds, refused, _, p99, _ = run(LOAD, self.port, CONNECTIONS, given=codes).split()
        assert refused == "0", f"{refused} activations were refused"
        return float(seconds), int(p99) / 1000

    def stop(self):
        """Activations in one commit."""
        self.child.stop()
        counts = self.child.wait_for_line(r"^Stopped after (\d+) changes in (\d+) commits$").groups()
        return int(counts[0]) / int(counts[1])

    def remove(self):
        shutil.rmtree(self.path)


def spread(values):
    low, _, high = statistics.quantiles(values, n=4)
    return f"{low:.2f} to {high:.2f}"


def row(what, beside, ratio, more, reach, good):
    print(f"{what} | {beside} | {ratio} | {more} | {'reached' if good else 'NOT REACHED'}: {reach}", flush=True)
    return good


def beside_the_limit(home):
    rates, limits, ratios, tails, batches, parts = [], [], [], [], [], []
    for _ in range(PAIRS):
        store = Store(home, "limit")
        codes = store.issue(ACTIVATIONS)
        store.start()
        seconds, p99 = store.activate(codes)
        rate, batch = ACTIVATIONS / seconds, store.stop()
        alone = [float(part) for part in run(ALONE, store.path, ACTIVATIONS, max(1, round(batch))).split()]
        limit = 1 / sum(1 / part for part in alone)
        for values, value in ((rates, rate), (limits, limit), (ratios, rate / limit), (tails, p99), (batches, batch),
                              (parts, alone)):
            values.append(value)
        store.remove()
    ratio, tail = statistics.median(ratios), statistics.median(tails)
    parse, commit, sign = (statistics.median(column) for column in zip(*parts))
    good = row(f"POST /v1/activations, {CONNECTIONS} connections: {statistics.median(rates):.0f}/s, "
               f"{statistics.median(batches):.1f} in a commit",
               f"limit {statistics.median(limits):.0f}/s (parse {parse:.0f}, commit {commit:.0f}, sign {sign:.0f})",
               f"{ratio:.2f}", f"{spread(ratios)}, {PAIRS} pairs", "at least 0.70", ratio >= 0.70)
    return row("its 99th percentile", "-", f"{tail:.1f} ms", f"{spread(tails)}", "at most 5 ms", tail <= 5) and good


def in_store(store, rounds=REPEAT):
    """The rate of activations of new codes, SMALL in each round."""
    seconds = sum(store.activate(store.issue(SMALL))[0] for _ in range(rounds))
    return rounds * SMALL / seconds


def warm(store):
    """A service that runs for long: its log has the size that it keeps, for a growing file is slower."""
    store.start()
    in_store(store, WARM)
    return store


def in_small_store(home):
    small = warm(Store(home, "small"))
    rate = in_store(small)
    small.stop()
    small.remove()
    return rate


def with_a_million(home):
    large = Store(home, "large")
    _, with_codes, full = map(int, run(FILL, large.path, LARGE).split())
    os.sync()
    warm(large)
    rates = [(in_small_store(home), in_store(large)) for _ in range(LARGE_PAIRS)]
    large.stop()
    ratios = [rate / base for base, rate in rates]
    base, rate = (statistics.median(column) for column in zip(*rates))
    ratio = statistics.median(ratios)
    print(f"file size: {(full - with_codes) / LARGE:.0f} bytes for an activation (its answer kept for 30 days), "
          f"{with_codes / LARGE:.0f} for a code", flush=True)
    return row(f"with {LARGE:,} codes and activations: {rate:.0f}/s", f"with {SMALL:,} to {(WARM + REPEAT) * SMALL:,}: {base:.0f}/s",
               f"{ratio:.2f}", f"{spread(ratios)}, {LARGE_PAIRS} pairs of {REPEAT} x {SMALL:,} activations",
               "at least 0.9", ratio >= 0.9)


def main():
    home = Path(tempfile.mkdtemp(prefix="prolong-bench-"))
    try:
        print("figure | beside | ratio | spread | reach")
        good = [beside_the_limit(home), with_a_million(home)]
    finally:
        shutil.rmtree(home)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""A child process whose output goes to a log file and can be waited for line by line; none outlives the test."""

import atexit
import ctypes
import os
import re
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from .paths import LIMIT

PR_SET_CHILD_SUBREAPER = 36
_started = set()


def descendants(pid):
    """All descendants of a process, also ended ones that nobody has waited for, parents before children."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            found += [child, *descendants(child)]
    return found


def end_descendants(mark=None):
    """Ends whatever this process, or anything it started, left running; with MARK only what has it in its environment."""
    for number, patience in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        deadline = time.monotonic() + patience
        for pid in living(mark):
            _signal(pid, number)
        while living(mark) and time.monotonic() < deadline:
            time.sleep(0.01)
    _reap_adopted()


def _reap_adopted():
    """Collects the ended children that no Child waits for, so that no zombie is left behind."""
    for pid in descendants(os.getpid()):
        if pid not in _started and not _is_alive(pid, None):
            try:
                os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                pass


def living(mark=None):
    """What this process, or anything it started, left running; with MARK only what has it in its environment."""
    return [pid for pid in descendants(os.getpid()) if _is_alive(pid, mark)]


def _is_alive(pid, mark):
    try:
        ended = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
        return not ended and (mark is None or mark.encode() in Path(f"/proc/{pid}/environ").read_bytes())
    except OSError:
        return False


def _signal(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def _adopt():
    """Daemons that detach, and services that the bus starts, become children of this process and end with it."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    atexit.register(end_descendants)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by SIGTERM"))


_adopt()


def run(argv, *, limit=LIMIT, check=True, **options):
    """Runs a program to its end; returns a CompletedProcess with its output.

    As subprocess.run() does, whose time limit looks for the end only every 50 ms; tests start thousands of programs.
    """
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
    given = options.pop("input", None)
    argv = [str(arg) for arg in argv]
    with subprocess.Popen(argv, stdin=subprocess.PIPE if given is not None else subprocess.DEVNULL, **options) as process:
        alarm = threading.Timer(limit, process.kill)
        alarm.start()
        try:
            done = subprocess.CompletedProcess(argv, None, *process.communicate(given))
        finally:
            late = alarm.finished.is_set()
            alarm.cancel()
    done.returncode = process.returncode
    if late:
        raise subprocess.TimeoutExpired(argv, limit, done.stdout, done.stderr)
    if check:
        done.check_returncode()
    return done


class Child:
    """Starts a program. stdout and stderr both go to LOG; `lines` holds stdout as it comes."""

    def __init__(self, argv, env, log, stdin=None, cwd=None):
        self.argv = [str(arg) for arg in argv]
        self.log = Path(log)
        self.lines = []
        self._news = threading.Condition()
        self._ended = False
        self._log = open(self.log, "ab", buffering=0)
        self.process = subprocess.Popen(self.argv, env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=self._log,
                                        stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL)
        _started.add(self.process.pid)
        if stdin is not None:
            self.process.stdin.write(stdin)
            self.process.stdin.close()
        self._pump = threading.Thread(target=self._read, daemon=True)
        self._pump.start()

    @property
    def pid(self):
        return self.process.pid

    @property
    def returncode(self):
        return self.process.poll()

    def _read(self):
        for line in self.process.stdout:
            self._log.write(line)
            with self._news:
                self.lines.append(line.decode(errors="replace").rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()

    def wait_for_line(self, pattern, limit=LIMIT):
        """Returns the match of the first line of stdout that matches, old lines included."""
        expression = re.compile(pattern)
        return self.wait_until(lambda: next((m for m in map(expression.search, self.lines) if m), None), repr(pattern), limit)

    def wait_until(self, look, what, limit=LIMIT):
        """Returns what LOOK finds, which is called whenever the program has said a line more."""
        with self._news:
            self._news.wait_for(lambda: look() or self._ended, limit)
            found = look()
        if not found:
            raise AssertionError(f"{self.argv[0]} did not say {what}; its output:\n{self.output()}")
        return found

    def output(self):
        return self.log.read_text(errors="replace")

    def wait(self, limit=LIMIT):
        """Waits for the end; returns the exit status."""
        if self.process.returncode is None:
            with open(os.pidfd_open(self.process.pid), closefd=True) as end:  # wait() would look every 50 ms.
                select.select([end], [], [], limit)
        status = self.process.wait(0)
        _started.discard(self.process.pid)
        self._pump.join(2)  # A program that it left behind may hold its output open for ever.
        return status

    def signal(self, number):
        if self.process.poll() is None:
            self.process.send_signal(number)

    def stop(self, limit=LIMIT):
        """SIGTERM, and the exit status; SIGKILL and a failure when that did not help."""
        self.signal(signal.SIGTERM)
        try:
            return self.wait(limit)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.argv[0]} did not end on SIGTERM") from None

    def close(self):
        """Ends it if it still runs; a failure when it crashed or a sanitizer found something, now or before."""
        status = self.stop() if self.process.poll() is None else self.wait()
        if status not in (0, -signal.SIGTERM, -signal.SIGKILL):
            raise AssertionError(f"{self.argv[0]} ended with {status}:\n{self.output()}")

    def kill(self):
        self.signal(signal.SIGKILL)
        return self.wait()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the unittest cases of a module and tells each as a line of TAP, so that meson counts test cases.

Arguments name cases to run (`Class` or `Class.method`); without any, all run.
"""

import sys
import unittest


class Result(unittest.TestResult):
    def __init__(self, stream):
        super().__init__()
        self.stream = stream
        self.count = 0
        self._broken = set()

    def _line(self, ok, test, note=""):
        self.count += 1
        name = getattr(test, "_testMethodName", None)
        name = f"{type(test).__name__}.{name}" if name else str(test)
        print(f"{'ok' if ok else 'not ok'} {self.count} {name.replace('#', '')}{note}", file=self.stream, flush=True)

    def _diagnose(self, test, error):
        for line in self._exc_info_to_string(error, test).splitlines():
            print("#", line, file=sys.stderr, flush=True)  # Meson shows stderr of what failed, not stdout.

    def _bad(self, test, error):
        self._diagnose(test, error)
        self._line(False, test)

    def addSuccess(self, test):
        self._line(True, test)

    def addError(self, test, err):
        super().addError(test, err)
        self._bad(test, err)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._bad(test, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._line(True, test, f" # SKIP {reason}")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._line(False, test, " # TODO")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._line(False, test, " (was expected to fail)")

    def addSubTest(self, test, subtest, err):
        if err is None:
            return
        super().addSubTest(test, subtest, err)
        print(f"# in {subtest}", file=sys.stderr)
        self._diagnose(test, err)
        self._broken.add(test)

    def stopTest(self, test):
        super().stopTest(test)
        if test in self._broken:
            self._broken.discard(test)
            self._line(False, test)


def main(module="__main__"):
    stream, sys.stdout = sys.stdout, sys.stderr
    loader = unittest.TestLoader()
    loaded = sys.modules[module]
    names = sys.argv[1:]
    suite = loader.loadTestsFromNames(names, loaded) if names else loader.loadTestsFromModule(loaded)
    result = Result(stream)
    suite.run(result)
    print(f"1..{result.count}", file=stream, flush=True)
    sys.exit(0 if result.wasSuccessful() else 1)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs of build-aux do what the README says of them."""

import json
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import paths, tap

TOOLS = paths.SOURCE / "build-aux"
CASES = {  # outcome of a case in JUnit's words
    "passed": "<testcase name='{name}'/>",
    "failed": "<testcase name='{name}'><failure/></testcase>",
    "skipped": "<testcase name='{name}'><skipped/></testcase>",
}


class FolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)


class InstallTest(FolderTest):
    def test_another_distribution_is_told_what_to_install(self):
        for name in ("bash", "dirname", "grep", "awk"):
            (self.folder / name).symlink_to(shutil.which(name))
        done = subprocess.run([str(TOOLS / "install")], env={"PATH": str(self.folder)}, capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        for name in ("libgtk-4-dev", "gtk4 >= 4.8", "gnome-keyring", "Xvfb"):
            self.assertIn(name, done.stdout)


class CountTest(FolderTest):
    def count(self, tests):
        """tests: name, result in meson's words, outcomes of its cases."""
        suites = "".join(f"<testsuite name='prolong.prolong:unit / {name}'>"
                         + "".join(CASES[outcome].format(name=number) for number, outcome in enumerate(outcomes))
                         + "</testsuite>" for name, _result, outcomes in tests)
        (self.folder / "testlog.junit.xml").write_text(f"<testsuites>{suites}</testsuites>")
        (self.folder / "testlog.json").write_text("".join(
            json.dumps({"name": f"prolong:unit / {name}", "result": result, "stdout": "not ok 1 a case\n"}) + "\n"
            for name, result, _outcomes in tests))
        done = subprocess.run([str(TOOLS / "count-tests"), str(self.folder)], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    def test_count(self):
        rows = (  # tests, exit status, last line, why
            ([("a", "OK", ["passed", "skipped"]), ("b", "OK", ["passed"])], 0, "2 passed, 0 failed, 1 skipped", "sum"),
            ([("a", "FAIL", ["passed", "failed"])], 1, "1 passed, 1 failed, 0 skipped", "a failed case counts once"),
            ([("a", "ERROR", ["passed"])], 1, "1 passed, 1 failed, 0 skipped", "a crash is a failure of its own"),
            ([("a", "TIMEOUT", [])], 1, "0 passed, 1 failed, 0 skipped", "so is a time-out"),
            ([("ab", "FAIL", ["failed"]), ("b", "ERROR", [])], 1, "0 passed, 2 failed, 0 skipped", "names that end alike"),
            ([("a", "OK", ["skipped"])], 1, "0 passed, 0 failed, 1 skipped", "no test passed, so nothing was shown"),
            ([], 1, "0 passed, 0 failed, 0 skipped", "no test ran"),
        )
        for tests, status, line, why in rows:
            with self.subTest(why):
                returned, output = self.count(tests)
                self.assertEqual(output.splitlines()[-1], line)
                self.assertEqual(returned, status)

    def test_names_what_failed(self):
        self.assertIn("not ok 1 a case", self.count([("a", "FAIL", ["failed"])])[1])


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The two demo vendors: the same codes and keys at every start, and nothing in common."""

import re
import subprocess
import tempfile
import unittest
import urllib.request
from pathlib import Path

from support import paths, tap
from support.process import Child

READY = r"^Ready on http://127\.0\.0\.1:(\d+)/v1$"
FORMS = {"demo": r"[0-9A-Z]{5}(-[0-9A-Z]{5}){3}", "orchard": r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}"}
ENV = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin"}


class DemoTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def serve(self, vendor, *more):
        """The codes by name of a demo that runs."""
        argv = [paths.SERVICE, "serve", "--demo", "--vendor", vendor, "--port", "0", *more]
        child = Child(argv, ENV, self.folder / f"{vendor}.log")
        self.addCleanup(child.close)
        child.wait_for_line(READY)
        found = {}
        for line in child.lines:
            if line.count("\t") == 2:
                name, code, _ = line.split("\t")
                found[name] = code
        return child, found

    def run_to_end(self, *arguments):
        return subprocess.run([paths.SERVICE, "serve", *arguments], env=ENV, capture_output=True, text=True, check=False,
                              timeout=paths.LIMIT)

    def test_beside_each_other(self):
        codes = {vendor: self.serve(vendor)[1] for vendor in FORMS}
        for vendor, form in FORMS.items():
            self.assertTrue(codes[vendor])
            for code in codes[vendor].values():
                self.assertRegex(code, f"^{form}$")
        self.assertFalse(set(codes["demo"].values()) & set(codes["orchard"].values()))
        self.assertEqual(self.serve("orchard")[1], codes["orchard"])

    def test_profile_written_is_the_shipped_one(self):
        for vendor in FORMS:
            written = self.folder / f"{vendor}.conf"
            self.serve(vendor, "--profile", str(written))
            same, shipped = (re.sub(r"(?m)^(Service=.*|Url=http://127\..*)?\n", "", path.read_text(encoding="utf-8"))
                             for path in (written, paths.SOURCE / f"data/vendors/{vendor}.conf"))
            self.assertEqual(same, shipped)

    def test_shop_of_the_profile(self):
        """The demo's shop is its own, wherever it listens."""
        written = self.folder / "demo.conf"
        self.serve("demo", "--profile", str(written))
        url = re.search(r"(?m)^\[Shop\]\nUrl=(.*)$", written.read_text(encoding="utf-8"))[1]
        service = re.search(r"(?m)^Service=(.*)/v1$", written.read_text(encoding="utf-8"))[1]
        self.assertEqual(url, f"{service}/shop/")
        with urllib.request.urlopen(url, timeout=paths.LIMIT) as page:
            self.assertIn(b"<title>", page.read())

    def test_a_directory_belongs_to_one_vendor(self):
        directory = self.folder / "service"
        child, _codes = self.serve("orchard", "--directory", str(directory))
        child.stop()
        self.assertIn("Trial=allowed", (directory / "service.conf").read_text(encoding="utf-8"))
        refused = self.run_to_end("--demo", "--vendor", "demo", "--directory", str(directory))
        self.assertEqual(refused.returncode, 1)
        self.assertIn("holds a service already", refused.stderr)
        self.serve("orchard", "--directory", str(directory))

    def test_misuse(self):
        for arguments in (("--demo", "--vendor", "nobody"), ("--vendor", "orchard"), ("--demo", "--port", "-5")):
            with self.subTest(arguments):
                self.assertEqual(self.run_to_end(*arguments).returncode, 2)


if __name__ == "__main__":
    tap.main()

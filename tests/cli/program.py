# SPDX-License-Identifier: GPL-3.0-or-later
"""The program itself: what it loads, and that the man page tells all that it can do."""

import json
import os
import re
import shutil
import subprocess
import unittest

from support import paths, tap

MAN = paths.SOURCE / "data/man"
PAGE = MAN / "prolongctl.1"
FORBIDDEN = ("libsoup", "libsecret", "libgnutls", "libsqlite", "libgtk", "libjson-glib")


def run(*arguments):
    return subprocess.run([paths.CTL, *arguments], text=True, capture_output=True, check=True).stdout


def verbs():
    """Verb -> its options, as --help tells them."""
    found = {}
    for name in re.findall(r"^ {4}([a-z-]+) {2,}\S", run("--help"), re.M):
        found[name] = set(re.findall(r"--([a-z-]+)", run(name, "--help"))) - {"help"}
    return found


class Links(unittest.TestCase):
    def test_no_heavy_library(self):
        """Neither itself nor through another library, or every start would pay for it."""
        loaded = subprocess.run(["ldd", paths.CTL], text=True, capture_output=True, check=True).stdout
        self.assertIn("libgio-2.0", loaded)
        for library in FORBIDDEN:
            self.assertNotIn(library, loaded)


class ManPage(unittest.TestCase):
    def setUp(self):
        self.text = PAGE.read_text(encoding="utf-8")

    def section(self, name):
        return re.search(rf"^\.Sh {name}\n(.*?)(?=^\.Sh )", self.text, re.M | re.S).group(1)

    def test_verbs_and_options(self):
        items = re.findall(r"^\.It Cm ([a-z-]+) (.*)$", self.section("DESCRIPTION"), re.M)
        told = {name: set(re.findall(r"Fl -([a-z-]+)", options)) for name, options in items}
        self.assertEqual(told, verbs())

    def test_every_option_is_explained(self):
        explained = re.findall(r"^\.It Fl -([a-z-]+)", self.section("OPTIONS"), re.M)
        self.assertEqual(set(explained), set().union(*verbs().values()) | {"help", "version"})
        self.assertEqual(len(explained), len(set(explained)))

    def test_every_reason(self):
        header = (paths.SOURCE / "src/license/problem.h").read_text(encoding="utf-8")
        problems = {name.lower().replace("_", "-") for name in re.findall(r"^  PROLONG_PROBLEM_(\w+),", header, re.M)}
        sources = "".join(path.read_text(encoding="utf-8") for path in (paths.SOURCE / "src/cli").glob("*.c"))
        problems |= set(re.findall(r'prolong_cli_tell \([^,]+, "([a-z-]+)"', sources))
        told = {name for item in re.findall(r"^\.It Li (.*)$", self.section("DIAGNOSTICS"), re.M)
                for name in item.split(" , ")}
        self.assertEqual(told, problems)

    def test_every_exit_status(self):
        header = (paths.SOURCE / "src/cli/cli.h").read_text(encoding="utf-8")
        numbers = re.findall(r"PROLONG_EXIT_\w+ = (\d)", header)
        self.assertEqual(re.findall(r"^\.It (\d)$", self.section("EXIT STATUS"), re.M), numbers)

    def test_lint(self):
        self.assertTrue(shutil.which("mandoc"), "mandoc is not installed")
        for page in sorted(MAN.iterdir()):
            done = subprocess.run(["mandoc", "-Tlint", page], text=True, capture_output=True, check=False)
            # Whether the other pages are installed is not the page's fault.
            found = [line for line in done.stdout.splitlines() if "referenced manual not found" not in line]
            self.assertEqual(found, [])

    def test_references(self):
        pages = {path.name for path in MAN.iterdir()}
        for page in MAN.iterdir():
            for name, section in re.findall(r"^\.Xr (\S+) (\d)", page.read_text(encoding="utf-8"), re.M):
                self.assertIn(f"{name}.{section}", pages)


class Completion(unittest.TestCase):
    """What bash offers is what the program takes."""

    @staticmethod
    def complete(*words):
        script = ('source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _prolongctl; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, paths.SOURCE / "data/completions/prolongctl", *words], text=True,
                              capture_output=True, check=True)
        return set(done.stdout.split())

    def test_verbs(self):
        self.assertEqual(self.complete("prolongctl", ""), {*verbs(), "--help", "--version"})
        self.assertEqual(self.complete("prolongctl", "ref"), {"refresh"})

    def test_options(self):
        for verb, options in verbs().items():
            offered = {word for word in self.complete("prolongctl", verb, "") if word.startswith("--")}
            self.assertEqual(offered, {f"--{option}" for option in options} | {"--help"})

    def test_actions(self):
        """Offered, and told in the help; those of reserve codes are explained one by one."""
        for verb in ("reserve", "seats", "profile"):
            offered = {word for word in self.complete("prolongctl", verb, "") if not word.startswith("--")}
            usage = re.search(r"\[OPTION…\] (.*)", run(verb, "--help")).group(1)
            self.assertEqual(offered, set(re.findall(r"\b[a-z]+\b", usage)))
            if verb == "reserve":
                self.assertEqual(offered, set(re.findall(r"^\.It Ic ([a-z]+)", PAGE.read_text(encoding="utf-8"), re.M)))
        self.assertEqual(self.complete("prolongctl", "seats", "--json", "r"), set())

    def test_values(self):
        self.assertEqual(self.complete("prolongctl", "status", "--product", "--"), set())
        folder = str(paths.SOURCE / "data/vendors") + "/"
        self.assertIn(folder + "demo.conf", self.complete("prolongctl", "profile", "check", folder))


class Languages(unittest.TestCase):
    def test_help(self):
        """Every verb explains itself in each language, in words of that language."""
        for language in ("nl", "ru"):
            env = {**os.environ, "LANGUAGE": language, "LC_ALL": "C.UTF-8", "PROLONG_LOCALE_DIR": str(paths.LOCALE_DIR)}
            for verb in ("", *verbs()):
                plain = run(*filter(None, (verb, "--help")))
                translated = subprocess.run([paths.CTL, *filter(None, (verb, "--help"))], env=env, text=True,
                                            capture_output=True, check=True).stdout
                self.assertNotEqual(plain, translated)

    def test_json_is_the_same_in_every_locale(self):
        shipped = str(paths.SOURCE / "data/vendors/demo.conf")
        for locale in ("C", "C.UTF-8"):
            done = subprocess.run([paths.CTL, "profile", "check", shipped, "--json"], env={**os.environ, "LC_ALL": locale},
                                  capture_output=True, check=True)
            self.assertEqual(json.loads(done.stdout.decode())["vendor"], "demo")


if __name__ == "__main__":
    tap.main()

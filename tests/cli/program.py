# SPDX-License-Identifier: GPL-3.0-or-later
"""The program itself: what it loads, and that the man page tells all that it can do."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from support import paths, tap

MAN = paths.SOURCE / "data/man"
PAGE = MAN / "prolongctl.1"
FORBIDDEN = ("libsoup", "libsecret", "libgnutls", "libhogweed", "libsqlite", "libgtk", "libjson-glib")


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


class Completion:
    """What a shell offers is what the program takes."""

    FOLDER = paths.SOURCE / "data/completions"

    def test_verbs(self):
        self.assertEqual(self.complete(""), {*verbs(), "--help", "--version"})
        self.assertEqual(self.complete("ref"), {"refresh"})

    def test_options(self):
        for verb, options in verbs().items():
            offered = {word for word in self.complete(verb, "--")}
            self.assertEqual(offered, {f"--{option}" for option in options} | {"--help"})

    def test_actions(self):
        """Offered, and told in the help; those of reserve codes are explained one by one."""
        for verb in ("reserve", "seats", "profile", "auto-renewal"):
            offered = {word for word in self.complete(verb, "") if not word.startswith("--")}
            usage = re.search(r"\[OPTION…\] (.*)", run(verb, "--help")).group(1)
            self.assertEqual(offered, set(re.findall(r"\b[a-z]+\b", usage)))
            if verb == "reserve":
                self.assertEqual(offered, set(re.findall(r"^\.It Ic ([a-z]+)", PAGE.read_text(encoding="utf-8"), re.M)))
        self.assertEqual(self.complete("seats", "--json", "r"), set())

    def test_values(self):
        self.assertEqual(self.complete("status", "--product", "--"), set())
        self.assertEqual(self.complete("nonsense", ""), set())
        folder = str(paths.SOURCE / "data/vendors") + "/"
        for action in ("add", "check"):
            self.assertIn(self.file(folder + "demo.conf"), self.complete("profile", action, folder))

    def file(self, name):
        return name

    @staticmethod
    def shell(*argv):
        with tempfile.TemporaryDirectory() as home:
            env = {"PATH": f"{paths.CTL.parent}:{os.environ['PATH']}", "HOME": home, "LC_ALL": "C.UTF-8"}
            done = subprocess.run([str(arg) for arg in argv], env=env, text=True, capture_output=True, check=False)
        assert done.returncode == 0 and not done.stderr, done.stderr
        return done.stdout.splitlines()


class Bash(Completion, unittest.TestCase):
    def complete(self, *words):
        script = ('source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _prolongctl; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        return set(filter(None, self.shell("bash", "-c", script, self.FOLDER / "prolongctl", "prolongctl", *words)))


class Zsh(Completion, unittest.TestCase):
    """Without a terminal: what would be shown is printed."""

    def complete(self, *words):
        script = ('function _describe() { print -rl -- "${(@P)2}" }; function _files() { print -r -- :files }; '
                  'function offer() { words=("$@"); CURRENT=$#; source "$file" }; file=$1; shift; offer "$@"')
        lines = self.shell("zsh", "-fc", script, "zsh", self.FOLDER / "_prolongctl", "prolongctl", *words)
        return {line if line == ":files" else line.partition(":")[0] for line in lines if line}

    def file(self, name):
        return ":files"


class Fish(Completion, unittest.TestCase):
    def complete(self, *words):
        line = " ".join(("prolongctl", *words))
        lines = self.shell("fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]",
                           self.FOLDER / "prolongctl.fish", line)
        return {line.partition("\t")[0] for line in lines}


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

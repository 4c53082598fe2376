# SPDX-License-Identifier: GPL-3.0-or-later
"""What an installation consists of: every file is there, sound, and names only what is there as well."""

import configparser
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from support import paths, tap
from support.paths import APP_ID

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TRANSLATED = ("summary", "p", "li", "caption")
HELP = ("activate", "index", "move", "privacy", "refused", "renew", "reserve", "trouble")
EXPECTED = (
    "bin/prolong",
    "bin/prolongctl",
    "bin/prolong-service",
    "libexec/prolong-agent",
    f"share/applications/{APP_ID}.desktop",
    f"share/dbus-1/services/{APP_ID}.service",
    f"share/dbus-1/services/{APP_ID}.Agent.service",
    *(f"share/help/{folder}/prolong/{page}.page" for folder in ("C", "nl", "ru") for page in HELP),
    *(f"share/prolong/help/{page}.{language}.html" for language in ("en", "nl", "ru") for page in HELP),
    f"share/icons/hicolor/scalable/apps/{APP_ID}.svg",
    f"share/icons/hicolor/symbolic/apps/{APP_ID}-symbolic.svg",
    "share/locale/nl/LC_MESSAGES/prolong.mo",
    "share/locale/ru/LC_MESSAGES/prolong.mo",
    "share/bash-completion/completions/prolongctl",
    "share/fish/vendor_completions.d/prolongctl.fish",
    "share/zsh/site-functions/_prolongctl",
    "share/man/man1/prolong.1",
    "share/man/man1/prolongctl.1",
    "share/man/man5/prolong-vendor.5",
    "share/man/man8/prolong-agent.8",
    "share/man/man8/prolong-service.8",
    f"share/metainfo/{APP_ID}.metainfo.xml",
    f"share/mime/packages/{APP_ID}.xml",
    "share/prolong/vendors/demo.conf",
    "lib/systemd/user/prolong-agent.service",
)


def keys(path):
    parser = configparser.RawConfigParser(strict=True, interpolation=None)
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


class InstallTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        subprocess.run(["meson", "install", "-C", str(paths.BUILD), "--no-rebuild", "--quiet", "--destdir", folder.name],
                       check=True, stdout=subprocess.DEVNULL)
        cls.prefix = next(p.parent.parent for p in Path(folder.name).rglob("bin/prolong"))
        cls.destination = Path(folder.name)

    def in_place(self, name):
        return self.prefix / name

    def inside(self, absolute):
        """An installed file by its final, absolute name."""
        return self.destination / absolute.lstrip("/")

    def test_files(self):
        there = {str(path.relative_to(self.prefix)) for path in self.prefix.rglob("*")}
        self.assertEqual([name for name in EXPECTED if name not in there], [])

    def test_nothing_names_the_source_tree(self):
        for path in self.in_place("share").rglob("*"):
            if path.is_file():
                self.assertNotIn(str(paths.SOURCE).encode() + b"/", path.read_bytes(), path)

    def test_desktop_file(self):
        path = self.in_place(f"share/applications/{APP_ID}.desktop")
        done = subprocess.run(["desktop-file-validate", str(path)], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        entry = keys(path)["Desktop Entry"]
        self.assertEqual(entry["Icon"], APP_ID)
        for language in ("nl", "ru"):
            self.assertNotEqual(entry[f"Comment[{language}]"], entry["Comment"])

    def test_profile_files(self):
        """They have a type of their own, by name and by content, which the window opens."""
        shared = self.in_place("share/mime")
        subprocess.run(["update-mime-database", str(shared)], check=True, capture_output=True)
        entry = keys(self.in_place(f"share/applications/{APP_ID}.desktop"))["Desktop Entry"]
        self.assertEqual(entry["MimeType"], "application/x-prolong-vendor;")
        self.assertIn("%U", entry["Exec"])
        shipped = (paths.SOURCE / "data/vendors/orchard.conf").read_text(encoding="utf-8")
        for name, text, kind in (("a.prolong-vendor", shipped, "application/x-prolong-vendor"),
                                 ("no-suffix", shipped, "application/x-prolong-vendor"),
                                 ("letter", "Dear customer\n", "text/plain")):
            path = self.destination / name
            path.write_text(text, encoding="utf-8")
            found = subprocess.run(["gio", "info", "-a", "standard::content-type", str(path)], capture_output=True,
                                   text=True, check=True, env={"PATH": "/usr/bin", "XDG_DATA_HOME": str(self.in_place("share")),
                                                               "XDG_DATA_DIRS": "/usr/share"}).stdout
            self.assertIn(f"standard::content-type: {kind}\n", found)

    def test_metainfo(self):
        path = self.in_place(f"share/metainfo/{APP_ID}.metainfo.xml")
        done = subprocess.run(["appstreamcli", "validate", "--pedantic", "--no-net", str(path)], capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        remarks = re.findall(r"^[A-Z]: \S+ ([a-z-]+)", done.stdout, re.MULTILINE)
        self.assertEqual(remarks, ["cid-contains-uppercase-letter"], done.stdout)  # The id is what it is.
        tree = ElementTree.parse(path)
        for element in tree.iter():
            texts = [child for child in element if child.tag in TRANSLATED and child.get("translate") != "no"]
            if element.get("translate") != "no":
                languages = [child.get(LANG, "C") for child in texts]
                self.assertTrue(languages.count("C") == languages.count("nl") == languages.count("ru"),
                                [child.text for child in texts])
        for binary in tree.iter("binary"):
            self.assertTrue(self.in_place(f"bin/{binary.text}").exists(), binary.text)

    def test_dbus_services(self):
        for name in (APP_ID, paths.AGENT_NAME):
            service = keys(self.in_place(f"share/dbus-1/services/{name}.service"))["D-BUS Service"]
            self.assertEqual(service["Name"], name)
            self.assertTrue(self.inside(service["Exec"].split()[0]).exists(), service["Exec"])

    def test_systemd_unit(self):
        unit = keys(self.in_place("lib/systemd/user/prolong-agent.service"))["Service"]
        self.assertEqual(unit["BusName"], paths.AGENT_NAME)
        self.assertTrue(self.inside(unit["ExecStart"]).exists())
        service = keys(self.in_place(f"share/dbus-1/services/{paths.AGENT_NAME}.service"))["D-BUS Service"]
        self.assertTrue(self.in_place(f"lib/systemd/user/{service['SystemdService']}").exists())

    def test_icons(self):
        for path in self.in_place("share/icons/hicolor").rglob("*.svg"):
            root = ElementTree.parse(path).getroot()
            self.assertEqual(root.get("width"), root.get("height"), path)


if __name__ == "__main__":
    tap.main()

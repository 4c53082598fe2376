# SPDX-License-Identifier: GPL-3.0-or-later
"""Prolong as a Flatpak, from the bundle and from the repository, in an installation that nothing was in before.

The runtime is the stand-in that flatpak/build makes of Debian packages.
"""

import configparser
import re
import shlex
import shutil
import unittest
from pathlib import Path

from sandbox import APP_ID, Build, Desktop
from support import paths, tap
from support.agent import Agent
from support.panel import Panel
from support.service import Service
from support.ui import Window

PRODUCT = "internet-security"
WINDOW_PATH = "/io/github/prolong/Prolong"
APPLICATION = "org.freedesktop.Application"

# All that the app may do. What is not in this table it must not ask for.
PERMISSIONS = {
    ("Context", "shared"): {"network", "ipc"},
    ("Context", "sockets"): {"x11", "wayland", "fallback-x11"},  # x11 stands for versions that know no fallback
    ("Context", "devices"): {"dri"},
    ("Session Bus Policy", "org.kde.StatusNotifierWatcher"): {"talk"},
}

EXPORTS = (
    f"applications/{APP_ID}.desktop",
    f"dbus-1/services/{APP_ID}.service",
    f"dbus-1/services/{APP_ID}.Agent.service",
    f"icons/hicolor/scalable/apps/{APP_ID}.svg",
    f"icons/hicolor/symbolic/apps/{APP_ID}-symbolic.svg",
)


def setUpModule():
    global build, desktop
    build = Build().__enter__()
    desktop = Desktop().__enter__()
    desktop.install_runtime(build)
    desktop.install(build.bundle)


def tearDownModule():
    desktop.close()
    build.__exit__()


def find_permissions(text):
    """The groups and members of a Flatpak's metadata that grant something."""
    metadata = configparser.ConfigParser(interpolation=None, delimiters="=")
    metadata.optionxform = str
    metadata.read_string(text)
    granting = [group for group in metadata.sections() if group == "Context" or "Policy" in group or group == "Environment"]
    return {(group, name): set(filter(None, value.split(";")))
            for group in granting for name, value in metadata[group].items()}


class Case(unittest.TestCase):
    def setUp(self):
        desktop.forget()
        self.agent = Agent(desktop)
        self.agent.watch()
        self.addCleanup(self.agent.unwatch)
        self.addCleanup(desktop.end_instances)

    def serve(self, **options):
        return self.enterContext(Service(desktop, **options))

    def open(self):
        desktop.call(APP_ID, WINDOW_PATH, APPLICATION, "Activate", "(a{sv})", {})
        window = Window(desktop, [], "prolong", start=False)
        window.find("button", re.compile("^License|^No license"))
        return window

    def activate(self, code):
        """As prolongctl does it: nothing is left to be told in the window."""
        self.agent.activate(code, product=PRODUCT)
        self.dismiss()

    def save(self, code):
        """A reserve code, as prolongctl does it."""
        operation = self.agent.add_code(code, product=PRODUCT, reserve=True)
        self.agent.wait_for_step(operation, "done")
        self.dismiss()

    def dismiss(self):
        for operation in self.agent.operations():
            self.agent.on_operation(operation["path"], "Dismiss")

    def sandboxed(self, *argv):
        """Runs a program in Prolong's sandbox."""
        return desktop.flatpak("run", f"--command={argv[0]}", APP_ID, *argv[1:], check=False)


class Package(Case):
    def test_permissions(self):
        """Each is in the table; one more is found."""
        text = desktop.flatpak("info", "--user", "--show-permissions", APP_ID)
        self.assertEqual(PERMISSIONS, find_permissions(text))
        desktop.flatpak("override", "--user", "--filesystem=home", APP_ID)
        self.addCleanup(desktop.flatpak, "override", "--user", "--reset", APP_ID)
        overridden = (desktop.installation / "overrides" / APP_ID).read_text()
        self.assertNotEqual(PERMISSIONS, PERMISSIONS | find_permissions(overridden))

    def test_exports(self):
        """What the desktop sees of it: all of it, and started in the sandbox."""
        exports = desktop.installation / "exports/share"
        for name in EXPORTS:
            self.assertTrue((exports / name).exists(), name)
        self.assertTrue(list(exports.glob(f"*/{APP_ID}.*.xml")), "what software centres show")
        for name in (APP_ID, paths.AGENT_NAME):
            text = (exports / f"dbus-1/services/{name}.service").read_text()
            self.assertNotIn("SystemdService", text)
            self.assertRegex(text, r"Exec=.*flatpak run ")
        self.assertIn("DBusActivatable=true", (exports / f"applications/{APP_ID}.desktop").read_text())

    def test_languages_are_in_the_bundle(self):
        done = desktop.flatpak("run", "--env=LANGUAGE=nl", "--env=LC_ALL=nl_NL.UTF-8", "--command=prolongctl", APP_ID,
                               "--help", check=False)
        self.assertIn("Gebruik", done.stdout + done.stderr)

    def test_no_secret_service(self):
        """Neither the keyring of the desktop nor a file of the person can be reached from inside."""
        ask = ("gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o", "/org/freedesktop/secrets", "-m",
               "org.freedesktop.DBus.Peer.Ping")
        self.assertNotEqual(0, self.sandboxed(*ask).returncode)
        (desktop.home / "letter").write_text("private")
        self.assertNotEqual(0, self.sandboxed("cat", desktop.home / "letter").returncode)


class Use(Case):
    def test_activation_by_the_window(self):
        """From the first start to the days left."""
        service = self.serve()
        window = self.open()
        window.press("button", "Enter activation code")
        window.set_text(window.find("text", "Activation code"), service.codes["one-year"])
        window.press("button", "Add activation code")
        window.wait_for_text("License: 365 days left")
        self.assertEqual([365], [license["DaysLeft"] for license in self.agent.licenses()])

    def test_first_start(self):
        """Who comes from an installation outside of the sandbox reads what to do, in each language."""
        self.addCleanup(desktop.update_activation_environment, LANGUAGE="en", LC_ALL="C.UTF-8")
        for locale, words in (("en_US", "Used Prolong here before? Enter your activation code once more"),
                              ("nl_NL", "Hebt u Prolong hier al eerder gebruikt?"),
                              ("ru_RU", "Уже пользовались Prolong здесь?")):
            with self.subTest(locale):
                desktop.forget()
                desktop.update_activation_environment(LANGUAGE=locale[:2], LC_ALL=f"{locale}.UTF-8")
                desktop.call(APP_ID, WINDOW_PATH, APPLICATION, "Activate", "(a{sv})", {})
                Window(desktop, [], "prolong", start=False).wait_for_text(re.compile(re.escape(words)))

    def test_not_in_the_background(self):
        """What the desktop does not allow is told in the window."""
        desktop.flatpak("permission-set", "background", "background", APP_ID, "no")
        self.addCleanup(desktop.flatpak, "permission-remove", "background", "background", APP_ID)
        service = self.serve()
        self.activate(service.codes["one-year"])
        self.save(service.codes["reserve"])
        self.agent.wait_for(lambda: self.agent.properties()["StartAtLogin"] == "background-refused",
                            what="the answer of the desktop")
        self.open().wait_for_text(re.compile("The desktop does not let Prolong run without its window."))

    def test_late_portal(self):
        """Without the portal there is no place for codes, which is told; once it comes, they are kept."""
        service = self.serve()
        with desktop.without_portal():
            self.activate(service.codes["one-year"])
            self.assertEqual("unavailable", self.agent.properties()["Keyring"])
            with self.assertRaisesRegex(AssertionError, "keyring-unavailable"):
                self.save(service.codes["reserve"])
        self.agent.wait_for(lambda: self.agent.properties()["Keyring"] == "unknown", what="the agent to see the portal")
        self.save(service.codes["reserve"])
        self.assertEqual("available", self.agent.properties()["Keyring"])

    def test_hasty_portal(self):
        """An answer that comes before anybody listens is asked for again."""
        service = self.serve()
        with desktop.without_portal(), desktop.hasty_portal():
            self.activate(service.codes["one-year"])
            self.assertEqual("available", self.agent.properties()["Keyring"])

    def test_tray(self):
        """The icon is in the tray of a real panel, and a click on it shows the window."""
        service = self.serve()
        with Panel(desktop) as panel:
            self.activate(service.codes["one-year"])
            panel.icon()
            panel.click()
            Window(desktop, [], "prolong", start=False).find("button", "License: 365 days left")
            desktop.end_instances()
            panel.wait_empty()

    def test_profile_file(self):
        """A file that a person opens comes through the document portal, is shown, and added when asked for.

        The portal tells programs the folder of the real session; inside the sandbox it is always in this place too.
        """
        service = self.serve(install_profile=False)
        file = desktop.home / "vendor.conf"
        file.write_text(service.profile.replace("Id=demo", "Id=orchard"))
        shared = Path(desktop.flatpak("document-export", f"--app={APP_ID}", file).strip())
        inside = f"file:///run/flatpak/doc/{shared.parent.name}/{shared.name}"
        desktop.call(APP_ID, WINDOW_PATH, APPLICATION, "Open", "(asa{sv})", [inside], {})
        window = Window(desktop, [], "prolong", start=False)
        window.wait_for_text(service.url)
        self.assertNotIn("orchard", self.agent.vendors())
        window.press("button", re.compile("^Add"))
        self.agent.wait_for(lambda: "orchard" in self.agent.vendors(), what="the vendor")

    def test_same_device_as_outside(self):
        """Who comes from a package enters the code once more, and keeps the seat."""
        service = self.serve()
        code = service.codes["one-year"]
        profile = desktop.home / "data/prolong/vendors/demo.conf"
        profile.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(desktop.vendors / "demo.conf", profile)
        with Agent(desktop) as native:
            native.activate(code, product=PRODUCT)
            before = native.licenses()[0]
        self.activate(code)
        after = self.agent.licenses()[0]
        self.assertEqual([1, 1], [before["DevicesUsed"], after["DevicesUsed"]])
        self.assertEqual(before["Id"], after["Id"])

    def test_code_is_kept_from_others(self):
        """In the sandbox's own encrypted keyring: not in the desktop's, in no file, not for another Flatpak."""
        service = self.serve()
        self.activate(service.codes["one-year"])
        code = service.codes["reserve"]
        self.save(code)
        keyring = desktop.var / "data/keyrings/default.keyring"
        self.assertTrue(keyring.stat().st_size)
        self.assertNotIn(code, [secret for _, secret, _ in desktop.keyring_items()])
        for folder in (desktop.var, desktop.home / "data/keyrings", desktop.home / "run"):
            self.assertEqual([], desktop.find_bytes(code, folder))
        other = Other()
        self.assertNotEqual(0, other.run("cat", keyring).returncode)
        own = desktop.home / ".var/app" / other.name / "data/keyrings/default.keyring"
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(keyring, own)
        found = other.run("secret-tool", "search", "--all", "xdg:schema", "io.github.prolong.Code")
        self.assertNotIn(code, found.stdout + found.stderr)

    def test_hand_over(self):
        """A reserve code takes over, with nobody there; it starts at login, as the portal was asked."""
        service = self.serve(directory=True)
        self.activate(service.issue(term="1m"))
        self.save(service.issue())
        entry = desktop.home / f"config/autostart/{APP_ID}.desktop"
        self.agent.wait_for(lambda: self.agent.properties()["StartAtLogin"] == "on", what="the autostart entry")
        self.agent.wait_for(lambda: self.agent.licenses()[0]["DaysLeft"] > 300, limit=180, what="the hand-over")
        self.agent.wait_for(lambda: not self.agent.reserves(), what="the code to be no reserve code any more")
        desktop.end_instances()
        self.log_in(entry)
        self.assertEqual("on", self.agent.properties()["StartAtLogin"])

    def log_in(self, entry):
        """Starts what the autostart entry names, as a session does."""
        desktop_entry = configparser.ConfigParser(interpolation=None)
        desktop_entry.optionxform = str
        desktop_entry.read(entry)
        desktop.spawn(shlex.split(desktop_entry["Desktop Entry"]["Exec"]), name="autostart")
        desktop.wait_for_name(paths.AGENT_NAME)


class Other:
    """Another Flatpak of the same person, with as much permission, that looks for secrets."""

    name = "org.example.Other"

    def __init__(self):
        folder, repository = desktop.home / "other", desktop.home / "other-repository"
        runtime = f"//{build.version}"
        if not folder.exists():
            desktop.flatpak("build-init", folder, self.name, "org.gnome.Platform" + runtime, "org.gnome.Platform" + runtime)
            (folder / "files/bin").mkdir(parents=True)
            shutil.copy("/usr/bin/secret-tool", folder / "files/bin/secret-tool")
            desktop.flatpak("build-finish", folder, "--share=network", "--share=ipc", "--socket=x11", "--command=sh")
            desktop.flatpak("build-export", repository, folder)
            desktop.flatpak("remote-add", "--user", "--no-gpg-verify", "other", repository)
            desktop.install("other", self.name)

    def run(self, *argv):
        return desktop.flatpak("run", f"--command={argv[0]}", self.name, *argv[1:], check=False)


class WithRepository(Case):
    """From the repository, to a newer version, to its removal."""

    def setUp(self):
        super().setUp()
        desktop.flatpak("uninstall", "--user", "-y", APP_ID)
        desktop.install("--from", build.reference)
        self.service = self.serve()

    def test_update_while_it_runs(self):
        """The agent gives way to the newer version, and nothing is lost."""
        self.activate(self.service.codes["one-year"])
        self.save(self.service.codes["reserve"])
        old, ends = [commit for _, commit in desktop.instances()], desktop.watch_processes()
        held, owner = self.held(), self.owner()
        build.make_newer()
        desktop.flatpak("update", "--user", "-y", "--noninteractive", APP_ID)
        self.agent.wait_for(lambda: self.owner() not in (None, owner), what="the agent of the newer version")
        desktop.wait_for_end(ends)
        self.agent.wait_for(lambda: set(old).isdisjoint(commit for _, commit in desktop.instances()),
                            what="the sandboxes of the older version to be gone from the list")
        self.assertIn("0.2.0", self.sandboxed("prolongctl", "--version").stdout)
        self.assertEqual(held, self.held())

    def held(self):
        return [entry[name] for entries, name in ((self.agent.licenses(), "Number"), (self.agent.reserves(), "Code"))
                for entry in entries]

    def test_removal(self):
        """What is left: the app's own folder and the autostart entry, which goes too when it was switched off first."""
        data, entry = f".var/app/{APP_ID}", f"config/autostart/{APP_ID}.desktop"
        for switch_off, left in ((False, {data, entry}), (True, {data})):
            with self.subTest(switch_off=switch_off):
                self.activate(self.service.codes["one-year"])
                self.save(self.service.codes["reserve"])
                self.wait_for_login("on")
                if switch_off:
                    self.agent.manager("SetStartAtLogin", "(b)", False)
                    self.wait_for_login("off")
                desktop.flatpak("uninstall", "--user", "-y", APP_ID)
                desktop.wait_for_name(paths.AGENT_NAME, present=False)
                self.assertEqual(left, self.find_left())
                desktop.forget()
                desktop.install("--from", build.reference)
                self.service.install_profile()

    def wait_for_login(self, state):
        self.agent.wait_for(lambda: self.agent.properties()["StartAtLogin"] == state, what=f"start at login: {state}")

    def find_left(self):
        """What bears the app's name, outside of Flatpak's own folders and of what ends with the session."""
        apart = [desktop.home / name for name in ("data/flatpak", "run")]
        found = [path for path in desktop.home.rglob(f"{APP_ID}*") if not any(map(path.is_relative_to, apart))]
        return {str(path.relative_to(desktop.home)) for path in found
                if not any(parent in found for parent in path.parents)}

    def owner(self):
        if not desktop.has_name(paths.AGENT_NAME):
            return None
        return desktop.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetNameOwner",
                            "(s)", paths.AGENT_NAME)


if __name__ == "__main__":
    tap.main()

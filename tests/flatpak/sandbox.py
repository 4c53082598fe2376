# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop on which Prolong is a Flatpak: private home, display, session bus with everything that the system offers
(the portals with it), keyring, panel, and a web server on loopback for the repository.

    with Build() as build, Desktop() as desktop:
        desktop.install_runtime(build)
        desktop.flatpak("install", "-y", build.bundle)
"""

import contextlib
import functools
import http.server
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

from support import paths
from support.session import BUS_CONFIG, Session

APP_ID = paths.APP_ID
OUT = paths.BUILD / "flatpak-test"
KEY = "Prolong test <test@prolong.invalid>"
PORTAL = "org.freedesktop.portal.Desktop"
PATIENCE = 1500  # The longest that a build on a busy machine may take, the stand-in included.


class Build:
    """What flatpak/build makes, against the stand-in for the GNOME runtime, served over HTTP as on any web server."""

    def __init__(self):
        self.home = OUT / "gpg"
        self.bundle = OUT / f"{APP_ID}.flatpak"
        self.reference = OUT / f"{APP_ID}.flatpakref"
        # Before a desktop takes the place of the person's.
        self.cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "prolong/flatpak"
        self.version = json.loads((paths.SOURCE / f"flatpak/{APP_ID}.json").read_text())["runtime-version"]

    def __enter__(self):
        shutil.rmtree(OUT, ignore_errors=True)
        self.home.mkdir(parents=True, mode=0o700)
        self.env = {**os.environ, "GNUPGHOME": str(self.home)}
        self._run("gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", KEY, "ed25519", "sign")
        handler = functools.partial(Quiet, directory=OUT)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.make()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self._run("gpgconf", "--kill", "all")

    def _run(self, *argv):
        done = subprocess.run([str(arg) for arg in argv], env=self.env, capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
        assert done.returncode == 0, f"{argv[0]} failed:\n{(done.stdout + done.stderr)[-4000:]}"
        return done.stdout

    def make(self):
        """Builds and publishes this tree."""
        self._run(paths.SOURCE / "flatpak/build", "--stand-in", "--out", OUT, "--gpg-sign", KEY,
                  "--url", f"{self.url}/repository")

    def make_newer(self):
        """The same with another version number in its programs, published in the same repository."""
        folder, old, new = OUT / "newer", b"0.1.0", b"0.2.0"
        shutil.copytree(OUT / "work/app", folder, symlinks=True)
        for program in folder.glob("files/*/prolong*"):
            if not program.is_file():
                continue
            text = program.read_bytes()
            program.unlink()
            program.write_bytes(text.replace(old, new))
            program.chmod(0o755)
        self._run("flatpak", "build-export", f"--gpg-sign={KEY}", OUT / "repository", folder,
                  "stable")

    def runtime_repository(self):
        """The folder of the stand-in."""
        return next(self.cache.glob(f"stand-in-{self.version}-*")) / "repository"


def open_process(pid):
    """A descriptor that can be read once the process has ended; None when it has."""
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None


def read_command(pid):
    """The command line of a process; nothing when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Desktop(Session):
    # Everything that a system offers, found as on a real desktop: by XDG_DATA_DIRS.
    bus_config = BUS_CONFIG.replace("<servicedir>", "<standard_session_servicedirs/>\n  <servicedir>", 1)

    def __init__(self):
        super().__init__(display=True, env={"XDG_CURRENT_DESKTOP": "GNOME", "PROLONG_LOCALE_DIR": None})
        self.installation = self.home / "data/flatpak"
        self.var = self.home / ".var/app" / APP_ID
        self.vendors = self.var / "data/prolong/vendors"
        self.env["XDG_DATA_DIRS"] = f"{self.installation}/exports/share:/usr/local/share:/usr/share"

    def add_service(self, name, command):
        """Window and agent are started by what the Flatpak exports, not from the build tree."""
        if name not in (APP_ID, paths.AGENT_NAME):
            super().add_service(name, command)

    def _start(self):
        (self.installation / "exports/share/dbus-1/services").mkdir(parents=True)  # The bus watches it from the start.
        super()._start()

    def close(self):
        mount = self.home / "run/doc"
        super().close()
        if mount.is_mount():
            subprocess.run(["fusermount3", "-u", "-z", mount], check=False)

    def flatpak(self, *arguments, check=True):
        """Returns what it said; with check=False the CompletedProcess."""
        done = self.run(["flatpak", *arguments], limit=300)
        if not check:
            return done
        assert done.returncode == 0, f"flatpak {' '.join(map(str, arguments))}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def install(self, *arguments):
        self.flatpak("install", "--user", "-y", "--noninteractive", *arguments)
        self.reload_bus()

    def reload_bus(self):
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReloadConfig")

    def install_runtime(self, build):
        self.flatpak("remote-add", "--user", "--no-gpg-verify", "stand-in", build.runtime_repository())
        self.install("stand-in", f"org.gnome.Platform//{build.version}")

    def instances(self, column="commit"):
        """The running instances of Prolong, as (instance, commit), or with another column of `flatpak ps`."""
        lines = self.flatpak("ps", f"--columns=instance,application,{column}").splitlines()
        rows = [line.split("\t") for line in lines]
        return [(instance, value) for instance, app, value in rows if app == APP_ID]

    def processes(self, instances=None):
        """What holds the sandboxes of Prolong, or those named: outside, and inside."""
        return [int(pid) for column in ("pid", "child-pid") for instance, pid in self.instances(column)
                if pid.strip("0") and (instances is None or instance in instances)]

    def watch_processes(self, instances=None):
        """For wait_for_end(), which must be called."""
        return [watch for pid in self.processes(instances) if (watch := open_process(pid)) is not None]

    @staticmethod
    def wait_for_end(watches):
        for watch in watches:
            with open(watch, "rb", buffering=0):
                ended, _, _ = select.select([watch], [], [], paths.LIMIT)
            assert ended, "a sandbox does not end"

    def agents(self):
        """The instances in which an agent runs."""
        return {instance for instance, pid in self.instances("pid") if b"prolong-agent" in read_command(pid)}

    def end_instances(self):
        """Ends every sandbox of Prolong; returns when they are gone, which is later than their names on the bus.

        The agents come last: a window that sees its agent go has the bus start another.
        """
        for name, spared in ((APP_ID, self.agents()), (paths.AGENT_NAME, set())):
            those = {instance for instance, _ in self.instances()} - spared
            watches = self.watch_processes(those)
            for instance in those:
                self.flatpak("kill", instance, check=False)
            self.wait_for_end(watches)
            self.wait_for_name(name, present=False)

    @contextlib.contextmanager
    def without_portal(self):
        """The desktop as at a login that is not done yet: no portal, and none can be started."""
        entry = self.home / f"run/dbus-1/services/{PORTAL}.service"
        entry.parent.mkdir(parents=True, exist_ok=True)
        entry.write_text(f"[D-BUS Service]\nName={PORTAL}\nExec=/bin/false\n")
        self.reload_bus()
        if self.has_name(PORTAL):
            os.kill(self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                              "GetConnectionUnixProcessID", "(s)", PORTAL), signal.SIGTERM)
            self.wait_for_name(PORTAL, present=False)
        try:
            yield
        finally:
            entry.unlink()
            self.reload_bus()
            self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "StartServiceByName",
                      "(su)", PORTAL, 0)

    @contextlib.contextmanager
    def hasty_portal(self):
        """A portal whose first answer comes before the reply to the call that asked for it."""
        portal = self.spawn([sys.executable, Path(__file__).with_name("hasty_portal.py")], name="hasty-portal")
        self.wait_for_name(PORTAL)
        try:
            yield
        finally:
            portal.stop()
            self.wait_for_name(PORTAL, present=False)

    def forget(self):
        """Prolong as on its first day: nothing runs, and nothing of it is kept."""
        self.end_instances()
        shutil.rmtree(self.var, ignore_errors=True)
        (self.home / f"config/autostart/{APP_ID}.desktop").unlink(missing_ok=True)

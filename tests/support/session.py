# SPDX-License-Identifier: GPL-3.0-or-later
"""A private desktop session: home, session bus, keyring and, on demand, a display with accessibility.

    with Session() as session:                     # bus and unlocked keyring
    with Session(keyring="none", display=True) as session:

Nothing of the person's own is touched, everything ends with the block. `session.env` is the environment for
programs, `session.bus` a Gio.DBusConnection, `session.logs` the folder with what every program said. The agent
and the window are D-Bus activatable from the build tree. A session with a display also becomes the environment of
the test itself, since the accessibility library knows only one: at most one of those in a process.
"""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

from . import paths, process  # noqa: E402
from .process import Child, run  # noqa: E402

KEYRING_PASSWORD = "test"
SECRETS = "org.freedesktop.secrets"
SECRETS_PATH = "/org/freedesktop/secrets"
LOGIN_COLLECTION = SECRETS_PATH + "/collection/login"
KEPT = ("PATH", "LANG", "TERM", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH",
        "G_DEBUG", "G_MESSAGES_DEBUG", "PROLONG_SOURCE", "PROLONG_BUILD", "PYTHONPATH")
BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path={socket}</listen>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
A11Y_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")


class Session:
    bus_config = BUS_CONFIG

    def __init__(self, keyring="unlocked", display=False, env=None, screen="1280x900x24", home=None):
        """keyring: "unlocked", "locked" or "none". home: a folder to keep; a fresh one that is removed by default."""
        self.own_home = home is None
        self.home = Path(home or tempfile.mkdtemp(prefix="prolong-test-"))
        self.logs = self.home / "logs"
        self.vendors = self.home / "data/prolong/vendors"
        self.keyring = None
        self.display = None
        self.managed = False  # Whether a window manager gives the keyboard to windows.
        self.bus = None
        self._children = []
        self._wanted = (keyring, display, screen)
        self.mark = f"PROLONG_TEST_SESSION={self.home}"
        self.env = self._environment(env or {})

    def _environment(self, extra):
        env = {name: os.environ[name] for name in KEPT if name in os.environ}
        for name, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"),
                             ("XDG_CACHE_HOME", "cache"), ("XDG_RUNTIME_DIR", "run")):
            env[name] = str(self.home / folder)
        env.update(HOME=str(self.home), USER="test", LC_ALL="C.UTF-8", TZ="UTC", GSETTINGS_BACKEND="memory",
                   GIO_USE_VFS="local", XDG_DATA_DIRS="/usr/local/share:/usr/share", NO_AT_BRIDGE="1",
                   PROLONG_LOCALE_DIR=str(paths.LOCALE_DIR), PROLONG_HELP_DIR=str(paths.HELP_DIR),
                   PROLONG_TEST_SESSION=str(self.home))
        env.update(extra)
        return {name: value for name, value in env.items() if value is not None}

    # Coming and going

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def _start(self):
        self._make_folders()
        keyring, display, screen = self._wanted
        if display:
            self._start_display(screen)
        self._start_bus()
        if keyring != "none":
            self.start_keyring()
        if keyring == "locked":
            self.lock_keyring()

    def _make_folders(self):
        for folder in ("config", "data", "state", "cache", "logs", "services"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        (self.home / "run").mkdir(mode=0o700, exist_ok=True)

    def close(self):
        if self.bus and not self.bus.is_closed():
            self.bus.close_sync(None)
        for child in reversed(self._children):
            if child.returncode is None:
                child.kill() if child is self.keyring else child.stop()
        process.end_descendants(self.mark)
        if self.own_home:
            shutil.rmtree(self.home, ignore_errors=True)

    def spawn(self, argv, name=None, env=None, stdin=None):
        """Starts a program in the session; its output goes to logs/NAME.log."""
        name = name or Path(argv[0]).name
        child = Child(argv, {**self.env, **(env or {})}, self.logs / f"{name}.log", stdin=stdin)
        self._children.append(child)
        return child

    def run(self, argv, stdin=None, env=None, limit=paths.LIMIT):
        """Runs a program to its end; returns a CompletedProcess with text. Its output is also kept in the logs."""
        env = {name: value for name, value in {**self.env, **(env or {})}.items() if value is not None}
        done = run(argv, env=env, input=stdin or "", limit=limit, check=False)
        with open(self.logs / f"{Path(argv[0]).name}.log", "a", encoding="utf-8") as log:
            log.write(done.stdout + done.stderr)
        return done

    # Display and bus

    def _start_display(self, screen):
        server = self.spawn(["Xvfb", "-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp", "-noreset"])
        self.display = ":" + server.wait_for_line(r"^(\d+)$").group(1)
        self.env.update(DISPLAY=self.display, GDK_BACKEND="x11")
        self.env.setdefault("GSK_RENDERER", "cairo")
        self.env.pop("NO_AT_BRIDGE", None)
        settings = Path(self.env["XDG_CONFIG_HOME"]) / "gtk-4.0/settings.ini"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("[Settings]\ngtk-enable-animations=false\ngtk-font-name=Cantarell 11\n")

    def _start_bus(self):
        socket = self.home / "run/bus"
        socket.unlink(missing_ok=True)
        services = self.home / "services"
        self.add_service(paths.AGENT_NAME, paths.AGENT)
        self.add_service(paths.APP_ID, f"{paths.WINDOW} --gapplication-service")
        launcher = next((path for path in A11Y_LAUNCHERS if os.path.exists(path)), None)
        if self.display and launcher:
            self.add_service("org.a11y.Bus", launcher)
        config = self.home / "bus.conf"
        config.write_text(self.bus_config.format(socket=socket, services=services))
        daemon = self.spawn(["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
                            env={"DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}"})
        self.address = daemon.wait_for_line(r"^unix:").string
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self.address
        if self.display:
            self._become_environment()
        self.bus = self.connect()

    def start_window_manager(self):
        """With one, the keyboard goes to a dialog and comes back from it, as on every desktop."""
        self.spawn(["xfwm4", "--compositor=off"], env={"NO_AT_BRIDGE": "1"})
        spy = self.spawn(["xprop", "-root", "-spy"])
        spy.wait_for_line("_NET_SUPPORTING_WM_CHECK.*window id")
        spy.stop()
        self.managed = True

    def _become_environment(self):
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME"):
            os.environ[name] = self.env[name]
        os.environ.pop("AT_SPI_BUS_ADDRESS", None)

    def add_service(self, name, command):
        """Makes a program D-Bus activatable. The bus finds files added later by itself."""
        (self.home / "services" / f"{name}.service").write_text(f"[D-BUS Service]\nName={name}\nExec={command}\n")

    def update_activation_environment(self, **variables):
        """Changes the environment of what the bus starts from now on, for example LC_ALL or LANGUAGE."""
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                  "UpdateActivationEnvironment", "(a{ss})", variables)

    def connect(self):
        """A further connection of its own to the session bus."""
        flags = Gio.DBusConnectionFlags
        return Gio.DBusConnection.new_for_address_sync(
            self.address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)

    def call(self, name, path, interface, method, signature="()", *args, limit=paths.LIMIT):
        """A D-Bus call; returns the unpacked answer, a single value as itself. GLib.Error on failure."""
        answer = self.bus.call_sync(name, path, interface, method, GLib.Variant(signature, args), None,
                                    Gio.DBusCallFlags.NONE, int(limit * 1000), None).unpack()
        return answer[0] if len(answer) == 1 else (answer or None)

    def has_name(self, name):
        return self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                         "(s)", name)

    def wait_for(self, condition, limit=paths.LIMIT, what=None):
        """Runs the main loop until CONDITION holds, looking again after each event; returns what it gave.

        A D-Bus signal is such an event once it was subscribed to, as Agent.watch() does.
        """
        context = GLib.MainContext.default()
        late = []
        alarm = GLib.timeout_add(int(limit * 1000), lambda: late.append(True))
        try:
            while not (found := condition()):
                if late:
                    raise AssertionError(f"waited {limit:g} s in vain for {what or condition}")
                context.iteration(True)
            return found
        finally:
            if not late:
                GLib.source_remove(alarm)

    def wait_for_name(self, name, present=True, limit=paths.LIMIT):
        """Waits, by NameOwnerChanged, until a bus name has an owner (or none)."""
        watch = self.bus.signal_subscribe("org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged", None,
                                          name, Gio.DBusSignalFlags.NONE, lambda *_: None)
        try:
            self.wait_for(lambda: self.has_name(name) == present, limit,
                          f"the bus name {name} to {'come' if present else 'go'}")
        finally:
            self.bus.signal_unsubscribe(watch)

    def record_bus(self):
        """From now on every message on the bus is written to logs/dbus-monitor.log; returns the child."""
        monitor = self.spawn(["dbus-monitor", "--address", self.address])
        monitor.wait_for_line("member=NameLost")
        return monitor

    # Keyring

    def start_keyring(self, env=None):
        self.keyring = self.spawn(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                  env=env, stdin=KEYRING_PASSWORD.encode())
        self.wait_for_name(SECRETS)

    def stop_keyring(self):
        """Ends the keyring daemon; what it holds comes back with start_keyring()."""
        self.keyring.stop()
        self.wait_for_name(SECRETS, present=False)
        self.keyring = None

    def lock_keyring(self):
        self.call(SECRETS, SECRETS_PATH, "org.freedesktop.Secret.Service", "Lock", "(ao)", [LOGIN_COLLECTION])

    def unlock_keyring(self):
        session = self.call(SECRETS, SECRETS_PATH, "org.freedesktop.Secret.Service", "OpenSession", "(sv)", "plain",
                            GLib.Variant("s", ""))[1]
        self.call(SECRETS, SECRETS_PATH, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
                  "UnlockWithMasterPassword", "(o(oayays))", LOGIN_COLLECTION,
                  (session, b"", KEYRING_PASSWORD.encode(), "text/plain"))

    def keyring_items(self, **attributes):
        """The secrets in the unlocked keyring, as (attributes, secret, label)."""
        attributes.setdefault("xdg:schema", "io.github.prolong.Code")
        service = "org.freedesktop.Secret.Service"
        session = self.call(SECRETS, SECRETS_PATH, service, "OpenSession", "(sv)", "plain", GLib.Variant("s", ""))[1]
        unlocked, _locked = self.call(SECRETS, SECRETS_PATH, service, "SearchItems", "(a{ss})", attributes)
        found = []
        for item in unlocked:
            try:
                secret = bytes(self.call(SECRETS, item, "org.freedesktop.Secret.Item", "GetSecret", "(o)", session)[2])
                read = [self.call(SECRETS, item, "org.freedesktop.DBus.Properties", "Get", "(ss)",
                                  "org.freedesktop.Secret.Item", name) for name in ("Attributes", "Label")]
            except GLib.Error as error:  # It went between the search and the look at it.
                if not error.matches(Gio.dbus_error_quark(), Gio.DBusError.UNKNOWN_METHOD):
                    raise
                continue
            found.append((read[0], secret.decode(), read[1]))
        return found

    def wait_for_keyring(self, condition, limit=paths.LIMIT):
        """Waits, by the signals of the keyring, until CONDITION holds."""
        watch = self.bus.signal_subscribe(SECRETS, None, None, None, None, Gio.DBusSignalFlags.NONE, lambda *_: None)
        try:
            return self.wait_for(condition, limit, "the keyring to hold what it should")
        finally:
            self.bus.signal_unsubscribe(watch)

    def wait_for_files(self, folder, condition, limit=paths.LIMIT):
        """Waits, by the events of a folder, until CONDITION holds."""
        monitor = Gio.File.new_for_path(os.fspath(folder)).monitor_directory(Gio.FileMonitorFlags.WATCH_MOVES, None)
        monitor.set_rate_limit(0)
        monitor.connect("changed", lambda *_: None)
        try:
            return self.wait_for(condition, limit, f"the files of {folder} to be what they should")
        finally:
            monitor.cancel()

    # What must not be found anywhere

    def files(self, folder=None):
        """Every regular file below a folder of the session (all of it by default)."""
        return [path for path in Path(folder or self.home).rglob("*") if path.is_file() and not path.is_symlink()]

    def read_files(self, folder=None):
        """What stands in each of them; one that is being replaced meanwhile is read under its new name."""
        while True:
            with contextlib.suppress(FileNotFoundError):
                return {path: path.read_bytes() for path in self.files(folder)}

    def find_bytes(self, needle, folder=None):
        """The files below FOLDER that hold the text."""
        return [path for path, content in self.read_files(folder).items() if needle.encode() in content]

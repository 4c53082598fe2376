# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of subscriptions and of support share: the real window, agent, keyring and service, and a browser that
writes down what it is to open."""

import json
import re
import subprocess
import unittest

from states import PROBE
from support import paths
from support.agent import LICENSE, OPERATION, Agent
from support.proxy import Proxy
from support.service import Service
from support.session import Session
from support.ui import Window

SCHEMES = ("http", "https", "mailto", "tel")
KILLABLE = paths.BUILD / "tests/agent/killable-agent"


class World:
    def __enter__(self):
        self.session = Session(display=True).__enter__()
        self.session.start_window_manager()
        self.service = Service(self.session, directory=True).__enter__()
        self.middle = Proxy(self.service)
        self.service.install_profile(url=self.middle.url)
        self.agent = Agent(self.session, program=KILLABLE, env={"PROLONG_TEST_CHANCE": "0"}).__enter__()
        self.opened = self.session.home / "opened"
        self._browse()
        return self

    def __exit__(self, *_):
        self.agent.__exit__()
        self.middle.refuse()
        self.service.__exit__()
        self.session.close()

    def _browse(self):
        types = ["text/html", *(f"x-scheme-handler/{scheme}" for scheme in SCHEMES)]
        applications = self.session.home / "data/applications"
        applications.mkdir(parents=True, exist_ok=True)
        (applications / "browser.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=Browser\nExec=sh -c 'echo \"$1\" > {self.opened}' sh %u\n"
            f"MimeType={';'.join(types)};\n")
        (self.session.home / "config/mimeapps.list").write_text(
            "[Default Applications]\n" + "".join(f"{each}=browser.desktop\n" for each in types))

    def run(self, *words):
        """The words of the service's own program."""
        done = subprocess.run([paths.SERVICE, words[0], words[1], "--directory", str(self.service.directory), *words[2:]],
                              env=self.session.env, capture_output=True, text=True, check=True)
        return done.stdout

    def subscribe(self):
        """Returns the code of a subscription of the vendor itself."""
        return self.run("subscriptions", "create", "--product", "internet-security").split()[-1]

    def subscription(self, number):
        return json.loads(self.run("subscriptions", "show", "--json", number))


class Case(unittest.TestCase):
    """A window over an agent that holds one license."""

    code = None  # One of the demo; or a subscription that is new each time.
    world = None

    @classmethod
    def setUpClass(cls):
        cls.world = cls.enterClassContext(World())

    def setUp(self):
        self.window = None
        agent = self.world.agent
        self.world.middle.accept()
        for license in agent.licenses():
            agent.call(license["path"], LICENSE, "Remove")
        self.license = agent.activate(self.world.service.codes[self.code] if self.code else self.world.subscribe())
        for operation in agent.operations():
            agent.call(operation["path"], OPERATION, "Dismiss")
        self.world.opened.unlink(missing_ok=True)

    def tearDown(self):
        if self.window:
            self.assertEqual([], self.window.criticals())

    def open(self):
        env = {"LANGUAGE": "en", "LD_PRELOAD": str(PROBE), "PROBE_FOCUS": "1"}
        self.window = Window(self.world.session, [paths.WINDOW], "prolong", env=env)
        self.window.find("button", re.compile("^License: "))
        return self.window

    def held(self):
        license, = self.world.agent.licenses()
        return license

    def wait_opened(self, address):
        self.window.wait_for(lambda: self.world.opened.exists() and self.world.opened.read_text().strip() == address,
                             what=f"{address} to be opened")
        self.world.opened.unlink()

    def check_help(self, page):
        """F1 opens that page."""
        self.window.key("F1")
        opened = self.world.opened
        self.window.wait_for(lambda: opened.exists() and f"/{page}." in opened.read_text(), what=f"the page {page}")
        opened.unlink()

    def last(self, name):
        """The newest button of that name, where a window behind has one too."""
        self.window.find("button", name, sensitive=True)
        return self.window.find_all("button", name)[-1]

    def press(self, name):
        self.window.do(self.last(name))

    def wait_for_focus(self, role, name):
        return self.window.wait_for(lambda: self.window.focused(role, name), what=f"the focus at {role} {name!r}")

    def tab_to(self, role, name, key="Tab"):
        for _ in range(60):
            self.window.child.lines.clear()
            self.window.key(key)
            self.window.child.wait_for_line("^FOCUSED")
            if found := self.window.focused(role, name):
                return found
        return self.fail(f"{key} does not come to {role} {name!r}")

    def close_in_front(self):
        """All but the main window."""
        while len(self.window.windows()) > 1:
            before = len(self.window.windows())
            self.window.key("Escape")
            self.window.wait_for(lambda n=before: len(self.window.windows()) < n or self.window.find_all("radio button"),
                                 what="the window to close")

# SPDX-License-Identifier: GPL-3.0-or-later
"""From Renew to the code among the reserve codes, with the real window, agent, keyring and service.

The person's browser is one that writes down what it is to open, since nothing can drive the desktop's own; a Chromium
then opens that, and pays by the page. What is not about the page pays as the page does.
"""

import unittest

from support import paths, tap
from support.agent import Agent
from support.browser import Browser
from support.service import Service
from support.session import Session
from support.ui import Window

KILLABLE = paths.BUILD / "tests/agent/killable-agent"


class Renew(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session(display=True))
        self.service = self.enterContext(Service(self.session, directory=True))
        self.opened = self.session.home / "opened"
        applications = self.session.home / "data/applications"
        applications.mkdir(parents=True, exist_ok=True)
        (applications / "browser.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=Browser\nExec=sh -c 'echo \"$1\" > {self.opened}' sh %u\n"
            "MimeType=x-scheme-handler/http;x-scheme-handler/https;\n")
        (self.session.home / "config/mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/http=browser.desktop\nx-scheme-handler/https=browser.desktop\n")
        self.agent = self.enterContext(Agent(self.session, program=KILLABLE, env={"PROLONG_TEST_CHANCE": "0"}))

    def open(self):
        self.window = Window(self.session, [paths.WINDOW], "prolong", env={"LANGUAGE": "en"})
        self.addCleanup(lambda: self.window.child.returncode is None and self.window.stop())
        return self.window

    def license(self):
        self.agent.activate(self.service.issue(devices=3), product="internet-security")
        for operation in self.agent.operations():
            self.agent.on_operation(operation["path"], "Dismiss")

    def order(self, window):
        """Chooses and checks out; returns where it is paid."""
        window.press("button", "Renew")
        window.wait_for_text("Total: €31.96")
        window.press("button", "2 years")
        window.wait_for_text("Total: €55.96")
        window.set_text(window.find("text", "E‑mail address"), "nobody")
        window.press("button", "Check out")
        window.wait_for_text("This is not an e‑mail address. Look for a typing error: the vendor writes to this address.")
        window.set_text(window.find("text", "E‑mail address"), "jan@example.net")
        window.press("button", "Check out")
        window.wait_for_text("Pay in your browser")
        window.wait_for(lambda: self.opened.exists() and self.opened.read_text().strip(), what="the browser")
        return self.opened.read_text().strip()

    def pay_in_browser(self, url):
        browser = Browser()
        self.addCleanup(browser.close)
        browser.visit(url)
        self.assertIn("€55.96", browser.text("main"))
        browser.click("#pay")
        browser.wait_page("thanks.html")

    def check_arrived(self, window):
        window.wait_for_text("The code is here, among your reserve codes.")
        window.key("ctrl+3")
        reserve, = self.agent.reserves()
        window.wait_for_text(reserve["Code"])
        self.assertEqual((reserve["DevicesLimit"], reserve["Term"]), (3, 2 * 365 * 86400))

    def test_renew(self):
        """Renew, choose, pay, and the code stands in the Reserve Code panel."""
        self.license()
        window = self.open()
        url = self.order(window)
        self.assertTrue(url.startswith(self.service.url.removesuffix("/v1") + "/shop/pay.html#"))
        self.pay_in_browser(url)
        window.wait_for_text("Thank you")
        window.key("Escape")
        window.wait_for(lambda: len(window.windows()) == 1, what="the window to close")
        self.check_arrived(window)

    def test_killed(self):
        """The agent is killed between payment and delivery, and the window was closed: it arrives all the same."""
        self.license()
        window = self.open()
        url = self.order(window)
        window.stop()
        self.agent.kill()
        self.service.pay(url)
        window = self.open()
        self.check_arrived(window)

    def test_away(self):
        """The vendor is out of reach: words, and its shop; once it is back, its offers."""
        self.license()
        self.service.stop()
        window = self.open()
        window.press("button", "Renew")
        window.wait_for_text("The vendor’s service cannot be reached.")
        window.find("button", "Open the vendor’s shop")
        self.service.restart()
        window.press("button", "Try again")
        window.wait_for_text("Total: €31.96")


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Every state that the window can show, in three languages, also as small as a telephone.

A scripted peer stands for the agent, since a real license reaches some of these states only after months. Pictures
go to the folder that PROLONG_SCREENSHOTS names, if it does.
"""

import contextlib
import gettext
import os
import re
import signal
import subprocess
import time
import unittest
from pathlib import Path

from gi.repository import GLib
from scripted_agent import DAY, ScriptedAgent, license, offers, operation, order, subscription, vendor
from support import paths, tap
from support.session import Session
from support.ui import Window

LANGUAGES = {"en": "C.UTF-8", "nl": "nl_NL.UTF-8", "ru": "ru_RU.UTF-8"}
PICTURES = os.environ.get("PROLONG_SCREENSHOTS")
CONTROLS = ("button", "toggle button", "text", "page tab", "menu item", "list item", "list", "level bar",
            "progress bar", "image", "spinner")
PROBE = paths.BUILD / "tests/window/libwindow-probe.so"
TWO = vendor(products=[{"id": "internet-security", "name": "Internet Security", "version": "21.3"},
                       {"id": "password-safe", "name": "Password Safe", "version": "4.0"}])
NOW = int(time.time())
PROVIDED = subscription(300, Provider="NetLine", ManageUrl="https://netline.example/manage",
                        StatusUrl="https://netline.example/status")


def waiting(error, **changes):
    return operation("waiting", Error=error, RetryAt=NOW + 840, **changes)


# A name, what the agent says, the label in three languages, and what else is read (in English).
STATES = (
    ("active", {"licenses": [license(300)]},
     ("License: 300 days left", "Licentie: nog 300 dagen", "Лицензия: осталось 300 дней"), "Kind"),
    ("one-more-day", {"licenses": [license(21)]},
     ("License: 21 days left", "Licentie: nog 21 dagen", "Лицензия: остался 21 день"), None),
    ("expiring", {"licenses": [license(23)]},
     ("License: 23 days left", "Licentie: nog 23 dagen", "Лицензия: осталось 23 дня"), None),
    ("last-day", {"licenses": [license(1)]},
     ("License: last day", "Licentie: laatste dag", "Лицензия: последний день"), "last day"),
    ("grace", {"licenses": [license(-3, State="grace", DaysLeft=11)]},
     ("License ended, grace period: 11 days left", "Licentie verlopen, uitstel: nog 11 dagen",
      "Срок лицензии истёк, льготный период: осталось 11 дней"), None),
    ("expired", {"licenses": [license(-30, State="expired", DaysLeft=0)]},
     ("License expired", "Licentie verlopen", "Срок действия лицензии истёк"), ("license", "Expired")),
    ("blocked", {"licenses": [license(100, State="blocked", DaysLeft=0)]},
     ("License blocked", "Licentie geblokkeerd", "Лицензия заблокирована"), "The vendor has blocked this license"),
    ("no-background", {"licenses": [license(100)], "StartAtLogin": "background-refused"},
     ("License: 100 days left", "Licentie: nog 100 dagen", "Лицензия: осталось 100 дней"),
     "Prolong may not stay in the background"),
    ("clock", {"licenses": [license(100, Clock="behind")]},
     ("License: 100 days left", "Licentie: nog 100 dagen", "Лицензия: осталось 100 дней"),
     "The clock of this device is behind."),
    ("unconfirmed", {"licenses": [license(100, Confirmed=False, CheckProblem="service-unavailable",
                                          CheckedAt=NOW - 9 * DAY)]},
     ("License: 100 days left", "Licentie: nog 100 dagen", "Лицензия: осталось 100 дней"), "Check now"),
    ("several", {"licenses": [license(12, Id="b", Product="password-safe", Name="Password Safe"), license(300)],
                 "vendors": [TWO]},
     None, "Choose a product"),
    ("subscription", {"licenses": [subscription(100)]},
     ("License: 100 days left", "Licentie: nog 100 dagen", "Лицензия: осталось 100 дней"),
     "It renews by itself; there is nothing to do. An activation code can be entered once auto-renewal is off and the "
     "period is over: the vendor takes none while a subscription runs."),
    ("subscription-grace", {"licenses": [subscription(0, State="grace", DaysLeft=14, ExpiresAt=NOW - 3600)]},
     ("License ended, grace period: 14 days left", "Licentie verlopen, uitstel: nog 14 dagen",
      "Срок лицензии истёк, льготный период: осталось 14 дней"),
     "Your subscription renews by itself within 24 hours; there is nothing to do."),
    ("subscription-late", {"licenses": [subscription(-2, State="grace", DaysLeft=12)]},
     ("License ended, grace period: 12 days left", "Licentie verlopen, uitstel: nog 12 dagen",
      "Срок лицензии истёк, льготный период: осталось 12 дней"), None),
    ("subscription-off", {"licenses": [subscription(100, AutoRenewal=False)]},
     ("License: 100 days left", "Licentie: nog 100 dagen", "Лицензия: осталось 100 дней"),
     None),
    ("subscription-over", {"licenses": [subscription(-30, State="expired", DaysLeft=0, AutoRenewal=False)]},
     ("License expired", "Licentie verlopen", "Срок действия лицензии истёк"),
     "The subscription has ended. An activation code can be entered now."),
    ("provider", {"licenses": [PROVIDED]},
     ("License: 300 days left", "Licentie: nog 300 dagen", "Лицензия: осталось 300 дней"), "Manage subscription"),
    ("none", {}, ("No license", "Geen licentie", "Лицензия отсутствует"), "No license yet"),
    ("no-product", {"vendors": []}, ("No license", "Geen licentie", "Лицензия отсутствует"), "No product yet"),
    ("pending", {"operations": [operation("sending", 0.4)]},
     ("License: activation is under way", "Licentie: activering loopt", "Лицензия: выполняется активация"),
     "Show the steps"),
)

# On the Activate panel: the same, without the label.
STEPS = (
    ("entry", {}, "Where do I find my code?"),
    ("rule", {"licenses": [license(100, AddCode="trial-running")]},
     "A trial of this product is running. Keep the code in a safe place, and enter it when the trial has ended."),
    ("twice", {"licenses": [license(100, AutoRenewal=True)]}, "You may pay twice"),
    ("renews", {"licenses": [subscription(100)]}, "Turn auto-renewal off"),
    ("provider", {"licenses": [PROVIDED]}, "Manage subscription"),
    ("storing", {"operations": [operation("storing", 0.2, Cancellable=True)]}, "Cancel"),
    ("sending", {"operations": [operation("sending", 0.4)]}, ("button", "Hide")),
    ("waiting", {"operations": [waiting("service-unavailable")]}, "Try again"),
    ("code-lost", {"operations": [waiting("keyring-unavailable")]}, "Enter the code"),
    ("refused", {"operations": [operation("refused", Error="code-exhausted", ErrorDetails={"limit": 3})]},
     "Enter another code"),
    ("other-product", {"operations": [operation("refused", Error="code-wrong-product", ErrorDetails={
        "product": "password-safe", "product_name": "Password Safe"})], "vendors": [TWO]}, "Enter another code"),
    ("done", {"licenses": [license(365)],
              "operations": [operation("done", 1.0, License=paths.AGENT_PATH + "/licenses/a")]}, "Finish"),
)


def setUpModule():
    global session, agent
    session = Session(keyring="none", display=True, screen="1280x1200x24").__enter__()
    agent = ScriptedAgent(session).__enter__()


def tearDownModule():
    agent.go()
    session.close()


@contextlib.contextmanager
def large_text():
    """Windows that are opened meanwhile have text of twice the size."""
    subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xft.dpi:\t192\n"],
                   env=session.env, check=True)
    try:
        yield
    finally:
        subprocess.run(["xprop", "-root", "-remove", "RESOURCE_MANAGER"], env=session.env, check=True)


class Case(unittest.TestCase):
    def setUp(self):
        agent.calls.clear()
        agent.answers.clear()
        agent.say()
        self.window = None

    def tearDown(self):
        if self.window:
            self.assertEqual([], self.window.criticals())

    def open(self, language="en", **more):
        self.language = language
        self.found = gettext.translation("prolong", paths.LOCALE_DIR, [language], fallback=language == "en")
        env = {"LANGUAGE": language, "LC_ALL": LANGUAGES[language], "LD_PRELOAD": str(PROBE), **more}
        self.window = Window(session, [paths.WINDOW], "prolong", env=env)
        return self.window

    def words(self, text):
        return self.found.pgettext(*text) if isinstance(text, tuple) else self.found.gettext(text)

    def sentences(self, text):
        """The words for a text of one or more messages, which end with a full stop each."""
        if isinstance(text, tuple) or ". " not in text or self.words(text) != text:
            return self.words(text)
        first, _, rest = text.partition(". ")
        return f"{self.words(first + '.')} {self.words(rest)}"

    def picture(self, name):
        if PICTURES:
            self.window.screenshot(Path(PICTURES) / f"{name}-{self.language}.png")

    def check_names(self):
        """Everything that can be pressed, read or filled in has a name; a class name is none. No text lacks a part."""
        nodes = self.window.nodes()
        unnamed = [(node.role, node.name) for node in nodes
                   if node.role in CONTROLS
                   and (not node.name or re.match(r"(Gtk|Adw|Prolong)[A-Z]", node.name))
                   and not self.is_foreign(node)]
        self.assertEqual([], unnamed)
        self.assertFalse([text for text in self.window.texts(nodes=nodes) if "%" in text or "(null)" in text])

    @staticmethod
    def is_foreign(node):
        """The pictures inside libadwaita's switcher stand beside their words."""
        while node and node.role not in ("page tab", "frame"):
            node = node.parent
        return node is not None and node.role == "page tab"

    def go_to_step(self, said):
        """An operation is seen under way before it ends, as in life."""
        if "operations" in said and said["operations"][0]["Step"] in ("done", "refused"):
            agent.say(operations=[operation("verifying", 0.8)])
            self.window.find("button", self.words(("button", "Hide")))
        agent.say(**said)

    def resize(self, width, height):
        subprocess.run(["xdotool", "windowsize", "--sync", self.window._x_window(), str(width), str(height)],
                       env=session.env, check=True)

    def look(self):
        """What the probe in the window says is cut or sticks out."""
        lines = self.window.child.lines
        lines.clear()
        self.window.child.signal(signal.SIGUSR1)
        said = self.window.child.wait_for_line("^LOOKED (.*)$").group(1)
        return [line for line in lines if re.match("ELLIPSIZED|OUTSIDE", line)], tuple(map(int, said.split()))


class States(Case):
    def walk(self, language, index):
        agent.say(**STATES[0][1])
        window = self.open(language)
        for name, said, labels, text in STATES:
            with self.subTest(name):
                agent.say(**said)
                if labels:
                    window.find("button", labels[index])
                if text:
                    window.wait_for_text(self.sentences(text))
                self.check_names()
                self.picture(f"state-{name}")
        window.key("ctrl+2")
        for name, said, text in STEPS:
            with self.subTest(name):
                self.go_to_step(said)
                window.wait_for_text(self.sentences(text))
                self.check_names()
                self.picture(f"step-{name}")

    def test_english(self):
        self.walk("en", 0)

    def test_dutch(self):
        self.walk("nl", 1)

    def test_russian(self):
        self.walk("ru", 2)


class Ways(Case):
    """What the buttons ask of the agent."""

    def test_rule(self):
        """A rule stands against a code as long as its license runs, and no longer."""
        for left, state, button, why in ((20, "expiring", "Save activation code", "the trial runs"),
                                         (-1, "expired", "Add activation code", "it has ended"),
                                         (20, "blocked", "Add activation code", "the vendor took it back")):
            with self.subTest(why):
                agent.say(licenses=[license(left, State=state, DaysLeft=max(left, 0), Kind="trial",
                                            AddCode="trial-running")])
                if not self.window:
                    self.open().find("button", "License: 20 days left")
                    self.window.key("ctrl+2")
                self.window.find("button", button)
                told = bool(self.window.texts(re.compile("^A trial of this product is running")))
                self.assertEqual(state == "expiring", told)

    def test_cancel(self):
        window = self.open()
        window.press("button", "Enter activation code")
        window.find("button", "Add activation code")
        agent.say(operations=[operation("storing", 0.2, Cancellable=True)])
        window.press("button", "Cancel")
        window.wait_for(lambda: ("Cancel" in [call[1] for call in agent.calls]), what="Cancel to be called")
        agent.say(operations=[operation("cancelled")])
        window.find("button", "Add activation code")
        window.wait_for(lambda: ("Dismiss" in [call[1] for call in agent.calls]), what="Dismiss to be called")

    def test_code_asked_again(self):
        """Without a keyring a restarted agent needs the code once more; it goes to the same operation."""
        agent.say(operations=[waiting("keyring-unavailable")])
        window = self.open()
        window.press("button", "Enter the code")
        window.wait_for_text("Enter the code once more")
        window.set_text(window.find("text", "Activation code"), "7K2MP-Q0X9D-R4TWB-1H8ZC")
        window.wait_for_text("There is a typing error in the activation code.")
        window.key("Escape")
        window.find("button", "Enter the code")

    def test_agent_gone(self):
        """An agent that cannot be started is told, and tried again on request."""
        agent.say(licenses=[license(100)])
        window = self.open()
        window.find("button", "License: 100 days left")
        service = session.home / "services" / f"{paths.AGENT_NAME}.service"
        text = service.read_text()
        service.write_text("[D-BUS Service]\nName=%s\nExec=/bin/false\n" % paths.AGENT_NAME)
        session.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReloadConfig")
        agent.go()
        window.wait_for_text("Prolong is not running")
        self.picture("unreachable")
        self.check_names()
        service.write_text(text)
        agent.come()
        window.find("button", "License: 100 days left")
        window.wait_gone("label", "Prolong is not running")

    def test_first_start(self):
        """Where Prolong lives is said once, in words that fit the desktop."""
        mark = session.home / "state/prolong/window-shown"
        for tray, words in (("shown", "You find Prolong again by its icon in the tray."),
                            ("unavailable", "You find Prolong again among your apps.")):
            mark.unlink(missing_ok=True)
            agent.say(tray=tray)
            self.open().wait_for_text(words)
            self.picture("first-start")
            self.window.stop()
        window = self.open()
        window.wait_for_text("No license yet")
        self.assertFalse(window.texts(re.compile("You find Prolong again")))

    def test_asked_for(self):
        """What tray and notices ask a window for comes before the success that nobody has left."""
        done = operation("done", 1.0, License=paths.AGENT_PATH + "/licenses/a")
        for action, parameters, words, dismissed in (
                ("enter-code", [], "Add an activation code", True),
                ("show-panel", [GLib.Variant("s", "reserve")], "No reserve code yet", False)):
            with self.subTest(action):
                agent.calls.clear()
                agent.say(licenses=[license(365)], operations=[done])
                self.window = Window(session, [], "prolong", start=False)
                session.call(paths.APP_ID, "/" + paths.APP_ID.replace(".", "/"), "org.freedesktop.Application",
                             "ActivateAction", "(sava{sv})", action, parameters, {})
                self.window.wait_for_text(words)
                if dismissed:
                    self.window.wait_for(lambda: "Dismiss" in [call[1] for call in agent.calls], what="Dismiss")
                self.assertEqual(dismissed, "Dismiss" in [call[1] for call in agent.calls])
                self.window.key("ctrl+q")
                session.wait_for_name(paths.APP_ID, present=False)
        self.window = None

    def test_refresh(self):
        """A check that fails says why."""
        agent.say(licenses=[license(100)])
        agent.answers["Refresh"] = "io.github.prolong.Error.ServiceUnavailable"
        window = self.open()
        window.press("button", "Check the license now")
        window.wait_for_text("The vendor’s service cannot be reached.")
        self.assertEqual([(paths.AGENT_PATH + "/licenses/a", "Refresh", ())], agent.calls)

    def test_choice(self):
        """With several products the heading chooses; the label goes on to speak for what needs attention first."""
        agent.say(licenses=[license(12, Id="b", Product="password-safe", Name="Password Safe"), license(300)],
                  vendors=[TWO])
        window = self.open()
        window.find("button", "License: 12 days left · Password Safe")
        window.do(window.find_all("button", "Choose a product")[-1])
        window.press("menu item", re.compile("^Internet Security"))
        window.wait_for_text(re.compile("^Internet Security.*device"))
        window.find("button", "License: 12 days left · Password Safe")
        self.picture("choice")

    def test_details(self):
        """The details tell the instants in UTC."""
        agent.say(licenses=[license(100)])
        window = self.open()
        window.find("button", "More actions")
        window.do(window.find_all("button", "More actions")[-1])
        window.press("menu item", "License details")
        window.wait_for_text(re.compile(r"\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ"))
        self.check_names()
        self.picture("details")

    def browser(self):
        """What opens web pages: it writes down which."""
        opened = session.home / "opened"
        opened.unlink(missing_ok=True)
        applications = session.home / "data/applications"
        applications.mkdir(parents=True, exist_ok=True)
        (applications / "browser.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=Browser\nExec=sh -c 'echo \"$1\" > {opened}' sh %u\n"
            "MimeType=x-scheme-handler/https;\n")
        (session.home / "config/mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/https=browser.desktop\n")
        return opened

    def test_shop(self):
        """Without offers in Prolong, renewing leads to the vendor's shop; without a shop to its support."""
        opened = self.browser()
        agent.answers["GetOffers"] = lambda: offers(products=[])
        agent.say(licenses=[license(10)])
        window = self.open()
        window.press("button", "Renew")
        window.press("button", "Open the vendor’s shop")
        window.wait_for(lambda: opened.exists() and opened.read_text() == "https://shop.example/\n", what="the browser")
        window.key("Escape")
        window.wait_for(lambda: len(window.windows()) == 1, what="the window to close")
        agent.say(licenses=[license(11)], vendors=[vendor(shop_url="")])
        window.find("button", "License: 11 days left")
        window.press("button", "Renew")
        window.find("button", "Contact support")
        self.assertFalse(window.find_all("button", "Open the vendor’s shop"))

    def test_check_out(self):
        """What is chosen is what is ordered, at the price that was shown; the payment page opens in the browser."""
        opened = self.browser()
        agent.answers.update(GetOffers=offers, SetEmail=None,
                             Order=lambda: GLib.Variant("(ss)", ("q", "https://pay.example/#N.T")))
        agent.say(licenses=[license(10)])
        window = self.open()
        window.press("button", "Renew")
        window.wait_for_text("Total: €31.96")
        window.press("button", "5 devices")
        window.press("button", "2 years")
        window.wait_for_text("Total: €75.96")
        window.wait_for_text("With the renewal discount of €18.99")
        window.set_text(window.find("text", "E‑mail address"), "jan@example.net")
        window.press("button", "Check out")
        window.wait_for_text("Pay in your browser")
        window.wait_for(lambda: opened.exists() and opened.read_text() == "https://pay.example/#N.T\n", what="the browser")
        (vendor_id, ordered), = [call[2] for call in agent.calls if call[1] == "Order"]
        self.assertEqual((vendor_id, ordered), ("demo", {
            "email": "jan@example.net", "country": "NL", "payment_method": "ideal", "product": "internet-security",
            "number": "4821-003918-55120734", "total": 7596,
            "items": [{"offer": "internet-security-5-2y", "price": 7596, "quantity": 1}]}))
        self.assertNotIn("SetEmail", [call[1] for call in agent.calls], "an address is kept only when that is wanted")
        agent.say(licenses=[license(10)], orders=[order("delivered", outcome="reserve")])
        window.wait_for_text("Thank you")
        window.wait_for_text("The code is here, among your reserve codes.")

    def test_no_browser(self):
        """Where nothing opens the page, its address can be copied."""
        agent.say(licenses=[license(10)], orders=[order()])
        agent.answers["GetPaymentPage"] = lambda: GLib.Variant("(s)", ("https://pay.example/#N.T",))
        bare = session.home / "bare"
        bare.mkdir(exist_ok=True)
        (bare / "glib-2.0").symlink_to("/usr/share/glib-2.0")
        window = self.open(XDG_DATA_DIRS=str(bare), XDG_DATA_HOME=str(bare))
        window.press("button", "Open the payment page")
        window.wait_for_text("https://pay.example/#N.T")
        window.press("button", re.compile("^Copy the address"))
        window.wait_gone("label", "https://pay.example/#N.T")

    def test_forget(self):
        """An order that may still be paid is forgotten after a question, one that is over at once."""
        agent.say(licenses=[license(10)], orders=[order()])
        window = self.open()
        window.press("button", "Forget the order")
        window.press("button", re.compile("^Forget( Forget)?$"))
        window.wait_for(lambda: ("ForgetOrder", ("q",)) in [call[1:] for call in agent.calls], what="ForgetOrder")
        agent.calls.clear()
        agent.say(licenses=[license(10)], orders=[order("expired")])
        window.wait_for_text("The order was not paid in time, and has ended.")
        window.do(window.find_all("button", "Close")[-1])
        window.wait_for(lambda: ("ForgetOrder", ("q",)) in [call[1:] for call in agent.calls], what="ForgetOrder")

    def test_send_again(self):
        """The license e-mail once more, from beside the code field."""
        agent.say(Email="jan@example.net")
        window = self.open()
        window.press("button", "Enter activation code")
        window.press("button", "Send my license e‑mail again")
        window.press("button", re.compile("^Send( Send)?$"))
        window.wait_for(lambda: ("SendLicenseMail", ("demo", "jan@example.net")) in [call[1:] for call in agent.calls],
                        what="SendLicenseMail")
        window.wait_for_text("If the vendor knows the address, the e‑mail is on its way")

    def test_copy(self):
        """The license number goes to the clipboard, and a toast says so."""
        agent.say(licenses=[license(100)])
        window = self.open()
        window.press("button", "Copy license number")
        window.wait_for_text("Copied")

    def test_shortcuts(self):
        window = self.open()
        window.key("ctrl+question")
        window.wait_for_text("Close the window")
        window.wait_for_text("Keyboard shortcuts")
        self.picture("shortcuts")


if __name__ == "__main__":
    tap.main()

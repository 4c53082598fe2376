# SPDX-License-Identifier: GPL-3.0-or-later
"""From the code in the e-mail to "License: 365 days left": the real window, agent, keyring and service.

Pictures of every place go to the folder that PROLONG_SCREENSHOTS names, if it does.
"""

import gettext
import os
import re
import threading
import unittest
from pathlib import Path

from support import paths, proxy, tap
from support.agent import LICENSE, Agent
from support.proxy import Proxy
from support.service import Service
from support.session import Session
from support.ui import Window

LOCALES = {"en": "C.UTF-8", "nl": "nl_NL.UTF-8", "ru": "ru_RU.UTF-8"}
PICTURES = os.environ.get("PROLONG_SCREENSHOTS")
RELEASE = re.compile("^Release( Release)?$")  # Buttons of libadwaita say their name twice.
CLOSE = re.compile("^Close( Close)?$")

# What the words for a refusal start with, and the button that leads out of it.
REFUSALS = (
    ("used-up", "This activation code is for %u device, and it is already in use on another one.", "Contact support",
     "every seat is taken"),
    ("unknown", "The vendor does not know this activation code.", "Contact support", "well formed, but never sold"),
    ("blocked", "The vendor has blocked this activation code.", "Contact support", "the vendor took it back"),
    ("wrong-product", "This activation code is for another product: %s.", "Use it for %s",
     "the person activates Internet Security"),
    ("newer-version", "This activation code needs version %s of the product, or a newer one.", "Try again",
     "the installed version is older"),
)


def setUpModule():
    global session, service, middle, agent
    session = Session(display=True).__enter__()
    service = Service(session).__enter__()
    middle = Proxy(service)
    service.install_profile(url=middle.url)
    agent = Agent(session)
    agent.start()


def tearDownModule():
    agent.__exit__()
    middle.refuse()
    service.__exit__()
    session.close()


class Words:
    """The catalogue of one language."""

    def __init__(self, language):
        self.found = gettext.translation("prolong", paths.LOCALE_DIR, [language], fallback=language == "en")

    def __call__(self, text):
        return self.found.gettext(text)

    def days(self, number):
        return self.found.ngettext("License: %u day left", "License: %u days left", number) % number

    def pattern(self, text, plural=None):
        """An expression for a sentence whose facts are not known."""
        words = self.found.ngettext(text, plural, 1) if plural else self.found.gettext(text)
        return re.compile("^" + re.sub(r"%\d*\\?\$?[su]", ".+", re.escape(words)))


def with_typing_error(code):
    """The same code with one symbol changed."""
    return code[:2] + ("7" if code[2] != "7" else "8") + code[3:]


class Place(unittest.TestCase):
    """A window over the session's agent, which holds no license when a case begins."""

    def setUp(self):
        self.window = None
        for license in agent.licenses():
            agent.call(license["path"], LICENSE, "Remove")
        for operation in agent.operations():
            agent.call(operation["path"], "io.github.prolong.Operation1", "Dismiss")
        middle.clear()
        middle.requests.clear()

    def tearDown(self):
        middle.clear()
        if self.window:
            self.assertEqual([], self.window.criticals())

    def open(self, language="en"):
        self.language = language
        self.words = Words(language)
        env = {"LANGUAGE": language, "LC_ALL": LOCALES[language]}
        self.window = Window(session, [paths.WINDOW], "prolong", env=env)
        return self.window

    def picture(self, name):
        if PICTURES:
            self.window.screenshot(Path(PICTURES) / f"{name}-{self.language}.png")

    def field(self):
        return self.window.find("text", self.words("Activation code"))

    def paste(self, text):
        """Puts text into the field as one edit; the field may make something else of it at once."""
        self.window.set_text(self.field(), text)

    def wait_for_field(self, text):
        self.window.wait_for(lambda: self.window.content_of(self.field()) == text, what=f"{text!r} in the field")

    def enter(self, text):
        self.paste(text)
        self.window.press("button", self.words("Add activation code"))


class Activate(Place):
    def walk(self, language):
        window = self.open(language)
        code = service.codes["one-year"]
        window.find("button", self.words("No license"))
        self.picture("start")
        window.press("button", self.words("Enter activation code"))

        self.paste(with_typing_error(code))
        window.wait_for_text(self.words("There is a typing error in the activation code."))
        self.picture("typing-error")
        window.key("Tab")
        window.find("button", self.words("Add activation code"), focused=True)
        window.key("Return")
        window.find("button", self.words("Add activation code"), focused=False)  # The field has it again.
        self.assertEqual([], middle.requests, "a code with a typing error was sent")
        self.assertEqual([], agent.operations())

        self.paste(f"Your code: {code.lower()} (valid for one year)\n")
        self.wait_for_field(code)
        self.assertFalse(window.texts(self.words("There is a typing error in the activation code.")))
        self.picture("code")
        held = threading.Event()
        middle.on("POST", "activations$", proxy.hold(held))
        window.press("button", self.words("Add activation code"))
        for step in ("Checking the activation code", "Storing the code in the keyring",
                     "Asking the vendor for the license", "Verifying the vendor’s answer", "Saving the license"):
            window.wait_for_text(self.words(step))
        window.find("button", self.words("License: activation is under way"))
        window.find("button", self.words.found.pgettext("button", "Hide"))
        self.picture("steps")
        held.set()

        window.find("button", self.words("Finish"))
        window.wait_for_text(self.words.pattern("%s is activated"))
        window.wait_for_text(re.compile(re.escape(self.words("Device %u of %u") % (1, 1))))
        self.picture("success")
        window.press("button", self.words("Finish"))
        window.find("button", self.words.days(365))
        window.find("label", agent.licenses()[0]["Number"])
        self.picture("license")
        self.assertEqual([], agent.operations(), "Finish takes the operation off the bus")

    def test_english(self):
        self.walk("en")

    def test_dutch(self):
        self.walk("nl")

    def test_russian(self):
        self.walk("ru")

    def test_keyboard_alone(self):
        """Ctrl+2, the code, Enter, Enter: nothing else is needed."""
        window = self.open()
        window.find("button", "No license")
        window.key("ctrl+2")
        window.wait_for(lambda: self.field(), what="the field")
        window.type_keys(service.codes["one-year"].replace("-", "").lower())
        self.wait_for_field(service.codes["one-year"])
        window.key("Return")
        window.find("button", "Finish")
        window.key("Return")
        window.find("button", "License: 365 days left")
        window.find("label", agent.licenses()[0]["Number"])

    def test_escape_leaves(self):
        window = self.open()
        window.press("button", "Enter activation code")
        self.paste("7K2MP")
        window.key("Escape")
        window.wait_for_text("No license yet")
        window.key("ctrl+2")
        self.wait_for_field("7K2MP")

    def test_locked_keyring(self):
        """The code is asked for no second time: unlock, Try again, done."""
        window = self.open()
        window.press("button", "Enter activation code")
        session.lock_keyring()
        try:
            self.enter(service.codes["one-year"])
            window.wait_for_text("The keyring, in which codes are kept, is locked.")
            self.wait_for_field(service.codes["one-year"])
            self.assertEqual(0, middle.count("POST"))
        finally:
            session.unlock_keyring()
        window.press("button", "Try again")
        window.find("button", "Finish")


class Refusals(Place):
    def refuse(self, language):
        window = self.open(language)
        window.press("button", self.words("Enter activation code"))
        told = []
        for name, what, button, why in REFUSALS:
            with self.subTest(name, why=why):
                plural = "This activation code is for %u devices, and it is already in use on all of them." \
                    if name == "used-up" else None
                self.enter(service.codes[name])
                told.append(window.wait_for_text(self.words.pattern(what, plural)))
                window.find("button", self.words.pattern(button))
                self.picture(f"refused-{name}")
                if name == "used-up":  # The devices that hold its seats stand there instead of the field.
                    window.press("button", self.words("Enter another code"))
                    window.find("text", self.words("Activation code"))
                else:
                    self.wait_for_field(service.codes[name])
        self.assertEqual(len(REFUSALS), len(set(told)), told)
        self.assertEqual([], agent.licenses())
        self.assertEqual([], session.keyring_items(), "a refused code stays nowhere")

    def test_english(self):
        self.refuse("en")

    def test_dutch(self):
        self.refuse("nl")

    def test_russian(self):
        self.refuse("ru")

    def test_other_product(self):
        """The way out of a code for another product is one press."""
        window = self.open()
        window.press("button", "Enter activation code")
        self.enter(service.codes["wrong-product"])
        window.press("button", "Use it for Password Safe")
        window.press("button", "Finish")
        window.find("button", "License: 365 days left")
        self.assertEqual("password-safe", agent.licenses()[0]["Product"])

    def test_another_code(self):
        window = self.open()
        window.press("button", "Enter activation code")
        self.enter(service.codes["unknown"])
        window.press("button", "Enter another code")
        self.wait_for_field("")
        self.enter(service.codes["one-year"])
        window.find("button", "Finish")


class Detours(Place):
    """What the way to a license leads past, with the vendor's own service."""

    def test_release_a_seat(self):
        """B6: every seat is taken; one is released after a question, and the same code goes on."""
        code = service.codes["three-devices"]
        for name in ("attic", "kitchen", "old laptop"):
            service.activate_elsewhere(code, name)
        window = self.open()
        window.press("button", "Enter activation code")
        self.enter(code)
        window.wait_for_text("The code is in use on other devices")
        window.find("button", "Release attic")
        window.find("button", "Release old laptop")
        self.picture("seats")
        window.press("button", "Release kitchen")
        window.wait_for_text("Release the place of kitchen?")
        window.press("button", RELEASE)
        window.wait_for_text("Internet Security is activated")
        window.wait_for_text(re.compile("Device 3 of 3"))
        window.press("button", "Finish")
        window.find("button", "License: 365 days left")
        license, = agent.licenses()
        held = [seat["device_name"] for seat in agent.on_license(license["path"], "QuerySeats")]
        self.assertEqual(["attic", "old laptop"], [name for name in held if name in ("attic", "kitchen", "old laptop")])
        self.assertEqual(3, len(held))

    def forget_device(self):
        """A service that never saw this device, and so finds no earlier license of it."""
        agent.stop()
        service.restart()
        service.install_profile(url=middle.url)
        agent.start()

    def test_renewal_with_a_shorter_term(self):
        """B4: no earlier license is found; the person has no code of one and takes the shorter term."""
        self.forget_device()
        window = self.open()
        window.press("button", "Enter activation code")
        self.enter(service.codes["renewal"])
        window.find("label", "This is a renewal code", focused=True)
        window.wait_for_text("Without it the renewal code gives a shorter term: 180 days.")
        self.assertEqual([], agent.licenses())
        window.press("button", "Accept the shorter term")
        window.wait_for_text("Internet Security is activated")
        window.wait_for_text(re.compile("^180 days, until "))
        window.press("button", "Finish")
        window.find("button", "License: 180 days left")

    def test_renewal_with_the_earlier_code(self):
        """B4: the code of the earlier license, and the whole term."""
        self.forget_device()
        window = self.open()
        window.press("button", "Enter activation code")
        self.enter(service.codes["renewal"])
        window.wait_for_text("This is a renewal code")
        window.type_into(self.field(), service.codes["used-before"])
        window.press("button", "Continue")
        window.wait_for_text("Internet Security is activated")
        window.press("button", "Finish")
        window.find("button", "License: 365 days left")


class Trouble(Place):
    def test_window_closed_on_the_way(self):
        """The activation waits, the window is closed, and shows the same when it is opened again."""
        middle.on("POST", "activations$", proxy.answer(503))
        window = self.open()
        window.press("button", "Enter activation code")
        self.enter(service.codes["one-year"])
        window.find("button", "Try again")
        window.wait_for_text(re.compile("Next attempt: "))
        self.picture("waiting")
        window.key("ctrl+w")
        self.assertEqual(0, window.child.wait())
        window = self.open()
        window.wait_for_text("Activating Internet Security")
        window.wait_for_text(re.compile("Next attempt: "))
        middle.clear()
        window.press("button", "Try again")
        window.press("button", "Finish")
        window.find("button", "License: 365 days left")

    def test_agent_killed(self):
        """The window comes back to the agent, which the bus starts again."""
        window = self.open()
        window.press("button", "Enter activation code")
        self.enter(service.codes["one-year"])
        window.press("button", "Finish")
        window.find("button", "License: 365 days left")
        agent.kill()
        session.wait_for_name(paths.AGENT_NAME)
        window.find("button", "License: 365 days left")
        window.key("ctrl+r")
        window.wait_for_text("The license is up to date")

    def test_removed(self):
        """Removing asks first, and frees the seat."""
        window = self.open()
        window.press("button", "Enter activation code")
        self.enter(service.codes["one-year"])
        window.press("button", "Finish")
        window.find("button", "License: 365 days left")
        for answer, left in (("Keep", 1), ("Remove", 0)):
            window.find("button", "More actions")
            window.do(window.find_all("button", "More actions")[-1])  # The outer one only holds the button.
            window.press("menu item", "Remove from this device…")
            window.wait_for_text("Remove the license from this device?")
            self.picture("remove")
            window.press("button", re.compile(f"^{answer}"))
            window.wait_for(lambda: not window.texts("Remove the license from this device?"), what="the question to go")
            agent.wait_for(lambda: len(agent.licenses()) == left)
        window.wait_for_text("No license yet")

    def test_removed_without_service(self):
        """Without the service nothing is removed; the reason and the way out are told, and then it works."""
        window = self.open()
        window.press("button", "Enter activation code")
        self.enter(service.codes["one-year"])
        window.press("button", "Finish")
        window.find("button", "License: 365 days left")
        middle.refuse()
        try:
            self.remove()
            window.wait_for_text("The vendor’s service cannot be reached.")
            window.wait_for_text(re.compile("^Check the network connection, and try again."))
            self.picture("not-removed")
            window.do(window.find_all("button", CLOSE)[-1])  # The window behind the message has one, too.
            window.wait_gone("label", re.compile("^Check the network connection, and try again."))
            window.find("button", "License: 365 days left")
        finally:
            middle.accept()
        self.assertEqual("active", agent.licenses()[0]["State"])
        self.assertEqual([service.codes["one-year"]], [secret for _, secret, _ in session.keyring_items()])
        self.remove()
        window.wait_for_text("No license yet")
        self.assertEqual([], session.keyring_items())

    def remove(self):
        self.window.find("button", "More actions")
        self.window.do(self.window.find_all("button", "More actions")[-1])  # The outer one only holds the button.
        self.window.press("menu item", "Remove from this device…")
        self.window.press("button", re.compile("^Remove( Remove)?$"))

    def test_second_start(self):
        """A second start raises the window of the first and ends."""
        window = self.open()
        second = session.spawn([paths.WINDOW], name="second")
        self.assertEqual(0, second.wait())
        self.assertEqual(1, len(window.windows()))


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Reserve codes in the window: every state in three languages, what the buttons ask of the agent, and the detours of
the wizard. A scripted peer stands for the agent."""

import time
import unittest

import states
from scripted_agent import DAY, license, operation, path_of, reserve
from gi.repository import GLib
from support import paths, tap
from states import Case

CODE, OTHER = "P3B3Y-4ZN7R-BW59G-JGVBC", "B9FC4-NASZP-7ZZTM-4DJNW"
MANAGER = paths.AGENT_PATH
UNDO = states.re.compile("^Undo")  # Buttons of libadwaita say their name twice.
RELEASE = states.re.compile("^Release( Release)?$")
THREE = [
    reserve("r0", 0, 23, 365, DevicesLimit=3, DevicesUsed=1),
    reserve("r1", 1, 23 + 365 + 40, 90, Code="•••••-•••••-•••••-7K2MP", State="unchecked", CheckedAt=0),
    reserve("r2", 2, 23 + 365, 365, Code="•••••-•••••-•••••-Q0X9D", State="problem", Problem="code-blocked")]
ONE = [reserve("r0")]
PROVIDER = license(300, Kind="subscription", Provider="Example Telecom", ManageUrl="https://telecom.example/",
                   AutoRenewal=True, AddCode="subscription-running")
BLOCKED = license(100, State="blocked", DaysLeft=0)

# A name, what the agent says, and what is read on the Reserve Code panel.
PANEL = (
    ("empty", {"licenses": [license(23)]}, "No reserve code yet"),
    ("rows", {"licenses": [license(23)], "reserves": THREE}, "Add a reserve code"),
    ("no-license", {}, "No license yet"),
    ("ended", {"licenses": [license(-30, State="expired", DaysLeft=0)]}, "No license runs now"),
    ("no-product", {"vendors": []}, "No product yet"),
    ("provider", {"licenses": [PROVIDER]}, "Manage subscription"),
    ("trial", {"licenses": [license(20, Kind="trial", AddCode="trial-running")]}, "Check status"),
    ("blocked", {"licenses": [BLOCKED], "reserves": ONE}, "Activate now"),
    ("failed", {"licenses": [license(-30, State="expired", DaysLeft=0)],
                "reserves": [reserve("r0", State="problem", Problem="code-blocked")]}, "Try again"),
    ("activating", {"licenses": [license(-1, State="pending", DaysLeft=0)],
                    "reserves": [reserve("r0", State="activating", Operation=path_of("operations", "o"))],
                    "operations": [operation("waiting", Kind="hand-over", Error="service-unavailable",
                                             RetryAt=int(time.time()) + 840, Reserve=path_of("reserves", "r0"))]},
     "Is being activated"),
    ("keyring-locked", {"licenses": [license(23)], "reserves": ONE, "Keyring": "locked"}, "Unlock"),
    ("keyring-missing", {"licenses": [license(23)], "reserves": ONE, "Keyring": "unavailable"},
     "There is no keyring in which the code could be kept."),
    ("storage-full", {"licenses": [license(23)], "reserves": ONE, "Storage": "storage-full"},
     "There is no room left on the disk."),
    ("unreachable", {"licenses": [license(23)], "reserves": ONE, "Service": "service-unavailable"},
     "The vendor’s service cannot be reached."),
    ("untrusted", {"licenses": [license(23)], "reserves": ONE, "Service": "service-untrusted"},
     "The answer did not come from the vendor, or was changed on the way."),
    ("login-refused", {"licenses": [license(23)], "reserves": ONE, "StartAtLogin": "refused"},
     "The desktop does not let Prolong start when you log in. A reserve code takes over only while you are logged in "
     "and Prolong runs."),
)


def setUpModule():
    states.setUpModule()


def tearDownModule():
    states.tearDownModule()


class Reserve(Case):
    def setUp(self):
        super().setUp()
        self.agent = states.agent

    def is_foreign(self, node):
        """libadwaita draws a pencil in a field that has no focus."""
        field = self.words("Activation code")
        return Case.is_foreign(node) or node.role == "image" and any(
            above.name == field for above in self.above(node))

    @staticmethod
    def above(node):
        while node := node.parent:
            yield node

    def calls(self, method):
        return [(path, arguments) for path, called, arguments in self.agent.calls if called == method]

    def wait_for_call(self, method, number=1):
        self.window.wait_for(lambda: len(self.calls(method)) >= number, what=f"{method} to be called")
        return self.calls(method)[number - 1]

    def open_panel(self, key="ctrl+3", language="en", env=None, **said):
        self.agent.say(**said)
        window = self.open(language, **(env or {}))
        window.find("button", None)
        window.key(key)
        return window

    def enter(self, code, button="Save activation code"):
        self.window.set_text(self.window.find("text", "Activation code"), code)
        self.window.press("button", button)

    def answer_with_operation(self):
        self.agent.answers["AddCode"] = lambda: GLib.Variant("(o)", (path_of("operations", "o"),))

    def refuse(self, error, licenses=(), **details):
        """The agent takes the code, and then says why not."""
        self.agent.say(licenses=licenses, operations=[operation("checking", Kind="reserve")])
        self.agent.say(licenses=licenses, operations=[operation("refused", Kind="reserve", Error=error,
                                                                ErrorDetails=details)])
        self.wait_for_call("Dismiss")
        self.agent.say(licenses=licenses)


class Panel(Reserve):
    def walk(self, language):
        window = self.open_panel(language=language, **PANEL[0][1])
        for name, said, text in PANEL:
            with self.subTest(name):
                self.agent.say(**said)
                window.wait_for_text(self.words(text))
                self.check_names()
                self.picture(f"reserve-{name}")

    def test_english(self):
        self.walk("en")

    def test_dutch(self):
        self.walk("nl")

    def test_russian(self):
        self.walk("ru")


class Order(Reserve):
    def test_buttons(self):
        """At the ends a button cannot be pressed; the others name the place that the row takes."""
        window = self.open_panel(licenses=[license(23)], reserves=THREE)
        window.find("button", "Move up")
        up = window.find_all("button", "Move up")
        down = window.find_all("button", "Move down")
        self.assertEqual([False, True, True], [window.has_state(node, "sensitive") for node in up])
        self.assertEqual([True, True, False], [window.has_state(node, "sensitive") for node in down])
        window.do(down[0])
        self.assertEqual((path_of("reserves", "r0"), (1,)), self.wait_for_call("Move"))
        window.do(up[2])
        self.assertEqual((path_of("reserves", "r2"), (1,)), self.wait_for_call("Move", 2))

    def test_keys(self):
        """Alt+Down on a row moves it, the focus goes with it, and the name tells the new place."""
        window = self.open_panel(licenses=[license(23)], reserves=THREE)
        window.find("list item", "Reserve code •••••-•••••-•••••-1H8ZC, 1 of 3")
        window.find("label", "Reserve codes for Internet Security", focused=True)
        window.key("Tab")
        window.find("list item", "Reserve code •••••-•••••-•••••-1H8ZC, 1 of 3", focused=True)
        window.key("alt+Up")
        window.key("alt+Down")
        self.assertEqual((path_of("reserves", "r0"), (1,)), self.wait_for_call("Move"))
        self.assertEqual(1, len(self.calls("Move")), "the first row has no place above it")
        moved = [{**THREE[0], "Position": 1}, {**THREE[1], "Position": 0}, THREE[2]]
        self.agent.say(licenses=[license(23)], reserves=moved)
        window.find("list item", "Reserve code •••••-•••••-•••••-1H8ZC, 2 of 3", focused=True)
        rows = [node.name for node in window.find_all("list item") if node.name.startswith("Reserve code")]
        self.assertIn("7K2MP", rows[0])


class Removal(Reserve):
    ROW = "Reserve code •••••-•••••-•••••-1H8ZC, 1 of 1"

    def leave(self, keys):
        """The program ends; what it still asks is answered meanwhile."""
        self.window.key(keys)
        states.session.wait_for_name(paths.APP_ID, present=False)
        self.assertEqual(0, self.window.child.wait())

    def test_undo(self):
        window = self.open_panel(licenses=[license(23)], reserves=ONE)
        window.press("button", "Remove the code")
        window.wait_gone("list item", self.ROW)
        window.wait_for_text("No reserve code yet")
        self.picture("reserve-undo")
        window.press("button", UNDO)
        window.find("list item", self.ROW)
        self.leave("ctrl+w")
        self.assertEqual([], self.calls("Remove"))

    def test_after_the_toast(self):
        window = self.open_panel(licenses=[license(23)], reserves=ONE)
        window.press("button", "Remove the code")
        window.find("button", UNDO)
        self.assertEqual([], self.calls("Remove"))
        self.assertEqual((path_of("reserves", "r0"), ()), self.wait_for_call("Remove"))

    def test_close(self):
        """What was removed is removed also when the window goes before the toast does."""
        for keys in ("ctrl+w", "ctrl+q"):
            with self.subTest(keys):
                self.agent.calls.clear()
                window = self.open_panel(licenses=[license(23)], reserves=ONE)
                window.press("button", "Remove the code")
                window.find("button", UNDO)
                self.leave(keys)
                self.assertEqual([(path_of("reserves", "r0"), ())], self.calls("Remove"))

    def test_refused(self):
        """While it is activated, a code cannot be removed: the row comes back, with the reason."""
        self.agent.answers["Remove"] = "io.github.prolong.Error.RequestInFlight"
        window = self.open_panel(licenses=[license(23)], reserves=THREE)
        window.find("button", "Remove the code")
        window.do(window.find_all("button", "Remove the code")[0])
        window.find("list item", "Reserve code •••••-•••••-•••••-7K2MP, 1 of 2")
        window.wait_for_text("This is already under way.")
        window.find("list item", "Reserve code •••••-•••••-•••••-7K2MP, 2 of 3")


class Buttons(Reserve):
    # What is said, the button, and the call that it makes.
    ASKED = (
        ({"licenses": [license(23)], "reserves": ONE}, "Check the code now", "Check", "r0", "ask the service"),
        ({"licenses": [BLOCKED], "reserves": ONE}, "Activate now", "Activate", "r0", "the license is blocked"),
        ({"reserves": ONE}, "Activate now", "Activate", "r0", "the license was removed"),
        ({"licenses": [license(-30, State="expired", DaysLeft=0)],
          "reserves": [reserve("r0", State="problem", Problem="code-blocked")]}, "Try again", "Activate", "r0",
         "the hand-over was refused"),
        ({"licenses": [license(23)], "reserves": ONE, "Keyring": "locked"}, "Unlock", "Check", "r0",
         "whatever needs a code makes the keyring ask"),
    )

    def test_calls(self):
        window = self.open_panel(**self.ASKED[0][0])
        for said, button, method, name, why in self.ASKED:
            with self.subTest(why):
                self.agent.say(**said)
                self.agent.calls.clear()
                window.press("button", button)
                self.assertEqual((path_of("reserves", name), ()), self.wait_for_call(method))

    def test_waiting(self):
        """While a hand-over waits, "Try again" hurries it."""
        said = next(said for name, said, _text in PANEL if name == "activating")
        window = self.open_panel(**said)
        window.press("button", "Try again")
        self.assertEqual((path_of("operations", "o"), ()), self.wait_for_call("Retry"))

    def test_start_at_login(self):
        window = self.open_panel(licenses=[license(23)], reserves=ONE)
        window.press(None, states.re.compile("^Start at login"), checked=True)
        self.assertEqual((MANAGER, (False,)), self.wait_for_call("SetStartAtLogin"))
        self.agent.say(licenses=[license(23)], reserves=ONE, StartAtLogin="off")
        window.wait_for_text("Prolong does not start when you log in. A reserve code takes over only while Prolong "
                             "runs.")

    def test_coverage(self):
        """The timeline is told in words."""
        self.agent.say(licenses=[license(23)], reserves=THREE)
        for language, start, gap in (("en", "Current license until ", "Not covered from "),
                                     ("nl", "Huidige licentie tot ", "Niet gedekt van "),
                                     ("ru", "Текущая лицензия до ", None)):
            with self.subTest(language):
                window = self.open(language)
                picture = window.find("image", states.re.compile("^" + start))
                if gap:
                    self.assertIn(gap, picture.name)
                self.picture("coverage")
                self.check_names()
                window.stop()

    def test_hand_over_told(self):
        """Of a hand-over a person reads once, and the operation is taken off the bus."""
        window = self.open_panel(key="ctrl+1", licenses=[license(365)],
                                 operations=[operation("done", 1.0, Kind="hand-over")])
        window.wait_for_text(states.re.compile("^A reserve code has taken over: until "))
        self.wait_for_call("Dismiss")
        window.find("button", "License: 365 days left")


class Wizard(Reserve):
    # Key of the panel, and what the agent is told besides the code.
    PANELS = (("ctrl+3", {"reserve": True}, "the Reserve Code panel saves only"), ("ctrl+2", {}, "the wizard may do both"))

    def start(self, key):
        self.agent.calls.clear()
        self.answer_with_operation()
        window = self.open_panel(key=key, licenses=[license(23)])
        if key == "ctrl+3":
            window.press("button", "Enter activation code")
        self.enter(CODE)
        return window

    def test_saved(self):
        (states.session.home / "state/prolong/told-start-at-login").unlink(missing_ok=True)
        told = "Prolong starts when you log in, so that reserve codes take over by themselves."
        for key, options, why in self.PANELS:
            with self.subTest(why):
                window = self.start(key)
                self.assertEqual((MANAGER, ("demo", "internet-security", CODE, options)), self.wait_for_call("AddCode"))
                self.agent.say(licenses=[license(23)], operations=[operation("saving", Kind="reserve")])
                window.wait_for_text("Saving a reserve code for Internet Security")
                self.agent.say(licenses=[license(23)], reserves=ONE, operations=[
                    operation("done", 1.0, Kind="reserve", Reserve=path_of("reserves", "r0"))])
                window.find("label", "The reserve code is saved", focused=True)
                words = window.wait_for_text(states.re.compile("^Takes over on "))
                self.assertIn("365 days, until", words)
                self.assertEqual(key == "ctrl+3", told in words, "said once, with the first code")
                self.check_names()
                self.picture("reserve-saved")
                window.press("button", "Finish")
                self.wait_for_call("Dismiss")
                window.stop()

    def test_refused(self):
        """The code comes back to the field of the panel, with the reason below it and a way out."""
        window = self.start("ctrl+3")
        self.wait_for_call("AddCode")
        now = int(time.time())
        self.refuse("reserve-ends-too-early", [license(23)], expires=now + 10 * DAY, current_expires=now + 23 * DAY)
        words = window.wait_for_text(states.re.compile("^This code ends on .+, before the current license"))
        self.assertEqual(2, len(states.re.findall(r"\d{4}", words)), "both dates")
        field = window.find("text", "Activation code")
        self.assertEqual(CODE, window.content_of(field))
        self.picture("reserve-too-early")
        window.press("button", "Enter another code")
        window.wait_gone("label", words)
        self.assertEqual("", window.content_of(field))

    def test_typing_error(self):
        """A typing error is told on the spot, and nothing is sent."""
        window = self.open_panel(licenses=[license(23)], reserves=ONE)
        self.enter(CODE[:-1] + "D")
        window.wait_for_text("There is a typing error in the activation code.")
        self.assertEqual([], self.calls("AddCode"))

    def test_previous_code(self):
        for key, options, why in self.PANELS:
            with self.subTest(why):
                window = self.start(key)
                self.wait_for_call("AddCode")
                self.refuse("previous-license-required", [license(23)], shorter_term=180 * DAY)
                window.find("label", "This is a renewal code", focused=True)
                window.wait_for_text("Without it the renewal code gives a shorter term: 180 days.")
                self.check_names()
                self.picture("previous")
                self.enter(OTHER, "Continue")
                self.assertEqual((MANAGER, ("demo", "internet-security", CODE, {**options, "previous_code": OTHER})),
                                 self.wait_for_call("AddCode", 2))
                self.agent.calls.clear()
                self.refuse("previous-license-required", [license(23)], shorter_term=180 * DAY)
                window.wait_for_text("This is not the code of an earlier license of this product.")
                window.press("button", "Accept the shorter term")
                self.assertEqual(
                    (MANAGER, ("demo", "internet-security", CODE, {**options, "accept_shorter_term": True})),
                    self.wait_for_call("AddCode"))
                window.stop()

    def test_previous_declined(self):
        window = self.start("ctrl+2")
        self.wait_for_call("AddCode")
        self.refuse("previous-license-required", [license(23)])
        window.wait_for_text("This is a renewal code")
        self.assertFalse(window.find_all("button", "Accept the shorter term"), "the service offers none")
        window.press("button", "Enter another code")
        window.find("button", "Save activation code")
        self.assertEqual(1, len(self.calls("AddCode")))

    def test_seats(self):
        """All seats are taken: one is released after a question, and the same code goes on."""
        seats = [{"id": "s1", "device_name": "attic", "last_seen": int(time.time()) - 400 * DAY, "hint": "old"},
                 {"id": "s2", "device_name": "kitchen <b>", "last_seen": int(time.time()) - DAY, "hint": ""}]
        listed = GLib.Variant("(aa{sv})", ([{k: GLib.Variant("x" if k == "last_seen" else "s", v)
                                             for k, v in seat.items()} for seat in seats],))
        self.agent.answers["QuerySeats"] = lambda: listed
        for key, options, why in self.PANELS:
            with self.subTest(why):
                window = self.start(key)
                self.wait_for_call("AddCode")
                self.refuse("code-exhausted", [license(23)], limit=2, used=2, seats=[])
                window.wait_for_text("The code is in use on other devices")
                self.assertEqual((MANAGER, ("demo", CODE)), self.wait_for_call("QuerySeats"))
                window.wait_for_text(states.re.compile("This may be your old computer"))
                self.check_names()
                self.picture("seats")
                window.press("button", "Release attic")
                window.wait_for_text("Release the place of attic?")
                self.assertEqual([], self.calls("ReleaseSeat"))
                window.press("button", RELEASE)
                self.assertEqual((MANAGER, ("demo", CODE, "s1")), self.wait_for_call("ReleaseSeat"))
                self.assertEqual((MANAGER, ("demo", "internet-security", CODE, options)), self.wait_for_call("AddCode", 2))
                window.stop()

    def test_seats_of_license(self):
        """The same list from the row "Devices"; this device has no button."""
        seats = [{"id": "s0", "device_name": "laptop", "last_seen": int(time.time()), "hint": "this"},
                 {"id": "s1", "device_name": "attic", "last_seen": 0, "hint": "old"}]
        listed = GLib.Variant("(aa{sv})", ([{k: GLib.Variant("x" if k == "last_seen" else "s", v)
                                             for k, v in seat.items()} for seat in seats],))
        self.agent.answers["QuerySeats"] = lambda: listed
        window = self.open_panel(key="ctrl+1", licenses=[license(23)])
        self.resize(460, 1000)
        window.click(window.find("list item", "Devices"))
        self.assertEqual((path_of("licenses", "a"), ()), self.wait_for_call("QuerySeats"))
        window.find("button", "Release attic")
        self.assertFalse(window.find_all("button", "Release laptop"))
        self.check_names()
        window.press("button", "Release attic")
        window.press("button", RELEASE)
        self.assertEqual((path_of("licenses", "a"), ("s1",)), self.wait_for_call("ReleaseSeat"))


if __name__ == "__main__":
    tap.main()

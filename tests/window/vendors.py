# SPDX-License-Identifier: GPL-3.0-or-later
"""Several vendors and products in the window: the menu of products, the label, and profile files that are opened."""

import os
import re
import shutil
import unittest
import urllib.request

import states
from scripted_agent import license, path_of, vendor
from gi.repository import GLib
from support import paths, tap, walk
from support.agent import Agent
from support.service import Service

PATH = "/" + paths.APP_ID.replace(".", "/")
ORCHARD = vendor(id="orchard", name="Orchard Software", service="http://127.0.0.1:8498/v1",
                 code_pattern="XXXX-XXXX-XXXX-XXXX", shop_url="", support_url="", removable=True,
                 products=[{"id": "photo-orchard", "name": "Photo Orchard", "version": "7.2"},
                           {"id": "sound-orchard", "name": "Sound Orchard", "version": "3.1"}])
PHOTO = {"Vendor": "orchard", "VendorName": "Orchard Software", "Product": "photo-orchard", "Name": "Photo Orchard"}
TWINS = [vendor(), {**ORCHARD, "code_pattern": "XXXXX-XXXXX-XXXXX-XXXXX"}]
CODE = "P3B3Y-4ZN7R-BW59G-JGVBC"


def photo(left, **changes):
    return license(left, Id="p", **{**PHOTO, **changes})


# Licenses, of which the label speaks, and why.
ATTENTION = (
    ([license(300), photo(12)], "License: 12 days left · Photo Orchard", "what ends first"),
    ([license(5, CoveredUntil=2_000_000_000), photo(12)], "License: 12 days left · Photo Orchard",
     "what a reserve code covers can wait"),
    ([license(5, AutoRenewal=True), photo(12)], "License: 12 days left · Photo Orchard", "and what renews by itself"),
    ([license(100, State="blocked", DaysLeft=0), photo(12)], "License blocked · Internet Security", "what is lost"),
    ([license(300), photo(-3, State="expired", DaysLeft=0)], "License expired · Photo Orchard", "what has ended"),
    ([photo(20)], "License: 20 days left · Photo Orchard", "another product is shown"),
    ([license(20)], "License: 20 days left", "a single one needs no name"),
)


def setUpModule():
    states.setUpModule()


def tearDownModule():
    states.tearDownModule()


class Scripted(states.Case):
    def setUp(self):
        super().setUp()
        self.agent = states.agent

    def calls(self, method):
        return [arguments for _path, called, arguments in self.agent.calls if called == method]

    def wait_for_call(self, method):
        self.window.wait_for(lambda: self.calls(method), what=f"{method} to be called")
        return self.calls(method)[-1]

    def call_window(self, method, signature, *arguments):
        states.session.call(paths.APP_ID, PATH, "org.freedesktop.Application", method, signature, *arguments)


class Products(Scripted):
    def test_label(self):
        """It speaks for the license that needs attention first, and leads to it."""
        self.agent.say(licenses=[license(300)], vendors=[vendor(), ORCHARD])
        window = self.open()
        window.find("button", "License: 300 days left")
        for licenses, label, why in ATTENTION:
            with self.subTest(why):
                self.agent.say(licenses=licenses, vendors=[vendor(), ORCHARD])
                window.find("button", label)
        self.agent.say(licenses=ATTENTION[0][0], vendors=[vendor(), ORCHARD])
        window.key("ctrl+2")
        window.wait_for_text(re.compile("for Internet Security"))
        window.press("button", "License: 12 days left · Photo Orchard")
        window.wait_for_text(re.compile("Photo Orchard.*device"))

    def test_menu(self):
        """By vendor, each product with its state; the one shown is marked, in three languages."""
        said = {"licenses": [license(300), photo(12)], "vendors": [vendor(), ORCHARD]}
        for language, label in (("en", "Photo Orchard (License: 12 days left)"),
                                ("nl", "Photo Orchard (Licentie: nog 12 dagen)"),
                                ("ru", "Photo Orchard (Лицензия: осталось 12 дней)")):
            with self.subTest(language):
                self.agent.say(**said)
                window = self.open(language)
                window.find("button", self.words("Choose a product"))
                window.do(window.find_all("button", self.words("Choose a product"))[-1])
                chosen = window.find(None, label)
                self.assertTrue(window.has_state(chosen, "checked"))
                for text in ("Orchard Software", "Demo Vendor"):
                    window.wait_for_text(text)
                self.picture("products")
                self.check_names()
                window.do(window.find(None, re.compile(r"^Sound Orchard \(")))
                window.wait_for_text(self.words("No license yet"))
                window.wait_for_text("Sound Orchard")
                window.stop()

    def test_one_product_has_no_menu(self):
        self.agent.say(licenses=[license(300)])
        window = self.open()
        window.find("button", "License: 300 days left")
        self.assertEqual(window.find_all(None, "Choose a product"), [])

    def test_show_license(self):
        """The action of tray and notifications."""
        self.agent.say(licenses=[license(300), photo(12)], vendors=[vendor(), ORCHARD])
        window = self.open()
        window.key("ctrl+3")
        window.wait_for_text("No reserve code yet")
        argument = GLib.Variant("(ss)", ("demo", "internet-security"))
        self.call_window("ActivateAction", "(sava{sv})", "show-license", [argument], {})
        window.wait_for_text(re.compile("Internet Security.*device"))
        self.call_window("ActivateAction", "(sava{sv})", "show-license", [GLib.Variant("(ss)", ("x", "y"))], {})
        window.find("button", re.compile("License: 12"))

    def test_service_of_another_vendor_away(self):
        """It is not told beside a license that it does not touch."""
        away = {**ORCHARD, "service_state": "service-unavailable"}
        self.agent.say(licenses=[license(300), photo(12)], vendors=[vendor(), away])
        window = self.open()
        window.wait_for_text("The vendor’s service cannot be reached.")
        self.call_window("ActivateAction", "(sava{sv})", "show-license",
                         [GLib.Variant("(ss)", ("demo", "internet-security"))], {})
        window.wait_for_text(re.compile("Internet Security.*device"))
        window.wait_gone(None, "The vendor’s service cannot be reached.")


class Owners(Scripted):
    """Whose code it is."""

    def setUp(self):
        super().setUp()
        self.agent.answers["AddCode"] = lambda: GLib.Variant("(o)", (path_of("operations", "o"),))

    def enter(self, code):
        self.window.set_text(self.window.find("text", "Activation code"), code)
        self.window.press("button", "Add activation code")

    def open_entry(self, vendors, **said):
        self.agent.say(vendors=vendors, **said)
        window = self.open()
        window.find("button", "No license")
        window.key("ctrl+2")
        window.find("button", "Add activation code")
        return window

    def test_person_is_asked(self):
        """Two vendors have such codes: none is asked before the person has said whose it is."""
        window = self.open_entry(TWINS)
        self.enter(CODE)
        window.wait_for_text("Which vendor sent this code?")
        self.picture("owner")
        self.assertEqual(self.calls("AddCode"), [])
        window.press("button", re.compile("^Cancel"))
        window.wait_gone(None, "Which vendor sent this code?")
        self.assertEqual(self.calls("AddCode"), [])
        window.press("button", "Add activation code")
        window.press("button", re.compile("^Orchard Software"))
        self.assertEqual(self.wait_for_call("AddCode")[:2], ("orchard", ""))

    def test_product_decides(self):
        """Where the person has chosen the product nobody needs to be asked."""
        window = self.open_entry(TWINS)
        self.call_window("ActivateAction", "(sava{sv})", "show-license",
                         [GLib.Variant("(ss)", ("orchard", "sound-orchard"))], {})
        window.key("ctrl+2")
        window.wait_for_text("for Sound Orchard")
        self.enter(CODE)
        self.assertEqual(self.wait_for_call("AddCode")[:3], ("orchard", "sound-orchard", CODE))

    def test_form_decides(self):
        """A code that only another vendor has goes there, and the service tells for which product it is."""
        window = self.open_entry([vendor(code_pattern="9999-XXXX-XXXX", code_check="none"), ORCHARD,
                                  vendor(id="third", name="Third")])
        self.enter(CODE)
        self.assertEqual(self.wait_for_call("AddCode")[:3], ("third", "", CODE))
        self.assertEqual(window.texts("Which vendor sent this code?"), [])


class Files(unittest.TestCase):
    """Profile files, through the real window, agent and services."""

    words = states.Case.words
    picture = states.Case.picture

    def setUp(self):
        self.session = states.session
        states.agent.go()
        self.addCleanup(states.agent.come)
        self.demo = self.enterContext(Service(self.session))
        self.orchard = self.enterContext(Service(self.session, vendor="orchard", install_profile=False))
        self.agent = self.enterContext(Agent(self.session))
        self.agent.attach()
        self.file = self.session.home / "orchard.prolong-vendor"
        self.file.write_text(self.orchard.profile, encoding="utf-8")
        self.addCleanup(lambda: (self.session.vendors / "orchard.conf").unlink(missing_ok=True))
        self.window = None

    def open(self, language="en"):
        states.Case.open(self, language)
        self.addCleanup(lambda: self.window.child.returncode is None and self.window.stop())
        return self.window

    def open_files(self, *files):
        """As a second start with files does."""
        done = self.session.run([paths.WINDOW, *files])
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_add(self):
        """Shown first, in three languages; Cancel changes nothing, Add makes its products appear at once."""
        for language in ("nl", "ru", "en"):
            window = self.open(language=language)
            states.Case.resize(self, 360, 294)
            self.open_files(self.file)
            window.wait_for_text(self.orchard.url)
            for text in (self.words("Service address"), self.words("Products")):
                window.wait_for_text(text)
            self.assertEqual([], states.Case.look(self)[0])
            self.picture("add-vendor")
            window.press("button", re.compile(self.words("Cancel")))
            window.wait_gone(None, self.orchard.url)
            self.assertNotIn("orchard", self.agent.vendors())
            if language != "en":
                window.stop()
        self.open_files(self.file)
        window.wait_for_text("Add the vendor Orchard Software?")
        window.press("button", re.compile("^Add"))
        window.wait_for_text("Photo Orchard")
        self.assertTrue(self.agent.vendors()["orchard"]["removable"])
        walk.activate(window, self.orchard.codes["one-year"])
        self.assertEqual(self.agent.licenses()[0]["Vendor"], "orchard")

        self.open_files(self.file)
        window.wait_for_text("Update the profile of Orchard Software?")
        window.press("button", re.compile("^Cancel"))
        self.agent.on_license(self.agent.licenses()[0]["path"], "Remove")

    def test_link_in_an_email(self):
        """What the browser downloads is opened by the desktop with Prolong, which asks first."""
        self.install_desktop_file()
        with urllib.request.urlopen(self.orchard.url.removesuffix("/v1") + "/profile") as answer:
            self.assertEqual(answer.headers["Content-Type"], "application/x-prolong-vendor")
            file = self.session.home / answer.headers.get_filename()
            file.write_bytes(answer.read())
        window = self.open()
        window.find("button", "No license")
        # An application whose program is not found is none.
        path = f"{os.path.dirname(paths.WINDOW)}:{self.session.env['PATH']}"
        done = self.session.run(["gio", "open", file], env={"PATH": path})
        self.assertEqual(done.returncode, 0, done.stderr)
        window.wait_for_text("Add the vendor Orchard Software?")
        self.assertNotIn("orchard", self.agent.vendors())
        window.press("button", re.compile("^Add"))
        window.wait_for_text("Photo Orchard")
        self.assertEqual(self.agent.vendors()["orchard"]["service"], self.orchard.url)

    def install_desktop_file(self):
        data = self.session.home / "data"
        self.addCleanup(shutil.rmtree, data / "applications")
        self.addCleanup(shutil.rmtree, data / "mime")
        for source, folder in ((paths.BUILD / f"data/{paths.APP_ID}.desktop", "applications"),
                               (paths.SOURCE / f"data/mime/{paths.APP_ID}.xml", "mime/packages")):
            (data / folder).mkdir(parents=True)
            shutil.copy(source, data / folder)
        for program, folder in (("update-desktop-database", "applications"), ("update-mime-database", "mime")):
            self.session.run([program, data / folder])

    def test_refusals(self):
        window = self.open()
        window.find("button", "No license")
        rows = (
            ("Dear customer\n", "This file is no vendor profile, or it is damaged."),
            (self.orchard.profile[:300], re.compile("This file is no vendor profile|Something is missing")),
            ("#" * 10 * 1024 * 1024, "This file is too large for a vendor profile."),
            (re.sub("(?m)^Service=.*", "Service=http://orchard.example/v1", self.orchard.profile),
             "Codes cannot be sent safely to the service of this vendor profile."),
        )
        for text, words in rows:
            with self.subTest(words):
                self.file.write_text(text, encoding="utf-8")
                self.open_files(self.file)
                window.wait_for_text(words)
                window.key("Escape")
                window.wait_gone(None, words)
        self.open_files(self.session.home / "nowhere")
        window.wait_for_text("The file could not be read.")

    def test_removed_in_the_window(self):
        self.agent.add_vendor(self.orchard.profile)
        self.agent.activate(self.orchard.codes["one-year"], "orchard")
        window = self.open()
        window.find("button", "License: 365 days left")
        window.key("F10")
        window.do(window.find(None, "Vendors"))
        window.wait_for_text(re.compile(re.escape(self.orchard.url)))
        self.picture("vendors")
        window.press("button", "Remove Orchard Software")
        window.press("button", re.compile("^Remove$|^Remove Remove$"))
        window.wait_for_text("Licenses or codes of this vendor are on this device.")
        window.key("Escape")
        window.wait_gone(None, "Licenses or codes of this vendor are on this device.")
        self.agent.on_license(self.agent.licenses()[0]["path"], "Remove")
        window.press("button", "Remove Orchard Software")
        window.press("button", re.compile("^Remove$|^Remove Remove$"))
        window.wait_gone("button", "Remove Orchard Software")
        self.assertNotIn("orchard", self.agent.vendors())


if __name__ == "__main__":
    tap.main()

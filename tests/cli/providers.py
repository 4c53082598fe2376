# SPDX-License-Identifier: GPL-3.0-or-later
"""prolongctl provider and auto-renewal: where a subscription was bought, and the way to turn its renewal off."""

import json
import subprocess
import unittest

from case import DONE, FAILED, LATER, PRODUCT, REFUSED, RFC_3339, USAGE, Case, language

from support import paths, tap

ALLSOFT = {"provider": "allsoft", "action": "contact", "contact": "https://allsoft.example/support"}
NEXWAY = {"provider": "nexway", "action": "instruction", "contact": "https://nexway.example/auto-renewal"}


class Provider(Case):
    def test_order_numbers(self):
        """The table of what is recognised and what is not is tests/license/provider.c."""
        for number, found in (("ALLSOFT-22123406", ALLSOFT), ("A221234065", ALLSOFT), ("2A123BEC45D", NEXWAY),
                              ("3B123FAC76F", NEXWAY), (" а 221234065", ALLSOFT)):
            with self.subTest(number):
                self.assertEqual(self.json("provider", number), found)
                self.assertEqual(self.json("provider", number, "--vendor", "demo"), found)

    def test_words(self):
        text = self.ctl("provider", "A221234065").stdout
        for words in ("Allsoft (Web shop)\n", "Ask Allsoft. Allsoft takes the payments", "support@allsoft.example",
                      "https://allsoft.example/support", "This holds for Internet Security, Password Safe."):
            self.assertIn(words, text)
        text = self.ctl("provider", "2A123BEC45D").stdout
        self.assertIn("This holds for Internet Security from version 19.0 on.", text)
        self.assertIn("Follow the instruction of Nexway.", text)
        self.assertIn("“prolongctl support write --topic auto-renewal” writes to it.", self.ctl("provider").stdout)
        for name, words in (("nl", "Neem contact op met Allsoft."), ("ru", "Обратитесь в Allsoft.")):
            self.assertIn(words, self.ctl("provider", "A221234065", env=language(name)).stdout)

    def test_not_recognised(self):
        """An honest no, and where it may have been bought instead."""
        done = self.ctl("provider", "22123406", expect=REFUSED)
        self.assertIn("This order number is not recognised. Choose where you bought it. (provider-unknown)", done.stderr)
        for name in ("Allsoft (Web shop)", "NetLine (Internet provider)", "Mobilna (Partner company)",
                     "My Demo (Account page of the vendor)", "The store of a phone (App store of a phone)"):
            self.assertIn(name, done.stdout)
        self.assertEqual(self.json("provider", "ALLSOFT", expect=REFUSED)["reason"], "provider-unknown")

    def test_list(self):
        places = self.json("provider", "--product", PRODUCT)["providers"]
        self.assertEqual([place["provider"] for place in places],
                         ["own", "allsoft", "nexway", "portal", "netline", "mobilna", "phone"])
        self.assertEqual(places[0], {"provider": "own", "vendor": "demo", "name": "Demo Vendor", "kind": "vendor",
                                     "action": "service", "contact": None, "applies": True})
        text = self.ctl("provider", "--product", "password-safe").stdout
        self.assertNotIn("Mobilna", text)
        self.assertIn("NetLine", text)

    def test_misuse(self):
        self.ctl("provider", "A221234065", "--vendor", "nobody", expect=USAGE)
        self.ctl("provider", "A", "221234065", expect=USAGE)

    def test_profile_check_names_what_is_wrong(self):
        for line, blamed in (("Action=refund", "[Provider x] Action: must be service"), ("", "[Provider x] Action: is missing"),
                             ("Action=service\nOrder=A[0-9]+", "[Provider x] Order: must be patterns"),
                             ("Action=contact", "[Provider x] Url: is missing: Action=contact needs"),
                             ("Action=service\nProducts=sofa", "[Provider x] Products: names a product")):
            with self.subTest(line):
                path = self.session.home / "changed.prolong-vendor"
                path.write_text(f"{self.service.profile}\n[Provider x]\nName=X\nKind=shop\n{line}\n", encoding="utf-8")
                self.assertIn(blamed, self.ctl("profile", "check", str(path), expect=FAILED).stderr)


class AutoRenewal(Case):
    def test_way_of_each_license(self):
        self.activate("subscription")
        number = self.json("status")["licenses"][0]["number"]
        (license,) = self.json("auto-renewal")["licenses"]
        self.assertEqual((license["auto_renewal"], license["number"], license["add_code"]),
                         (True, number, "subscription-running"))
        self.assertRegex(license["expires_at"], RFC_3339)
        for named in (number, number.replace("-", " "), PRODUCT, license["id"]):
            self.assertEqual(self.json("auto-renewal", named)["licenses"], [license])
        text = self.ctl("auto-renewal").stdout
        self.assertRegex(text, r"Auto-renewal +On\n")
        self.assertIn("there is nothing to do.", text)
        self.assertIn("managed by Demo Provider. Turn auto-renewal on or off there: https://provider.example/manage", text)
        self.assertEqual(self.json("auto-renewal", "password-safe", expect=REFUSED)["reason"], "no-license")

    def test_license_without_it(self):
        self.activate("one-year")
        (license,) = self.json("auto-renewal")["licenses"]
        self.assertFalse(license["auto_renewal"])
        self.assertRegex(self.ctl("auto-renewal").stdout, r"Auto-renewal +Off\n$")

    def test_off_and_on_again(self):
        """What the service then says is what the license says."""
        self.activate("subscription-own")
        text = self.ctl("auto-renewal").stdout
        self.assertIn("“prolongctl auto-renewal off” turns it off.", text)
        self.assertIn("Was it bought elsewhere?", text)
        (license,) = self.json("auto-renewal")["licenses"]
        self.assertEqual((license["provider"], license["action"], license["contact"]), (None, "service", None))
        text = self.ctl("auto-renewal", "off").stdout
        self.assertRegex(text, r"^Auto-renewal is off\. Internet Security works until \d+ \w+ \d+\. From then on an activation "
                               r"code can be entered, not before: .*\n“prolongctl auto-renewal on” turns it on again")
        self.assertFalse(self.json("status")["licenses"][0]["auto_renewal"])
        self.assertNotIn("pay twice", self.ctl("offers").stderr)
        self.assertFalse(self.json("auto-renewal", "off")["license"]["auto_renewal"], "once more is no harm")
        self.ctl("refresh")
        self.assertFalse(self.json("status")["licenses"][0]["auto_renewal"], "the service keeps it")
        license = self.json("auto-renewal", license["number"], "on")["license"]
        self.assertEqual((license["auto_renewal"], license["state"]), (True, "active"))
        self.ctl("refresh")
        self.assertTrue(self.json("status")["licenses"][0]["auto_renewal"])
        self.assertIn("It renews by itself", self.ctl("auto-renewal", "on").stdout)

    def test_three_languages(self):
        self.activate("subscription-own")
        for name, off, on in (("nl", "De automatische verlenging staat uit. ", "De automatische verlenging staat aan. "),
                              ("ru", "Автопродление отключено. ", "Автопродление включено. ")):
            self.assertTrue(self.ctl("auto-renewal", "off", env=language(name)).stdout.startswith(off))
            self.assertTrue(self.ctl("auto-renewal", "on", env=language(name)).stdout.startswith(on))

    def test_managed_by_its_provider(self):
        """It is not turned off here, and everything says where."""
        self.activate("subscription-netline")
        (license,) = self.json("auto-renewal")["licenses"]
        self.assertEqual((license["provider"], license["action"], license["contact"], license["manage_url"]),
                         ("NetLine", "contact", "https://netline.example/support", "https://netline.example/subscriptions"))
        text = self.ctl("auto-renewal").stdout
        self.assertIn("Ask NetLine.", text)
        self.assertIn("https://netline.example/subscriptions", text)
        for setting in ("off", "on"):
            done = self.ctl("auto-renewal", setting, "--json", expect=REFUSED)
            told = json.loads(done.stdout)
            self.assertEqual((told["reason"], told["details"]), ("provider-managed", {
                "provider": "NetLine", "manage_url": "https://netline.example/subscriptions"}))
            self.assertIn("managed by NetLine. Turn auto-renewal on or off there: https://netline.example/subscriptions",
                          done.stderr)
        self.assertTrue(self.json("status")["licenses"][0]["auto_renewal"])

    def test_nothing_to_switch(self):
        self.activate("one-year")
        self.assertEqual(self.json("auto-renewal", "off", expect=REFUSED)["reason"], "no-subscription")

    def test_without_the_service(self):
        self.activate("subscription-own")
        self.service.stop()
        self.assertEqual(self.json("auto-renewal", "off", expect=LATER)["reason"], "service-unavailable")
        self.assertTrue(self.json("status")["licenses"][0]["auto_renewal"], "nothing was changed")
        self.assertEqual(self.json("provider", "A221234065"), ALLSOFT, "rules need no network")

    def test_nobody_pays_twice(self):
        """It is said before something is bought or entered, and only where it holds."""
        warning = "Internet Security: You may pay twice. This license renews by itself"
        self.activate("subscription")
        for arguments, stdin, expect in ((("offers",), "", DONE), (("activate",), self.service.codes["reserve"], REFUSED),
                                         (("reserve", "add"), self.service.codes["reserve"], REFUSED),
                                         (("order", "place", "--email", "a@b.example"), "", USAGE)):
            with self.subTest(arguments):
                self.assertIn(warning, self.ctl(*arguments, stdin=stdin, expect=expect).stderr)
        self.assertNotIn(warning, self.ctl("offers", "--product", "password-safe").stderr)
        self.ctl("remove", "--yes")
        self.activate("one-year")
        self.assertNotIn(warning, self.ctl("offers").stderr)

    def test_misuse(self):
        self.ctl("auto-renewal", expect=REFUSED)
        self.ctl("auto-renewal", "one", "two", expect=USAGE)
        self.ctl("auto-renewal", "off", "now", expect=USAGE)


class Cancelled(Case):
    """What the administration of the service reports."""

    directory = True

    def subscriptions(self, *arguments):
        done = subprocess.run([paths.SERVICE, "subscriptions", *arguments, "--directory", str(self.service.directory)],
                              env=self.session.env, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_cannot_be_turned_on_any_more(self):
        number, code = self.subscriptions("create", "--product", PRODUCT).split()[:2]
        self.ctl("activate", stdin=code)
        self.ctl("auto-renewal", "off")
        self.subscriptions("cancel", number)
        done = self.ctl("auto-renewal", "on", "--json", expect=REFUSED)
        told = json.loads(done.stdout)
        self.assertEqual((told["reason"], list(told["details"])), ("subscription-ended", ["expires"]))
        self.assertRegex(done.stderr, r"What you have paid for works until \d+ \w+ \d+\. Enter an activation code then")
        self.assertIn("From then on an activation code can be entered", self.ctl("auto-renewal").stdout)


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""prolongctl provider and auto-renewal: where a subscription was bought, and the way to turn its renewal off."""

import unittest

from case import FAILED, PRODUCT, REFUSED, RFC_3339, USAGE, Case, language

from support import tap

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
        self.assertEqual(self.json("auto-renewal", "password-safe", expect=REFUSED)["reason"], "no-license")

    def test_license_without_it(self):
        self.activate("one-year")
        (license,) = self.json("auto-renewal")["licenses"]
        self.assertFalse(license["auto_renewal"])
        self.assertRegex(self.ctl("auto-renewal").stdout, r"Auto-renewal +Off\n$")

    def test_misuse(self):
        self.ctl("auto-renewal", expect=REFUSED)
        self.ctl("auto-renewal", "one", "two", expect=USAGE)
        self.ctl("auto-renewal", "off", "now", expect=USAGE)


if __name__ == "__main__":
    tap.main()

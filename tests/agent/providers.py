# SPDX-License-Identifier: GPL-3.0-or-later
"""Where something was bought, by its order number or from the list: the rules of the profile, over the bus."""

import shutil
import unittest

from support import paths, tap
from support.agent import Agent, Problem
from support.session import Session

PRODUCT = "internet-security"

# A second vendor: with order numbers of its own, and with some that the first has too.
OTHER = """[Vendor]
Id=other
Name=Other
Service=https://license.other.example/v1
[Keys]
other-1=jo-xC5MakIpT4BHDaNm8xZvRwQeTPjCz3X7q8aRY8z4
[Product other-product]
Name=Other Product
[Provider other-shop]
Name=Other Shop
Kind=shop
Order=OTHER-#{4};A#{9}
Action=support
"""


class Providers(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session())
        self.session.vendors.mkdir(parents=True, exist_ok=True)
        shutil.copy(paths.SOURCE / "data/vendors/demo.conf", self.session.vendors)
        self.agent = Agent(self.session)

    def enterContext(self, manager):
        result = manager.__enter__()
        self.addCleanup(manager.__exit__, None, None, None)
        return result

    def start(self):
        self.enterContext(self.agent)
        self.agent.attach()

    def find(self, number, vendor="demo"):
        return self.agent.manager("FindProvider", "(ss)", vendor, number)

    def list(self, vendor="demo", product=PRODUCT):
        return {one["provider"]: one for one in self.agent.manager("GetProviders", "(ss)", vendor, product)}

    def test_order_numbers(self):
        self.start()
        for number, provider, action, url in (
                ("ALLSOFT-22123406", "allsoft", "contact", "https://allsoft.example/support"),
                ("A221234065", "allsoft", "contact", "https://allsoft.example/support"),
                ("2a123 bec45d", "nexway", "instruction", "https://nexway.example/auto-renewal"),
                ("3В123FАС76F", "nexway", "instruction", "https://nexway.example/auto-renewal")):
            with self.subTest(number):
                found = self.find(number)
                self.assertEqual((found["provider"], found["action"], found["url"], found["kind"], found["vendor"]),
                                 (provider, action, url, "shop", "demo"))
        for number in ("", "22123406", "ALLSOFT-", "\n" * 100000, "1" * 100000):
            with self.subTest(number[:20]):
                self.assertEqual(self.find(number), {"provider": ""})

    def test_all_places_in_the_order_of_the_profile(self):
        self.start()
        places = self.list()
        self.assertEqual(list(places), ["own", "allsoft", "nexway", "portal", "netline", "mobilna", "phone"])
        self.assertEqual({one["action"] for one in places.values()}, {"service", "contact", "instruction", "support"})
        self.assertTrue(all(one["applies"] for one in places.values()))
        self.assertEqual(places["netline"]["subscription"], ["NetLine"])
        self.assertEqual(places["mobilna"]["products"], ["Internet Security"])
        self.assertEqual(places["allsoft"]["products"], ["Internet Security", "Password Safe"])

    def test_rules_are_for_products_and_versions(self):
        self.start()
        self.assertEqual([name for name, one in self.list(product="password-safe").items() if not one["applies"]],
                         ["nexway", "mobilna"])
        self.agent.register_product("demo", PRODUCT, "18.0")
        self.assertEqual([name for name, one in self.list().items() if not one["applies"]], ["nexway"])
        self.agent.register_product("demo", PRODUCT, "19.2")
        self.assertEqual([name for name, one in self.list().items() if not one["applies"]], [])

    def test_several_vendors(self):
        (self.session.vendors / "other.conf").write_text(OTHER, encoding="utf-8")
        self.start()
        self.assertEqual(self.find("other-1234", "")["vendor"], "other")
        self.assertEqual(self.find("ALLSOFT-22123406", "")["vendor"], "demo")
        self.assertEqual(self.find("nonsense", ""), {"provider": ""})
        self.assertEqual(list(self.list("", "other-product")), ["other-shop"])
        for ask in (lambda: self.find("A221234065", ""), lambda: self.list("", ""), lambda: self.list("", "nothing"),
                    lambda: self.find("A221234065", "nobody")):
            with self.assertRaises(Problem) as refused:
                ask()
            self.assertEqual(refused.exception.remote, "org.freedesktop.DBus.Error.InvalidArgs")
        self.assertEqual(self.find("A221234065", "other")["provider"], "other-shop")

    def test_topics_of_support(self):
        self.start()
        topics = self.agent.vendors()["demo"]["support_topics"]
        self.assertEqual([topic["id"] for topic in topics], ["activation", "renewal", "auto-renewal", "order", "other"])
        self.assertEqual(topics[2]["fields"], ["purchase-date", "order-number", "license-number"])
        self.assertEqual(topics[4]["fields"], [])


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of the shop's tests: a real service and a browser for all cases of a module, and the parts of the way."""

import unittest

from service.peer import Peer
from shop.hands import Mouse
from support.browser import Browser

EMAIL = "jan@example.nl"
PRODUCT = "internet-security"
OFFER = "internet-security-3-2y"
LINES = "#step-cart .lines li"

_peer = _browser = None


def setUpModule():
    """For each module of tests, which imports this."""
    global _peer, _browser
    _peer = unittest.enterModuleContext(Peer(demo=True))
    _browser = Browser()
    unittest.addModuleCleanup(_browser.close)


class ShopTest(unittest.TestCase):
    """Each case begins as a person who comes for the first time, with the same service and browser."""

    @classmethod
    def setUpClass(cls):
        cls.peer, cls.browser = _peer, _browser
        cls.origin = f"http://127.0.0.1:{_peer.port}"

    def setUp(self):
        """A license of its own for each case: whoever has paid has used the discount of its number."""
        self.number = self.peer.show(self.peer.issue()[0])["number"]

    def begin(self, **how):
        self.browser.begin(self.origin, **how)
        self.mouse = Mouse(self.browser)

    def begin_with_cart(self, **how):
        """As after the first three steps."""
        license_ = self.peer.request("POST", "/numbers/check", {"number": self.number}).json
        self.begin(memory={"number": self.number, "license": license_, "cart": [{"offer": OFFER, "quantity": 1}]}, **how)

    def tearDown(self):
        self.assertEqual(self.browser.get_strangers(), [], "asked for elsewhere")
        self.assertEqual(self.browser.get_complaints(), [], "in the console")

    # Parts of the way

    def check_number(self, hand):
        hand.type("#number", self.number)
        hand.press("#step-number form .primary")
        self.browser.wait_step("product")

    def choose_product(self, hand):
        hand.press(f'.products a[href="#choice/{PRODUCT}"]')
        self.browser.wait_step("choice")

    def choose(self, hand, devices=3, years=2):
        hand.choose("#devices", devices)
        hand.choose("#years", years)
        hand.press("#step-choice .primary")
        self.browser.wait_step("cart")

    def fill_cart(self):
        self.check_number(self.mouse)
        self.choose_product(self.mouse)
        self.choose(self.mouse)

    def check_out(self, hand, method="card", email=EMAIL):
        hand.press("#step-cart .filled .primary")
        self.browser.wait_step("checkout")
        hand.type("#email", email)
        hand.choose("#methods", method)

    def order(self, hand):
        hand.press("#step-checkout .primary")
        self.browser.wait_page("pay.html")

    def count_orders(self):
        return self.browser.count("POST", "/v1/orders")

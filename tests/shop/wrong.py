# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong in the shop is told on the spot, and costs nothing."""

from service.peer import Peer
from shop.case import EMAIL, OFFER, ShopTest, setUpModule  # noqa: F401
from shop.hands import Mouse
from support import tap


class WrongTest(ShopTest):
    def test_number(self):
        self.begin()
        rows = (  # typed, in the answer, why
            ("", "enter your license number", "nothing"), ("1111-222222-33333333", "do not know this number", "another"),
            ("12", "not a whole license number", "a part"), (self.peer.codes["one-year"], "looks like an activation code", "a code"))
        for typed, answer, why in rows:
            with self.subTest(why):
                self.browser.fill("#number", typed)
                self.mouse.press("#step-number form .primary")
                self.browser.wait(f"document.querySelector('#number-error').textContent.includes('{answer}')")
                self.assertTrue(self.browser.has_focus("#number[aria-invalid]"))
                self.assertEqual(self.browser.find("#number").get_attribute("value"), typed)
        self.check_number(self.mouse)

    def test_forgiven(self):
        self.begin()
        self.browser.fill("#number", f"  {self.number.replace('-', ' ')} ")
        self.mouse.press("#step-number form .primary")
        self.browser.wait_step("product")
        self.assertIn(self.number, self.browser.text("#step-product .license"))

    def test_email(self):
        self.begin_with_cart()
        self.mouse.press("#step-cart .filled .primary")
        self.browser.wait_step("checkout")
        self.mouse.choose("#methods", "card")
        for typed in ("", "jan", "jan@example", "jan @example.nl", "jan@example..nl"):
            with self.subTest(typed):
                self.browser.fill("#email", typed)
                self.mouse.press("#step-checkout .primary")
                self.browser.wait("document.activeElement.matches('#email[aria-invalid]')"
                                  " && document.querySelector('#email-error').checkVisibility()")
        self.browser.fill("#email", EMAIL)
        self.order(self.mouse)

    def test_method_is_missing(self):
        self.begin_with_cart()
        self.mouse.press("#step-cart .filled .primary")
        self.browser.wait_step("checkout")
        self.browser.fill("#email", EMAIL)
        self.mouse.press("#step-checkout .primary")
        self.browser.wait_shown("#method-error")
        self.assertEqual(self.count_orders(), 0)

    def test_methods_of_the_country(self):
        self.begin_with_cart(language="en")
        self.check_out(self.mouse, method="direct-debit")
        self.choose_country("BE")
        self.assertFalse(self.browser.find_all("#methods input[value=direct-debit]"))
        self.assertRegex(self.browser.text("#method-hint"), "Not available in Belgium:.*Direct debit")
        self.assertFalse(self.browser.find_all("#methods input:checked"))
        self.mouse.press("#step-checkout .primary")
        self.browser.wait_shown("#method-error")
        self.assertEqual(self.count_orders(), 0)

    def choose_country(self, country):
        self.browser.run("const c = arguments[0]; c.value = arguments[1]; c.dispatchEvent(new Event('change', { bubbles: true }))",
                         self.browser.find("#country"), country)
        self.browser.wait("!document.querySelector('[aria-busy]') && document.activeElement.matches('#country')")

    def test_not_sold_in_the_country(self):
        """In pounds the catalog has one offer less: the order leaves it out, and the cart keeps it."""
        peer = self.enterContext(Peer(demo=True))
        catalog = peer.directory / "catalog.conf"
        catalog.write_text(catalog.read_text(encoding="utf-8").replace("Price-GBP=5999\n", ""), encoding="utf-8")
        peer.child.stop()
        peer.start()
        self.browser.begin(f"http://127.0.0.1:{peer.port}", memory={
            "cart": [{"offer": OFFER, "quantity": 1}, {"offer": "password-safe-1-1y", "quantity": 1}]})
        self.mouse = Mouse(self.browser)
        self.check_out(self.mouse)
        self.choose_country("GB")
        self.assertIn("1 product in your cart is not sold in United Kingdom", self.browser.text("#step-checkout .missing"))
        self.assertEqual(self.browser.text("#step-checkout .total dd"), "£12.99")
        self.order(self.mouse)
        self.browser.driver.back()
        self.browser.wait("location.hash === '#checkout' && document.querySelector('#country').value === 'GB'")
        self.assertFalse(self.browser.find("#step-checkout .primary").is_enabled())
        self.choose_country("NL")
        self.assertEqual(len(self.browser.find_all("#step-checkout .summary li")), 1)
        self.assertTrue(self.browser.find("#step-checkout .primary").is_enabled())

    def test_too_many_numbers(self):
        peer = self.enterContext(Peer(demo=True))
        self.browser.begin(f"http://127.0.0.1:{peer.port}")
        answers = [peer.request("POST", "/numbers/check", {"number": f"1111-22{i:04}-33333333"}).status for i in range(61)]
        self.assertIn(429, answers)
        self.browser.fill("#number", self.number)
        Mouse(self.browser).press("#step-number form .primary")
        self.browser.wait("document.querySelector('#number-error').textContent.includes('Too many attempts')")

    def test_changed_price(self):
        """What another price than the service's own brings: nothing is ordered, the right one is shown."""
        self.begin_with_cart()
        self.check_out(self.mouse)
        self.browser.run("const post = fetch; window.fetch = (url, options) => post(url, options?.method === 'POST'"
                         " ? { ...options, body: options.body.replace(/\"price\":\\d+/, '\"price\":1') } : options)")
        self.mouse.press("#step-checkout .primary")
        self.browser.wait("document.querySelector('#problem').textContent.includes('price has changed')")
        self.browser.driver.refresh()
        self.browser.wait_ready()
        self.order(self.mouse)

    def test_no_network(self):
        self.begin_with_cart()
        self.check_out(self.mouse)
        self.set_offline(True)
        self.mouse.press("#step-checkout .primary")
        self.browser.wait_shown("#problem")
        self.set_offline(False)
        self.order(self.mouse)
        self.browser.complaints.clear()

    def set_offline(self, offline):
        self.browser.command("Network.enable")
        self.browser.command("Network.emulateNetworkConditions", offline=offline, latency=0, downloadThroughput=-1,
                             uploadThroughput=-1)
        self.browser.collect()
        self.browser.complaints = [text for text in self.browser.complaints if "ERR_INTERNET_DISCONNECTED" not in text]

    def test_order_of_nobody(self):
        self.begin()
        for page in ("pay", "thanks"):
            for secret in ("", "#", "#1.2", "#nothing"):
                with self.subTest(page + secret):
                    self.browser.driver.get("about:blank")
                    self.browser.open(f"/shop/{page}.html{secret}")
                    self.browser.wait_shown("#problem")
                    self.assertFalse(self.browser.is_shown("#order"))


if __name__ == "__main__":
    tap.main()

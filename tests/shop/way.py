# SPDX-License-Identifier: GPL-3.0-or-later
"""The way through the shop, from the license number to the page that thanks, in a browser against the real service."""

import unittest

from selenium.webdriver.common.keys import Keys

from service.peer import Peer
from shop.browser import PHONE, WIDE, Browser
from shop.hands import HANDS, Mouse
from support import tap

LANGUAGES = ("en", "nl", "ru")
EMAIL = "jan@example.nl"
PRODUCT = "internet-security"
OFFER = "internet-security-3-2y"
LINES = "#step-cart .lines li"

# What stands on the page that thanks, so that it is known to be in that language.
THANKS = {"en": "Thank you for your order", "nl": "Bedankt voor uw bestelling", "ru": "Спасибо за заказ"}


peer = browser = None


def setUpModule():
    global peer, browser
    peer = unittest.enterModuleContext(Peer(demo=True))
    browser = Browser()
    unittest.addModuleCleanup(browser.close)


class ShopTest(unittest.TestCase):
    """Each case begins as a person who comes for the first time, with the same service and browser."""

    @classmethod
    def setUpClass(cls):
        cls.peer, cls.browser = peer, browser
        cls.origin = f"http://127.0.0.1:{peer.port}"
        cls.number = peer.show(peer.codes["one-year"])["number"]

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


class WayTest(ShopTest):
    def test_whole_way(self):
        rows = (("en", WIDE, "mouse"), ("en", PHONE, "keys"), ("nl", PHONE, "mouse"), ("nl", WIDE, "keys"),
                ("ru", WIDE, "mouse"), ("ru", PHONE, "keys"))
        for language, width, by in rows:
            with self.subTest(language=language, width=width, by=by):
                self.begin(width=width, language=language)
                self.go(HANDS[by](self.browser), language)

    def go(self, hand, language):
        browser = self.browser
        self.judge("body")
        self.check_number(hand)
        self.judge()
        self.choose_product(hand)
        self.judge()
        self.choose(hand)
        self.judge()
        self.assertEqual(len(browser.find_all(LINES)), 1)
        self.check_out(hand)
        self.judge("input")
        self.order(hand)
        self.judge()
        hand.press("#pay")
        browser.wait_page("thanks.html")
        self.judge()
        self.assertEqual(browser.text("h1"), THANKS[language])
        self.assertEqual(browser.run("return document.documentElement.lang"), language)
        browser.wait("/^(paid|delivered)$/.test(document.querySelector('.state').dataset.state)")

    def judge(self, focus="h1"):
        """Nothing is cut off, all has a name, and the keys go on from the heading."""
        self.assertEqual(self.browser.get_cut(), [])
        self.assertEqual(self.browser.get_nameless(), [])
        self.assertTrue(self.browser.has_focus(focus))

    def test_without_a_number(self):
        self.begin()
        self.mouse.press("#new-license")
        self.browser.wait_step("product")
        self.assertFalse(self.browser.is_shown("#step-product .license"))
        self.choose_product(self.mouse)
        self.assertIsNone(self.browser.text(".price .saved"))
        self.choose(self.mouse, devices=1, years=1)
        self.check_out(self.mouse)
        self.order(self.mouse)
        self.mouse.press("#pay")
        self.browser.wait_page("thanks.html")
        self.browser.wait_shown("#codes .code")

    def test_price_follows(self):
        self.begin()
        self.check_number(self.mouse)
        self.choose_product(self.mouse)
        prices = []
        for devices in (1, 3, 5):
            for years in (1, 2):
                self.mouse.choose("#devices", devices)
                self.mouse.choose("#years", years)
                prices.append(self.browser.text(".price .amount"))
                self.assertTrue(self.browser.is_shown(".price .saved"), "the discount of a renewal")
        self.assertEqual(len(set(prices)), 6)
        self.browser.open("/shop/?lang=ru" + self.browser.run("return location.hash"))
        self.assertIn("5", self.browser.text("#devices input:checked + span"))
        self.assertRegex(self.browser.text(".price .amount"), r"^[\d\s\u00a0]+,\d\d\s€$")


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


class OnceTest(ShopTest):
    """Back, reload, double clicks and several tabs: nothing is lost, and nothing bought twice."""

    def test_back_at_each_step(self):
        self.begin()
        driver = self.browser.driver
        self.fill_cart()
        self.check_out(self.mouse)
        for step in ("cart", "choice", "product", "number"):
            driver.back()
            self.browser.wait_step(step)
        self.assertEqual(self.browser.find("#number").get_attribute("value"), self.number)
        for step in ("product", "choice", "cart", "checkout"):
            driver.forward()
            self.browser.wait_step(step)
        self.assertEqual(self.browser.find("#email").get_attribute("value"), EMAIL)
        self.order(self.mouse)
        driver.back()
        self.browser.wait("location.hash === '#cart' && document.querySelector('#open-order').checkVisibility()")
        self.assertTrue(self.browser.is_shown("#step-cart .empty"))
        self.mouse.press("#open-order a")
        self.browser.wait_page("pay.html")
        self.mouse.press("#pay")
        self.browser.wait_page("thanks.html")
        driver.back()
        self.browser.wait("location.hash === '#cart' && !document.querySelector('#open-order').checkVisibility()")
        self.assertEqual(self.count_orders(), 1)

    def test_choosing_again(self):
        """Going back to the choice changes the line, and adds none."""
        self.begin()
        self.fill_cart()
        before = self.browser.text(".lines .amount")
        self.browser.driver.back()
        self.browser.wait_step("choice")
        self.assertEqual(self.browser.find("#devices input:checked").get_attribute("value"), "3")
        self.choose(self.mouse, devices=5, years=1)
        self.assertEqual(len(self.browser.find_all(LINES)), 1)
        self.assertNotEqual(self.browser.text(".lines .amount"), before)

    def test_reload_at_each_step(self):
        self.begin()
        driver = self.browser.driver
        self.browser.fill("#number", "4821-30")
        driver.refresh()
        self.browser.wait_ready()
        self.assertEqual(self.browser.find("#number").get_attribute("value"), "4821-30")
        self.check_number(self.mouse)
        driver.refresh()
        self.browser.wait_ready()
        self.assertIn(self.number, self.browser.text("#step-product .license"))
        self.choose_product(self.mouse)
        self.mouse.choose("#devices", 5)
        driver.refresh()
        self.browser.wait_ready()
        self.choose(self.mouse, devices=5)
        driver.refresh()
        self.browser.wait_ready()
        self.assertEqual(len(self.browser.find_all(LINES)), 1)
        self.check_out(self.mouse)
        driver.refresh()
        self.browser.wait_ready()
        self.assertEqual(self.browser.find("#email").get_attribute("value"), EMAIL)
        self.order(self.mouse)
        driver.refresh()
        self.browser.wait_page("pay.html")
        self.mouse.press("#pay")
        self.browser.wait_page("thanks.html")
        driver.refresh()
        self.browser.wait_page("thanks.html")
        self.assertTrue(self.browser.is_shown(".state"))

    def test_double_clicks(self):
        self.begin_with_cart()
        self.check_out(self.mouse)
        self.browser.double_click("#step-checkout .primary")
        self.browser.wait_page("pay.html")
        self.assertEqual(self.count_orders(), 1)
        self.browser.double_click("#pay")
        self.browser.wait_page("thanks.html")
        self.assertEqual(self.browser.count("POST", "/payments"), 1)

    def test_order_from_two_tabs(self):
        self.begin_with_cart()
        self.check_out(self.mouse)
        first, second = self.open_second("/shop/#checkout")
        self.assertEqual(self.browser.find("#email").get_attribute("value"), EMAIL)
        self.browser.run("document.querySelector('#step-checkout form').requestSubmit()")
        self.browser.driver.switch_to.window(first)
        self.browser.run("document.querySelector('#step-checkout form').requestSubmit()")
        self.browser.wait("location.pathname.endsWith('pay.html') || document.querySelector('#open-order').checkVisibility()")
        self.browser.driver.switch_to.window(second)
        self.browser.wait("location.pathname.endsWith('pay.html') || document.querySelector('#open-order').checkVisibility()")
        self.assertEqual(len(self.list_open_orders()), 1)

    def test_payment_from_two_tabs(self):
        self.begin_with_cart()
        self.check_out(self.mouse)
        self.order(self.mouse)
        address = self.browser.run("return location.pathname + location.hash")
        first, second = self.open_second(address)
        self.mouse.press("#pay")
        self.browser.wait_page("thanks.html")
        codes = [code.text for code in self.browser.find_all(".code")]
        self.browser.driver.switch_to.window(first)
        self.browser.wait_page("thanks.html")  # It noticed by itself.
        self.assertEqual([code.text for code in self.browser.find_all(".code")], codes)
        self.browser.driver.switch_to.window(second)

    def test_cart_in_two_tabs(self):
        self.begin_with_cart()
        first, second = self.open_second("/shop/#cart")
        self.mouse.press(".lines .tools button")
        self.browser.wait_shown("#step-cart .empty")
        self.browser.driver.switch_to.window(first)
        self.browser.wait_shown("#step-cart .empty")
        self.browser.driver.switch_to.window(second)
        self.mouse.press(".undo button")
        self.browser.wait(f"document.querySelectorAll('{LINES}').length === 1")
        self.browser.driver.switch_to.window(first)
        self.browser.wait("document.querySelector('#step-cart .filled').checkVisibility()")

    def test_changing_the_order(self):
        self.begin_with_cart()
        self.check_out(self.mouse)
        self.order(self.mouse)
        self.mouse.press("#change button")
        self.browser.wait("location.hash === '#cart' && document.querySelector('#step-cart .filled').checkVisibility()")
        self.assertEqual(len(self.browser.find_all(LINES)), 1)
        self.assertEqual(self.list_open_orders(), [])

    def open_second(self, path):
        first = self.browser.driver.current_window_handle
        self.browser.driver.switch_to.new_window("tab")
        self.browser.open(path)
        return first, self.browser.driver.current_window_handle

    def list_open_orders(self):
        return self.browser.run("return JSON.parse(localStorage.getItem('prolong-shop')).orders")


class CartTest(ShopTest):
    def test_remove_and_undo_by_keys(self):
        self.begin_with_cart()
        keys = HANDS["keys"](self.browser)
        keys.press(".lines .tools button")
        self.browser.wait("document.activeElement.matches('.undo button')")
        self.assertIn("removed", self.browser.run("return document.querySelector('#spoken').textContent"))
        keys.press(".undo button")
        self.browser.wait("document.activeElement.matches('#step-cart h1')")
        self.assertEqual(len(self.browser.find_all(LINES)), 1)

    def test_quantity_and_second_product(self):
        self.begin_with_cart()
        once = self.total()
        self.browser.run("const s = arguments[0]; s.value = '2'; s.dispatchEvent(new Event('change', { bubbles: true }))",
                         self.browser.find("select.quantity"))
        self.browser.wait("document.activeElement.matches('select.quantity')")
        self.assertEqual(self.total(), 2 * once)
        self.mouse.press('#step-cart .filled a[href="#product"]')
        self.browser.wait_step("product")
        self.mouse.press('.products a[href="#choice/password-safe"]')
        self.browser.wait_step("choice")
        self.mouse.press("#step-choice .primary")
        self.browser.wait_step("cart")
        self.assertEqual(len(self.browser.find_all(LINES)), 2)
        self.assertGreater(self.total(), 2 * once)
        self.check_out(self.mouse)
        self.order(self.mouse)

    def total(self):
        return round(100 * float(self.browser.text("#step-cart .sums .total dd").strip("€").replace(",", "")))

    def test_change(self):
        self.begin_with_cart()
        self.mouse.press(".lines .tools a")
        self.browser.wait_step("choice")
        self.assertEqual(self.browser.find("#devices input:checked").get_attribute("value"), "3")
        self.assertEqual(self.browser.find("#years input:checked").get_attribute("value"), "2")


class FirstPageTest(ShopTest):
    """The pictures, the questions, and the switch of language."""

    def test_pictures_grow(self):
        self.begin()
        for i in self.list_pictures():
            self.browser.point_at("h1")
            self.browser.point_at(f".pictures li:nth-child({i}) button")
            self.wait_large(i)
            self.assertGreater(self.width_of(f".pictures li:nth-child({i}) .large svg"),
                               2 * self.width_of(f".pictures li:nth-child({i}) button svg"))
            self.assertEqual(self.browser.get_cut(), [])
        self.browser.point_at("h1")
        self.wait_small(i)
        self.browser.tab_to(".pictures li:nth-child(1) button")
        self.wait_large(1)
        self.browser.press(Keys.ESCAPE)
        self.wait_small(1)

    def test_pictures_grow_by_touch(self):
        self.begin(width=PHONE)
        self.browser.command("Emulation.setTouchEmulationEnabled", enabled=True)
        for i in self.list_pictures():
            self.touch("h1")
            self.touch(f".pictures li:nth-child({i}) button")
            self.wait_large(i)
            self.assertEqual(self.browser.get_cut(), [])
        self.touch(f".pictures li:nth-child({i}) .large")
        self.wait_small(i)
        self.browser.command("Emulation.setTouchEmulationEnabled", enabled=False)

    def list_pictures(self):
        found = self.browser.find_all(".pictures li")
        self.assertGreaterEqual(len(found), 2)
        return range(1, len(found) + 1)

    def wait_large(self, i):
        self.browser.wait(f"getComputedStyle(document.querySelector('.pictures li:nth-child({i}) .large')).opacity === '1'")

    def wait_small(self, i):
        self.browser.wait(f"getComputedStyle(document.querySelector('.pictures li:nth-child({i}) .large')).opacity === '0'")

    def width_of(self, selector):
        return self.browser.find(selector).rect["width"]

    def test_questions_answer(self):
        self.begin()
        answer = ".faq li:nth-child({}) p".format
        self.browser.point_at(".faq li:nth-child(3) button")
        self.browser.wait_shown(answer(3))
        self.assertFalse(self.browser.is_shown(answer(1)))
        self.browser.tab_to(".faq li:nth-child(5) button")
        self.browser.wait_shown(answer(5))
        self.begin(width=PHONE)
        self.browser.command("Emulation.setTouchEmulationEnabled", enabled=True)
        self.touch(".faq li:nth-child(4) button")
        self.browser.wait_shown(answer(4))
        self.browser.command("Emulation.setTouchEmulationEnabled", enabled=False)

    def touch(self, selector):
        x, y = self.browser.run("const e = document.querySelector(arguments[0]); e.scrollIntoView({ block: 'center' });"
                                "const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]", selector)
        self.browser.command("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.browser.command("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def test_switch_of_language(self):
        self.begin(language="en")
        self.browser.fill("#number", "48")
        self.mouse.press('.languages [lang="nl"]')
        self.browser.wait("document.querySelector('h1').textContent === 'Uw licentie verlengen'")
        self.assertEqual(self.browser.find("#number").get_attribute("value"), "48")
        self.assertTrue(self.browser.has_focus('.languages [lang="nl"]'))
        self.browser.open("/shop/")
        self.assertEqual(self.browser.text("h1"), "Uw licentie verlengen")

    def test_language_of_the_browser(self):
        for tags, heading in (("ru-RU,ru", "Продление лицензии"), ("fr,nl-BE", "Uw licentie verlengen"), ("fr", "Renew your license")):
            with self.subTest(tags):
                self.begin()
                self.browser.command("Network.setUserAgentOverride", userAgent="test", acceptLanguage=tags)
                self.browser.run("localStorage.clear()")
                self.browser.open("/shop/")
                self.assertEqual(self.browser.text("h1"), heading)
        self.browser.command("Network.setUserAgentOverride", userAgent="test", acceptLanguage="en")

    def test_mail_again(self):
        self.begin(language="en")
        self.mouse.press('footer a[href="#mail"]')
        self.browser.wait_step("mail")
        self.browser.fill("#mail", "nobody")
        self.mouse.press("#step-mail .primary")
        self.browser.wait_shown("#mail-error")
        self.browser.fill("#mail", "nobody@example.nl")
        self.mouse.press("#step-mail .primary")
        self.browser.wait("document.querySelector('#step-mail .done').textContent.includes('If there is a license')")


class PaymentTest(ShopTest):
    def test_bank_transfer(self):
        self.begin_with_cart(language="nl")
        self.check_out(self.mouse, method="bank-transfer")
        self.order(self.mouse)
        number = self.browser.run("return location.hash.slice(1).split('.')[0]")
        self.assertIn(number, self.browser.text("#bank"))
        self.assertFalse(self.browser.is_shown("#pay"))
        self.assertEqual(self.browser.get_cut(), [])
        self.mouse.press("#after")
        self.browser.wait_page("thanks.html")
        self.assertIn("We wachten op uw betaling", self.browser.text(".state"))
        self.peer.run("orders", "paid", number)
        self.browser.wait("/^(paid|delivered)$/.test(document.querySelector('.state').dataset.state)")


class LooksTest(ShopTest):
    """What the whole way, which looks at each page, does not come to."""

    def test_large_text(self):
        """Text twice as large, in the language with the longest words."""
        for step in ("number", "product", f"choice/{PRODUCT}", "cart", "checkout", "mail"):
            with self.subTest(step):
                self.begin_with_cart(language="ru")
                self.browser.run("location.hash = arguments[0]; document.documentElement.style.fontSize = '200%'", step)
                self.browser.wait(f"document.querySelector('#step-{step.split('/')[0]}').checkVisibility()"
                                  " && !document.querySelector('[aria-busy]')")
                self.assertEqual(self.browser.get_cut(), [])

    def test_other_vendor(self):
        """A shop in another currency, with fewer choices, and without the pictures of somebody else's product."""
        peer = self.enterContext(Peer(demo=True, vendor="orchard"))
        self.browser.begin(f"http://127.0.0.1:{peer.port}", language="nl")
        self.mouse = Mouse(self.browser)
        self.assertEqual(self.browser.text("#vendor"), "Orchard Software")
        self.assertEqual(self.browser.text("#help"), "help@orchard.example")
        self.assertEqual(len(self.browser.find_all(".pictures li")), 2)
        self.mouse.press("#new-license")
        self.browser.wait_step("product")
        self.mouse.press('.products a[href="#choice/photo-orchard"]')
        self.browser.wait_step("choice")
        self.assertRegex(self.browser.text(".price .amount"), r"^£\s19,99$")
        self.mouse.choose("#devices", 5)
        self.assertEqual(self.browser.find("#years input:checked").get_attribute("value"), "2", "what goes with it")
        self.mouse.press("#step-choice .primary")
        self.browser.wait_step("cart")
        self.check_out(self.mouse)
        self.order(self.mouse)


if __name__ == "__main__":
    tap.main()

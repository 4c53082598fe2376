# SPDX-License-Identifier: GPL-3.0-or-later
"""The way through the shop, from the license number to the page that thanks, in a browser against the real service."""

from selenium.webdriver.common.keys import Keys

from service.peer import Peer
from shop.case import PRODUCT, LINES, ShopTest, setUpModule  # noqa: F401
from shop.hands import HANDS, Mouse
from support import tap
from support.browser import PHONE, WIDE

LANGUAGES = ("en", "nl", "ru")

# What stands on the page that thanks, so that it is known to be in that language.
THANKS = {"en": "Thank you for your order", "nl": "Bedankt voor uw bestelling", "ru": "Спасибо за заказ"}


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

    def test_shops_near_the_reader(self):
        """Those of the vendor profile that sell in the country."""
        for country, shops in (("NL", ["Computer Corner"]), ("BE", ["Computer Corner"]), ("DE", [])):
            with self.subTest(country):
                self.begin(memory={"country": country})
                self.browser.run("location.hash = 'number'")
                self.browser.wait_step("number")
                self.assertEqual(self.browser.texts("#partners li"), shops)
                self.assertEqual(self.browser.is_shown("#partners"), bool(shops))

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


    def test_delivered_later(self):
        """By the policy of this vendor a renewal comes a week before the new period, and the page says when."""
        peer = self.enterContext(Peer(demo=True, vendor="orchard"))
        code = peer.codes["one-year"]
        self.assertEqual(peer.activate(peer.ask(code, product="photo-orchard", product_version="7.2")).status, 200)
        self.browser.begin(f"http://127.0.0.1:{peer.port}")
        self.mouse = Mouse(self.browser)
        self.browser.fill("#number", peer.show(code)["number"])
        self.mouse.press("#step-number form .primary")
        self.browser.wait_step("product")
        self.mouse.press('.products a[href="#choice/photo-orchard"]')
        self.browser.wait_step("choice")
        self.mouse.press("#step-choice .primary")
        self.browser.wait_step("cart")
        self.check_out(self.mouse)
        self.assertIn("7 days before the new period", self.browser.text("#delivery"))
        self.order(self.mouse)
        self.mouse.press("#pay")
        self.browser.wait_page("thanks.html")
        self.assertRegex(self.browser.text(".state"), r"^Your payment has come in\. You get your license on \d+ \w+ 20\d\d\.$")
        self.assertFalse(self.browser.is_shown("#codes"))


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
        self.assertEqual(self.browser.text("#vendor"), "Boomgaard Software")
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

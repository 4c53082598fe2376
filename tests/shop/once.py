# SPDX-License-Identifier: GPL-3.0-or-later
"""The cart; and back, reload, double clicks and several tabs: nothing is lost, and nothing bought twice."""

from shop.case import EMAIL, LINES, ShopTest, setUpModule  # noqa: F401
from shop.hands import HANDS
from support import tap


FULL = 6995  # without a discount, in cents


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
        codes = self.browser.texts(".code")
        self.browser.driver.switch_to.window(first)
        self.browser.wait_page("thanks.html")  # It noticed by itself.
        self.assertEqual(self.browser.texts(".code"), codes)
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
        self.browser.wait(f"location.hash === '#cart' && document.querySelectorAll('{LINES}').length === 1")
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
        self.assertFalse(self.browser.is_shown("#step-cart .once"))
        self.browser.run("const s = arguments[0]; s.value = '2'; s.dispatchEvent(new Event('change', { bubbles: true }))",
                         self.browser.find("select.quantity"))
        self.browser.wait("document.activeElement.matches('select.quantity')")
        self.assertEqual(self.total(), once + FULL, "the renewal discount counts for one piece")
        self.assertTrue(self.browser.is_shown("#step-cart .once"))
        self.mouse.press('#step-cart .filled a[href="#product"]')
        self.browser.wait_step("product")
        self.mouse.press('.products a[href="#choice/password-safe"]')
        self.browser.wait_step("choice")
        self.mouse.press("#step-choice .primary")
        self.browser.wait_step("cart")
        self.assertEqual(len(self.browser.find_all(LINES)), 2)
        self.assertEqual(self.browser.find_all("#step-cart .lines li:last-child .amount s"), [], "at its full price")
        self.assertGreater(self.total(), once + FULL)
        self.check_out(self.mouse)
        self.order(self.mouse)
        self.assertEqual(len(self.browser.find_all(".summary li")), 3, "each price is a line")

    def total(self):
        return round(100 * float(self.browser.text("#step-cart .sums .total dd").strip("€").replace(",", "")))

    def test_change(self):
        self.begin_with_cart()
        self.mouse.press(".lines .tools a")
        self.browser.wait_step("choice")
        self.assertEqual(self.browser.find("#devices input:checked").get_attribute("value"), "3")
        self.assertEqual(self.browser.find("#years input:checked").get_attribute("value"), "2")


if __name__ == "__main__":
    tap.main()

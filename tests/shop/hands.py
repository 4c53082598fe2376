# SPDX-License-Identifier: GPL-3.0-or-later
"""The same deeds by mouse and by keys alone."""

from selenium.webdriver.common.keys import Keys

SELECT_ALL = (Keys.CONTROL, "a")


class Mouse:
    def __init__(self, browser):
        self.browser = browser

    def press(self, selector):
        self.browser.click(selector)

    def type(self, selector, text):
        self.browser.fill(selector, text)

    def choose(self, group, value):
        """One of several radio buttons."""
        self.browser.click(f'{group} label:has(input[value="{value}"])')


class Keyboard:
    def __init__(self, browser):
        self.browser = browser

    def press(self, selector):
        self.browser.tab_to(selector)
        self.browser.press(Keys.ENTER)

    def type(self, selector, text):
        self.browser.tab_to(selector)
        self.browser.actions().key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(text).perform()

    def choose(self, group, value):
        wanted = f'{group} input[value="{value}"]'
        self.browser.tab_to(f"{group} input")
        if self.browser.has_focus(wanted) and not self.browser.find_all(f"{group} input:checked"):
            self.browser.press(Keys.SPACE)
        for _ in self.browser.find_all(f"{group} input"):
            if self.browser.has_focus(wanted):
                return
            self.browser.press(Keys.ARROW_DOWN)
        raise AssertionError(f"the arrow keys do not lead to {wanted}")


HANDS = {"mouse": Mouse, "keys": Keyboard}

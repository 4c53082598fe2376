# SPDX-License-Identifier: GPL-3.0-or-later
"""A Chromium without a window, driven as a person would: by mouse, by keys, and by looking at what is shown.

Nothing here asks again and again: a wait ends with the change of the page that makes it true.
"""

import json
import re
import tempfile
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.common.exceptions import JavascriptException, NoSuchElementException, TimeoutException
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from . import paths

WIDE = 1100
PHONE = 360

WAIT = """
const done = arguments[arguments.length - 1];
const look = () => {
  let value = null;
  try { value = (%s); } catch { return; }
  if (value) { observer.disconnect(); done(value); }
};
const observer = new MutationObserver(look);
observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
for (const name of ['focusin', 'hashchange', 'input', 'change', 'transitionend']) addEventListener(name, look);
look();
"""

SHOWN = """
const found = document.querySelector(%s);
return Boolean(found && found.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }));
"""

# What sticks out of the screen or of its own box, and words in a drawing that leave it.
CUT = """
const found = [];
const describe = (element) => `${element.tagName} ${element.className?.baseVal ?? element.className}: ${element.textContent.trim().slice(0, 60)}`;
if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
for (const element of document.querySelectorAll('body *')) {
  if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || element.closest('.spoken, .skip')) continue;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!hasText || style.clipPath !== 'none') continue;
  if (box.left < -0.5 || box.right > innerWidth + 0.5) found.push(`off the screen: ${describe(element)}`);
  if (element.ownerSVGElement) {
    const whole = element.ownerSVGElement.getBoundingClientRect();
    const frame = 10 / 320 * whole.width;
    if (box.left < whole.left + frame || box.right > whole.right - frame) found.push(`out of its drawing: ${describe(element)}`);
  } else if (style.display !== 'inline' && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2)) {
    found.push(`cut: ${describe(element)}`);
  }
}
const labels = [...document.querySelectorAll('.pictures button svg')].flatMap((svg) => {
  const texts = [...svg.querySelectorAll('text')].map((text) => [text, text.getBoundingClientRect()]);
  return texts.flatMap(([a, p], i) => texts.slice(i + 1).filter(([, q]) =>
    p.left < q.right && q.left < p.right && p.top + 1 < q.bottom && q.top + 1 < p.bottom).map(([b]) => `${a.textContent} on ${b.textContent}`));
});
return [...found, ...labels];
"""

# What a screen reader would find without a name.
NAMELESS = """
const name = (element) => element.getAttribute('aria-label') || element.labels?.[0]?.textContent.trim() || element.textContent.trim();
return [...document.querySelectorAll('a, button, input, select, nav')]
  .filter((element) => element.checkVisibility() && !name(element)).map((element) => element.outerHTML)
  .concat([...document.querySelectorAll('img:not([alt])')].map((element) => element.outerHTML))
  .concat([...document.querySelectorAll('[aria-describedby]')].flatMap((element) =>
    element.getAttribute('aria-describedby').split(' ').filter((id) => !document.getElementById(id))))
  .concat(document.querySelectorAll('main h1').length === 0 ? ['no heading'] : []);
"""


class Browser:
    """One browser for all tests of a module; each test begins with an empty memory."""

    def __init__(self):
        self.home = tempfile.TemporaryDirectory(prefix="prolong-browser-")
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en",
                         "--no-first-run", "--disable-background-networking", f"--user-data-dir={self.home.name}"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_script_timeout(paths.LIMIT)
        self.origin = None
        self.requests = []  # of all that was asked for: (method, address)
        self.complaints = []  # in the console

    def close(self):
        self.driver.quit()
        self.home.cleanup()

    def begin(self, origin, width=WIDE, language="en", dark=False, memory=None):
        """Forgets all, and opens the shop as somebody does who comes for the first time, or who has put something into
        the cart, as MEMORY says."""
        self.collect()
        self.requests, self.complaints = [], []
        self.origin = origin
        for handle in self.driver.window_handles[1:]:
            self.driver.switch_to.window(handle)
            self.driver.close()
        self.driver.switch_to.window(self.driver.window_handles[0])
        self.command("Storage.clearDataForOrigin", origin=origin, storageTypes="all")
        self.set_width(width)
        self.command("Emulation.setEmulatedMedia",
                     features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.driver.get(origin + "/shop/icon.svg")
        if memory:
            self.run("localStorage.setItem('prolong-shop', JSON.stringify(arguments[0]))", memory)
        self.open(f"/shop/?lang={language}{'#cart' if memory else ''}")

    def command(self, name, **arguments):
        return self.driver.execute_cdp_cmd(name, arguments)

    def set_width(self, width):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1,
                     mobile=width == PHONE)

    def open(self, path):
        self.visit(self.origin + path)

    def visit(self, address):
        self.driver.get(address)
        self.wait_ready()

    # Looking

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait(self, condition):
        """Waits until the expression in JavaScript is true, on this page or on one that follows; returns its value."""
        while True:
            try:
                return self.driver.execute_async_script(WAIT % condition)
            except JavascriptException as error:
                if "unload" not in str(error) and "navigat" not in str(error):
                    raise
            except TimeoutException:
                if self.run(f"return Boolean({condition})"):
                    return True  # The driver lost the answer of a page that went away.
                place, text = self.run("return [location.href, document.body.innerText]")
                raise AssertionError(f"waited in vain for {condition} at {place}, where stands:\n{text}") from None

    def wait_ready(self):
        self.wait("document.documentElement.dataset.ready !== undefined && !document.querySelector('[aria-busy]')")

    def wait_step(self, name):
        """Until a step of the order is shown, whole, with the focus in its heading."""
        self.wait(f"!document.querySelector('[aria-busy]')"
                  f" && document.activeElement === document.querySelector('#step-{name} h1')")

    def wait_page(self, name):
        self.wait(f"location.pathname.endsWith('/{name}') && document.documentElement.dataset.ready !== undefined")

    def wait_shown(self, selector):
        self.wait(f"document.querySelector({json.dumps(selector)})?.checkVisibility()")

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def find_all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def is_shown(self, selector):
        return self.run(SHOWN % json.dumps(selector))

    def text(self, selector):
        try:
            return self.find(selector).text
        except NoSuchElementException:
            return None

    def texts(self, selector):
        return self.run("return [...document.querySelectorAll(arguments[0])].map((element) => element.textContent)", selector)

    def has_focus(self, selector):
        return self.run("return document.activeElement.matches(arguments[0])", selector)

    # Doing

    def actions(self):
        return ActionChains(self.driver, duration=0)

    def click(self, selector):
        self.find(selector).click()

    def double_click(self, selector):
        self.actions().double_click(self.find(selector)).perform()

    def point_at(self, selector):
        self.actions().move_to_element(self.find(selector)).perform()

    def fill(self, selector, text):
        field = self.find(selector)
        field.clear()
        field.send_keys(text)

    def press(self, *keys):
        self.actions().send_keys(*keys).perform()

    def tab_to(self, selector, limit=60):
        """Goes on by the Tab key until the focus is on SELECTOR."""
        for _ in range(limit):
            if self.has_focus(selector):
                return
            self.press(Keys.TAB)
        raise AssertionError(f"the Tab key does not lead to {selector}")

    # Judging

    def collect(self):
        """Takes what the browser noted meanwhile."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                request = message["params"]["request"]
                self.requests.append((request["method"], request["url"]))
        self.complaints += [entry["message"] for entry in self.driver.get_log("browser")]

    def get_strangers(self):
        """What was asked for elsewhere."""
        self.collect()
        return [url for _, url in self.requests
                if not url.startswith(self.origin + "/") and urlsplit(url).scheme not in ("about", "data", "blob", "chrome")]

    def get_complaints(self):
        """What the console tells, apart from refusals of the service, which the page itself tells the person."""
        self.collect()
        return [text for text in self.complaints if "Failed to load resource" not in text or not re.search("/v1/|/favicon.ico", text)]

    def count(self, method, path):
        self.collect()
        return sum(1 for verb, url in self.requests if verb == method and urlsplit(url).path.endswith(path))

    def get_cut(self):
        return self.run(CUT)

    def get_nameless(self):
        return self.run(NAMELESS)

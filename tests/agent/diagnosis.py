# SPDX-License-Identifier: GPL-3.0-or-later
"""The diagnosis of a device full of codes, tickets and names has none of them: every field of every file is searched."""

import json
import os
import pwd
import socket
import unittest

from fault_matrix import KILLABLE

from support import tap
from support.agent import Agent, Problem
from support.proxy import Proxy, answer
from support.service import Service
from support.session import Session

PRODUCT = "internet-security"
DEVICE = "Canary-Zolder of Marijke"
PERSON = "Marijke Kanarievogel"
EMAIL = "marijke@kanarie.example"
ORDER = "A221234065"

# What is in the files and may be told: words that Prolong or the profile chose.
PLAIN = {"demo", "orchard", PRODUCT, "Internet Security", "password-safe", "commercial", "subscription", "EUR", "license",
         "service-unavailable", "code-unknown", "refused", "sending", "waiting", "open", "pending", "reserve",
         "activation"}


def strings(value):
    if isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, str):
        yield value


class Diagnosis(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Session(env={"XDG_CURRENT_DESKTOP": f"XFCE:{EMAIL}"}))
        self.service = self.enterContext(Service(self.session, directory=True))
        self.middle = self.enterContext(Proxy(self.service))
        self.service.install_profile(url=self.middle.url)
        self.agent = self.enterContext(Agent(self.session, program=KILLABLE, env={"PROLONG_TEST_CHANCE": "0"}))

    def fill(self):
        """A license, reserve codes, an order, a refusal, a code that waits, and an unsent support request."""
        agent, service = self.agent, self.service
        self.canaries = {"device": DEVICE, "person": PERSON, "address": EMAIL, "order": ORDER}
        agent.manager("SetDeviceName", "(s)", DEVICE)
        agent.manager("SetEmail", "(s)", EMAIL)
        for name in ("license", "reserve", "blocked", "unsent", "typed", "version"):
            self.canaries[name] = service.issue(product="password-safe" if name == "unsent" else PRODUCT)
        service.block(self.canaries["blocked"])
        license = agent.activate(self.canaries["license"], product=PRODUCT)
        self.canaries["number"], self.canaries["activation"] = license["Number"], license["Id"]
        agent.wait_for_step(agent.add_code(self.canaries["reserve"], product=PRODUCT), "done")
        agent.wait_for_step(agent.add_code(self.canaries["blocked"], product=PRODUCT), "refused")
        agent.register_product("demo", PRODUCT, self.canaries["version"])
        _, self.canaries["payment"] = agent.order(license["Number"], email=EMAIL)
        self.canaries["token"] = self.canaries["payment"].split(".")[-1]
        self.middle.on("POST", "/(support-requests|activations|preflights)$", answer(503))
        agent.wait_for_step(agent.add_code(self.canaries["unsent"], product="password-safe"), "waiting")
        agent.write_to_support(name=PERSON, email=EMAIL, order_number=ORDER, license_number=license["Number"],
                               message=f"My code {self.canaries['typed']} of {PERSON}, see {EMAIL}.")
        agent.wait_for_support(state="waiting")

    def spellings(self, value):
        return {value, value.replace("-", ""), value.replace("-", " "), value.lower(), value.upper()}

    def private(self):
        """Everything of the device that is nobody's business: what was put in, and what stands in each file."""
        found = dict(self.canaries)
        for path, content in self.session.read_files(self.session.home / "state/prolong").items():
            text = content.decode()
            for number, value in enumerate(strings(json.loads(text) if text.startswith("{") else text.split("="))):
                parts = () if value in PLAIN else (value, *value.split("."), *value.split())
                for part, text in enumerate(parts):
                    if len(text) > 5 and text not in PLAIN:
                        found[f"{path.name} {number}.{part}"] = text
        user = pwd.getpwuid(os.getuid())
        found.update(user=user.pw_name, home=user.pw_dir, host=socket.gethostname(), session=str(self.session.home))
        return found

    def test_nothing_private(self):
        self.fill()
        text = self.agent.diagnosis()
        private = self.private()
        self.assertGreater(len(private), 40, "the device is full")
        for name, value in private.items():
            for spelling in self.spellings(value):
                self.assertFalse(len(spelling) > 2 and spelling in text, f"{name} stands in the diagnosis:\n{text}")
        for word in (*DEVICE.split(), *PERSON.split()):
            self.assertFalse(len(word) > 2 and word.lower() in text.lower(), word)

    def test_what_it_tells(self):
        self.fill()
        text = self.agent.diagnosis()
        for line in ("Desktop: not told,", "Keyring: available", "Vendor: demo, service service-unavailable, profile added",
                     f"License: {PRODUCT}, commercial, active, days left 365", "  Devices: 1 of ", "  Further code: allowed",
                     f"Reserve code: {PRODUCT}, place 1,", f"Order: {PRODUCT}, ", ", open, failures 0, problem none",
                     "Support request: ", "waiting, reference none, failures 1, problem service-unavailable",
                     "Operation: activation, password-safe, waiting, failures 1, problem service-unavailable",
                     f"code, {PRODUCT}, code-blocked", "Product: password-safe, version"):
            self.assertIn(line, text)
        self.assertLess(len(text.encode()), 32 * 1024)

    def test_other_vendors(self):
        """Nobody's support learns what else is on the device."""
        with Service(self.session, directory=True, vendor="orchard") as orchard:
            self.agent.attach()
            self.agent.wait_for(lambda: len(self.agent.vendors()) == 2)
            self.agent.activate(self.service.issue(), vendor="demo", product=PRODUCT)
            text = self.agent.diagnosis("orchard")
            self.assertNotIn(PRODUCT, text)
            self.assertIn(f"Product: {orchard.product}", text)
            with self.assertRaises(Exception):
                self.agent.diagnosis("nobody")

    def test_seen_is_sent(self):
        """What the person was shown is sent, byte for byte; what somebody else put into it is not."""
        self.fill()
        self.middle.clear()
        sent = []
        self.middle.on("POST", "/support-requests$", lambda exchange: (
            sent.append(json.loads(exchange.request_body)), answer(503)(exchange)))
        text = self.agent.diagnosis()
        self.agent.write_to_support(diagnosis=text)
        self.assertEqual(sent[-1]["diagnosis"], text)
        self.agent.write_to_support(diagnosis=text + self.canaries["license"] + " " + self.canaries["number"])
        self.assertEqual(sent[-1]["diagnosis"], text + "••••• •••••")

    def test_codes_in_the_form(self):
        """Typed into the form, a code is told, and sent as dots."""
        code = self.service.issue()
        typed = f"I entered {code.lower()} twice, and my number is 4821-003918-55120734."
        self.assertEqual(self.agent.manager("HideSecrets", "(s)", typed), (typed.replace(code.lower(), "•••••"), 1))
        self.middle.on("POST", "/support-requests$", answer(503))
        self.agent.write_to_support(message=typed)
        self.assertEqual(self.agent.wait_for_support(state="waiting")["codes_hidden"], 1)
        exchange = next(e for e in self.middle.requests if e.path.endswith("/support-requests"))
        self.assertEqual(json.loads(exchange.request_body)["message"], typed.replace(code.lower(), "•••••"))
        for spelling in self.spellings(code):
            self.assertEqual(self.session.find_bytes(spelling, self.session.home / "state"), [])

    def test_fails_without_an_address(self):
        with self.assertRaises(Problem) as caught:
            self.agent.write_to_support(email="nobody")
        self.assertEqual(caught.exception.problem, "email-malformed")
        self.assertEqual(self.agent.support_requests(), [])


if __name__ == "__main__":
    tap.main()

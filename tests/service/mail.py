# SPDX-License-Identifier: GPL-3.0-or-later
"""E-mails through a real sendmail to a real SMTP server: they arrive, once, whatever is killed in between."""

import email.policy
import email.utils
import http.client
import os
import re
import signal
import sqlite3
import subprocess
import time
import unittest
import uuid
from datetime import datetime, timedelta, timezone

from peer import Peer, claims
from smtp import MailServer
from support import paths, tap
from support.process import Child

KILLABLE = paths.BUILD / "tests/service/killable-service"
READY = r"^Ready on http://127\.0\.0\.1:(\d+)/v1$"
FROM = "shop@vendor.example"
ANN = "ann@customer.example"
OFFER = "internet-security-3-2y"
DAY = 86400

# Where the service is on the way of an e-mail, and where a courier is.
OF_SERVICE = ("found", "started", "returned")
OF_COURIER = ("locked", "composed", "handing", "handed", "noted")


class Post(Peer):
    """The demo vendor, whose service sends by a real sendmail."""

    def __init__(self):
        super().__init__(demo=True)
        self.smtp = MailServer()
        self.directory.mkdir()
        self.configure(self.smtp.install(self.home))

    def configure(self, sendmail, limit=60):
        (self.directory / "service.conf").write_text(
            f"[Service]\nDemo=true\nVendor=demo\n\n[Mail]\nFrom={FROM}\nSendmail={sendmail}\nTimeLimit={limit}\n")

    def __exit__(self, *arguments):
        super().__exit__(*arguments)
        self.smtp.close()

    def start(self, **env):
        argv = [KILLABLE, "serve", "--demo", "--directory", self.directory, "--port", "0"]
        env = {**os.environ, "HOME": str(self.home), "PROLONG_LOCALE_DIR": str(paths.LOCALE_DIR), **env}
        self.child = Child(argv, env, self.log)
        self.port = int(self.child.wait_for_line(READY).group(1))
        for line in self.child.lines:
            if line.count("\t") == 2:
                self.codes[line.split("\t")[0]] = line.split("\t")[1]

    def restart(self, **env):
        if self.child.returncode is None:
            self.kill()
        self.start(**env)

    # What its processes tell

    def pids(self, point):
        """The processes that came to a point, in their order."""
        return [int(line.split()[2]) for line in self.child.lines if line.startswith(f"at {point} ")]

    def wait_for_point(self, point, times=1):
        self.child.wait_until(lambda: len(self.pids(point)) >= times, f"{times} times {point}")
        return self.pids(point)

    def settled(self, number):
        """Waits until NUMBER e-mails are over, and nobody is under way any more; their rows."""
        over = ("sent", "failed", "dropped")
        self.child.wait_until(lambda: len(self.pids("started")) == len(self.pids("returned"))
                              and len([row for row in self.list("--all") if row[2] in over]) >= number,
                              f"{number} e-mails to be over")
        return self.list("--all")

    # Orders

    def order(self, language="en", method="card", address=ANN, number=None, expect=201):
        price = self.price(number)
        body = {"email": address, "country": "NL", "language": language, "payment_method": method,
                "items": [{"offer": OFFER, "price": price, "quantity": 1}], "total": price}
        if number:
            body["number"] = number
        answer = self.request("POST", "/orders", body, {"Idempotency-Key": str(uuid.uuid4())})
        assert answer.status == expect, answer
        return answer.json

    def price(self, number):
        catalog = self.request("GET", "/catalog?country=NL" + (f"&number={number}" if number else "")).json
        return next(offer["price"] for product in catalog["products"] for offer in product["offers"]
                    if offer["id"] == OFFER)

    def pay(self, order):
        answer = self.request("POST", f"/orders/{order['number']}/payments", {"method": order["payment_method"]},
                              {"Authorization": "Bearer " + order["token"], "Idempotency-Key": str(uuid.uuid4())})
        assert answer.status == 200, answer
        return answer.json

    def bought(self, **more):
        """An order that is paid and delivered, all of whose e-mails have come; they are forgotten."""
        order = self.pay(self.order(**more))
        self.smtp.wait_for_mails(3)
        self.settled(3)
        self.smtp.mails.clear()
        return order

    # The queue

    def list(self, *words):
        """What `mails list` says, as (kind, order, state, attempts, reason)."""
        rows = [line.split("\t") for line in self.run("mails", "list", *words).splitlines()]
        return [(row[1], row[2], row[3], int(row[4]), row[6]) for row in rows]

    def retry_all(self):
        for line in self.run("mails", "list").splitlines():
            self.run("mails", "retry", line.split("\t")[0])

    def sql(self, text, *values):
        """Changes what the store knows: the past, that a test cannot wait for."""
        with sqlite3.connect(self.store) as database:
            database.execute(text, values)
        database.close()

    def send_again(self, **body):
        return self.request("POST", "/license-mails", body)


class MailTest(unittest.TestCase):
    def setUp(self):
        self.post = Post()
        self.addCleanup(self.post.__exit__)
        self.smtp = self.post.smtp

    def once(self, mails, number):
        self.assertEqual(len(mails), number, [mail.subject for mail in mails])
        self.assertEqual(len({mail.id for mail in mails}), number)


class Arrives(MailTest):
    WORDS = {"en": ("Your order", "Invoice", "Your activation code for", "Activation code:"),
             "nl": ("Uw bestelling", "Factuur", "Uw activatiecode voor", "Activatiecode:"),
             "ru": ("Ваш заказ", "Счёт", "Ваш код активации", "Код активации:")}

    VAT = {"en": "VAT 21%: €12.14\n", "nl": "btw 21%: €\u00a012,14\n", "ru": "НДС 21\u00a0%: 12,14\u00a0€\n"}
    NEWEST = {"en": "newest version 22.0\n", "nl": "nieuwste versie 22.0\n", "ru": "новейшая версия 22.0\n"}

    def test_in_three_languages(self):
        self.post.start()
        orders = {language: self.post.order(language, address=f"ann-{language}@customer.example") for language in self.WORDS}
        self.smtp.wait_for_mails(3)
        paid = {language: self.post.pay(order) for language, order in orders.items()}
        mails = self.smtp.wait_for_mails(9)
        self.post.settled(9)
        self.once(mails, 9)
        for language, (order, invoice, license, before) in self.WORDS.items():
            with self.subTest(language):
                to = f"ann-{language}@customer.example"
                mine = {mail.subject: mail for mail in mails if mail.to == [to]}
                self.assertEqual({mail.sender for mail in mine.values()}, {FROM})
                self.assertEqual({str(mail.parsed["Content-Language"]) for mail in mine.values()}, {language})
                number = orders[language]["number"]
                self.assertIn(orders[language]["payment_url"] + "\n", mine[f"{order} {number}"].text)
                self.assertRegex(mine[f"{invoice} {number}"].text, self.VAT[language])
                code, = paid[language]["codes"]
                said = next(mail for subject, mail in mine.items() if subject.startswith(license))
                self.assertRegex(said.text, self.NEWEST[language])
                for text in (said.text, said.html):
                    self.assertEqual(text.count(code["code"]), 1)
                    self.assertIn(code["license_number"], text)
                    self.assertIn("https://shop.example/download/internet-security", text)
                self.assertIn(f"{before}\n{code['code']}\n", said.text)
                self.assertEqual(self.post.activate(self.post.ask(code["code"])).status, 200)

    def test_bank_transfer(self):
        self.post.start()
        order = self.post.order("nl", "bank-transfer")
        mails = self.smtp.wait_for_mails(2)
        for mail in mails:
            self.assertIn("NL00 DEMO 0123 4567 89", mail.text)
            self.assertIn(order["number"], mail.text)
        self.post.run("orders", "paid", order["number"])
        mails = self.smtp.wait_for_mails(3)
        self.assertEqual(mails[2].subject, "Uw activatiecode voor Internet Security")
        self.post.settled(4)
        self.once(self.smtp.mails, 3)
        self.assertIn(("payment", order["number"], "dropped", 0, "-"), self.post.list("--all"))

    def test_a_bookkeeper_is_killed(self):
        """Between the commit and anything after it; the service hears of it at once, and not with its next look."""
        self.post.start()
        order = self.post.order(method="bank-transfer")
        self.smtp.wait_for_mails(2)
        self.post.settled(2)
        done = subprocess.run([KILLABLE, "orders", "paid", "--directory", self.post.directory, order["number"]],
                              env={**os.environ, "PROLONG_TEST_END_AT": "committed"}, check=False, capture_output=True)
        self.assertEqual(done.returncode, -signal.SIGKILL)
        self.assertEqual(self.smtp.wait_for_mails(3)[2].subject, "Your activation code for Internet Security")

    def test_a_week_before(self):
        self.post.start()
        catalog = self.post.directory / "catalog.conf"
        catalog.write_text(catalog.read_text().replace("Delivery=at-once", "Delivery=week-before"))
        self.post.restart()
        held = [self.post.activate(self.post.ask(code)).json for code in self.post.issue("--count", "2")]
        first, second = (claims(license["ticket"])["license"]["number"] for license in held)
        card, bank = self.post.order("en", number=first), self.post.order("en", "bank-transfer", number=second)
        self.smtp.wait_for_mails(3)
        self.assertEqual(self.post.pay(card)["state"], "paid")
        self.post.run("orders", "paid", bank["number"])
        self.post.settled(5)
        mails = self.smtp.mails
        self.once(mails, 5)
        date = email.utils.format_datetime(datetime.now(timezone.utc) + timedelta(days=358), usegmt=True)
        day = f"{int(date[5:7])} "
        for subject in (f"Invoice {card['number']}", f"Payment received for order {bank['number']}"):
            text = next(mail.text for mail in mails if mail.subject == subject)
            self.assertIn(f"by e-mail on {day}", text)
        self.assertNotIn("Activation code:", "".join(mail.text for mail in mails))
        self.post.child.stop()
        self.post.sql("UPDATE orders SET due = 1 WHERE due > 0")
        self.post.start()
        self.post.settled(7)
        self.once(self.smtp.mails, 7)
        for mail in self.smtp.mails[5:]:
            self.assertIn("Activation code:", mail.text)
            self.assertIn("“Save activation code”", mail.text)

    def test_a_license_that_has_ended(self):
        self.post.start()
        held = self.post.activate(self.post.ask(self.post.codes["one-year"])).json
        number = claims(held["ticket"])["license"]["number"]
        self.post.change(self.post.codes["one-year"], first_activated=int(time.time()) - 400 * DAY)
        self.post.pay(self.post.order(number=number))
        text = "".join(mail.text for mail in self.smtp.wait_for_mails(3))
        self.assertIn("“Add activation code”", text)
        self.assertNotIn("“Save activation code”", text)

    def test_what_is_cancelled_is_not_told(self):
        self.smtp.replies = ["451 later"]
        self.post.start()
        order = self.post.order(method="bank-transfer")
        self.post.wait_for_point("returned", 2)
        self.post.run("orders", "cancel", order["number"])
        self.post.retry_all()
        self.post.settled(2)
        self.assertIn("dropped", [row[2] for row in self.post.list("--all")])
        self.assertEqual(len(self.smtp.mails), 1)

    def test_no_secret_is_told(self):
        self.smtp.replies = ["550 no such user as ann@customer.example"]
        self.post.start()
        order = self.post.pay(self.post.order())
        self.smtp.wait_for_mails(2)
        self.post.settled(2)
        self.post.send_again(email=ANN)
        self.post.child.stop()
        told = self.post.log.read_text() + self.post.run("mails", "list", "--all")
        for secret in (ANN, order["codes"][0]["code"], order["payment_url"]):
            self.assertNotIn(secret, told)


class Fails(MailTest):
    def only(self):
        row, = self.post.list()
        return row[2:]

    def test_later(self):
        self.smtp.replies = ["451 not now"]
        self.post.start()
        self.post.order()
        self.post.wait_for_point("returned")
        state, attempts, reason = self.only()
        self.assertEqual((state, attempts), ("waiting", 1))
        self.assertIn(reason, ("try-later", "unavailable"))
        self.assertEqual(self.smtp.mails, [])
        self.post.retry_all()
        self.once(self.smtp.wait_for_mails(1), 1)
        self.post.settled(1)
        self.assertEqual(self.post.list(), [])

    def test_waits_grow(self):
        self.smtp.replies = ["451 not now"] * 13
        self.post.start()
        self.post.order()
        waits = []
        for attempt in range(1, 13):
            self.post.wait_for_point("returned", attempt)
            if self.only()[0] == "failed":
                break
            due, = self.row("due")
            waits.append(round(due - time.time()))
            self.post.child.stop()
            self.post.sql("UPDATE mails SET due = 1")
            self.post.start()
            self.post.child.lines.extend(["at returned 0"] * attempt)
        self.assertEqual([round(wait, -1) for wait in waits], [60, 300, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400,
                                                               86400])
        self.assertEqual(self.only()[:2], ("failed", 12))
        self.post.retry_all()
        self.post.wait_for_point("returned", attempt + 1)
        self.assertEqual(self.only()[:2], ("waiting", 1), "by hand it begins anew")

    def row(self, columns):
        with sqlite3.connect(self.post.store) as database:
            found = database.execute(f"SELECT {columns} FROM mails").fetchone()
        database.close()
        return found

    def test_sendmail_says(self):
        script = self.post.home / "scripted"
        self.post.configure(script)
        for why, text, wanted in (("no such program", None, ("waiting", 1, "no-sendmail")),
                                  ("no such user", "exit 67", ("failed", 1, "no-such-user")),
                                  ("bad data", "exit 65", ("failed", 1, "data-refused")),
                                  ("wrong configuration", "exit 78", ("waiting", 1, "configuration")),
                                  ("an unknown status", "exit 3", ("waiting", 1, "sendmail-failed")),
                                  ("a signal", "kill -9 $$", ("waiting", 1, "sendmail-failed"))):
            with self.subTest(why):
                if text:
                    script.write_text(f"#!/bin/sh\ncat >/dev/null\n{text}\n")
                    script.chmod(0o700)
                self.post.start()
                self.post.order()
                self.post.wait_for_point("returned")
                self.assertEqual(self.only(), wanted)
                self.post.child.stop()
                self.post.sql("DELETE FROM mails")

    def test_how_sendmail_is_called(self):
        script, seen = self.post.home / "scripted", self.post.home / "seen"
        script.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" >{seen}\ncat >>{seen}\n")
        script.chmod(0o700)
        self.post.configure(script)
        self.post.start()
        self.post.order()
        self.post.settled(1)
        words = seen.read_text().split("\n")
        self.assertEqual(words[:5], ["-i", "-f", FROM, "--", ANN])

    def test_the_time_limit(self):
        self.post.configure(self.smtp.install(self.post.home), limit=1)
        self.smtp.replies = ["hang"]
        self.post.start()
        self.post.order()
        self.smtp.wait_for(lambda: self.smtp.refused == 1)
        self.assertEqual(self.post.request("GET", "/health").status, 200, "the service goes on meanwhile")
        self.post.wait_for_point("returned")
        self.assertEqual(self.only(), ("waiting", 1, "time-limit"))
        self.smtp.go_on.set()
        self.post.retry_all()
        self.once(self.smtp.wait_for_mails(1), 1)

    def test_without_a_sender_nothing_is_sent(self):
        (self.post.directory / "service.conf").write_text("[Service]\nDemo=true\nVendor=demo\n")
        self.post.start()
        self.post.pay(self.post.order())
        self.assertEqual(self.post.pids("found"), [])

    def test_no_sender_any_more(self):
        self.smtp.replies = ["451 not now"]
        self.post.start()
        self.post.order()
        self.post.wait_for_point("returned")
        (self.post.directory / "service.conf").write_text("[Service]\nDemo=true\nVendor=demo\n")
        self.post.retry_all()
        self.post.wait_for_point("returned", 2)
        self.assertEqual(self.only()[:2], ("waiting", 0))
        self.assertEqual(len(self.post.pids("started")), 2, "it rests before it tries again")

    def test_a_folder(self):
        settings = self.post.directory / "service.conf"
        settings.unlink()
        self.post.start()
        self.assertIn("Folder=.\n", settings.read_text())
        self.post.order("ru")
        self.post.settled(1)
        path = self.post.directory / "mail-1.eml"
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        parsed = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        self.assertTrue(parsed["Subject"].startswith("Ваш заказ"))

    def test_wrong_settings(self):
        for line in ("From=nobody", "From=a@b.example\nTimeLimit=0", "From=Ann <a@b.example>"):
            (self.post.directory / "service.conf").write_text(f"[Service]\nDemo=true\nVendor=demo\n\n[Mail]\n{line}\n")
            self.post.run("mails", "list", check=1)

    def test_usage(self):
        self.post.start()
        for words in (("mails",), ("mails", "sing"), ("mails", "retry"), ("mails", "retry", "x"), ("mails", "send"),
                      ("mails", "list", "x")):
            self.post.run(*words, check=2)
        self.post.run("mails", "retry", "77", check=1)
        self.post.run("mails", "send", "77", check=2)
        self.post.run("mails", "send", "--shop", "http://localhost/shop", "77")


class Killed(MailTest):
    """The e-mails about a payment: invoice and license."""

    def pay(self, **env):
        """An order whose own e-mail has come, paid at a service that is started anew."""
        self.post.start()
        order = self.post.order()
        self.post.settled(1)
        self.post.child.stop()
        self.post.start(**env)
        try:
            self.post.pay(order)
        except (OSError, http.client.HTTPException):  # It died before it could answer.
            pass

    def all_came_once(self):
        self.post.settled(3)
        self.once(self.smtp.mails, 3)
        self.assertEqual(self.post.list(), [])

    def test_the_service_at_its_own_steps(self):
        for point in OF_SERVICE:
            with self.subTest(point):
                self.pay(PROLONG_TEST_END_AT=point)
                self.assertEqual(self.post.child.wait(), -signal.SIGKILL)
                self.post.start()
                self.all_came_once()
                self.clear()

    def test_the_service_at_the_steps_of_a_courier(self):
        for point in OF_COURIER:
            with self.subTest(point):
                self.pay(PROLONG_TEST_STOP_AT=point)
                couriers = self.post.wait_for_point(point, 2)
                before = self.post.child
                self.post.kill()
                self.post.start()
                self.post.wait_for_point("started", 0 if point == "noted" else 2)
                for courier in couriers:
                    os.kill(courier, signal.SIGCONT)
                    os.waitpid(courier, 0)
                before.wait_until(lambda: len([line for line in before.lines if line.startswith("at noted")]) == 2,
                                  "that both couriers came to their end")
                self.all_came_once()
                self.clear()

    def test_a_courier(self):
        for point, why, times in (("locked", "nothing was done", 1), ("composed", "nothing was sent", 1),
                                  ("handing", "sendmail was not started, which nobody can know", 1),
                                  ("handed", "sendmail has taken it, which nobody can know", 2),
                                  ("noted", "all was done", 1)):
            with self.subTest(point, why=why):
                self.pay(PROLONG_TEST_END_AT=point)
                self.post.wait_for_point("returned", 2)
                self.post.restart()
                self.post.wait_for_point("returned", 0 if point == "noted" else 2)
                in_doubt = [row for row in self.post.list() if row[4] == "in-doubt"]
                self.assertEqual(len(in_doubt), 2 if point in ("handing", "handed") else 0)
                self.post.retry_all()
                self.post.settled(3)
                self.assertEqual(self.post.list(), [])
                mails = [mail for mail in self.smtp.mails if not mail.subject.startswith("Your order")]
                self.assertEqual(len(mails), 2 * times)
                by_id = {mail.id: mail for mail in mails}
                self.assertEqual(len(by_id), 2)
                for mail in mails:
                    self.assertEqual(self.bytes_of(mail), self.bytes_of(by_id[mail.id]), "one and the same e-mail")
                self.clear()

    @staticmethod
    def bytes_of(mail):
        """The service is at another port after each start, which no service of a vendor is."""
        return re.sub(rb"127\.0\.0\.1:\d+", b"127.0.0.1", mail.parsed.as_bytes())

    def clear(self):
        self.post.child.stop()
        self.post.sql("DELETE FROM mails")
        self.smtp.mails.clear()

    def test_sendmail_outlives_its_courier(self):
        self.smtp.replies = ["hang"]
        self.post.start()
        self.post.order()
        self.smtp.wait_for(lambda: self.smtp.refused == 1)
        courier, = self.post.pids("handing")
        os.kill(courier, signal.SIGKILL)
        self.post.wait_for_point("returned")
        self.post.restart()
        self.post.wait_for_point("started")
        self.assertEqual([row[2] for row in self.post.list()], ["handing"])
        self.assertEqual(self.post.pids("locked"), [], "nobody sends it again while it is being sent")
        self.smtp.go_on.set()
        self.once(self.smtp.wait_for_mails(1), 1)
        self.post.wait_for_point("returned")
        self.assertEqual([row[2:] for row in self.post.list()], [("waiting", 1, "in-doubt")])

    def test_doubt_has_an_end(self):
        self.post.start(PROLONG_TEST_END_AT="handed")
        self.post.order()
        self.post.wait_for_point("returned")
        self.post.restart()
        self.post.wait_for_point("returned")
        self.assertEqual([row[2:] for row in self.post.list()], [("waiting", 1, "in-doubt")])
        self.post.kill()
        self.post.sql("UPDATE mails SET due = 1")
        self.post.start(PROLONG_TEST_END_AT="handed")
        self.post.wait_for_point("returned")
        self.post.restart()
        self.post.settled(1)
        self.assertEqual([row[2:] for row in self.post.list()], [("failed", 2, "in-doubt")])
        self.assertEqual(len({mail.id for mail in self.smtp.mails}), 1)

    def test_stopped_in_between(self):
        self.post.start(PROLONG_TEST_STOP_AT="composed")
        self.post.order()
        courier, = self.post.wait_for_point("composed")
        self.assertEqual(self.post.child.stop(), 0)
        os.kill(courier, signal.SIGTERM)
        os.kill(courier, signal.SIGCONT)
        os.waitpid(courier, 0)
        self.once(self.smtp.mails, 1)
        self.post.start()
        self.post.settled(1)
        self.once(self.smtp.mails, 1)


class Again(MailTest):
    def ask(self, **body):
        answer = self.post.send_again(**body)
        self.assertEqual((answer.status, answer.body), (202, b"{}"))
        return answer

    def later(self):
        """As if the license e-mail had gone out long ago."""
        self.post.sql("UPDATE mails SET created = created - 3600")

    def test_it_comes(self):
        self.post.start()
        order = self.post.bought()
        code, = order["codes"]
        for why, body, language, comes in (("by address", {"email": ANN}, "en", True),
                                           ("in another case", {"email": ANN.upper()}, "en", True),
                                           ("in another language", {"email": ANN, "language": "nl"}, "nl", True),
                                           ("by license number", {"number": code["license_number"]}, "en", True),
                                           ("by order number", {"number": order["number"]}, "en", True),
                                           ("unknown address", {"email": "eve@customer.example"}, "", False),
                                           ("no address", {"email": "Ann <ann@customer.example>"}, "", False),
                                           ("unknown number", {"number": "0000-000000-00000000"}, "", False),
                                           ("no number", {"number": "%"}, "", False)):
            with self.subTest(why):
                self.later()
                self.smtp.mails.clear()
                done = len(self.post.pids("returned"))
                self.ask(**body)
                self.post.wait_for_point("returned", done + (2 if comes else 1))
                self.assertEqual(len(self.smtp.mails), comes)
                if comes:
                    mail, = self.smtp.mails
                    self.assertEqual((mail.to, mail.parsed["Content-Language"]), ([ANN], language))
                    self.assertIn(code["code"], mail.text)
        self.assertEqual([row for row in self.post.list("--all") if row[0] == "request"], [])

    def test_not_twice_in_a_short_while(self):
        self.post.start()
        self.post.bought()
        self.later()
        done = len(self.post.pids("returned"))
        self.ask(email=ANN)
        self.post.wait_for_point("returned", done + 2)
        self.ask(email=ANN)
        self.post.wait_for_point("returned", done + 3)
        self.once(self.smtp.mails, 1)

    def test_what_is_not_paid_is_not_sent(self):
        self.post.start()
        order = self.post.order()
        self.smtp.wait_for_mails(1)
        done = len(self.post.wait_for_point("returned"))
        self.ask(number=order["number"])
        self.post.wait_for_point("returned", done + 1)
        self.assertEqual(len(self.smtp.mails), 1)

    def test_a_stranger_learns_nothing(self):
        self.post.start()
        self.post.bought()
        self.later()
        self.ask(email="first@customer.example")
        known, unknown = self.ask(email=ANN), self.ask(email="eve@customer.example")
        self.assertEqual({name: value for name, value in known.headers.items() if name not in ("Date", "RateLimit")},
                         {name: value for name, value in unknown.headers.items() if name not in ("Date", "RateLimit")})

    def test_it_is_noted_alike(self):
        """Before the answer nothing is looked up: the same row is written for all."""
        self.post.start(PROLONG_TEST_STOP_AT="locked")
        for address in (ANN, "eve@customer.example"):
            self.ask(email=address)
        stopped = self.post.wait_for_point("locked", 2)
        self.assertEqual([row[:3] for row in self.post.list()], [("request", "-", "waiting")] * 2)
        for courier in stopped:
            os.kill(courier, signal.SIGKILL)

    def test_a_wish_outlives_the_service(self):
        self.post.start()
        self.post.bought()
        self.later()
        self.post.restart(PROLONG_TEST_END_AT="found")
        try:
            self.ask(email=ANN)
        except (OSError, http.client.HTTPException):
            pass
        self.post.child.wait()
        self.post.start()
        self.post.settled(4)
        self.once(self.smtp.mails, 1)

    def test_the_limit(self):
        self.post.start()
        statuses = [self.post.send_again(email=f"a{i}@customer.example").status for i in range(61)]
        self.assertEqual(statuses, [202] * 60 + [429])


if __name__ == "__main__":
    tap.main()

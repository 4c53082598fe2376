# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests for support over a real socket: kept, sealed, mailed on and confirmed; e-mails about subscriptions too."""

import concurrent.futures
import contextlib
import os
import signal
import subprocess
import unittest
import uuid

from mail import FROM, KILLABLE, Post
from peer import PRODUCT, Peer
from support import tap

VENDOR = "support@vendor.example"
JAN = "jan@customer.example"
ASK = {"topic": "auto-renewal", "language": "nl", "name": "Jan de Vries", "email": JAN, "message": "Eerste regel\nen\teen tweede"}
FULL = {**ASK, "product": PRODUCT, "order_number": "А 221234065", "purchase_date": "2026-02-28",
        "license_number": "1234-567890-12345678", "diagnosis": "agent 1.0\nstate: касса <b>\n.\nFrom here\n"}

# What must not be read in a file of the service.
PERSONAL = ["Jan de Vries", "customer.example", "Eerste regel", "221234065", "касса", "1234-567890-12345678"]

# what is wrong, changes, status, problem
WRONG = [
    ("no e-mail address", {"email": "jan"}, 422, "email-malformed"),
    ("an address of two lines", {"email": "jan@customer.example\r\nBcc: all@customer.example"}, 400, None),
    ("two addresses", {"email": "jan@customer.example,all@customer.example"}, 422, "email-malformed"),
    ("an address that is an option", {"email": "-oQ/tmp@customer.example"}, None, None),
    ("no address", {"email": None}, 400, None),
    ("nobody", {"name": "  "}, 400, None),
    ("a name of two lines", {"name": "Jan\nBcc: x@customer.example"}, 400, None),
    ("nothing to say", {"message": ""}, 400, None),
    ("too much to say", {"message": "x" * 8193}, 400, None),
    ("bytes of a terminal", {"message": "\x1b[2J"}, 400, None),
    ("a list to say", {"message": ["x"]}, 400, None),
    ("a topic that is a path", {"topic": "../x"}, 400, None),
    ("a topic of two lines", {"topic": "a\nSubject: b"}, 400, None),
    ("a language that is a path", {"language": "../../x"}, 400, None),
    ("a day that there was not", {"purchase_date": "2026-02-29"}, 400, None),
    ("a day without a year", {"purchase_date": "28 February"}, 400, None),
    ("a diagnosis that is too long", {"diagnosis": "x" * 32769}, 400, None),
    ("a diagnosis that is an object", {"diagnosis": {}}, 400, None),
]


def fields(text):
    """`name<TAB>value` lines; a value of several lines is put together again."""
    found = {}
    for line in text.splitlines():
        name, _, value = line.partition("\t")
        found[name] = found[name] + "\n" + value if name in found else value
    return found


class RequestsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.peer = cls.enterClassContext(Peer())

    def setUp(self):
        self.restart()

    def restart(self):
        """Forgets what counts for the limit."""
        self.peer.child.stop()
        self.peer.start()

    def ask(self, body=ASK, key=None):
        answer = self.peer.support(body, key)
        self.assertEqual(answer.status, 201, answer)
        return answer.json["reference"]

    def test_kept(self):
        reference = self.ask(FULL)
        shown = fields(self.peer.run("support", "show", reference.lower()))
        self.assertEqual({name.replace("-", "_"): value for name, value in shown.items()
                          if name not in ("reference", "state", "created", "closed")},
                         {**FULL, "diagnosis": FULL["diagnosis"].rstrip("\n")})
        self.assertEqual((shown["reference"], shown["state"], shown["closed"]), (reference, "open", "-"))

    def test_listed_and_closed(self):
        first, second = self.ask(), self.ask({**ASK, "topic": "other"})
        rows = [line.split("\t") for line in self.peer.run("support", "list").splitlines()][-2:]
        self.assertEqual([(row[0], row[1], row[3], row[4], row[5]) for row in rows],
                         [(first, "open", "auto-renewal", "nl", JAN), (second, "open", "other", "nl", JAN)])
        for _ in range(2):
            self.peer.run("support", "close", first)
        self.assertNotIn(first, self.peer.run("support", "list"))
        self.assertIn(second, self.peer.run("support", "list"))
        self.assertIn(f"{first}\tclosed\t", self.peer.run("support", "list", "--all"))
        self.assertRegex(fields(self.peer.run("support", "show", first))["closed"], r"^\d{4}-\d\d-\d\dT")

    def test_references(self):
        """Nobody counts the requests of others by them, or guesses one."""
        references = [self.ask() for _ in range(9)]
        self.assertEqual(len({reference[8:11] for reference in references} | set(references)) > 12, True)
        for reference in references:
            self.assertRegex(reference, r"^SR-\d{4}-[0-9A-HJKMNP-TV-Z]{8}$")

    def test_no_such_request(self):
        for words in (["show", "SR-2026-00000000"], ["close", "SR-2026-00000000"], ["show", ""]):
            self.peer.run("support", *words, check=1)
        for words in (["support"], ["support", "show"], ["support", "list", "x"], ["support", "answer", "x"]):
            self.peer.run(*words, check=2)

    def test_same_key(self):
        key = str(uuid.uuid4())
        reference = self.ask(FULL, key)
        self.assertEqual(self.ask(FULL, key), reference)
        self.peer.kill()
        self.peer.start()
        self.assertEqual(self.ask(FULL, key), reference)
        self.assertEqual(self.peer.support(ASK, key).status, 422)
        self.assertEqual(self.peer.run("support", "list").count(reference), 1)
        self.assertEqual(self.peer.support(ASK, "1").status, 400)

    def test_same_key_at_once(self):
        key, before = str(uuid.uuid4()), self.peer.run("support", "list").count("\n")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: self.peer.support(ASK, key), range(8)))
        references = {answer.json["reference"] for answer in answers if answer.status == 201}
        self.assertEqual((len(references), {answer.status for answer in answers} <= {201, 409}), (1, True))
        self.assertEqual(self.peer.run("support", "list").count("\n"), before + 1)

    def test_wrong(self):
        for why, change, status, problem in WRONG:
            with self.subTest(why):
                answer = self.peer.support({**ASK, **change})
                self.assertIn(answer.status, [status] if status else (201, 422))
                if problem:
                    self.assertEqual(answer.problem, problem)

    def test_limit(self):
        """Ten in a minute from one address; what is refused and what is repeated does not count."""
        key = str(uuid.uuid4())
        for _ in range(3):
            self.ask(ASK, key)
            self.peer.support({**ASK, "email": "x"})
        for _ in range(9):
            self.ask()
        refused = self.peer.support(ASK)
        self.assertEqual((refused.status, refused.problem), (429, "rate-limited"))
        self.assertTrue(refused.headers["RateLimit"].startswith('"support-requests";r=0;'))
        self.assertGreater(int(refused.headers["Retry-After"]), 0)
        self.assertEqual(self.peer.request("GET", "/health").status, 200)

    def test_sealed(self):
        """Nothing personal can be read in a file of the service, or in what it says."""
        self.ask(FULL)
        self.peer.child.stop()
        files = [path for path in self.peer.home.rglob("*") if path.is_file()]
        self.assertGreater(len(files), 4)
        for path in files:
            data = path.read_bytes()
            for text in PERSONAL:
                self.assertNotIn(text.encode(), data, path)
        self.peer.start()


class MailsTest(unittest.TestCase):
    # language, subject of the confirmation, what is above the reference
    WORDS = [("en", "We have received your support request {}", "Reference:"),
             ("nl", "Wij hebben uw aanvraag {} ontvangen", "Kenmerk:"),
             ("ru", "Мы получили ваше обращение {}", "Номер обращения:")]

    # language, subject of a renewal, of a failed payment
    ABOUT = [("en", "Your subscription to Internet Security is renewed", "The payment for your subscription to "
              "Internet Security failed"),
             ("nl", "Uw abonnement op Internet Security is verlengd", "De betaling voor uw abonnement op Internet Security "
              "is mislukt"),
             ("ru", "Ваша подписка на Internet Security продлена", "Платёж за подписку на Internet Security не прошёл")]

    def setUp(self):
        self.post = Post()
        self.addCleanup(self.post.__exit__)
        self.smtp = self.post.smtp

    def start(self, support=VENDOR):
        config = self.post.directory / "service.conf"
        if support:
            config.write_text(config.read_text() + f"Support={support}\n")
        self.post.start()

    def test_three_languages(self):
        """The vendor's support gets the whole request and can answer it; the person gets the reference."""
        self.start()
        asked = {}
        for language, _, _ in self.WORDS:
            answer = self.post.support({**FULL, "language": language, "email": f"jan-{language}@customer.example"})
            asked[language] = answer.json["reference"]
        mails = self.smtp.wait_for_mails(6)
        self.post.settled(6)
        self.assertEqual((len(mails), len(self.smtp.mails), len({mail.id for mail in mails})), (6, 6, 6))
        for language, subject, above in self.WORDS:
            with self.subTest(language):
                reference, person = asked[language], f"jan-{language}@customer.example"
                received, = [mail for mail in mails if mail.to == [person]]
                self.assertEqual((received.subject, received.sender), (subject.format(reference), FROM))
                self.assertIn(f"{above}\n{reference}\n", received.text)
                self.assertEqual(str(received.parsed["Content-Language"]), language)
                for text in ("Eerste regel", "Jan de Vries", "касса", "221234065"):
                    self.assertNotIn(text, received.text + received.html)
                sent, = [mail for mail in mails if mail.to == [VENDOR] and reference in mail.subject]
                self.assertEqual(str(sent.parsed["Reply-To"]), person)
                for text in (*FULL["message"].split("\n"), "Jan de Vries", person, "А 221234065", "2026-02-28",
                             "1234-567890-12345678", PRODUCT, "state: касса <b>\n.\nFrom here\n"):
                    self.assertIn(text, sent.text)
                self.assertIn("state: касса &lt;b&gt;", sent.html)
                self.assertNotIn("<b>", sent.html)

    def test_no_address_of_the_vendor(self):
        self.start(support=None)
        reference = self.post.support(ASK).json["reference"]
        self.smtp.wait_for_mails(1)
        self.assertEqual(self.post.settled(1), [("support-received", reference, "sent", 1, "-")])
        self.assertEqual([mail.to for mail in self.smtp.mails], [[JAN]])

    def test_wrong_address_of_the_vendor(self):
        self.start(support=None)
        self.post.child.stop()
        config = self.post.directory / "service.conf"
        config.write_text(config.read_text() + "Support=everybody\n")
        self.post.run("serve", "--demo", "--port", "0", check=1)

    def test_killed_before_its_answer_is_read(self):
        """Asked again with the same key, there is one request, and each of both e-mails arrives once."""
        self.start()
        self.post.child.stop()
        self.post.start(PROLONG_TEST_END_AT="found")
        key = str(uuid.uuid4())
        with contextlib.suppress(ConnectionError):
            self.post.support(ASK, key)
        self.post.child.wait()
        self.post.start()
        reference = self.post.support(ASK, key).json["reference"]
        self.smtp.wait_for_mails(2)
        self.post.settled(2)
        self.assertEqual(sorted(mail.to for mail in self.smtp.mails), [[JAN], [VENDOR]])
        self.assertTrue(all(reference in mail.subject for mail in self.smtp.mails))
        self.assertEqual(self.post.run("support", "list").split("\t")[0], reference)

    def test_subscriptions(self):
        """The person is told of a renewal and of a failed payment, where an address is known."""
        self.start()
        for language, renewed, failed in self.ABOUT:
            with self.subTest(language):
                self.smtp.mails.clear()
                number, code = self.post.subscribe("--email", JAN, "--language", language)
                self.post.activate(self.post.ask(code))
                self.post.run("subscriptions", "fail-payment", "--event", "1", number)
                mail, = self.smtp.wait_for_mails(1)
                self.assertEqual((mail.subject, mail.to), (failed, [JAN]))
                self.assertIn(number, mail.text)
                for _ in range(2):
                    self.post.run("subscriptions", "renew", "--event", "2", number)
                mail = self.smtp.wait_for_mails(2)[1]
                self.assertEqual((mail.subject, mail.to), (renewed, [JAN]))
                self.assertIn(number, mail.text)
                self.assertNotIn(code, mail.text)
        number, _ = self.post.subscribe()
        self.post.run("subscriptions", "fail-payment", number)
        self.assertEqual(len(self.post.settled(6)), 6)
        self.assertEqual(len(self.smtp.mails), 2)

    def test_renewal_killed_after_its_commit(self):
        """The e-mail goes out at once all the same, and the renewal counts once when it is reported again."""
        self.start()
        number, code = self.post.subscribe("--email", JAN)
        self.post.activate(self.post.ask(code))
        before = self.post.run("subscriptions", "show", number)
        done = subprocess.run([KILLABLE, "subscriptions", "renew", "--directory", self.post.directory, "--event", "1", number],
                              env={**os.environ, "PROLONG_TEST_END_AT": "committed"}, check=False, capture_output=True)
        self.assertEqual(done.returncode, -signal.SIGKILL)
        self.smtp.wait_for_mails(1)
        self.assertEqual(self.post.run("subscriptions", "renew", "--event", "1", number).split()[-1], "known")
        self.assertNotEqual(self.post.run("subscriptions", "show", number), before)
        self.post.settled(1)
        self.assertEqual(len(self.smtp.mails), 1)

    def test_what_is_no_longer_so(self):
        """A failure that was mended before its e-mail went out is not told."""
        self.start()
        self.post.child.stop()
        number, _ = self.post.subscribe("--email", JAN)
        self.post.run("subscriptions", "fail-payment", number)
        self.post.run("subscriptions", "renew", "--event", "1", number)
        self.post.start()
        self.smtp.wait_for_mails(1)
        self.assertEqual({row[:3] for row in self.post.settled(2)},
                         {("payment-failed", number, "dropped"), ("renewed", number, "sent")})
        self.assertEqual(len(self.smtp.mails), 1)


if __name__ == "__main__":
    tap.main()

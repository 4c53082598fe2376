# SPDX-License-Identifier: GPL-3.0-or-later
"""The e-mails as Python's own e-mail parser reads them: kinds and languages, and what cannot be slipped into one."""

import copy
import email
import email.policy
import json
import os
import re
import subprocess
import unittest
from email.header import decode_header, make_header
from html.parser import HTMLParser

from support import paths, tap

KINDS = {"order": 1, "invoice": 2, "payment": 4, "license": 3}
CODE = "ABCDE-FGHJK-MNPQR-STVWX"
NUMBER = "4821-003918-55120734"
PAY = "https://shop.example/shop/pay.html#17.secret-token"
DOWNLOAD = "https://download.example/is?os=linux&lang=nl"
ORDER = {
    "number": "20261121-17", "state": "awaiting-payment", "total": 123990, "currency": "EUR", "payment": "provider",
    "payment_method": "card", "payment_url": PAY, "created": 1795996800, "pay_by": 1797206400,
    "items": [{"offer": "is-3-2", "product": "internet-security", "name": "Internet Security", "devices": 3, "years": 2,
               "price": 4995, "quantity": 2},
              {"offer": "ps-1-1", "product": "password-safe", "name": "Сейф & <b>паролей</b>", "devices": 1, "years": 1,
               "price": 114000, "quantity": 1}]}
BANK = {"payment": "invoice", "payment_method": "bank-transfer",
        "bank": {"holder": "Demo <Vendor> BV", "account": "NL91 ABNA 0417 1643 00"}}
PAID = {"state": "delivered", "pay_by": 0}
CODES = {**PAID, "codes": [{"product": "internet-security", "code": CODE, "license_number": NUMBER}]}


class Html(HTMLParser):
    """What a reader sees of a document, and where its links lead."""

    def __init__(self, text):
        super().__init__()
        self.links, self.words, self.tags = [], [], []
        self.language = None
        self.feed(text)
        self.text = re.sub(r"\s+", " ", " ".join(self.words))

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        values = dict(attributes)
        if tag == "a":
            self.links.append(values["href"])
        if tag == "html":
            self.language = values["lang"]

    def handle_data(self, data):
        self.words.append(data)


def write(kind, language="en", order=None, to="ann@customer.example", sender="Demo Vendor", renewed="", week=False,
          **env):
    argv = [paths.BUILD / "tests/service/letter", KINDS[kind], language, to, sender, renewed, int(week)]
    return subprocess.run([str(word) for word in argv], input=json.dumps(ORDER | (order or {})).encode(), check=False,
                          env={**os.environ, "PROLONG_LOCALE_DIR": str(paths.LOCALE_DIR), "LC_ALL": "C.UTF-8", **env},
                          capture_output=True, timeout=paths.LIMIT)


class Letter:
    """One e-mail, parsed."""

    def __init__(self, *arguments, **more):
        done = write(*arguments, **more)
        assert done.returncode == 0, done.stderr
        self.raw = done.stdout
        self.parsed = email.message_from_bytes(self.raw, policy=email.policy.default)
        self.text = self.parsed.get_body(("plain",)).get_content()
        self.html = Html(self.parsed.get_body(("html",)).get_content())


class LettersTest(unittest.TestCase):
    def test_head(self):
        letter = Letter("license", "ru", CODES, sender="Демонстрационный продавец")
        head = letter.parsed
        self.assertEqual(head.defects, [])
        # The newer policy of this parser leaves a space between the parts of an encoded name.
        name = email.message_from_bytes(letter.raw)["From"].replace("\n", "")
        self.assertEqual(str(make_header(decode_header(name))), "Демонстрационный продавец <shop@shop.example>")
        self.assertNotIn("iso-8859", name)
        self.assertEqual(head["From"].addresses[0].addr_spec, "shop@shop.example")
        self.assertEqual([a.addr_spec for a in head["To"].addresses], ["ann@customer.example"])
        self.assertEqual([a.addr_spec for a in head["Reply-To"].addresses], ["help@support.example"])
        self.assertEqual(head["Subject"], "Ваш код активации: Internet Security")
        self.assertEqual(head["Message-ID"], "<prolong.abc-123@shop.example>")
        self.assertEqual(head["Date"].datetime.timestamp(), 1796083200)
        self.assertEqual((head["Auto-Submitted"], head["Content-Language"]), ("auto-generated", "ru"))
        self.assertEqual([(part.get_content_type(), part.get_content_charset()) for part in head.iter_parts()],
                         [("text/plain", "utf-8"), ("text/html", "utf-8")], "the best comes last")
        self.assertEqual(head.get_content_type(), "multipart/alternative")
        self.assertTrue(letter.raw.isascii())
        self.assertNotIn(b"\r", letter.raw)
        self.assertLess(max(map(len, letter.raw.split(b"\n"))), 998)

    def test_license(self):
        for language, said, panel, press, lead in (
                ("en", "Activation code:", "“Activate”", "“Add activation code”", "Your activation code for"),
                ("nl", "Activatiecode:", "‘Activeren’", "‘Activatiecode toevoegen’", "Uw activatiecode voor"),
                ("ru", "Код активации:", "«Активация»", "«Добавить код активации»", "Ваш код активации")):
            with self.subTest(language):
                letter = Letter("license", language, CODES)
                self.assertIn(f"\n{said}\n{CODE}\n", letter.text, "on a line of its own, below its name")
                self.assertIn(f"\n{NUMBER}\n", letter.text)
                self.assertIn(f"\n{DOWNLOAD}\n", letter.text)
                self.assertIn(f" {CODE} ", letter.html.text)
                self.assertIn(DOWNLOAD, letter.html.links)
                self.assertIn("\nhttps://shop.example/profile\n", letter.text)
                self.assertIn("https://shop.example/profile", letter.html.links)
                self.assertEqual(letter.html.language, language)
                self.assertTrue(letter.parsed["Subject"].startswith(lead))
                for words in (panel, press):
                    self.assertIn(words, letter.text)
                    self.assertIn(words, letter.html.text)

    def test_newest_version(self):
        """D8: a renewal brings it; where the catalog names none, nothing is said of versions."""
        for language, newest, plain in (("en", "Download Internet Security, newest version 22.0", "Download Internet Security"),
                                        ("nl", "Internet Security downloaden, nieuwste versie 22.0",
                                         "Internet Security downloaden"),
                                        ("ru", "Скачать Internet Security, новейшая версия 22.0",
                                         "Скачать Internet Security")):
            with self.subTest(language):
                letter = Letter("license", language, CODES, TEST_VERSION="22.0")
                self.assertIn(f"{newest}\n{DOWNLOAD}\n", letter.text)
                self.assertIn(newest, letter.html.text)
                self.assertIn(f"\n{plain}\n{DOWNLOAD}\n", Letter("license", language, CODES).text)

    def test_vat(self):
        """The prices have it in them: what is without and what it is add up to what is paid."""
        rows = (("en", "2100", (("Total without VAT", "€1,024.71"), ("VAT 21%", "€215.19"), ("Total", "€1,239.90"))),
                ("nl", "550", (("Totaal exclusief btw", "€\u00a01.024,71"), ("btw 5,5%", "€\u00a0215,19"),
                               ("Totaal", "€\u00a01.239,90"))),
                ("ru", "1005", (("Итого без НДС", "1\u00a0024,71\u00a0€"), ("НДС 10,05\u00a0%", "215,19\u00a0€"),
                                ("Итого", "1\u00a0239,90\u00a0€"))))
        for language, rate, lines in rows:
            with self.subTest(language):
                letter = Letter("invoice", language, TEST_VAT=rate, TEST_VAT_AMOUNT="21519")
                for label, value in lines:
                    self.assertIn(f"\n{label}: {value}\n", letter.text)
                    self.assertIn(f"{label} {value}".replace("\u00a0", " "), letter.html.text)
                self.assertNotIn(lines[1][0], Letter("invoice", language).text, "where the catalog states no rate")

    def test_renewal(self):
        for language, panel, press in (("en", "“Reserve Code”", "“Save activation code”"),
                                       ("nl", "‘Reservecode’", "‘Activatiecode opslaan’"),
                                       ("ru", "«Резерв»", "«Сохранить код активации»")):
            with self.subTest(language):
                letter = Letter("license", language, CODES, renewed=NUMBER)
                self.assertIn(panel, letter.text)
                self.assertIn(press, letter.text)

    def test_several_codes(self):
        other = "ZZZZZ-FGHJK-MNPQR-STVWX"
        codes = CODES["codes"] + [{"product": "password-safe", "code": other, "license_number": NUMBER}]
        letter = Letter("license", "nl", {**CODES, "codes": codes})
        self.assertEqual(letter.parsed["Subject"], "Uw activatiecodes van bestelling 20261121-17")
        self.assertLess(letter.text.index("Internet Security\n\n"), letter.text.index(CODE))
        self.assertLess(letter.text.index("Сейф & <b>паролей</b>\n\n"), letter.text.index(other))

    def test_order(self):
        for language, total, unit, until in (("en", "€1,239.90", "2 × Internet Security, 3 devices, 2 years", "14 December 2026"),
                                             ("nl", "€\u00a01.239,90", "2 × Internet Security, 3 apparaten, 2 jaar",
                                              "14 december 2026"),
                                             ("ru", "1\u00a0239,90\u00a0€", "2 × Internet Security, 3 устройства, 2 года",
                                              "14 декабря 2026 года")):
            with self.subTest(language):
                letter = Letter("order", language)
                for words in (total, unit, until, "Сейф & <b>паролей</b>"):
                    self.assertIn(words, letter.text)
                self.assertIn(PAY, letter.text.split("\n"))
                self.assertEqual(letter.html.links[0], PAY)
                self.assertNotIn("b", letter.html.tags, "a name is no markup")
                self.assertIn("Сейф & <b>паролей</b>", letter.html.text)

    def test_when_the_code_comes(self):
        for week, words in ((True, "7 days before"), (False, "As soon as")):
            self.assertIn(words, Letter("order", week=week).text)
        letter = Letter("payment", "ru", {**PAID, "state": "paid", "delivers_at": 1797206400})
        self.assertIn("14 декабря 2026 года, за 7 дней", letter.text)

    def test_invoice(self):
        for language, account in (("en", "Account: "), ("nl", "Rekeningnummer: "), ("ru", "Номер счёта: ")):
            with self.subTest(language):
                text = Letter("invoice", language, BANK).text
                self.assertIn(account + "NL91 ABNA 0417 1643 00\n", text)
                self.assertIn("Demo <Vendor> BV", text)
                self.assertIn("20261121-17", text)
                self.assertIn("ann@customer.example", text)
        paid = Letter("invoice", "en", {**BANK, **PAID}).text
        self.assertIn("This invoice is paid.", paid)
        self.assertNotIn("NL91", paid)

    def test_plurals(self):
        order = copy.deepcopy(ORDER)
        for number, words in ((1, "1 устройство"), (3, "3 устройства"), (5, "5 устройств"), (21, "21 устройство")):
            order["items"][0]["devices"] = number
            self.assertIn(words + ",", Letter("order", "ru", order).text)

    def test_money(self):
        for currency, text in (("USD", "$1,239.90"), ("JPY", "¥123,990"), ("KWD", "KWD123.990"), ("CHF", "CHF1,239.90")):
            self.assertIn(text, Letter("order", "en", {"currency": currency}).text)

    def test_no_other_language(self):
        for language in ("de", "C", "xx"):
            letter = Letter("order", language)
            self.assertEqual((letter.parsed["Subject"], letter.html.language), ("Your order 20261121-17", "en"))

    def test_nothing_is_fetched(self):
        for kind, order in (("order", None), ("license", CODES)):
            html = Letter(kind, order=order).parsed.get_body(("html",)).get_content()
            self.assertNotRegex(html, r"(?i)src=|url\(|<img|<link|<script|@import")

    def test_no_header_can_be_slipped_in(self):
        for why, to in (("a line", "ann@customer.example\nBcc: eve@evil.example"),
                        ("a return", "ann@customer.example\r\nBcc: eve@evil.example"),
                        ("a second address", "ann@customer.example, eve@evil.example"),
                        ("an option", "-oQ/tmp@customer.example"), ("a name", "Ann <ann@customer.example>"),
                        ("a comment", "ann@customer.example (x)"), ("nothing", ""), ("a NUL", "ann@customer\x01.example")):
            with self.subTest(why):
                done = write("order", to=to)
                self.assertEqual((done.returncode, done.stdout), (1, b""))
        for why, sender in (("a line", "Demo\nBcc: eve@evil.example"), ("a return", "Demo\r\nBcc: eve@evil.example\r\n\r\nx"),
                            ("an address", "Demo <eve@evil.example>, x"), ("quotes", 'De"mo\\')):
            with self.subTest(why):
                head = Letter("order", sender=sender).parsed
                self.assertIsNone(head["Bcc"])
                self.assertEqual([a.addr_spec for a in head["From"].addresses], ["shop@shop.example"])
                self.assertEqual(head.get_content_type(), "multipart/alternative")
        for why, name in (("a line", "x\nBcc: eve@evil.example"), ("a return", "x\rBcc: eve@evil.example")):
            with self.subTest(why):
                order = copy.deepcopy(ORDER | CODES)
                order["items"][0]["name"] = name
                done = write("license", order=order)
                self.assertNotRegex(done.stdout, rb"(?m)^Bcc:")

    def test_long_words(self):
        order = copy.deepcopy(ORDER | CODES)
        order["items"][0]["name"] = "Ж" * 120
        subject = Letter("license", "ru", order).parsed["Subject"]
        self.assertEqual(subject, "Ваш код активации: " + "Ж" * 120)

    def test_dots_and_boundaries(self):
        order = copy.deepcopy(ORDER)
        order["items"][0]["name"] = "--=_prolong.abc-123--"
        letter = Letter("order", order=order)
        self.assertEqual(len(list(letter.parsed.iter_parts())), 2)
        self.assertIn("--=_prolong.abc-123--", letter.text)

    def test_the_same_values_give_the_same_bytes(self):
        self.assertEqual(Letter("license", "nl", CODES).raw, Letter("license", "nl", CODES).raw)

    def test_a_license_letter_has_a_code(self):
        self.assertEqual(write("license", order=PAID).returncode, 1)


if __name__ == "__main__":
    tap.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor profile behind a link: what a browser is told of it, and that it is the one to hand out."""

import unittest

from service.peer import Peer
from support import tap


class ProfileTest(unittest.TestCase):
    def setUp(self):
        self.peer = self.enterContext(Peer())

    def request(self, path, method="GET"):
        connection = self.peer.connect()
        self.addCleanup(connection.close)
        connection.request(method, path)
        answer = connection.getresponse()
        return answer, answer.read()

    def test_download(self):
        handed_out = (self.peer.directory / "acme.conf").read_bytes()
        for path in ("/profile", "/profile/acme.prolong-vendor"):
            with self.subTest(path):
                answer, body = self.request(path)
                self.assertEqual((answer.status, body), (200, handed_out))
                self.assertEqual(answer.headers["Content-Type"], "application/x-prolong-vendor")
                self.assertEqual(answer.headers["Content-Disposition"], 'attachment; filename="acme.prolong-vendor"')
                self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_others(self):
        for method, path, status, why in (
                ("HEAD", "/profile", 200, "what a download manager asks first"),
                ("GET", "/profile/other.prolong-vendor", 404, "another vendor"),
                ("GET", "/profile/../store.db", 404, "no file of the service"),
                ("GET", "/profile/", 404, "no name"),
                ("GET", "/profiles", 404, "another path"),
                ("PUT", "/profile", 405, "it is not written that way")):
            with self.subTest(why):
                answer, body = self.request(path, method)
                self.assertEqual(answer.status, status)
                self.assertNotIn(b"[Keys]", body)


if __name__ == "__main__":
    tap.main()

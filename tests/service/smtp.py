# SPDX-License-Identifier: GPL-3.0-or-later
"""A real SMTP server on loopback, and a real sendmail that relays to it."""

import asyncio
import email
import email.policy
import shutil
import threading

from aiosmtpd.smtp import SMTP

from support import paths


class Received:
    """One e-mail as it came."""

    def __init__(self, envelope):
        self.sender = envelope.mail_from
        self.to = envelope.rcpt_tos
        self.raw = envelope.original_content
        self.parsed = email.message_from_bytes(self.raw, policy=email.policy.default)
        self.id = self.parsed["Message-ID"]
        self.subject = self.parsed["Subject"]
        self.text = self.parsed.get_body(("plain",)).get_content().replace("\r\n", "\n")
        self.html = self.parsed.get_body(("html",)).get_content()


class MailServer:
    """replies: what is answered to the next e-mails instead of taking them, "hang" for nothing until `go_on` is set."""

    def __init__(self):
        self.mails = []
        self.replies = []
        self.refused = 0
        self.go_on = threading.Event()
        self._news = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._started.wait(paths.LIMIT)

    def _run(self):
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            self._loop.create_server(lambda: SMTP(self, hostname="mail.example", loop=self._loop), "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        self._loop.run_forever()

    def close(self):
        self.go_on.set()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def handle_DATA(self, _server, _session, envelope):
        reply = self.replies.pop(0) if self.replies else None
        with self._news:
            if reply:
                self.refused += 1
            self._news.notify_all()
        if reply == "hang":
            await self._loop.run_in_executor(None, self.go_on.wait, paths.LIMIT)
        elif reply:
            return reply
        with self._news:
            self.mails.append(Received(envelope))
            self._news.notify_all()
        return "250 OK"

    def wait_for(self, condition, what="mail"):
        with self._news:
            if not self._news.wait_for(condition, paths.LIMIT):
                raise AssertionError(f"waited in vain for {what}: {[mail.subject for mail in self.mails]}")

    def wait_for_mails(self, number):
        self.wait_for(lambda: len(self.mails) >= number, f"{number} mails")
        return list(self.mails)

    def install(self, home):
        """Writes the settings of msmtp, to be found by HOME, and returns the path of a sendmail."""
        (home / ".msmtprc").write_text(f"defaults\nauth off\ntls off\naccount default\nhost 127.0.0.1\nport {self.port}\n")
        sendmail = home / "sendmail"
        sendmail.unlink(missing_ok=True)
        sendmail.symlink_to(shutil.which("msmtp"))
        return sendmail

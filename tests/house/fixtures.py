# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared fixtures do what they promise; without that, no other test with a session means anything."""

import http.client
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

from support import process, proxy, tap
from support.session import SECRETS, Session
from support.ui import Window

STORE = """
import gi, sys
gi.require_version("Secret", "1")
from gi.repository import Secret
schema = Secret.Schema.new("io.github.prolong.Code", Secret.SchemaFlags.NONE,
                           {"id": Secret.SchemaAttributeType.STRING})
sys.exit(not Secret.password_store_sync(schema, {"id": "x"}, None, "a label", "sesame", None))
"""

PAGES = """
import gi
gi.require_version("Adw", "1")
from gi.repository import Adw, Gtk

def activate(app):
    stack = Adw.ViewStack()
    first, entry = Gtk.Box(orientation=1), Adw.EntryRow(title="Code")
    label, button, dead = Gtk.Label(label="first"), Gtk.Button(label="Press"), Gtk.Button(label="Dead", sensitive=False)
    for widget in (label, button, dead, entry):
        first.append(widget)
    stack.add_titled(first, "a", "Page A")
    stack.add_titled(Gtk.Label(label="second"), "b", "Page B")
    button.connect("clicked", lambda *_: label.set_label("got " + entry.get_text()))
    box = Gtk.Box(orientation=1)
    box.append(stack)
    box.append(Adw.ViewSwitcherBar(stack=stack, reveal=True))
    box.append(Gtk.Label(label="below"))
    Adw.ApplicationWindow(application=app, title="Pages", content=box).present()

app = Adw.Application(application_id="io.github.prolong.Pages")
app.connect("activate", activate)
app.run()
"""


class Upstream(BaseHTTPRequestHandler):
    """Stands for the service: answers every POST with its own body."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.server.served += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class SessionTest(unittest.TestCase):
    def test_keyring(self):
        with Session() as session:
            self.assertEqual(session.run(["/usr/bin/python3", "-c", STORE]).returncode, 0)
            self.assertEqual([(secret, label) for _, secret, label in session.keyring_items(id="x")],
                             [("sesame", "a label")])
            session.lock_keyring()
            self.assertEqual(session.keyring_items(), [])
            session.unlock_keyring()
            self.assertEqual(len(session.keyring_items()), 1)
            session.stop_keyring()
            session.start_keyring()
            self.assertEqual(session.keyring_items()[0][1], "sesame")

    def test_no_keyring(self):
        with Session(keyring="none") as session:
            self.assertFalse(session.has_name(SECRETS))

    def test_locked_keyring(self):
        with Session(keyring="locked") as session:
            self.assertTrue(session.has_name(SECRETS))

    def test_nothing_is_left_behind(self):
        with Session() as session:
            session.spawn(["sh", "-c", "setsid sleep 1000 & exec sleep 1000"])
            home = session.home
        self.assertFalse(home.exists())
        self.assertEqual(process.living(), [])

    def test_bus_recording(self):
        with Session(keyring="none") as session:
            monitor = session.record_bus()
            with self.assertRaises(Exception):
                session.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "Canary")
            monitor.wait_for_line("member=Canary")


class ProxyTest(unittest.TestCase):
    def setUp(self):
        self.upstream = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
        self.upstream.served = 0
        threading.Thread(target=self.upstream.serve_forever, args=(0.05,), daemon=True).start()
        self.proxy = proxy.Proxy(SimpleNamespace(url=f"http://127.0.0.1:{self.upstream.server_address[1]}/v1"))
        self.addCleanup(self.upstream.server_close)
        self.addCleanup(self.upstream.shutdown)
        self.addCleanup(self.proxy.refuse)

    def post(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.proxy.port, timeout=10)
        try:
            connection.request("POST", "/v1/x", b"0123456789")
            reply = connection.getresponse()
            return reply.status, reply.read(), reply.getheader("Retry-After")
        finally:
            connection.close()

    def test_behaviours(self):
        rows = (  # behaviour, what the client gets, whether the service was reached
            (proxy.forward, (201, b"0123456789", None), 1),
            (proxy.drop, http.client.RemoteDisconnected, 1),
            (proxy.drop_request, http.client.RemoteDisconnected, 0),
            (proxy.cut, http.client.IncompleteRead, 1),
            (proxy.answer(429, {"Retry-After": "7"}), (429, b"", "7"), 0),
            (proxy.replace(lambda body: body[::-1]), (201, b"9876543210", None), 1),
        )
        for behaviour, expected, reached in rows:
            with self.subTest(behaviour=behaviour):
                before = self.upstream.served
                self.proxy.next(behaviour)
                if isinstance(expected, tuple):
                    self.assertEqual(self.post(), expected)
                else:
                    self.assertRaises(expected, self.post)
                self.assertEqual(self.upstream.served - before, reached)
        self.assertEqual(self.proxy.count("POST", "/x$"), len(rows))

    def test_refuse_and_accept(self):
        self.proxy.refuse()
        self.assertRaises(ConnectionRefusedError, self.post)
        self.proxy.accept()
        self.assertEqual(self.post()[0], 201)

    def test_rule(self):
        self.proxy.on("POST", "/x$", proxy.answer(500))
        self.assertEqual([self.post()[0], self.post()[0]], [500, 500])
        self.proxy.clear()
        self.assertEqual(self.post()[0], 201)


class WindowTest(unittest.TestCase):
    def test_pages(self):
        with Session(display=True, keyring="none") as session:
            window = Window(session, ["/usr/bin/python3", "-c", PAGES], "python3")
            window.wait_for_text("first")
            self.assertEqual(window.texts("second"), [])
            self.assertTrue(window.find_all("button", "Dead", sensitive=False))
            window.type_into(window.find("text", "Code"), "hello")
            window.press("button", "Press")
            window.wait_for_text("got hello")
            window.click(window.find("page tab", "Page B"))
            window.wait_for_text("second")
            self.assertEqual(window.find_all("text", "Code"), [])
            picture = window.screenshot(session.home / "picture.png")
            self.assertEqual(picture.read_bytes()[:4], b"\x89PNG")


if __name__ == "__main__":
    tap.main()

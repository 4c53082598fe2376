# SPDX-License-Identifier: GPL-3.0-or-later
"""A faulty HTTP proxy in front of the service: for each request the test says what goes wrong.

    with Proxy(service) as proxy:
        service.install_profile(url=proxy.url)
        proxy.next(drop)                                  # the reply to the next request is lost
        proxy.next(cut, answer(500), answer(429, {"Retry-After": "7"}))
        proxy.on("POST", "/activations$", replace(b"["*100000))   # until proxy.clear()
        proxy.refuse(); proxy.accept()                    # nobody listens, and again
        proxy.requests                                    # what came: method, path, headers, body, status

A behaviour is a function from an Exchange to nothing; `forward()` asks the service, `send()` answers.
"""

import http.client
import re
import socket
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from . import paths

NOT_PASSED = ("connection", "transfer-encoding", "content-length", "keep-alive", "date", "server")


class Exchange:
    """One request on its way. status, headers and body are the reply's once forward() was called."""

    def __init__(self, handler, proxy, body):
        self.handler, self.proxy, self.request_body = handler, proxy, body
        self.method, self.path, self.request_headers = handler.command, handler.path, dict(handler.headers.items())
        self.status, self.headers, self.body = None, [], b""

    def forward(self):
        target = urlsplit(self.proxy.target)
        connection = http.client.HTTPConnection(target.hostname, target.port, timeout=paths.LIMIT)
        try:
            connection.request(self.method, self.path, self.request_body, self.request_headers)
            reply = connection.getresponse()
            self.status, self.body = reply.status, reply.read()
            self.headers = [(k, v) for k, v in reply.getheaders() if k.lower() not in NOT_PASSED]
        finally:
            connection.close()
        return self

    def send(self, length=None):
        handler = self.handler
        handler.send_response(self.status)
        for name, value in self.headers:
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(self.body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(self.body)

    def hang_up(self):
        self.handler.close_connection = True
        self.handler.wfile.flush()
        self.handler.connection.shutdown(socket.SHUT_RDWR)


def forward(exchange):
    """Passes request and reply on."""
    exchange.forward().send()


def drop(exchange):
    """The service acts, but its reply is lost."""
    exchange.forward().hang_up()


def drop_request(exchange):
    """The request never reaches the service."""
    exchange.hang_up()


def cut(exchange):
    """The service acts, but only half of the reply's body arrives."""
    exchange.forward()
    whole = len(exchange.body)
    exchange.body = exchange.body[:whole // 2]
    exchange.send(length=whole)
    exchange.hang_up()


def answer(status, headers=None, body=b"", content_type="text/html"):
    """Answers without asking the service."""
    def behave(exchange):
        exchange.status, exchange.body = status, body.encode() if isinstance(body, str) else body
        exchange.headers = list({"Content-Type": content_type, **(headers or {})}.items())
        exchange.send()
    return behave


def replace(body):
    """The service acts, but the reply carries another body: bytes, or a function from the real body to one."""
    def behave(exchange):
        exchange.forward()
        exchange.body = body(exchange.body) if callable(body) else body
        exchange.send()
    return behave


def hold(released, then=forward):
    """Waits for a threading.Event before it goes on; `reached` of the returned function tells that it came."""
    def behave(exchange):
        behave.reached.set()
        released.wait(paths.LIMIT)
        then(exchange)
    behave.reached = threading.Event()
    return behave


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.proxy.handle(Exchange(self, self.server.proxy, body))

    do_GET = do_POST = do_PUT = do_DELETE = handle_any

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        pass


class Proxy:
    def __init__(self, service, tls=None):
        """tls: an ssl.SSLContext to serve HTTPS with, as `localhost`."""
        self.tls = tls
        self.target = service.url
        self.requests = []
        self._once = deque()
        self._rules = []
        self._news = threading.Condition()
        self._server = None
        self.port = 0
        self.accept()

    @property
    def url(self):
        return f"https://localhost:{self.port}/v1" if self.tls else f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.refuse()

    def accept(self):
        """Listens, on the same port as before."""
        if self._server is None:
            self._server = Server(("" if self.tls else "127.0.0.1", self.port), Handler)
            self._server.proxy = self
            if self.tls:
                self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True,
                                                           do_handshake_on_connect=False)
            self.port = self._server.server_address[1]
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def refuse(self):
        """Stops listening: connections are refused."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def next(self, *behaviours):
        """What happens to the next requests, in order, whatever they are."""
        with self._news:
            self._once.extend(behaviours)

    def on(self, method, path, behaviour):
        """What happens to every request with that method and a path that the expression is found in."""
        with self._news:
            self._rules.insert(0, (method, re.compile(path), behaviour))

    def clear(self):
        with self._news:
            self._once.clear()
            self._rules.clear()

    def handle(self, exchange):
        with self._news:
            if self._once:
                behaviour = self._once.popleft()
            else:
                behaviour = next((behaviour for method, path, behaviour in self._rules
                                  if method == exchange.method and path.search(exchange.path)), forward)
            self.requests.append(exchange)
            self._news.notify_all()
        behaviour(exchange)

    def count(self, method="POST", path=""):
        """How many such requests came."""
        return sum(1 for e in list(self.requests) if e.method == method and re.search(path, e.path))

    def wait_for_requests(self, number, method="POST", path="", limit=paths.LIMIT):
        """Waits until so many such requests came. Blocks: not for a test that must serve its own main loop."""
        with self._news:
            assert self._news.wait_for(lambda: self.count(method, path) >= number, limit), \
                f"{self.count(method, path)} requests {method} {path} instead of {number}"

# SPDX-License-Identifier: GPL-3.0-or-later
"""The real renewal service with the demo's codes.

    with Service(session) as service:
        service.codes["one-year"], service.url, service.port
        service.kill(); service.restart()          # the same port and directory

Its vendor profile is put where the session's agent looks. `Service(session, directory=True)` keeps the store in a
folder of the session, so that it survives a restart; a path names another folder. `vendor="orchard"` is the second demo
vendor; both may run beside each other.
"""

import json
import secrets
import signal
import subprocess
import urllib.request
import uuid
from pathlib import Path

from . import paths
from .process import Child

READY = r"^Ready on (http://127\.0\.0\.1:(\d+)/v1)$"


class Service:
    def __init__(self, session, directory=None, port=0, env=None, install_profile=True,
                 vendor="demo"):
        self.session = session
        self.vendor = vendor
        self.directory = self._folder() if directory is True else directory and Path(directory)
        self.port = port
        self.env = env or {}
        self.codes = {}
        self.descriptions = {}
        self.child = None
        self._install = install_profile
        self._profile = session.home / f"{vendor}-profile.conf"

    def _folder(self):
        return self.session.home / ("service" if self.vendor == "demo" else f"service-{self.vendor}")

    @property
    def log(self):
        return self.session.logs / f"prolong-service-{self.vendor}.log"

    @property
    def product(self):
        """The product that most codes are for."""
        return {"demo": "internet-security", "orchard": "photo-orchard"}[self.vendor]

    @property
    def name(self):
        """The name of the vendor, in English."""
        return next(line[5:] for line in self.profile.split("\n") if line.startswith("Name="))

    @property
    def profile_path(self):
        return self._profile

    @property
    def profile(self):
        """The profile as the service wrote it."""
        return self._profile.read_text(encoding="utf-8")

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.child:
            self.child.close()

    def start(self):
        argv = [paths.SERVICE, "serve", "--demo", "--vendor", self.vendor, "--port", str(self.port), "--profile",
                str(self._profile)]
        if self.directory:
            self.directory.mkdir(parents=True, exist_ok=True)
            argv += ["--directory", str(self.directory)]
        self.child = Child(argv, {**self.session.env, **self.env}, self.log)
        ready = self.child.wait_for_line(READY)
        self.url, self.port = ready.group(1), int(ready.group(2))
        for line in self.child.lines:
            name, tab, rest = line.partition("\t")
            if tab:
                self.codes[name], _, self.descriptions[name] = rest.partition("\t")
        if self._install:
            self._install = False
            self.install_profile()

    def install_profile(self, url=None, change=None):
        """Puts the profile where the agent looks. url: that of a proxy; change: a function from text to text."""
        text = self.changed_profile(url, change)
        target = self.session.vendors / f"{self.vendor}.conf"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def changed_profile(self, url=None, change=None):
        text = self.profile
        if url:
            text = "\n".join(f"Service={url}" if line.startswith("Service=") else line for line in text.split("\n"))
        return change(text) if change else text

    def issue(self, product=None, count=1, **options):
        """Issues codes in a kept directory while the service runs; options as those of `codes issue`."""
        argv = [paths.SERVICE, "codes", "issue", "--directory", str(self.directory), "--product",
                product or self.product, "--count", str(count)]
        for name, value in options.items():
            argv += ["--" + name.replace("_", "-")] + ([] if value is True else [str(value)])
        done = subprocess.run(argv, env=self.session.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        codes = done.stdout.split()
        return codes[0] if count == 1 else codes

    def block(self, code):
        done = subprocess.run([paths.SERVICE, "codes", "block", "--directory", str(self.directory)], input=code + "\n",
                              env=self.session.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def activate_elsewhere(self, code, device_name, product="internet-security"):
        """Another device takes a seat."""
        body = {"code": code, "nonce": secrets.token_urlsafe(32), "device": secrets.token_urlsafe(32),
                "device_name": device_name, "product": product}
        request = urllib.request.Request(f"{self.url}/activations", json.dumps(body).encode(),
                                         {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())})
        urllib.request.urlopen(request, timeout=paths.LIMIT).read()

    def pay(self, payment_url, method="ideal"):
        """Pays an order as its page does."""
        number, token = payment_url.split("#")[1].split(".")
        request = urllib.request.Request(
            f"{self.url}/orders/{number}/payments", json.dumps({"method": method}).encode(),
            {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4()), "Authorization": f"Bearer {token}"})
        urllib.request.urlopen(request, timeout=paths.LIMIT).read()

    def stop(self):
        """SIGTERM; returns the exit status."""
        return self.child.stop()

    def kill(self):
        self.child.signal(signal.SIGKILL)
        return self.child.wait()

    def restart(self):
        """Starts again on the same port, with the same directory if it has one."""
        if self.child and self.child.returncode is None:
            self.stop()
        self.start()

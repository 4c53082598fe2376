# SPDX-License-Identifier: GPL-3.0-or-later
"""A network of its own for one program, with a link to this machine that can be taken down. Needs root.

    with Network() as network:
        network.address                 # of this machine, as the program sees it
        network.inside(program)         # a program that is PROGRAM in that network
        network.down(); network.up()
"""

import os
import subprocess
from pathlib import Path


class Network:
    def __init__(self, folder):
        self.folder = Path(folder)
        number = os.getpid() % 60000
        self.name = f"prolong{number}"
        self.outer, self.inner = f"pro{number}", f"pri{number}"
        self.address = f"10.213.{number // 250}.{number % 250 + 1}"
        self.peer = f"10.214.{number // 250}.{number % 250 + 1}"

    @staticmethod
    def can_be_made():
        return os.geteuid() == 0

    def _ip(self, *arguments):
        subprocess.run(["ip", *arguments], check=True, capture_output=True)

    def __enter__(self):
        self._ip("netns", "add", self.name)
        self._ip("link", "add", self.outer, "type", "veth", "peer", "name", self.inner)
        self._ip("link", "set", self.inner, "netns", self.name)
        self._ip("addr", "add", self.address, "peer", self.peer, "dev", self.outer)
        self._ip("link", "set", self.outer, "up")
        self._ip("-n", self.name, "link", "set", "lo", "up")
        self.up()
        return self

    def __exit__(self, *_):
        subprocess.run(["ip", "link", "del", self.outer], check=False, capture_output=True)
        subprocess.run(["ip", "netns", "del", self.name], check=False, capture_output=True)

    def up(self):
        subprocess.run(["ip", "-n", self.name, "addr", "add", self.peer, "peer", self.address, "dev", self.inner],
                       check=False, capture_output=True)
        self._ip("-n", self.name, "link", "set", self.inner, "up")
        self._ip("-n", self.name, "route", "replace", "default", "via", self.address, "dev", self.inner, "onlink")

    def down(self):
        self._ip("-n", self.name, "link", "set", self.inner, "down")

    def inside(self, program):
        """A program that is PROGRAM in this network; it keeps its process id."""
        script = self.folder / f"{Path(program).name}-inside"
        script.write_text(f"#!/bin/sh\nexec nsenter --net=/run/netns/{self.name} {program} \"$@\"\n")
        script.chmod(0o755)
        return script

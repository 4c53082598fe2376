# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates for a service on this machine, and a machine that trusts them.

    authority = Authority(session.home)
    Proxy(service, tls=authority.context())              # HTTPS as localhost
    Agent(session, program=authority.trusting(paths.AGENT))   # trusts it; needs root, for it mounts

The trust store of that one process gets the authority in addition, by a mount of its own; the machine's stays as it is.
"""

import os
import ssl
import subprocess
from pathlib import Path

TRUST_STORE = "/etc/ssl/certs/ca-certificates.crt"


class Authority:
    def __init__(self, folder, addresses=("127.0.0.1",)):
        """addresses: those that the certificate is made out to beside `localhost`."""
        self.folder = Path(folder) / "authority"
        self.folder.mkdir()
        self._openssl("req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "90", "-keyout", "ca.key", "-out", "ca.pem",
                      "-subj", "/CN=Test authority")
        self._openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
                      "host.key", "-out", "host.csr", "-subj", "/CN=localhost")
        own = (self.folder / "ca.pem").read_bytes()
        (self.folder / "store.pem").write_bytes(Path(TRUST_STORE).read_bytes() + own)
        (self.folder / "extensions").write_text(
            "subjectAltName=DNS:localhost" + "".join(f",IP:{a}" for a in addresses) + "\n")
        self._openssl("x509", "-req", "-in", "host.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "90", "-out",
                      "host.pem", "-extfile", "extensions")

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "host.pem", self.folder / "host.key")
        return context

    @staticmethod
    def can_be_trusted():
        return os.geteuid() == 0

    def trusting(self, program):
        """A program that is PROGRAM with this authority in its trust store."""
        script = self.folder / Path(program).name
        script.write_text(f"#!/bin/sh\nexec unshare --mount --propagation private /bin/sh -c '"
                          f"mount --bind {self.folder}/store.pem {TRUST_STORE} && exec {program} \"$@\"' sh \"$@\"\n")
        script.chmod(0o755)
        return script

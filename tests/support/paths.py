# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the built programs and the sources are; told by meson through the environment."""

import os
from pathlib import Path

SOURCE = Path(os.environ.get("PROLONG_SOURCE") or Path(__file__).resolve().parents[2])
BUILD = Path(os.environ.get("PROLONG_BUILD") or SOURCE / "build")

AGENT = BUILD / "src/agent/prolong-agent"
CTL = BUILD / "src/cli/prolongctl"
WINDOW = BUILD / "src/window/prolong"
SERVICE = BUILD / "src/service/prolong-service"
LOCALE_DIR = BUILD / "po"
HELP_DIR = BUILD / "data/help"
LIBFAKETIME = next(map(str, Path("/usr/lib").glob("**/faketime/libfaketime.so.1")), "libfaketime.so.1")

APP_ID = "io.github.prolong.Prolong"
AGENT_NAME = APP_ID + ".Agent"
AGENT_PATH = "/io/github/prolong/Prolong/Agent"

# The longest that anything in a test is waited for; under a sanitizer on a busy machine everything is slow.
LIMIT = float(os.environ.get("PROLONG_TEST_LIMIT", "30"))

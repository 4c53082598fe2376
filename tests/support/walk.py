# SPDX-License-Identifier: GPL-3.0-or-later
"""The way through the window that every person goes, in the language of the environment."""

import gettext
import re

from . import paths


def words(languages=None):
    """The translating function; LANGUAGES such as ["nl"], those of the environment by default."""
    return gettext.translation("prolong", paths.LOCALE_DIR, languages, fallback=True).gettext


def activate(window, code, languages=None, at=lambda place: None):
    """From "no license" to the label with the days left; calls AT at each place on the way."""
    _ = words(languages)
    at("start")
    window.press("button", _("Enter activation code"))
    window.type_into(window.find("text", _("Activation code")), code)
    at("activate")
    window.press("button", _("Add activation code"))
    window.find("button", _("Finish"), sensitive=True)
    at("finish")
    window.press("button", _("Finish"))
    window.find("button", re.compile("365"))
    at("license")

# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases of tests/license/rules-cases.ini, for tests that run them elsewhere than on bare facts."""

import configparser

from . import paths


def cases(place):
    """The cases that can be run in PLACE (`http` or `window`): (name, case), each case a mapping of strings."""
    parser = configparser.ConfigParser(interpolation=None)
    with open(paths.SOURCE / "tests/license/rules-cases.ini", encoding="utf-8") as file:
        parser.read_file(file)
    return [(name, parser[name]) for name in parser.sections() if place in parser[name]["over"].split()]

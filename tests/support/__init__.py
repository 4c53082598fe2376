# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests with a session share: a private desktop, the real programs, a faulty proxy, TAP.

A test is a unittest module that ends in

    if __name__ == "__main__":
        tap.main()

and is registered in its folder's meson.build as tests/meson.build shows. Run one by hand from a build tree with

    meson test -C build --suite agent -v
    build-aux/run-python-test build tests/agent/journal.py [Class.method ...]
"""

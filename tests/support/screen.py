# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on the screen of a session, as pictures."""

from PIL import ImageGrab


def grab(session, box=None):
    """The whole screen, or what is in the box (left, top, right, bottom), in RGB."""
    return ImageGrab.grab(xdisplay=session.display).convert("RGB").crop(box)


def settle(wait_for, look, most=None):
    """What LOOK gives once it gives the same twice, since what changed last is then painted; the MOST-th time anything."""
    last, tries = None, 0

    def settled():
        nonlocal last, tries
        before, last, tries = last, look(), tries + 1
        return last if before == last or tries == most else None

    return wait_for(settled, what="the window to be painted")

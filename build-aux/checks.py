# SPDX-License-Identifier: GPL-3.0-or-later
"""What the check-* programs share: the project's files, and telling what is wrong."""

import os
import subprocess
import sys
from pathlib import Path

GENERATED = ("build", "_build", "__pycache__", ".git")


def project_files(root):
    """The files of the project, relative to its root: those that git knows or would, else all but build trees."""
    root = Path(root)
    if (root / ".git").exists():
        listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                capture_output=True, check=True).stdout.decode().split("\0")
        return sorted(Path(name) for name in listed if name and (root / name).is_file())
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f not in GENERATED and (not f.startswith("build-") or f == "build-aux")]
        found += [Path(folder, name).relative_to(root) for name in names]
    return sorted(found)


def read(path):
    """The text of a file; None when it is no text."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def finish(complaints):
    """Prints each complaint; ends the program with 1 when there is any."""
    for complaint in complaints:
        print(complaint)
    sys.exit(1 if complaints else 0)

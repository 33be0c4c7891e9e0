"""Loads Qt and takes off the hook that its binding hangs on Python's `import`.

PySide 6.11 puts a function of its own in the place of `builtins.__import__`, for `from __feature__ import …`, which
nobody here uses. It reads the source of each module that is imported from then on, to see whether "PySide6" stands in
it, and keeps the lines: an eighth of a start, and 16 MB.
"""

import builtins

BEFORE = "__orig_import__"  # in `builtins`: what PySide has found there


def import_plainly() -> None:
    """Load the core of Qt, and from now on everything as if Qt were not there. For the roots, before all else."""
    from PySide6 import QtCore

    before = getattr(builtins, BEFORE, None)
    if QtCore and before is not None:
        builtins.__import__ = before

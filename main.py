"""Starts the window, or the command line when there is a command. Does nothing else."""

import argparse
import gc
import sys

from desktop.cli.entry import run


def main() -> int:
    """Run Cadência and return the exit code: 0 done, 1 refused with a reason, 2 wrong usage."""
    return run(sys.argv[1:], _open_window)


def _open_window(options: argparse.Namespace) -> int:
    # Nothing of what is loaded now is garbage, and to look for some takes a tenth of the start. The window goes on
    # without Python's own collection, see desktop/collector.py.
    gc.disable()
    # Late, so that a command does not load Qt's widgets: the window costs ten times what a command does.
    from desktop.qt_import import import_plainly

    import_plainly()
    from desktop.app.opening import run_window

    return run_window(options)


if __name__ == "__main__":
    sys.exit(main())

"""Modules that are loaded when something of them is first used.

For one place that names many modules and uses one of them at a time: `db/queries/library.py`, whose questions run in
the readers' threads, so that is where they load. Everywhere else an import stands at the top of its file.
"""

from importlib import import_module
from types import ModuleType


class _Late(ModuleType):
    """Looks as the module does, which it loads at the first look. Never keeps what it found: a test may replace it."""

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self.__name__), name)


def late_module(name: str) -> ModuleType:
    """Return what stands for the module of this name; an import under TYPE_CHECKING says its type."""
    return _Late(name)

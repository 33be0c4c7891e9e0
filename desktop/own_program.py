"""How this program starts itself again, for work that wants a process of its own."""

import sys
from pathlib import Path


def own_command() -> list[str]:
    """Return what starts this program, as a packaged one or from its sources; arguments are appended to it."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable] if frozen else [sys.executable, str(Path(__file__).resolve().parents[1] / "main.py")]

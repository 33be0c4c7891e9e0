"""Modules that load when something of them is first used."""

import subprocess
import sys
from pathlib import Path

import pytest

from db import late
from db.late import late_module

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import sys
from db.late import late_module
stands_for = late_module("db.moments")
assert "db.moments" not in sys.modules
assert stands_for.from_ms(0).year == 1970
assert "db.moments" in sys.modules
"""


def test_a_module_is_loaded_by_the_first_look_at_something_in_it() -> None:
    subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, check=True)


def test_what_is_replaced_in_the_module_is_what_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    stands_for = late_module("db.late")
    assert stands_for.late_module is late_module
    monkeypatch.setattr(late, "late_module", len)
    assert stands_for.late_module is len


def test_what_is_not_in_the_module_is_not_there() -> None:
    with pytest.raises(AttributeError):
        _ = late_module("db.late").nothing

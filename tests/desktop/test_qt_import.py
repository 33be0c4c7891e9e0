"""Qt's binding reads the source of whatever is imported after it, unless it is told not to."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOADED = """
import linecache
from desktop.qt_import import import_plainly
{call}
from desktop.domain.errors import KnownError
print(any(name.endswith("errors.py") for name in linecache.cache))
"""


@pytest.mark.parametrize(("call", "reads_source"), [("import_plainly()", "False"), ("import PySide6.QtCore", "True")])
def test_what_is_loaded_after_qt_is_loaded_without_reading_its_source(call: str, reads_source: str) -> None:
    # The second case: once PySide no longer does this, the module is to go.
    script = LOADED.format(call=call)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == reads_source

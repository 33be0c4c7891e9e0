"""Who may import whom. The table is the one of the architecture: a room that is not in it may not exist.

Imports are read from the source, never executed: those under TYPE_CHECKING, inside functions and through
`import_module("…")` count like any other. Direct imports are enough, because the imported room is held to its own row.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("desktop", "db", "main")

QT = "PySide6"
# `*.ports` stands for the ports module of any room.
PORTS = "*.ports"

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "desktop.domain": (),
    "desktop.policy": ("desktop.domain",),
    "desktop.content": ("desktop.domain",),
    "desktop.audience": ("desktop.domain", "phonenumbers", "holidays"),
    "desktop.audience.readers": ("desktop.domain", "desktop.audience", "python_calamine", "vobject"),
    "desktop.engine": ("desktop.domain", "desktop.policy", "desktop.content"),
    "desktop.gateways": (
        "desktop.domain",
        "desktop.engine.ports",
        "httpx",
        "aiohttp",
        "yarl",
        "multidict",
        "socketio",
        "certifi",
    ),
    # What gateways post to us.
    "desktop.receiver": ("desktop.domain", "desktop.engine.ports", "aiohttp"),
    "desktop.webhooks": ("desktop.domain", "desktop.engine.ports", "httpx"),
    # Asks an AI endpoint to write.
    "desktop.ai": ("desktop.domain", "httpx"),
    # The server by which other programs drive campaigns.
    "desktop.api": ("desktop.domain", PORTS, "litestar", "uvicorn"),
    "desktop.simulator": ("desktop.domain", "aiohttp", "socketio", "engineio", "segno"),
    "db": ("desktop.domain", PORTS, "sqlalchemy", "alembic"),
    # What an operator can do, once for both roots: the window and the command line.
    "desktop.operations": ("desktop.domain", "desktop.policy", "desktop.content", "desktop.audience", PORTS),
    # The files of messages: what they are, their copies, smaller pictures.
    "desktop.media": ("desktop.domain", "PIL", "filelock"),
    "desktop.access": ("desktop.domain", "desktop.policy", PORTS, "keyring", "cryptography", "filelock", "argon2"),
    "desktop.reports": ("desktop.domain", PORTS, "xlsxwriter", "reportlab"),
    "desktop.viewmodels": (
        "desktop.domain",
        "desktop.policy",
        "desktop.content",
        "desktop.audience",
        f"{QT}.QtCore",
        f"{QT}.QtGui",
        "numpy",  # the buckets of the charts
    ),
    "desktop.widgets": ("desktop.domain", QT, "pyqtgraph", "numpy", "segno"),
    "desktop.screens": ("desktop.viewmodels", "desktop.widgets", "desktop.domain", QT),
    # Read by the two roots only, and handed on as plain values.
    "desktop.settings": ("desktop.domain", "desktop.paths"),
    "desktop.paths": ("desktop.domain", "platformdirs", "filelock"),
    "desktop.logs": ("desktop.domain", "desktop.gateways.redact"),
    "desktop.campaign_logs": ("desktop.domain", "desktop.gateways.redact"),
    "desktop.home_logs": (
        "desktop.domain",
        "desktop.campaign_logs",
        "desktop.logs",
        "desktop.paths",
        "desktop.settings",
    ),
    "desktop.crash_reports": ("desktop.logs",),
    # Both roots back up and restore a home that may not be open.
    "desktop.backup": ("desktop.domain", "desktop.paths", "desktop.engine_lock", "desktop.access", "db"),
    "desktop.import_place": ("desktop.domain", "filelock"),
    "desktop.import_process": (
        "desktop.domain",
        "desktop.audience",
        "desktop.operations.reading",
        "desktop.own_program",
    ),
    "desktop.own_program": (),
    "desktop.capsule": ("desktop.domain", "desktop.access"),
    "desktop.capsule_desk": ("desktop.domain", "desktop.capsule", "desktop.media", "db"),
    "desktop.engine_lock": ("desktop.domain", "desktop.paths", "filelock"),
    "desktop.collector": (QT,),
    "desktop.late": (),
    "desktop.qt_import": (QT,),
    "desktop.qt_loop": ("desktop.collector", "qasync", QT),
    # The composition roots build everything; `composition` is what both build alike.
    "desktop.composition": ("*",),
    "desktop.composition_acting": ("*",),  # its half that acts
    "desktop.composition_receiver": ("*",),  # its half about webhooks
    "desktop.composition_gateways": ("*",),  # its half that speaks HTTP
    "desktop.app": ("*",),
    "desktop.cli": ("*",),
    "main": ("desktop.app", "desktop.cli", "desktop.qt_import"),
}
# Of the standard library, what belongs to one room: nobody else talks SQL.
ONLY_IN = {"sqlite3": "db"}
# Who may import what builds everything. All other rooms are imported by whoever has them in its row.
ROOT_IMPORTERS = {
    "desktop.app": ("main",),
    "desktop.cli": ("main",),
    "desktop.composition": ("desktop.app", "desktop.cli", "desktop.composition_acting"),
    "desktop.composition_acting": ("desktop.composition",),
    "desktop.composition_receiver": ("desktop.composition_acting", "desktop.composition"),
    "desktop.composition_gateways": ("desktop.composition_acting", "desktop.composition"),
    "main": (),
}


@dataclass(frozen=True)
class Import:
    """One import as it stands in the source: the module that is reached, and from where."""

    importer: str
    imported: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def sources(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield the dotted name and the path of each module of ours below `root`."""
    paths = [root / "main.py", *(root / "desktop").rglob("*.py"), *(root / "db").rglob("*.py")]
    for path in sorted(path for path in paths if path.is_file()):
        yield ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"), path


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def room_of(module: str) -> str | None:
    """Return the innermost room that holds `module`."""
    return max((room for room in MAY_IMPORT if is_within(module, room)), key=len, default=None)


def imports_of(module: str, path: Path, root: Path) -> Iterator[Import]:
    """Yield every import in the file, wherever it stands."""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                reached = [alias.name for alias in names]
            case ast.ImportFrom(module=base, names=names, level=level):
                prefix = package[: len(package) - level + 1] if level else []
                reached = [_reached(".".join([*prefix, *filter(None, [base])]), alias.name, root) for alias in names]
            case ast.Call(func=function, args=[ast.Constant(value=str(name)), *_]) if _is_importer(function):
                reached = [name]
            case _:
                continue
        yield from (Import(module, name, node.lineno) for name in reached)


def _reached(base: str, name: str, root: Path) -> str:
    """Tell `from package import module` from `from module import name`; others' names count as modules."""
    path = root.joinpath(*base.split("."), name)
    is_module = path.is_dir() or path.with_suffix(".py").is_file()
    return f"{base}.{name}" if is_module or base.partition(".")[0] not in OURS else base


def _is_importer(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in {"import_module", "__import__", "late_module"}


def is_allowed(item: Import) -> bool:
    room = room_of(item.importer)
    library = item.imported.partition(".")[0]
    if library in sys.stdlib_module_names:
        return room == ONLY_IN.get(library, room)
    if room is None:
        return False
    target = room_of(item.imported)
    if target in ROOT_IMPORTERS and room not in (target, *ROOT_IMPORTERS[target]):
        return False
    return any(
        pattern == "*" or is_within(item.imported, pattern) or (pattern == PORTS and _is_ports(item.imported))
        for pattern in (room, *MAY_IMPORT[room])
    )


def _is_ports(module: str) -> bool:
    parts = module.split(".")
    return parts[0] == "desktop" and "ports" in parts[2:3]


def violations(root: Path) -> list[str]:
    """Return one line for each import that the table does not allow, and for each module outside of every room."""
    found: list[str] = []
    for module, path in sources(root):
        if room_of(module) is None and path.name != "__init__.py":
            found.append(f"{module} is in no room")
        found += [str(item) for item in imports_of(module, path, root) if not is_allowed(item)]
    return found


def test_every_import_is_one_that_the_table_allows() -> None:
    assert violations(ROOT) == []


def test_package_inits_are_empty_so_that_importing_ports_pulls_in_nothing_else() -> None:
    inits = [path for _, path in sources(ROOT) if path.name == "__init__.py"]
    assert [str(path.relative_to(ROOT)) for path in inits if path.read_text(encoding="utf-8").strip()] == []


def test_one_module_of_the_gateways_asks_over_http_so_that_changing_the_client_changes_one_file() -> None:
    modules = {
        item.importer
        for module, path in sources(ROOT)
        for item in imports_of(module, path, ROOT)
        if room_of(module) == "desktop.gateways" and item.imported.partition(".")[0] in {"httpx", "aiohttp", "yarl"}
    }
    # Besides it: the form of an upload's body, and a long-lived socket over the session that it opens.
    assert modules == {f"desktop.gateways.{name}" for name in ("http", "connections", "form", "waha_socket")}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("desktop/domain/x.py", "import desktop.policy.rotation"),
        ("desktop/policy/x.py", "import numpy"),
        ("desktop/engine/x.py", "from sqlalchemy import select"),
        ("desktop/engine/x.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from PySide6 import QtCore"),
        ("desktop/engine/x.py", "def late():\n    import httpx"),
        ("desktop/engine/x.py", "import importlib\nimportlib.import_module('db.connection')"),
        ("desktop/engine/x.py", "from desktop import gateways"),
        ("desktop/engine/x.py", "from .. import viewmodels"),
        ("desktop/engine/x.py", "from ..screens.main_window import MainWindow"),
        ("desktop/gateways/x.py", "from desktop.engine import dispatcher"),
        ("desktop/gateways/x.py", "from desktop.engine.dispatcher import Dispatcher"),
        ("desktop/simulator/x.py", "from desktop.gateways.outcome import read"),
        ("desktop/audience/x.py", "import openpyxl"),
        ("desktop/viewmodels/x.py", "from PySide6.QtWidgets import QWidget"),
        ("desktop/viewmodels/x.py", "from PySide6 import QtWidgets"),
        ("desktop/viewmodels/x.py", "import desktop.engine.ports"),
        ("desktop/widgets/x.py", "from desktop.viewmodels import campaigns"),
        ("desktop/screens/x.py", "from db.queries import campaigns"),
        ("desktop/screens/x.py", "import desktop.settings"),
        ("desktop/cli/x.py", "import sqlite3"),
        ("desktop/screens/x.py", "from desktop.app import main"),
        ("desktop/cli/x.py", "from desktop.app import main"),
        ("desktop/engine/x.py", "from desktop.composition import build"),
        ("main.py", "from desktop.composition import build"),
        ("db/x.py", "from desktop.engine.dispatcher import Dispatcher"),
        ("db/x.py", "import desktop.app"),
        ("desktop/utils/x.py", "import os"),
        ("desktop/loose.py", "import os"),
        ("main.py", "import db.connection"),
    ],
)
def test_a_forbidden_import_is_found(tmp_path: Path, module: str, source: str) -> None:
    for package in ("desktop/engine", "desktop/gateways", "desktop/viewmodels", "desktop/screens", "db"):
        (tmp_path / package).mkdir(parents=True)
    (tmp_path / "desktop/engine/dispatcher.py").touch()
    path = tmp_path / module
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    assert len(violations(tmp_path)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("desktop/engine/x.py", "import asyncio\nfrom desktop.policy import rotation\nfrom .ports import Clock"),
        ("desktop/gateways/x.py", "from desktop.engine import ports\nimport httpx"),
        ("desktop/audience/readers/x.py", "from desktop.audience.rows import Row"),
        ("desktop/viewmodels/x.py", "from PySide6 import QtCore\nfrom PySide6.QtGui import QColor"),
        ("desktop/screens/x.py", "from desktop.viewmodels.ports import Reads\nfrom PySide6.QtWidgets import QWidget"),
        ("db/x.py", "import sqlite3\nfrom desktop.viewmodels.ports import Reads\nfrom sqlalchemy.orm import Mapped"),
        ("desktop/cli/x.py", "import db.connection, desktop.engine.dispatcher, uvloop\nfrom desktop.cli import output"),
        ("desktop/app.py", "from desktop.composition import build\nfrom desktop import settings"),
        ("main.py", "from desktop.cli import entry"),
    ],
)
def test_an_allowed_import_is_no_violation(tmp_path: Path, module: str, source: str) -> None:
    for package in ("desktop/engine", "desktop/cli"):
        (tmp_path / package).mkdir(parents=True)
    (tmp_path / "desktop/engine/ports.py").touch()
    path = tmp_path / module
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    assert violations(tmp_path) == []

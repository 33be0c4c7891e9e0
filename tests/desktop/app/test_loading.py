"""What the window loads before it is there: each library in the list below would keep the operator waiting."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NOT_YET = (
    "aiohttp", "alembic", "holidays", "httpx", "keyring", "litestar", "multiprocessing", "numpy",
    "pyqtgraph", "reportlab", "sqlalchemy.orm", "uvicorn", "vobject", "xlsxwriter", "phonenumbers", "PIL",
    "sqlalchemy.dialects.postgresql", "desktop.composition_acting", "desktop.operations.operations",
    "desktop.engine.ports", "desktop.media.shelf", "desktop.cli.options", "desktop.policy.forecast", "desktop.app.demo",
    "desktop.viewmodels.timeline", "desktop.domain.own_text", "db.stores.ledger", "db.queries.analysis",
    "filelock", "desktop.domain.outcome", "db.queries.events", "db.tables.recipient", "db.tables.contact",
    "desktop.viewmodels.settings", "db.queries.instances", "db.tables.attempt", "db.tables.trial_message",
)  # fmt: skip
LOADED = """
import sys
import main
import desktop.app.start
import desktop.screens.campaigns.page, desktop.viewmodels.campaigns
print(*sys.modules)
"""


FIRST = """
import sys
import main
import desktop.app.opening
print(*(name for name in sys.modules if name.startswith(("desktop", "db", "asyncio"))))
"""


def test_the_mark_is_painted_before_anything_of_the_program_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST], cwd=ROOT, capture_output=True, text=True, check=True)
    rooms = {name.split(".")[1] for name in done.stdout.split() if "." in name}
    assert rooms == {"app", "cli", "domain", "widgets"}
    assert "asyncio" not in done.stdout.split()
    widgets = {name for name in done.stdout.split() if name.startswith("desktop.widgets.")}
    assert widgets == {"desktop.widgets.resources", "desktop.widgets.splash", "desktop.widgets.tokens"}


def test_the_list_of_campaigns_is_there_before_charts_servers_and_http() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "desktop.app.session" in loaded
    assert [name for name in NOT_YET if name in loaded] == []


SOURCES = """
import linecache, sys, types
import main

def run_window(options):
    import desktop.app.start
    print(*linecache.cache)

sys.modules["desktop.app.opening"] = types.SimpleNamespace(run_window=run_window)
main._open_window(None)
"""


def test_the_source_of_what_is_loaded_before_the_window_is_not_read() -> None:
    done = subprocess.run([sys.executable, "-c", SOURCES], cwd=ROOT, capture_output=True, text=True, check=True)
    read = [Path(name) for name in done.stdout.split() if name.endswith(".py")]
    of_qt = ("enum.py", "shiboken6", "PySide6")  # what Qt itself loads, before it can be stopped
    assert [path for path in read if path.name not in of_qt and path.parent.name not in of_qt] == []


ENGINE = "import sys, desktop.engine.engine, desktop.gateways.factory; print(*sys.modules)"


def test_an_engine_loads_no_second_http_client_and_no_charts() -> None:
    done = subprocess.run([sys.executable, "-c", ENGINE], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "aiohttp" in loaded
    assert [name for name in ("httpx", "litestar", "rich", "numpy", "PySide6.QtWidgets") if name in loaded] == []


LISTED = """
import sys
from desktop.cli.commands import load
load("campaign", "list")
print(*sys.modules)
"""


def test_a_command_loads_its_own_module_and_not_what_others_need() -> None:
    done = subprocess.run([sys.executable, "-c", LISTED], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "desktop.cli.campaign_commands" in loaded
    others = ("desktop.composition_acting", "desktop.backup", "desktop.capsule_desk", "cryptography", "PIL")
    assert [name for name in (*others, "desktop.operations.operations") if name in loaded] == []

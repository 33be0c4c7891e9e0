"""What the window loads before it is there: each library in the list below would keep the operator waiting."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NOT_YET = (
    "aiohttp", "alembic", "holidays", "httpx", "keyring", "litestar", "multiprocessing", "numpy",
    "pyqtgraph", "reportlab", "sqlalchemy.orm", "uvicorn", "vobject", "xlsxwriter",
)  # fmt: skip
LOADED = """
import sys
import main
import desktop.app.start
import desktop.screens.campaigns.page, desktop.viewmodels.campaigns
print(*sys.modules)
"""


def test_the_list_of_campaigns_is_there_before_charts_servers_and_http() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "desktop.app.session" in loaded
    assert [name for name in NOT_YET if name in loaded] == []

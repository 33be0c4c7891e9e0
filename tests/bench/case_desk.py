"""The program's window over a large campaign, at the pace of a busy desk: prints one JSON object.

How long the window's loop was blocked, and how memory grows, while so many messages leave a second.
"""

import argparse
import asyncio
import json
import os
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desktop import qt_loop
from desktop.app.session import Session, is_gui_thread
from desktop.composition import Workplace
from desktop.screens.pages import PageName
from desktop.widgets.language import Languages
from desktop.widgets.theme import ThemeMode, apply_theme
from tests.bench.case_engine import arguments
from tests.bench.case_growth import resident_mb
from tests.bench.world import INSTANCES, SentMeter, opened

SETTLE_S = 2.0  # the first paint of a page is no part of what is measured
BEGUN_WITHIN_S = 60.0
TOUR = (PageName.CAMPAIGNS, PageName.INSTANCES, PageName.CONTACTS, PageName.TIMELINE, PageName.CAMPAIGN)


async def _keep_pace(workplace: Workplace, per_second: float) -> None:
    """Let each instance send its share of `per_second`."""
    for summary in await workplace.library.instances():
        limits = replace(summary.instance.limits, min_gap_s=len(INSTANCES) / per_second)
        await workplace.instances.update(summary.instance.id, limits, "UTC", workplace.clock.now())


async def _case(app: QApplication, options: argparse.Namespace) -> dict[str, float]:
    async with opened(options.folder, options.key) as workplace:
        await _keep_pace(workplace, options.per_second)
        workplace.database.refuse_gui_thread(is_gui_thread)
        meter = SentMeter(options.seconds)
        session = Session(app, workplace, apply_theme(app, ThemeMode.SYSTEM), Languages(app), "en")
        window = await session.open()
        campaigns = await workplace.library.campaigns()
        window.navigate(PageName.CAMPAIGN, campaigns[0].id)
        await asyncio.sleep(SETTLE_S)
        early_mb = resident_mb()
        workplace.bus.subscribe(meter.on_events)
        lag = qt_loop.LoopLag()
        # A campaign that is over would let us wait for ever.
        await asyncio.wait_for(meter.begun.wait(), BEGUN_WITHIN_S)
        lag.start()
        await meter.done.wait()
        lag.stop()
        blocked, late_mb = lag.figures(), resident_mb()
        for page in TOUR:  # what an operator has looked at stays in memory
            window.navigate(page, campaigns[0].id if page is PageName.CAMPAIGN else None)
            await asyncio.sleep(SETTLE_S / 2)
        toured_mb = resident_mb()
        session.close()
        await session.until_closed()
    return meter.figures() | {
        "lag_p50_ms": blocked.p50_ms, "lag_p99_ms": blocked.p99_ms, "lag_max_ms": blocked.max_ms,
        "early_mb": early_mb, "late_mb": late_mb, "toured_mb": toured_mb,
    }  # fmt: skip


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--per-second", type=float, default=80.0)
    options = parser.parse_args()
    app = QApplication([])
    figures: dict[str, float] = {}

    async def run() -> None:
        figures.update(await _case(app, options))

    qt_loop.run(app, run)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

"""The timeline at size: how long the first rows take, whatever is asked and wherever one jumps.

Run `python -m tests.bench.bench_events [--events 10000000]`. The lines are written as the program writes them, through
its one writer; a campaign of its own has a share of them, and some are rare. A jump is a page by key at a random place.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from db.connection import Database
from db.home import ensure_workspace, open_database
from db.queries.library import SqlLibrary
from db.writer import WriteContext
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, EventId, InstanceId, WorkspaceId
from desktop.domain.summaries import EventFilter
from tests.bench.table import Table

EVENTS = 1_000_000
BATCH = 5_000
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
PAGE = 200
TIMES = 15
EVERY_S = 2.0  # between two lines


def _line(n: int) -> NewEvent:
    kind, severity = EventType.MESSAGE_SENT, Severity.INFO
    if n % 50 == 0:
        kind, severity = EventType.MESSAGE_FAILED, Severity.WARNING
    if n % 100_000 == 0:
        kind, severity = EventType.BREAKER_OPENED, Severity.ERROR
    at, details = BEGIN + timedelta(seconds=n * EVERY_S), {"rule": "round_robin", "attempt": 1, "position": n % 97}
    return NewEvent(
        kind, at, severity, details,
        campaign_id=CampaignId(1 + n % 20), instance_id=InstanceId(1 + n % 3), duration_ms=n % 400, http_status=201,
    )  # fmt: skip


async def _fill(database: Database, workspace_id: WorkspaceId, events: int) -> float:
    began = time.perf_counter()
    for start in range(0, events, BATCH):

        def unit(context: WriteContext, start: int = start) -> None:
            for n in range(start, min(start + BATCH, events)):
                context.emit(workspace_id, _line(n))

        await database.write(unit)
    return time.perf_counter() - began


async def _times(ask: Callable[[], Awaitable[object]]) -> str:
    taken: list[float] = []
    for _ in range(TIMES):
        began = time.perf_counter()
        await ask()
        taken.append((time.perf_counter() - began) * 1000)
    return f"{statistics.median(taken):.1f} / {max(taken):.1f} ms"


async def _measure(folder: Path, events: int) -> Table:
    table = Table(f"Timeline of {events:,} events: first {PAGE} rows, median / worst of {TIMES}", ("what", "figure"))
    database = open_database(folder / "events.db")
    try:
        workspace_id = ensure_workspace(database, BEGIN)
        seconds = await _fill(database, workspace_id, events)
        library = SqlLibrary(database, workspace_id, lambda: BEGIN + timedelta(seconds=events * EVERY_S))
        rng, last = Random(7), await library.last_event_id()
        ends = BEGIN + timedelta(seconds=events * EVERY_S)

        def anywhere() -> EventId:
            return EventId(rng.randrange(1, last + 1))

        def moment() -> datetime:
            return BEGIN + timedelta(seconds=rng.randrange(int(events * EVERY_S)))

        everything, one = EventFilter(), EventFilter(campaign_id=CampaignId(7))
        rare = EventFilter(types=(EventType.BREAKER_OPENED.value,))
        trouble = EventFilter(min_severity=Severity.ERROR)
        mixed = EventFilter(types=(EventType.MESSAGE_FAILED.value,), campaign_id=CampaignId(1))
        asks: tuple[tuple[str, Callable[[], Awaitable[object]]], ...] = (
            ("opened", lambda: library.events_before(everything, None, PAGE)),
            ("jump anywhere", lambda: library.events_before(everything, anywhere(), PAGE)),
            ("jump anywhere, upwards", lambda: library.events_after(everything, anywhere(), PAGE)),
            ("jump to a moment", lambda: library.events_before(EventFilter(until=moment()), None, PAGE)),
            ("one campaign", lambda: library.events_before(one, None, PAGE)),
            ("one campaign, jump anywhere", lambda: library.events_before(one, anywhere(), PAGE)),
            ("a rare type", lambda: library.events_before(rare, None, PAGE)),
            ("errors only", lambda: library.events_before(trouble, None, PAGE)),
            ("one type of one campaign, jump anywhere", lambda: library.events_before(mixed, anywhere(), PAGE)),
            ("the last hour", partial(library.events_before, EventFilter(since=ends - timedelta(hours=1)), None, PAGE)),
        )
        for what, ask in asks:
            table.add(what, await _times(ask))
        size_mb = sum(file.stat().st_size for file in folder.iterdir()) / 1e6  # noqa: ASYNC240  nobody waits
        table.add("written, durable", f"{events / seconds:,.0f} lines/s, {size_mb:,.0f} MB")
    finally:
        await asyncio.to_thread(database.close)
    return table


def measure(events: int = EVENTS) -> Table:
    """Write so many lines into an empty database and look at them."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder), events))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=EVENTS)
    print(measure(options.parse_args().events).text())


if __name__ == "__main__":
    main()

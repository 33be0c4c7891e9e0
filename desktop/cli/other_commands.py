"""Events and doctor."""

import argparse
import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC
from functools import partial

from db import chain
from db.checks import check as check_database
from desktop.access.protection import Protection
from desktop.cli.events_json import event_object
from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType
from desktop.domain.ids import CampaignId, EventId
from desktop.domain.instance import ConnectionState
from desktop.domain.operator import Deed
from desktop.domain.summaries import CheckLine, EventFilter
from desktop.engine_lock import holder, is_held

PAGE = 500
FOLLOW_EVERY_S = 0.25
LEAST_FREE_BYTES = 200_000_000


async def events(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """`events`: lines of the timeline; with `--follow` until it is interrupted."""
    if options.type is not None and options.type not in {event_type.value for event_type in EventType}:
        raise KnownError("unknown_event_type", f"There is no event type {options.type}.", ", ".join(EventType))
    where = EventFilter(
        types=(options.type,) if options.type else (),
        campaign_id=CampaignId(options.campaign) if options.campaign else None,
        since=options.since.astimezone(UTC) if options.since else None,
    )
    after = EventId(0)
    while True:
        while rows := await workplace.library.events_after(where, after, PAGE):
            for row in rows:
                event = event_object(row, words)
                output.line(event, f"{event['time']}  {event['severity']:7}  {event['message']}")
            after = rows[-1].id
        if not options.follow:
            return 0
        await workplace.clock.sleep(FOLLOW_EVERY_S)


async def prune_events(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    if options.before is None:
        raise KnownError("prune_without_moment", "Which events are to go?", "Say --before and a moment.")
    before = options.before.astimezone(UTC)
    by = await workplace.access.permit(Deed.SETTINGS)
    pruned = await workplace.event_keeper.prune(before, workplace.clock.now(), by)
    document = {
        "removed": pruned.events if pruned else 0,
        "anchor": {"id": pruned.through_id, "hash": pruned.hash} if pruned else None,
    }
    output.document(document, str(document["removed"]))
    return 0


async def doctor(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """`doctor`: check the installation and the home; 1 when a check is red."""
    checks = [
        _home(workplace),
        await _database(workplace),
        _keyring(workplace),
        _engine(workplace),
        await _clock(workplace),
        *(await _gateways(workplace)),
    ]
    worded: list[dict[str, object]] = []
    for line in checks:
        text, hint = words.check(line)
        worded.append({"code": line.code, "level": line.level, "text": text, "hint": hint, "facts": line.facts})
    ok = all(line.level != "red" for line in checks)
    output.document({"ok": ok, "checks": worded}, output.table(worded, ("level", "text", "hint")))
    return 0 if ok else 1


def _home(workplace: Workplace) -> CheckLine:
    free = shutil.disk_usage(workplace.home.folder).free
    level = "green" if free >= LEAST_FREE_BYTES else "red"
    return CheckLine("home", level, {"folder": str(workplace.home.folder), "free_mb": free // 1_000_000})


async def _database(workplace: Workplace) -> CheckLine:
    problems = await workplace.database.read(check_database)
    head_id, head_hash = await workplace.database.read(chain.head)
    facts: dict[str, object] = {
        "problems": [str(problem) for problem in problems],
        "newest_event": head_id,
        "newest_hash": head_hash,
    }
    return CheckLine("database", "red" if problems else "green", facts)


def _keyring(workplace: Workplace) -> CheckLine:
    protection = workplace.secrets.protection
    level = "amber" if protection is Protection.FILE_ONLY else "green"
    return CheckLine(f"keyring_{protection.value}", level, {"protection": protection.value})


def _engine(workplace: Workplace) -> CheckLine:
    if is_held(workplace.home):
        return CheckLine("engine_elsewhere", "green", {"holder": holder(workplace.home) or "—"})
    return CheckLine("engine_free", "green", {})


async def _clock(workplace: Workplace) -> CheckLine:
    """A clock behind what is already recorded has been set back: windows would then wait longer than needed."""
    last = await workplace.library.last_event_at()
    now = workplace.clock.now()
    behind_s = (last - now).total_seconds() if last else 0.0
    return CheckLine(
        "clock", "amber" if behind_s > 60 else "green", {"now": now, "behind_s": round(max(0.0, behind_s))}
    )


async def _gateways(workplace: Workplace) -> list[CheckLine]:
    summaries = await workplace.library.instances()

    async def ask(name: str, check: Callable[[], Awaitable[ConnectionState]]) -> CheckLine:
        try:
            state = await check()
        except KnownError as error:
            return CheckLine("gateway_unusable", "red", {"name": name, "code": error.code})
        level = "green" if state is ConnectionState.CONNECTED else "amber"
        return CheckLine("gateway", level, {"name": name, "state": str(state)})

    check = workplace.operations.check_instance
    return list(await asyncio.gather(*(ask(s.instance.name, partial(check, s.instance.id)) for s in summaries)))

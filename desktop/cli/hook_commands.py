"""Outbound webhooks by command line: additions to the contract."""

import argparse

from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.errors import KnownError
from desktop.domain.hook import CHOOSABLE, HookKind, HookStanding
from desktop.domain.ids import HookId

COLUMNS = ("id", "url", "events", "paused", "waiting", "dead", "last_error")


async def add(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    kinds = [HookKind(word) for word in options.events] or list(CHOOSABLE)
    async with workplace.hook_desk() as desk:
        hook, secret = await desk.add(options.url, kinds)
    answer = {"id": hook.id, "url": hook.url, "events": [kind.value for kind in hook.kinds], "secret": secret}
    output.document(answer, f"{hook.id}  {hook.url}\n{secret}")
    return 0


async def list_all(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    async with workplace.hook_desk() as desk:
        rows = [_row(standing) for standing in await desk.standings()]
    output.document(rows, output.table(rows, COLUMNS))
    return 0


def _row(standing: HookStanding) -> dict[str, object]:
    hook = standing.hook
    return {
        "id": hook.id,
        "url": hook.url,
        "events": [kind.value for kind in hook.kinds],
        "paused": hook.pause_reason,
        "waiting": standing.waiting,
        "dead": standing.dead,
        "last_delivered_at": standing.last_delivered_at,
        "last_error": standing.last_error,
    }


async def remove(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    async with workplace.hook_desk() as desk:
        await desk.remove(HookId(options.id))
    output.document({"id": options.id, "removed": True}, f"{options.id}  removed")
    return 0


async def pause(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    async with workplace.hook_desk() as desk:
        await desk.pause(HookId(options.id))
    output.document({"id": options.id, "paused": True}, f"{options.id}  paused")
    return 0


async def resume(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    async with workplace.hook_desk() as desk:
        await desk.resume(HookId(options.id))
    output.document({"id": options.id, "paused": False}, f"{options.id}  resumed")
    return 0


async def test(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """Tell a test once; exit 1 unless it was taken."""
    async with workplace.hook_desk() as desk:
        answer = await desk.test(HookId(options.id))
    if answer.http_status is None or not 200 <= answer.http_status < 300:
        what = answer.error or f"HTTP {answer.http_status}"
        raise KnownError(
            "hook_test_failed",
            f"The address did not take the test: {what}.",
            "Check the address, and that the workflow behind it is switched on.",
            answer=what,
        )
    output.document({"id": options.id, "http_status": answer.http_status}, f"{options.id}  {answer.http_status}")
    return 0


async def dead(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    async with workplace.hook_desk() as desk:
        deliveries = await desk.dead(HookId(options.id))
    for delivery in deliveries:
        line = {
            "id": delivery.key,
            "type": delivery.kind.value,
            "tries": delivery.tries,
            "http_status": delivery.http_status,
            "error": delivery.error,
            "created_at": delivery.created_at,
            "body": dict(delivery.body),
        }
        output.line(line, f"{delivery.key}  {delivery.kind.value}  {delivery.error}")
    return 0


async def retry(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    async with workplace.hook_desk() as desk:
        count = await desk.retry_dead(HookId(options.id))
    output.document({"id": options.id, "again": count}, f"{options.id}  {count}")
    return 0

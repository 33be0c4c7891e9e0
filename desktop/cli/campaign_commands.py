"""Campaigns: create, look, steer, and decide what is in doubt."""

import argparse
import json
from dataclasses import replace
from pathlib import Path

from desktop.cli.output import Output
from desktop.cli.status import SHOWN, describe, for_people, status_object
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.campaign import CampaignAction, Draft
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, RecipientId
from desktop.domain.recipient import RecipientStatus
from desktop.domain.summaries import RecipientRow
from desktop.operations.draft_json import parse_draft
from desktop.operations.status import queued, recipient_object
from desktop.policy.preflight import is_ok

PAGE = 500


async def create(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    draft = _read_draft(Path(options.draft))
    if options.message is not None:
        draft = replace(draft, messages=(await workplace.library.saved_message(options.message)).messages)
    campaign_id = await workplace.operations.create(draft)
    summary = await workplace.library.campaign(campaign_id)
    answer = {"id": campaign_id, "name": summary.name, "status": summary.status.value}
    output.document(answer, f"{campaign_id}  {summary.name}  {summary.status.value}")
    return 0


def _read_draft(path: Path) -> Draft:
    return parse_draft(read_json(path), path.resolve().parent)


def read_json(path: Path) -> object:
    """Read a file of the operator; refused with `file_unreadable`, `invalid_draft`."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        why = error.strerror or "error"
        raise KnownError(
            "file_unreadable", f"{path} cannot be read: {why}.", "Check the path.", file=str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise KnownError("invalid_draft", f"{path} is not UTF-8 text.", "Save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise KnownError("invalid_draft", f"{path} is not JSON: {error.msg}, {where}.", "Correct the file.") from error


async def list_all(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    campaigns = await workplace.library.campaigns()
    waiting = await queued(workplace.library, campaigns)
    rows = [await describe(workplace, each, each.id in waiting) for each in campaigns]
    shown = [for_people(row, waiting.get(each.id)) for row, each in zip(rows, campaigns, strict=True)]
    output.document(rows, output.table(shown, SHOWN))
    return 0


async def show(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    return await _show(workplace, CampaignId(options.id), output)


async def _show(workplace: Workplace, campaign_id: CampaignId, output: Output) -> int:
    status = await status_object(workplace, campaign_id)
    output.document(status, "\n".join(f"{name:12} {'—' if value is None else value}" for name, value in status.items()))
    return 0


async def preflight(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    lines = await workplace.operations.preflight(CampaignId(options.id))
    worded: list[dict[str, object]] = []
    for line in lines:
        text, hint = words.check(line)
        worded.append({"code": line.code, "level": line.level, "text": text, "hint": hint})
    ok = is_ok(lines)
    output.document({"ok": ok, "lines": worded}, output.table(worded, ("level", "text", "hint")))
    return 0 if ok else 1


async def pause(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    return await _act(workplace, options, output, CampaignAction.PAUSE)


async def resume(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    return await _act(workplace, options, output, CampaignAction.RESUME)


async def cancel(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    return await _act(workplace, options, output, CampaignAction.CANCEL)


async def _act(workplace: Workplace, options: argparse.Namespace, output: Output, action: CampaignAction) -> int:
    campaign_id = CampaignId(options.id)
    await workplace.operations.act(campaign_id, action)
    return await _show(workplace, campaign_id, output)


async def delete(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    campaign_id = CampaignId(options.id)
    status = await status_object(workplace, campaign_id)
    await workplace.operations.act(campaign_id, CampaignAction.DELETE)
    answer = status | {"status": "deleted"}
    output.document(answer, f"{campaign_id}  {status['name']}  deleted")
    return 0


async def duplicate(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    return await _show(workplace, await workplace.operations.duplicate(CampaignId(options.id)), output)


async def retry_failed(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    return await _show(workplace, await workplace.operations.retry_failed(CampaignId(options.id)), output)


async def report(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    path = Path(options.output)
    written = await workplace.operations.write_report(CampaignId(options.id), options.format, path)
    answer = {"file": str(written.file), "rows": written.rows, "verdict": written.verdict}
    output.document(answer, f"{written.file}  {written.rows}  {written.verdict}")
    return 0


async def recipients(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """`campaign recipients`: a line for each recipient, read page by page."""
    campaign_id = CampaignId(options.id)
    if options.status is not None and options.status not in {status.value for status in RecipientStatus}:
        raise KnownError("unknown_status", f"There is no status {options.status}.", ", ".join(RecipientStatus))
    await workplace.library.campaign(campaign_id)
    after, left = options.after and RecipientId(options.after), options.limit
    while left is None or left > 0:
        limit = PAGE if left is None else min(PAGE, left)
        page = await workplace.library.recipients(campaign_id, options.status, after, limit)
        for row in page:
            output.line(
                recipient_object(row), f"{row.id}  {row.phone}  {row.name}  {row.status.value}  {row.reason or ''}"
            )
        if len(page) < limit:
            break
        after, left = page[-1].id, left and left - len(page)
    return 0


async def in_doubt_list(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    summaries = await workplace.library.campaigns()
    rows: list[dict[str, object]] = []
    for summary in summaries:
        if summary.counts.in_doubt and options.campaign in (None, summary.id):
            rows += [
                {"campaign": summary.id, **recipient_object(row)} for row in await _doubtful(workplace, summary.id)
            ]
    output.document(rows, output.table(rows, ("campaign", "id", "phone", "name", "reason", "instance")))
    return 0


async def _doubtful(workplace: Workplace, campaign_id: CampaignId) -> list[RecipientRow]:
    rows: list[RecipientRow] = []
    while page := await workplace.library.recipients(campaign_id, "in_doubt", rows[-1].id if rows else None, PAGE):
        rows += page
        if len(page) < PAGE:
            break
    return rows


async def in_doubt_resolve(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    recipient_id, as_sent = RecipientId(options.recipient), options.verdict == "sent"
    resolved = await workplace.operations.resolve_doubt([recipient_id], as_sent)
    if not resolved:
        raise KnownError("not_in_doubt", f"Recipient {recipient_id} is not in doubt.", "See in-doubt list.")
    output.document({"recipient": recipient_id, "status": options.verdict}, f"{recipient_id}  {options.verdict}")
    return 0

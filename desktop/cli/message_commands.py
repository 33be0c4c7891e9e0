"""The library of messages: list, search, show, save, take from a campaign, rename, delete."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from desktop.cli.campaign_commands import read_json
from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.campaign import MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.moments import iso
from desktop.domain.saved_message import SavedMessage
from desktop.operations.draft_json import messages_json, parse_messages

_SHOWN = ("name", "variations", "text", "updated_at")
_TEXT_SHOWN = 60


async def list_some(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    rows = [_row(entry) for entry in await workplace.library.saved_messages(options.search, options.limit)]
    output.document(rows, output.table(rows, _SHOWN))
    return 0


async def show(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    return _show(await workplace.library.saved_message(options.name), output)


async def save(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    name, messages = await asyncio.to_thread(_read, Path(options.file))
    return _show(await workplace.message_library.save(name, messages), output)


async def take(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    campaign = await workplace.library.draft(CampaignId(options.id))
    return _show(await workplace.message_library.save(options.name, campaign.draft.messages), output)


async def rename(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    return _show(await workplace.message_library.rename(options.name, options.new_name), output)


async def delete(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    await workplace.message_library.delete(options.name)
    output.document({"name": options.name, "deleted": True}, options.name)
    return 0


def _read(path: Path) -> tuple[str, Sequence[MessageDraft]]:
    document = read_json(path)
    given = cast("dict[str, object]", document) if isinstance(document, dict) else {}
    name = given.get("name")
    if not isinstance(name, str) or set(given) - {"created_at", "updated_at"} != {"name", "messages"}:
        raise KnownError("invalid_draft", "The file must have name and messages.", "See: messages show NAME.")
    return name, parse_messages(given["messages"], "messages", path.resolve().parent)


def _show(entry: SavedMessage, output: Output) -> int:
    document = {
        "name": entry.name,
        "messages": messages_json(entry.messages),
        "created_at": iso(entry.created_at),
        "updated_at": iso(entry.updated_at),
    }
    output.document(document, json.dumps(document, ensure_ascii=False, indent=2))
    return 0


def _row(entry: SavedMessage) -> dict[str, object]:
    first = entry.messages[0]
    text = " ".join((first.text or (first.template.name if first.template else "")).split())
    return {
        "name": entry.name,
        "variations": len(entry.messages),
        "text": text if len(text) <= _TEXT_SHOWN else f"{text[: _TEXT_SHOWN - 1]}…",
        "media": [message.media.kind for message in entry.messages if message.media],
        "updated_at": iso(entry.updated_at),
    }

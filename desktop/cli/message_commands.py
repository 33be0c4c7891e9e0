"""The library of messages: list, search, show, save, take from a campaign, rename, delete."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from desktop.audience.phones import PhoneOk, normalise
from desktop.cli.campaign_commands import read_json
from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.content.variations import choice_seed
from desktop.domain.campaign import MessageDraft
from desktop.domain.contact import ContactFilter
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


async def test(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """`campaign test`: send a draft's message to the operator's own phone."""
    campaign = await workplace.library.draft(CampaignId(options.id))
    messages = campaign.draft.messages
    variation = int(options.variation)
    if variation > len(messages):
        raise KnownError("no_message", f"This campaign has {len(messages)} messages.", "Choose one of them.")
    phone, reader = _phone(options.phone), None
    if options.reader is not None:
        wanted = _phone(options.reader)
        ids = await workplace.library.contact_ids(ContactFilter(text=wanted), 1)
        reader = next((each for each in await workplace.library.contacts_of(ids) if each.phone == wanted), None)
        if reader is None:
            raise KnownError("contact_not_found", f"There is no contact {wanted}.", "See: contacts list.")
    seed = choice_seed(campaign.id, reader.phone) if reader else 0
    message = messages[variation - 1]
    message_id = await workplace.trial_sending.send(
        options.instance, phone, message, reader, seed=seed, campaign_id=campaign.id
    )
    output.document({"instance": options.instance, "phone": phone, "message_id": message_id}, message_id)
    return 0


def _phone(text: str) -> str:
    found = normalise(text, "BR")
    if not isinstance(found, PhoneOk):
        raise KnownError("invalid_phone", f"{text} is not a phone.", "Write it as +5511987654321.")
    return found.e164


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

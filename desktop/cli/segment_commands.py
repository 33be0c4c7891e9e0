"""Saved segments: list, show, create from a file, rename, delete."""

import argparse
import asyncio
import json
from pathlib import Path
from typing import cast

from desktop.cli.output import Output, iso
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.errors import KnownError
from desktop.domain.segment import Segment, from_document, to_document


async def list_all(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    rows = [await _facts(workplace, segment) for segment in await workplace.library.segments()]
    output.document(rows, output.table(rows, ("name", "people", "opted_out")))
    return 0


async def show(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    for segment in await workplace.library.segments():
        if segment.name == options.name:
            facts = await _facts(workplace, segment)
            sample = await workplace.library.rules_sample(segment.rules, 20)
            facts["sample"] = [{"phone": person.phone, "name": person.name} for person in sample]
            output.document(facts, json.dumps(facts, ensure_ascii=False, indent=2))
            return 0
    raise KnownError("segment_not_found", f"There is no saved segment {options.name}.", "See: segments list.")


async def create(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    document = await asyncio.to_thread(_read, Path(options.file))
    name = document.get("name")
    if not isinstance(name, str) or set(document) != {"name", "rules"}:
        raise KnownError("bad_segment", "The file must have exactly name and rules.", "See: segments show NAME.")
    segment = await workplace.operations.save_segment(name, from_document(document["rules"]))
    facts = await _facts(workplace, segment)
    output.document(facts, f"{segment.name}  {facts['people']}")
    return 0


async def rename(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """`segments rename`: give one another name; campaigns that name it follow."""
    segment = await workplace.operations.rename_segment(options.name, options.new_name)
    output.document({"name": segment.name}, segment.name)
    return 0


async def delete(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    await workplace.operations.delete_segment(options.name)
    output.document({"name": options.name, "deleted": True}, options.name)
    return 0


async def _facts(workplace: Workplace, segment: Segment) -> dict[str, object]:
    people, opted_out = await workplace.library.rules_size(segment.rules)
    return {
        "name": segment.name,
        "people": people,
        "opted_out": opted_out,
        "rules": to_document(segment.rules),
        "updated_at": iso(segment.updated_at),
    }


def _read(path: Path) -> dict[str, object]:
    try:
        document: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KnownError("file_unreadable", f"{path} cannot be read.", "Check that it exists.") from error
    except ValueError as error:
        raise KnownError("bad_segment", f"{path} is not JSON: {error}.", "Mend it and try again.") from error
    if not isinstance(document, dict):
        raise KnownError("bad_segment", "The file must have exactly name and rules.", "See: segments show NAME.")
    return cast("dict[str, object]", document)

"""Writes the proof report of a campaign: each recipient with its attempts and their evidence, and the verdict.

The recipients stream through: what is held is one page of them, and those for whom the claim is not proven.
"""

import asyncio
import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TextIO, TypeVar

from desktop.audience.rejects import formula_safe
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.proof import AttemptFacts, RecipientFacts
from desktop.domain.report import ReportWatch
from desktop.domain.summaries import CampaignSummary
from desktop.policy.proof import Evidence, Judgement, ProofTally, Unproven

T = TypeVar("T")
ReadProof = Callable[[CampaignSummary, Iterator[RecipientFacts]], T]
Describe = Callable[[CampaignSummary], Awaitable[Mapping[str, object]]]

FORMATS = ("json", "csv")
COLUMNS = (
    "id", "phone", "name", "status", "reason", "instance", "message_id", "attempts", "evidence", "proof", "sent_at",
    "delivered_at", "read_at", "replied_at",
)  # fmt: skip


class ProofLibrary(Protocol):
    async def proof(self, campaign_id: CampaignId, read: ReadProof[T]) -> T:
        """Run `read` in another thread on one consistent state of the database."""
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """A report that is on the disk."""

    file: Path
    rows: int
    verdict: str


def watched(
    summary: CampaignSummary, recipients: Iterator[RecipientFacts], watch: ReportWatch
) -> Iterator[RecipientFacts]:
    """Yield the recipients, telling how far that is.

    Raises:
        KnownError: `report_cancelled`.
    """
    watch.total = summary.counts.total
    for recipient in recipients:
        refuse_cancelled(watch)
        watch.done += 1
        yield recipient
    refuse_cancelled(watch)


def refuse_cancelled(watch: ReportWatch) -> None:
    """Raise `report_cancelled` when nobody wants the report any more."""
    if watch.is_cancelled:
        raise KnownError("report_cancelled", "The report was cancelled.", "No file was written.")


async def write_report(
    library: ProofLibrary,
    campaign_id: CampaignId,
    file_format: str,
    path: Path,
    describe: Describe,
    watch: ReportWatch | None = None,
) -> Written:
    """Write the report to `path`, complete or not at all.

    Args:
        describe: makes the status object of a campaign.

    Raises:
        KnownError: `format_not_supported`, `campaign_not_found`, `file_not_writable`, `report_cancelled`.
    """
    if file_format not in FORMATS:
        raise KnownError(
            "format_not_supported",
            f"Reports cannot be written as {file_format} yet.",
            f"Choose one of: {', '.join(FORMATS)}.",
            format=file_format,
        )
    watched_by = watch or ReportWatch()
    is_csv = file_format == "csv"
    row_text, between = (_csv_row, "") if is_csv else (_json_row, ",\n")
    try:
        with await asyncio.to_thread(_body_beside, path) as body:
            tally = ProofTally()

            def collect(summary: CampaignSummary, recipients: Iterator[RecipientFacts]) -> CampaignSummary:
                for number, recipient in enumerate(watched(summary, recipients, watched_by)):
                    body.write(between if number else "")
                    body.write(row_text(recipient, *tally.add(recipient)))
                return summary

            summary = await library.proof(campaign_id, collect)
            head, tail = (_csv_head(), "") if is_csv else (_json_head(await describe(summary), tally), "\n]}\n")
            refuse_cancelled(watched_by)
            await asyncio.to_thread(_assemble, path, head, body, tail, "utf-8-sig" if is_csv else "utf-8")
    except OSError as error:
        text = f"{path} cannot be written: {error.strerror or 'error'}."
        raise KnownError("file_not_writable", text, "Choose another place.", file=str(path)) from error
    return Written(path, tally.recipients, tally.verdict.value)


def _body_beside(path: Path) -> TextIO:
    """Open a nameless file where the report goes to: rows are written before what stands above them is known."""
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=path.absolute().parent)


def _assemble(path: Path, head: str, body: TextIO, tail: str, encoding: str) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding=encoding, newline="") as file:
            file.write(head)
            body.seek(0)
            shutil.copyfileobj(body, file)
            file.write(tail)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _json_head(status: Mapping[str, object], tally: ProofTally) -> str:
    proof = {
        "verdict": tally.verdict.value,
        "counts": tally.counts,
        "not_provable": _listed(tally.not_provable),
        "violated": _listed(tally.violated),
    }
    return f'{{"campaign": {_json(status)},\n"proof": {_json(proof)},\n"recipients": [\n'


def _listed(unproven: Sequence[Unproven]) -> list[dict[str, Any]]:
    return [asdict(each) for each in unproven]


def _json_row(recipient: RecipientFacts, known_by: Sequence[Evidence], judged: Judgement) -> str:
    row = recipient.row
    value: dict[str, object] = {
        "id": row.id,
        "phone": row.phone,
        "name": row.name,
        "status": row.status.value,
        "reason": row.reason,
        "instance": row.instance,
        "message_id": row.message_id,
        "attempts": [_attempt(*pair) for pair in zip(recipient.attempts, known_by, strict=True)],
        "proof": judged.verdict.value,
        "sent_at": _iso(row.sent_at),
        "delivered_at": _iso(row.delivered_at),
        "read_at": _iso(row.read_at),
        "replied_at": _iso(row.replied_at),
    }
    return _json(value)


def _attempt(attempt: AttemptFacts, known_by: Evidence) -> dict[str, object]:
    return {
        "number": attempt.number,
        "instance": attempt.instance,
        "started_at": _iso(attempt.started_at),
        "duration_ms": attempt.duration_ms,
        "outcome": attempt.outcome,
        "code": attempt.code,
        "http_status": attempt.http_status,
        "message_id": attempt.message_id,
        "evidence": known_by.value,
    }


def _csv_head() -> str:
    return ";".join(COLUMNS) + "\r\n"


def _csv_row(recipient: RecipientFacts, known_by: Sequence[Evidence], judged: Judgement) -> str:
    row = recipient.row
    texts = (row.name, row.status.value, row.reason or "", row.instance or "", row.message_id or "")
    moments = (row.sent_at, row.delivered_at, row.read_at, row.replied_at)
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=";").writerow(
        [
            row.id,
            row.phone,
            *map(formula_safe, texts),
            len(recipient.attempts),
            " ".join(kind.value for kind in known_by),
            judged.verdict.value,
            *(_iso(moment) or "" for moment in moments),
        ]
    )
    return line.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None

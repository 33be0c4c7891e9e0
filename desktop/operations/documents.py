"""Writes the reports for people (XLSX and PDF), complete or not at all. What they look like is `desktop/reports`."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from desktop.domain.analysis import CampaignAnalysis
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.proof import RecipientFacts
from desktop.domain.report import ReportFacts, ReportWatch
from desktop.domain.summaries import CampaignSummary
from desktop.operations.reporting import Written, refuse_cancelled, watched
from desktop.policy.proof import ProofTally

T = TypeVar("T")

DOCUMENTS = ("xlsx", "pdf")


class DocumentLibrary(Protocol):
    async def proof(
        self, campaign_id: CampaignId, read: Callable[[CampaignSummary, Iterator[RecipientFacts]], T]
    ) -> T: ...

    async def campaign_analysis(self, campaign_id: CampaignId, zone: str) -> CampaignAnalysis: ...

    async def chain_head(self) -> tuple[int, str]: ...


class OpenDocument(Protocol):
    """A file that is being written, in a reader's thread."""

    def add(self, recipient: RecipientFacts, verdict: str) -> None: ...

    def finish(self, facts: ReportFacts) -> None: ...

    def abandon(self) -> None:
        """Let go of every file: it will not be finished."""
        ...


NewDocument = Callable[[str, Path, str], OpenDocument]
"""Begin a document: format, where, and the IANA name of the zone that its times are in."""


async def write_document(
    library: DocumentLibrary,
    campaign_id: CampaignId,
    file_format: str,
    path: Path,
    zone: str,
    now: datetime,
    new_document: NewDocument,
    watch: ReportWatch | None = None,
) -> Written:
    """Write a report to `path`.

    Raises:
        KnownError: `campaign_not_found`, `file_not_writable`, `report_cancelled`.
    """
    analysis = await library.campaign_analysis(campaign_id, zone)
    head = await library.chain_head()
    part = path.with_name(f".{path.name}.part")
    tally = ProofTally()
    watched_by = watch or ReportWatch()

    def write(summary: CampaignSummary, recipients: Iterator[RecipientFacts]) -> None:
        document = new_document(file_format, part, zone)
        try:
            for recipient in watched(summary, recipients, watched_by):
                _known_by, judged = tally.add(recipient)
                document.add(recipient, judged.verdict.value)
            document.finish(ReportFacts(summary, analysis, tally.verdict.value, tally.counts, now, head))
        except BaseException:
            document.abandon()
            raise

    try:
        await asyncio.to_thread(_refuse_unwritable, part)
        await library.proof(campaign_id, write)
        refuse_cancelled(watched_by)
        await asyncio.to_thread(_put_in_place, part, path)
    except OSError as error:
        text = f"{path} cannot be written: {error.strerror or 'error'}."
        raise KnownError("file_not_writable", text, "Choose another place.", file=str(path)) from error
    finally:
        with suppress(OSError):
            await asyncio.to_thread(part.unlink, True)
    return Written(path, tally.recipients, tally.verdict.value)


def _refuse_unwritable(part: Path) -> None:
    """Fail before the work, not after it."""
    part.open("wb").close()


def _put_in_place(part: Path, path: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)

"""A report is on the disk complete, or what was there before stays."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.campaign import CampaignStatus, Draft
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, RecipientId
from desktop.domain.proof import AttemptFacts, RecipientFacts
from desktop.domain.recipient import RecipientStatus
from desktop.domain.report import ReportWatch
from desktop.domain.summaries import CampaignCounts, CampaignSummary, RecipientRow
from desktop.operations.documents import write_document
from desktop.operations.reporting import write_report
from desktop.reports.xlsx import XlsxReport
from desktop.viewmodels.report_words import TranslatedWords

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SUMMARY = CampaignSummary(
    CampaignId(1), "Natal", CampaignStatus.COMPLETED, None, CampaignCounts(), NOW, NOW, NOW, NOW, None, 0.0,
    Draft("Natal"),
)  # fmt: skip


def _recipient(number: int, accepted: int) -> RecipientFacts:
    row = RecipientRow(
        RecipientId(number), f"+551197{number:07}", "Zoé\n=1", RecipientStatus.SENT, None, "one", "-M", accepted, NOW,
        None, None, None,
    )  # fmt: skip
    attempts = (AttemptFacts(n + 1, "one", NOW, 5, "accepted", None, 201, "-M", False) for n in range(accepted))
    return RecipientFacts(row, tuple(attempts))


@dataclass
class Shelf:
    """A library with one campaign, whose reading may break."""

    rows: int = 3
    breaks_with: Exception | None = None

    async def proof(
        self, campaign_id: CampaignId, read: Callable[[CampaignSummary, Iterator[RecipientFacts]], Any]
    ) -> Any:
        return read(SUMMARY, self._recipients())

    def _recipients(self) -> Iterator[RecipientFacts]:
        for number in range(self.rows):
            yield _recipient(number, accepted=2 if number == 1 else 1)
        if self.breaks_with is not None:
            raise self.breaks_with


async def _status(summary: CampaignSummary) -> Mapping[str, object]:
    return {"id": summary.id}


async def test_a_violation_is_named_in_the_file_and_in_the_answer(tmp_path: Path) -> None:
    target = tmp_path / "proof.json"
    written = await write_report(Shelf(), CampaignId(1), "json", target, _status)
    assert (written.rows, written.verdict) == (3, "violated")
    report = json.loads(target.read_text(encoding="utf-8"))
    assert report["proof"]["violated"] == [
        {"id": 1, "phone": "+5511970000001", "why": "left_twice", "attempts": [1, 2]}
    ]
    assert [row["proof"] for row in report["recipients"]] == ["proven", "violated", "proven"]


async def test_cells_that_a_spreadsheet_would_run_are_guarded(tmp_path: Path) -> None:
    target = tmp_path / "proof.csv"
    await write_report(Shelf(1), CampaignId(1), "csv", target, _status)
    assert "'-M" in target.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KnownError("database_damaged", "…")])
async def test_what_was_there_stays_when_writing_fails(tmp_path: Path, error: Exception) -> None:
    target = tmp_path / "proof.json"
    target.write_text("before", encoding="utf-8")
    with pytest.raises(KnownError) as refused:
        await write_report(Shelf(breaks_with=error), CampaignId(1), "json", target, _status)
    assert refused.value.code == ("file_not_writable" if isinstance(error, OSError) else "database_damaged")
    assert os.listdir(tmp_path) == ["proof.json"]
    assert target.read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize("file_format", ["csv", "json"])
async def test_a_cancelled_report_leaves_no_file(tmp_path: Path, file_format: str) -> None:
    watch = ReportWatch(is_cancelled=True)
    with pytest.raises(KnownError) as refused:
        await write_report(Shelf(), CampaignId(1), file_format, tmp_path / "report", _status, watch)
    assert (refused.value.code, os.listdir(tmp_path)) == ("report_cancelled", [])


async def test_a_report_tells_how_far_it_is(tmp_path: Path) -> None:
    watch = ReportWatch()
    await write_report(Shelf(), CampaignId(1), "csv", tmp_path / "report", _status, watch)
    assert watch.done == 3


class Interrupted(Shelf):
    """A campaign whose report is cancelled after two recipients."""

    watch = ReportWatch()

    def _recipients(self) -> Iterator[RecipientFacts]:
        for number in range(3):
            yield _recipient(number, accepted=1)
            self.watch.is_cancelled = number == 1

    async def campaign_analysis(self, campaign_id: CampaignId, zone: str) -> Any:
        return None

    async def chain_head(self) -> tuple[int, str]:
        return 0, ""


async def test_a_cancelled_workbook_leaves_neither_file_nor_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch, target = tmp_path / "scratch", tmp_path / "target"
    os.mkdir(scratch)
    os.mkdir(target)
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    shelf = Interrupted()

    def begin(_format: str, path: Path, zone: str) -> XlsxReport:
        return XlsxReport(path, TranslatedWords(), zone)

    with pytest.raises(KnownError) as refused:
        await write_document(shelf, CampaignId(1), "xlsx", target / "r.xlsx", "UTC", NOW, begin, shelf.watch)
    assert (refused.value.code, shelf.watch.done) == ("report_cancelled", 2)
    assert (os.listdir(target), os.listdir(scratch)) == ([], [])

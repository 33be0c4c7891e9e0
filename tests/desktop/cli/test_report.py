"""`campaign report` and `campaign retry-failed`: their files, their JSON, and what they are refused for."""

import csv
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.desktop.cli.conftest import OPTIONAL_TEXT, Cli, Shape, assert_shape, plain_draft
from tests.desktop.cli.test_contract import PHONES, STATUS
from tests.fakes.simulator_process import SimulatorProcess

OPTIONAL_INT = (int, type(None))
RECIPIENT: Shape = {
    "id": int, "phone": str, "name": str, "status": str, "reason": OPTIONAL_TEXT, "instance": OPTIONAL_TEXT,
    "message_id": OPTIONAL_TEXT, "attempts": list, "proof": str, "sent_at": OPTIONAL_TEXT,
    "delivered_at": OPTIONAL_TEXT, "read_at": OPTIONAL_TEXT, "replied_at": OPTIONAL_TEXT,
}  # fmt: skip
ATTEMPT: Shape = {
    "number": int, "instance": str, "started_at": str, "duration_ms": OPTIONAL_INT, "outcome": OPTIONAL_TEXT,
    "code": OPTIONAL_TEXT, "http_status": OPTIONAL_INT, "message_id": OPTIONAL_TEXT, "evidence": str,
}  # fmt: skip
PEOPLE = ("=1+1;11 97000-0001", "Bia Lima;11 97000-0002", "Caio Reis;11 97000-0003", "Davi Melo;11 97000-0004")


@pytest.fixture
def ready(cli: Cli, gateway: SimulatorProcess) -> Cli:
    cli.add_instance(gateway, "a")
    cli.import_people(*PEOPLE)
    return cli


def test_the_proof_of_a_finished_campaign_in_both_formats(ready: Cli, tmp_path: Path) -> None:
    campaign = str(ready.create(plain_draft()))
    status = ready.json("campaign", "start", campaign, "--wait")
    target = tmp_path / "proof.json"
    written = ready.json("campaign", "report", campaign, "--format", "json", "--output", target)
    assert written == {"file": str(target), "rows": 4, "verdict": "proven"}
    report = json.loads(target.read_text(encoding="utf-8"))
    assert list(report) == ["campaign", "proof", "recipients"]
    assert_shape(report["campaign"], STATUS)
    assert report["campaign"] == status
    assert list(report["proof"]) == ["verdict", "counts", "not_provable", "violated"]
    counts = report["proof"]["counts"]
    assert (counts["recipients"], counts["sent_once"], counts["attempts"], counts["answer"]) == (4, 4, 4, 4)
    assert (report["proof"]["not_provable"], report["proof"]["violated"]) == ([], [])
    for row in report["recipients"]:
        assert_shape(row, RECIPIENT)
        assert_shape(row["attempts"][0], ATTEMPT)
        assert row["attempts"][0]["message_id"] == row["message_id"]
    assert [row["phone"] for row in report["recipients"]] == PHONES

    table = tmp_path / "proof.csv"
    assert ready.json("campaign", "report", campaign, "--format", "csv", "--output", table)["rows"] == 4
    lines = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [line["phone"] for line in lines] == PHONES
    assert lines[0]["name"] == "'=1+1", "no spreadsheet runs a name"
    assert {(line["evidence"], line["proof"], line["attempts"]) for line in lines} == {("answer", "proven", "1")}
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file() and "proof" in path.name) == [
        "proof.csv",
        "proof.json",
    ], "nothing half-written is left"


def test_a_draft_has_a_report_without_recipients(ready: Cli, tmp_path: Path) -> None:
    campaign, target = str(ready.create(plain_draft())), tmp_path / "empty.json"
    written = ready.json("campaign", "report", campaign, "--format", "json", "--output", target)
    assert (written["rows"], written["verdict"]) == (0, "proven")
    assert json.loads(target.read_text(encoding="utf-8"))["recipients"] == []
    assert ready("campaign", "report", campaign, "--format", "csv", "--output", target).code == 0
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 1


def test_what_reports_are_refused_for(ready: Cli, tmp_path: Path) -> None:
    campaign = str(ready.create(plain_draft()))
    old = tmp_path / "old.pdf"
    old.write_text("mine", encoding="utf-8")
    for file_format in ("json", "xlsx", "pdf"):
        for target in (tmp_path / "missing" / "a", tmp_path):
            refused = ready.refusal("campaign", "report", campaign, "--format", file_format, "--output", target)
            assert refused["error"] == "file_not_writable"
            assert refused["hint"]
    unknown = ready.refusal("campaign", "report", "99", "--format", "json", "--output", old)
    assert unknown["error"] == "campaign_not_found"
    assert old.read_text(encoding="utf-8") == "mine", "a refusal touches nothing"
    for target in (tmp_path / "missing" / "a.json", tmp_path):
        refused = ready.refusal("campaign", "report", campaign, "--format", "json", "--output", target)
        assert refused["error"] == "file_not_writable"
    assert ready("campaign", "report", campaign, "--format", "html", "--output", old).code == 2


def test_those_who_were_cancelled_are_tried_again(ready: Cli) -> None:
    campaign = str(ready.create(plain_draft()))
    ready.json("campaign", "start", campaign)
    assert ready.refusal("campaign", "retry-failed", campaign)["error"] == "action_not_allowed"
    ready.json("campaign", "cancel", campaign)
    ready.json("contacts", "opt-out", PHONES[0])

    again = ready.json("campaign", "retry-failed", campaign)
    assert_shape(again, STATUS)
    assert (again["id"], again["name"], again["status"], again["total"]) == (2, "Natal (2)", "draft", 0)
    assert ready.json("campaign", "start", "2", "--wait")["total"] == 3
    assert [row["phone"] for row in ready.lines("campaign", "recipients", "2")] == PHONES[1:]

    nobody = ready.refusal("campaign", "retry-failed", "2")
    assert nobody["error"] == "nothing_to_retry"
    assert ready.refusal("campaign", "retry-failed", "99")["error"] == "campaign_not_found"


def test_a_workbook_has_typed_cells_and_runs_nothing_of_a_contact(ready: Cli, tmp_path: Path) -> None:
    campaign = str(ready.create(plain_draft()))
    ready.json("campaign", "start", campaign, "--wait")
    target = tmp_path / "report.xlsx"
    written = ready.json("campaign", "report", campaign, "--format", "xlsx", "--output", target)
    assert written == {"file": str(target), "rows": 4, "verdict": "proven"}
    assert not list(tmp_path.glob(".*")), "nothing half written is left"
    with zipfile.ZipFile(target) as book:
        assert not any("<f>" in book.read(name).decode() for name in book.namelist() if "worksheets" in name)
    sheets = CalamineWorkbook.from_path(str(target))
    assert sheets.sheet_names == ["Summary", "By hour of the day", "By day", "Commonest errors", "Recipients"]
    heading, *rows = sheets.get_sheet_by_name("Recipients").to_python()
    assert heading[:3] == ["Phone", "Name", "Status"]
    assert [row[0] for row in rows] == PHONES
    assert rows[0][1] == "=1+1", "a text, not a formula"
    assert all(isinstance(row[6], datetime) and row[5] == 1.0 for row in rows)
    summary = {row[0]: row[1] for row in sheets.get_sheet_by_name("Summary").to_python()}
    assert (summary["Sent"], summary["Success rate"]) == (4.0, 1.0)
    assert sum(row[1] for row in sheets.get_sheet_by_name("By hour of the day").to_python()[1:]) == 4.0


def test_a_pdf_is_written_in_the_language_that_was_asked_for(ready: Cli, tmp_path: Path) -> None:
    campaign = str(ready.create(plain_draft(name="Natal & <b>festas</b>")))
    target = tmp_path / "report.pdf"
    for language in ("en", "pt_BR"):
        ready.json("--lang", language, "campaign", "report", campaign, "--format", "pdf", "--output", target)
        content = target.read_bytes()
        assert content.startswith(b"%PDF-")
        assert content.rstrip().endswith(b"%%EOF")
    ready.json("campaign", "start", campaign, "--wait")
    written = ready.json("campaign", "report", campaign, "--format", "pdf", "--output", target)
    assert written["verdict"] == "proven"
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == ["report.pdf"]

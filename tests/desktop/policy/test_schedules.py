"""What is due is done once, at its hour, and not in every round after a failure."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.schedules import (
    BackupPlan,
    Done,
    ReportPlan,
    When,
    backup_document,
    backup_of,
    done_document,
    done_of,
    report_document,
    report_of,
)
from desktop.policy.schedules import backup_is_due, reports_since

ZONE = "America/Sao_Paulo"
FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)  # nine in the morning there
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("plan", "done", "is_due"),
    [
        (BackupPlan(), Done(), False),
        (BackupPlan(True), Done(), True),
        (BackupPlan(True), Done(FRIDAY - 24 * HOUR), True),
        (BackupPlan(True), Done(FRIDAY - 23 * HOUR), False),
        (BackupPlan(True, every_h=1), Done(FRIDAY - HOUR), True),
        (BackupPlan(True), Done(FRIDAY + HOUR), True),  # the clock was set back
        (BackupPlan(True), Done(None, FRIDAY - HOUR / 2, "disk_full"), False),
        (BackupPlan(True), Done(None, FRIDAY - HOUR, "disk_full"), True),
        (BackupPlan(True), Done(None, FRIDAY + HOUR, "disk_full"), True),
    ],
)
def test_a_backup_is_due_by_its_span(plan: BackupPlan, done: Done, is_due: bool):
    assert backup_is_due(plan, done, FRIDAY) is is_due


def local(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour + 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("plan", "done", "is_due"),
    [
        (ReportPlan(), Done(local(1, 0)), False),
        (ReportPlan(True), Done(), False),  # it begins when it is switched on
        (ReportPlan(True), Done(local(27, 8)), True),
        (ReportPlan(True), Done(local(1, 0), FRIDAY - HOUR / 2, "x"), False),
        (ReportPlan(True, when=When.DAY, hour=7), Done(local(27, 6)), True),
        (ReportPlan(True, when=When.DAY, hour=7), Done(local(27, 7)), False),
        (ReportPlan(True, when=When.DAY, hour=10), Done(local(26, 10)), False),
        (ReportPlan(True, when=When.DAY, hour=10), Done(local(26, 9)), True),
        (ReportPlan(True, when=When.WEEK, hour=7), Done(local(23, 6)), True),  # Monday
        (ReportPlan(True, when=When.WEEK, hour=7), Done(local(23, 7)), False),
    ],
)
def test_reports_are_due_by_the_local_hour(plan: ReportPlan, done: Done, is_due: bool):
    assert reports_since(plan, done, FRIDAY, ZONE) == (done.at if is_due else None)


def test_plans_survive_being_stored_and_nonsense_is_off():
    backup, reports = BackupPlan(True, "/b", 12, 3), ReportPlan(True, None, ("pdf", "csv"), When.WEEK, 8)
    done = Done(FRIDAY, FRIDAY + HOUR, "disk_full")
    assert backup_of(backup_document(backup)) == backup
    assert report_of(report_document(reports)) == reports
    assert done_of(done_document(done)) == done
    assert done_of(done_document(Done())) == Done()
    for nonsense in (None, [], {"on": 1}, {"on": True, "folder": 3}):
        assert (backup_of(nonsense), report_of(nonsense), done_of(nonsense)) == (BackupPlan(), ReportPlan(), Done())
    assert report_of(report_document(reports) | {"when": "never"}) == ReportPlan()
    assert not report_of(report_document(reports) | {"formats": ["doc"]}).is_on
    assert report_of(report_document(reports) | {"hour": 99}).hour == 23
    assert backup_of(backup_document(backup) | {"keep": 0}).keep == 1

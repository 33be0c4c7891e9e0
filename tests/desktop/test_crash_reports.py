"""Reports of errors: readable, without anything private, one for each different error."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.crash_reports import KEEP, CrashReporter, reports_in, traceback_of
from tests.conftest import LogWatch

NOW = datetime(2026, 11, 27, 14, 40, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


def reporter(folder: Path, recent: Callable[[], list[str]] = list) -> CrashReporter:
    return CrashReporter(folder, recent, Clock())


def test_a_report_says_what_where_and_when_and_what_came_before(tmp_path: Path) -> None:
    made = reporter(tmp_path / "crashes", lambda: ["12:00 INFO started"]).write("task", raised(ValueError("no luck")))
    assert made is not None
    assert made.path is not None
    text = made.path.read_text(encoding="utf-8")
    assert text == made.text
    for part in ("ValueError (task)", "2026-11-27T14:40:01+00:00", "in raised", "ValueError: no luck", "started"):
        assert part in text


def test_phones_and_keys_are_masked_however_they_are_written(tmp_path: Path) -> None:
    text = traceback_of(
        raised(ValueError("5511987654321, +55 11 98765-4321, (11) 98765-4321; apikey=SEGREDO123, Bearer SEGREDO123"))
    )
    for private in ("98765", "4321", "SEGREDO"):
        assert private not in text


def test_what_variables_held_and_who_the_person_at_the_computer_is_are_not_in_it(tmp_path: Path) -> None:
    secret = json.dumps({"text": "Olá Maria"})
    assert "Maria" in secret
    assert "Maria" not in traceback_of(raised(ValueError("no luck")))
    assert str(Path.home()) not in traceback_of(raised(OSError(f"cannot write {Path.home()}/x")))


def test_the_same_error_is_reported_once_and_another_one_too(tmp_path: Path) -> None:
    crashes = reporter(tmp_path)
    errors = [raised(ValueError(f"{n}")) for n in range(3)]
    assert [crashes.write("main", error) is None for error in errors] == [False, True, True]
    assert crashes.write("main", raised(KeyError("x"))) is not None
    assert len(reports_in(tmp_path)) == 2


def test_old_reports_go_and_the_newest_stay(tmp_path: Path) -> None:
    crashes = reporter(tmp_path)
    for n in range(KEEP + 3):
        crashes.write_fault(f"Fatal Python error: {n}")
    kept = reports_in(tmp_path)
    assert len(kept) == KEEP
    assert f"Fatal Python error: {KEEP + 2}" in kept[0].read_text(encoding="utf-8")


def test_where_nothing_can_be_written_the_report_is_shown_all_the_same(tmp_path: Path, log_watch: LogWatch) -> None:
    log_watch.expect("no crash report could be written")
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    made = reporter(tmp_path / "taken").write("main", raised(ValueError("no luck")))
    assert made is not None
    assert made.path is None
    assert "no luck" in made.text


def test_an_error_whose_chain_is_endless_is_cut_in_the_middle() -> None:
    def deeper() -> None:
        deeper()

    with pytest.raises(RecursionError) as caught:
        deeper()
    assert len(traceback_of(caught.value)) < 70_000

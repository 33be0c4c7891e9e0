"""Log files: everything, errors apart; talkative libraries muted."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.logs import TALKATIVE, set_up_logs
from tests.conftest import LogWatch


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in TALKATIVE}
    yield
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


def test_everything_goes_to_one_file_and_errors_to_another_too(
    tmp_path: Path, log_watch: LogWatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log_watch.expect("went wrong")
    log_watch.expect("watch out")
    set_up_logs(tmp_path / "logs")
    log = logging.getLogger("desktop.somewhere")
    log.debug("detail")
    log.info("all is well, João")
    log.warning("watch out")
    log.error("went wrong")
    everything = (tmp_path / "logs" / "cadencia.log").read_text(encoding="utf-8")
    errors = (tmp_path / "logs" / "errors.log").read_text(encoding="utf-8")
    assert "João" in everything
    assert "went wrong" in everything
    assert "detail" not in everything
    assert "went wrong" in errors
    assert "watch out" not in errors
    streams = capsys.readouterr()
    assert streams.out == "", "stdout belongs to the answers"
    assert "watch out" in streams.err
    assert "all is well" not in streams.err


def test_libraries_that_would_write_every_request_are_muted(tmp_path: Path) -> None:
    set_up_logs(tmp_path, to_stderr=False)
    for name in TALKATIVE:
        logging.getLogger(name).info("GET https://gateway.example/?apikey=secret")
    assert (tmp_path / "cadencia.log").read_text(encoding="utf-8") == ""


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    set_up_logs(None, to_stderr=False)
    logging.getLogger("desktop").info("hello")
    assert list(tmp_path.iterdir()) == []

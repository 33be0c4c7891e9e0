"""Log files: everything, errors apart; talkative libraries muted."""

import json
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.logs import TALKATIVE, TerminalFormatter, catch_uncaught, set_up_logs
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


def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_line_is_a_json_object_without_phones_and_tokens(tmp_path: Path, log_watch: LogWatch) -> None:
    log_watch.expect("it failed")
    set_up_logs(tmp_path, to_stderr=False)
    log = logging.getLogger("desktop.somewhere")
    log.info("said to %s: apikey=SEGREDO123", "+5511987654321")
    try:
        raise ValueError("5511987654321 refused, token: SEGREDO123")
    except ValueError:
        log.exception("it failed")
    said, failed = lines(tmp_path / "cadencia.log")
    assert (said["level"], said["logger"], failed["level"]) == ("INFO", "desktop.somewhere", "ERROR")
    assert said["time"].endswith("+00:00")
    assert __file__ in failed["error"], "the place is readable"
    for text in (said["message"], failed["error"]):
        assert "987654321" not in text
        assert "SEGREDO123" not in text


def test_the_level_is_coloured_on_a_terminal_only() -> None:
    record = logging.LogRecord("desktop", logging.WARNING, "", 1, "watch out", None, None)
    assert "\x1b[33mWARNING" in TerminalFormatter(is_coloured=True).format(record)
    assert "\x1b" not in TerminalFormatter(is_coloured=False).format(record)


def test_what_nobody_caught_is_logged_from_any_thread(
    tmp_path: Path, log_watch: LogWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_watch.expect("uncaught")
    log_watch.expect("ignored")
    for owner, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    set_up_logs(tmp_path, to_stderr=False)
    heard: list[tuple[str, str]] = []
    catch_uncaught(lambda where, error: heard.append((where, str(error))))
    sys.excepthook(ValueError, ValueError("in the main thread"), None)
    thread = threading.Thread(target=lambda: 1 / 0, name="worker")
    thread.start()
    thread.join()

    class Broken:
        def __del__(self) -> None:
            raise OSError("while it went away")

    broken = Broken()
    del broken
    main, other, gone = lines(tmp_path / "errors.log")
    assert (main["message"], main["level"]) == ("uncaught ValueError", "CRITICAL")
    assert heard == [("main", "in the main thread"), ("thread", "division by zero")]
    assert other["message"] == "uncaught ZeroDivisionError in thread worker"
    assert "while it went away" in gone["error"]

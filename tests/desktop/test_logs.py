"""Log files: everything, errors apart; talkative libraries muted."""

import faulthandler
import io
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.logs import TALKATIVE, FaultFile, LogFiles, TerminalFormatter, catch_uncaught, is_coloured
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
    LogFiles().open(tmp_path / "logs")
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
    LogFiles().open(tmp_path, to_stderr=False)
    for name in TALKATIVE:
        logging.getLogger(name).info("GET https://gateway.example/?apikey=secret")
    assert (tmp_path / "cadencia.log").read_text(encoding="utf-8") == ""


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    LogFiles().open(None, to_stderr=False)
    logging.getLogger("desktop").info("hello")
    assert list(tmp_path.iterdir()) == []


def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_line_is_a_json_object_without_phones_and_tokens(tmp_path: Path, log_watch: LogWatch) -> None:
    log_watch.expect("it failed")
    LogFiles().open(tmp_path, to_stderr=False)
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


def test_colours_are_for_terminals_and_for_who_wants_them() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert is_coloured(Terminal(), {})
    assert not is_coloured(io.StringIO(), {})
    assert not is_coloured(None, {})
    assert not is_coloured(Terminal(), {"NO_COLOR": "1"})
    assert is_coloured(Terminal(), {"NO_COLOR": ""}), "an empty one counts as not set"
    assert not is_coloured(Terminal(), {"TERM": "dumb"})


def test_details_are_in_a_file_of_their_own_and_only_when_asked_for(tmp_path: Path) -> None:
    files = LogFiles()
    files.open(tmp_path, "DEBUG", to_stderr=False)
    logging.getLogger("desktop").debug("detail")
    logging.getLogger("desktop").info("news")
    assert [line["message"] for line in lines(tmp_path / "debug.log")] == ["detail", "news"]
    assert [line["message"] for line in lines(tmp_path / "cadencia.log")] == ["news"]
    files.open(tmp_path, "WARNING", to_stderr=False)
    logging.getLogger("desktop").info("not any more")
    assert len(lines(tmp_path / "cadencia.log")) == 1
    files.close()


def test_a_run_that_died_leaves_its_stacks_for_the_next_one(tmp_path: Path) -> None:
    died = "import ctypes, sys, pathlib\nfrom desktop.logs import FaultFile\n"
    died += "FaultFile(pathlib.Path(sys.argv[1]))\nctypes.string_at(0)"
    done = subprocess.run([sys.executable, "-c", died, str(tmp_path)], check=False, capture_output=True)
    assert done.returncode != 0
    faults = FaultFile(tmp_path)
    assert "Segmentation fault" in faults.left
    faults.close()
    again = FaultFile(tmp_path)
    assert again.left == ""
    again.close()
    faulthandler.enable(sys.__stderr__)  # as pytest has it


def test_what_nobody_caught_is_logged_from_any_thread(
    tmp_path: Path, log_watch: LogWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_watch.expect("uncaught")
    log_watch.expect("ignored")
    for owner, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    LogFiles().open(tmp_path, to_stderr=False)
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

"""Runs one command: options, environment, language, exit codes. What the commands do is in the `*_commands` modules."""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop.cli.output import Output
from desktop.cli.parser import build_parser
from desktop.domain.errors import KnownError

READER = "read-people"  # not for people: how this program starts itself to read a large file
RECORDER = "record-messages"  # the same, to record messages while there are many
DONE, REFUSED, WRONG_USAGE = 0, 1, 2

OpenWindow = Callable[[argparse.Namespace], int]


def run(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Run what the arguments say and return the exit code.

    Args:
        open_window: opens the window, for `demo` and when there is no command.
    """
    if list(arguments) == [READER]:
        return _read_people()
    if list(arguments[:1]) == [RECORDER]:
        return _record_messages(arguments[1:])
    options = _parse(arguments)
    if isinstance(options, int):
        return options
    output = Output(as_json=options.json)
    try:
        if options.command in (None, "demo"):
            return open_window(options)
        return _run_command(options, output)
    except KnownError as error:
        _refuse(error, options, output)
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our lines has enough (`… | head`). Nothing may be flushed to it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _read_people() -> int:
    """Be the process that reads a large file for an import."""
    from desktop.import_process import serve

    serve(sys.stdin.buffer, sys.stdout.buffer)
    return DONE


def _record_messages(order: Sequence[str]) -> int:
    """Be the process that records messages."""
    # Whoever started us is told to stop, and ends us: what it has handed over before is recorded. From the beginning,
    # for a service manager tells all processes.
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    from db.recorder_process import serve

    path, *numbers = order
    serve(Path(path), *map(int, numbers))
    return DONE


def _run_command(options: argparse.Namespace, output: Output) -> int:
    # Late: the window starts without the command line's half of the program, and the simulator without either.
    import asyncio

    if options.command == "simulator":
        from desktop.cli.simulator_command import simulator

        return asyncio.run(simulator(options))
    if options.command == "practice":
        from desktop.cli.practice_command import practice

        return asyncio.run(practice(options, output))
    with _nothing_collected():
        from desktop.qt_import import import_plainly

        import_plainly()
        from desktop.cli.commands import run_command

    return asyncio.run(run_command(options, output))


@contextmanager
def _nothing_collected() -> Generator[None]:
    """Load modules meanwhile: nothing of them is garbage, and to look for some takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _refuse(error: KnownError, options: argparse.Namespace, output: Output) -> None:
    from desktop.cli.words import Words

    message, hint = Words(options.lang).error(error)
    output.error(error, message, hint)


def _parse(arguments: Sequence[str]) -> argparse.Namespace | int:
    try:
        options = build_parser().parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    options.home = options.home or os.environ.get("CADENCIA_HOME")
    options.database = options.database or os.environ.get("CADENCIA_DATABASE")
    options.workspace = options.workspace or os.environ.get("CADENCIA_WORKSPACE")
    options.lang = options.lang or os.environ.get("CADENCIA_LANG")
    return options

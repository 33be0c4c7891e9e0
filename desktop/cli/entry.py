"""Runs one command: options, environment, language, exit codes. What the commands do is in the `*_commands` modules."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Sequence

from desktop.cli import campaign_commands, contact_commands, instance_commands, other_commands, send_commands
from desktop.cli.output import Output
from desktop.cli.parser import build_parser
from desktop.cli.words import Words
from desktop.composition import Workplace, open_workplace
from desktop.domain.errors import KnownError
from desktop.logs import set_up_logs
from desktop.paths import open_home

log = logging.getLogger(__name__)

DONE, REFUSED, WRONG_USAGE = 0, 1, 2

Command = Callable[[Workplace, argparse.Namespace, Output, Words], Awaitable[int]]

# (command, action) → what runs it, with a home and its database open.
COMMANDS: dict[tuple[str, str | None], Command] = {
    ("instance", "add"): instance_commands.add,
    ("instance", "list"): instance_commands.list_all,
    ("instance", "check"): instance_commands.check,
    ("instance", "pause"): instance_commands.pause,
    ("instance", "resume"): instance_commands.resume,
    ("instance", "remove"): instance_commands.remove,
    ("contacts", "import"): contact_commands.import_file,
    ("contacts", "list"): contact_commands.list_some,
    ("contacts", "opt-out"): contact_commands.opt_out,
    ("contacts", "opt-in"): contact_commands.opt_in,
    ("contacts", "export"): contact_commands.export,
    ("contacts", "erase"): contact_commands.erase,
    ("campaign", "create"): campaign_commands.create,
    ("campaign", "list"): campaign_commands.list_all,
    ("campaign", "show"): campaign_commands.show,
    ("campaign", "preflight"): campaign_commands.preflight,
    ("campaign", "start"): send_commands.start,
    ("campaign", "pause"): campaign_commands.pause,
    ("campaign", "resume"): campaign_commands.resume,
    ("campaign", "cancel"): campaign_commands.cancel,
    ("campaign", "delete"): campaign_commands.delete,
    ("campaign", "duplicate"): campaign_commands.duplicate,
    ("campaign", "recipients"): campaign_commands.recipients,
    ("in-doubt", "list"): campaign_commands.in_doubt_list,
    ("in-doubt", "resolve"): campaign_commands.in_doubt_resolve,
    ("run", None): send_commands.run,
    ("events", None): other_commands.events,
    ("doctor", None): other_commands.doctor,
}

OpenWindow = Callable[[argparse.Namespace], int]


def run(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Run what the arguments say and return the exit code.

    Args:
        open_window: opens the window, for `demo` and when there is no command.
    """
    options = _parse(arguments)
    if isinstance(options, int):
        return options
    output = Output(as_json=options.json)
    words = Words(options.lang)
    try:
        return _dispatch(options, output, words, open_window)
    except KnownError as error:
        message, hint = words.error(error)
        output.error(error, message, hint)
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our lines has enough (`… | head`). Nothing may be flushed to it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _parse(arguments: Sequence[str]) -> argparse.Namespace | int:
    try:
        options = build_parser().parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    options.home = options.home or os.environ.get("CADENCIA_HOME")
    options.database = options.database or os.environ.get("CADENCIA_DATABASE")
    options.lang = options.lang or os.environ.get("CADENCIA_LANG")
    return options


def _dispatch(options: argparse.Namespace, output: Output, words: Words, open_window: OpenWindow) -> int:
    if options.command in (None, "demo"):
        return open_window(options)
    if options.command == "simulator":
        return asyncio.run(other_commands.simulator(options))
    command = COMMANDS[options.command, getattr(options, "action", None)]
    home = open_home(options.home)
    set_up_logs(home.logs)
    return asyncio.run(_in_workplace(command, options, output, words))


async def _in_workplace(command: Command, options: argparse.Namespace, output: Output, words: Words) -> int:
    async with open_workplace(open_home(options.home), options.database) as workplace:
        return await command(workplace, options, output, words)

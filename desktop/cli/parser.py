"""The words of the command line. Their options are in `options.py`, what they mean in the `*_commands` modules."""

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole contract; `command` names what to run."""
    parser = argparse.ArgumentParser(prog="cadencia", description="Campaigns of WhatsApp messages, at a human cadence.")
    _globals(parser, top=True)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Command)
    command(
        commands,
        "demo",
        "a throw-away home with the practice gateway and a running campaign, in the window",
        _of("demo_options"),
    )
    command(commands, "simulator", "the practice gateway, until it is interrupted", _of("simulator_options"))
    group(commands, "practice", "let something happen at a running practice gateway", _of("practice_options"))
    group(commands, "instance", "the numbers that send", _of("instance_options"))
    group(commands, "contacts", "the people", _of("contacts_options"))
    group(commands, "segments", "saved rules that choose people", _of("segments_options"))
    group(commands, "messages", "the library of messages, to use again", _of("messages_options"))
    group(commands, "campaign", "the campaigns", _of("campaign_options"))
    group(commands, "in-doubt", "messages of which nobody knows whether they left", _of("in_doubt_options"))
    group(commands, "webhooks", "what gateways post to us", _of("webhooks_options"))
    group(commands, "hooks", "other programs that are told what happens (outbound webhooks)", _of("hooks_options"))
    group(commands, "api", "the REST API by which other programs on this machine drive campaigns", _of("api_options"))
    group(
        commands,
        "operators",
        "who may work here; a new password comes from CADENCIA_NEW_PASSWORD, or asked",
        _of("operators_options"),
    )
    group(commands, "workspaces", "several companies or teams in one database, kept apart", _of("workspaces_options"))
    group(commands, "budget", "the month's credits: messages and money, and what messages cost", _of("budget_options"))
    group(
        commands,
        "capsule",
        "a campaign in one file: draft, people, media, results; passphrase in CADENCIA_PASSPHRASE",
        _of("capsule_options"),
    )
    group(commands, "schedule", "backups and reports that an engine makes by itself", _of("schedule_options"))
    command(commands, "run", "the engine without a window, until SIGTERM")
    command(commands, "events", "the log timeline, one JSON object a line", _of("events_options"))
    command(
        commands,
        "backup",
        "everything in one encrypted file; the passphrase is in CADENCIA_PASSPHRASE",
        _of("backup_options"),
    )
    command(commands, "restore", "put a backup in the place of what is in the data folder", _of("restore_options"))
    command(commands, "doctor", "check home, database, keyring, clock and gateways")
    return parser


def _globals(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """Add the options that may stand before the command and, for convenience, behind it as well."""

    def default(value: object) -> object:
        return value if top else argparse.SUPPRESS

    parser.add_argument("--home", metavar="DIR", default=default(None), help="data folder (CADENCIA_HOME)")
    parser.add_argument("--database", metavar="URL", default=default(None), help="database (CADENCIA_DATABASE)")
    parser.add_argument("--workspace", metavar="NAME", default=default(None), help="workspace (CADENCIA_WORKSPACE)")
    parser.add_argument("--lang", choices=["pt_BR", "en"], default=default(None), help="language (CADENCIA_LANG)")
    parser.add_argument("--json", action="store_true", default=default(False), help="one JSON document on stdout")


class _Command(argparse.ArgumentParser):
    """The parser of one command, which becomes one when the command is chosen, if `fill` says what it consists of.

    To make all of them takes argparse 50 ms, of which each start, that of the window too, needs one or none.
    """

    def __init__(self, *, fill: "Fill | None", **named: Any) -> None:
        self._become: Callable[[], None] | None = partial(self._be_chosen, fill, named)
        if fill is None:  # whoever adds it fills it at once
            super().__init__(**named)

    def parse_known_args(self, *arguments: Any, **named: Any) -> Any:
        if self._become:
            self._become()
            self._become = None
        return super().parse_known_args(*arguments, **named)

    def _be_chosen(self, fill: "Fill | None", named: dict[str, Any]) -> None:
        if fill is not None:
            super().__init__(**named)
        _globals(self, top=False)
        if fill is not None:
            fill(self)


Fill = Callable[[argparse.ArgumentParser], None]


class Sub(Protocol):
    """What argparse gives for adding commands; its own class is private."""

    def add_parser(self, name: str, *, help: str, description: str, fill: Fill | None) -> argparse.ArgumentParser: ...


def command(commands: Sub, name: str, help_text: str, fill: Fill | None = None) -> argparse.ArgumentParser:
    """Add a command, whose options `fill` adds when it is chosen; return its parser, for options of it without."""
    return commands.add_parser(name, help=help_text, description=help_text, fill=fill)


def group(commands: Sub, name: str, help_text: str, fill: Callable[[Sub], None]) -> None:
    """Add a command that has commands of its own, which `fill` adds when it is chosen."""

    def fill_actions(parser: argparse.ArgumentParser) -> None:
        fill(parser.add_subparsers(dest="action", metavar="ACTION", required=True))

    command(commands, name, help_text, fill_actions)


def _of(name: str) -> Callable[[Any], None]:
    """Return what adds a command's options. They are loaded when it is chosen: a window needs none, a command one."""

    def fill(parser: Any) -> None:
        from desktop.cli import options

        getattr(options, name)(parser)

    return fill

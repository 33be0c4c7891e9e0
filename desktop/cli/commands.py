"""The commands that work on a home, by their words; opens the home around them."""

import argparse
import asyncio
import logging
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import cast

from desktop.cli.access_commands import sign_in
from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace, open_workplace
from desktop.crash_reports import CrashReporter
from desktop.domain.errors import KnownError
from desktop.engine.clock import SystemClock
from desktop.home_logs import HomeLogs
from desktop.paths import Home, open_home

log = logging.getLogger(__name__)

Command = Callable[[Workplace, argparse.Namespace, Output, Words], Awaitable[int]]

# (command, action) → what runs it, with a home and its database open: module and function, both of this package. A
# command loads its own module and no other.
COMMANDS: dict[tuple[str, str | None], str] = {
    ("instance", "add"): "instance_commands.add",
    ("instance", "list"): "instance_commands.list_all",
    ("instance", "check"): "instance_commands.check",
    ("instance", "templates"): "instance_commands.templates",
    ("instance", "pause"): "instance_commands.pause",
    ("instance", "resume"): "instance_commands.resume",
    ("instance", "remove"): "instance_commands.remove",
    ("contacts", "import"): "contact_commands.import_file",
    ("contacts", "list"): "contact_commands.list_some",
    ("contacts", "opt-out"): "contact_commands.opt_out",
    ("contacts", "opt-in"): "contact_commands.opt_in",
    ("contacts", "undo-import"): "contact_commands.undo_import",
    ("contacts", "data"): "consent_commands.export_person",
    ("contacts", "consent"): "consent_commands.rule",
    ("contacts", "check"): "contact_commands.check",
    ("contacts", "export"): "contact_commands.export",
    ("contacts", "erase"): "contact_commands.erase",
    ("segments", "list"): "segment_commands.list_all",
    ("segments", "show"): "segment_commands.show",
    ("segments", "create"): "segment_commands.create",
    ("segments", "rename"): "segment_commands.rename",
    ("segments", "delete"): "segment_commands.delete",
    ("messages", "list"): "message_commands.list_some",
    ("messages", "show"): "message_commands.show",
    ("messages", "save"): "message_commands.save",
    ("messages", "take"): "message_commands.take",
    ("messages", "rename"): "message_commands.rename",
    ("messages", "delete"): "message_commands.delete",
    ("campaign", "create"): "campaign_commands.create",
    ("campaign", "list"): "campaign_commands.list_all",
    ("campaign", "show"): "campaign_commands.show",
    ("campaign", "preflight"): "campaign_commands.preflight",
    ("campaign", "test"): "message_commands.test",
    ("campaign", "start"): "send_commands.start",
    ("campaign", "pause"): "campaign_commands.pause",
    ("campaign", "resume"): "campaign_commands.resume",
    ("campaign", "cancel"): "campaign_commands.cancel",
    ("campaign", "delete"): "campaign_commands.delete",
    ("campaign", "duplicate"): "campaign_commands.duplicate",
    ("campaign", "retry-failed"): "campaign_commands.retry_failed",
    ("campaign", "recipients"): "campaign_commands.recipients",
    ("campaign", "report"): "campaign_commands.report",
    ("in-doubt", "list"): "campaign_commands.in_doubt_list",
    ("in-doubt", "resolve"): "campaign_commands.in_doubt_resolve",
    ("webhooks", "show"): "webhook_commands.show",
    ("webhooks", "enable"): "webhook_commands.enable",
    ("webhooks", "disable"): "webhook_commands.disable",
    ("webhooks", "connect"): "webhook_commands.connect",
    ("webhooks", "disconnect"): "webhook_commands.disconnect",
    ("webhooks", "test"): "webhook_commands.test",
    ("api", "show"): "api_commands.show",
    ("api", "enable"): "api_commands.enable",
    ("api", "disable"): "api_commands.disable",
    ("hooks", "add"): "hook_commands.add",
    ("hooks", "list"): "hook_commands.list_all",
    ("hooks", "pause"): "hook_commands.pause",
    ("hooks", "resume"): "hook_commands.resume",
    ("hooks", "remove"): "hook_commands.remove",
    ("hooks", "test"): "hook_commands.test",
    ("hooks", "dead"): "hook_commands.dead",
    ("hooks", "retry"): "hook_commands.retry",
    ("operators", "list"): "access_commands.list_all",
    ("operators", "add"): "access_commands.add",
    ("operators", "password"): "access_commands.password",
    ("operators", "role"): "access_commands.role",
    ("operators", "disable"): "access_commands.disable",
    ("operators", "enable"): "access_commands.enable",
    ("operators", "remove"): "access_commands.remove",
    ("operators", "reset"): "access_commands.reset",
    ("workspaces", "list"): "access_commands.list_workspaces",
    ("workspaces", "add"): "access_commands.add_workspace",
    ("workspaces", "rename"): "access_commands.rename_workspace",
    ("budget", "show"): "budget_commands.show",
    ("budget", "set"): "budget_commands.limit",
    ("budget", "rate"): "budget_commands.rate",
    ("budget", "campaign"): "budget_commands.campaign",
    ("capsule", "export"): "capsule_commands.export",
    ("capsule", "show"): "capsule_commands.show",
    ("capsule", "import"): "capsule_commands.take_in",
    ("capsule", "take-back"): "capsule_commands.take_back",
    ("schedule", "show"): "schedule_commands.show",
    ("schedule", "backup"): "schedule_commands.backup",
    ("schedule", "reports"): "schedule_commands.reports",
    ("schedule", "run"): "schedule_commands.run_now",
    ("backup", None): "backup_commands.make",
    ("run", None): "send_commands.run",
    ("events", None): "other_commands.events",
    ("events", "prune"): "other_commands.prune_events",
    ("doctor", None): "other_commands.doctor",
}


def load(command: str, action: str | None) -> Command:
    """Return what runs a command."""
    module, _dot, function = COMMANDS[command, action].partition(".")
    return cast(Command, getattr(import_module(f"desktop.cli.{module}"), function))


async def run_command(options: argparse.Namespace, output: Output) -> int:
    """Run the command that the options name and return its exit code.

    Raises:
        KnownError: what the command is refused for.
    """
    home = open_home(options.home)
    logs = HomeLogs(home)
    logs.open()
    try:
        return await _run(home, logs, options, output)
    except (KnownError, BrokenPipeError):  # who reads may stop reading
        raise
    # What nobody foresaw is answered like any refusal, as the contract of the command line asks; the report has it all.
    except Exception as error:
        raise unforeseen(home, error) from error
    finally:
        await asyncio.to_thread(logs.close)


async def _run(home: Home, logs: HomeLogs, options: argparse.Namespace, output: Output) -> int:
    if options.command == "restore":
        # The one command that does not open the database: it may be what has to be replaced.
        from desktop.cli.backup_commands import restore

        return await restore(home, options, output)
    action = getattr(options, "action", None)
    command = load(options.command, action)
    async with open_workplace(home, options.database, workspace=options.workspace) as workplace:
        logs.follow(workplace.bus)
        if (options.command, action) != ("operators", "reset"):  # the way back for who can sign in no more
            await sign_in(workplace)
        return await command(workplace, options, output, Words(options.lang))


def unforeseen(home: Home, error: Exception) -> KnownError:
    """Write the report of an error that nobody foresaw; return what is said of it."""
    kind = type(error).__name__
    log.error("a command ended with an error that was not foreseen", exc_info=error)
    report = CrashReporter(home.crashes, list[str], SystemClock().now).write("command", error)
    place = str(report.path) if report and report.path else ""
    hint = f"Its report is {place}; phones, texts and keys are not in it." if place else ""
    return KnownError(
        "unforeseen", f"An error that was not foreseen ({kind}). Nothing stored is lost.", hint, kind=kind
    )

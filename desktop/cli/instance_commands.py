"""The numbers that send: add, list, ask, pause, resume, remove."""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.access.protection import Protection
from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.errors import KnownError
from desktop.domain.instance import ConnectionOptions, ConnectionState, Gateway, Instance, InstanceLimits
from desktop.domain.summaries import CheckLine
from desktop.domain.template import MessageTemplate
from desktop.operations.instances import default_limits

COLUMNS = ("name", "gateway", "state", "health", "sent_today", "allowance_today", "idle_reason")
TEMPLATE_COLUMNS = ("name", "language", "status", "category", "quality", "rejected_reason")


async def add(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """`instance add`: store a number and its key, and say in which state its gateway is."""
    gateway = Gateway(options.gateway)
    instance = await workplace.operations.add_instance(
        options.name,
        gateway,
        options.url,
        options.remote or options.name,
        _token(),
        _limits(gateway, options),
        options.timezone,
        warmup=options.warmup,
        phone_id=options.phone_id,
        waba_id=options.waba_id,
        options=ConnectionOptions(
            _absolute(options.ca_file),
            _absolute(options.client_cert),
            link_preview=not options.no_link_preview,
            shows_typing=options.typing,
        ),
    )
    answer = {
        "id": instance.id,
        "name": instance.name,
        "gateway": instance.gateway.value,
        "state": instance.state.value,
    }
    output.document(answer, f"{instance.name}  {instance.gateway.value}  {instance.state.value}")
    if instance.state is not ConnectionState.CONNECTED:
        # It is added all the same: a gateway may be away, a phone not paired yet. Whoever types it should know.
        text, hint = words.check(CheckLine("gateway", "amber", {"name": instance.name, "state": instance.state}))
        output.note(f"{text} ({instance.base_url}) {hint}")
    if workplace.secrets.protection is Protection.FILE_ONLY and not output.as_json:
        output.note(" ".join(words.check(CheckLine("keyring_file_only", "amber", {}))))
    return 0


def _absolute(path: str | None) -> str | None:
    return str(Path(path).resolve()) if path else None


def _token() -> str:
    token = os.environ.get("CADENCIA_TOKEN")
    if not token and sys.stdin.isatty():
        token = getpass.getpass("Token: ")
    if not token:
        raise KnownError("token_missing", "There is no token.", "Set CADENCIA_TOKEN to the gateway's key.")
    return token


def _limits(gateway: Gateway, options: argparse.Namespace) -> InstanceLimits:
    usual = default_limits(gateway)

    def given(name: str, default: object) -> object:
        value = getattr(options, name)
        return default if value is None else value

    return InstanceLimits(
        per_day=given("daily_limit", usual.per_day),  # type: ignore[arg-type]
        per_hour=given("hourly_limit", usual.per_hour),  # type: ignore[arg-type]
        per_minute=given("minute_limit", usual.per_minute),  # type: ignore[arg-type]
        min_gap_s=given("min_gap_s", usual.min_gap_s),  # type: ignore[arg-type]
        max_in_flight=given("max_in_flight", usual.max_in_flight),  # type: ignore[arg-type]
    )


async def list_all(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    rows = await workplace.operations.numbers()
    output.document(rows, output.table(rows, COLUMNS))
    return 0


async def check(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """Ask the gateway for the state; why it was not reached or does not let us in goes to stderr."""
    instance = await _find(workplace, options.name)
    state = await workplace.operations.check_instance(instance.id)
    if state in (ConnectionState.UNKNOWN, ConnectionState.UNAUTHORISED):
        try:
            state = await workplace.operations.check_instance(instance.id, explain=True)
        except KnownError as refusal:
            output.note(f"{instance.name}: {words.reason(refusal.code)}")
    answer = {
        "id": instance.id,
        "name": instance.name,
        "gateway": instance.gateway.value,
        "state": state.value,
    }
    output.document(answer, f"{instance.name}  {state.value}")
    return 0


async def templates(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    instance = await _find(workplace, options.name)
    found: Sequence[MessageTemplate] = ()
    if options.refresh:
        found = await workplace.operations.refresh_templates(instance.id)
    elif instance.waba_id:
        found = await workplace.library.templates(instance.waba_id)
    rows = [{name: getattr(row, name) for name in TEMPLATE_COLUMNS} for row in found]
    stamped = [row | {"synced_at": each.synced_at.isoformat()} for row, each in zip(rows, found, strict=True)]
    output.document(stamped, output.table(rows, TEMPLATE_COLUMNS))
    return 0


async def pause(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    instance = await _find(workplace, options.name)
    await workplace.operations.pause_instance(instance.id)
    output.document({"name": instance.name, "paused": True}, f"{instance.name}  paused")
    return 0


async def resume(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    instance = await _find(workplace, options.name)
    await workplace.operations.resume_instance(instance.id)
    output.document({"name": instance.name, "paused": False}, f"{instance.name}  resumed")
    return 0


async def remove(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    instance = await _find(workplace, options.name)
    await workplace.operations.remove_instance(instance.id)
    output.document({"name": instance.name, "removed": True}, f"{instance.name}  removed")
    return 0


async def _find(workplace: Workplace, name: str) -> Instance:
    for summary in await workplace.library.instances():
        if summary.instance.name == name:
            return summary.instance
    raise KnownError("instance_not_found", f"There is no instance {name}.", "See instance list.", name=name)

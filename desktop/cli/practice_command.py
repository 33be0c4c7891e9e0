"""Plays people and WhatsApp at a running practice gateway: a reply, a logout, a quality drop, a rejected template."""

import argparse
import json
import os
from pathlib import Path

from desktop.cli.output import Output
from desktop.domain.errors import KnownError
from desktop.gateways.evolution_records import fields_of
from desktop.gateways.http import Answer, HttpClient, json_body, json_of

DEFAULT_KEY = "practice-gateway-key"
# What each action tells the gateway. Source: desktop/simulator/control.py, cloud/server.py.
MEMBERS: dict[str, tuple[str, ...]] = {
    "reply": ("instance", "number", "text", "as", "quoted"),
    "logout": ("instance",),
    "pair": ("instance",),
    "away": ("seconds",),
    "quality": ("instance", "event"),
    "messaging_limit": ("limit",),
    "preference": ("instance", "number", "value"),
    "template": ("name", "language", "event", "reason"),
}


async def practice(options: argparse.Namespace, output: Output) -> int:
    """Let something happen at the gateway; print what it says of it.

    Raises:
        KnownError: `practice_refused`, `script_unreadable`, `bad_url`.
    """
    told = _told(options)
    http = HttpClient(options.url, {"apikey": os.environ.get("CADENCIA_TOKEN") or DEFAULT_KEY})
    try:
        answer = await http.post("_control", options.action, body=json_body(told))
    finally:
        await http.close()
    said = fields_of(json_of(answer))
    if not isinstance(answer, Answer) or answer.status != 200:
        why = str(fields_of(answer.json).get("message") or answer.status) if isinstance(answer, Answer) else answer.code
        raise KnownError("practice_refused", f"The practice gateway does not do that: {why}", "", why=why)
    output.document(dict(said), "  ".join(f"{name} {value}" for name, value in said.items()))
    return 0


def _told(options: argparse.Namespace) -> object:
    if options.action == "script":
        return _document(Path(options.file))
    return {name: value for name in MEMBERS[options.action] if (value := getattr(options, name)) is not None}


def _document(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        text = f"The script {path} cannot be read: {error}."
        raise KnownError("script_unreadable", text, "Check the path.", path=str(path)) from error

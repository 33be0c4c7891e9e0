"""What gateways post to us: turn the receiver on and off, let a gateway use it, test the way in."""

import argparse
import getpass
import os
import sys

from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.errors import KnownError
from desktop.domain.inbound_hook import KEY_HEADER, ReceiverSettings
from desktop.domain.instance import Gateway
from desktop.operations.receiving import HookState

COLUMNS = ("instance", "gateway", "ready", "url")
SHOWN = 4  # signs of a secret path that are shown when secrets are not


async def show(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    settings = await workplace.webhooks.receiving.settings()
    rows = [_row(state, options.secrets) for state in await workplace.webhooks.receiving.hooks()]
    answer = {**_settings(settings), "instances": rows}
    head = f"{'on' if settings.is_enabled else 'off'}  {settings.host}:{settings.port}  {settings.base_url}"
    columns = (*COLUMNS, "key", "verify_token") if options.secrets else COLUMNS
    output.document(answer, f"{head}\n{output.table(rows, columns)}")
    return 0


async def enable(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    settings = await workplace.webhooks.receiving.enable(options.port, options.bind, options.public_url)
    output.document(_settings(settings), f"on  {settings.host}:{settings.port}  {settings.base_url}")
    return 0


async def disable(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    settings = await workplace.webhooks.receiving.disable()
    output.document(_settings(settings), "off")
    return 0


async def connect(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    state = await workplace.webhooks.receiving.hook_of(options.name)
    if state.hook.instance.gateway is Gateway.CLOUD:
        await workplace.webhooks.receiving.keep_app_secret(options.name, _app_secret())
        answer = {**_row(await workplace.webhooks.receiving.hook_of(options.name), True), "connected": False}
        output.document(answer, f"{answer['url']}\n{answer['verify_token']}")
        return 0
    state = await workplace.webhooks.receiving.connect(options.name, take_over=options.take_over)
    output.document({**_row(state, False), "connected": True}, f"{options.name}  →  {_row(state, False)['url']}")
    return 0


async def disconnect(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    state = await workplace.webhooks.receiving.disconnect(options.name)
    output.document({**_row(state, False), "connected": False}, f"{options.name}  —")
    return 0


async def test(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    found = await workplace.webhooks.receiving.test(options.name)
    is_ok = found.here == "ok" and found.public in (None, "ok")
    answer = {"ok": is_ok, "here": found.here, "public": found.public}
    output.document(answer, f"here: {found.here}\npublic: {found.public or '—'}")
    return 0 if is_ok else 1


def _settings(settings: ReceiverSettings) -> dict[str, object]:
    return {
        "enabled": settings.is_enabled,
        "host": settings.host,
        "port": settings.port,
        "public_url": settings.public_url or None,
        "url": settings.base_url,
    }


def _row(state: HookState, with_secrets: bool) -> dict[str, object]:
    hook, gateway = state.hook, state.hook.instance.gateway
    row: dict[str, object] = {
        "instance": hook.instance.name,
        "gateway": gateway.value,
        "ready": state.is_ready,
        "url": state.url if with_secrets else state.url[: -len(hook.path) + len("/hooks/") + SHOWN] + "…",
    }
    if with_secrets:
        row["header"] = KEY_HEADER if gateway is Gateway.EVOLUTION else None
        row["key"] = None if gateway is Gateway.CLOUD else hook.signing_key
        row["verify_token"] = hook.verify_token if gateway is Gateway.CLOUD else None
    return row


def _app_secret() -> str:
    secret = os.environ.get("CADENCIA_APP_SECRET")
    if not secret and sys.stdin.isatty():
        secret = getpass.getpass("App secret: ")
    if not secret:
        raise KnownError(
            "app_secret_missing",
            "The secret of the Meta app is not known.",
            "Set CADENCIA_APP_SECRET; it is in the app's basic settings.",
        )
    return secret

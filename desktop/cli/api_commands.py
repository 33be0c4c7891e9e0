"""The REST API by command line: additions to the contract."""

import argparse

from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace


async def show(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    return await _show(workplace, output, None)


async def enable(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    now = await workplace.api_settings()
    token = await workplace.set_api(
        is_enabled=True, port=options.port or now.port, bind=options.bind or now.bind, new_token=options.new_token
    )
    return await _show(workplace, output, token)


async def disable(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    now = await workplace.api_settings()
    await workplace.set_api(is_enabled=False, port=now.port, bind=now.bind)
    return await _show(workplace, output, None)


async def _show(workplace: Workplace, output: Output, token: str | None) -> int:
    found = await workplace.api_settings()
    answer: dict[str, object] = {
        "enabled": found.is_enabled,
        "url": f"http://{found.bind}:{found.port}/v1",
        "openapi": f"http://{found.bind}:{found.port}/schema/openapi.json",
    }
    if token is not None:
        answer["token"] = token
    output.document(answer, "\n".join(f"{name:8} {value}" for name, value in answer.items()))
    return 0

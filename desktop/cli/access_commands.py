"""Signing in, operators and workspaces by command line: additions to the contract."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable

from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.errors import KnownError
from desktop.domain.operator import Operator, Role

COLUMNS = ("name", "role", "disabled", "locked_until")


async def sign_in(workplace: Workplace) -> None:
    """Become the operator of the environment, or ask, once the workspace has operators.

    Raises:
        KnownError: `sign_in_needed`, `sign_in_refused`, `operator_locked`, `operator_disabled`.
    """
    if await workplace.access.refresh():
        return
    name = os.environ.get("CADENCIA_OPERATOR") or _ask(lambda: input("Operator: "))
    password = os.environ.get("CADENCIA_PASSWORD") or _ask(lambda: getpass.getpass("Password: "))
    await workplace.access.sign_in(name, password)


def _ask(question: Callable[[], str]) -> str:
    if not sys.stdin.isatty():
        raise KnownError(
            "sign_in_needed",
            "This workspace asks who you are.",
            "Set CADENCIA_OPERATOR and CADENCIA_PASSWORD.",
        )
    return question()


async def list_all(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    rows = [_row(operator) for operator in await workplace.access.operators()]
    output.document(rows, output.table(rows, COLUMNS))
    return 0


async def add(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    made = await workplace.access.add(options.name, Role(options.role), _new_password())
    output.document(_row(made), f"{made.name}  {made.role}")
    return 0


async def password(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    await workplace.access.set_password(options.name, _new_password())
    output.document({"name": options.name, "password": "changed"}, f"{options.name}  ✓")
    return 0


async def role(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    await workplace.access.set_role(options.name, Role(options.role))
    output.document({"name": options.name, "role": options.role}, f"{options.name}  {options.role}")
    return 0


async def disable(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    await workplace.access.set_disabled(options.name, True)
    output.document({"name": options.name, "disabled": True}, f"{options.name}  disabled")
    return 0


async def enable(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    await workplace.access.set_disabled(options.name, False)
    output.document({"name": options.name, "disabled": False}, f"{options.name}  enabled")
    return 0


async def remove(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    await workplace.access.remove(options.name)
    output.document({"name": options.name, "removed": True}, f"{options.name}  removed")
    return 0


async def reset(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """Forget all operators. The one command that asks for no password: see SECURITY.md."""
    removed = await workplace.access.reset()
    output.document({"removed": removed}, f"{removed}")
    return 0


async def list_workspaces(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    rows: list[dict[str, object]] = [
        {"id": found.id, "name": found.name, "present": found.id == workplace.workspace_id}
        for found in await workplace.workspaces()
    ]
    output.document(rows, output.table(rows, ("id", "name", "present")))
    return 0


async def add_workspace(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    made = await workplace.add_workspace(options.name)
    output.document({"id": made, "name": options.name}, f"{made}  {options.name}")
    return 0


async def rename_workspace(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    kept = await workplace.rename_workspace(options.name)
    output.document({"id": workplace.workspace_id, "name": kept}, kept)
    return 0


def _row(operator: Operator) -> dict[str, object]:
    return {
        "name": operator.name,
        "role": operator.role.value,
        "disabled": operator.disabled_at is not None,
        "locked_until": operator.locked_until,
    }


def _new_password() -> str:
    given = os.environ.get("CADENCIA_NEW_PASSWORD")
    if given is None and sys.stdin.isatty():
        given = getpass.getpass("New password: ")
        if getpass.getpass("New password, once more: ") != given:
            raise KnownError("password_differs", "The two passwords differ.", "Type the same one twice.")
    if not given:
        raise KnownError("password_missing", "There is no new password.", "Set CADENCIA_NEW_PASSWORD.")
    return given

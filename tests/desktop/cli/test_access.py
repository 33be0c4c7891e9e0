"""`operators …`, `workspaces …`, and signing in: additions to the contract."""

from typing import Any

import pytest

from tests.desktop.cli.conftest import Cli, assert_shape, plain_draft
from tests.fakes.simulator_process import SimulatorProcess

ANA = {"CADENCIA_OPERATOR": "Ana", "CADENCIA_PASSWORD": "senha da ana"}
AGENT = {"CADENCIA_OPERATOR": "Gil", "CADENCIA_PASSWORD": "senha do gil"}
VIEWER = {"CADENCIA_OPERATOR": "Vera", "CADENCIA_PASSWORD": "senha da vera"}


@pytest.fixture
def team(cli: Cli) -> Cli:
    """A home with an admin, an agent and a viewer."""
    cli.json("operators", "add", "Ana", "--role", "admin", CADENCIA_NEW_PASSWORD="senha da ana")
    cli.json("operators", "add", "Gil", "--role", "agent", CADENCIA_NEW_PASSWORD="senha do gil", **ANA)
    cli.json("operators", "add", "Vera", "--role", "viewer", CADENCIA_NEW_PASSWORD="senha da vera", **ANA)
    return cli


def test_once_there_is_a_password_every_command_asks_for_it(team: Cli) -> None:
    for command in (["campaign", "list"], ["run"], ["events"], ["doctor"], ["backup", "x"], ["operators", "list"]):
        assert team.refusal(*command)["error"] == "sign_in_needed"
    assert team.refusal("campaign", "list", **(ANA | {"CADENCIA_PASSWORD": "x"}))["error"] == "sign_in_refused"
    assert team.json("campaign", "list", **VIEWER) == []


def test_a_role_may_what_the_table_says_and_the_audit_line_has_the_name(team: Cli, gateway: SimulatorProcess) -> None:
    url = ["instance", "add", "a", "--gateway", "evolution", "--url", gateway.url]
    assert team.refusal(*url, CADENCIA_TOKEN=gateway.api_key, **AGENT)["error"] == "not_allowed"
    team.json(*url, CADENCIA_TOKEN=gateway.api_key, **ANA)
    draft = team.draft(plain_draft())
    assert team.refusal("campaign", "create", draft, **VIEWER)["error"] == "not_allowed"
    made = team.json("campaign", "create", draft, **AGENT)["id"]
    assert team.refusal("campaign", "start", str(made), **VIEWER)["error"] == "not_allowed"
    assert team.refusal("campaign", "delete", str(made), **AGENT)["error"] == "not_allowed"
    team.json("campaign", "show", str(made), **VIEWER)
    team.json("campaign", "delete", str(made), **ANA)
    refused = team.refusal("api", "enable", **AGENT)
    assert refused["error"] == "not_allowed"
    assert "Gil" in refused["message"]
    ended = team("--json", "events", **VIEWER)
    by = {(line["type"], line["operator"]) for line in ended.lines}
    assert {("rotation_changed", "Ana"), ("created", "Gil"), ("deleted", "Ana")} <= by


def test_operators_are_listed_changed_and_never_shown_with_their_hash(team: Cli) -> None:
    rows: list[dict[str, Any]] = team.json("operators", "list", **VIEWER)
    assert [row["name"] for row in rows] == ["Ana", "Gil", "Vera"]
    assert_shape(rows[0], {"name": str, "role": str, "disabled": bool, "locked_until": (str, type(None))})
    team.json("operators", "disable", "Gil", **ANA)
    assert team.refusal("campaign", "list", **AGENT)["error"] == "operator_disabled"
    team.json("operators", "enable", "Gil", **ANA)
    team.json("operators", "role", "Gil", "--role", "viewer", **ANA)
    team.json("operators", "password", "Gil", CADENCIA_NEW_PASSWORD="outra senha", **ANA)
    team.json("operators", "remove", "Vera", **ANA)
    assert team.refusal("operators", "remove", "Ana", **ANA)["error"] == "last_admin"
    rows = team.json("operators", "list", **(AGENT | {"CADENCIA_PASSWORD": "outra senha"}))
    assert [(row["name"], row["role"]) for row in rows] == [("Ana", "admin"), ("Gil", "viewer")]


def test_whoever_owns_the_data_folder_has_a_way_out(team: Cli) -> None:
    assert team.json("operators", "reset") == {"removed": 3}
    assert team.json("campaign", "list") == []
    assert [line["type"] for line in team.lines("events")][-1] == "operator_changed"


def test_workspaces_of_one_database_know_nothing_of_each_other(team: Cli) -> None:
    assert team.refusal("workspaces", "add", "Filial", **AGENT)["error"] == "not_allowed"
    team.json("workspaces", "add", "Filial", **ANA)
    assert team.refusal("workspaces", "add", "filial", **ANA)["error"] == "workspace_exists"
    listed = team.json("workspaces", "list", **VIEWER)
    assert [(row["name"], row["present"]) for row in listed] == [("Cadência", True), ("Filial", False)]
    # It has no operators yet, and no people of the other one.
    assert team.json("--workspace", "FILIAL", "contacts", "list") == []
    assert team.json("campaign", "list", CADENCIA_WORKSPACE="Filial") == []
    team.json("workspaces", "rename", "Matriz", **ANA)
    assert [row["name"] for row in team.json("workspaces", "list", **ANA)] == ["Matriz", "Filial"]
    assert team.refusal("--workspace", "Lua", "campaign", "list")["error"] == "workspace_not_found"

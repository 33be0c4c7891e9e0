"""The webhook commands: what they answer, and that secrets are only shown to who asks for them."""

from tests.desktop.cli.conftest import Cli


def add(cli: Cli, name: str, gateway: str) -> None:
    ended = cli(
        "--json", "instance", "add", name, "--gateway", gateway, "--url", "http://127.0.0.1:9", CADENCIA_TOKEN="t"
    )
    assert ended.code == 0, ended


def test_the_receiver_is_turned_on_and_off(cli: Cli) -> None:
    shown = cli.json("webhooks", "show")
    assert (shown["enabled"], shown["host"], shown["instances"]) == (False, "127.0.0.1", [])
    on = cli.json("webhooks", "enable", "--port", "9123", "--public-url", "https://hooks.example.com/")
    assert on == {
        "enabled": True,
        "host": "127.0.0.1",
        "port": 9123,
        "public_url": "https://hooks.example.com",
        "url": "https://hooks.example.com",
    }
    assert cli.json("webhooks", "disable")["enabled"] is False
    assert cli("--json", "webhooks", "enable", "--port", "80").json["error"] == "bad_port"
    assert cli("--json", "webhooks", "enable", "--public-url", "hooks").json["error"] == "bad_url"


def test_secret_paths_and_keys_are_shown_on_demand(cli: Cli) -> None:
    add(cli, "vendas", "evolution")
    (masked,) = cli.json("webhooks", "show")["instances"]
    assert masked["url"].endswith("…")
    assert "key" not in masked
    (row,) = cli.json("webhooks", "show", "--secrets")["instances"]
    assert (row["instance"], row["gateway"], row["ready"], row["header"]) == (
        "vendas",
        "evolution",
        True,
        "X-Cadencia-Key",
    )
    assert len(row["key"]) == 64
    assert row["url"].startswith(masked["url"][:-1])
    words = cli("webhooks", "show")
    assert row["url"] not in words.stdout
    assert row["url"] in cli("webhooks", "show", "--secrets").stdout


def test_what_cannot_be_done_is_refused_with_the_reason(cli: Cli) -> None:
    add(cli, "vendas", "evolution")
    assert cli("--json", "webhooks", "connect", "vendas").json["error"] == "receiver_off"
    assert cli("--json", "webhooks", "test", "vendas").json["error"] == "receiver_off"
    assert cli("--json", "webhooks", "connect", "nobody").json["error"] == "instance_not_found"
    cli.json("webhooks", "enable", "--port", "9124")
    assert cli("--json", "webhooks", "connect", "vendas").json["error"] == "hook_not_set"
    ended = cli("--json", "webhooks", "test", "vendas")
    assert (ended.code, ended.json) == (1, {"ok": False, "here": "unreachable", "public": None})

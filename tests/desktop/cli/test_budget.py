"""`budget …`: additions to the contract."""

from tests.desktop.cli.conftest import Cli, assert_shape, plain_draft
from tests.fakes.simulator_process import SimulatorProcess


def test_limits_and_prices_are_set_shown_and_taken_away(cli: Cli) -> None:
    assert cli.json("budget", "show", "--months", "2")["messages"] is None
    assert cli.json("budget", "set", "--messages", "10", "--money", "500,50", "--currency", "usd") == {
        "messages": 10,
        "money": "500.5",
        "currency": "USD",
    }
    cli.json("budget", "rate", "cloud", "marketing", "0.0625", "--market", "br")
    cli.json("budget", "rate", "cloud", "marketing", "0.1")
    shown = cli.json("budget", "show", "--months", "2")
    assert_shape(
        shown["months"][0], {"month": str, "messages": int, "estimated": str, "told": int, "known": str, "best": str}
    )
    assert shown["rates"] == [
        {"gateway": "cloud", "category": "marketing", "market": "BR", "price": "0.0625"},
        {"gateway": "cloud", "category": "marketing", "market": "*", "price": "0.1"},
    ]
    cli.json("budget", "rate", "cloud", "marketing", "none")
    assert len(cli.json("budget", "show")["rates"]) == 1
    assert cli.json("budget", "set", "--messages", "none", "--money", "none")["money"] is None


def test_nonsense_is_refused(cli: Cli) -> None:
    for words, code in (
        (["set", "--money", "much"], "bad_amount"),
        (["set", "--messages", "x"], "bad_amount"),
        (["set", "--currency", "R$"], "bad_currency"),
        (["set", "--timezone", "Mars"], "bad_timezone"),
        (["rate", "evolution", "marketing", "1"], "bad_category"),
        (["rate", "cloud", "utility", "1", "--market", "XX"], "bad_market"),
        (["campaign", "7"], "campaign_not_found"),
    ):
        assert cli.refusal("budget", *words)["error"] == code


def test_the_credits_stop_a_campaign_before_it_starts_and_while_it_runs(cli: Cli, gateway: SimulatorProcess) -> None:
    cli.add_instance(gateway, "a")
    cli.import_people(*(f"P{n};1198765432{n}" for n in range(5)))
    cli.json("budget", "rate", "evolution", "any", "0.25")
    cli.json("budget", "set", "--money", "1")
    campaign = str(cli.json("campaign", "create", cli.draft(plain_draft()))["id"])
    ended = cli("--json", "campaign", "preflight", campaign)
    assert ended.code == 1
    (line,) = [each for each in ended.json["lines"] if each["code"].startswith("budget")]
    assert (line["code"], line["level"]) == ("budget_money_short", "red")
    assert "1.25" in line["text"]
    assert cli.refusal("campaign", "start", campaign)["error"] == "preflight_failed"
    cli.json("budget", "set", "--money", "2")
    cli.json("campaign", "start", campaign)
    cli.json("budget", "set", "--money", "0.75")  # meanwhile somebody has thought again
    ended = cli("--json", "campaign", "start", campaign, "--wait")
    found = ended.json
    left = found["sent"] + found["delivered"] + found["read"]
    assert (found["status"], found["reason"], left) == ("paused", "budget_money", 3)
    cost = cli.json("budget", "campaign", campaign)
    assert (cost["messages"], cost["estimated"], cost["parts"][0]["market"]) == (3, "0.75", "BR")
    cli.json("budget", "set", "--money", "none")
    cli.json("campaign", "resume", campaign)
    assert cli.json("campaign", "start", campaign, "--wait")["status"] == "completed"

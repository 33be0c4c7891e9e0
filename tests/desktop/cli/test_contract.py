"""Every row of the contract that exists: exact fields, types and order of its JSON."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.cli.conftest import NUMBER, OPTIONAL_TEXT, Cli, Shape, assert_shape, plain_draft
from tests.fakes.simulator_process import SimulatorProcess

OPTIONAL_NUMBER = (int, float, type(None))
INSTANCE: Shape = {"id": int, "name": str, "gateway": str, "state": str}
STATUS: Shape = {
    "id": int, "name": str, "status": str, "reason": OPTIONAL_TEXT,
    **dict.fromkeys(
        ("total", "pending", "sending", "retrying", "sent", "delivered", "read", "failed", "skipped", "in_doubt"), int
    ),
    "replied": int, "progress": NUMBER, "per_minute": NUMBER, "eta_s": OPTIONAL_NUMBER, "health_score": OPTIONAL_NUMBER,
}  # fmt: skip
RECIPIENT: Shape = {
    "id": int, "phone": str, "name": str, "status": str, "reason": OPTIONAL_TEXT, "instance": OPTIONAL_TEXT,
    "message_id": OPTIONAL_TEXT, "attempts": int, "sent_at": OPTIONAL_TEXT, "delivered_at": OPTIONAL_TEXT,
    "read_at": OPTIONAL_TEXT, "replied_at": OPTIONAL_TEXT,
}  # fmt: skip
EVENT: Shape = {
    "id": int, "type": str, "severity": str, "message": str, "details": dict, "campaign": (int, type(None)),
    "campaign_name": OPTIONAL_TEXT, "instance": OPTIONAL_TEXT, "contact": OPTIONAL_TEXT, "phone": OPTIONAL_TEXT,
    "recipient": (int, type(None)), "duration_ms": (int, type(None)), "progress": OPTIONAL_NUMBER,
    "health_score": OPTIONAL_NUMBER, "request": (dict, type(None)), "response": (dict, type(None)),
    "http_status": (int, type(None)), "time": str, "operator": OPTIONAL_TEXT,
}  # fmt: skip
PEOPLE = ("Ana Souza;11 97000-0001", "Bia Lima;11 97000-0002", "Caio Reis;11 97000-0003", "Davi Melo;11 97000-0004")
PHONES = [f"+551197000000{n}" for n in (1, 2, 3, 4)]


@pytest.fixture
def ready(cli: Cli, gateway: SimulatorProcess) -> Cli:
    """A home with an instance and four people."""
    cli.add_instance(gateway, "a")
    cli.import_people(*PEOPLE)
    return cli


def test_instances_from_adding_to_removing(cli: Cli, gateway: SimulatorProcess) -> None:
    added = cli.add_instance(gateway, "a", "--daily-limit", "50")
    assert_shape(added, INSTANCE)
    assert (added["name"], added["gateway"], added["state"]) == ("a", "evolution", "connected")

    (listed,) = cli.json("instance", "list")
    assert_shape(
        listed,
        {
            **INSTANCE,
            "health": NUMBER,
            "sent_today": int,
            "allowance_today": (int, type(None)),
            "idle_reason": OPTIONAL_TEXT,
        },
    )
    assert (listed["allowance_today"], listed["idle_reason"]) == (50, "nothing_to_do")

    assert cli.json("instance", "check", "a") == added
    assert cli.json("instance", "pause", "a") == {"name": "a", "paused": True}
    assert cli.json("instance", "list")[0]["idle_reason"] == "paused"
    assert cli.json("instance", "resume", "a") == {"name": "a", "paused": False}
    assert cli.json("instance", "remove", "a") == {"name": "a", "removed": True}
    assert cli.json("instance", "list") == []
    assert cli.refusal("instance", "check", "a")["error"] == "instance_not_found"


def test_all_limits_of_an_instance_can_be_given(cli: Cli, gateway: SimulatorProcess) -> None:
    limits = ["--hourly-limit", "40", "--minute-limit", "4", "--max-in-flight", "2"]
    zone = ["--timezone", "America/Manaus", "--warmup", "standard", "--remote", "b"]
    added = cli.add_instance(gateway, "vendas", *limits, *zone)
    assert added["state"] == "connected", "it is asked for under its name at the gateway"


def test_contacts_from_importing_to_erasing(cli: Cli, tmp_path: Path) -> None:
    counts = cli.import_people(*PEOPLE, "De novo;11970000001", "Errado;123", header="Nome;Telefone")
    assert_shape(
        counts,
        {"rows": int, "added": int, "updated": int, "duplicates": int, "rejected": int, "seconds": NUMBER},
    )
    assert {name: counts[name] for name in ("rows", "added", "updated", "duplicates", "rejected")} == {
        "rows": 6, "added": 4, "updated": 0, "duplicates": 1, "rejected": 1,
    }  # fmt: skip

    people = cli.json("contacts", "list")
    assert_shape(
        people[0],
        {
            "id": int, "phone": str, "name": str, "tags": list, "custom": dict, "opted_out_at": OPTIONAL_TEXT,
            "created_at": str,
        },
    )  # fmt: skip
    assert sorted(person["phone"] for person in people) == PHONES
    assert len(cli.json("contacts", "list", "--limit", "3")) == 3
    assert cli.json("contacts", "list", "--tag", "nobody") == []

    assert cli.json("contacts", "opt-out", "(11) 97000-0001") == {"phone": PHONES[0], "opted_out": True}
    assert _opted_out(cli) == [PHONES[0]]
    assert cli.json("contacts", "opt-in", PHONES[0]) == {"phone": PHONES[0], "opted_out": False}
    assert _opted_out(cli) == []

    target = tmp_path / "out.csv"
    assert cli.json("contacts", "export", target) == {"rows": 4, "file": str(target)}
    rows = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert sorted(row["phone"] for row in rows) == PHONES

    assert cli.json("contacts", "erase", PHONES[0]) == {"phone": PHONES[0], "erased": True}
    assert len(cli.json("contacts", "list")) == 3
    assert cli.refusal("contacts", "erase", PHONES[0])["error"] == "contact_not_found"
    assert cli.refusal("contacts", "opt-out", "12")["error"] == "invalid_phone"


def _opted_out(cli: Cli) -> list[str]:
    return [person["phone"] for person in cli.json("contacts", "list") if person["opted_out_at"]]


def test_someone_unknown_may_opt_out_before_ever_being_imported(cli: Cli) -> None:
    assert cli.json("contacts", "opt-out", PHONES[0])["opted_out"] is True
    cli.import_people(*PEOPLE)
    assert _opted_out(cli) == [PHONES[0]], "an import does not undo what the person asked for"


def test_a_campaign_from_its_draft_to_its_recipients(ready: Cli) -> None:
    created = ready.json("campaign", "create", ready.draft(plain_draft()))
    assert created == {"id": 1, "name": "Natal", "status": "draft"}

    checklist = ready.json("campaign", "preflight", "1")
    assert_shape(checklist, {"ok": bool, "lines": list})
    assert checklist["ok"] is True
    for line in checklist["lines"]:
        assert_shape(line, {"code": str, "level": str, "text": str, "hint": str})
        assert line["level"] in ("green", "amber")

    status = ready.json("campaign", "start", "1", "--wait")
    assert_shape(status, STATUS)
    assert (status["status"], status["total"], status["eta_s"]) == ("completed", 4, 0)
    assert status["delivered"] + status["read"] == 4, "it waits a little for the receipts"
    assert status["progress"] == 1
    assert ready.json("campaign", "show", "1") == status
    (listed,) = ready.json("campaign", "list")
    assert listed == status

    rows = ready.lines("campaign", "recipients", "1")
    for row in rows:
        assert_shape(row, RECIPIENT)
        assert row["status"] in ("delivered", "read")
        assert row["sent_at"] <= row["delivered_at"]
    assert [row["phone"] for row in rows] == PHONES
    assert ready.lines("campaign", "recipients", "1", "--limit", "2") == rows[:2]
    assert ready.lines("campaign", "recipients", "1", "--after", str(rows[1]["id"])) == rows[2:]
    assert ready.lines("campaign", "recipients", "1", "--status", rows[0]["status"], "--limit", "1") == rows[:1]
    assert ready.lines("campaign", "recipients", "1", "--status", "failed") == []
    assert ready.refusal("campaign", "recipients", "1", "--status", "happy")["error"] == "unknown_status"
    assert ready.refusal("campaign", "recipients", "9")["error"] == "campaign_not_found"

    copy = ready.json("campaign", "duplicate", "1")
    assert_shape(copy, STATUS)
    assert (copy["id"], copy["name"], copy["status"], copy["total"]) == (2, "Natal (2)", "draft", 0)
    deleted = ready.json("campaign", "delete", "1")
    assert_shape(deleted, STATUS)
    assert (deleted["id"], deleted["status"]) == (1, "deleted")
    assert [row["id"] for row in ready.json("campaign", "list")] == [2]
    assert len(ready.json("contacts", "list")) == 4, "contacts stay"


def test_steps_that_the_state_does_not_allow_are_refused(ready: Cli) -> None:
    campaign = str(ready.create(plain_draft()))
    assert ready.refusal("campaign", "pause", campaign)["error"] == "action_not_allowed"
    started = ready.json("campaign", "start", campaign)
    assert (started["status"], started["total"], started["pending"]) == ("running", 4, 4)
    assert isinstance(started["eta_s"], int | float)
    refused = ready.refusal("campaign", "delete", campaign)
    assert (refused["error"], refused["hint"]) == ("action_not_allowed", "Cancel the campaign first.")
    assert ready.refusal("campaign", "start", campaign)["error"] == "action_not_allowed"
    assert ready.json("campaign", "pause", campaign)["status"] == "paused"
    assert ready.json("campaign", "resume", campaign)["status"] == "running"
    cancelled = ready.json("campaign", "cancel", campaign)
    assert (cancelled["status"], cancelled["failed"]) == ("cancelled", 4)
    assert ready.refusal("campaign", "resume", campaign)["error"] == "action_not_allowed"
    assert ready.json("campaign", "delete", campaign)["status"] == "deleted"


def test_a_red_line_refuses_the_start_and_says_which(cli: Cli) -> None:
    campaign = str(cli.create(plain_draft(instances=["a"])))
    checklist = cli("--json", "campaign", "preflight", campaign)
    assert checklist.code == 1
    assert checklist.json["ok"] is False
    red = {line["code"]: line for line in checklist.json["lines"] if line["level"] == "red"}
    assert set(red) == {"audience_empty", "instances_unknown"}
    assert all(line["text"] and line["hint"] for line in red.values())
    refused = cli.refusal("campaign", "start", campaign)
    assert refused["error"] == "preflight_failed"
    assert "instances_unknown" in refused["message"]
    assert cli.json("campaign", "show", campaign)["status"] == "draft"


def test_a_sixth_campaign_is_told_its_place_before_and_after_its_start(ready: Cli) -> None:
    for number in range(1, 7):
        ready.create(plain_draft(name=f"C{number}"))
    for number in range(1, 6):
        ready.json("campaign", "start", str(number))
    lines = {line["code"]: line for line in ready.json("campaign", "preflight", "6")["lines"]}
    assert lines["queue"]["text"] == (
        "5 campaigns send already: C1, C2, C3, C4, C5. This one waits in the queue, place 1."
    )
    assert {lines[code]["level"] for code in ("queue", "limits_after_place")} == {"amber"}
    status = ready.json("campaign", "start", "6")
    assert_shape(status, STATUS)
    assert (status["status"], status["reason"], status["eta_s"]) == ("running", "campaign_queue", None)
    assert [row["reason"] for row in ready.json("campaign", "list")] == ["campaign_queue", *[None] * 5]
    assert "running (campaign_queue 1)" in ready("campaign", "list").stdout


def test_a_campaign_with_a_moment_to_start_at_is_scheduled(ready: Cli) -> None:
    created = ready.json("campaign", "create", ready.draft(plain_draft(schedule_at="2099-01-01T08:00:00-03:00")))
    assert created["status"] == "scheduled"
    past = ready.draft(plain_draft(schedule_at="2020-01-01T08:00:00-03:00"))
    assert ready.refusal("campaign", "create", past)["error"] == "schedule_in_past"
    assert len(ready.json("campaign", "list")) == 1, "nothing was created"


def test_events_by_campaign_type_and_time(ready: Cli) -> None:
    campaign = str(ready.create(plain_draft()))
    other = str(ready.create(plain_draft(name="Páscoa")))
    ready.json("campaign", "start", campaign)
    events = ready.lines("events")
    for event in events:
        assert_shape(event, EVENT)
        assert event["message"]
    assert [event["id"] for event in events] == sorted(event["id"] for event in events)
    of_campaign = ready.lines("events", "--campaign", campaign)
    assert {event["campaign"] for event in of_campaign} == {int(campaign)}
    assert [event["type"] for event in ready.lines("events", "--campaign", other)] == ["created"]
    (started,) = ready.lines("events", "--type", "started")
    assert started["campaign_name"] == "Natal"
    assert ready.lines("events", "--since", started["time"])[0]["id"] <= started["id"]
    assert ready.lines("events", "--since", "2099-01-01T00:00:00Z") == []
    assert ready.refusal("events", "--type", "party")["error"] == "unknown_event_type"


def test_in_doubt_of_nobody_and_of_somebody_who_is_not(ready: Cli) -> None:
    assert ready.json("in-doubt", "list") == []
    assert ready.refusal("in-doubt", "resolve", "1", "--as", "sent")["error"] == "not_in_doubt"


def test_the_doctor_looks_at_everything_and_says_it_in_words(ready: Cli) -> None:
    found = ready.json("doctor")
    assert_shape(found, {"ok": bool, "checks": list})
    assert found["ok"] is True
    by_code: dict[str, Any] = {}
    for check in found["checks"]:
        assert_shape(check, {"code": str, "level": str, "text": str, "hint": str, "facts": dict})
        assert check["text"].endswith((".", str(ready.home))), check
        assert check["level"] == "green" or check["hint"]
        by_code[check["code"]] = check
    assert list(by_code) == ["home", "database", "keyring_file_only", "engine_free", "clock", "gateway"]
    assert by_code["keyring_file_only"]["level"] == "amber"
    assert by_code["gateway"]["text"] == "a: connected."


def test_words_for_people_where_json_is_not_wanted(ready: Cli) -> None:
    ready.create(plain_draft())
    for command in (
        ("instance", "list"), ("contacts", "list"), ("campaign", "list"), ("campaign", "show", "1"),
        ("campaign", "preflight", "1"), ("campaign", "start", "1"), ("campaign", "recipients", "1"), ("events",),
        ("doctor",), ("in-doubt", "list"),
    ):  # fmt: skip
        ended = ready(*command)
        assert ended.code == 0
        assert ended.stderr == ""
        assert ended.stdout.strip()
        assert not ended.stdout.startswith(("{", "["))


def test_people_are_checked_once_while_the_answer_is_fresh(ready: Cli) -> None:
    answer = ready.json("contacts", "check", "--instance", "a")
    usual = {"checked": 4, "on_whatsapp": 4, "not_on_whatsapp": 0, "failed": 0, "from_cache": 0}
    assert {name: answer[name] for name in usual} == usual
    assert list(answer) == [*usual, "seconds"]
    again = ready.json("contacts", "check", "--max-age-days", "7")
    assert (again["checked"], again["from_cache"]) == (0, 4)
    assert ready.refusal("contacts", "check", "--instance", "b")["error"] == "instance_not_found"


def test_only_recorded_consents_are_sent_to_when_that_is_wanted(ready: Cli, tmp_path: Path) -> None:
    assert ready.json("contacts", "consent")["required"] is False
    phone = ready.json("contacts", "list")[0]["phone"]
    ready.json("contacts", "opt-in", phone, "--proof", "formulário")
    answer = ready.json("contacts", "consent", "--require", "on")
    assert answer == {"required": True, "agreed": 1, "unknown": 3, "opted_out": 0}
    ready.json("contacts", "data", phone, str(tmp_path / "pessoa.json"))
    document = json.loads((tmp_path / "pessoa.json").read_text(encoding="utf-8"))
    assert document["person"]["phone"] == phone
    assert document["consent"]["proof"] == "formulário"


def test_an_import_says_how_people_agreed_and_is_taken_back(ready: Cli, tmp_path: Path) -> None:
    (tmp_path / "feira.csv").write_text("nome;telefone\nRui;(81) 98888-7771\n", encoding="utf-8")
    told = ("--proof", "ficha da feira", "--agreed-on", "03/11/2025", "--known", "keep")
    assert ready.json("contacts", "import", str(tmp_path / "feira.csv"), *told)["added"] == 1
    assert ready.json("contacts", "consent")["agreed"] == 1
    assert ready.json("contacts", "undo-import")["removed"] == 1
    assert ready.refusal("contacts", "undo-import")["error"] == "nothing_to_undo"

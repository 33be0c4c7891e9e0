"""A bad network and a gateway that lies: nothing is lost, nothing comes twice, and every failure says why."""

import time
from typing import Any

from desktop.viewmodels.wording_reasons import REASON
from tests.acceptance.desk import (
    LOOK_EVERY_S,
    Child,
    Desk,
    assert_adds_up,
    assert_exactly_once,
    assert_none_twice_none_lost,
    control,
    mobiles,
    received,
)
from tests.acceptance.scene import QUICK, Scene

# Ten times as long as any request of these tests may still wait in the gateway.
ABSENT_AFTER_S = "2.5"
LATENCY: dict[str, Any] = {"match": {"endpoint": "send"}, "do": {"latency_ms": [10, 60]}}


def test_a_network_that_goes_away_for_a_while_costs_time_and_nothing_else(scene: Scene) -> None:
    desk = scene.desk
    simulator = scene.simulate("a", "b", "c", rules=[LATENCY])
    desk.environment["CADENCIA_ABSENT_AFTER_S"] = ABSENT_AFTER_S
    desk.add_instances(simulator, "--max-in-flight", "2")
    phones = mobiles(500)
    desk.import_phones(phones)
    campaign = desk.create(simulator.instances)

    sender = desk.start("campaign", "start", str(campaign), "--wait")
    sender.wait_for(lambda: len(simulator.recorded()) >= 80, "80 were sent")
    control(simulator, "away", seconds=4)
    status = sender.wait(100).json

    assert_exactly_once(simulator, phones)
    assert status["status"] == "completed"
    assert_adds_up(status)
    assert status["failed"] == status["in_doubt"] == 0
    assert {row["attempts"] for row in desk.recipients(campaign)} == {1}, "being offline burns no attempt"
    types = [event["type"] for event in desk.lines("events", "--campaign", str(campaign))]
    assert "message_failed" not in types
    connectivity = [event["type"] for event in desk.lines("events") if event["type"].endswith("line")]
    assert connectivity == ["went_offline", "came_online"]
    desk.assert_healthy()


# 201 with the error object of Meta: the Cloud channel of Evolution refuses like that.
REFUSED: dict[str, Any] = {"no_key_201": True}
FAULTS: tuple[dict[str, Any], ...] = (
    {"cut_before": True},
    {"cut_after": True},
    {"status": 500},
    {"status": 500, "accepted": True},
    {"garbage": "html"},
    {"garbage": "empty", "accepted": False},
    {"garbage": "wrong_types"},
    {"half_answer": True},
    {"half_answer": True, "accepted": False},
    REFUSED,
    {"timeout_before": True, "hold_s": 0.3},
    {"timeout_after": True, "hold_s": 0.3},
    {"connection_closed_400": True},
    {"connection_closed_500": True},
    {"receipts": "early"},
    {"receipts": "twice"},
    {"receipts": "out_of_order"},
    {"receipts": "never"},
)
PAUSING: tuple[dict[str, Any], ...] = ({"status": 401}, {"status": 404}, {"status": 503})
EVERY = 4
ROUNDS = 3
PATIENCE_S = 240.0  # for the hopelessly overloaded; alone it takes half a minute


def test_every_fault_of_the_book_at_once(scene: Scene) -> None:
    desk = scene.desk
    phones = mobiles(400)
    absent = phones[7::40]
    simulator = scene.simulate("a", "b", "c", rules=[LATENCY, _not_on_whatsapp(absent), *_strikes()])
    desk.environment["CADENCIA_ABSENT_AFTER_S"] = ABSENT_AFTER_S
    desk.add_instances(simulator)
    desk.import_phones(phones)
    campaign = desk.create(simulator.instances)

    sender = desk.start("campaign", "start", str(campaign), "--wait")
    resumed = _resume_what_is_paused(desk, sender)
    status = sender.wait(100).json

    rows = desk.recipients(campaign)
    failed = {row["phone"]: row["reason"] for row in rows if row["status"] == "failed"}
    refused = {phone for phone, reason in failed.items() if reason == "not_in_allow_list"}
    assert failed == dict.fromkeys(absent, "not_on_whatsapp") | dict.fromkeys(refused, "not_in_allow_list")
    assert 0 < len(refused) <= ROUNDS
    assert_none_twice_none_lost(received(simulator), set(phones) - failed.keys())
    assert status["status"] == "completed"
    assert_adds_up(status)
    assert (status["failed"], status["in_doubt"]) == (len(failed), 0)
    assert {row["status"] for row in rows} <= {"sent", "delivered", "read", "failed"}
    assert all(row["reason"] is None for row in rows if row["status"] != "failed"), "what was sent needs no excuse"
    assert {"unauthorised", "instance_missing", "licence_required"} <= resumed
    _assert_every_reason_has_words(desk, campaign)
    desk.assert_healthy()


def _strikes() -> list[dict[str, Any]]:
    """Let every fourth send meet a fault, one kind after the other, several rounds; by then others have their turn."""
    kinds = FAULTS * ROUNDS
    rules = [
        {
            "match": {"endpoint": "send", "nth": [EVERY * (n + 1) for n, kind in enumerate(kinds) if kind is fault]},
            "do": fault,
        }
        for fault in FAULTS
    ]
    after = EVERY * (len(kinds) + 1)
    return rules + [
        {"match": {"endpoint": "send", "nth": [after + 20 * n]}, "do": fault} for n, fault in enumerate(PAUSING)
    ]


def _not_on_whatsapp(phones: list[str]) -> dict[str, Any]:
    return {"match": {"number": [phone[1:] for phone in phones]}, "do": {"exists_false": True}}


def _resume_what_is_paused(desk: Desk, sender: Child) -> set[str]:
    """Do what an operator does with paused numbers, until the sender has ended; return why they were paused."""
    seen, latest = 0, time.monotonic() + PATIENCE_S
    while sender.is_running:
        assert time.monotonic() < latest, f"stuck: {desk.run('instance', 'list')}\n{desk.lines('events')[-20:]}"
        if (now := desk.count("event WHERE type = 'instance_paused'")) == seen:
            time.sleep(LOOK_EVERY_S)
            continue
        seen = now
        for row in desk.run("instance", "list"):
            if row["idle_reason"] == "paused":
                desk.run("instance", "resume", row["name"])
    return {str(event["details"]["reason"]) for event in desk.lines("events", "--type", "instance_paused")}


def _assert_every_reason_has_words(desk: Desk, campaign: int) -> None:
    told = {str(event["details"].get("reason")) for event in desk.lines("events", "--campaign", str(campaign))}
    assert told - {"None"} <= REASON.keys(), f"without words: {told - {'None'} - REASON.keys()}"


def test_what_cannot_be_proved_waits_for_the_operator(scene: Scene) -> None:
    desk = scene.desk
    phones = mobiles(12)
    hidden = phones[3:5]
    rules = [
        {
            "match": {"endpoint": "send", "number": [phone[1:] for phone in hidden], "nth": [1, 2]},
            "do": {"status": 500},
        },
        {"match": {"endpoint": "findMessages"}, "do": {"status": 404}},
    ]
    simulator = scene.simulate("a", rules=rules, settings=QUICK | {"delivered_share": 0})
    desk.add_instances(simulator)
    desk.import_phones(phones)
    campaign = desk.create(simulator.instances)

    status = desk.run("campaign", "start", str(campaign), "--wait")
    assert (status["status"], status["reason"], status["in_doubt"], status["sent"]) == ("paused", "answer_lost", 2, 10)

    doubtful = desk.run("in-doubt", "list", "--campaign", str(campaign))
    assert {row["phone"] for row in doubtful} == set(hidden)
    for row, verdict in zip(doubtful, ("sent", "pending"), strict=True):
        assert row["reason"] == "answer_lost"
        desk.run("in-doubt", "resolve", str(row["id"]), "--as", verdict)
    assert desk.run("in-doubt", "list") == []
    assert desk.end("in-doubt", "resolve", str(doubtful[0]["id"]), "--as", "sent").code == 1

    desk.run("campaign", "resume", str(campaign))
    status = desk.run("campaign", "start", str(campaign), "--wait")
    assert (status["status"], status["sent"]) == ("completed", 12)
    # The operator's word is taken: who was called "sent" is not sent to, who was put back is.
    assert_none_twice_none_lost(received(simulator), set(phones) - {doubtful[0]["phone"]})
    desk.assert_healthy()

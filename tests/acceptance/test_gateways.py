"""One campaign through each gateway: a variable, an image, bad numbers, faults, a kill, receipts, a reply."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.acceptance.desk import (
    Desk,
    assert_adds_up,
    assert_none_twice_none_lost,
    control,
    mobiles,
    received,
)
from tests.acceptance.scene import QUICK, Scene
from tests.fakes.simulator_process import SimulatorProcess

ABSENT_AFTER_S = "2.5"
PEOPLE, BAD = 300, 5
LATENCY: dict[str, Any] = {"match": {"endpoint": "send"}, "do": {"latency_ms": [5, 20]}}
# Everybody's, and those of the one gateway.
FAULTS: tuple[dict[str, Any], ...] = (
    {"cut_before": True},
    {"cut_after": True},
    {"half_answer": True},
    {"garbage": "html"},
    {"status": 500, "accepted": True},
    {"status": 500},
    {"timeout_after": True, "hold_s": 0.3},
    {"connection_closed_500": True},
    {"receipts": "early"},
    {"receipts": "twice"},
    {"receipts": "out_of_order"},
)
OWN_FAULTS: dict[str, tuple[dict[str, Any], ...]] = {
    "evolution": ({"connection_closed_400": True},),
    "waha": ({"empty_201": True}, {"empty_201": True, "accepted": False}, {"status": 422}),
}
CHECK = {"evolution": "send", "waha": "check-exists"}


@pytest.mark.parametrize(("gateway", "engine"), [("evolution", ""), ("waha", "WEBJS"), ("waha", "GOWS")])
def test_a_campaign_with_a_picture_reaches_each_person_once_through_faults_and_a_kill(
    scene: Scene, gateway: str, engine: str
) -> None:
    desk = scene.desk
    phones = mobiles(PEOPLE)
    bad = phones[10 :: PEOPLE // BAD][:BAD]
    faults = [*FAULTS, *OWN_FAULTS[gateway]]
    rules = [
        LATENCY,
        {"match": {"number": [phone[1:] for phone in bad], "endpoint": CHECK[gateway]}, "do": {"exists_false": True}},
        *({"match": {"endpoint": "send", "nth": 5 * (n + 1)}, "do": fault} for n, fault in enumerate(faults)),
    ]
    settings = QUICK | ({"engine": engine} if engine else {})
    simulator = scene.simulate("a", "b", rules=rules, settings=settings, gateway=gateway)
    desk.environment["CADENCIA_ABSENT_AFTER_S"] = ABSENT_AFTER_S
    desk.add_instances(simulator)
    desk.import_phones(phones)
    text = 'Olá {{nome|"amigo"}}, veja a foto'
    media = {"kind": "image", "path": str(_picture(scene.folder))}
    campaign = desk.create(simulator.instances, messages=[{"text": text, "media": media}])

    _send_until_killed(desk, simulator, campaign)
    sender = desk.start("campaign", "start", str(campaign), "--wait")
    sender.wait_for(lambda: len(simulator.recorded()) >= PEOPLE // 2, "half were sent", 120)
    answered = simulator.recorded()[0]
    control(simulator, "reply", instance=answered["instance"], number=answered["number"], text="Quero saber mais")
    status = sender.wait(200).json

    rows = desk.recipients(campaign)
    assert status["status"] == "completed", status
    assert_adds_up(status)
    assert (status["failed"], status["in_doubt"]) == (BAD, 0), [row for row in rows if row["reason"]]
    assert {row["phone"]: row["reason"] for row in rows if row["status"] == "failed"} == dict.fromkeys(
        bad, "not_on_whatsapp"
    )
    assert_none_twice_none_lost(received(simulator), set(phones) - set(bad))
    sent = simulator.recorded()
    assert {row["type"] for row in sent} == {"imageMessage"}
    names = {f"Olá Pessoa {n}, veja a foto" for n in range(PEOPLE)}
    assert {row["text"] for row in sent} <= names
    assert len({row["text"] for row in sent}) == PEOPLE - BAD
    assert status["delivered"] + status["read"] > PEOPLE / 2
    assert desk.count("recipient WHERE replied_at IS NOT NULL") == 1
    desk.assert_healthy()


def _send_until_killed(desk: Desk, simulator: SimulatorProcess, campaign: int) -> None:
    sender = desk.start("campaign", "start", str(campaign), "--wait")
    sender.wait_for(lambda: len(simulator.recorded()) >= PEOPLE // 4, "a quarter was sent", 120)
    sender.kill()


def _picture(folder: Path) -> Path:
    path = folder / "foto.png"
    Image.new("RGB", (64, 48), (20, 120, 90)).save(path)
    return path

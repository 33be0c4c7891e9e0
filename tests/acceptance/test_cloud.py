"""One campaign through the Cloud API: a variable, an image, bad numbers, faults, a kill, webhooks, a reply."""

from typing import Any

from tests.acceptance.cloud_desk import connect_cloud, picture
from tests.acceptance.desk import assert_adds_up, control, mobiles, received
from tests.acceptance.scene import QUICK, Scene

PEOPLE, BAD = 300, 5
# What can be settled by a webhook with our tag, or is refused before anything leaves.
FAULTS: tuple[dict[str, Any], ...] = (
    {"cut_after": True},
    {"half_answer": True},
    {"garbage": "html"},
    {"status": 500, "accepted": True},
    {"timeout_after": True, "hold_s": 0.3},
    {"meta_error": 131016},
    {"receipts": "early"},
    {"receipts": "twice"},
    {"receipts": "out_of_order"},
)
# An image under a text of one's own, and the same in the header of a template: a variable in both.
TEXT = 'Olá {{nome|"amigo"}}, veja a foto'
TEMPLATE = {
    "name": "oferta",
    "language": "pt_BR",
    "parameters": {"nome": "{{nome}}", "produto": "um panetone", "button.0": "natal"},
}


def test_a_campaign_with_a_picture_reaches_each_person_once_and_webhooks_settle_what_is_lost(scene: Scene) -> None:
    desk = scene.desk
    phones = mobiles(PEOPLE)
    bad = phones[10 :: PEOPLE // BAD][:BAD]
    rules = [
        {"match": {"endpoint": "send"}, "do": {"latency_ms": [5, 20]}},
        {"match": {"number": [phone[1:] for phone in bad], "endpoint": "send"}, "do": {"exists_false": True}},
        *({"match": {"endpoint": "send", "nth": 5 * (n + 1)}, "do": fault} for n, fault in enumerate(FAULTS)),
    ]
    simulator = scene.simulate("a", rules=rules, settings=QUICK, gateway="cloud")
    connect_cloud(desk, simulator)
    desk.import_phones(phones)
    media = {"kind": "image", "path": str(picture(scene.folder))}
    messages = [{"text": TEXT, "media": media}, {"template": TEMPLATE, "media": media}]
    campaign = desk.create(simulator.instances, messages=messages)

    sender = desk.start("campaign", "start", str(campaign), "--wait")
    sender.wait_for(lambda: len(simulator.recorded()) >= PEOPLE // 4, "a quarter was sent", 120)
    sender.kill()
    sender = desk.start("campaign", "start", str(campaign), "--wait")
    sender.wait_for(lambda: len(simulator.recorded()) >= PEOPLE // 2, "half were sent", 120)
    answered = simulator.recorded()[0]
    control(simulator, "reply", instance="a", number=answered["number"], text="Quero saber mais")
    status = sender.wait(200).json

    rows = desk.recipients(campaign)
    assert_adds_up(status)
    assert {row["phone"]: row["reason"] for row in rows if row["status"] == "failed"} == dict.fromkeys(
        bad, "not_on_whatsapp"
    )
    counts = received(simulator)
    assert set(counts.values()) == {1}
    # Whom the kill caught before the request had left can be settled by nobody but a person, and the campaign waits.
    doubtful = {row["phone"] for row in rows if row["status"] == "in_doubt"}
    assert len(doubtful) <= 1
    assert status["status"] == ("paused" if doubtful else "completed"), status
    assert set(phones) - set(counts) <= doubtful
    for row in simulator.recorded():
        name = f"Pessoa {int(row['number'][-8:]) - 70_000_000}"
        if row["type"] == "imageMessage":
            assert row["text"] == f"Olá {name}, veja a foto"
        else:
            assert (row["type"], row["text"]) == ("templateMessage", f"Olá {name}, só hoje: um panetone.")
    assert {row["type"] for row in simulator.recorded()} == {"imageMessage", "templateMessage"}
    assert status["delivered"] + status["read"] > PEOPLE / 2
    assert desk.count("recipient WHERE replied_at IS NOT NULL") == 1
    desk.assert_healthy()

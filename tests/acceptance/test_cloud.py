"""One campaign through the Cloud API: a variable, an image, bad numbers, faults, a kill, webhooks, a reply."""

import socket
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from PIL import Image

from tests.acceptance.desk import Desk, assert_adds_up, control, mobiles, received, wait_until
from tests.acceptance.scene import QUICK, Scene
from tests.fakes.simulator_process import SimulatorProcess

PEOPLE, BAD = 60, 5
UNLIMITED = ("--daily-limit", "1000", "--hourly-limit", "1000", "--minute-limit", "1000", "--max-in-flight", "1")
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
    _connect(desk, simulator)
    desk.import_phones(phones)
    text = 'Olá {{nome|"amigo"}}, veja a foto'
    media = {"kind": "image", "path": str(_picture(scene.folder))}
    campaign = desk.create(simulator.instances, messages=[{"text": text, "media": media}])

    sender = desk.start("campaign", "start", str(campaign), "--wait")
    sender.wait_for(lambda: len(simulator.recorded()) >= PEOPLE // 4, "a quarter was sent", 120)
    sender.kill()
    sender = desk.start("campaign", "start", str(campaign), "--wait")
    sender.wait_for(lambda: len(simulator.recorded()) >= PEOPLE // 2, "half were sent", 120)
    answered = simulator.recorded()[0]
    control(simulator, "reply", instance="a", number=answered["number"], text="Quero saber mais")
    status = sender.wait(200).json

    rows = desk.recipients(campaign)
    assert status["status"] == "completed", status
    assert_adds_up(status)
    assert {row["phone"]: row["reason"] for row in rows if row["status"] == "failed"} == dict.fromkeys(
        bad, "not_on_whatsapp"
    )
    counts = received(simulator)
    assert set(counts.values()) == {1}
    # Whom the kill caught before the request had left can be settled by nobody but a person.
    doubtful = {row["phone"] for row in rows if row["status"] == "in_doubt"}
    assert len(doubtful) <= 1
    assert set(phones) - set(counts) <= doubtful
    assert {row["type"] for row in simulator.recorded()} == {"imageMessage"}
    assert status["delivered"] + status["read"] > PEOPLE / 2
    assert desk.count("recipient WHERE replied_at IS NOT NULL") == 1
    desk.assert_healthy()


def _connect(desk: Desk, simulator: SimulatorProcess) -> None:
    """Add the number, and let Meta find our receiver while an engine runs."""
    ids = ("--phone-id", simulator.ready["phone_ids"]["a"], "--waba-id", simulator.ready["waba_id"])
    desk.environment["CADENCIA_ABSENT_AFTER_S"] = "2.5"
    desk.add_instances(simulator, *UNLIMITED, *ids)
    templates = desk.run("instance", "templates", "a")
    assert ("boas_vindas", "APPROVED") in {(row["name"], row["status"]) for row in templates}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    desk.run("webhooks", "enable", "--port", str(port))
    hook = desk.run("webhooks", "connect", "a", CADENCIA_APP_SECRET=simulator.ready["app_secret"])
    engine = desk.start("run")

    def is_subscribed() -> bool:
        try:
            control(simulator, "subscribe", url=hook["url"], verify_token=hook["verify_token"])
        except HTTPError:
            return False
        return True

    wait_until(is_subscribed, 60, "the receiver answers")
    engine.terminate()
    engine.wait()


def _picture(folder: Path) -> Path:
    path = folder / "foto.png"
    Image.new("RGB", (64, 48), (20, 120, 90)).save(path)
    return path

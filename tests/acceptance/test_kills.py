"""The sender is killed again and again, at every kind of moment; in the end everybody has the message exactly once."""

import random
import time
from collections.abc import Callable

from tests.acceptance.desk import Child, Desk, assert_adds_up, assert_exactly_once, mobiles
from tests.acceptance.scene import QUICK, Scene
from tests.fakes.simulator_process import SimulatorProcess

PEOPLE = 900
KILLS = 26
# Before the gateway takes a message it waits so long, and for each second message as long again before it answers:
# kills land on both sides of the acceptance.
LATENCY_MS = [20, 250]
SLOW = [
    {"match": {"endpoint": "send"}, "do": {"latency_ms": LATENCY_MS}},
    {"match": {"endpoint": "send", "every": 2}, "do": {"receipts": ["early"]}},
]
# The proof of absence: ten times as long as a request of a dead sender may still wait in this gateway, so what was
# declared absent does not arrive afterwards, on a busy machine either.
ABSENT_AFTER_S = "2.5"

Moment = Callable[[Child, Desk, SimulatorProcess, random.Random], str]


def test_twenty_six_kills_lose_nobody_and_reach_nobody_twice(scene: Scene) -> None:
    desk = scene.desk
    simulator = scene.simulate("a", "b", "c", rules=SLOW, settings=QUICK | {"early_receipt_lead_s": 0.15})
    desk.environment["CADENCIA_ABSENT_AFTER_S"] = ABSENT_AFTER_S
    desk.add_instances(simulator, "--max-in-flight", "4")
    phones = mobiles(PEOPLE)
    desk.import_phones(phones)
    campaign = desk.create(simulator.instances)
    rng = random.Random(26)

    killed: list[str] = []
    for number in range(KILLS):
        sender = desk.start("campaign", "start", str(campaign), "--wait")
        killed.append(MOMENTS[number % len(MOMENTS)](sender, desk, simulator, rng))
        assert sender.is_running, f"it ended before kill {number}: {sender.written()} {sender.complaints()}"
        sender.kill()
        killed[-1] += f", {_accepted(simulator)} received"
    last = desk.run("campaign", "start", str(campaign), "--wait")

    story = "\n".join(killed)
    assert_exactly_once(simulator, phones)
    assert last["status"] == "completed", story
    assert_adds_up(last)
    assert last["sent"] + last["delivered"] + last["read"] == PEOPLE, f"{last}\n{story}"
    desk.assert_healthy()
    proofs = [event["details"]["proof"] for event in desk.lines("events", "--type", "reconciled")]
    assert {"found", "absent"} <= set(proofs), f"all kills fell on one side of the acceptance: {proofs}\n{story}"
    assert len(proofs) >= KILLS, f"hardly any kill hit a message in flight: {len(proofs)}\n{story}"


def _after_some_time(sender: Child, desk: Desk, simulator: SimulatorProcess, rng: random.Random) -> str:
    """Anywhere: while it starts, begins its run, asks the gateway, sends."""
    seconds = rng.uniform(0.3, 3.0)
    time.sleep(seconds)
    return f"after {seconds:.2f} s"


def _after_some_messages(sender: Child, desk: Desk, simulator: SimulatorProcess, rng: random.Random) -> str:
    """Just when the gateway has taken a message that nobody was told of yet."""
    more, before = rng.randint(1, 25), _accepted(simulator)
    sender.wait_for(lambda: _accepted(simulator) >= before + more, f"{more} more were accepted")
    return f"after {more} messages"


def _at_an_intent(sender: Child, desk: Desk, simulator: SimulatorProcess, rng: random.Random) -> str:
    """As soon as an intent is durable: its request is just leaving, or has not left."""
    before = desk.count("attempt")
    sender.wait_for(lambda: desk.count("attempt") > before, "an intent was recorded")
    return "at an intent"


def _while_doubts_are_settled(sender: Child, desk: Desk, simulator: SimulatorProcess, rng: random.Random) -> str:
    """While what a dead run has left behind is being asked for, some of it settled."""
    if not desk.count("recipient WHERE status IN ('sending', 'in_doubt')"):
        return _after_some_messages(sender, desk, simulator, rng)
    settled = "event WHERE type = 'reconciled'"
    before = desk.count(settled)
    sender.wait_for(lambda: desk.count(settled) > before, "a doubt was settled")
    return "while doubts are settled"


MOMENTS: tuple[Moment, ...] = (_after_some_messages, _at_an_intent, _after_some_time, _while_doubts_are_settled)


def _accepted(simulator: SimulatorProcess) -> int:
    assert simulator.record is not None
    return simulator.record.read_bytes().count(b"\n")

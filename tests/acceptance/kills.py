"""Kill the sender again and again, at every kind of moment, and say what it cost. `make kills` plays 200 of them.

Each kill is SIGKILL on the real process, between any two instructions; the next process carries on. The practice
gateway runs beside it, is never killed, and its record is the judge: who is in it twice was sent to twice, who is not
in it was lost. The test beside plays a few kills the same way.
"""

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.acceptance.desk import Child, Desk, mobiles, received
from tests.acceptance.scene import QUICK, Scene
from tests.fakes.simulator_process import SimulatorProcess

# Before the gateway takes a message it waits so long, and for each second message as long again before it answers:
# kills land on both sides of the acceptance. Some messages wait longer than a new sender needs to begin: it asks for
# them while they may still arrive, and must not take their absence for proven.
LATENCY_MS = [20, 250]
LATE_MS = 2500
SLOW = [
    {"match": {"endpoint": "send", "every": 8}, "do": {"latency_ms": LATE_MS}},
    {"match": {"endpoint": "send"}, "do": {"latency_ms": LATENCY_MS}},
    {"match": {"endpoint": "send", "every": 2}, "do": {"receipts": ["early"]}},
]
# The proof of absence: three times as long as a request of a dead sender may still wait in this gateway, so what was
# declared absent does not arrive afterwards, on a busy machine either.
ABSENT_AFTER_S = "8"
# The usual limit of 1,000 an hour would let the last of 200 kills wait for an hour.
LIMITS = ("--max-in-flight", "4", "--hourly-limit", "1000000")
PEOPLE_PER_KILL = 25
LAST_RUN_S = 900.0

Moment = Callable[[Child, Desk, SimulatorProcess, random.Random], str]


@dataclass(frozen=True, slots=True)
class Cost:
    """What the kills cost, by the gateway's own record.

    Attributes:
        lost, twice: phones that the gateway never accepted a message for, or more than one.
        resumed_s: for each process that came to send, from its start to the first intent of its run.
        proofs: how each doubt was settled (`found`, `absent`, `receipt`).
        story: one line a kill.
    """

    people: int
    lost: Sequence[str]
    twice: Sequence[str]
    strangers: Sequence[str]
    resumed_s: Sequence[float]
    proofs: Sequence[str]
    last: dict[str, Any]
    story: Sequence[str]


def play(scene: Scene, kills: int, people: int, rng: random.Random, *, until_both_sides: bool = False) -> Cost:
    """Send to `people`, killing the sender `kills` times on the way; then let one carry on to the end.

    Args:
        until_both_sides: goes on with up to twice as many kills until one has left a message that the gateway took, and
            one a message that never reached it. In one of thirty plays of sixteen kills there is none of the latter.
    """
    desk = scene.desk
    simulator = scene.simulate("a", "b", "c", rules=SLOW, settings=QUICK | {"early_receipt_lead_s": 0.15})
    desk.environment["CADENCIA_ABSENT_AFTER_S"] = ABSENT_AFTER_S
    desk.add_instances(simulator, *LIMITS)
    phones = mobiles(people)
    desk.import_phones(phones)
    campaign = desk.create(simulator.instances)

    story: list[str] = []
    begun: dict[int, float] = {}
    for number in range(2 * kills if until_both_sides else kills):
        if number >= kills and _fell_on_both_sides(desk):
            break
        # Half of them have their messages recorded by a process of its own. Nobody kills that: it has to end by itself.
        is_apart = number // len(MOMENTS) % 2
        sender = _begin(desk, campaign, begun, CADENCIA_RECORDER_FROM_PER_S="0" if is_apart else "1e9")
        story.append(MOMENTS[number % len(MOMENTS)](sender, desk, simulator, rng))
        assert sender.is_running, f"it ended before kill {number}: {sender.written()} {sender.complaints()}"
        sender.kill()
        story[-1] += f", {_accepted(simulator)} received"
    last = _begin(desk, campaign, begun).wait(LAST_RUN_S)
    assert last.code == 0, last

    counts = received(simulator)
    return Cost(
        people=people,
        lost=sorted(set(phones) - counts.keys()),
        twice=sorted(phone for phone, n in counts.items() if n > 1),
        strangers=sorted(counts.keys() - set(phones)),
        resumed_s=_resumed(desk, begun),
        proofs=[event["details"]["proof"] for event in desk.lines("events", "--type", "reconciled")],
        last=last.json,
        story=story,
    )


def _fell_on_both_sides(desk: Desk) -> bool:
    proofs = "event WHERE type = 'reconciled' AND json_extract(details, '$.proof') = "
    return all(desk.count(f"{proofs}'{proof}'") for proof in ("found", "absent"))


def _begin(desk: Desk, campaign: int, begun: dict[int, float], **environment: str) -> Child:
    at = time.time()
    sender = desk.start("campaign", "start", str(campaign), "--wait", **environment)
    begun[sender.process.pid] = at
    return sender


def _resumed(desk: Desk, begun: dict[int, float]) -> list[float]:
    """Return seconds from the start of each process to the first intent of its run; the first run resumed nothing."""
    question = (
        "SELECT r.pid, min(a.started_at) FROM attempt a JOIN run r ON r.id = a.run_id GROUP BY r.id ORDER BY r.id"
    )
    with closing(sqlite3.connect(f"file:{desk.home / 'cadencia.db'}?mode=ro", uri=True)) as database:
        rows = database.execute(question).fetchall()
    return [first_ms / 1000 - begun[pid] for pid, first_ms in rows[1:]]


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
    unsettled, settled = "recipient WHERE status IN ('sending', 'in_doubt')", "event WHERE type = 'reconciled'"
    before = desk.count(settled)  # first: the last one may be settled while we look
    if not desk.count(unsettled):
        return _after_some_messages(sender, desk, simulator, rng)
    sender.wait_for(lambda: desk.count(settled) > before or not desk.count(unsettled), "a doubt was settled")
    return "while doubts are settled"


MOMENTS: tuple[Moment, ...] = (_after_some_messages, _at_an_intent, _after_some_time, _while_doubts_are_settled)


def _accepted(simulator: SimulatorProcess) -> int:
    assert simulator.record is not None
    return simulator.record.read_bytes().count(b"\n")


def main() -> int:
    """Play the kills, print the figures; 1 when anybody was lost, sent to twice, or left in doubt."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the same moments again")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cadencia-kills-") as folder:
        scene = Scene(Path(folder))
        try:
            cost = play(scene, options.kills, options.kills * PEOPLE_PER_KILL, random.Random(options.seed))
            scene.desk.assert_healthy()
        finally:
            scene.close()
    print(_figures(options.kills, options.seed, cost, time.monotonic() - began))
    return 1 if cost.lost or cost.twice or cost.strangers or cost.last["in_doubt"] else 0


def _figures(kills: int, seed: int, cost: Cost, seconds: float) -> str:
    proofs = ", ".join(f"{cost.proofs.count(proof)} {proof}" for proof in sorted(set(cost.proofs)))
    resumed = sorted(cost.resumed_s)
    slowest_of_20 = resumed[int(0.95 * (len(resumed) - 1))]
    return "\n".join(
        (
            f"kills            {kills} (seed {seed}), {seconds:.0f} s in all",
            f"recipients       {cost.people}",
            f"lost             {len(cost.lost)}",
            f"sent to twice    {len(cost.twice)}",
            f"strangers        {len(cost.strangers)}",
            f"left in doubt    {cost.last['in_doubt']}",
            f"doubts settled   {len(cost.proofs)}: {proofs}",
            f"time to resume   median {statistics.median(resumed):.2f} s, 95 % under {slowest_of_20:.2f} s, "
            f"longest {resumed[-1]:.2f} s ({len(resumed)} restarts that came to send)",
            f"campaign         {cost.last['status']}",
        )
    )


if __name__ == "__main__":
    raise SystemExit(main())

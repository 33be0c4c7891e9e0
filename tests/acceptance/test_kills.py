"""The sender is killed again and again, at every kind of moment; in the end everybody has the message exactly once."""

import random

from tests.acceptance.desk import assert_adds_up
from tests.acceptance.kills import play
from tests.acceptance.scene import Scene

PEOPLE = 600
KILLS = 16


def test_sixteen_kills_lose_nobody_and_reach_nobody_twice(scene: Scene) -> None:
    cost = play(scene, KILLS, PEOPLE, random.Random(16), until_both_sides=True)

    story, last, proofs = "\n".join(cost.story), cost.last, cost.proofs
    assert (cost.lost, cost.twice, cost.strangers) == ([], [], []), story
    assert last["status"] == "completed", story
    assert_adds_up(last)
    assert last["sent"] + last["delivered"] + last["read"] == PEOPLE, f"{last}\n{story}"
    scene.desk.assert_healthy()
    assert {"found", "absent"} <= set(proofs), f"all kills fell on one side of the acceptance: {proofs}\n{story}"
    assert len(proofs) >= KILLS, f"hardly any kill hit a message in flight: {len(proofs)}\n{story}"

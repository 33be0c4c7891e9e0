"""Compares a campaign's variations, and shifts its weights towards what works: pure.

Rates come with Wilson's interval, which is honest for few messages and for rates near 0 and 1. A variation leads only
when it differs from each other one by a test of two proportions, at 5 % divided by the number of comparisons
(Bonferroni); until every variation has been sent often enough nothing is said. The optimiser is Thompson sampling over
Beta(1 + successes, 1 + failures) with a floor for each variation, so that none is given up for a bad morning.
Sources: Wilson 1927; Chapelle and Li 2011 (Thompson sampling); product.md §8.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

ENOUGH_SENT = 100  # messages a variation, before anything is said of it
ENOUGH_SUCCESSES = 5  # over all variations: a handful of replies proves nothing
LEVEL = 0.05
FLOOR = 0.1  # share of the messages that each variation keeps
WEIGHT_SCALE = 1000
NOTICEABLE = 20  # thousandths: weights that would move less than this stay as they are
_Z = 1.959963984540054  # 97.5 % of the normal distribution
_DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Arm:
    """A variation's messages that left, and those of them that succeeded."""

    sent: int
    successes: int


@dataclass(frozen=True, slots=True)
class Rate:
    """A share (0-1) with its 95 % interval. `share` is None while nothing was sent."""

    share: float | None
    low: float
    high: float


class Verdict(StrEnum):
    NOT_ENOUGH = "not_enough"
    NO_DIFFERENCE = "no_difference"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What can be said of the variations, in their order.

    Attributes:
        leader: index of the one that leads; None unless the verdict says so.
        missing: for NOT_ENOUGH, how many messages the variation with the fewest still needs; 0 when successes lack.
        p_value: of the leader against its closest rival, not corrected; None without a leader.
    """

    rates: tuple[Rate, ...]
    verdict: Verdict
    leader: int | None = None
    missing: int = 0
    p_value: float | None = None


def compare(arms: Sequence[Arm]) -> Comparison:
    """Compare two variations or more; of a single one only the rate is told."""
    rates = tuple(wilson(arm) for arm in arms)
    fewest = min((arm.sent for arm in arms), default=0)
    if len(arms) < 2 or fewest < ENOUGH_SENT or sum(arm.successes for arm in arms) < ENOUGH_SUCCESSES:
        return Comparison(rates, Verdict.NOT_ENOUGH, missing=max(0, ENOUGH_SENT - fewest))
    best = max(range(len(arms)), key=lambda index: arms[index].successes / arms[index].sent)
    rivals = [two_proportions(arms[best], arm) for index, arm in enumerate(arms) if index != best]
    closest = max(rivals)
    if closest >= LEVEL / len(rivals):
        return Comparison(rates, Verdict.NO_DIFFERENCE)
    return Comparison(rates, Verdict.LEADER, best, p_value=closest)


def wilson(arm: Arm) -> Rate:
    """Return the rate of one variation with Wilson's 95 % interval."""
    if not arm.sent:
        return Rate(None, 0.0, 1.0)
    n, share = arm.sent, arm.successes / arm.sent
    centre = share + _Z**2 / (2 * n)
    spread = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n * n))
    scale = 1 + _Z**2 / n
    return Rate(share, max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))


def two_proportions(one: Arm, other: Arm) -> float:
    """Return the two-sided p-value of the pooled z-test that both have the same rate; both were sent."""
    pooled = (one.successes + other.successes) / (one.sent + other.sent)
    error = math.sqrt(pooled * (1 - pooled) * (1 / one.sent + 1 / other.sent))
    if not error:
        return 1.0  # nobody or everybody: no difference to be seen
    z = abs(one.successes / one.sent - other.successes / other.sent) / error
    return math.erfc(z / math.sqrt(2))


def optimised_weights(arms: Sequence[Arm], rng: Random, floor: float = FLOOR) -> tuple[int, ...]:
    """Return weights in thousandths: each variation's floor, and the rest by how likely it is the best.

    Args:
        floor: share that each variation keeps; more than an equal share is taken as an equal share.
    """
    if not arms:
        return ()
    kept = min(floor, 1 / len(arms))
    wins = [0] * len(arms)
    for _ in range(_DRAWS):
        draws = [rng.betavariate(1 + arm.successes, 1 + arm.sent - arm.successes) for arm in arms]
        wins[max(range(len(arms)), key=draws.__getitem__)] += 1
    free = 1 - kept * len(arms)
    return tuple(max(1, round(WEIGHT_SCALE * (kept + free * won / _DRAWS))) for won in wins)


def reweighed(arms: Sequence[Arm], weights: Sequence[int], rng: Random, floor: float = FLOOR) -> tuple[int, ...] | None:
    """Return the weights to go on with, or None to leave them: too little has succeeded, or hardly anything changes.

    A variation of weight 0 takes no part and keeps it: the operator has switched it off.
    """
    playing = [index for index, weight in enumerate(weights) if weight]
    if len(playing) < 2 or sum(arms[index].successes for index in playing) < ENOUGH_SUCCESSES:
        return None
    new = optimised_weights([arms[index] for index in playing], rng, floor)
    whole, whole_new = sum(weights), sum(new)
    moves = [
        abs(WEIGHT_SCALE * weights[index] / whole - WEIGHT_SCALE * weight / whole_new)
        for index, weight in zip(playing, new, strict=True)
    ]
    if max(moves) < NOTICEABLE:
        return None
    found = dict(zip(playing, new, strict=True))
    return tuple(found.get(index, 0) for index in range(len(weights)))

"""How the question "is this phone on WhatsApp?" is asked of many people without endangering the number that asks.

Source: product.md §4 (60 gateway requests a minute), gateways.md §4.E (50 numbers in one request).
"""

from dataclasses import dataclass
from random import Random

from desktop.domain.instance import Gateway
from desktop.domain.numbers import NUMBERS_AT_ONCE


@dataclass(frozen=True, slots=True)
class CheckPace:
    """`at_once` phones a batch, and seconds between the beginnings of two batches, as a range."""

    at_once: int
    gap_s: tuple[float, float]


# WAHA takes a request for each phone. Even the shortest gaps stay within 60 requests a minute; a batch of fifty
# is a burst in WhatsApp's eyes, so the next one lets some seconds pass.
_PACES = {Gateway.WAHA: CheckPace(1, (1.0, 2.0)), Gateway.EVOLUTION: CheckPace(NUMBERS_AT_ONCE, (4.0, 8.0))}


def check_pace(gateway: Gateway) -> CheckPace | None:
    """Return how to ask through a gateway; None: it has no such check."""
    return _PACES.get(gateway)


def next_gap_s(pace: CheckPace, rng: Random) -> float:
    """Return the seconds from the beginning of a batch to the next one."""
    low, high = pace.gap_s
    return low + (high - low) * rng.random()


def likely_s(pace: CheckPace, people: int) -> float:
    """Return about how many seconds asking about so many people takes: the gaps between batches, on average."""
    batches = -(-people // pace.at_once)
    return max(0, batches - 1) * sum(pace.gap_s) / 2

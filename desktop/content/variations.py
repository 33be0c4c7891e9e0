"""Which variation a recipient gets, and the seed of the dice for its choices: fixed per recipient, for ever.

A retry, a restart or another machine must write the same text to the same person, or the reconciliation after a crash
would look for a message that was never sent, and the A/B report would count a person twice. So both come from a hash
of campaign and recipient, never from a generator with a state; Python's own `hash` differs from process to process.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

_TWO_TO_64 = 2**64


def pick_variation(weights: Sequence[float], campaign_id: int, recipient_key: str) -> int:
    """Return the index of the recipient's variation, with the probability of its share of the weights.

    A weight of 0 is never picked, unless all are 0: then they count as equal. `recipient_key` is the phone.

    Raises:
        ValueError: there are no variations, or a weight is negative.
    """
    if not weights or min(weights) < 0:
        raise ValueError("weights must be at least one, none negative")
    if len(weights) == 1:
        return 0
    shares = weights if any(weights) else [1] * len(weights)
    place = _hash_of("variation", campaign_id, recipient_key) / _TWO_TO_64 * sum(shares)
    # Rounding may put the place on the very end, behind the last variation that has a weight.
    last = max(index for index, share in enumerate(shares) if share)
    return min(bisect_right(list(accumulate(shares)), place), last)


def choice_seed(campaign_id: int, recipient_key: str) -> int:
    """Return the seed for `Template.render`; it says nothing about which variation was picked."""
    return _hash_of("choice", campaign_id, recipient_key)


def _hash_of(purpose: str, campaign_id: int, recipient_key: str) -> int:
    key = f"{purpose}:{campaign_id}:{recipient_key}".encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big")

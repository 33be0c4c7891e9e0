"""Having texts written by an AI: what it may cost, and what follows when the endpoint does not answer as wished.

Theory: whoever writes a thousand texts must be able to say beforehand what they may cost at most, so nothing is asked
for that could pass the cap, what is under way included. A refusal that would meet everybody (the key, the address)
ends the writing; one of the moment (busy, unreachable) is waited out, in a row only so often; one of a single text
stays with that text.
"""

from dataclasses import dataclass
from random import Random

PARALLEL = 4  # requests under way at once: what most endpoints bear on their smallest plan
TRIES = 5  # of one text, the first included
MOST_IN_A_ROW = 8  # texts that fail one after the other: then something is wrong with all
_BASE_S, _MAX_S = 2.0, 60.0
_LONGEST_ORDER_S = 600.0  # of a Retry-After: whoever asks for more is not there today

_OF_ALL = frozenset({"ai_unauthorised", "ai_not_found", "ai_bad_url", "ai_off"})
_OF_THE_MOMENT = frozenset({"ai_busy", "ai_unreachable", "ai_timeout"})

_LETTERS_OF_A_TOKEN = 3  # Portuguese has about 3.5 in the vocabularies of today; fewer is the safer side
_FRAME = 12  # tokens around two messages
_ENOUGH = 5  # requests that tell what one costs
_USUAL_ANSWER = 120  # tokens, where nothing is known of the length


@dataclass(frozen=True, slots=True)
class Again:
    """Ask for the same text once more, no earlier than in `delay_s`."""

    delay_s: float


@dataclass(frozen=True, slots=True)
class GiveUp:
    """This text failed; the others go on."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Nobody else would fare better: the writing ends."""


def after_failure(
    code: str, tries: int, in_a_row: int, retry_after_s: float | None, status: int | None, rng: Random
) -> Again | GiveUp | Stop:
    """Decide what follows a refusal.

    Args:
        tries: of this text so far, this one included.
        in_a_row: texts that were given up since the last that was written.
        retry_after_s: what the endpoint asks for.
        status: of HTTP, where there was an answer.
    """
    if code in _OF_ALL:
        return Stop()
    is_theirs = code == "ai_refused" and status is not None and status >= 500
    if code in _OF_THE_MOMENT or is_theirs:
        if retry_after_s is not None and retry_after_s > _LONGEST_ORDER_S:
            return Stop()
        if tries < TRIES:
            delay_s = min(_MAX_S, _BASE_S * 2 ** (tries - 1)) * (1 + rng.random() / 4)
            return Again(max(delay_s, retry_after_s or 0.0))
    return Stop() if in_a_row + 1 >= MOST_IN_A_ROW else GiveUp()


@dataclass(frozen=True, slots=True)
class Prices:
    """Of a million tokens."""

    tokens_in: float
    tokens_out: float

    @property
    def are_known(self) -> bool:
        return self.tokens_in > 0 or self.tokens_out > 0

    def cost(self, tokens_in: float, tokens_out: float) -> float:
        """Return what a request costs."""
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / 1_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """What writing `texts` texts takes, about; `cost` None where no price is known."""

    texts: int
    tokens_in: int
    tokens_out: int
    cost: float | None

    @property
    def cost_each(self) -> float:
        return self.cost / self.texts if self.cost and self.texts else 0.0


def estimate(texts: int, asked: str, base: str, prices: Prices) -> Estimate:
    """Estimate from an example: all that leaves for one person, and the message that it is made of."""
    one_in = len(asked) // _LETTERS_OF_A_TOKEN + _FRAME
    one_out = max(_USUAL_ANSWER, len(base) // _LETTERS_OF_A_TOKEN)
    cost = prices.cost(one_in, one_out) * texts if prices.are_known else None
    return Estimate(texts, one_in * texts, one_out * texts, cost)


def cost_each(expected: float, cost: float, requests: int) -> float:
    """Return what the next text is thought to cost: as those before it did, once there are a few; else the dearer."""
    if not requests:
        return expected
    return cost / requests if requests >= _ENOUGH else max(expected, cost / requests)


def may_ask(spent: float, most: float | None, each: float, under_way: int) -> bool:
    """Tell whether one more text may be asked for: with it and with what is under way, the cap holds.

    Args:
        each: what one text costs, by what those before it did or by the estimate.
        under_way: requests whose cost is not known yet.
    """
    return most is None or spent + each * (under_way + 1) <= most


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast texts come: `done` of them in `seconds`."""

    done: int
    seconds: float

    @property
    def per_minute(self) -> float | None:
        """Return None until enough is known."""
        return self.done * 60 / self.seconds if self.done and self.seconds >= 1 else None

    def left_s(self, remaining: int) -> float | None:
        """Return in how many seconds `remaining` more will be there."""
        rate = self.per_minute
        return None if rate is None else remaining * 60 / rate

"""Scripted faults: which requests they hit and what they do. How a script file looks is told in `script.py`."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from random import Random

from desktop.simulator.receipts import ReceiptFault


class Fault(StrEnum):
    """How a request goes wrong. The name is the key in the script."""

    STATUS_401 = "status_401"
    STATUS_403 = "status_403"
    STATUS_404 = "status_404"
    STATUS_422 = "status_422"
    STATUS_500 = "status_500"
    STATUS_501 = "status_501"
    STATUS_503 = "status_503"
    EXISTS_FALSE = "exists_false"
    CONNECTION_CLOSED_400 = "connection_closed_400"
    CONNECTION_CLOSED_500 = "connection_closed_500"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    HALF_ANSWER = "half_answer"
    GARBAGE = "garbage"
    NO_KEY_201 = "no_key_201"
    EMPTY_201 = "empty_201"
    RESTRICTED_463 = "restricted_463"
    RATE_OVERLIMIT = "rate_overlimit"
    REFUSED_400 = "refused_400"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    META_ERROR = "meta_error"


NUMBER_CHECK = "whatsappNumbers"
NUMBER_CHECKS = frozenset({NUMBER_CHECK, "check-exists"})  # of Evolution, of WAHA
ACCEPTING = frozenset({Fault.CUT_AFTER, Fault.HALF_ANSWER, Fault.GARBAGE, Fault.TIMEOUT_AFTER, Fault.EMPTY_201})
CHOOSING = frozenset(
    {Fault.STATUS_500, Fault.STATUS_503, Fault.HALF_ANSWER, Fault.GARBAGE, Fault.NO_KEY_201, Fault.EMPTY_201}
)


class Garbage(StrEnum):
    """What a body that is no answer may look like."""

    HTML = "html"
    EMPTY = "empty"
    NOT_JSON = "not_json"
    BINARY = "binary"
    LIST = "list"
    NUMBER = "number"
    WRONG_TYPES = "wrong_types"


@dataclass(frozen=True, slots=True)
class Action:
    """What a rule does to a request; several may be combined, of `fault` only one."""

    latency_ms: tuple[float, float] | None = None
    fault: Fault | None = None
    garbage: Garbage = Garbage.HTML
    accepted: bool | None = None  # whether the gateway takes the message although it answers with the fault
    hold_s: float = 300.0
    is_logout: bool = False
    receipts: frozenset[ReceiptFault] = frozenset()
    reply: str | None = None
    is_hidden: bool = False
    unreachable_s: float = 0.0
    meta_code: int = 0  # of the fault META_ERROR
    fails_later: int = 0  # Meta's code with which an accepted message fails; 0: it does not
    is_held: bool = False  # a template message that waits for Meta's judgement

    @property
    def runs_handler(self) -> bool:
        """Tell whether the request is really carried out."""
        if self.fault is None or self.fault is Fault.EXISTS_FALSE:
            return True
        return self.fault in ACCEPTING if self.accepted is None else self.accepted


@dataclass(frozen=True, slots=True)
class Match:
    """Which requests a rule hits; what is left out matches everything."""

    instances: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()  # digits, `*` and `?` allowed
    endpoints: tuple[str, ...] = ()  # sendText, whatsappNumbers, …, or `send` for all sends
    nth: tuple[int, ...] = ()
    every: int | None = None
    first: int | None = None
    last: int | None = None
    between_s: tuple[float, float] | None = None
    probability: float = 1.0


@dataclass(slots=True)
class Rule:
    """One rule of the script and how many requests it has looked at."""

    match: Match
    action: Action
    seen: int = 0
    hits: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a request the rules look at."""

    instance: str
    endpoint: str
    numbers: Sequence[str] = ()  # digits only


@dataclass(slots=True)
class Faults:
    """The rules in force."""

    rng: Random
    rules: list[Rule] = field(default_factory=list[Rule])
    started_at: float = field(default_factory=time.monotonic)

    def action_for(self, asked: Asked) -> Action | None:
        """Return what happens to the request: all rules that hit, merged; of two that disagree the first wins."""
        is_check = asked.endpoint in NUMBER_CHECKS
        actions = [
            rule.action
            for rule in self.rules
            if not (is_check and rule.action.fault is Fault.EXISTS_FALSE) and self._hits(rule, asked)
        ]
        if not actions:
            return None
        merged = actions[0]
        for action in actions[1:]:
            merged = _merge(merged, action)
        return merged

    def is_absent(self, asked: Asked) -> bool:
        """Tell whether the rules say that one number of a check is not on WhatsApp."""
        absent = [rule for rule in self.rules if rule.action.fault is Fault.EXISTS_FALSE]
        return any([self._hits(rule, asked) for rule in absent])  # noqa: C419 - each rule must count the request

    def _hits(self, rule: Rule, asked: Asked) -> bool:
        match = rule.match
        if not _concerns(match, asked):
            return False
        rule.seen += 1
        if not _is_turn(match, rule.seen) or not self._is_time(match):
            return False
        if match.probability < 1.0 and self.rng.random() >= match.probability:
            return False
        rule.hits += 1
        return True

    def _is_time(self, match: Match) -> bool:
        if match.between_s is None:
            return True
        start_s, end_s = match.between_s
        return start_s <= time.monotonic() - self.started_at < end_s


def _concerns(match: Match, asked: Asked) -> bool:
    if match.instances and asked.instance not in match.instances:
        return False
    if match.endpoints and not any(_is_endpoint(wanted, asked.endpoint) for wanted in match.endpoints):
        return False
    if not match.numbers:
        return True
    return any(fnmatchcase(number, wanted) for number in asked.numbers for wanted in match.numbers)


def _is_endpoint(wanted: str, asked: str) -> bool:
    if wanted == "send":
        return asked.startswith("send") and asked not in ("sendPresence", "sendSeen")
    return fnmatchcase(asked, wanted)


def _is_turn(match: Match, number: int) -> bool:
    if match.nth and number not in match.nth:
        return False
    if match.every is not None and number % match.every:
        return False
    if match.first is not None and number < match.first:
        return False
    return match.last is None or number <= match.last


def _merge(first: Action, second: Action) -> Action:
    has_fault = first.fault is not None
    winner = first if has_fault else second
    return Action(
        latency_ms=first.latency_ms or second.latency_ms,
        fault=winner.fault,
        garbage=winner.garbage,
        accepted=winner.accepted,
        hold_s=winner.hold_s,
        is_logout=first.is_logout or second.is_logout,
        receipts=first.receipts | second.receipts,
        reply=first.reply if first.reply is not None else second.reply,
        is_hidden=first.is_hidden or second.is_hidden,
        unreachable_s=first.unreachable_s or second.unreachable_s,
        meta_code=winner.meta_code,
        fails_later=first.fails_later or second.fails_later,
        is_held=first.is_held or second.is_held,
    )

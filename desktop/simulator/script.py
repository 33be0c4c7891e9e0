"""The script of a simulation: a JSON file with rules for faults and settings of behaviour.

Either a list of rules, or an object with any of:

    {"settings": {…}, "rules": [RULE, …], "away": [[FROM_S, TO_S], …]}

`away` closes the listening port and drops all connections between those seconds after the start: "network away".

A rule is `{"match": {…}, "do": {…}}`. All members of `match` are optional and all that are given must hold:

    instance      name or list of names
    number        digits as sent, `*` and `?` allowed ("*0000"), or a list
    endpoint      the last fixed part of the path: "sendText", "sendMedia", "whatsappNumbers", "findMessages",
                  "connectionState" … of Evolution, "sendText", "sendImage", "check-exists", "messages", "sessions" …
                  of WAHA, "sendText", "sendImage", "sendTemplate", "media", "message_templates", "phone_number" … of
                  the Cloud API; or a list; "send" means every kind of message
    nth           the n-th request that the members above let through, counted per rule from 1, or a list
    every         each n-th of them
    from, to      from the n-th on, up to the n-th (both included)
    between_s     [a, b] seconds since the start (or since the script was replaced), b excluded
    probability   0 to 1

Members of `do`; at most one of the group marked (*), everything else combines, and several rules may hit one request
(the first one that says something wins):

    latency_ms              300, or [100, 900]
    status (*)              401, 403, 404, 422 (WAHA: session not working), 500, 501 or 503 (Evolution: the licence
                            gate of 2.4; WAHA: a proxy's)
    exists_false (*)        true: the number is not on WhatsApp, for checks and for sends
    connection_closed_400, connection_closed_500 (*)    true
    cut_before (*)          true: the connection drops, nothing was accepted
    cut_after (*)           true: accepted and recorded, then the connection drops without an answer
    half_answer (*)         true: accepted, then half of the answer, then the connection drops
    garbage (*)             "html", "empty", "not_json", "binary", "list", "number" or "wrong_types"; accepted
    no_key_201 (*)          true: 201 with an error object and without `key`; not accepted
    empty_201 (*)           true: accepted, and 201 without a body (WAHA on WEBJS)
    restricted_463, rate_overlimit, refused_400 (*)     true: WhatsApp refuses the account, throttles, or refuses
                            everything until a restart
    timeout_before, timeout_after (*)    true: no answer for `hold_s` seconds, then the connection drops
    hold_s                  seconds, 300 if left out
    accepted                true or false: overrules what is said above for status 500 and 503, half_answer, garbage,
                            empty_201 and no_key_201 (a proxy may answer 500 although the message has gone out)
    logout                  true: the phone signs the instance out, then the request is carried out
    unreachable_s           seconds: the port closes, everything drops, then it opens again
    receipts                "early", "twice", "out_of_order", "never", "error_463", or a list of them
    reply                   text: the recipient answers this
    hide_from_search        true: findMessages and findStatusMessage do not show the message

Of the Cloud API only:

    meta_error (*)          a code of Meta's: 190, 130429, 131056 …; not accepted
    fails_later             a code of Meta's: accepted, and failed with it by webhook (131049, 131026, 132015 …)
    held                    true: a template is accepted as `held_for_quality_assessment`
    status 500 and 503      are a proxy's there, without Meta's error object

Settings (see `behaviour.py` for their meaning):

    speed, delivered_share, read_share, reply_share, quoting_share, replies (list of texts), delivered, read, reply and
    send_latency ({"median_s": 2.0, "spread": 0.35}), pair_after_s (or null), qr_lifetime_s, qr_limit, connect_wait_s,
    restart_s, can_reach_whatsapp, has_global_events, is_key_needed_for_events, early_receipt_lead_s, version;
    of Evolution 2.4: is_licensed; of WAHA: engine (WEBJS, WPP, NOWEB, GOWS), has_store, is_restricted, is_capped;
    of the Cloud API: permissions (list of "messaging" and "management"), is_on_biz_app
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

from desktop.domain.errors import KnownError
from desktop.simulator.behaviour import Behaviour, Delay
from desktop.simulator.faults import CHOOSING, Action, Fault, Garbage, Match, Rule
from desktop.simulator.receipts import ReceiptFault
from desktop.simulator.state import Json

_T = TypeVar("_T")
_STATUSES = {
    401: Fault.STATUS_401,
    403: Fault.STATUS_403,
    404: Fault.STATUS_404,
    422: Fault.STATUS_422,
    500: Fault.STATUS_500,
    501: Fault.STATUS_501,
    503: Fault.STATUS_503,
}
_VALUED = (Fault.GARBAGE, Fault.META_ERROR)
_FLAGS = {fault.value: fault for fault in Fault if not fault.value.startswith("status_") and fault not in _VALUED}
_MATCH = ("instance", "number", "endpoint", "nth", "every", "from", "to", "between_s", "probability")
_DO = (
    "latency_ms", "status", *_FLAGS, "garbage", "hold_s", "accepted", "logout", "unreachable_s", "receipts", "reply",
    "hide_from_search", "meta_error", "fails_later", "held",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Script:
    """A parsed script."""

    rules: list[Rule] = field(default_factory=list[Rule])
    behaviour: Behaviour = field(default_factory=Behaviour)
    away: tuple[tuple[float, float], ...] = ()


class ScriptError(KnownError):
    """The script has a mistake at `path`, a JSON path such as `rules[2].do.latency_ms`."""

    def __init__(self, path: str, wanted: str) -> None:
        super().__init__("script_invalid", f"The script is wrong at {path}: {wanted}.", "Correct it.", path=path)
        self.path = path


def load_script(path: Path, behaviour: Behaviour | None = None) -> Script:
    """Read a script file; its settings start from `behaviour`.

    Raises KnownError when it cannot be read and ScriptError when it is wrong.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        text = f"The script {path} cannot be read: {error.strerror}."
        raise KnownError("script_unreadable", text, "Check the path.", path=str(path)) from error
    except ValueError as error:
        raise ScriptError("line " + str(getattr(error, "lineno", "?")), f"it is not JSON ({error})") from error
    return parse_script(document, behaviour)


def parse_script(document: Any, behaviour: Behaviour | None = None) -> Script:
    """Check a script and turn it into rules and settings; settings start from `behaviour`."""
    base = behaviour or Behaviour()
    if isinstance(document, list):
        return Script(rules=_rules(cast("list[Any]", document), "rules"), behaviour=base)
    whole = _object(document, "script", ("settings", "rules", "away"))
    away = _list(whole.get("away", []), "away")
    return Script(
        rules=_rules(_list(whole.get("rules", []), "rules"), "rules"),
        behaviour=_behaviour(_object(whole.get("settings", {}), "settings", None), base),
        away=tuple(_span(window, f"away[{index}]") for index, window in enumerate(away)),
    )


def _rules(rules: list[Any], path: str) -> list[Rule]:
    return [_rule(rule, f"{path}[{index}]") for index, rule in enumerate(rules)]


def _rule(document: Any, path: str) -> Rule:
    rule = _object(document, path, ("match", "do", "note"))
    if "do" not in rule:
        raise ScriptError(path, 'needs a member "do"')
    match = _match(_object(rule.get("match", {}), f"{path}.match", _MATCH), f"{path}.match")
    return Rule(match, _action(_object(rule["do"], f"{path}.do", _DO), f"{path}.do"))


def _match(given: Json, path: str) -> Match:
    every, first, last = (_optional(given, name, path, _positive) for name in ("every", "from", "to"))
    between = _optional(given, "between_s", path, _span)
    return Match(
        instances=_texts(given.get("instance", []), f"{path}.instance"),
        numbers=_texts(given.get("number", []), f"{path}.number"),
        endpoints=_texts(given.get("endpoint", []), f"{path}.endpoint"),
        nth=tuple(_positive(n, f"{path}.nth") for n in _one_or_more(given.get("nth", []))),
        every=every,
        first=first,
        last=last,
        between_s=between,
        probability=_share(given.get("probability", 1.0), f"{path}.probability"),
    )


def _action(given: Json, path: str) -> Action:
    fault = _fault(given, path)
    accepted = _optional(given, "accepted", path, _flag)
    if accepted is not None and fault not in CHOOSING:
        allowed = ", ".join(sorted(fault.value for fault in CHOOSING))
        raise ScriptError(f"{path}.accepted", f"only goes with {allowed}")
    reply = _optional(given, "reply", path, _text)
    return Action(
        latency_ms=_latency(given["latency_ms"], f"{path}.latency_ms") if "latency_ms" in given else None,
        fault=fault,
        garbage=_choice(given.get("garbage", Garbage.HTML), f"{path}.garbage", Garbage),
        accepted=accepted,
        hold_s=_number(given.get("hold_s", 300.0), f"{path}.hold_s"),
        is_logout=_flag(given.get("logout", False), f"{path}.logout"),
        receipts=frozenset(
            _choice(kind, f"{path}.receipts", ReceiptFault) for kind in _one_or_more(given.get("receipts", []))
        ),
        reply=reply,
        is_hidden=_flag(given.get("hide_from_search", False), f"{path}.hide_from_search"),
        unreachable_s=_number(given.get("unreachable_s", 0.0), f"{path}.unreachable_s"),
        meta_code=_optional(given, "meta_error", path, _positive) or 0,
        fails_later=_optional(given, "fails_later", path, _positive) or 0,
        is_held=_flag(given.get("held", False), f"{path}.held"),
    )


def _fault(given: Json, path: str) -> Fault | None:
    found = [fault for name, fault in _FLAGS.items() if _flag(given.get(name, False), f"{path}.{name}")]
    if "garbage" in given:
        found.append(Fault.GARBAGE)
    if "meta_error" in given:
        found.append(Fault.META_ERROR)
    if "status" in given:
        found.append(_status(given["status"], f"{path}.status"))
    if len(found) > 1:
        raise ScriptError(path, "asks for more than one of " + ", ".join(fault.value for fault in found))
    return found[0] if found else None


def _status(value: Any, path: str) -> Fault:
    fault = _STATUSES.get(value) if isinstance(value, int) else None
    if fault is None:
        raise ScriptError(path, "must be 401, 403, 404, 422, 500, 501 or 503")
    return fault


def _behaviour(given: Json, base: Behaviour) -> Behaviour:
    known = {member.name for member in fields(Behaviour)}
    changes: Json = {}
    for name, value in given.items():
        path = f"settings.{name}"
        if name not in known:
            raise ScriptError(path, "is not a setting; known are " + ", ".join(sorted(known)))
        changes[name] = _setting(name, value, path, getattr(base, name))
    if changes.get("speed", 1.0) <= 0:
        raise ScriptError("settings.speed", "must be above 0")
    return replace(base, **changes)


def _setting(name: str, value: Any, path: str, present: Any) -> Any:
    if name in ("pair_after_s", "send_latency") and value is None:
        return None
    if name == "send_latency" or isinstance(present, Delay):
        delay = _object(value, path, ("median_s", "spread"))
        return Delay(*(_number(delay.get(part, 0.0), f"{path}.{part}") for part in ("median_s", "spread")))
    if name.endswith("_share"):
        return _share(value, path)
    if name == "permissions":
        return _texts(value, path)
    if name == "replies":
        return _texts(value, path) or _refuse(path, "must hold at least one text")
    if isinstance(present, bool):
        return _flag(value, path)
    if isinstance(present, str):
        return _text(value, path)
    return _positive(value, path) if name == "qr_limit" else _number(value, path)


def _refuse(path: str, wanted: str) -> NoReturn:
    raise ScriptError(path, wanted)


def _object(value: Any, path: str, allowed: tuple[str, ...] | None) -> Json:
    if not isinstance(value, dict):
        raise ScriptError(path, "must be an object")
    members = cast("Json", value)
    for name in members:
        if allowed is not None and name not in allowed:
            raise ScriptError(f"{path}.{name}", "is not known here; allowed are " + ", ".join(allowed))
    return members


def _optional(given: Json, name: str, path: str, read: Callable[[Any, str], _T]) -> _T | None:
    return read(given[name], f"{path}.{name}") if given.get(name) is not None else None


def _list(value: Any, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise ScriptError(path, "must be a list")
    return cast("list[Any]", value)


def _one_or_more(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _texts(value: Any, path: str) -> tuple[str, ...]:
    return tuple(_text(item, path) for item in _one_or_more(value))


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise ScriptError(path, "must be text")
    return value


def _flag(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise ScriptError(path, "must be true or false")
    return value


def _number(value: Any, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise ScriptError(path, "must be a number of 0 or more")
    return float(value)


def _positive(value: Any, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ScriptError(path, "must be a whole number of 1 or more")
    return value


def _share(value: Any, path: str) -> float:
    number = _number(value, path)
    if number > 1.0:
        raise ScriptError(path, "must be between 0 and 1")
    return number


def _span(value: Any, path: str) -> tuple[float, float]:
    ends = _list(value, path)
    if len(ends) != 2:
        raise ScriptError(path, "must be [from, to]")
    start, end = _number(ends[0], f"{path}[0]"), _number(ends[1], f"{path}[1]")
    if end < start:
        raise ScriptError(path, "must not end before it starts")
    return start, end


def _latency(value: Any, path: str) -> tuple[float, float]:
    if isinstance(value, list):
        return _span(cast("list[Any]", value), path)
    number = _number(value, path)
    return number, number


def _choice(value: Any, path: str, kind: Callable[[Any], _T]) -> _T:
    try:
        return kind(value)
    except ValueError:
        names = ", ".join(str(member) for member in cast("Any", kind))
        raise ScriptError(path, f"must be one of {names}") from None

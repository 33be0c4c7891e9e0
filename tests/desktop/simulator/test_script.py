"""Scripts: what is accepted, and that a mistake is named by its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import KnownError
from desktop.simulator.behaviour import Behaviour, Delay
from desktop.simulator.faults import Fault, Garbage
from desktop.simulator.receipts import ReceiptFault
from desktop.simulator.script import ScriptError, load_script, parse_script


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (7, "script"),
        ({"rule": []}, "script.rule"),
        ({"rules": {}}, "rules"),
        ([7], "rules[0]"),
        ([{}], "rules[0]"),
        ([{"do": {}, "when": 1}], "rules[0].when"),
        ([{"do": {"explode": True}}], "rules[0].do.explode"),
        ([{"do": {}}, {"do": {"latency_ms": "long"}}], "rules[1].do.latency_ms"),
        ([{"do": {"latency_ms": [1, 2, 3]}}], "rules[0].do.latency_ms"),
        ([{"do": {"latency_ms": [9, 2]}}], "rules[0].do.latency_ms"),
        ([{"do": {"latency_ms": -1}}], "rules[0].do.latency_ms"),
        ([{"do": {"status": 418}}], "rules[0].do.status"),
        ([{"do": {"status": True}}], "rules[0].do.status"),
        ([{"do": {"status": [500]}}], "rules[0].do.status"),
        ([{"do": {"cut_after": 1}}], "rules[0].do.cut_after"),
        ([{"do": {"cut_after": True, "cut_before": True}}], "rules[0].do"),
        ([{"do": {"garbage": "soup"}}], "rules[0].do.garbage"),
        ([{"do": {"receipts": ["early", "backwards"]}}], "rules[0].do.receipts"),
        ([{"do": {"cut_after": True, "accepted": False}}], "rules[0].do.accepted"),
        ([{"do": {"reply": 1}}], "rules[0].do.reply"),
        ([{"match": {"phone": "1"}, "do": {}}], "rules[0].match.phone"),
        ([{"match": {"nth": 0}, "do": {}}], "rules[0].match.nth"),
        ([{"match": {"every": 1.5}, "do": {}}], "rules[0].match.every"),
        ([{"match": {"probability": 2}, "do": {}}], "rules[0].match.probability"),
        ([{"match": {"between_s": [5]}, "do": {}}], "rules[0].match.between_s"),
        ([{"match": {"number": 5511}, "do": {}}], "rules[0].match.number"),
        ({"away": [[3, 1]]}, "away[0]"),
        ({"settings": {"sped": 2}}, "settings.sped"),
        ({"settings": {"speed": 0}}, "settings.speed"),
        ({"settings": {"read_share": 1.1}}, "settings.read_share"),
        ({"settings": {"delivered": 2}}, "settings.delivered"),
        ({"settings": {"delivered": {"median": 2}}}, "settings.delivered.median"),
        ({"settings": {"qr_limit": 0}}, "settings.qr_limit"),
        ({"settings": {"has_global_events": 1}}, "settings.has_global_events"),
        ({"settings": {"replies": []}}, "settings.replies"),
    ],
)
def test_a_mistake_is_named_by_its_place(document: Any, path: str) -> None:
    with pytest.raises(ScriptError) as refusal:
        parse_script(document)
    assert refusal.value.path == path
    assert path in refusal.value.message


def test_every_member_of_a_rule_is_read() -> None:
    match = {"instance": "a", "number": ["*1", "*2"], "endpoint": "send", "nth": 3, "every": 2, "from": 1, "to": 9}
    do = {"latency_ms": 5, "garbage": "list", "accepted": False, "hold_s": 2, "receipts": "twice", "reply": "oi"}
    more = {"logout": True, "hide_from_search": True, "unreachable_s": 1.5}
    script = parse_script(
        [{"match": match | {"between_s": [1, 2], "probability": 0.5}, "do": do | more, "note": "why"}]
    )
    rule = script.rules[0]
    assert (rule.match.instances, rule.match.numbers, rule.match.endpoints) == (("a",), ("*1", "*2"), ("send",))
    assert (rule.match.nth, rule.match.every, rule.match.first, rule.match.last) == ((3,), 2, 1, 9)
    assert (rule.match.between_s, rule.match.probability) == ((1.0, 2.0), 0.5)
    action = rule.action
    assert (action.latency_ms, action.fault, action.garbage) == ((5.0, 5.0), Fault.GARBAGE, Garbage.LIST)
    assert (action.accepted, action.hold_s, action.receipts) == (False, 2.0, {ReceiptFault.TWICE})
    assert (action.reply, action.is_logout, action.is_hidden, action.unreachable_s) == ("oi", True, True, 1.5)


def test_settings_start_from_what_is_in_force() -> None:
    first = parse_script({"settings": {"speed": 5, "pair_after_s": None, "delivered": {"median_s": 1, "spread": 0.2}}})
    second = parse_script({"settings": {"read_share": 0.1}}, first.behaviour)
    assert second.behaviour == Behaviour(speed=5, pair_after_s=None, delivered=Delay(1.0, 0.2), read_share=0.1)


def test_a_file_is_read_and_its_mistakes_are_sentences(tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    good.write_text(json.dumps({"rules": [{"do": {"status": 500}}]}), encoding="utf-8")
    assert len(load_script(good).rules) == 1
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    with pytest.raises(ScriptError, match="not JSON"):
        load_script(bad)
    with pytest.raises(KnownError, match="cannot be read"):
        load_script(tmp_path / "missing.json")

"""The draft as people write it: everything wrong is refused with its path and what is allowed there."""

import copy
import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.campaign import AudienceKind, Draft, Media, Pace, RetryPlan, Rotation, SendWindow
from desktop.domain.errors import KnownError
from desktop.domain.template import TemplateUse
from desktop.operations.draft_json import parse_draft, to_json

HERE = Path("/drafts")
# The example of the contract (cli.md), word for word.
FULL: dict[str, Any] = {
    "name": "Black Friday",
    "audience": {"all": True},
    "messages": [
        {
            "text": 'Olá {{contact.name|"amigo"}}!',
            "weight": 1,
            "media": {"kind": "image", "path": "oferta.jpg"},
        }
    ],
    "instances": ["vendas-1", "vendas-2"],
    "rotation": "intelligent",
    "pace": {"delay_s": [140, 380], "per_hour": 100, "per_second": 2, "burst": 10},
    "retry": {"attempts": 3, "base_s": 60, "max_s": 3600},
    "window": {"days": [1, 2, 3, 4, 5], "from": "08:00", "to": "18:00", "holidays": "BR"},
    "schedule_at": None,
    "respect_opt_out": True,
    "skip_active_conversations": False,
}


def parse(document: object) -> Draft:
    return parse_draft(document, HERE)


def test_the_example_of_the_contract_is_read_completely() -> None:
    draft = parse(FULL)
    assert draft.name == "Black Friday"
    assert draft.audience is not None
    assert draft.audience.kind is AudienceKind.ALL
    (message,) = draft.messages
    assert (message.weight, message.media) == (1, Media("image", str((HERE / "oferta.jpg").resolve())))
    assert draft.instances == ("vendas-1", "vendas-2")
    assert draft.rotation is Rotation.INTELLIGENT
    assert draft.pace == Pace((140, 380), 100, 2, 10)
    assert draft.retry == RetryPlan(3, 60, 3600)
    assert draft.window == SendWindow((1, 2, 3, 4, 5), time(8), time(18), "BR")
    assert (draft.schedule_at, draft.respect_opt_out, draft.skip_active_conversations) == (None, True, False)


def test_a_name_alone_is_a_draft_with_the_usual_values() -> None:
    draft = parse({"name": " Natal "})
    assert draft == Draft(name="Natal")
    assert (draft.pace, draft.retry, draft.respect_opt_out) == (Pace(), RetryPlan(), True)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"audience": {"tags": ["vip", "natal"]}, "window": None},
        {"audience": {"segment": "Quentes"}, "priority": 5, "schedule_at": "2026-11-27T09:00:00-03:00"},
        {"audience": {"phones": ["11 97000-0001", "+351 912 345 678"]}, "messages": [], "instances": []},
        {"window": {"days": [1, 6, 7], "from": "22:00", "to": "02:30", "holidays": None}},
        {"sticky": True},
        {"replies_per_hour": 20},
        {"optimise": {"by": "read", "floor": 0.25}},
        {"optimise": {}},
        {"pace": {"delay_s": [0, 0], "per_hour": None, "per_second": None, "burst": None}},
    ],
)
def test_what_is_written_is_read_again_unchanged(changes: dict[str, Any]) -> None:
    draft = parse(FULL | changes)
    document = json.loads(json.dumps(to_json(draft)))
    assert parse(document) == draft
    assert to_json(parse(document)) == document


def test_null_in_the_pace_means_no_limit_and_absence_the_usual_one() -> None:
    assert parse({"name": "x", "pace": {"per_hour": None}}).pace == Pace(per_hour=None)
    assert parse({"name": "x", "pace": {}}).pace == Pace()


def test_phones_are_normalised_and_counted_once() -> None:
    draft = parse({"name": "x", "audience": {"phones": ["11 97000-0001", "+5511970000001", "(11) 97000.0002"]}})
    assert draft.audience is not None
    assert draft.audience.values == ("+5511970000001", "+5511970000002")


def test_a_moment_is_kept_in_utc() -> None:
    draft = parse({"name": "x", "schedule_at": "2026-11-27T09:00:00-03:00"})
    assert draft.schedule_at == datetime(2026, 11, 27, 12, tzinfo=UTC)


# path → value put there; what the refusal must say besides the path.
WRONG: list[tuple[str, object, str]] = [
    ("name", "", "1 to 200"),
    ("name", "x" * 201, "1 to 200"),
    ("name", 7, "text"),
    ("name", None, "text"),
    ("audience", "all", "object"),
    ("audience", {}, "exactly one of"),
    ("audience", {"all": True, "tags": ["x"]}, "exactly one of"),
    ("audience.all", False, "must be true"),
    ("audience.all", 1, "true or false"),
    ("audience", {"everybody": True}, "all, tags, segment, phones"),
    ("audience", {"tags": "vip"}, "list"),
    ("audience", {"tags": ["vip", "vip"]}, "twice"),
    ("audience", {"tags": [""]}, "1 to 200"),
    ("audience", {"segment": 3}, "text"),
    ("audience", {"phones": ["11970000001", "123"]}, "too_short"),
    ("audience", {"phones": [11970000001]}, "text"),
    ("messages", {"text": "x"}, "list"),
    ("messages", None, "list"),
    ("messages[0].text", None, "text"),
    ("messages[0].weight", 1.5, "whole number"),
    ("messages[0].weight", -1, "0 to 1000"),
    ("messages[0].weight", True, "whole number"),
    ("messages[0].media", {"kind": "image"}, "missing"),
    ("messages[0].media.kind", "gif", "image, video, audio, document"),
    ("messages[0].media.path", "", "1 to 200"),
    ("messages[0].media.size", 1, "kind, path"),
    ("messages[0].txt", "x", "text, weight, media"),
    ("instances", "vendas-1", "list"),
    ("instances", ["a", "a"], "twice"),
    ("instances[0]", 1, "text"),
    ("rotation", "random", "round_robin, balanced, intelligent"),
    ("rotation", None, "round_robin"),
    ("pace", None, "object"),
    ("pace.delay_s", 5, "list"),
    ("pace.delay_s", [1], "[least, most]"),
    ("pace.delay_s", [5, 1], "must not be larger"),
    ("pace.delay_s[1]", 3601, "0 to 3600"),
    ("pace.delay_s[0]", -1, "0 to 3600"),
    ("pace.delay_s[0]", float("nan"), "0 to 3600"),
    ("pace.per_hour", 0, "1 to"),
    ("pace.per_hour", 10.5, "whole number"),
    ("pace.per_hour", "100", "whole number"),
    ("pace.per_second", 0, "0.001"),
    ("pace.per_second", float("inf"), "0.001"),
    ("pace.burst", 0, "1 to"),
    ("pace.per_minute", 5, "delay_s, per_hour, per_second, burst"),
    ("retry.attempts", 0, "1 to 10"),
    ("retry.attempts", 11, "1 to 10"),
    ("retry.base_s", 601, "600"),
    ("retry.max_s", 7201, "7200"),
    ("retry.max_s", 59, "smaller than base_s"),
    ("window", {"to": "18:00"}, "missing"),
    ("window.from", "8", "08:00"),
    ("window.from", "25:00", "08:00"),
    ("window.to", "08:00", "same as from"),
    ("window.days", [], "at least one"),
    ("window.days[0]", 0, "1 to 7"),
    ("window.days[1]", "mon", "whole number"),
    ("window.holidays", "BRA", "country code"),
    ("window.holidays", "ZZ", "calendar"),
    ("schedule_at", "tomorrow", "2026-11-27"),
    ("schedule_at", "2026-11-27T09:00:00", "time zone"),
    ("schedule_at", 5, "text"),
    ("respect_opt_out", "yes", "true or false"),
    ("respect_opt_out", None, "true or false"),
    ("skip_active_conversations", 0, "true or false"),
    ("priority", 101, "-100 to 100"),
    ("sticky", "yes", "true or false"),
    ("replies_per_hour", 0, "a whole number from 1 to 10000"),
    ("optimise", True, "object"),
    ("colour", "red", "unknown field"),
]


@pytest.mark.parametrize(("path", "value", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_wrong_is_refused_with_its_path_and_what_is_allowed(path: str, value: object, words: str) -> None:
    document = copy.deepcopy(FULL)
    _put(document, path, value)
    with pytest.raises(KnownError) as refused:
        parse(document)
    error = refused.value
    assert error.code == "invalid_draft"
    assert str(error.facts["path"]).startswith(path), error.message
    assert error.message.startswith(str(error.facts["path"]))
    assert words in error.message
    assert error.hint


@pytest.mark.parametrize("document", [[], "text", 5, None])
def test_what_is_no_object_is_refused(document: object) -> None:
    with pytest.raises(KnownError, match="the draft: must be an object"):
        parse(document)


def test_a_draft_without_a_name_is_refused() -> None:
    with pytest.raises(KnownError, match="name: is missing"):
        parse({"audience": {"all": True}})


def _put(document: Any, path: str, value: object) -> None:
    """Put a value where a path such as `messages[0].text` leads; a key that is not there is added."""
    *way, last = [
        int(part) if part.isdigit() else part for part in path.replace("]", "").replace("[", ".").split(".")
    ]  # fmt: skip
    for part in way:
        document = document[part]
    document[last] = value


def with_template(**template: object) -> dict[str, Any]:
    use = {"name": "promo", "language": "pt_BR", "parameters": {"1": "{{nome}}", "header.1": "7"}, **template}
    return {"name": "Natal", "messages": [{"template": use}]}


def test_a_template_takes_the_place_of_a_text() -> None:
    (message,) = parse(with_template()).messages
    assert message.template == TemplateUse("promo", "pt_BR", (("1", "{{nome}}"), ("header.1", "7")))
    assert (message.text, message.weight, message.media) == ("", 1, None)
    bare = parse({"name": "Natal", "messages": [{"template": {"name": "ola", "language": "en"}, "weight": 3}]})
    assert bare.messages[0].template == TemplateUse("ola", "en")


def test_a_draft_with_templates_is_read_back_as_it_was_written() -> None:
    document = with_template()
    document["messages"].append({"text": "Oi"})
    document["messages"][0]["media"] = {"kind": "image", "path": "/drafts/a.jpg"}
    draft = parse(document)
    assert parse(json.loads(json.dumps(to_json(draft)))) == draft


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ({"language": "Português"}, "messages[0].template.language"),
        ({"name": " "}, "messages[0].template.name"),
        ({"parameters": ["x"]}, "messages[0].template.parameters"),
        ({"parameters": {"1": 7}}, "messages[0].template.parameters.1"),
        ({"parameters": {"{{1}}": "x"}}, "messages[0].template.parameters.{{1}}"),
        ({"header": "x"}, "messages[0].template.header"),
    ],
)
def test_what_is_wrong_in_a_template_is_named_by_its_path(template: dict[str, object], path: str) -> None:
    with pytest.raises(KnownError) as refused:
        parse(with_template(**template))
    assert refused.value.facts["path"] == path


def test_text_beside_a_template_is_refused() -> None:
    document = with_template()
    document["messages"][0]["text"] = "Oi"
    with pytest.raises(KnownError, match="beside a template"):
        parse(document)
    document["messages"] = [{"template": {"name": "ola"}}]
    with pytest.raises(KnownError, match="language: is missing"):
        parse(document)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("by", "clicks", "read, reply"), ("floor", 0.6, "0 to 0.5"), ("speed", 1, "by, floor")],
)
def test_what_is_wrong_with_the_optimiser_is_refused_with_its_path(field: str, value: object, words: str) -> None:
    with pytest.raises(KnownError) as refused:
        parse(FULL | {"optimise": {field: value}})
    assert refused.value.facts["path"] == f"optimise.{field}"
    assert words in str(refused.value)

"""The hash of a phone, and segments as documents."""

import pytest

from desktop.domain.consent import phone_hash
from desktop.domain.errors import KnownError
from desktop.domain.segment import MAX_DEPTH, from_document, to_document

KEY = b"k" * 32

RULES: dict[str, object] = {
    "all": [
        {"tag": "vip"},
        {"tag": "frio", "has": False},
        {"field": "custom.cidade", "is": "equals", "value": "Recife"},
        {"field": "name", "is": "filled"},
        {"consent": "agreed"},
        {"any": [{"history": "read", "campaign": "Natal", "days": 30}, {"history": "contacted", "has": False}]},
    ]
}


def test_both_forms_of_a_brazilian_mobile_have_one_hash_and_others_their_own() -> None:
    assert phone_hash(KEY, "+5511988887771") == phone_hash(KEY, "+551188887771")
    assert phone_hash(KEY, "+551133334444") != phone_hash(KEY, "+5511933334444")
    assert phone_hash(KEY, "+351912345678") != phone_hash(b"other" * 4, "+351912345678")


def test_rules_are_written_as_they_were_read() -> None:
    assert to_document(from_document(RULES)) == RULES


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([], "rules"),
        ({"tag": "vip"}, "rules"),
        ({"all": []}, "rules.all"),
        ({"all": "x"}, "rules.all"),
        ({"all": [{}]}, "rules.all[0]"),
        ({"all": [{"tag": "vip"}], "any": []}, "rules.any"),
        ({"any": [{"tag": " "}]}, "rules.any[0].tag"),
        ({"any": [{"tag": "a", "has": 1}]}, "rules.any[0].has"),
        ({"any": [{"tag": "a", "sql": "1"}]}, "rules.any[0].sql"),
        ({"any": [{"field": "custom.", "is": "filled"}]}, "rules.any[0].field"),
        ({"any": [{"field": "name", "is": "like", "value": "a"}]}, "rules.any[0].is"),
        ({"any": [{"field": "name", "is": "greater", "value": "a"}]}, "rules.any[0].value"),
        ({"any": [{"history": "read", "days": 0}]}, "rules.any[0].days"),
        ({"any": [{"history": "read", "days": True}]}, "rules.any[0].days"),
        ({"all": [{"tag": "a"}] * 101}, "rules"),
    ],
)
def test_what_is_wrong_in_a_segment_is_named_by_its_path(document: object, path: str) -> None:
    with pytest.raises(KnownError) as refusal:
        from_document(document)
    assert refusal.value.code == "bad_segment"
    assert refusal.value.facts["path"] == path


def test_groups_have_a_depth() -> None:
    document: object = {"tag": "a"}
    for _ in range(MAX_DEPTH):
        document = {"any": [document]}
    assert from_document(document)
    with pytest.raises(KnownError):
        from_document({"any": [document]})


def test_numbers_are_compared_as_numbers() -> None:
    rule: dict[str, object] = {"all": [{"field": "custom.n", "is": "less", "value": "1.5"}]}
    assert to_document(from_document(rule)) == rule

"""An AI sees no contact's value, and nothing that it writes is evaluated."""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.content.ai_text import MarkedText, literal, marked, proposals
from desktop.content.facts import ContactFacts
from desktop.content.template import Rendered, Template, parse

ANA = ContactFacts("+5511900000001", "Ana {{phone}} {a|b}", {"city": "Recife"})


def parsed(text: str) -> Template:
    template = parse(text)
    assert isinstance(template, Template)
    return template


def test_it_sees_marks_and_of_a_choice_one_option() -> None:
    seen = marked(parsed('{Oi|Olá} {{nome|primeiro|"amigo"}}, em {{contact.custom.city}} ⟦7⟧ \\{assim\\}'))
    assert seen.text == "Oi ⟦1⟧, em ⟦2⟧ (7) {assim}"
    assert seen.variables == ('{{nome|primeiro|"amigo"}}', "{{contact.custom.city}}")


def test_marks_become_variables_again_and_all_else_is_literal() -> None:
    seen = marked(parsed("Oi {{nome}}"))
    answer = json.dumps(["Olá ⟦1⟧! {{contact.phone}} {a|b} \\ ⟦9⟧", " ", "Olá ⟦1⟧! {{contact.phone}} {a|b} \\ ⟦9⟧", 5])
    (text,) = proposals(answer, seen, 5)
    rendered = parsed(text).render(ANA, Random(1))
    assert rendered == Rendered("Olá Ana {{phone}} {a|b}! {{contact.phone}} {a|b} \\ ")
    assert parsed(text).fields == {"name"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('```json\n["a", "b"]\n```', ("a", "b")),
        ('{"variations": ["a"]}', ("a",)),
        ('{"a": ["x"], "b": ["y"]}', ()),
        ('{"a": "x"}', ()),
        ("Here you are: a, b", ()),
        ("[" * 100_000, ()),
        ('["a", "b", "c", "d"]', ("a", "b", "c")),
    ],
)
def test_only_a_list_of_texts_is_an_answer(answer: str, expected: tuple[str, ...]) -> None:
    assert proposals(answer, MarkedText("", ()), 3) == expected


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_a_literal_means_itself(text: str) -> None:
    template = parsed(literal(text))
    assert template.fields == frozenset()
    assert template.distinct_count == 1
    assert template.render(ANA, Random(1)) == Rendered(text)

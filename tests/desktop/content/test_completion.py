"""What is being typed inside of a variable is known at every key."""

import pytest

from desktop.content.completion import Typing, Wanted, typing_at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oi {{^", Typing(Wanted.FIELD, 5, 5, "", False)),
        ("Oi {{ no^me}} tudo", Typing(Wanted.FIELD, 6, 10, "no", True)),
        ("{{contact.custom.ci^", Typing(Wanted.FIELD, 2, 19, "contact.custom.ci", False)),
        ("{{nome|^", Typing(Wanted.STAGE, 7, 7, "", False)),
        ("{{nome|first|up^ }}", Typing(Wanted.STAGE, 13, 15, "up", True)),
        ("{{|^", Typing(Wanted.FIELD, 3, 3, "", False)),
    ],
)
def test_an_open_variable_says_what_it_wants(text: str, expected: Typing) -> None:
    assert typing_at(text.replace("^", ""), text.index("^")) == expected


@pytest.mark.parametrize(
    "text", ["Oi^", "{Oi|Ol^", "{{nome}} e^", '{{nome|"ami^', "{{vence|date:dd^", "{{nome\n^", "{{a {b^"]
)
def test_elsewhere_nothing_is_offered(text: str) -> None:
    assert typing_at(text.replace("^", ""), text.index("^")) is None

"""What people typed is shown letter for letter, also where the window would take it for markup."""

import pytest

from desktop.domain.markup import as_plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ana & Bia", "Ana & Bia"),
        ('<img src="//evil/x.png">', '<qt>&lt;img src="//evil/x.png"&gt;</qt>'),
        ("a < b\nc", "<qt>a &lt; b<br>c</qt>"),
        ("", ""),
    ],
)
def test_tags_are_letters(text: str, shown: str) -> None:
    assert as_plain(text) == shown

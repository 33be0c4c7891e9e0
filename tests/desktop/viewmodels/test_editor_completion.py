"""Fields, filters and fallbacks are offered while a variable is typed."""

import pytest

from desktop.content.completion import typing_at
from desktop.viewmodels.editor_completion import complete, offers

FIELDS = ["cidade", "Data de Nascimento"]


@pytest.mark.parametrize(
    ("typed", "first", "count"),
    [
        ("{{", "contact.name", 4),
        ("{{na", "contact.name", 2),
        ("{{CID", "contact.custom.cidade", 1),
        ("{{nasc", "contact.custom.data_de_nascimento", 1),
        ("{{nome|", '"friend"', 7),
        ("{{nome|up", "upper", 1),
        ("{{contact.custom.cidade", None, 0),
        ("{{xyz", None, 0),
    ],
)
def test_what_fits_is_offered(qapp: object, typed: str, first: str | None, count: int) -> None:
    typing = typing_at(typed, len(typed))
    assert typing is not None
    found = offers(typing, FIELDS)
    assert (found[0].written if found else None, len(found)) == (first, count)


def test_positions_are_those_of_qt_which_counts_an_emoji_twice(qapp: object) -> None:
    text = "🎄 {{na}}"
    found = complete(text, 7, FIELDS)
    assert found is not None
    assert (found.start, found.end, found.is_closed) == (5, 7, True)
    assert complete(text, 2, FIELDS) is None

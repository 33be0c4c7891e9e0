"""A campaign with texts for each person starts only when they are read, and when it is said what the others get."""

import pytest

from desktop.domain.own_text import Otherwise, OwnTextStanding
from desktop.policy.preflight_own_texts import OwnTextFacts, own_text_lines

_O = Otherwise


def line(standing: OwnTextStanding, reachable: int = 10, **more: bool) -> tuple[str, str, object]:
    (found,) = own_text_lines(OwnTextFacts(standing, limit=4096, **more), reachable)
    return found.code, found.level, found.facts["n"]


def test_a_campaign_with_its_ordinary_message_has_no_line() -> None:
    assert own_text_lines(OwnTextFacts(), 10) == []


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (OwnTextStanding(_O.UNDECIDED, 10, 0, 50), ("own_texts", "green", 0)),
        (OwnTextStanding(_O.UNDECIDED, 7, 1, 50), ("own_texts_unread", "red", 2)),
        (OwnTextStanding(_O.ORDINARY, 7, 1, 50), ("own_texts_unread", "red", 2)),
        (OwnTextStanding(_O.UNDECIDED, 7, 0, 50), ("own_texts_missing", "red", 3)),
        (OwnTextStanding(_O.ORDINARY, 7, 0, 50), ("own_texts_ordinary", "amber", 3)),
        (OwnTextStanding(_O.LEAVE_OUT, 7, 0, 50), ("own_texts_left_out", "amber", 3)),
        (OwnTextStanding(_O.LEAVE_OUT, 0, 0, 50), ("own_texts_left_out", "red", 10)),
        (OwnTextStanding(_O.ORDINARY, 10, 0, 4097), ("own_texts_too_long", "red", 0)),
    ],
)
def test_what_is_not_there_or_not_read_is_told(standing: OwnTextStanding, expected: tuple[str, str, int]) -> None:
    assert line(standing) == expected


def test_while_they_are_written_and_beside_a_template_nothing_starts() -> None:
    ready = OwnTextStanding(_O.ORDINARY, 10, 0, 50)
    assert line(ready, is_writing=True)[:2] == ("own_texts_writing", "red")
    assert line(ready, has_template=True)[:2] == ("own_texts_template", "red")

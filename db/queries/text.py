"""Looking for what an operator typed."""

from typing import Any

import sqlalchemy as sa


def contains(text: str, *columns: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return the condition that one of the columns contains the text, upper and lower case alike.

    What is typed is taken literally: `%` and `_` are characters like others. A phone is found however its digits are
    grouped. SQLite folds the case of ASCII letters only.
    """
    typed = text.strip()
    conditions = [column.icontains(typed, autoescape=True) for column in columns]
    digits = "".join(character for character in typed if character.isdigit())
    if digits != typed and len(digits) >= 4 and not any(character.isalpha() for character in typed):
        conditions += [column.contains(digits) for column in columns]
    return sa.or_(*conditions)

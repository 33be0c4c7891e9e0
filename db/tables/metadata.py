"""The MetaData that all tables share, and the pieces that their definitions are made of."""

from enum import StrEnum

import sqlalchemy as sa

# Every constraint has a name, so that a migration can find it again on any database.
metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Only INTEGER PRIMARY KEY is the row id in SQLite; BIGINT would become a second key beside it.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def id_column() -> sa.Column[int]:
    return sa.Column("id", Id, primary_key=True)


def is_one_of(column: str, words: type[StrEnum]) -> sa.CheckConstraint:
    """Refuse any word in `column` that the enum does not know."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def literal(word: StrEnum) -> sa.ColumnElement[str]:
    """Return the word as a literal in the statement's text.

    The planner uses a partial index only when it sees the value: a bound parameter may be anything.
    """
    return sa.literal_column(f"'{word.value}'", sa.Text)


def literals(*words: StrEnum) -> list[sa.ColumnElement[str]]:
    return [literal(word) for word in words]

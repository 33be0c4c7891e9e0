"""The pieces of a parsed template and what can be wrong with one. Positions count code points of its text."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from desktop.content.filters import FilterName


class ProblemCode(StrEnum):
    UNCLOSED_VARIABLE = "unclosed_variable"
    EMPTY_VARIABLE = "empty_variable"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_FILTER = "unknown_filter"
    BAD_ARGUMENT = "bad_argument"
    BAD_FALLBACK = "bad_fallback"  # a string that is not closed, or something after it
    SINGLE_BRACES = "single_braces"  # {nome} instead of {{nome}}
    SINGLE_OPTION = "single_option"  # {text} without |: meant literally it is written \{text\}
    UNCLOSED_CHOICE = "unclosed_choice"
    UNEXPECTED_CLOSE = "unexpected_close"
    TOO_DEEP = "too_deep"
    MISSING_VALUE = "missing_value"  # only with a contact: it has no such value and there is no fallback
    UNREADABLE_DATE = "unreadable_date"  # only with a contact


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """`text[start:end]` is what is wrong; `detail` is the name that was not understood, or empty."""

    code: ProblemCode
    start: int
    end: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Fallback:
    text: str


@dataclass(frozen=True, slots=True)
class Filter:
    name: FilterName
    argument: str | None = None


@dataclass(frozen=True, slots=True)
class Literal:
    text: str


@dataclass(frozen=True, slots=True)
class Variable:
    """`field` is `name`, `phone` or `custom.KEY`. Two variables are equal wherever they stand."""

    field: str
    stages: tuple[Fallback | Filter, ...]
    start: int = dataclasses.field(compare=False)
    end: int = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """Spintax: exactly one of the options is written."""

    options: tuple["Sequence", ...]


Node = Literal | Variable | Choice
Sequence = tuple[Node, ...]

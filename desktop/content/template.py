"""The message template: parse once, render for every contact.

Small and safe on purpose: a field, filters, a fallback, a choice. No conditions, no loops, no expressions, and what
comes from a contact is written as it is, never read as a template.
"""

import random
from dataclasses import dataclass
from enum import StrEnum
from math import prod

from desktop.content import filters
from desktop.content.facts import ContactFacts
from desktop.content.nodes import Fallback, Literal, Node, ProblemCode, Sequence, TemplateProblem, Variable
from desktop.content.parser import Parser


class MissingReason(StrEnum):
    NO_VALUE = "no_value"
    UNREADABLE_DATE = "unreadable_date"


@dataclass(frozen=True, slots=True)
class Rendered:
    text: str


@dataclass(frozen=True, slots=True)
class MissingValue:
    """The text cannot be written for this contact: it has no readable `field` and the template has no fallback."""

    field: str
    reason: MissingReason = MissingReason.NO_VALUE


@dataclass(frozen=True, slots=True)
class Template:
    """A text without problems.

    Attributes:
        fields: `name`, `phone`, `custom.KEY`, everything the text mentions in any option.
        required_fields: those mentioned without a fallback at least once.
        distinct_count: results of the choices; two options that read the same count once. Different choices whose
            pieces happen to join into the same text count twice.
    """

    text: str
    nodes: Sequence
    variables: tuple[Variable, ...]
    fields: frozenset[str]
    required_fields: frozenset[str]
    distinct_count: int

    def render(self, contact: ContactFacts, rng: random.Random) -> Rendered | MissingValue:
        """Write the message; the same contact, text and state of `rng` always give the same result."""
        written: list[str] = []
        missing = _write(self.nodes, contact, rng, written)
        return missing or Rendered("".join(written))

    def problems_for(self, contact: ContactFacts) -> tuple[TemplateProblem, ...]:
        """List what this contact lacks, in all options, also in those that the dice would not choose."""
        return tuple(
            TemplateProblem(_PROBLEMS[value.reason], variable.start, variable.end, value.field)
            for variable in self.variables
            if isinstance(value := _evaluate(variable, contact), MissingValue)
        )


_PROBLEMS = {
    MissingReason.NO_VALUE: ProblemCode.MISSING_VALUE,
    MissingReason.UNREADABLE_DATE: ProblemCode.UNREADABLE_DATE,
}


def parse(text: str) -> Template | tuple[TemplateProblem, ...]:
    """Read a template, or list everything that is wrong with it in the order of the text."""
    parser = Parser(text)
    nodes = parser.sequence(0)
    if parser.problems:
        return tuple(sorted(parser.problems, key=lambda problem: (problem.start, problem.end)))
    variables = tuple(_variables(nodes))
    return Template(
        text,
        nodes,
        variables,
        frozenset(variable.field for variable in variables),
        frozenset(variable.field for variable in variables if not _has_fallback(variable)),
        _count(nodes),
    )


def longest_text(template: Template) -> str:
    """Return the longest text that the choices can give; of a variable only the longest fallback is known."""
    return "".join(map(_longest, template.nodes))


def _longest(node: Node) -> str:
    if isinstance(node, Literal):
        return node.text
    if isinstance(node, Variable):
        fallbacks = (stage.text for stage in node.stages if isinstance(stage, Fallback))
        return max(fallbacks, key=_units, default="")
    return max(("".join(map(_longest, option)) for option in node.options), key=_units)


def _units(text: str) -> int:
    """Count as limits do: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def _write(nodes: Sequence, contact: ContactFacts, rng: random.Random, written: list[str]) -> MissingValue | None:
    for node in nodes:
        if isinstance(node, Literal):
            written.append(node.text)
            continue
        if isinstance(node, Variable):
            value = _evaluate(node, contact)
            if isinstance(value, MissingValue):
                return value
            written.append(value)
            continue
        # `random()` is the only method whose sequence Python promises to keep for a seed.
        option = node.options[int(rng.random() * len(node.options))]
        if missing := _write(option, contact, rng, written):
            return missing
    return None


def _evaluate(variable: Variable, contact: ContactFacts) -> str | MissingValue:
    """Run the stages from left to right; a blank or unreadable value stays missing until a fallback."""
    value: str | MissingValue = contact.value(variable.field) or MissingValue(variable.field)
    for stage in variable.stages:
        if isinstance(stage, Fallback):
            value = stage.text if isinstance(value, MissingValue) else value
        elif isinstance(value, str) and value.strip():
            filtered = filters.apply(stage.name, value, stage.argument)
            value = MissingValue(variable.field, MissingReason.UNREADABLE_DATE) if filtered is None else filtered
    return value


def _has_fallback(variable: Variable) -> bool:
    return any(isinstance(stage, Fallback) for stage in variable.stages)


def _variables(nodes: Sequence) -> list[Variable]:
    found: list[Variable] = []
    for node in nodes:
        if isinstance(node, Variable):
            found.append(node)
        elif not isinstance(node, Literal):
            for option in node.options:
                found.extend(_variables(option))
    return found


def _count(nodes: Sequence) -> int:
    return prod(map(_count_node, nodes))


def _count_node(node: Node) -> int:
    if isinstance(node, Literal | Variable):
        return 1
    return sum(_count(option) for option in dict.fromkeys(node.options))

"""What an AI gets to see of a message, and what becomes of its answer.

It sees the operator's words with a mark in the place of each variable, such as ⟦1⟧, never a contact's values. In its
answer the marks become the operator's own variables again, and everything else is literal: an AI cannot write a
variable, a choice or anything else that is evaluated.
"""

import json
import re
from dataclasses import dataclass
from typing import cast

from desktop.content.nodes import Literal, Sequence, Variable
from desktop.content.template import Template

_MARK = re.compile(r"⟦(\d{1,3})⟧")
_FENCE = re.compile(r"^```[a-z]*\n|\n?```$")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """`variables[n - 1]` is what the mark n stands for, as the operator wrote it."""

    text: str
    variables: tuple[str, ...]


def marked(template: Template) -> MarkedText:
    """Return a message as an AI may see it: variables as marks, of each choice its first option."""
    variables: list[str] = []
    return MarkedText(_write(template.nodes, template.text, variables), tuple(variables))


def proposals(answer: str, original: MarkedText, most: int) -> tuple[str, ...]:
    """Read an answer: a JSON list of texts; return them as messages in our language, without empty and double ones.

    Returns:
        Nothing, when the answer is no such list.
    """
    try:
        found: object = json.loads(_FENCE.sub("", answer.strip()))
    except (ValueError, RecursionError):
        return ()
    if isinstance(found, dict):  # {"variations": [...]}: some endpoints only write objects
        values = list(cast("dict[str, object]", found).values())
        found = values[0] if len(values) == 1 else None
    if not isinstance(found, list):
        return ()
    texts = [text.strip() for text in cast("list[object]", found) if isinstance(text, str)]
    return tuple(dict.fromkeys(_unmarked(text, original.variables) for text in texts if text))[:most]


def literal(text: str) -> str:
    """Write a text so that it means itself, whatever signs are in it."""
    return re.sub(r"([\\{}])", r"\\\1", text)


def _write(nodes: Sequence, text: str, variables: list[str]) -> str:
    written: list[str] = []
    for node in nodes:
        if isinstance(node, Literal):
            written.append(_MARK.sub(r"(\1)", node.text))
        elif isinstance(node, Variable):
            variables.append(text[node.start : node.end])
            written.append(f"⟦{len(variables)}⟧")
        else:
            written.append(_write(node.options[0], text, variables))
    return "".join(written)


def _unmarked(text: str, variables: tuple[str, ...]) -> str:
    parts = _MARK.split(text)  # text, number, text, number … text
    written = [literal(parts[0])]
    for number, following in zip(parts[1::2], parts[2::2], strict=True):
        place = int(number) - 1
        written += [variables[place] if 0 <= place < len(variables) else "", literal(following)]
    return "".join(written)

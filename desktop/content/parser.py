"""Reads the template language; `template.parse` is the way in.

Grammar, smallest first:
- `\\{ \\} \\| \\\\` are the signs themselves; a `|` outside of braces is an ordinary sign.
- `{{ field | stage | stage }}` is a variable. A stage is a fallback in quotes ("…", '…' or “…”) or a filter, with an
  argument after a colon: `{{contact.custom.due|date:"dd/mm"|"soon"}}`. The stages work from left to right.
- `{a|b|{c|d}}` chooses one option; options may be empty, nest, and hold variables.
`{{` begins a variable when the first `}` after it is doubled and no other brace comes before; otherwise these are two
choices, one in the other: `{{Oi|Olá} amigo|Ei}`. All problems are collected, none stops the reading.
"""

import re
from collections.abc import Iterator

from desktop.content.facts import field_key
from desktop.content.filters import ALIASES, FilterName, takes_argument
from desktop.content.nodes import (
    Choice,
    Fallback,
    Filter,
    Literal,
    Node,
    ProblemCode,
    Sequence,
    TemplateProblem,
    Variable,
)

MAX_DEPTH = 20

_ESCAPABLE = "{}|\\"
_QUOTED = r'"(?:\\.|[^"\\}\n])*"' + r"|'(?:\\.|[^'\\}\n])*'" + r"|“(?:\\.|[^”\\}\n])*”"
_STRING = re.compile(rf"[|:]\s*(?:{_QUOTED})")
_STAGE = re.compile(
    rf"""\|\s*(?:
        (?P<string>{_QUOTED})
        |(?P<filter>[^|:\"'“]*?)\s*(?::\s*(?P<argument>{_QUOTED}|[^|\"'“]*?))?
    )\s*(?=\||$)""",
    re.VERBOSE,
)
_FIELDS = {
    "name": "name",
    "nome": "name",
    "phone": "phone",
    "telefone": "phone",
    "celular": "phone",
    "whatsapp": "phone",
}
_FIRST_NAMES = frozenset({"first_name", "primeiro_nome"})
_CONTACT = frozenset({"contact", "contato"})


class Parser:
    """Reads one text once: `sequence(0)` gives the nodes, `problems` what is wrong."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.problems: list[TemplateProblem] = []

    def sequence(self, depth: int) -> Sequence:
        """Read up to the end, or inside of a choice up to its next `|` or `}`."""
        nodes: list[Node] = []
        literal: list[str] = []
        while self._at < len(self._text):
            sign = self._text[self._at]
            if depth and sign in "|}":
                break
            if sign != "{":
                literal.append(self._sign(sign))
                continue
            if literal:
                nodes.append(Literal("".join(literal)))
                literal = []
            nodes.extend(self._braces(depth))
        if literal:
            nodes.append(Literal("".join(literal)))
        return tuple(nodes)

    def _sign(self, sign: str) -> str:
        """Read one ordinary or escaped sign."""
        following = self._text[self._at + 1 : self._at + 2]
        if sign == "\\" and following and following in _ESCAPABLE:
            self._at += 2
            return following
        if sign == "}":
            self._report(ProblemCode.UNEXPECTED_CLOSE, self._at, self._at + 1)
        self._at += 1
        return sign

    def _braces(self, depth: int) -> Iterator[Node]:
        start = self._at
        if self._text.startswith("{{", start) and not self._text.startswith("{{{", start):
            close, is_variable = self._first_brace_after(start + 2)
            if is_variable:
                self._at = close + 2
                yield from self._variable(start, close)
                return
            if self._is_left_open(start, close):
                return
        yield from self._choice(start, depth + 1)

    def _is_left_open(self, start: int, close: int) -> bool:
        """Report `{{nome}` and `{{nome` with no brace after it: one mistake, reported once."""
        if close >= 0 and (self._text[close] == "{" or "|" in self._text[start:close]):
            return False
        self._at = close + 1 if close >= 0 else start + 2
        name = self._text[start + 2 : close] if close >= 0 else ""
        self._report(ProblemCode.UNCLOSED_VARIABLE, start, self._at, name)
        return True

    def _first_brace_after(self, at: int) -> tuple[int, bool]:
        """Return where the next brace outside of strings is (-1: nowhere), and whether it is a doubled closing one."""
        while at < len(self._text):
            if string := _STRING.match(self._text, at):
                at = string.end()
            elif self._text[at] in "{}":
                return at, self._text.startswith("}}", at)
            else:
                at += 1
        return -1, False

    def _choice(self, start: int, depth: int) -> Iterator[Node]:
        if depth > MAX_DEPTH:
            self._report(ProblemCode.TOO_DEEP, start, start + 1)
            self._at = len(self._text)
            return
        options: list[Sequence] = []
        while True:
            self._at += 1  # the opening brace or the bar
            options.append(self.sequence(depth))
            if self._at >= len(self._text):
                if self.problems[-1:] and self.problems[-1].code is ProblemCode.TOO_DEEP:
                    return  # the reading stopped there: whether this one is closed is not known
                self._report(ProblemCode.UNCLOSED_CHOICE, start, start + 1)
                return
            if self._text[self._at] == "}":
                break
        self._at += 1
        if len(options) == 1:
            self._report_single(start)
            return
        yield Choice(tuple(options))

    def _report_single(self, start: int) -> None:
        inside = self._text[start + 1 : self._at - 1]
        code = ProblemCode.SINGLE_OPTION if _read_field(inside) is None else ProblemCode.SINGLE_BRACES
        self._report(code, start, self._at, inside)

    def _variable(self, start: int, close: int) -> Iterator[Node]:
        """Read `text[start + 2 : close]`, the inside of a variable."""
        bar = self._text.find("|", start, close)
        name_end = close if bar < 0 else bar
        name = self._text[start + 2 : name_end].strip()
        if not name:
            self._report(ProblemCode.EMPTY_VARIABLE, start, close + 2)
            return
        field = _read_field(name)
        if field is None:
            self._report(ProblemCode.UNKNOWN_FIELD, start, close + 2, name)
        stages = tuple(self._stages(name_end, close))
        if field is None:
            return
        if field == "name" and field_key(name.split(".")[-1]) in _FIRST_NAMES:
            stages = (Filter(FilterName.FIRST), *stages)
        yield Variable(field, stages, start, close + 2)

    def _stages(self, at: int, close: int) -> Iterator[Fallback | Filter]:
        while at < close:
            found = _STAGE.match(self._text[:close], at)
            if found is None:
                self._report(ProblemCode.BAD_FALLBACK, at + 1, close, self._text[at + 1 : close].strip())
                return
            at = found.end()
            if found["string"] is not None:
                yield Fallback(_unquoted(found["string"]))
            else:
                yield from self._filter(found)

    def _filter(self, found: re.Match[str]) -> Iterator[Filter]:
        written: str = found["filter"].strip()
        name = ALIASES.get(field_key(written))
        if name is None:
            self._report(ProblemCode.UNKNOWN_FILTER, found.start() + 1, found.end(), written)
            return
        argument: str | None = found["argument"]
        if argument is None:
            yield Filter(name)
        elif takes_argument(name, _unquoted(argument)):
            yield Filter(name, _unquoted(argument))
        else:
            self._report(ProblemCode.BAD_ARGUMENT, found.start("argument"), found.end("argument"), argument)

    def _report(self, code: ProblemCode, start: int, end: int, detail: str = "") -> None:
        self.problems.append(TemplateProblem(code, start, end, detail))


def _read_field(written: str) -> str | None:
    """Return `name`, `phone` or `custom.KEY` for what stands in the braces, or None."""
    parts = [field_key(part) for part in written.split(".")]
    if len(parts) > 1 and parts[0] in _CONTACT:
        parts = parts[1:]
    if len(parts) > 1 and parts[0] == "custom" and all(parts):
        return "custom." + "_".join(parts[1:])
    if len(parts) > 1:
        return None
    return "name" if parts[0] in _FIRST_NAMES else _FIELDS.get(parts[0])


def _unquoted(text: str) -> str:
    inside = text[1:-1] if text[:1] in tuple("\"'“") else text.strip()
    return re.sub(r"\\(.)", r"\1", inside)

"""WhatsApp's text markup, for the preview: *bold*, _italic_, ~strike~, `code`, ```mono``` and links.

The rules are those that one sees in WhatsApp: a marker opens where no letter or digit stands before it and no space
after it, closes where no space stands before it and no letter or digit after it, and never reaches over a line end;
only ``` does. Nothing inside of code or a link is markup.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape

TEXT_LIMIT = 4096  # Source: gateways.md, Cloud API message types
CAPTION_LIMIT = 1024

_LINK = re.compile(r"(?:https?://|www\.|wa\.me/)[^\s<>\"`]+", re.IGNORECASE)
_LINK_TAIL = ".,;:!?)]}'*_~"  # signs at the end that belong to the sentence, not to the address
_BLOCK = re.compile(r"```(?=[^`]|`[^`])(.+?)```", re.DOTALL)
_CODE = re.compile(r"(?<!`)`([^`\n]*[^`\s][^`\n]*)`(?!`)")


class Style(StrEnum):
    BOLD = "bold"
    ITALIC = "italic"
    STRIKE = "strike"
    MONO = "mono"


_MARKERS = {"*": Style.BOLD, "_": Style.ITALIC, "~": Style.STRIKE}
_TAGS = {Style.BOLD: "b", Style.ITALIC: "i", Style.STRIKE: "s", Style.MONO: "code"}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text without its markers; no styles and no link means plain. `link` is the address to open."""

    text: str
    styles: frozenset[Style] = frozenset()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class TextLength:
    """WhatsApp does not say what it counts: the limit is held to `utf16_units`, never less than `characters`."""

    characters: int
    utf16_units: int
    limit: int

    @property
    def remaining(self) -> int:
        """What may still be typed; negative when the text is too long."""
        return self.limit - self.utf16_units


def measure(text: str, limit: int = TEXT_LIMIT) -> TextLength:
    """Count a text against a limit."""
    return TextLength(len(text), utf16_offset(text, len(text)), limit)


def utf16_offset(text: str, position: int) -> int:
    """Turn a position of ours (code points) into one of Qt's (UTF-16 units), for cursors and underlines."""
    return position + sum(sign > "\uffff" for sign in text[:position])


def spans(text: str) -> tuple[Span, ...]:
    """Split a message into pieces of one look, in order; neighbours of the same look are one piece."""
    joined: list[Span] = []
    for span in _scan(text, 0, len(text), frozenset()):
        last = joined[-1] if joined else None
        if last and (last.styles, last.link) == (span.styles, span.link) and span.link is None:
            joined[-1] = Span(last.text + span.text, span.styles)
        else:
            joined.append(span)
    return tuple(joined)


def to_html(text: str) -> str:
    """Render a message as escaped HTML for a rich-text label; spaces and line ends stay visible."""
    return "".join(map(_span_html, spans(text)))


def _span_html(span: Span) -> str:
    html = escape(span.text).replace("  ", "&nbsp; ").replace("\n", "<br>")
    for style in (Style.MONO, Style.STRIKE, Style.ITALIC, Style.BOLD):
        if style in span.styles:
            html = f"<{_TAGS[style]}>{html}</{_TAGS[style]}>"
    return f'<a href="{escape(span.link)}">{html}</a>' if span.link else html


def _scan(text: str, start: int, end: int, styles: frozenset[Style]) -> Iterator[Span]:
    """Yield the spans of `text[start:end]`; what lies outside still decides whether a marker opens or closes."""
    hopeless: dict[str, int] = {}  # marker → up to where it is known that nothing closes it: keeps the scan linear
    at = plain = start
    while at < end:
        found = _code_at(text, at, end, styles) or _link_at(text, at, end, styles)
        close = -1
        if found is None and text[at] in _MARKERS and at >= hopeless.get(text[at], 0) and _opens(text, at, end):
            close = _closing(text, at, end)
            if close < 0:
                hopeless[text[at]] = _line_end(text, at, end)
        if found is None and close < 0:
            at += 1
            continue
        if plain < at:
            yield Span(text[plain:at], styles)
        if found is None:
            yield from _scan(text, at + 1, close, styles | {_MARKERS[text[at]]})
            at = close + 1
        else:
            span, at = found
            yield span
        plain = at
    if plain < end:
        yield Span(text[plain:end], styles)


def _code_at(text: str, at: int, end: int, styles: frozenset[Style]) -> tuple[Span, int] | None:
    if text[at] != "`":
        return None
    found = _BLOCK.match(text, at, end) or _CODE.match(text, at, end)
    return (Span(found.group(1), styles | {Style.MONO}), found.end()) if found else None


def _link_at(text: str, at: int, end: int, styles: frozenset[Style]) -> tuple[Span, int] | None:
    if text[at] not in "hHwW" or (at and text[at - 1].isalnum()):
        return None
    found = _LINK.match(text, at, end)
    if found is None:
        return None
    shown = found.group().rstrip(_LINK_TAIL)
    address = shown if shown.lower().startswith("http") else f"https://{shown}"
    return Span(shown, styles, address), at + len(shown)


def _opens(text: str, at: int, end: int) -> bool:
    after = text[at + 1 : min(at + 2, end)]
    return not (at and text[at - 1].isalnum()) and bool(after) and not after.isspace() and after != text[at]


def _closing(text: str, at: int, end: int) -> int:
    """Return where the marker at `at` is closed on its line, outside of code and links, or -1."""
    line_end = _line_end(text, at, end)
    place = at + 1
    while place < line_end:
        if whole := _code_at(text, place, end, frozenset()) or _link_at(text, place, end, frozenset()):
            place = whole[1]
            continue
        if text[place] == text[at] and not text[place - 1].isspace() and not text[place + 1 : place + 2].isalnum():
            return place
        place += 1
    return -1


def _line_end(text: str, at: int, end: int) -> int:
    line_end = text.find("\n", at, end)
    return end if line_end < 0 else line_end

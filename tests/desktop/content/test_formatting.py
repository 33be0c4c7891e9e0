"""WhatsApp markup in the bubble, safe HTML, and lengths as Qt and the gateways count them."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.content.formatting import CAPTION_LIMIT, Span, Style, measure, spans, to_html, utf16_offset


def looks(text: str) -> list[tuple[str, str]]:
    """Give each span with the initials of its styles."""
    return [(span.text, "".join(sorted(style.value[0] for style in span.styles))) for span in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("plain", [("plain", "")]),
        ("*b* _i_ ~s~", [("b", "b"), (" ", ""), ("i", "i"), (" ", ""), ("s", "s")]),
        ("(*x*)!", [("(", ""), ("x", "b"), (")!", "")]),
        ("*_~x~_*", [("x", "bis")]),
        ("*a _b_ c*", [("a ", "b"), ("b", "bi"), (" c", "b")]),
        ("`c` e ```m\nx```", [("c", "m"), (" e ", ""), ("m\nx", "m")]),
        ("`*c*`", [("*c*", "m")]),
        ("*a `*` b*", [("a ", "b"), ("*", "bm"), (" b", "b")]),
        ("a*b*c", [("a*b*c", "")]),
        ("2*3*4 e snake_case_x", [("2*3*4 e snake_case_x", "")]),
        ("* item\n* item", [("* item\n* item", "")]),
        ("*a\nb*", [("*a\nb*", "")]),
        ("*a *", [("*a *", "")]),
        ("*a *b c*", [("a *b c", "b")]),
        ("**x**", [("*", ""), ("x", "b"), ("*", "")]),
        ("*", [("*", "")]),
        ("*a**b*", [("ab", "b")]),
        ("``` e ``", [("``` e ``", "")]),
        ("*a `b\nc` d*", [("*a `b\nc` d*", "")]),
        ("*a ```b\nc``` d*", [("*a ", ""), ("b\nc", "m"), (" d*", "")]),
    ],
)
def test_markup(text: str, expected: list[tuple[str, str]]) -> None:
    assert looks(text) == expected


def test_links() -> None:
    assert spans("Veja http://a.b/c_d_e. *www.x.com* xhttp://y") == (
        Span("Veja "),
        Span("http://a.b/c_d_e", frozenset(), "http://a.b/c_d_e"),
        Span(". "),
        Span("www.x.com", frozenset({Style.BOLD}), "https://www.x.com"),
        Span(" xhttp://y"),
    )
    assert spans("wa.me/5511")[0].link == "https://wa.me/5511"
    assert spans("http://a http://a")[::2] == (Span("http://a", frozenset(), "http://a"),) * 2
    assert spans("*veja https://a.b/*c d*")[1].link == "https://a.b/*c"
    assert looks("hoje")[0] == ("hoje", "")


def test_html_is_escaped_and_keeps_spaces_and_lines() -> None:
    assert to_html("*a*  <b>&\n_`x`_") == "<b>a</b>&nbsp; &lt;b&gt;&amp;<br><i><code>x</code></i>"
    assert to_html("http://a/?b&c") == '<a href="http://a/?b&amp;c">http://a/?b&amp;c</a>'
    assert to_html("~s~") == "<s>s</s>"


@given(st.text("*_~`ab \n<&\"'h", max_size=60))
def test_only_markers_are_lost(text: str) -> None:
    shown = "".join(span.text for span in spans(text))
    assert re.sub("[*_~`]", "", shown) == re.sub("[*_~`]", "", text)


@given(st.text("*_~`ab <&\"'", max_size=60))
def test_html_shows_the_same_text(text: str) -> None:
    shown = unescape(re.sub("<[^>]*>", "", to_html(text))).replace("\xa0", " ")
    assert shown == "".join(span.text for span in spans(text))


def test_a_long_text_without_closing_markers_is_quick() -> None:
    assert len(looks("*a _b ~c ``d " * 20_000)) == 1


def test_lengths() -> None:
    length = measure("Olá 👋🏽", CAPTION_LIMIT)
    assert (length.characters, length.utf16_units, length.remaining) == (6, 8, 1016)
    assert measure("x" * 4097).remaining == -1
    assert utf16_offset("a👋b", 2) == 3
    assert utf16_offset("a👋b", 1) == 1

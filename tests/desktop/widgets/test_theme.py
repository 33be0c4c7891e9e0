import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.stylesheet import TONES, soft_of, style_sheet, text_of
from desktop.widgets.theme import Theme, ThemeMode, palette
from desktop.widgets.tokens import DARK, LIGHT, Tokens, current_tokens, tokens_of

THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Source: WCAG 2.1, contrast ratio."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", THEMES)
@pytest.mark.parametrize("ground", ["window", "surface", "surface_sunken", "surface_hover", "navigation"])
def test_text_can_be_read_on_every_ground(tokens: Tokens, ground: str) -> None:
    for role in ("text", "text_muted", "accent_text"):
        assert contrast(getattr(tokens, role), getattr(tokens, ground)) >= 4.5, (role, ground)


@pytest.mark.parametrize("tokens", THEMES)
@pytest.mark.parametrize("tone", TONES)
def test_words_of_a_tone_can_be_read_on_its_ground_and_on_a_card(tokens: Tokens, tone: str) -> None:
    assert contrast(text_of(tokens, tone), soft_of(tokens, tone)) >= 4.5
    assert contrast(text_of(tokens, tone), tokens.surface) >= 4.5


@pytest.mark.parametrize("tokens", THEMES)
def test_words_on_filled_buttons_can_be_read(tokens: Tokens) -> None:
    for fill in (tokens.accent, tokens.accent_hover, tokens.danger_fill, tokens.danger_fill_hover):
        assert contrast(tokens.on_accent, fill) >= 4.5, fill


@pytest.mark.parametrize("tokens", THEMES)
def test_focus_ring_and_chart_lines_are_seen_on_a_card(tokens: Tokens) -> None:
    for role in ("focus", "chart_delivered", "chart_read", "chart_failed"):
        assert contrast(getattr(tokens, role), tokens.surface) >= 3.0, role


@pytest.mark.parametrize("tokens", THEMES)
def test_style_sheet_has_no_token_left_open(tokens: Tokens) -> None:
    assert "$" not in style_sheet(tokens)


@pytest.mark.parametrize("tokens", THEMES)
def test_palette_tells_which_theme_it_is(qapp: QApplication, tokens: Tokens) -> None:
    assert tokens_of(palette(tokens)) is tokens


def test_switching_tells_who_listens_after_the_colours_are_there(qtbot: QtBot, theme: Theme) -> None:
    seen: list[bool] = []
    theme.changed.connect(lambda: seen.append(current_tokens().is_dark))
    theme.set_mode("dark")
    assert seen == [True]
    theme.set_mode(ThemeMode.DARK)
    assert seen == [True]


def test_bundled_font_is_used(qapp: QApplication, theme: Theme) -> None:
    assert QFontInfo(qapp.font()).family() == "Inter"


def test_an_unknown_colour_role_is_refused() -> None:
    with pytest.raises(KeyError):
        LIGHT.colour("is_dark")

"""Fill resources/themes/cadencia.qss in with tokens. Widgets choose a look by properties: `kind`, `role`, `tone`."""

from string import Template

from desktop.widgets import tokens as t
from desktop.widgets.resources import CONTROL_IMAGES, STYLE_SHEET
from desktop.widgets.tokens import Tokens

TONES = ("success", "warning", "danger", "info", "doubt", "neutral", "accent")


_TONE = Template("""
QLabel[tone="$tone"] { color: $colour; }
QFrame#banner[tone="$tone"] { background: $soft; border: 1px solid $edge; border-radius: ${radius}px; }
QFrame#pill[tone="$tone"] { background: $soft; border: none; border-radius: 10px; }
QFrame#pill[tone="$tone"] QLabel { color: $colour; font-size: ${caption}px; font-weight: 500; }
QFrame#medallion[tone="$tone"] { background: $soft; border: none; }
""")


def _mix(first: str, second: str, share: float) -> str:
    """Blend two #RRGGBB colours; `share` 0-1 of the first."""
    parts = [round(int(first[i : i + 2], 16) * share + int(second[i : i + 2], 16) * (1 - share)) for i in (1, 3, 5)]
    return "#{:02X}{:02X}{:02X}".format(*parts)


def soft_of(tokens: Tokens, tone: str) -> str:
    """Return the ground that goes with a tone."""
    return str(getattr(tokens, f"{tone}_soft"))


def text_of(tokens: Tokens, tone: str) -> str:
    """Return the colour of text and icons in a tone."""
    return tokens.accent_text if tone == "accent" else str(getattr(tokens, tone))


def style_sheet(tokens: Tokens) -> str:
    """Write the style sheet of a theme."""
    values: dict[str, object] = {name: getattr(tokens, name) for name in Tokens.__slots__}
    values |= {
        "caption": t.TEXT_CAPTION,
        "body": t.TEXT_BODY,
        "section": t.TEXT_SECTION,
        "title": t.TEXT_TITLE,
        "display": t.TEXT_DISPLAY,
        "radius_s": t.RADIUS_S,
        "radius_m": t.RADIUS_M,
        "radius_l": t.RADIUS_L,
        "tooltip": "#2B383B" if tokens.is_dark else "#1D2B2D",
        "tooltip_text": "#F2F6F6",
        "scroll": _mix(tokens.text_faint, tokens.surface, 0.45),
        "segment_chosen": "#33433F" if tokens.is_dark else tokens.surface,
        "focus_on_accent": "#BDEBEC" if tokens.is_dark else "#04363B",
        "icons": CONTROL_IMAGES.as_posix(),
        "mode": "dark" if tokens.is_dark else "light",
    }
    tones = (
        _TONE.substitute(
            tone=tone,
            colour=text_of(tokens, tone),
            soft=soft_of(tokens, tone),
            edge=_mix(text_of(tokens, tone), soft_of(tokens, tone), 0.22),
            radius=t.RADIUS_M,
            caption=t.TEXT_CAPTION,
        )
        for tone in TONES
    )
    base = Template(STYLE_SHEET.read_text(encoding="utf-8"))
    return base.substitute(values) + "".join(tones)

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage
from PySide6.QtSvg import QSvgRenderer

from desktop.widgets.icons import icon
from desktop.widgets.resources import LUCIDE_ICONS
from desktop.widgets.theme import Theme
from desktop.widgets.tokens import DARK, LIGHT

ICONS = sorted(LUCIDE_ICONS.glob("*.svg"))
ROOT = Path(__file__).parents[3]


def colours(image: QImage) -> set[str]:
    opaque = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name().upper() for pixel in opaque if pixel.alpha() == 255}


def test_icon_is_drawn_in_the_colour_of_the_theme_of_now(theme: Theme) -> None:
    play = icon("play", "danger")
    assert colours(play.pixmap(QSize(32, 32)).toImage()) == {LIGHT.danger}
    theme.set_mode("dark")
    assert colours(play.pixmap(QSize(32, 32)).toImage()) == {DARK.danger}


def test_disabled_and_checked_icons_have_colours_of_their_own(theme: Theme) -> None:
    made = icon("play", "text_muted", "accent_text")
    size = QSize(32, 32)
    assert colours(made.pixmap(size, QIcon.Mode.Disabled).toImage()) == {LIGHT.text_faint}
    assert colours(made.pixmap(size, QIcon.Mode.Normal, QIcon.State.On).toImage()) == {LIGHT.accent_text}


def test_a_copied_icon_outlives_the_first(theme: Theme) -> None:
    copied = QIcon(icon("play", "danger"))
    copied.addPixmap(copied.pixmap(16, 16))
    assert not copied.pixmap(QSize(24, 24)).isNull()


def test_a_wrong_name_shows_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_every_icon_can_be_drawn(path: Path) -> None:
    assert QSvgRenderer(str(path)).isValid()


def test_every_icon_that_the_sources_name_is_there() -> None:
    """Names are literals: a string with a dash or of an existing icon in a call of `icon` and its like."""
    named: set[str] = set()
    for path in (*ROOT.glob("desktop/screens/**/*.py"), *ROOT.glob("desktop/widgets/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("icon", "icon_button", "EmptyState"):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    named.add(first.value)
    assert len(named) > 10
    assert named <= {path.stem for path in ICONS}

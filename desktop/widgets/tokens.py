"""Every colour, size and distance of the window, for light and for dark. Nothing else may write a colour down."""

from dataclasses import dataclass, fields
from typing import Final

from PySide6.QtGui import QColor, QGuiApplication, QPalette

FONT_FAMILY: Final = "Inter"

# One typographic scale, in pixels that do not depend on the screen's density.
TEXT_CAPTION: Final = 12
TEXT_BODY: Final = 13
TEXT_SECTION: Final = 15
TEXT_TITLE: Final = 20
TEXT_DISPLAY: Final = 28

# One grid: distances are multiples of 4.
GRID: Final = 4
SPACE_XS: Final = GRID
SPACE_S: Final = 2 * GRID
SPACE_M: Final = 3 * GRID
SPACE_L: Final = 4 * GRID
SPACE_XL: Final = 6 * GRID
SPACE_XXL: Final = 8 * GRID

RADIUS_S: Final = 4
RADIUS_M: Final = 6
RADIUS_L: Final = 10

CONTROL_HEIGHT: Final = 32
ROW_HEIGHT: Final = 40
ICON_S: Final = 16
ICON_M: Final = 20
NAVIGATION_WIDTH: Final = 216
FORM_WIDTH: Final = 640


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as #RRGGBB. A role `x` is a text, line or fill; `x_soft` is the ground beneath it."""

    is_dark: bool

    window: str  # the ground of the window
    surface: str  # cards, tables, inputs
    surface_sunken: str  # headers of tables, wells
    surface_hover: str
    surface_selected: str
    navigation: str
    border: str
    border_strong: str  # of inputs: it must be seen, 3:1

    text: str
    text_muted: str
    text_faint: str  # disabled and what decorates; never the only carrier of a fact
    accent: str  # fill of primary buttons
    accent_hover: str
    accent_pressed: str
    accent_text: str  # links, icons and the chosen page
    accent_soft: str
    on_accent: str
    focus: str

    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    danger_fill: str
    danger_fill_hover: str
    info: str
    info_soft: str
    doubt: str
    doubt_soft: str
    neutral: str
    neutral_soft: str

    chart_sent: str
    chart_delivered: str
    chart_read: str
    chart_failed: str
    chart_replied: str
    chart_grid: str

    def colour(self, role: str) -> QColor:
        """Return the colour of a role, e.g. `danger` or `text_muted`.

        Raises:
            KeyError: when there is no such role.
        """
        if role not in _ROLES:
            raise KeyError(role)
        return QColor(getattr(self, role))


LIGHT: Final = Tokens(
    is_dark=False,
    window="#F5F7F8",
    surface="#FFFFFF",
    surface_sunken="#F1F4F5",
    surface_hover="#EFF3F4",
    surface_selected="#E1EFF0",
    navigation="#FBFCFC",
    border="#E1E6E8",
    border_strong="#BFC9CD",
    text="#16211F",
    text_muted="#556468",
    text_faint="#8B999D",
    accent="#0B6A72",
    accent_hover="#095B62",
    accent_pressed="#074B51",
    accent_text="#0B6A72",
    accent_soft="#E1EFF0",
    on_accent="#FFFFFF",
    focus="#2C9AA3",
    success="#1B7A4B",
    success_soft="#E2F4EA",
    warning="#8F5B00",
    warning_soft="#FDF1D8",
    danger="#BF2F2F",
    danger_soft="#FCE8E7",
    danger_fill="#BF2F2F",
    danger_fill_hover="#A52727",
    info="#2460B5",
    info_soft="#E6EFFB",
    doubt="#7443B5",
    doubt_soft="#F0E9FA",
    neutral="#556468",
    neutral_soft="#ECF0F1",
    chart_sent="#93A4AB",
    chart_delivered="#3D86D8",
    chart_read="#0E8C8F",
    chart_failed="#D5504D",
    chart_replied="#E0A02F",
    chart_grid="#E6EAEC",
)

DARK: Final = Tokens(
    is_dark=True,
    window="#101516",
    surface="#182022",
    surface_sunken="#141B1D",
    surface_hover="#1F292B",
    surface_selected="#17383B",
    navigation="#131A1B",
    border="#2A3538",
    border_strong="#4A5A5F",
    text="#E8EEEF",
    text_muted="#A3B1B5",
    text_faint="#6F7F84",
    accent="#14757E",
    accent_hover="#17818B",
    accent_pressed="#116770",
    accent_text="#5CC6C9",
    accent_soft="#14353A",
    on_accent="#FFFFFF",
    focus="#4DB8C0",
    success="#63C995",
    success_soft="#17352A",
    warning="#E6B45A",
    warning_soft="#392E17",
    danger="#F28B85",
    danger_soft="#402123",
    danger_fill="#B83A38",
    danger_fill_hover="#C4413E",
    info="#82B4F5",
    info_soft="#1B2E48",
    doubt="#BE9CF0",
    doubt_soft="#30244A",
    neutral="#A3B1B5",
    neutral_soft="#253033",
    chart_sent="#73858C",
    chart_delivered="#5A9DEB",
    chart_read="#35B5B5",
    chart_failed="#EC6E69",
    chart_replied="#E3B04C",
    chart_grid="#263134",
)

_ROLES: Final = frozenset(field.name for field in fields(Tokens)) - {"is_dark"}


def tokens_of(palette: QPalette) -> Tokens:
    """Tell which theme a palette belongs to: the palette is what Qt hands to every widget when the theme changes."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def current_tokens() -> Tokens:
    """Return the tokens that the application wears now; for painting code, at the moment it paints."""
    return tokens_of(QGuiApplication.palette())

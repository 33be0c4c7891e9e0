"""The icon set (Lucide), drawn in the colours of the theme at the moment it is painted: a switch needs no new icons."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.widgets.resources import LUCIDE_ICONS
from desktop.widgets.tokens import current_tokens


class _LucideEngine(QIconEngine):
    def __init__(self, name: str, role: str, chosen_role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._chosen_role = chosen_role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = self._colour(mode, state)
        _renderer(self._name, colour).render(painter, QRectF(_square(rect)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPointF(0, 0).toPoint(), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _LucideEngine(self._name, self._role, self._chosen_role)

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        tokens = current_tokens()
        if mode is QIcon.Mode.Disabled:
            return tokens.text_faint
        role = self._chosen_role if state is QIcon.State.On else self._role
        return tokens.colour(role).name()


def icon(name: str, role: str = "text_muted", chosen_role: str | None = None) -> QIcon:
    """Return an icon by its Lucide name, in the colour of a token; `chosen_role` is for checked buttons.

    Raises:
        FileNotFoundError: when the icon is not among those that we ship.
    """
    _source(name)  # A wrong name shows at once, and not when it is first painted.
    return QIcon(_LucideEngine(name, role, chosen_role or role))


def icon_pixmap(name: str, role: str, size: int, device_ratio: float = 1.0) -> QPixmap:
    """Draw an icon once, `size` pixels square, for painting code; ask again when the theme changes."""
    return _pixmap(name, current_tokens().colour(role).name(), size, device_ratio)


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, device_ratio: float) -> QPixmap:
    pixmap = QPixmap(round(size * device_ratio), round(size * device_ratio))
    pixmap.setDevicePixelRatio(device_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _renderer(name, colour).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (LUCIDE_ICONS / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    # Lucide is drawn with lines of 2 in a square of 24; a little thinner sits better beside text of 13.
    source = _source(name).replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.85"')
    return QSvgRenderer(QByteArray(source.encode()))


def _square(rect: QRect) -> QRect:
    """Cut a square at the left (a wider place leaves its gap to the text at the right), centred from top to bottom."""
    side = min(rect.width(), rect.height())
    return QRect(rect.x(), rect.y() + (rect.height() - side) // 2, side, side)

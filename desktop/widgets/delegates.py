"""How cells are drawn. Each gets the numbers of the roles that it reads: the model behind may be any."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.widgets.progress import BAR_HEIGHT, paint_parts
from desktop.widgets.stylesheet import soft_of, text_of
from desktop.widgets.tokens import ROW_HEIGHT, SPACE_M, SPACE_S, TEXT_CAPTION, Tokens, current_tokens

Index = QModelIndex | QPersistentModelIndex

# Plain integers: PySide turns an enum into an int at each comparison, in the innermost loop of painting.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class TextDelegate(QStyledItemDelegate):
    """One line of text; `tone_role` may give it a tone, `is_strong` makes it bold."""

    def __init__(self, tone_role: int | None = None, *, is_strong: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tone_role = tone_role
        self._is_strong = is_strong

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = current_tokens()
        rect = paint_ground(painter, option, index, tokens)
        painter.setPen(self._colour(tokens, index))
        font = _font_of(option)
        if self._is_strong:
            font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        alignment = index.data(_ALIGNMENT) or _LEFT
        draw_line(painter, rect, str(index.data(_DISPLAY) or ""), int(alignment))

    def _colour(self, tokens: Tokens, index: Index) -> QColor:
        tone = index.data(self._tone_role) if self._tone_role is not None else None
        if tone == "muted":
            return QColor(tokens.text_muted)
        return QColor(text_of(tokens, str(tone)) if tone else tokens.text)


class TwoLineDelegate(QStyledItemDelegate):
    """A strong line, and a quiet one below it from `second_role`."""

    def __init__(self, second_role: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._second_role = second_role

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = current_tokens()
        rect = paint_ground(painter, option, index, tokens)
        second = str(index.data(self._second_role) or "")
        font = _font_of(option)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        line = QFontMetrics(font).height()
        top = rect.top() + (rect.height() - line - (line if second else 0)) // 2
        draw_line(painter, QRect(rect.left(), top, rect.width(), line), str(index.data(_DISPLAY) or ""), _LEFT)
        if second:
            font = _font_of(option)
            font.setPixelSize(TEXT_CAPTION)
            painter.setFont(font)
            painter.setPen(QColor(tokens.text_muted))
            draw_line(painter, QRect(rect.left(), top + line + 1, rect.width(), line), second, _LEFT)


class PillDelegate(QStyledItemDelegate):
    """The text as a pill in the tone that `tone_role` gives."""

    def __init__(self, tone_role: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tone_role = tone_role

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = current_tokens()
        rect = paint_ground(painter, option, index, tokens)
        text = str(index.data(_DISPLAY) or "")
        if text:
            paint_pill(painter, rect, text, str(index.data(self._tone_role) or "neutral"), _font_of(option))


class ProgressDelegate(QStyledItemDelegate):
    """A slim bar of the parts that `parts_role` gives ((share, token role), …), with the text at its right."""

    def __init__(self, parts_role: int, text_width: int = 48, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts_role = parts_role
        self._text_width = text_width

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = current_tokens()
        rect = paint_ground(painter, option, index, tokens)
        parts = index.data(self._parts_role)
        if parts is None:
            return
        width = rect.width() - self._text_width - SPACE_S
        middle = rect.center().y() + 1
        paint_parts(painter, QRectF(rect.left(), middle - BAR_HEIGHT / 2, width, BAR_HEIGHT), parts)
        painter.setFont(_font_of(option))
        painter.setPen(QColor(tokens.text_muted))
        where = QRect(rect.right() - self._text_width, rect.top(), self._text_width, rect.height())
        draw_line(
            painter,
            where,
            str(index.data(_DISPLAY) or ""),
            _RIGHT,
        )


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, index: Index, tokens: Tokens) -> QRect:
    """Paint the row's ground and its hairline; return the rectangle for the content."""
    rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(tokens.surface_selected))
    elif getattr(option.widget, "hovered_row", None) == index.row():  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
        painter.fillRect(rect, QColor(tokens.surface_hover))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(tokens.border))
    return rect.adjusted(SPACE_M, 0, -SPACE_M, -1)


def draw_line(painter: QPainter, rect: QRect, text: str, alignment: int) -> None:
    """Draw one line of text, cut with … where it ends."""
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, alignment, cut)


def paint_pill(painter: QPainter, rect: QRect, text: str, tone: str, font: QFont) -> None:
    """Paint a pill at the left of a rectangle, as `StatusPill` looks."""
    tokens = current_tokens()
    colour = QColor(text_of(tokens, tone))
    font.setPixelSize(TEXT_CAPTION)
    font.setWeight(QFont.Weight.Medium)
    metrics = QFontMetrics(font)
    dot = 6
    padding = SPACE_S
    width = min(metrics.horizontalAdvance(text) + dot + 5 + 2 * padding + 2, rect.width())
    pill = QRectF(rect.left(), rect.center().y() - 9.5, width, 20)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(soft_of(tokens, tone)))
    painter.drawRoundedRect(pill, 10, 10)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(pill.left() + padding, pill.center().y() - dot / 2, dot, dot))
    painter.setPen(colour)
    painter.setFont(font)
    words = pill.adjusted(padding + dot + 5, 0, -padding + 2, 0).toRect()
    draw_line(painter, words, text, _LEFT)
    painter.restore()


def _font_of(option: QStyleOptionViewItem) -> QFont:
    return QFont(option.font)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]

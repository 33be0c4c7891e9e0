"""Labels in the roles of the typographic scale, and one that shortens its text instead of its neighbours."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from desktop.domain.markup import as_plain
from desktop.widgets.icons import icon
from desktop.widgets.tokens import ICON_S

ROLES = ("body", "muted", "caption", "overline", "strong", "section", "title", "display", "error", "brand")


def label(text: str = "", role: str = "body", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Make a plain-text label; `role` is one of `ROLES`."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


class Paragraph(QLabel):
    """A centred text of a fixed width, as high as it needs: layouts that centre do not ask a label for that."""

    def __init__(self, text: str, role: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFixedWidth(width)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 — overrides Qt
        super().setText(text)
        self.ensurePolished()
        self.setMinimumHeight(self.heightForWidth(self.width()))


class IconLabel(QWidget):
    """A small picture beside text, following the theme."""

    def __init__(self, name: str, role: str = "text_muted", size: int = ICON_S, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon(name, role)
        self.setFixedSize(QSize(size, size))

    def set_icon(self, name: str, role: str) -> None:
        self._icon = icon(name, role)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())


class ElidedLabel(QLabel):
    """A line of text that ends in … when there is no room; the whole text is its tool tip then."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 — overrides Qt
        super().setText(text)
        self.setAccessibleName(text)
        self._refresh_tip()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh_tip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        rect = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        self.style().drawItemText(
            painter,
            rect,
            int(self.alignment() | Qt.AlignmentFlag.AlignVCenter),
            option.palette,  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )

    def _refresh_tip(self) -> None:
        is_cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(as_plain(self.text()) if is_cut else "")


def rule(*, vertical: bool = False) -> QFrame:
    """Make a hairline between two parts."""
    line = QFrame()
    line.setObjectName("rule-vertical" if vertical else "rule")
    return line


def set_role(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet looks at, and have the sheet look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style: QStyle = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    # Rules such as `QFrame[tone=…] QLabel` look at the parent's property, but are applied to the child.
    for child in widget.findChildren(QLabel):
        style.unpolish(child)
        style.polish(child)
    widget.update()

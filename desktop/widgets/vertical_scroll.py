"""A part of a page that scrolls from top to bottom only; its bar keeps a distance from the content."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.tokens import SPACE_L, SPACE_S

QWIDGETSIZE_MAX = (1 << 24) - 1  # Qt's own "no limit", which its binding for Python does not name


class _Inside(QWidget):
    """What is scrolled. No event filter tells of it: one of Python's would be asked while its objects are destroyed.

    Signals:
        laid_out: something in it wants another size.
    """

    laid_out = Signal()

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.laid_out.emit()
        return is_done


class VerticalScroll(QScrollArea):
    """Put the content into `column`, which keeps to the top."""

    def __init__(self, spacing: int = SPACE_L, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The area is no stop on the way of the tab key: the fields in it are.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = _Inside()
        self.inside.setObjectName("scrolled")
        self._outer = QVBoxLayout(self.inside)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setSpacing(spacing)
        self._outer.addLayout(self.column)
        self._outer.addStretch(1)
        self.setWidget(self.inside)
        self.inside.laid_out.connect(self._make_room)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Scroll instead of squeezing: a scroll area does not ask its content how high it is at this width."""
        layout = self.inside.layout()
        if layout is not None and layout.hasHeightForWidth():
            # A layout asks how high a part is at the layout's width, also where the part may not become as wide.
            items = (self.column.itemAt(n) for n in range(self.column.count()))
            parts = (item.widget() for item in items if item is not None)
            narrowest = min((part.maximumWidth() for part in parts if part), default=QWIDGETSIZE_MAX)
            width = min(self.viewport().width(), narrowest)
            self.inside.setMinimumHeight(layout.totalMinimumHeightForWidth(width))
        elif layout is not None:
            # What was set while a text wrapped in it would otherwise hold for ever.
            self.inside.setMinimumHeight(layout.totalMinimumSize().height())

    def _on_range_changed(self, _lowest: int, highest: int) -> None:
        self._outer.setContentsMargins(0, 0, SPACE_S if highest else 0, 0)

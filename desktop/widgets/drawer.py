"""A panel at the right of a list that tells more of the chosen row. Escape closes it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.buttons import icon_button
from desktop.widgets.labels import ElidedLabel
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S

_WIDTH = 372


class Drawer(QFrame):
    """Fill it with `set_content`; it is hidden until then.

    Signals:
        closed: the operator closed it.
    """

    closed = Signal()

    def __init__(self, close_hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE_M, 0, SPACE_S)
        layout.setSpacing(SPACE_S)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_L, 0, SPACE_M, 0)
        self.title = ElidedLabel("", "section")
        head.addWidget(self.title, 1)
        self.close_button = icon_button("x", close_hint)
        self.close_button.clicked.connect(self.close_drawer)
        head.addWidget(self.close_button)
        layout.addLayout(head)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self._area, 1)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        layout.addLayout(self.foot)
        self.hide()

    def set_content(self, title: str, content: QWidget) -> None:
        """Show a widget; the one before is deleted. The place in the content stays, so that it may be updated live."""
        self.title.setText(title)
        bar = self._area.verticalScrollBar()
        place = bar.value()
        content.setObjectName("scrolled")
        self._area.setWidget(content)
        bar.setValue(place)
        self.show()

    def close_drawer(self) -> None:
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_drawer()
            return
        super().keyPressEvent(event)


def column(*, margin: int = SPACE_L, spacing: int = SPACE_M) -> tuple[QWidget, QVBoxLayout]:
    """Make a widget with a column in it, for the content of a drawer."""
    widget = QWidget()
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(margin, 0, margin, margin)
    layout.setSpacing(spacing)
    layout.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)
    return widget, layout

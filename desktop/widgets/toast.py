"""A sentence that comes, is read and goes, at the lower edge of the window. Never for what must not be missed."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QWidget

from desktop.widgets.buttons import button
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_SHOWN_MS = 5000


class Toast(QFrame):
    """One a window; a new sentence replaces the old one.

    Signals:
        action_requested: its link was pressed.
    """

    action_requested = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self._window = window
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
        layout.setSpacing(SPACE_L)
        self._text = label("")
        layout.addWidget(self._text)
        self._action = button("", "link")
        self._action.clicked.connect(self._on_action)
        layout.addWidget(self._action)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        self.setGraphicsEffect(shadow)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def show_message(self, text: str, action: str = "") -> None:
        """Say something for five seconds."""
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_action(self) -> None:
        self.hide()
        self.action_requested.emit()

    def _place(self) -> None:
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - SPACE_XL)


def toast_of(widget: QWidget) -> Toast | None:
    """Return the toast of the window that a widget is in."""
    return widget.window().findChild(Toast, options=Qt.FindChildOption.FindDirectChildrenOnly)

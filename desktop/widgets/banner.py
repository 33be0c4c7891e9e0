"""One sentence across the page that stays as long as it is true: offline, somebody else sends, something failed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.buttons import button, icon_button
from desktop.widgets.labels import IconLabel, label, set_role
from desktop.widgets.tokens import SPACE_M, SPACE_S

_ICONS = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
    "doubt": "circle-question-mark",
    "neutral": "info",
    "accent": "sparkles",
}


class Banner(QFrame):
    """Hidden until `show_message`. `tone` is info, success, warning, danger, doubt, neutral or accent.

    What it consists of is made with its first message: most of the many banners of a window never have one.

    Signals:
        action_requested: its button was pressed.
        dismissed: its cross was pressed (only there when it was made `closable`).
    """

    action_requested = Signal()
    dismissed = Signal()

    def __init__(self, *, closable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._is_closable = closable
        self._is_made = False
        self.hide()

    def show_message(self, tone: str, text: str, hint: str = "", action: str = "", icon_name: str = "") -> None:
        """Say something; an empty `action` shows no button."""
        if not self._is_made:
            self._make()
        set_role(self, "tone", tone)
        self._icon.set_icon(icon_name or _ICONS[tone], "accent_text" if tone == "accent" else tone)
        self.text.setText(text)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.setAccessibleName(f"{text} {hint}".strip())
        self.show()

    def _make(self) -> None:
        self._is_made = True
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_S, SPACE_S)
        layout.setSpacing(SPACE_M)
        self._icon = IconLabel("info", "info")
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        self.text = label("", "body", wrap=True)
        self.hint = label("", "caption", wrap=True)
        texts.addWidget(self.text)
        texts.addWidget(self.hint)
        layout.addLayout(texts, 1)
        self.action = button("", "secondary")
        self.action.clicked.connect(self.action_requested)
        layout.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        if self._is_closable:
            self._close = icon_button("x", self.tr("Dismiss"))
            self._close.clicked.connect(self._on_closed)
            layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)

    def _on_closed(self) -> None:
        self.hide()
        self.dismissed.emit()

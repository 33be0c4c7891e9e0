"""A small board of emoji: those that campaigns use. The keyboard's own (Win+., Ctrl+Cmd+Space) has the rest."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QToolButton, QWidget, QWidgetAction

from desktop.widgets.tokens import SPACE_S, TEXT_TITLE

_PER_ROW = 8
_EMOJI = (
    "😀😃😄😁😊😉😍🤩😘🤗🤔😅😎🥳😇🙌"
    "👋👍👏🙏💪🤝👉👇❤️💚💙💛🧡💜🔥✨"
    "🎉🎁🎊🎈🏆⭐✅❌⚠️❗❓🔔📣📢💬📱"
    "📦🚚🛒🛍️💳💰💸🏷️📅⏰⌛📍🏠🍕☕🌞"
)


def _signs() -> list[str]:
    """Cut the board into emoji; a variation selector belongs to the sign before it."""
    signs: list[str] = []
    for sign in _EMOJI:
        if sign == "\ufe0f":
            signs[-1] += sign
        else:
            signs.append(sign)
    return signs


class EmojiMenu(QMenu):
    """Signals:
    chosen: the emoji (str).
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        board = QWidget()
        grid = QGridLayout(board)
        grid.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        grid.setSpacing(0)
        for place, sign in enumerate(_signs()):
            key = QToolButton()
            key.setText(sign)
            key.setProperty("kind", "ghost")
            key.setProperty("square", True)
            key.setAccessibleName(sign)
            font = key.font()
            font.setPixelSize(TEXT_TITLE)
            key.setFont(font)
            key.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            key.clicked.connect(self._on_clicked)
            grid.addWidget(key, place // _PER_ROW, place % _PER_ROW)
        action = QWidgetAction(self)
        action.setDefaultWidget(board)
        self.addAction(action)

    def _on_clicked(self) -> None:
        key = self.sender()
        if isinstance(key, QToolButton):
            self.close()
            self.chosen.emit(key.text())

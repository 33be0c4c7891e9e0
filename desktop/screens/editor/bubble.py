"""A message as the person will see it: a bubble on the ground of a chat, with time and ticks."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.screens.editor.picture import rounded
from desktop.widgets.card import well
from desktop.widgets.labels import ElidedLabel, IconLabel, label, rule
from desktop.widgets.tokens import RADIUS_L, RADIUS_M, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, current_tokens

_TAIL = 8
_MOST_WIDTH = 300
_PICTURE = QSize(_MOST_WIDTH - 32, 280)


class Bubble(QWidget):
    """One outgoing message."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M + _TAIL, SPACE_S)
        layout.setSpacing(SPACE_XS)
        self.attachment = _Attachment()
        layout.addWidget(self.attachment)
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.text)
        self.footer = label("", "caption", wrap=True)
        self.footer.hide()
        layout.addWidget(self.footer)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_XS)
        foot.addStretch(1)
        self._time = label("", "caption")
        foot.addWidget(self._time)
        foot.addWidget(IconLabel("check-check", "info", 14))
        layout.addLayout(foot)
        self._buttons = _Buttons()
        layout.addWidget(self._buttons)

    def set_message(self, html: str, time: str, footer: str = "", buttons: Sequence[str] = ()) -> None:
        """`html` is made by `content.formatting`: everything that came from a person is escaped in it."""
        # The bundled font has no weight of 700: it would be smeared.
        self.text.setText(html.replace("<b>", '<b style="font-weight: 600">'))
        self.text.setVisible(bool(html))
        self._time.setText(time)
        self.footer.setText(footer)
        self.footer.setVisible(bool(footer))
        self._buttons.show_buttons(buttons)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current_tokens().success_soft))
        body = QRectF(self.rect()).adjusted(0, 0, -_TAIL, 0)
        path = QPainterPath()
        path.addRoundedRect(body, RADIUS_L, RADIUS_L)
        tail = QPainterPath()
        tail.moveTo(body.right() - RADIUS_L, body.top())
        tail.lineTo(body.right() + _TAIL, body.top())
        tail.lineTo(body.right(), body.top() + RADIUS_L)
        tail.closeSubpath()
        painter.drawPath(path.united(tail))


class _Buttons(QWidget):
    """What a template offers to tap, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, SPACE_XS, 0, 0)
        self._layout.setSpacing(SPACE_XS)
        self.texts: tuple[str, ...] = ()
        self.hide()

    def show_buttons(self, texts: Sequence[str]) -> None:
        """Show other buttons; they cannot be pressed here."""
        if tuple(texts) == self.texts:
            return
        self.texts = tuple(texts)
        while (item := self._layout.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.deleteLater()
        for text in texts:
            self._layout.addWidget(rule())
            shown = ElidedLabel(text, "strong")
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._layout.addWidget(shown)
        self.setVisible(bool(texts))


class _Attachment(QWidget):
    """The file above the text: a picture, or a card with its name."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACE_XS)
        self.picture = QLabel()
        layout.addWidget(self.picture)
        self.card = QFrame()
        self.card.setObjectName("card")
        row = QHBoxLayout(self.card)
        row.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        row.setSpacing(SPACE_S)
        self._icon = IconLabel("file-text", "accent_text", 24)
        row.addWidget(self._icon)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self.name = ElidedLabel("", "strong")
        self.about = ElidedLabel("", "caption")
        texts.addWidget(self.name)
        texts.addWidget(self.about)
        row.addLayout(texts, 1)
        layout.addWidget(self.card)
        self.hide()

    def show_picture(self, data: bytes) -> None:
        pixmap = QPixmap()
        pixmap.loadFromData(data)
        self.picture.setPixmap(rounded(pixmap, _PICTURE, RADIUS_M, self.devicePixelRatioF()))
        self.picture.setVisible(True)
        self.card.setVisible(False)
        self.setVisible(True)

    def show_card(self, icon_name: str, name: str, about: str) -> None:
        self._icon.set_icon(icon_name, "accent_text")
        self.name.setText(name)
        self.about.setText(about)
        self.picture.setVisible(False)
        self.card.setVisible(True)
        self.setVisible(True)


class Chat(QFrame):
    """The ground of a chat with one bubble at its right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        ground = well()
        outer.addWidget(ground)
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(SPACE_L, SPACE_L, SPACE_S, SPACE_L)
        self.bubble = Bubble()
        self.bubble.setMaximumWidth(_MOST_WIDTH)
        layout.addWidget(self.bubble, 0)
        self.note = label("", "muted", wrap=True)
        layout.addWidget(self.note)
        layout.addStretch(1)

    def show_message(self, html: str, time: str, footer: str = "", buttons: Sequence[str] = ()) -> None:
        """Show a message; `footer` and `buttons` are those of a template."""
        self.bubble.set_message(html, time, footer, buttons)
        self.bubble.setVisible(True)
        self.note.setVisible(False)

    def show_note(self, text: str) -> None:
        """Say why there is no message to show."""
        self.note.setText(text)
        self.note.setVisible(True)
        self.bubble.setVisible(False)

"""One number's way in for webhooks: its address, and what the gateway needs besides."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.operator import Deed
from desktop.viewmodels.receiver_settings import WayIn
from desktop.widgets.buttons import button
from desktop.widgets.card import well
from desktop.widgets.labels import ElidedLabel, label, set_role
from desktop.widgets.permissions import needs
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_M, SPACE_S, SPACE_XS


class WayRow(QWidget):
    """Signals:
    connect_requested(str), disconnect_requested(str), test_requested(str): name of the number.
    secret_given(str, str): name of the number, and the secret of its Meta app.
    """

    connect_requested = Signal(str)
    disconnect_requested = Signal(str)
    test_requested = Signal(str)
    secret_given = Signal(str, str)

    def __init__(self, way: WayIn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way = way
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = well()
        outer.addWidget(frame)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        layout.setSpacing(SPACE_XS)
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        self.name = ElidedLabel("", "strong")
        self.pill = StatusPill("", "neutral")
        head.addWidget(self.name, 1)
        head.addWidget(self.pill)
        layout.addLayout(head)
        self.url = ElidedLabel("", "caption")
        layout.addWidget(self.url)
        self.answer = label("", "caption", wrap=True)
        self.answer.hide()
        layout.addWidget(self.answer)
        layout.addSpacing(SPACE_XS)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_S)
        self.copy_url = button(self.tr("Copy address"), "secondary", "copy")
        self.copy_url.clicked.connect(self._on_copy_url)
        self.copy_token = button(self.tr("Copy verify token"), "secondary", "copy")
        self.copy_token.clicked.connect(self._on_copy_token)
        self.connect_button = button(self.tr("Tell the gateway"), "secondary")
        self.connect_button.clicked.connect(self._on_connect)
        self.disconnect_button = button(self.tr("Undo"), "ghost")
        self.disconnect_button.clicked.connect(self._on_disconnect)
        self.test_button = button(self.tr("Test"), "ghost")
        self.test_button.clicked.connect(self._on_test)
        for part in (self.copy_url, self.copy_token, self.connect_button, self.disconnect_button, self.test_button):
            foot.addWidget(part)
        foot.addStretch(1)
        layout.addLayout(foot)
        self.secret_row = QWidget()
        secret = QHBoxLayout(self.secret_row)
        secret.setContentsMargins(0, SPACE_XS, 0, 0)
        secret.setSpacing(SPACE_S)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setPlaceholderText(self.tr("App secret, from the basic settings of the Meta app"))
        self.secret.setAccessibleName(self.tr("App secret"))
        self.secret.returnPressed.connect(self._on_secret)
        self.keep_button = button(self.tr("Keep"), "secondary")
        for part in (self.connect_button, self.disconnect_button, self.keep_button):
            needs(part, Deed.SETTINGS)
        self.keep_button.clicked.connect(self._on_secret)
        secret.addWidget(self.secret, 1)
        secret.addWidget(self.keep_button)
        layout.addWidget(self.secret_row)
        self.show_way(way)

    def show_way(self, way: WayIn) -> None:
        self._way = way
        self.name.setText(f"{way.name} · {way.gateway}")
        self.url.setText(way.url)
        if way.is_ready:
            self.pill.set_status(self.tr("Ready"), "success")
        else:
            self.pill.set_status(self.tr("The app secret is missing"), "warning")
        self.copy_token.setVisible(way.verify_token is not None)
        self.connect_button.setVisible(not way.is_by_hand)
        self.disconnect_button.setVisible(not way.is_by_hand)
        self.secret_row.setVisible(way.is_by_hand)

    def show_answer(self, tone: str, text: str) -> None:
        """Show what was done, or what a test came to."""
        set_role(self.answer, "role", "error" if tone == "danger" else "caption")
        self.answer.setText(text)
        self.answer.show()

    def _on_copy_url(self) -> None:
        QGuiApplication.clipboard().setText(self._way.url)
        self.show_answer("success", self.tr("The address is in the clipboard. Whoever knows it can post to it."))

    def _on_copy_token(self) -> None:
        QGuiApplication.clipboard().setText(self._way.verify_token or "")
        self.show_answer("success", self.tr("The verify token is in the clipboard."))

    def _on_connect(self) -> None:
        self.connect_requested.emit(self._way.name)

    def _on_disconnect(self) -> None:
        self.disconnect_requested.emit(self._way.name)

    def _on_test(self) -> None:
        self.test_requested.emit(self._way.name)

    def _on_secret(self) -> None:
        self.secret_given.emit(self._way.name, self.secret.text())
        self.secret.clear()

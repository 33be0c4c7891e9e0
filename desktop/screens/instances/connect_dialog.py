"""Connecting a number with its phone: the QR code, how long it lasts, and the good news."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.instance import Instance
from desktop.viewmodels import wording
from desktop.viewmodels.pairing import CODE_LASTS_S, PairingStep, PairingViewModel
from desktop.widgets.buttons import button
from desktop.widgets.labels import label
from desktop.widgets.medallion import Medallion
from desktop.widgets.progress import ProgressBar
from desktop.widgets.qr_view import QrView
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

_WIDTH = 620
_CODE_WIDTH = 296
_SOON_S = 10


class ConnectDialog(QDialog):
    """Shows what the view-model finds out; closing it ends the asking."""

    def __init__(self, instance: Instance, model: PairingViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._name = instance.name
        self.setWindowTitle(self.tr("Connect {name}").format(name=instance.name))
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_XL)
        columns.addLayout(self._build_picture())
        columns.addLayout(self._build_words(), 1)
        layout.addLayout(columns)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.close_button = button(self.tr("Cancel"))
        self.close_button.clicked.connect(self.accept)
        buttons.addWidget(self.close_button)
        layout.addLayout(buttons)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        self.finished.connect(self._on_finished)
        model.begin(instance.id)

    def _build_picture(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE_M)
        place = QWidget()
        place.setFixedSize(_CODE_WIDTH, _CODE_WIDTH)
        self._stack = QStackedLayout(place)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.qr = QrView()
        self._stack.addWidget(self.qr)
        self._state = QWidget()
        state = QVBoxLayout(self._state)
        self._medallion = Medallion("qr-code", "neutral", 96)
        state.addStretch(1)
        state.addWidget(self._medallion, 0, Qt.AlignmentFlag.AlignHCenter)
        state.addStretch(1)
        self._stack.addWidget(self._state)
        column.addWidget(place)
        self.time_left = ProgressBar(4)
        self.time_left.setFixedWidth(_CODE_WIDTH)
        self.time_note = label("", "caption")
        column.addWidget(self.time_left)
        column.addWidget(self.time_note)
        column.addStretch(1)
        return column

    def _build_words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE_M)
        self.title = label("", "section", wrap=True)
        self.text = label("", "muted", wrap=True)
        column.addWidget(self.title)
        column.addWidget(self.text)
        self._steps = QWidget()
        steps = QVBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(SPACE_S)
        for number, words in enumerate(
            (
                self.tr("Open WhatsApp on the phone of this number."),
                self.tr("Go to Settings, then Linked devices."),
                self.tr("Tap Link a device and point the phone at this code."),
            ),
            start=1,
        ):
            steps.addWidget(label(f"{number}.  {words}", "body", wrap=True))
        column.addWidget(self._steps)
        self.pairing_code = label("", "title", selectable=True)
        self.pairing_note = label(self.tr("or type this code on the phone"), "caption")
        column.addWidget(self.pairing_note)
        column.addWidget(self.pairing_code)
        column.addStretch(1)
        return column

    def _show(self) -> None:
        model = self._model
        step = model.step
        is_showing = step is PairingStep.SHOWING and model.qr_text is not None
        self.qr.show_text(model.qr_text)
        self._stack.setCurrentWidget(self.qr if is_showing else self._state)
        titles = {
            PairingStep.ASKING: self.tr("Asking for a code…"),
            PairingStep.SHOWING: self.tr("Scan this code with the phone"),
            PairingStep.UNREACHABLE: self.tr("The gateway does not answer"),
            PairingStep.CONNECTED: self.tr("Connected"),
        }
        texts = {
            PairingStep.ASKING: self.tr("The gateway is preparing it; this takes a few seconds."),
            PairingStep.SHOWING: "",
            PairingStep.UNREACHABLE: self.tr("It is asked again every few seconds. Check that the gateway runs."),
            PairingStep.CONNECTED: self.tr("{name} can send now. You may close this window.").format(name=self._name),
        }
        self.title.setText(titles[step])
        self.text.setText(texts[step])
        self.text.setVisible(bool(texts[step]))
        self._steps.setVisible(step in (PairingStep.ASKING, PairingStep.SHOWING))
        pictures = {PairingStep.UNREACHABLE: ("unplug", "warning"), PairingStep.CONNECTED: ("circle-check", "success")}
        self._medallion.set_picture(*pictures.get(step, ("qr-code", "neutral")))
        self.pairing_code.setText(model.pairing_code or "")
        for part in (self.pairing_code, self.pairing_note):
            part.setVisible(step is PairingStep.SHOWING and bool(model.pairing_code))
        self._show_time_left()
        self.close_button.setText(self.tr("Done") if step is PairingStep.CONNECTED else self.tr("Cancel"))

    def _show_time_left(self) -> None:
        model = self._model
        is_showing = model.step is PairingStep.SHOWING
        for part in (self.time_left, self.time_note):
            part.setVisible(is_showing)
        self.time_left.set_share(model.left_s / CODE_LASTS_S, "warning" if model.left_s <= _SOON_S else "accent_text")
        if model.left_s > 0:
            self.time_note.setText(self.tr("A new code comes in {seconds} s").format(seconds=model.left_s))
        else:
            self.time_note.setText(self.tr("Waiting for a new code…"))

    def _on_failed(self, error: KnownError) -> None:
        text, hint = wording.error(error)
        self.title.setText(text)
        self.text.setText(hint)
        self.text.setVisible(bool(hint))

    def _on_finished(self, _code: int) -> None:
        self._model.end()
        self.deleteLater()

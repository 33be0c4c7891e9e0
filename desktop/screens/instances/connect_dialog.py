"""Connecting a number with its phone: by QR code or by a code that is typed there, and the good news."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.instance import Instance
from desktop.viewmodels import instance_words
from desktop.viewmodels.pairing import PairingStep, PairingViewModel
from desktop.widgets.buttons import button
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.medallion import Medallion
from desktop.widgets.progress import ProgressBar
from desktop.widgets.qr_view import QrView
from desktop.widgets.segmented import SegmentedControl
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
        self._refusal = ""
        self.setWindowTitle(self.tr("Connect {name}").format(name=instance.name))
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        self.ways = SegmentedControl(
            [("qr", self.tr("QR code")), ("phone", self.tr("Code by phone number"))], self.tr("How to connect")
        )
        self.ways.chosen.connect(self._on_way_chosen)
        layout.addWidget(self.ways)
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_XL)
        columns.addLayout(self._build_picture())
        columns.addLayout(self._build_words(instance.phone), 1)
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

    def _build_words(self, instance_phone: str | None) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE_M)
        self.title = label("", "section", wrap=True)
        self.text = label("", "muted", wrap=True)
        column.addWidget(self.title)
        column.addWidget(self.text)
        self._steps = _numbered(
            self.tr("Open WhatsApp on the phone of this number."),
            self.tr("Go to Settings, then Linked devices."),
            self.tr("Tap Link a device and point the phone at this code."),
        )
        column.addWidget(self._steps)
        self._phone = self._build_phone(instance_phone)
        column.addWidget(self._phone)
        self._typing_steps = _numbered(
            self.tr("On that phone, open WhatsApp, Settings, Linked devices."),
            self.tr("Tap Link a device, then Link with phone number instead."),
            self.tr("Type this code there."),
        )
        column.addWidget(self._typing_steps)
        self.pairing_code = label("", "title", selectable=True)
        self.pairing_note = label(self.tr("or type this code on the phone"), "caption")
        column.addWidget(self.pairing_note)
        column.addWidget(self.pairing_code)
        column.addStretch(1)
        return column

    def _build_phone(self, phone: str | None) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        self.phone_field = QLineEdit(phone or "")
        self.phone_field.setPlaceholderText("+55 11 91234-5678")
        self.phone_row = FormRow(self.tr("Phone of this number, with area code"), self.phone_field)
        column.addWidget(self.phone_row)
        self.code_button = button(self.tr("Get the code"), "secondary", "key-round")
        self.code_button.setAutoDefault(False)
        self.code_button.clicked.connect(self._on_code_wanted)
        self.phone_field.returnPressed.connect(self._on_code_wanted)
        column.addWidget(self.code_button, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _show(self) -> None:
        model = self._model
        step = model.step
        is_by_phone = self.ways.current == "phone" and step is not PairingStep.CONNECTED
        if is_by_phone and model.phone is None:
            step = PairingStep.ASKING  # what the gateway shows meanwhile is for the other way
        is_showing = step is PairingStep.SHOWING and model.qr_text is not None and not is_by_phone
        self.qr.show_text(model.qr_text)
        self._stack.setCurrentWidget(self.qr if is_showing else self._state)
        titles = {
            PairingStep.ASKING: self.tr("Asking for a code…"),
            PairingStep.SHOWING: self.tr("Scan this code with the phone"),
            PairingStep.UNREACHABLE: self.tr("The gateway does not answer"),
            PairingStep.REFUSED: self.tr("No code for this phone"),
            PairingStep.CONNECTED: self.tr("Connected"),
        }
        texts = {
            PairingStep.ASKING: self.tr("The gateway is preparing it; this takes a few seconds."),
            PairingStep.SHOWING: "",
            PairingStep.UNREACHABLE: self.tr("It is asked again every few seconds. Check that the gateway runs."),
            PairingStep.REFUSED: self._refusal,
            PairingStep.CONNECTED: self.tr("{name} can send now. You may close this window.").format(name=self._name),
        }
        title, text = titles[step], texts[step]
        if is_by_phone and model.phone is None:
            title, text = self.tr("Connect without the camera"), self.tr("The phone gets no message: you type a code.")
        elif is_by_phone and step is PairingStep.SHOWING:
            title = self.tr("Type this code on the phone")
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self._phone.setVisible(is_by_phone)
        is_asking = is_by_phone and model.phone is not None and step is PairingStep.ASKING
        self.code_button.setEnabled(not is_asking)
        self.code_button.setText(
            self.tr("Get a new code") if model.pairing_code and model.phone else self.tr("Get the code")
        )
        self._typing_steps.setVisible(is_by_phone and step is PairingStep.SHOWING)
        self._steps.setVisible(not is_by_phone and step in (PairingStep.ASKING, PairingStep.SHOWING))
        self.ways.setVisible(step is not PairingStep.CONNECTED)
        pictures = {PairingStep.UNREACHABLE: ("unplug", "warning"), PairingStep.CONNECTED: ("circle-check", "success")}
        self._medallion.set_picture(*pictures.get(step, ("qr-code", "neutral")))
        self.pairing_code.setText(model.pairing_code or "")
        has_code = step is PairingStep.SHOWING and bool(model.pairing_code)
        self.pairing_code.setVisible(has_code)
        self.pairing_note.setVisible(has_code and not is_by_phone)
        self._show_time_left()
        self.close_button.setText(self.tr("Done") if step is PairingStep.CONNECTED else self.tr("Cancel"))

    def _show_time_left(self) -> None:
        model = self._model
        is_showing = model.step is PairingStep.SHOWING and model.qr_text is not None and self.ways.current == "qr"
        for part in (self.time_left, self.time_note):
            part.setVisible(is_showing)
        self.time_left.set_share(model.left_s / model.lasts_s, "warning" if model.left_s <= _SOON_S else "accent_text")
        if model.left_s > 0:
            self.time_note.setText(self.tr("A new code comes in {seconds} s").format(seconds=model.left_s))
        else:
            self.time_note.setText(self.tr("Waiting for a new code…"))

    def _on_way_chosen(self, way: str) -> None:
        self.phone_row.set_error("")
        if way == "qr" and self._model.phone is not None:
            self._model.show_qr()
        self._show()
        if way == "phone":
            self.phone_field.setFocus()

    def _on_code_wanted(self) -> None:
        is_phone = self._model.ask_for_code(self.phone_field.text())
        self.phone_row.set_error("" if is_phone else self.tr("This is not a phone number."))

    def _on_failed(self, error: KnownError) -> None:
        text, hint = instance_words.refusal(error)
        self._refusal = f"{text} {hint}".strip()
        if self._model.step is PairingStep.REFUSED:
            self._show()
            return
        self.title.setText(text)
        self.text.setText(hint)
        self.text.setVisible(bool(hint))

    def _on_finished(self, _code: int) -> None:
        self._model.end()
        self.deleteLater()


def _numbered(*steps: str) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE_S)
    for number, words in enumerate(steps, start=1):
        column.addWidget(label(f"{number}.  {words}", "body", wrap=True))
    return part

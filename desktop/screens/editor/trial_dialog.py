"""Asks through which number and to which phone a test of the message is sent, and says what became of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.viewmodels import formats, phone_words, wording
from desktop.viewmodels.editor_trial import TrialViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.fields import ChoiceField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 460


class TrialDialog(QDialog):
    """Stays open after a test: one looks at the phone, changes a word and sends another."""

    def __init__(self, model: TrialViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setWindowTitle(self.tr("Send a test to yourself"))
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(label(self.windowTitle(), "section"))
        self.about = label("", "muted", wrap=True)
        layout.addWidget(self.about)
        self.banner = Banner(closable=False)
        layout.addWidget(self.banner)
        self.phone = QLineEdit()
        self.phone.setPlaceholderText("+55 11 98765-4321")
        self.phone.textEdited.connect(self._on_phone_edited)
        self.phone_row = FormRow(self.tr("Your phone"), self.phone, self.tr("Remembered for the next test."))
        layout.addWidget(self.phone_row)
        self.number = ChoiceField()
        self.number.activated.connect(self._on_number_chosen)
        self.number_row = FormRow(
            self.tr("Through the number"), self.number, self.tr("The test counts against its limits like any message.")
        )
        layout.addWidget(self.number_row)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_S)
        foot.addStretch(1)
        self.close_button = button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.send_button = button(self.tr("Send test"), "primary", "send")
        self.send_button.setDefault(True)
        self.send_button.clicked.connect(self._on_send)
        foot.addWidget(self.close_button)
        foot.addWidget(self.send_button)
        layout.addLayout(foot)
        model.changed.connect(self._show)
        model.sent.connect(self._on_sent)
        model.failed.connect(self._on_failed)
        model.open()
        self._show()
        self.phone.setFocus()

    def _show(self) -> None:
        model = self._model
        name = model.reader_name
        self.about.setText(
            self.tr("The chosen variation, as {name} would read it. No campaign counts it.").format(name=name)
            if name
            else self.tr("The chosen variation. No campaign counts it.")
        )
        if self.phone.text() != model.phone:
            self.phone.setText(model.phone)
        names = [number.name for number in model.numbers]
        if [self.number.itemData(n) for n in range(self.number.count())] != names:
            self.number.clear()
            for number in model.numbers:
                self.number.addItem(f"{number.name} · {wording.gateway(number.gateway)}", number.name)
        self.number.setCurrentIndex(self.number.findData(model.number))
        wrong = model.wrong_phone() if model.phone.strip() else None
        self.phone_row.set_error(phone_words.phone_reason(wrong).capitalize() if wrong else "")
        self.number_row.set_error("" if names else self.tr("There is no number yet: add one in Instances."))
        self.send_button.setEnabled(model.can_send)
        self.send_button.setText(self.tr("Sending…") if model.is_sending else self.tr("Send test"))
        self._fit()

    def _fit(self) -> None:
        """Be as high as the texts need: a dialog asks its layout for a height before it knows its width."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def _on_phone_edited(self, text: str) -> None:
        self.banner.hide()
        self._model.set_phone(text)
        self._fit()

    def _on_number_chosen(self, _index: int) -> None:
        self._model.set_number(str(self.number.currentData()))

    def _on_send(self) -> None:
        self.banner.hide()
        self._model.send()

    def _on_sent(self, phone: str) -> None:
        text = self.tr("Sent to {phone}. Look at your phone.").format(phone=formats.phone(phone))
        self.banner.show_message("success", text)
        self._fit()

    def _on_failed(self, error: KnownError) -> None:
        text, hint = wording.error(error)
        why = wording.reason(str(error.facts["reason"])) if "reason" in error.facts else ""
        self.banner.show_message("danger", text, why or hint)
        self._fit()

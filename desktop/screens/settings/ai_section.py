"""Help with writing from an AI, in the settings: off unless it is switched on here."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.operator import Deed
from desktop.viewmodels import ai_words
from desktop.viewmodels.ai_settings import AiSettingsViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.fields import DecimalField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import SPACE_M, SPACE_S

_PROMPT_HEIGHT = 96
_PRICE_WIDTH = 150


class AiSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: AiSettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("AiSection", "Help with writing (AI)"),
            QCoreApplication.translate(
                "AiSection",
                "Proposes variations of a message in the editor, for you to accept, change or reject. "
                "Only your own text is sent there, with marks in the place of variables: no name, phone or field of "
                "a contact. Nothing is asked while messages are being sent.",
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.box = QCheckBox(self.tr("Use an AI endpoint (OpenAI-compatible)"))
        needs(self.box, Deed.SETTINGS)
        self.box.clicked.connect(model.set_enabled)
        self.body.addWidget(self.box)
        self.fields = QWidget()
        self._build_fields()
        self.body.addWidget(self.fields)
        self.usage = label("", "caption", wrap=True)
        self.failure = label("", "error", wrap=True)
        self.body.addWidget(self.usage)
        self.body.addWidget(self.failure)
        model.changed.connect(self._show)
        model.tried.connect(self._on_tried)
        model.failed.connect(self._on_failed)
        self._show()

    def _build_fields(self) -> None:
        layout = QVBoxLayout(self.fields)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        self.url = QLineEdit()
        self.url.setPlaceholderText("https://api.example.com/v1")
        self.url.editingFinished.connect(self._on_edited)
        layout.addWidget(FormRow(self.tr("Address"), self.url, self.tr("Up to and with the version of the API.")))
        self.model_name = QLineEdit()
        self.model_name.editingFinished.connect(self._on_edited)
        layout.addWidget(FormRow(self.tr("Model"), self.model_name))
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.editingFinished.connect(self._on_key)
        self.key_row = FormRow(self.tr("Key"), self.key, " ")
        layout.addWidget(self.key_row)
        self.prompt = QPlainTextEdit()
        self.prompt.setFixedHeight(_PROMPT_HEIGHT)
        self.prompt.setTabChangesFocus(True)
        layout.addWidget(FormRow(self.tr("How it should write (system prompt)"), self.prompt))
        prices = QHBoxLayout()
        prices.setSpacing(SPACE_M)
        self.price_in, self.price_out = DecimalField(0, 100_000, 0), DecimalField(0, 100_000, 0)
        self.currency = QLineEdit()
        self.currency.setMaxLength(3)
        for text, field in (
            (self.tr("Price per million read"), self.price_in),
            (self.tr("Price per million written"), self.price_out),
            (self.tr("Currency"), self.currency),
        ):
            field.setFixedWidth(_PRICE_WIDTH)
            prices.addWidget(FormRow(text, field))
            field.editingFinished.connect(self._on_edited)
        for field in (self.price_in, self.price_out):
            field.setDecimals(2)
        prices.addStretch(1)
        layout.addLayout(prices)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.save_button = button(self.tr("Save"), "secondary", "save")
        self.save_button.clicked.connect(self._on_edited)
        self.try_button = button(self.tr("Test it"), "secondary", "plug-zap")
        self.try_button.clicked.connect(self._on_try)
        self.answer = label("", "caption", wrap=True)
        for part in (self.url, self.model_name, self.key, self.prompt, self.save_button, self.try_button):
            needs(part, Deed.SETTINGS)
        row.addWidget(self.save_button)
        row.addWidget(self.try_button)
        row.addWidget(self.answer, 1)
        layout.addLayout(row)

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self.key.clear()
        self._on_edited()
        self._model.deactivate()

    def _show(self) -> None:
        model, settings = self._model, self._model.settings
        self.box.setChecked(settings.is_enabled)
        self.fields.setVisible(settings.is_enabled)
        for field, text in ((self.url, settings.url), (self.model_name, settings.model)):
            if not field.hasFocus():
                field.setText(text)
        if not self.prompt.hasFocus() and self.prompt.toPlainText() != settings.system_prompt:
            self.prompt.setPlainText(settings.system_prompt)
        for price, value in ((self.price_in, settings.price_in), (self.price_out, settings.price_out)):
            if not price.hasFocus():
                price.setValue(value)
        if not self.currency.hasFocus():
            self.currency.setText(settings.currency)
        self.key.setPlaceholderText("••••••••••••" if model.has_key else "")
        self.key_row.set_hint(
            self.tr("It is in the keyring of this computer. Type another one to replace it.")
            if model.has_key
            else self.tr("It goes into the keyring of this computer. An endpoint on this computer may need none.")
        )
        self.try_button.setEnabled(settings.is_ready and not model.is_trying)
        self.try_button.setText(self.tr("Asking…") if model.is_trying else self.tr("Test it"))
        self.usage.setText(ai_words.usage(model.usage, settings))
        self.usage.setVisible(settings.is_enabled or bool(model.usage.requests))
        failure = ai_words.last_failure(model.usage)
        self.failure.setText(failure)
        self.failure.setVisible(bool(failure))

    def _on_edited(self) -> None:
        settings = replace(
            self._model.settings,
            url=self.url.text().strip().rstrip("/"),
            model=self.model_name.text().strip(),
            system_prompt=self.prompt.toPlainText().strip(),
            price_in=self.price_in.value(),
            price_out=self.price_out.value(),
            currency=self.currency.text().strip().upper() or "BRL",
        )
        if self._model.settings.is_enabled:
            self._model.change(settings)

    def _on_key(self) -> None:
        if self.key.text():
            key = self.key.text()
            self.key.clear()
            self._model.set_key(key)

    def _on_try(self) -> None:
        self.answer.clear()
        self._on_edited()
        self._model.try_out()

    def _on_tried(self) -> None:
        self.answer.setText(self.tr("It answers."))

    def _on_failed(self, error: object) -> None:
        self.answer.clear()
        self.failed.emit(error)

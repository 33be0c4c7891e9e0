"""What the settings say of people: the confirmation of an opt-out, and who is not on WhatsApp."""

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from desktop.domain.operator import Deed
from desktop.viewmodels.people_settings import PeopleSettingsViewModel
from desktop.widgets.card import Card
from desktop.widgets.form import FormRow
from desktop.widgets.permissions import needs


class ReplyField(QPlainTextEdit):
    """Signals:
    finished(str): the operator left the field; this is what is in it.
    """

    finished = Signal(str)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.type() is QEvent.Type.FocusOut:
            self.finished.emit(self.toPlainText())


class OptOutReplySection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: PeopleSettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("OptOutReplySection", "Confirmation of an opt-out"),
            QCoreApplication.translate(
                "OptOutReplySection",
                "One short answer, once for each person ever, from the number that got the word and within its limits.",
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.box = QCheckBox(self.tr("Answer who opts out by a word"))
        needs(self.box, Deed.SETTINGS)
        self.box.clicked.connect(model.set_reply_enabled)
        self.body.addWidget(self.box)
        self.text = ReplyField()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(76)
        self.text.finished.connect(model.set_reply_text)
        self.row = FormRow(
            self.tr("Text"),
            self.text,
            self.tr("Without variables. Only opt-outs after it was switched on are answered."),
        )
        self.body.addWidget(self.row)
        model.changed.connect(self._show)
        model.failed.connect(self.failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        """Nothing to stop: settings change by hand only."""

    def _show(self) -> None:
        reply = self._model.settings.reply
        self.box.setChecked(reply.is_enabled)
        self.row.setVisible(reply.is_enabled)
        if not self.text.hasFocus() and self.text.toPlainText() != reply.text:
            self.text.setPlainText(reply.text)


class AbsentSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: PeopleSettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("AbsentSection", "People who are not on WhatsApp"),
            QCoreApplication.translate(
                "AbsentSection",
                "Who was checked in the last seven days and not found there is left out, with that reason. "
                "Check them in Contacts.",
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.box = QCheckBox(self.tr("Leave out who is known not to be on WhatsApp"))
        needs(self.box, Deed.SETTINGS)
        self.box.clicked.connect(model.set_skips_absent)
        self.body.addWidget(self.box)
        model.changed.connect(self._show)
        model.failed.connect(self.failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        """Nothing to stop: settings change by hand only."""

    def _show(self) -> None:
        self.box.setChecked(self._model.settings.skips_absent)

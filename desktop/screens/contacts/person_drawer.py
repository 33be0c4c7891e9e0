"""One person at the side of the list: fields that are edited in place, consent, and every message with its fate."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.contact import Contact, ContactMessage
from desktop.domain.operator import Deed as Right
from desktop.screens.contacts.person_dialogs import ConsentDialog, FieldDialog
from desktop.viewmodels import formats, person, wording
from desktop.viewmodels.contacts_model import consent_tone
from desktop.viewmodels.person import PersonViewModel
from desktop.viewmodels.person_events import PersonAsked
from desktop.widgets.buttons import button
from desktop.widgets.dialogs import Question, ask
from desktop.widgets.drawer import Drawer, column
from desktop.widgets.form import FormRow
from desktop.widgets.labels import ElidedLabel, label, rule
from desktop.widgets.permissions import needs
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XS


class PersonDrawer(Drawer):
    """Hidden until its view-model has somebody.

    Signals:
        rebuilt: the content was made anew (for whoever looks into it).
        events_requested(object): what happened to this person (`PersonAsked`) is to be shown.
    """

    rebuilt = Signal()
    events_requested = Signal(object)

    def __init__(self, model: PersonViewModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Close"), parent)
        self._model = model
        self.name_field = QLineEdit()
        self.fields: dict[str, QLineEdit] = {}
        first = QHBoxLayout()
        first.setSpacing(SPACE_S)
        self.consent_button = button(self.tr("Record consent…"), "secondary")
        self.consent_button.clicked.connect(self.ask_for_consent)
        needs(self.consent_button, Right.PEOPLE)
        first.addWidget(self.consent_button)
        self.export_button = button(self.tr("Export data…"), "ghost")
        self.export_button.setToolTip(self.tr("Everything that is kept about this person, in one file for them."))
        self.export_button.clicked.connect(self._on_export)
        needs(self.export_button, Right.EXPORT)
        first.addWidget(self.export_button)
        first.addStretch(1)
        self.foot.addLayout(first)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.opt_button = button("", "secondary")
        needs(self.opt_button, Right.PEOPLE)
        self.opt_button.clicked.connect(self._on_opt)
        row.addWidget(self.opt_button)
        row.addStretch(1)
        self.erase_button = button(self.tr("Erase…"), "danger-ghost", "trash-2")
        needs(self.erase_button, Right.DELETE)
        self.erase_button.clicked.connect(self.ask_to_erase)
        row.addWidget(self.erase_button)
        self.foot.addLayout(row)
        model.changed.connect(self._show)
        model.edited.connect(self._on_edited)
        self.closed.connect(model.close)

    # Showing

    def _show(self) -> None:
        history = self._model.history
        if history is None:
            self.hide()
            return
        who = history.contact
        content, layout = column()
        if who.opted_out_at:
            said = self.tr("Opted out")
        else:
            said = self.tr("Consent recorded") if who.is_consented else self.tr("No consent recorded")
        pill = StatusPill(said, consent_tone(who))
        layout.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(label(formats.phone(who.phone), "strong", selectable=True))
        self._add_fields(layout)
        if who.tags:
            layout.addWidget(label(self.tr("Tags"), "overline"))
            layout.addWidget(label(", ".join(who.tags), wrap=True, selectable=True))
        layout.addWidget(label(self.tr("Consent"), "overline"))
        layout.addLayout(_grid(person.consent_lines(history)))
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Messages"), "overline"), 1)
        self.events_button = button(self.tr("What happened"), "link", "scroll-text")
        self.events_button.setToolTip(self.tr("Everything in the log that concerns this person."))
        self.events_button.clicked.connect(self._on_events)
        head.addWidget(self.events_button)
        layout.addLayout(head)
        if not history.messages:
            layout.addWidget(label(self.tr("Nothing was sent to this person yet."), "muted", wrap=True))
        for message in history.messages:
            layout.addWidget(rule())
            layout.addLayout(_message(message))
        layout.addStretch(1)
        self.consent_button.setVisible(who.opted_out_at is None and not who.is_consented)
        self.opt_button.setText(self.tr("Agreed again…") if who.opted_out_at else self.tr("Opt out…"))
        self.set_content(who.name or formats.phone(who.phone), content)
        self.rebuilt.emit()

    def _on_edited(self, person: Contact) -> None:
        """Name the person anew; the fields stay, because somebody types in them."""
        history = self._model.history
        if history is not None and history.contact.id == person.id:
            self.title.setText(person.name or formats.phone(person.phone))

    def _add_fields(self, layout: QVBoxLayout) -> None:
        history = self._model.history
        assert history is not None
        who = history.contact
        self.name_field = QLineEdit(who.name)
        self.name_field.setPlaceholderText(self.tr("No name"))
        self.name_field.editingFinished.connect(self._on_name_edited)
        layout.addWidget(FormRow(self.tr("Name"), self.name_field))
        self.fields = {}
        for key, value in who.custom.items():
            field = QLineEdit(value)
            field.setCursorPosition(0)
            field.setProperty("key", key)
            field.editingFinished.connect(self._on_field_edited)
            layout.addWidget(FormRow(key, field))
            self.fields[key] = field
        self.add_field_button = button(self.tr("Add a field"), "link", "plus")
        self.add_field_button.clicked.connect(self.ask_for_field)
        needs(self.add_field_button, Right.PEOPLE)
        layout.addWidget(self.add_field_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.name_field.setCursorPosition(0)

    # Doing

    def ask_for_field(self) -> FieldDialog | None:
        """Ask for a field that the person does not have yet."""
        history = self._model.history
        if history is None:
            return None
        dialog = FieldDialog(self, self._model.known_fields, list(history.contact.custom), self._model.set_field)
        dialog.open()
        return dialog

    def ask_for_consent(self) -> ConsentDialog | None:
        """Ask how the person agreed, before that is recorded."""
        history = self._model.history
        if history is None:
            return None
        dialog = ConsentDialog(self, self._model.opt_in, is_again=history.contact.opted_out_at is not None)
        dialog.open()
        return dialog

    def _on_events(self) -> None:
        history = self._model.history
        if history is not None:
            who = history.contact
            self.events_requested.emit(PersonAsked(who.id, who.name or formats.phone(who.phone)))

    def _on_export(self) -> None:
        history = self._model.history
        if history is None:
            return
        dialog = QFileDialog(self, self.tr("Export everything about this person"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("JSON (*.json)"))
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"{history.contact.phone.lstrip('+')}.json")
        dialog.fileSelected.connect(self._on_export_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_export_chosen(self, name: str) -> None:
        self._model.export(Path(name))

    def _on_name_edited(self) -> None:
        self._model.rename(self.name_field.text())

    def _on_field_edited(self) -> None:
        field = self.sender()
        if isinstance(field, QLineEdit):
            self._model.set_field(str(field.property("key")), field.text())

    def _on_opt(self) -> None:
        history = self._model.history
        if history is None:
            return
        if history.contact.opted_out_at is None:
            self.question = ask(
                self,
                self.tr("Never send to this person again?"),
                self.tr("They are left out of every campaign, also of those that are running, until they agree again."),
                self.tr("Opt out"),
                self.tr("Cancel"),
                self._on_opt_out_answered,
                tone="warning",
            )
        else:
            self.ask_for_consent()

    def _on_opt_out_answered(self, answer: str) -> None:
        if answer == "yes":
            self._model.opt_out()

    def ask_to_erase(self) -> Question:
        """Ask before a person is erased for good."""
        self.question = ask(
            self,
            self.tr("Erase this person?"),
            self.tr(
                "Name, phone, fields, tags and consent are erased, and the phone disappears from all campaigns and "
                "messages. What stays: the counts of past campaigns, the log without the person, and a mark that "
                "cannot be read back, so that this phone is never written to again even if it is imported. "
                "This cannot be undone."
            ),
            self.tr("Erase for good"),
            self.tr("Cancel"),
            self._on_erase_answered,
            tone="danger",
        )
        return self.question

    def _on_erase_answered(self, answer: str) -> None:
        if answer == "yes":
            self._model.erase()


def _grid(lines: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE_L)
    grid.setVerticalSpacing(SPACE_XS)
    grid.setColumnStretch(1, 1)
    for place, (name, value) in enumerate(lines):
        grid.addWidget(label(name, "caption"), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(value, "body", wrap=True, selectable=True), place, 1)
    return grid


def _message(message: ContactMessage) -> QVBoxLayout:
    block = QVBoxLayout()
    block.setSpacing(SPACE_XS)
    head = QHBoxLayout()
    head.setSpacing(SPACE_S)
    head.addWidget(ElidedLabel(message.campaign, "strong"), 1)
    head.addWidget(StatusPill(wording.recipient_status(message.status), wording.recipient_tone(message.status)))
    block.addLayout(head)
    if message.reason:
        block.addWidget(label(wording.reason(message.reason), "muted", wrap=True))
    block.addLayout(_grid(person.message_times(message)))
    return block

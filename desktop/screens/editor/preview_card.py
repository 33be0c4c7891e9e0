"""The right side of the message step: the message as one person reads it, and who cannot get it."""

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.screens.editor.attachment_panel import ICONS
from desktop.screens.editor.bubble import Chat
from desktop.screens.editor.lacking_dialog import LackingDialog
from desktop.screens.editor.preview_dialog import PreviewDialog
from desktop.screens.editor.reader_search import ReaderSearch
from desktop.screens.editor.trial_dialog import TrialDialog
from desktop.viewmodels import editor_words, formats, media_words
from desktop.viewmodels.editor_media import MediaViewModel
from desktop.viewmodels.editor_message import MessageViewModel, plain_html
from desktop.viewmodels.editor_tools import MessageTools
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.card import Card
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.tokens import SPACE_S

_MOST_LACKS = 6


class PreviewCard(Card):
    """Reads `MessageViewModel.preview`; changes nothing but the reader."""

    def __init__(
        self,
        model: MessageViewModel,
        media: MediaViewModel,
        tools: MessageTools,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(QCoreApplication.translate("PreviewCard", "As it will be read"), parent=parent)
        self._model = model
        self._media = media
        self._people = people = tools.people
        self._trial = tools.trial
        self._own_texts = tools.own_texts
        self._build_header()
        self._build_reader()
        self.chat = Chat()
        self.chat.setMinimumHeight(260)
        self.body.addWidget(self.chat)
        self.missing_label = label("", "error", wrap=True)
        self.body.addWidget(self.missing_label)
        self.own_label = label(self.tr("This person gets a text of their own."), "muted", wrap=True)
        self.body.addWidget(self.own_label)
        self.test_button = button(self.tr("Send a test to my phone"), "secondary", "smartphone")
        self.test_button.clicked.connect(self.open_trial)
        self.body.addWidget(self.test_button)
        self._build_lacks()
        model.text_changed.connect(self._show_text)
        model.preview_changed.connect(self._on_preview)
        self._own_texts.read_changed.connect(self._show)
        media.changed.connect(self._show)
        people.lacks_changed.connect(self._show_lacks)
        self._show_text()
        self._show()
        self._show_lacks()

    def _build_header(self) -> None:
        self.roll_button = icon_button("shuffle", self.tr("Show another choice of words"))
        self.roll_button.clicked.connect(self._model.roll)
        self.header.addWidget(self.roll_button)
        self.list_button = icon_button("layout-list", self.tr("Read it as each of the first people"))
        self.list_button.clicked.connect(self.open_previews)
        self.header.addWidget(self.list_button)

    def _build_reader(self) -> None:
        self.search = ReaderSearch(self._people)
        self.body.addWidget(self.search)
        reader = QHBoxLayout()
        reader.setSpacing(SPACE_S)
        self.previous_button = icon_button("chevron-left", self.tr("Previous contact"))
        self.previous_button.clicked.connect(self._on_previous)
        self.next_button = icon_button("chevron-right", self.tr("Next contact"))
        self.next_button.clicked.connect(self._on_next)
        self.reader_name = ElidedLabel("", "strong")
        self._reader_place = label("", "caption")
        reader.addWidget(self.reader_name, 1)
        reader.addWidget(self._reader_place)
        reader.addWidget(self.previous_button)
        reader.addWidget(self.next_button)
        self.body.addLayout(reader)

    def _build_lacks(self) -> None:
        self.lacks = QWidget()
        column = QVBoxLayout(self.lacks)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(self.tr("Who cannot get it like this"), "overline"))
        self.lack_buttons: list[QPushButton] = []
        for _ in range(_MOST_LACKS):
            link = button("", "link", "users")
            link.clicked.connect(self._on_lack)
            self.lack_buttons.append(link)
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.lacks)

    def open_previews(self) -> PreviewDialog:
        """Show the message as each of the first people reads it."""
        dialog = PreviewDialog(self._model.previews(), self)
        dialog.open()
        return dialog

    def open_lacking(self, field: str) -> LackingDialog:
        """Show who lacks a field."""
        dialog = LackingDialog(self._people, field, self)
        dialog.open()
        return dialog

    def open_trial(self) -> TrialDialog:
        """Ask where a test is to be sent."""
        dialog = TrialDialog(self._trial, self)
        dialog.open()
        return dialog

    # Showing

    def _show_text(self) -> None:
        self.roll_button.setVisible(self._model.facts.distinct_count > 1)

    def _show(self) -> None:
        preview = self._model.preview
        contact = preview.contact
        self.reader_name.setText((contact.name or formats.phone(contact.phone)) if contact else self.tr("Nobody yet"))
        has_several = preview.of > 1
        self.list_button.setEnabled(has_several and not self._model.facts.places)
        place = f"{preview.number} / {preview.of}" if preview.number and has_several else ""
        self._reader_place.setText(place)
        self.previous_button.setEnabled(has_several)
        self.next_button.setEnabled(has_several)
        self._show_attachment()
        message = self._model.message
        own = self._own_texts.accepted_text(contact.id) if contact and message.template is None else None
        self.own_label.setVisible(own is not None)
        self.test_button.setEnabled(preview.html is not None and not preview.missing)
        if own is not None:
            self.missing_label.hide()
            self.chat.show_message(plain_html(own), "10:24")
            return
        if not message.text.strip() and message.media is None and message.template is None:
            self.chat.show_note(self.tr("What you write appears here."))
        elif preview.html is not None:
            self.chat.show_message(preview.html, "10:24", preview.footer, preview.buttons)
        elif self._model.facts.places:
            self.chat.show_note(self.tr("Mend the marked places to see the message."))
        elif message.template is not None:
            self.chat.show_note(self.tr("The template is not in the list: read it again to see it."))
        else:
            self.chat.show_note(self.tr("The message cannot be written for this contact."))
        if preview.surplus:
            surplus = formats.number(preview.surplus)
            self.missing_label.setText(
                self.tr("Too long for this contact by {count} characters.").format(count=surplus)
            )
            self.missing_label.show()
            return
        names = ", ".join(editor_words.field_name(name) for name in preview.missing)
        self.missing_label.setText(
            self.tr("Missing for this contact: {fields}. Give the variable a text for that case.").format(fields=names)
        )
        self.missing_label.setVisible(bool(preview.missing))

    def _on_preview(self) -> None:
        contact = self._model.preview.contact
        self._own_texts.read_for(contact.id if contact else None)
        self._show()

    def _show_lacks(self) -> None:
        lacks = self._people.lacks
        self.lacks.setVisible(bool(lacks))
        for number, link in enumerate(self.lack_buttons):
            link.setVisible(number < len(lacks))
            if number < len(lacks):
                link.setText(editor_words.lack(lacks[number].field, lacks[number].count))

    def _show_attachment(self) -> None:
        shown, media, look = self.chat.bubble.attachment, self._media.media, self._media.look
        if media is None:
            shown.hide()
        elif media.kind == "image" and look is not None and look.thumbnail is not None:
            shown.show_picture(look.thumbnail)
        else:
            facts = look.facts if look else None
            about = media_words.described(facts) if facts else ""
            shown.show_card(ICONS[media.kind], facts.name if facts else PurePath(media.path).name, about)

    # Doing

    def _on_lack(self) -> None:
        link = self.sender()
        if isinstance(link, QPushButton) and link in self.lack_buttons:
            self.open_lacking(self._people.lacks[self.lack_buttons.index(link)].field)

    def _on_previous(self) -> None:
        self._model.show_next(-1)

    def _on_next(self) -> None:
        self._model.show_next()

"""Step "message": the variations at the left; at the right, at every key, what one person will read."""

from pathlib import Path

from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.screens.editor.attachment_panel import ICONS, AttachmentPanel, dropped_path
from desktop.screens.editor.bubble import Chat
from desktop.screens.editor.emoji_menu import EmojiMenu
from desktop.screens.editor.layout import TwoColumns
from desktop.screens.editor.message_field import MessageField
from desktop.screens.editor.optimise_row import OptimiseRow
from desktop.screens.editor.preview_dialog import PreviewDialog
from desktop.screens.editor.problem_list import ProblemList
from desktop.viewmodels import editor_words, formats, media_words
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_media import MediaViewModel
from desktop.viewmodels.editor_message import MOST_VARIATIONS, WEIGHTS, MessageViewModel, variable
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.card import Card
from desktop.widgets.fields import NumberField
from desktop.widgets.labels import ElidedLabel, label, set_role
from desktop.widgets.tokens import SPACE_S

_FIELD_HEIGHT = 190
_SIDE_WIDTH = 360


class MessageStep(TwoColumns):
    """Writing and reading one campaign's messages."""

    def __init__(
        self,
        editor: EditorViewModel,
        model: MessageViewModel,
        media: MediaViewModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_SIDE_WIDTH, parent)
        self._editor = editor
        self._model = model
        self._media = media
        self.setAcceptDrops(True)
        card = Card()
        card.body.addLayout(self._build_variations())
        card.body.addLayout(self._build_tools())
        self.attachment = AttachmentPanel(editor, media)
        self.attach_button.clicked.connect(self.attachment.choose)
        card.body.addWidget(self.attachment)
        self.field = MessageField()
        self.field.file_given.connect(media.attach)
        self.field.setAccessibleName(self.tr("Message"))
        self.field.setPlaceholderText(self.tr("Write as you would to one person. {Hi|Hello} {{name|first}}, …"))
        self.field.setMinimumHeight(_FIELD_HEIGHT)
        self.field.edited.connect(model.set_text)
        card.body.addWidget(self.field)
        card.body.addLayout(self._build_counters())
        self.problems = ProblemList()
        self.problems.place_chosen.connect(self._on_place_chosen)
        card.body.addWidget(self.problems)
        self.optimise = OptimiseRow(editor)
        card.body.addWidget(self.optimise)
        self.main.addWidget(card)
        self._build_preview()
        model.variations_changed.connect(self._show_variations)
        model.text_changed.connect(self._show_text)
        model.preview_changed.connect(self._show_preview)
        media.changed.connect(self._show_preview)
        model.fields_changed.connect(self._fill_variables)
        self._fill_variables()
        self._show_variations()
        self._show_text()
        self._show_preview()

    # Building

    def _build_variations(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        tabs = QFrame()
        tabs.setObjectName("segmented")
        tabs_layout = QHBoxLayout(tabs)
        tabs_layout.setContentsMargins(2, 2, 2, 2)
        tabs_layout.setSpacing(2)
        self._tabs_group = QButtonGroup(self)
        self._tabs: list[QPushButton] = []
        for index in range(MOST_VARIATIONS):
            tab = QPushButton(editor_words.letter(index))
            tab.setProperty("kind", "segment")
            tab.setCheckable(True)
            tab.setAccessibleName(editor_words.variation(index))
            self._tabs_group.addButton(tab, index)
            self._tabs.append(tab)
            tabs_layout.addWidget(tab)
        self._tabs_group.idClicked.connect(self._model.choose)
        self._tabs_frame = tabs
        row.addWidget(tabs)
        self.add_button = button(self.tr("Add variation"), "ghost", "plus")
        self.add_button.setToolTip(self.tr("Several texts show which one works better."))
        self.add_button.clicked.connect(self._model.add_variation)
        row.addWidget(self.add_button)
        row.addStretch(1)
        self._weight_label = label(self.tr("Weight"), "caption")
        self.weight_field = NumberField(*WEIGHTS, 1)
        self.weight_field.setAccessibleName(self.tr("Weight"))
        self.weight_field.valueChanged.connect(self._model.set_weight)
        self._weight_label.setBuddy(self.weight_field)
        self._share_label = label("", "caption")
        self.remove_button = icon_button("trash-2", self.tr("Remove this variation"))
        self.remove_button.clicked.connect(self._model.remove_variation)
        for part in (self._weight_label, self.weight_field, self._share_label, self.remove_button):
            row.addWidget(part)
        return row

    def _build_tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.variable_button = button(self.tr("Insert variable"), "secondary", "braces")
        self._variable_menu = QMenu(self.variable_button)
        self._variable_menu.triggered.connect(self._on_variable_chosen)
        self.variable_button.setMenu(self._variable_menu)
        row.addWidget(self.variable_button)
        self.choice_button = button(self.tr("Insert choice"), "secondary", "shuffle")
        self.choice_button.setToolTip(
            self.tr("One of several wordings is chosen by chance for each person: {Hi|Hello}")
        )
        self.choice_button.clicked.connect(self._on_choice_wanted)
        row.addWidget(self.choice_button)
        self.emoji_button = icon_button("smile", self.tr("Insert emoji"), "secondary")
        self._emoji_menu = EmojiMenu(self.emoji_button)
        self._emoji_menu.chosen.connect(self._on_emoji_chosen)
        self.emoji_button.clicked.connect(self._on_emoji_wanted)
        row.addWidget(self.emoji_button)
        self.attach_button = button(self.tr("Attach"), "secondary", "paperclip")
        self.attach_button.setToolTip(self.tr("Picture, video, sound or document; you can also drop it here."))
        row.addWidget(self.attach_button)
        row.addStretch(1)
        return row

    def _build_counters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.counter = label("", "caption")
        row.addWidget(self.counter)
        row.addStretch(1)
        row.addWidget(label(self.tr("*bold*  _italic_  ~struck~"), "caption"))
        return row

    def _build_preview(self) -> None:
        card = Card(self.tr("As it will be read"))
        self.roll_button = icon_button("shuffle", self.tr("Show another choice of words"))
        self.roll_button.clicked.connect(self._model.roll)
        card.header.addWidget(self.roll_button)
        self.list_button = icon_button("layout-list", self.tr("Read it as each of the first people"))
        self.list_button.clicked.connect(self.open_previews)
        card.header.addWidget(self.list_button)
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
        card.body.addLayout(reader)
        self.chat = Chat()
        self.chat.setMinimumHeight(260)
        card.body.addWidget(self.chat)
        self.missing_label = label("", "error", wrap=True)
        card.body.addWidget(self.missing_label)
        self.side.addWidget(card)

    # Showing

    def _show_variations(self) -> None:
        messages = self._model.messages
        for index, tab in enumerate(self._tabs):
            tab.setVisible(index < len(messages))
        self._tabs[self._model.index].setChecked(True)
        has_several = len(messages) > 1
        self._tabs_frame.setVisible(has_several)
        for part in (self._weight_label, self.weight_field, self._share_label, self.remove_button):
            part.setVisible(has_several)
        self.add_button.setEnabled(self._model.can_add)
        self.weight_field.blockSignals(True)
        self.weight_field.setValue(self._model.weight)
        self.weight_field.blockSignals(False)
        self._share_label.setText(formats.share(self._model.share))

    def _show_text(self) -> None:
        text, facts = self._model.text, self._model.facts
        self.field.show_text(text)
        self.field.setReadOnly(not self._editor.is_editable)
        self.attach_button.setEnabled(self._editor.is_editable)
        count, limit = formats.number(facts.length.utf16_units), formats.number(facts.length.limit)
        parts = [self.tr("{count} of {limit} characters").format(count=count, limit=limit)]
        if facts.distinct_count > 1:
            parts.append(self.tr("{count} different texts").format(count=formats.number(facts.distinct_count)))
        self.counter.setText(" · ".join(parts))
        self.roll_button.setVisible(facts.distinct_count > 1)
        set_role(self.counter, "role", "error" if facts.length.remaining < 0 else "caption")
        places = [(place.start, place.end, editor_words.template_problem(place.problem)) for place in facts.places]
        self.field.underline(places)
        self.problems.show_places(places)

    def _show_preview(self) -> None:
        preview = self._model.preview
        contact = preview.contact
        self.reader_name.setText((contact.name or formats.phone(contact.phone)) if contact else self.tr("Nobody yet"))
        has_several = preview.of > 1
        self.list_button.setEnabled(has_several and not self._model.facts.places)
        self._reader_place.setText(f"{preview.number} / {preview.of}" if has_several else "")
        self.previous_button.setEnabled(has_several)
        self.next_button.setEnabled(has_several)
        self._show_attachment()
        if not self._model.text.strip() and self._media.media is None:
            self.chat.show_note(self.tr("What you write appears here."))
        elif preview.html is not None:
            self.chat.show_message(preview.html, "10:24")
        elif self._model.facts.places:
            self.chat.show_note(self.tr("Mend the marked places to see the message."))
        else:
            self.chat.show_note(self.tr("The message cannot be written for this contact."))
        names = ", ".join(editor_words.field_name(name) for name in preview.missing)
        self.missing_label.setText(
            self.tr("Missing for this contact: {fields}. Give the variable a text for that case.").format(fields=names)
        )
        self.missing_label.setVisible(bool(preview.missing))

    def open_previews(self) -> PreviewDialog:
        dialog = PreviewDialog(self._model.previews(), self)
        dialog.open()
        return dialog

    def _show_attachment(self) -> None:
        shown, media, look = self.chat.bubble.attachment, self._media.media, self._media.look
        if media is None:
            shown.hide()
        elif media.kind == "image" and look is not None and look.thumbnail is not None:
            shown.show_picture(look.thumbnail)
        else:
            facts = look.facts if look else None
            about = media_words.described(facts) if facts else ""
            shown.show_card(ICONS[media.kind], facts.name if facts else Path(media.path).name, about)

    # Dropping a file

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._editor.is_editable and dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self._media.attach(path)

    # Inserting

    def _fill_variables(self) -> None:
        self.field.set_fields(self._model.custom_fields)
        self._variable_menu.clear()
        friend = self.tr("friend")
        entries = [
            (self.tr("First name"), f'{{{{contact.name|first|"{friend}"}}}}', friend),
            (self.tr("Whole name"), f'{{{{contact.name|"{friend}"}}}}', friend),
            (self.tr("Phone"), variable("phone"), ""),
        ]
        for text, written, fallback in entries:
            self._variable_menu.addAction(text).setData((written, fallback))
        if self._model.custom_fields:
            self._variable_menu.addSeparator()
        for name in self._model.custom_fields:
            self._variable_menu.addAction(name).setData((variable(name), ""))

    def _on_variable_chosen(self, action: QAction) -> None:
        written, fallback = action.data()
        start = written.find(f'"{fallback}"') + 1 if fallback else 0
        self.field.insert(written, (start, start + len(fallback)) if fallback else None)

    def _on_choice_wanted(self) -> None:
        chosen = self.field.textCursor().selectedText() or self.tr("Hi")
        other = self.tr("Hello")
        written = f"{{{chosen}|{other}}}"
        start = len(chosen) + 2
        self.field.insert(written, (start, start + len(other)))

    def _on_emoji_wanted(self) -> None:
        self._emoji_menu.popup(self.emoji_button.mapToGlobal(self.emoji_button.rect().bottomLeft()))

    def _on_emoji_chosen(self, sign: str) -> None:
        self.field.insert(sign)

    def _on_place_chosen(self, start: int, end: int) -> None:
        self.field.go_to(start, end)

    def _on_previous(self) -> None:
        self._model.show_next(-1)

    def _on_next(self) -> None:
        self._model.show_next()

"""Step "message": the variations at the left; at the right, at every key, what one person will read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.screens.editor.ai_dialog import AiDialog
from desktop.screens.editor.attachment_panel import AttachmentPanel, dropped_path
from desktop.screens.editor.emoji_menu import EmojiMenu
from desktop.screens.editor.layout import TwoColumns
from desktop.screens.editor.library_dialog import LibraryDialog
from desktop.screens.editor.message_field import MessageField
from desktop.screens.editor.name_dialog import NameDialog
from desktop.screens.editor.optimise_row import OptimiseRow
from desktop.screens.editor.own_texts_dialog import OwnTextsDialog
from desktop.screens.editor.preview_card import PreviewCard
from desktop.screens.editor.problem_list import ProblemList
from desktop.screens.editor.template_dialog import TemplateDialog
from desktop.screens.editor.template_panel import TemplatePanel
from desktop.viewmodels import editor_words, formats
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_media import MediaViewModel
from desktop.viewmodels.editor_message import MOST_VARIATIONS, WEIGHTS, MessageViewModel, variable
from desktop.viewmodels.editor_tools import MessageTools
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.card import Card
from desktop.widgets.fields import NumberField
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import ElidedLabel, label, set_role
from desktop.widgets.tokens import CONTROL_HEIGHT

_FIELD_HEIGHT = 190
_SIDE_WIDTH = 360


class MessageStep(TwoColumns):
    """Writing and reading one campaign's messages."""

    def __init__(
        self,
        editor: EditorViewModel,
        model: MessageViewModel,
        media: MediaViewModel,
        tools: MessageTools,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_SIDE_WIDTH, parent)
        self._editor = editor
        self._model = model
        self._media = media
        self._tools = tools
        self.setAcceptDrops(True)
        card = Card()
        card.body.addLayout(self._build_head())
        card.body.addLayout(self._build_variations())
        card.body.addWidget(self._build_tools())
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
        self.template_panel = TemplatePanel(editor, model, tools.templates)
        self.template_panel.choose_requested.connect(self.open_templates)
        card.body.addWidget(self.template_panel)
        card.body.addWidget(self._build_counters())
        self.problems = ProblemList()
        self.problems.place_chosen.connect(self._on_place_chosen)
        card.body.addWidget(self.problems)
        self.optimise = OptimiseRow(editor)
        card.body.addWidget(self.optimise)
        self.main.addWidget(card)
        self.preview = PreviewCard(model, media, tools)
        self.side.addWidget(self.preview)
        model.variations_changed.connect(self._show_variations)
        model.text_changed.connect(self._show_text)
        tools.templates.changed.connect(self._show_text)
        tools.ai.changed.connect(self._show_ai)
        tools.own_texts.changed.connect(self._show_ai)
        model.fields_changed.connect(self._fill_variables)
        self._fill_variables()
        self._show_variations()
        self._show_text()

    # Building

    def _build_head(self) -> FlowLayout:
        row = FlowLayout()
        title = label(self.tr("Message"), "section")
        title.setMinimumHeight(CONTROL_HEIGHT)
        row.addWidget(title)
        self.library_button = button(self.tr("Saved messages"), "ghost", "folder-open")
        self.library_button.clicked.connect(self.open_library)
        self.save_button = button(self.tr("Save message"), "ghost", "save")
        self.save_button.clicked.connect(self.open_save)
        self.template_button = button(self.tr("Template of Meta"), "ghost", "shield-check")
        self.template_button.clicked.connect(self.open_templates)
        self.ai_button = button(self.tr("Drafts by AI"), "ghost", "sparkles")
        self.ai_button.clicked.connect(self.open_ai)
        self.own_texts_button = button(self.tr("A text for each person"), "ghost", "user")
        self.own_texts_button.clicked.connect(self.open_own_texts)
        for part in (
            self.library_button,
            self.save_button,
            self.template_button,
            self.ai_button,
            self.own_texts_button,
        ):
            row.addWidget(part)
        return row

    def _build_variations(self) -> FlowLayout:
        row = FlowLayout()
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

    def _build_tools(self) -> QWidget:
        self._tool_row = QWidget()
        row = FlowLayout(parent=self._tool_row)
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
        return self._tool_row

    def _build_counters(self) -> QWidget:
        self._counter_row = QWidget()
        row = QHBoxLayout(self._counter_row)
        row.setContentsMargins(0, 0, 0, 0)
        self.counter = label("", "caption")
        row.addWidget(self.counter)
        hint = ElidedLabel(self.tr("*bold*  _italic_  ~struck~  ```mono```"), "caption")
        hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(hint, 1)
        return self._counter_row

    # Dialogs

    def open_library(self) -> LibraryDialog:
        """Show the saved messages."""
        dialog = LibraryDialog(self._tools.library, self)
        dialog.open()
        return dialog

    def open_save(self) -> NameDialog:
        """Ask under which name the messages are kept."""
        dialog = NameDialog(
            self,
            self.tr("Save message"),
            self.tr("Save"),
            self._editor.draft.name,
            self._warn,
            self._tools.library.save,
        )
        self._tools.library.refresh()
        dialog.open()
        return dialog

    def open_templates(self) -> TemplateDialog:
        """Show the templates of Meta."""
        dialog = TemplateDialog(self._tools.templates, self)
        dialog.open()
        return dialog

    def open_ai(self) -> AiDialog:
        """Show the proposals of an AI."""
        dialog = AiDialog(self._tools.ai, self)
        dialog.open()
        return dialog

    def open_own_texts(self) -> OwnTextsDialog:
        """Show a text for each person: what is sent for it, and the texts to read."""
        dialog = OwnTextsDialog(self._tools.own_texts, self._tools.own_text_review, self)
        dialog.open()
        return dialog

    def _warn(self, name: str) -> str:
        if self._tools.library.is_taken(name):
            return self.tr("There is a saved message of this name: it is replaced.")
        return self.tr("With all variations and their files. Saved messages are the same for all campaigns.")

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
        is_template = self._model.message.template is not None
        for part in (self.field, self._counter_row):
            part.setVisible(not is_template)
        for part in (self.variable_button, self.choice_button, self.emoji_button):
            part.setVisible(not is_template)
        shape = self._tools.templates.shape
        has_no_place = is_template and shape is not None and shape.header_media is None
        self.attach_button.setVisible(not has_no_place)
        self.save_button.setEnabled(self._tools.library.can_save)
        self._show_ai()
        for part in (self.template_button, self.library_button):
            part.setEnabled(self._editor.is_editable)
        self.field.show_text(text)
        self.field.setReadOnly(not self._editor.is_editable)
        self.attach_button.setEnabled(self._editor.is_editable)
        count, limit = formats.number(facts.length.utf16_units), formats.number(facts.length.limit)
        parts = [self.tr("{count} of {limit} characters").format(count=count, limit=limit)]
        if facts.distinct_count > 1:
            parts.append(self.tr("{count} different texts").format(count=formats.number(facts.distinct_count)))
        self.counter.setText(" · ".join(parts))
        set_role(self.counter, "role", "error" if facts.length.remaining < 0 else "caption")
        places = [(place.start, place.end, editor_words.template_problem(place.problem)) for place in facts.places]
        self.field.underline(places)
        self.problems.show_places(places)

    def _show_ai(self) -> None:
        """Offer drafts by AI only where one is set up, or proposals wait."""
        ai, is_text = self._tools.ai, self._model.message.template is None
        self.ai_button.setVisible(is_text and (ai.settings.is_ready or bool(ai.proposals)))
        self.ai_button.setEnabled(self._editor.is_editable)
        own = self._tools.own_texts
        self.own_texts_button.setVisible(own.plan is not None or (is_text and ai.settings.is_ready and own.is_open))

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

"""Step "audience": everybody, tags, a segment or a pasted list; beside it how many that is and what they look like."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.campaign import AudienceKind
from desktop.domain.operator import Deed
from desktop.screens.editor.choice_card import ChoiceCard
from desktop.screens.editor.layout import TwoColumns
from desktop.screens.editor.segment_card import SegmentCard
from desktop.screens.editor.tag_chip import TagChip
from desktop.viewmodels import formats, phone_words
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_audience import REFUSED_SHOWN, AudienceViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import SPACE_S, SPACE_XS

_SAMPLE_ROWS = 8
_PASTE_HEIGHT = 180


class AudienceStep(TwoColumns):
    """Signals:
    import_requested: the operator wants contacts from a file.
    """

    import_requested = Signal()

    def __init__(self, editor: EditorViewModel, model: AudienceViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._editor = editor
        self._model = model
        self._build_choices()
        self._build_tags()
        self.segment_card = SegmentCard(model, editor.segments)
        self.main.addWidget(self.segment_card)
        self._build_paste()
        self._build_size()
        self._build_sample()
        model.choices_changed.connect(self._show_choices)
        model.size_changed.connect(self._show_size)
        model.sample_changed.connect(self._show_sample)
        model.pasted_changed.connect(self._show_pasted)
        editor.draft_changed.connect(self._show_draft)
        editor.loaded.connect(self._on_loaded)

    # Building

    def _build_choices(self) -> None:
        self.fixed_notice = Banner()
        self.main.addWidget(self.fixed_notice)
        card = Card(self.tr("Who gets this campaign?"))
        self.import_button = button(self.tr("Import contacts…"), "secondary", "file-up")
        needs(self.import_button, Deed.PEOPLE)
        self.import_button.clicked.connect(self.import_requested)
        card.header.addWidget(self.import_button)
        self.choices = {
            AudienceKind.ALL: ChoiceCard("users", self.tr("All contacts"), ""),
            AudienceKind.TAGS: ChoiceCard(
                "tags", self.tr("Contacts with a tag"), self.tr("Whoever has at least one of the chosen tags")
            ),
            AudienceKind.SEGMENT: ChoiceCard(
                "funnel",
                self.tr("A segment"),
                self.tr("Whoever meets its rules when the campaign starts"),
            ),
            AudienceKind.PHONES: ChoiceCard(
                "layout-list", self.tr("A list of phone numbers"), self.tr("Pasted from a spreadsheet or a note")
            ),
        }
        self._group = QButtonGroup(self)
        for choice in self.choices.values():
            self._group.addButton(choice)
            card.body.addWidget(choice)
        self._group.buttonClicked.connect(self._on_choice)
        self.main.addWidget(card)
        self.choices_card = card

    def _build_tags(self) -> None:
        self.tags_card = Card(self.tr("Tags"))
        self._tags_hint = label("", "muted", wrap=True)
        self.tags_card.body.addWidget(self._tags_hint)
        place = QWidget()
        self._tags_layout = FlowLayout(SPACE_S, place)
        self.tags_card.body.addWidget(place)
        self._tag_chips: dict[str, TagChip] = {}
        self.main.addWidget(self.tags_card)

    def _build_paste(self) -> None:
        self.paste_card = Card(
            self.tr("Phone numbers"), self.tr("One a line, or separated by commas. Numbers without +55 are Brazilian.")
        )
        self.paste_field = QPlainTextEdit()
        self.paste_field.setAccessibleName(self.tr("Phone numbers"))
        self.paste_field.setPlaceholderText("(11) 98765-4321\n+55 51 99876-5432")
        self.paste_field.setFixedHeight(_PASTE_HEIGHT)
        self.paste_field.setTabChangesFocus(True)
        self.paste_field.textChanged.connect(self._on_pasted)
        self.paste_card.body.addWidget(self.paste_field)
        self._pasted_summary = label("", "caption", wrap=True)
        self._pasted_refused = label("", "error", wrap=True)
        self.paste_card.body.addWidget(self._pasted_summary)
        self.paste_card.body.addWidget(self._pasted_refused)
        self.main.addWidget(self.paste_card)

    def _build_size(self) -> None:
        card = Card(self.tr("Will receive the message"))
        self.size_figure = label("–", "display")
        self._size_note = label("", "muted", wrap=True)
        numbers = QVBoxLayout()
        numbers.setSpacing(SPACE_XS)
        numbers.addWidget(self.size_figure)
        numbers.addWidget(self._size_note)
        card.body.addLayout(numbers)
        self.opt_out_box = QCheckBox(self.tr("Leave out who opted out"))
        self.opt_out_box.setToolTip(self.tr("Sending to people who asked to stop is against the law."))
        self.opt_out_box.toggled.connect(self._editor.set_respect_opt_out)
        self.active_box = QCheckBox(self.tr("Leave out who is in a conversation"))
        self.active_box.setToolTip(self.tr("People who are talking to your team at this moment."))
        self.active_box.toggled.connect(self._editor.set_skip_active)
        card.body.addWidget(self.opt_out_box)
        card.body.addWidget(self.active_box)
        self.side.addWidget(card)

    def _build_sample(self) -> None:
        self.sample_card = Card(self.tr("For example"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_S)
        grid.setVerticalSpacing(SPACE_S)
        grid.setColumnStretch(0, 1)
        self._sample_labels: list[tuple[ElidedLabel, QLabel]] = []
        for row in range(_SAMPLE_ROWS):
            name, phone = ElidedLabel(""), label("", "caption")
            grid.addWidget(name, row, 0)
            grid.addWidget(phone, row, 1)
            self._sample_labels.append((name, phone))
        self.sample_card.body.addLayout(grid)
        self.side.addWidget(self.sample_card)

    # Showing

    def _on_loaded(self) -> None:
        self.paste_field.blockSignals(True)
        self.paste_field.setPlainText("\n".join(self._model.pasted.phones))
        self.paste_field.blockSignals(False)
        is_fixed = self._editor.is_audience_fixed
        if is_fixed:
            self.fixed_notice.show_message(
                "info",
                self.tr("The people were chosen when the campaign started."),
                self.tr("To send to others, duplicate the campaign."),
            )
        self.fixed_notice.setVisible(is_fixed)
        for part in (self.choices_card, self.tags_card, self.segment_card, self.paste_card):
            part.setEnabled(not is_fixed)
        self._show_draft()

    def _show_draft(self) -> None:
        kind = self._model.kind
        self._group.setExclusive(False)
        for of, choice in self.choices.items():
            choice.setChecked(of is kind)
        self._group.setExclusive(True)
        self.tags_card.setVisible(kind is AudienceKind.TAGS)
        self.segment_card.setVisible(kind is AudienceKind.SEGMENT)
        self.segment_card.show_chosen()
        self.paste_card.setVisible(kind is AudienceKind.PHONES)
        chosen = set(self._model.selected_tags)
        for tag, chip in self._tag_chips.items():
            chip.setChecked(tag in chosen)
        self.opt_out_box.setChecked(self._editor.draft.respect_opt_out)
        self.active_box.setChecked(self._editor.draft.skip_active_conversations)

    def _show_choices(self) -> None:
        self.choices[AudienceKind.ALL].set_text(formats.people(self._model.contact_count))
        for chip in self._tag_chips.values():
            self._tags_layout.removeWidget(chip)
            chip.deleteLater()
        self._tag_chips = {tag: TagChip(tag, formats.number(count)) for tag, count in self._model.tags}
        for chip in self._tag_chips.values():
            chip.chosen.connect(self._model.toggle_tag)
            self._tags_layout.addWidget(chip)
        self._tags_hint.setText(
            "" if self._tag_chips else self.tr("No contact has a tag yet. Tags come with an import.")
        )
        self._tags_hint.setVisible(not self._tag_chips)
        self.segment_card.show_choices()
        self._show_draft()

    def _show_size(self) -> None:
        size = self._model.size
        self.size_figure.setEnabled(not self._model.is_counting)
        if size is None:
            self.size_figure.setText("–")
            self._size_note.setText(self.tr("Choose who gets it."))
            return
        reached, left_out = size
        self.size_figure.setText(formats.number(reached))
        notes = [
            self.tr("{people} opted out and will not receive it").format(people=formats.people(left_out))
            if left_out
            else self.tr("Nobody among them opted out")
        ]
        if self._model.without_consent:
            left = formats.people(self._model.without_consent)
            notes.append(self.tr("Without a recorded consent, and left out: {people}").format(people=left))
        self._size_note.setText("\n".join(notes))

    def _show_sample(self) -> None:
        sample = self._model.sample[:_SAMPLE_ROWS]
        self.sample_card.setVisible(bool(sample))
        for row, (name, phone) in enumerate(self._sample_labels):
            contact = sample[row] if row < len(sample) else None
            name.setText((contact.name or self.tr("No name")) if contact else "")
            phone.setText(formats.phone(contact.phone) if contact else "")
            name.setVisible(contact is not None)
            phone.setVisible(contact is not None)

    def _show_pasted(self) -> None:
        pasted = self._model.pasted
        parts = [self.tr("{count} valid").format(count=formats.number(len(pasted.phones)))]
        if pasted.repeated:
            parts.append(self.tr("{count} repeated").format(count=formats.number(pasted.repeated)))
        if pasted.refused:
            parts.append(self.tr("{count} not understood").format(count=formats.number(len(pasted.refused))))
        self._pasted_summary.setText(" · ".join(parts))
        lines = [f"{text}: {phone_words.phone_reason(reason)}" for text, reason in pasted.refused[:REFUSED_SHOWN]]
        if len(pasted.refused) > REFUSED_SHOWN:
            lines.append(self.tr("… and {count} more").format(count=len(pasted.refused) - REFUSED_SHOWN))
        self._pasted_refused.setText("\n".join(lines))
        self._pasted_refused.setVisible(bool(lines))

    def _on_choice(self, clicked: QAbstractButton) -> None:
        self._model.choose(next(kind for kind, choice in self.choices.items() if choice is clicked))

    def _on_pasted(self) -> None:
        self._model.paste(self.paste_field.toPlainText())

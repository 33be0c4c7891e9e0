"""What is sent for each person: the message, the wish, the ticked fields; what leaves to the letter; the consent."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QWidget

from desktop.domain.operator import Deed
from desktop.domain.own_text import LONGEST_BASE, LONGEST_WISH, MOST_PEOPLE
from desktop.viewmodels import formats, own_text_words, wording
from desktop.viewmodels.own_texts import OwnTextsViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.fields import DecimalField, NumberField
from desktop.widgets.flow import FlowLayout
from desktop.widgets.form import FormRow
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S
from desktop.widgets.vertical_scroll import VerticalScroll

_BASE_HEIGHT = 120
_WISH_HEIGHT = 76
_FIELD_WIDTH = 150


class OwnTextSetupPanel(QWidget):
    """Signals:
    begun: the operator agreed, or went on, and the writing begins.
    """

    begun = Signal()

    def __init__(self, model: OwnTextsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._is_showing = False
        self._fields: dict[str, QCheckBox] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_L)
        area = VerticalScroll()
        area.column.setSpacing(SPACE_M)
        area.column.addWidget(self._build_wish())
        area.column.addWidget(self._build_fields())
        area.column.addWidget(self._build_caps())
        area.column.addStretch(1)
        row.addWidget(area, 1)
        row.addWidget(self._build_example(), 1)
        model.wish_shown.connect(self._show_wish)
        model.example_changed.connect(self._show_example)
        model.changed.connect(self._show)
        self._show_wish()
        self._show_example()
        self._show()

    # Building

    def _build_wish(self) -> Card:
        card = Card()
        self.base = self._text(_BASE_HEIGHT, self.tr("Message that the texts are made of"))
        hint = self.tr("Variables stay marks for the AI; their values are put in afterwards, on this computer.")
        card.body.addWidget(FormRow(self.base.accessibleName(), self.base, hint))
        self.wish = self._text(_WISH_HEIGHT, self.tr("What you want of each text"))
        self.wish.setPlaceholderText(self.tr("Mention the city, be warm, one question at the end…"))
        card.body.addWidget(FormRow(self.wish.accessibleName(), self.wish))
        return card

    def _text(self, height: int, spoken: str) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setFixedHeight(height)
        made.setTabChangesFocus(True)
        made.setAccessibleName(spoken)
        made.textChanged.connect(self._on_typed)
        return made

    def _build_fields(self) -> Card:
        hint = self.tr("Only what you tick leaves. Phone numbers never do, also where they stand in another field.")
        card = Card(self.tr("What the AI may see of each person"), hint)
        self._field_row = FlowLayout(SPACE_L)
        card.body.addLayout(self._field_row)
        return card

    def _build_caps(self) -> Card:
        card = Card(self.tr("At most"))
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        self.people = NumberField(1, MOST_PEOPLE, 1)
        self.people.setFixedWidth(_FIELD_WIDTH)
        self.people.valueChanged.connect(self._on_typed)
        row.addWidget(FormRow(self.tr("People"), self.people))
        self.cost = DecimalField(0.01, 1_000_000.0, 1.0)
        self.cost.setDecimals(2)
        self.cost.setFixedWidth(_FIELD_WIDTH)
        self.cost.valueChanged.connect(self._on_typed)
        self.cost_row = FormRow(self.tr("Cost"), self.cost)
        row.addWidget(self.cost_row)
        row.addStretch(1)
        card.body.addLayout(row)
        self.no_price = label(
            self.tr("No price is entered for this AI in Settings: the cost cannot be told, nor capped."),
            "muted",
            wrap=True,
        )
        card.body.addWidget(self.no_price)
        return card

    def _build_example(self) -> Card:
        card = Card(self.tr("What leaves"))
        self.whom = label("", "muted", wrap=True)
        card.body.addWidget(self.whom)
        self.where = ElidedLabel("", "strong")
        card.body.addWidget(self.where)
        self.prompt = QPlainTextEdit()
        self.prompt.setReadOnly(True)
        self.prompt.setAccessibleName(self.tr("Exactly what is sent"))
        card.body.addWidget(self.prompt, 1)
        self.estimate = label("", "muted", wrap=True)
        card.body.addWidget(self.estimate)
        self.agreement = label("", wrap=True)
        card.body.addWidget(self.agreement)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_S)
        self.consent = QCheckBox(self.tr("I agree to this"))
        self.consent.toggled.connect(self._show)
        foot.addWidget(self.consent)
        foot.addStretch(1)
        self.begin_button = button(self.tr("Write the texts"), "primary", "sparkles")
        needs(self.begin_button, Deed.EDIT)
        self.begin_button.clicked.connect(self._on_begin)
        foot.addWidget(self.begin_button)
        card.body.addLayout(foot)
        return card

    # Showing

    def _show_wish(self) -> None:
        wish, model = self._model.wish, self._model
        self._is_showing = True
        for field, text in ((self.base, wish.base), (self.wish, wish.wish)):
            if field.toPlainText() != text:
                field.setPlainText(text)
        self.people.setValue(wish.most_people)
        if wish.most_cost is not None:
            self.cost.setValue(wish.most_cost)
        self.cost.setPrefix(f"{model.settings.currency} ")
        self.cost_row.setVisible(model.has_price)
        self.no_price.setVisible(not model.has_price)
        if list(self._fields) != list(model.fields):
            self._make_fields()
        for name, box in self._fields.items():
            box.setChecked(name in wish.fields)
        self._is_showing = False

    def _make_fields(self) -> None:
        while (item := self._field_row.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.deleteLater()
        self._fields = {}
        for name in self._model.fields:
            box = QCheckBox(own_text_words.field(name))
            box.toggled.connect(self._on_fields)
            self._fields[name] = box
            self._field_row.addWidget(box)

    def _show_example(self) -> None:
        model, example = self._model, self._model.example
        self.consent.setChecked(False)
        if example is None:
            error = model.example_error
            self.whom.setText(" ".join(wording.error(error)) if error else self.tr("Reading…"))
            self.where.setText("")
            self.prompt.setPlainText("")
            self.estimate.setText("")
            return
        name = example.name or self.tr("somebody without a name")
        self.whom.setText(self.tr("For the first person, {name}, exactly this is sent to:").format(name=name))
        self.where.setText(f"{example.url}  ·  {example.model}")
        self.prompt.setPlainText(f"{example.system}\n\n{example.prompt}".strip())
        self.estimate.setText(own_text_words.estimate(example))

    def _show(self) -> None:
        model = self._model
        is_agreed = model.is_agreed
        for part in (self.base, self.wish):
            part.setReadOnly(not model.is_open or model.is_writing)
        for part in (self.people, self.cost, *self._fields.values()):
            part.setEnabled(model.is_open and not model.is_writing)
        self.consent.setVisible(not is_agreed)
        self.agreement.setText(self._agreement())
        self.begin_button.setEnabled(model.can_begin and (is_agreed or self.consent.isChecked()))
        is_more = is_agreed and bool(model.counts.written)
        self.begin_button.setText(self.tr("Go on writing") if is_more else self.tr("Write the texts"))

    def _agreement(self) -> str:
        model = self._model
        if not model.settings.is_ready:
            return self.tr("No AI is set up. It is in Settings, under Integrations, and off unless you switch it on.")
        if model.plan is not None and model.plan.consent is not None and model.is_agreed:
            consent = model.plan.consent
            when = formats.moment(consent.at)
            if consent.by is None:
                return self.tr("Agreed to on this computer: {when}.").format(when=when)
            return self.tr("{who} agreed to this: {when}.").format(who=consent.by, when=when)
        fields = ", ".join(own_text_words.field(name) for name in model.wish.fields) or self.tr("none")
        text = self.tr(
            "These fields of up to {people} are sent to {url}: {fields}. You answer for being allowed to pass them on. "
            "Your name and the time are recorded."
        )
        return text.format(people=formats.people(model.wish.most_people), url=model.settings.url, fields=fields)

    # Typing

    def _on_typed(self) -> None:
        if self._is_showing:
            return
        self._model.set_wish(
            replace(
                self._model.wish,
                base=self.base.toPlainText()[:LONGEST_BASE],
                wish=self.wish.toPlainText()[:LONGEST_WISH],
                most_people=self.people.value(),
                most_cost=round(self.cost.value(), 2) if self._model.has_price else None,
            )
        )
        self.consent.setChecked(False)

    def _on_fields(self) -> None:
        if self._is_showing:
            return
        chosen = tuple(name for name, box in self._fields.items() if box.isChecked())
        self._model.set_wish(replace(self._model.wish, fields=chosen))
        self.consent.setChecked(False)

    def _on_begin(self) -> None:
        if self._model.is_agreed:
            self._model.carry_on()
        elif self.consent.isChecked():
            self._model.agree_and_write()
        self.begun.emit()

"""One rule of a segment as a row of choices; which ones depends on what the rule is about."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.segment import (
    MAX_DAYS,
    Comparison,
    Consent,
    ConsentRule,
    Deed,
    FieldRule,
    HistoryRule,
    Rule,
    TagRule,
)
from desktop.viewmodels import segment_words as words
from desktop.viewmodels.segment_edit import Path
from desktop.viewmodels.segments import SegmentsViewModel
from desktop.widgets.buttons import icon_button
from desktop.widgets.fields import ChoiceField, NumberField
from desktop.widgets.tokens import SPACE_S

_KIND_WIDTH = 124
_LEAST = 90
_VALUES = (Comparison.EMPTY, Comparison.FILLED)  # what needs no value


class RuleRow(QWidget):
    """Changes the rule at one path of a `SegmentsViewModel`.

    Signals:
        kind_chosen(object, object): the path, and the kind of rule that it shall be.
    """

    kind_chosen = Signal(object, object)

    def __init__(self, model: SegmentsViewModel, path: Path, rule: Rule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.path = path
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        self._line = QHBoxLayout()
        self._line.setSpacing(SPACE_S)
        self._second = QHBoxLayout()
        self._second.setSpacing(SPACE_S)
        column.addLayout(self._line)
        column.addLayout(self._second)
        self.kind = _choice(((kind, words.word(text)) for kind, text in words.KINDS.items()), type(rule))
        self.kind.setFixedWidth(_KIND_WIDTH)
        self.kind.setAccessibleName(self.tr("What the rule is about"))
        self.kind.activated.connect(self._on_kind)
        self._line.addWidget(self.kind)
        self.fields: dict[str, QWidget] = {}
        match rule:
            case FieldRule():
                self._build_field(rule)
            case TagRule():
                self._build_tag(rule)
            case ConsentRule(consent):
                choices = ((each, words.word(text)) for each, text in words.CONSENTS.items())
                self._add("consent", self._chooser(choices, consent), self.tr("Consent"))
            case HistoryRule():
                self._build_history(rule)
            case _:
                raise AssertionError(rule)  # a group is no row
        self.remove_button = icon_button("x", self.tr("Remove this rule"))
        self.remove_button.clicked.connect(self._on_remove)
        self._line.addWidget(self.remove_button)

    def _build_field(self, rule: FieldRule) -> None:
        known: Iterable[str] = dict.fromkeys(["name", "phone", *self._model.fields, rule.field])
        self._add(
            "field", self._chooser(((each, words.field_name(each)) for each in known), rule.field), self.tr("Field")
        )
        comparisons = ((each, words.word(text)) for each, text in words.COMPARISONS.items())
        self._add("comparison", self._chooser(comparisons, rule.comparison), self.tr("Comparison"))
        value = QLineEdit(rule.value)
        value.setPlaceholderText(self.tr("value"))
        value.textEdited.connect(self._on_changed)
        self._add("value", value, self.tr("Value"))
        value.setVisible(rule.comparison not in _VALUES)

    def _build_tag(self, rule: TagRule) -> None:
        self._add("has", self._chooser(((each, words.word(text)) for each, text in words.TAGS.items()), rule.has), "")
        tags: Iterable[str] = dict.fromkeys([*self._model.tags, *([rule.tag] if rule.tag else [])])
        self._add("tag", self._chooser(((each, each) for each in tags), rule.tag), self.tr("Tag"))

    def _build_history(self, rule: HistoryRule) -> None:
        deeds = ((each, words.word(text)) for each, text in words.DEEDS.items())
        self._add("deed", self._chooser(deeds, (rule.deed, rule.has)), self.tr("What happened"))
        campaigns: Iterable[str] = dict.fromkeys(["", *self._model.campaigns, rule.campaign])
        named = ((each, each or self.tr("in any campaign")) for each in campaigns)
        self._second.addSpacing(_KIND_WIDTH + SPACE_S)
        self._add("campaign", self._chooser(named, rule.campaign), self.tr("Campaign"), is_second=True)
        span = NumberField(0, MAX_DAYS, rule.days or 0, self.tr(" days"))
        span.setPrefix(self.tr("in the last "))
        span.setSpecialValueText(words.days(None))
        span.valueChanged.connect(self._on_changed)
        self._add("days", span, self.tr("Days"), is_second=True)
        self._second.addSpacing(36 + SPACE_S)

    def _chooser(self, choices: Iterable[tuple[object, str]], chosen: object) -> ChoiceField:
        made = _choice(choices, chosen)
        made.activated.connect(self._on_changed)
        return made

    def _add(self, name: str, field: QWidget, spoken: str, *, is_second: bool = False) -> None:
        field.setAccessibleName(spoken)
        field.setMinimumWidth(_LEAST)
        self.fields[name] = field
        (self._second if is_second else self._line).addWidget(field, 1)

    # Doing

    def _chosen(self, name: str) -> object:
        field = self.fields[name]
        assert isinstance(field, ChoiceField)
        return _data(field)

    def read(self) -> Rule:
        """Return the rule as the row says it."""
        kind = _data(self.kind)
        if kind is FieldRule:
            value = self.fields["value"]
            assert isinstance(value, QLineEdit)
            comparison = self._chosen("comparison")
            assert isinstance(comparison, Comparison)
            value.setVisible(comparison not in _VALUES)
            return FieldRule(str(self._chosen("field")), comparison, value.text().strip())
        if kind is TagRule:
            return TagRule(str(self._chosen("tag") or ""), self._chosen("has") is True)
        if kind is ConsentRule:
            consent = self._chosen("consent")
            assert isinstance(consent, Consent)
            return ConsentRule(consent)
        chosen = self._chosen("deed")
        assert isinstance(chosen, tuple)
        deed, has = chosen  # pyright: ignore[reportUnknownVariableType]
        span = self.fields["days"]
        assert isinstance(span, NumberField)
        assert isinstance(deed, Deed)
        return HistoryRule(deed, has is True, str(self._chosen("campaign")), span.value() or None)

    def _on_changed(self, _value: object = None) -> None:
        self._model.set_rule(self.path, self.read())

    def _on_kind(self, _index: int) -> None:
        self.kind_chosen.emit(self.path, _data(self.kind))

    def _on_remove(self) -> None:
        self._model.remove(self.path)


class _Held:
    """Keeps Qt from making another type of what a choice stands for: an enum of strings would come back as a string."""

    def __init__(self, value: object) -> None:
        self.value = value


def _choice(choices: Iterable[tuple[object, str]], chosen: object) -> ChoiceField:
    made = ChoiceField()
    made.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    values: Sequence[tuple[object, str]] = list(choices)
    for value, text in values:
        made.addItem(text, _Held(value))
    made.setCurrentIndex(next((n for n, (value, _text) in enumerate(values) if value == chosen), -1))
    made.setMaxVisibleItems(16)
    return made


def _data(field: ChoiceField) -> object:
    held = field.currentData()
    return held.value if isinstance(held, _Held) else None

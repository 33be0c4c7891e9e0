"""The row of filters above the timeline."""

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.events import Severity
from desktop.screens.timeline.types_menu import TypesButton
from desktop.viewmodels.timeline import Span, TimelineViewModel
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.fields import ChoiceField, MomentField
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label
from desktop.widgets.search_field import SearchField
from desktop.widgets.tokens import CONTROL_HEIGHT, SPACE_S

_SEARCH_WIDTH = 170
_PERSON_WIDTH = 260
_MOMENT_WIDTH = 190
_DAY_S = 86_400


class TimelineFilters(QWidget):
    """Shows and changes the filter of a `TimelineViewModel`."""

    def __init__(self, model: TimelineViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        place = QWidget()
        self._flow = FlowLayout(SPACE_S, place)
        column.addWidget(place)
        self.search = SearchField(self.tr("Contact, phone, text…"))
        self.search.setMinimumWidth(_SEARCH_WIDTH)
        self.search.searched.connect(model.set_text)
        self.types = TypesButton()
        self.types.chosen.connect(model.set_types)
        self.severity = self._combo(self.tr("Severity"), 124)
        for level, words in (
            (Severity.DEBUG, self.tr("All levels")),
            (Severity.INFO, self.tr("Information +")),
            (Severity.WARNING, self.tr("Warnings +")),
            (Severity.ERROR, self.tr("Only errors")),
        ):
            self.severity.addItem(words, level)
        self.severity.activated.connect(self._on_severity)
        self.campaign = self._combo(self.tr("Campaign"), 138)
        self.campaign.activated.connect(self._on_campaign)
        if model.is_campaign_fixed:
            self.campaign.hide()
        self.number = self._combo(self.tr("Number"), 126)
        self.number.activated.connect(self._on_number)
        self.span = self._combo(self.tr("Time"), 130)
        for span, words in (
            (Span.ANY, self.tr("Any time")),
            (Span.HOUR, self.tr("Last hour")),
            (Span.DAY, self.tr("Last 24 hours")),
            (Span.WEEK, self.tr("Last 7 days")),
            (Span.OWN, self.tr("From … until …")),
        ):
            self.span.addItem(words, span)
        self.span.activated.connect(self._on_span)
        self.person = button("", "secondary", "x")
        self.person.setToolTip(self.tr("Show the events of everybody again"))
        self.person.setMaximumWidth(_PERSON_WIDTH)
        self.person.clicked.connect(model.clear_person)
        self.clear_button = icon_button("x", self.tr("Clear filters"))
        self.clear_button.clicked.connect(model.clear_filter)
        self.live = QCheckBox(self.tr("Live"))
        self.live.setToolTip(self.tr("Show new events at the top as they happen"))
        self.live.setChecked(model.is_live)
        self.live.setFixedHeight(CONTROL_HEIGHT)
        self.live.toggled.connect(model.set_live)
        parts = (self.search, self.types, self.severity, self.campaign, self.number, self.span, self.live)
        for part in (*parts, self.clear_button, self.person):
            self._flow.addWidget(part)
        column.addWidget(self._build_own_span())
        model.filter_changed.connect(self._show)
        model.choices_changed.connect(self._fill)
        self._fill()

    def _combo(self, name: str, width: int) -> ChoiceField:
        combo = ChoiceField()
        combo.setAccessibleName(name)
        combo.setToolTip(name)
        combo.setFixedWidth(width)
        combo.setMaxVisibleItems(16)
        return combo

    def _build_own_span(self) -> QWidget:
        self.own_span = QWidget()
        row = QHBoxLayout(self.own_span)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        self.since, self.until = MomentField(), MomentField()
        for field, name in ((self.since, self.tr("From")), (self.until, self.tr("until"))):
            field.setDisplayFormat(field.locale().dateTimeFormat(field.locale().FormatType.ShortFormat))
            field.setAccessibleName(name)
            field.setMinimumWidth(_MOMENT_WIDTH)
            row.addWidget(label(name, "muted"))
            row.addWidget(field)
        self.apply_button = button(self.tr("Show"))
        self.apply_button.clicked.connect(self._on_own_span)
        row.addWidget(self.apply_button)
        row.addStretch(1)
        return self.own_span

    # Showing

    def _fill(self) -> None:
        choices = self._model.choices
        for combo, everything, entries in (
            (self.campaign, self.tr("All campaigns"), choices.campaigns),
            (self.number, self.tr("All numbers"), choices.instances),
        ):
            combo.clear()
            combo.addItem(everything, None)
            for entry_id, name in entries:
                combo.addItem(name, entry_id)
        self._show()

    def _show(self) -> None:
        where = self._model.where
        if self.search.text().strip() != where.text:
            self.search.setText(where.text)
        self.types.show_types(where.types)
        said = self.tr("Only {person}").format(person=self._model.person)
        self.person.setText(self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, _PERSON_WIDTH - 60))
        self.person.setAccessibleName(said)
        self.person.setVisible(where.contact_id is not None or where.recipient_id is not None)
        self.severity.setCurrentIndex(self.severity.findData(where.min_severity))
        self.campaign.setCurrentIndex(max(0, self.campaign.findData(where.campaign_id)))
        self.number.setCurrentIndex(max(0, self.number.findData(where.instance_id)))
        self.span.setCurrentIndex(self.span.findData(self._model.span))
        self.own_span.setVisible(self._model.span is Span.OWN)
        self.clear_button.setVisible(self._model.is_filtered)

    # Changing

    def _on_severity(self, _index: int) -> None:
        self._model.set_min_severity(Severity(self.severity.currentData()))

    def _on_campaign(self, _index: int) -> None:
        self._model.set_campaign(self.campaign.currentData())

    def _on_number(self, _index: int) -> None:
        self._model.set_instance(self.number.currentData())

    def _on_span(self, _index: int) -> None:
        span = Span(self.span.currentData())
        if span is not Span.OWN:
            self._model.set_span(span)
            return
        now = self._model.now()
        self.until.setDateTime(QDateTime.fromSecsSinceEpoch(int(now.timestamp())))
        self.since.setDateTime(QDateTime.fromSecsSinceEpoch(int(now.timestamp()) - _DAY_S))
        self._on_own_span()

    def _on_own_span(self) -> None:
        self._model.set_span(Span.OWN, _moment(self.since), _moment(self.until))
        self.own_span.setVisible(True)


def _moment(field: MomentField) -> datetime:
    return datetime.fromtimestamp(field.dateTime().toSecsSinceEpoch(), UTC)

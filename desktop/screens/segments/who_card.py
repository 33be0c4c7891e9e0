"""How many people the rules find at this moment, and the first of them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.viewmodels import formats
from desktop.viewmodels.segments import SegmentsViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.tokens import SPACE_S

_ROWS = 12


class WhoCard(Card):
    """Follows a `SegmentsViewModel`.

    Signals:
        all_requested: the operator wants to see everybody in the list of contacts.
    """

    all_requested = Signal()

    def __init__(self, model: SegmentsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Who is in it now"), parent=parent)
        self._model = model
        self.figure = label("–", "display")
        self.note = label("", "muted", wrap=True)
        self.body.addWidget(self.figure)
        self.body.addWidget(self.note)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_S)
        grid.setVerticalSpacing(SPACE_S)
        grid.setColumnStretch(0, 1)
        self._labels: list[tuple[ElidedLabel, QLabel]] = []
        for row in range(_ROWS):
            name, phone = ElidedLabel(""), label("", "caption")
            grid.addWidget(name, row, 0)
            grid.addWidget(phone, row, 1)
            self._labels.append((name, phone))
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.all_button = button(self.tr("Show all of them"), "link", "users")
        self.all_button.clicked.connect(self.all_requested)
        self.body.addWidget(self.all_button)
        model.counted.connect(self._show)
        self._show()

    def _show(self) -> None:
        size = self._model.size
        self.figure.setEnabled(not self._model.is_counting)
        self.all_button.setEnabled(bool(size and size[0]))
        if size is None:
            is_soon = self._model.is_counting and bool(self._model.rules.rules)
            self.figure.setText("…" if is_soon else "–")
            self.note.setText("" if is_soon else self.tr("Add a rule and fill it in."))
        else:
            people, opted_out = size
            self.figure.setText(formats.number(people))
            self.note.setText(
                self.tr("Opted out, and will not receive anything: {people}").format(people=formats.people(opted_out))
                if opted_out
                else self.tr("Nobody among them opted out")
                if people
                else self.tr("Nobody meets these rules at the moment.")
            )
        sample = self._model.sample[:_ROWS]
        for row, (name, phone) in enumerate(self._labels):
            person = sample[row] if row < len(sample) else None
            name.setText((person.name or self.tr("No name")) if person else "")
            phone.setText(formats.phone(person.phone) if person else "")
            name.setVisible(person is not None)
            phone.setVisible(person is not None)

"""A group of rules: all of them must hold, or any; groups stand inside groups."""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.segment import MAX_DEPTH, FieldRule, Group, HistoryRule, Match, Rule
from desktop.screens.segments.rule_row import RuleRow
from desktop.viewmodels import segment_edit as edit
from desktop.viewmodels.segment_edit import Path
from desktop.viewmodels.segments import SegmentsViewModel
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.card import well
from desktop.widgets.labels import label
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import SPACE_M, SPACE_S


class GroupBox(QWidget):
    """Changes the group at one path of a `SegmentsViewModel`.

    Signals:
        rows_made: for whoever looks into it.
    """

    rows_made = Signal()

    def __init__(self, model: SegmentsViewModel, path: Path = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._path = path
        group = cast(Group, edit.at(model.rules, path))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame: QWidget = QFrame() if not path else well()
        outer.addWidget(frame)
        column = QVBoxLayout(frame)
        margin = SPACE_M if path else 0
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(SPACE_M)
        column.addLayout(self._build_head(group))
        self.rows: list[RuleRow] = []
        self.groups: list[GroupBox] = []
        for place, rule in enumerate(group.rules):
            inner = (*path, place)
            if isinstance(rule, Group):
                box = GroupBox(model, inner)
                self.groups.append(box)
                column.addWidget(box)
            else:
                row = RuleRow(model, inner, rule)
                row.kind_chosen.connect(self._on_kind_chosen)
                self.rows.append(row)
                column.addWidget(row)
        column.addLayout(self._build_foot())

    def _build_head(self, group: Group) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(label(self.tr("People for whom"), "muted"))
        self.match = SegmentedControl(
            [(Match.ALL.value, self.tr("all rules hold")), (Match.ANY.value, self.tr("any rule holds"))],
            self.tr("How the rules are combined"),
        )
        self.match.set_current(group.match.value)
        self.match.chosen.connect(self._on_match)
        row.addWidget(self.match)
        row.addStretch(1)
        if self._path:
            self.remove_button = icon_button("trash-2", self.tr("Remove this group"))
            self.remove_button.clicked.connect(self._on_remove)
            row.addWidget(self.remove_button)
        return row

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.add_button = button(self.tr("Add a rule"), "ghost", "plus")
        self.add_button.clicked.connect(self._on_add)
        row.addWidget(self.add_button)
        self.group_button = button(self.tr("Add a group"), "ghost", "layers")
        self.group_button.setToolTip(
            self.tr("Rules of which another number must hold, such as: this one, or that one.")
        )
        self.group_button.clicked.connect(self._on_add_group)
        self.group_button.setVisible(len(self._path) + 1 < MAX_DEPTH)
        row.addWidget(self.group_button)
        row.addStretch(1)
        return row

    def _on_match(self, key: str) -> None:
        self._model.set_match(self._path, Match(key))

    def _on_add(self) -> None:
        has_rules = bool(cast(Group, edit.at(self._model.rules, self._path)).rules)
        self._model.add(self._path, FieldRule if has_rules else HistoryRule)

    def _on_add_group(self) -> None:
        self._model.add(self._path, Group)

    def _on_remove(self) -> None:
        self._model.remove(self._path)

    def _on_kind_chosen(self, path: Path, kind: type[Rule]) -> None:
        if type(edit.at(self._model.rules, path)) is not kind:
            tags = self._model.tags
            self._model.set_rule(path, edit.new_rule(kind, tags[0] if tags else ""))

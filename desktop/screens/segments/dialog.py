"""The saved segments: made, changed, deleted, each with how many people are in it now."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.markup import as_plain
from desktop.domain.operator import Deed
from desktop.screens.segments.group_box import GroupBox
from desktop.screens.segments.who_card import WhoCard
from desktop.viewmodels import formats, segment_words, wording
from desktop.viewmodels.segments import SegmentsViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.dialogs import Question, ask
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from desktop.widgets.vertical_scroll import VerticalScroll

_SIZE = (1200, 720)
_LEAST = (960, 560)
_LIST_WIDTH = 220
_WHO_WIDTH = 300
_ITEM_HEIGHT = 52
_MOST_NAMED = 4
_NAME = int(Qt.ItemDataRole.UserRole)


class SegmentsDialog(QDialog):
    """One visit to the segments.

    Signals:
        all_requested(object, str): show everybody whom these rules (a `Group`) find; the name of the segment.
    """

    all_requested = Signal(object, str)

    def __init__(
        self,
        model: SegmentsViewModel,
        parent: QWidget | None = None,
        *,
        name: str | None = None,
        can_show_all: bool = True,
    ) -> None:
        """`name` is the segment that is shown first: None for the first one, empty for a new one."""
        super().__init__(parent)
        self._model = model
        self._then: str | None = None
        self.question: Question | None = None
        self.setWindowTitle(self.tr("Segments"))
        self.setModal(True)
        self.resize(*_SIZE)
        self.setMinimumSize(*_LEAST)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(label(self.tr("Segments"), "section"))
        hint = self.tr(
            "Saved rules that find people. Who is in a segment changes by itself; a campaign keeps those who are in it "
            "at its start."
        )
        layout.addWidget(label(hint, "muted", wrap=True))
        self.banner = Banner(closable=True)
        layout.addWidget(self.banner)
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_L)
        columns.addLayout(self._build_list())
        columns.addWidget(self._build_rules(), 1)
        self.who = WhoCard(model)
        self.who.setFixedWidth(_WHO_WIDTH)
        self.who.all_button.setVisible(can_show_all)
        self.who.all_requested.connect(self._on_all)
        columns.addWidget(self.who)
        layout.addLayout(columns, 1)
        layout.addLayout(self._build_buttons())
        self._connect_signals()
        model.begin(name)

    def _connect_signals(self) -> None:
        model = self._model
        model.listed.connect(self._show_list)
        model.changed.connect(self._show_rules)
        model.edited.connect(self._show_state)
        model.saved.connect(self._on_saved)
        model.failed.connect(self._on_failed)

    def _build_list(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE_S)
        self.list = QListWidget()
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setAccessibleName(self.tr("Saved segments"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_item)
        self.list.itemActivated.connect(self._on_item)
        column.addWidget(self.list, 1)
        self.new_button = button(self.tr("New segment"), "secondary", "plus")
        self.new_button.clicked.connect(self._on_new)
        column.addWidget(self.new_button)
        return column

    def _build_rules(self) -> QWidget:
        card = Card()
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.name.setPlaceholderText(self.tr("Customers from Recife who read us lately"))
        self.name.textEdited.connect(self._model.set_name)
        self.name_row = FormRow(self.tr("Name"), self.name)
        card.body.addWidget(self.name_row)
        self.area = VerticalScroll(SPACE_M)
        card.body.addWidget(self.area, 1)
        self.box: GroupBox | None = None
        return card

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.delete_button = button(self.tr("Delete…"), "danger-ghost", "trash-2")
        self.delete_button.clicked.connect(self.ask_to_delete)
        needs(self.delete_button, Deed.PEOPLE)
        row.addWidget(self.delete_button)
        self.copy_button = button(self.tr("Make a copy"), "ghost", "copy")
        self.copy_button.clicked.connect(self._on_copy)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        close_button = button(self.tr("Close"))
        close_button.setAutoDefault(False)
        close_button.clicked.connect(self.reject)
        row.addWidget(close_button)
        self.save_button = button(self.tr("Save segment"), "primary")
        needs(self.save_button, Deed.PEOPLE)
        self.save_button.clicked.connect(self._model.save)
        row.addWidget(self.save_button)
        return row

    # Showing

    def _show_list(self) -> None:
        self.list.clear()
        for each in self._model.segments:
            size = self._model.sizes.get(each.name)
            item = QListWidgetItem(f"{each.name}\n{formats.people(size[0])}" if size else f"{each.name}\n…")
            item.setData(_NAME, each.name)
            item.setSizeHint(QSize(0, _ITEM_HEIGHT))
            item.setToolTip(as_plain(f"{each.name}\n{segment_words.describe(each.rules)}"))
            self.list.addItem(item)
        self._mark_shown()

    def _mark_shown(self) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setSelected(not self._model.is_new and item.data(_NAME) == self._model.saved_name)

    def _show_rules(self) -> None:
        if self.box is not None:
            self.area.column.removeWidget(self.box)
            self.box.hide()
            self.box.deleteLater()
        self.box = GroupBox(self._model)
        self.area.column.addWidget(self.box)
        if self.name.text() != self._model.name:
            self.name.setText(self._model.name)
            self.name.setCursorPosition(0)
        self._mark_shown()
        self._show_state()

    def _show_state(self) -> None:
        model = self._model
        self.save_button.setEnabled(model.can_save)
        self.delete_button.setVisible(not model.is_new)
        self.copy_button.setVisible(not model.is_new)
        used = formats.number(len(model.users))
        self.name_row.set_hint(self.tr("Campaigns that follow a new name: {n}").format(n=used) if model.users else "")
        self.name_row.set_error(self.tr("There is a segment of this name.") if model.is_name_taken else "")

    def _on_saved(self, _segment: object) -> None:
        self.banner.show_message("success", self.tr("Saved. Campaigns can be sent to it."))

    def _on_failed(self, error: KnownError) -> None:
        text, hint = wording.error(error)
        self.banner.show_message("danger", text, hint)

    # Doing

    def _leave(self, then: str | None) -> None:
        """Go to another segment (empty: a new one) or away (None); what is not saved is asked about first."""
        if not self._model.is_dirty:
            self._go(then)
            return
        self._then = then
        self.question = ask(
            self,
            self.tr("Leave without saving?"),
            self.tr("The rules that you changed are not saved."),
            self.tr("Leave"),
            self.tr("Go on editing"),
            self._on_leave_answered,
            tone="warning",
        )

    def _on_leave_answered(self, answer: str) -> None:
        if answer == "yes":
            self._go(self._then)
        else:
            self._mark_shown()

    def _go(self, then: str | None) -> None:
        if then is None:
            super().reject()
        elif then:
            self._model.open(then)
        else:
            self._model.open_new()
            self.name.setFocus()

    def _on_item(self, item: QListWidgetItem) -> None:
        name = str(item.data(_NAME))
        if self._model.is_new or name != self._model.saved_name:
            self._leave(name)

    def _on_new(self) -> None:
        self._leave("")

    def _on_copy(self) -> None:
        self._model.copy()
        self.name.setFocus()

    def _on_all(self) -> None:
        self.all_requested.emit(self._model.rules, self._model.name or self.tr("New segment"))
        super().reject()

    def ask_to_delete(self) -> Question:
        """Ask before a segment is deleted."""
        self.question = ask(
            self,
            self.tr("Delete “{name}”?").format(name=self._model.saved_name),
            self._consequence(),
            self.tr("Delete segment"),
            self.tr("Cancel"),
            self._on_delete_answered,
            tone="danger",
        )
        return self.question

    def _consequence(self) -> str:
        users = self._model.users
        if not users:
            return self.tr("Nobody is deleted, and no campaign that waits for its start uses it.")
        named = ", ".join(f"“{name}”" for name in users[:_MOST_NAMED])
        if len(users) > _MOST_NAMED:
            named += self.tr(" and {n} more").format(n=formats.number(len(users) - _MOST_NAMED))
        text = self.tr(
            "Nobody is deleted. Campaigns that have started keep their people. These need another audience: {names}."
        )
        return text.format(names=named)

    def _on_delete_answered(self, answer: str) -> None:
        if answer == "yes":
            self._model.delete()

    def reject(self) -> None:
        """Close, unless something would be lost."""
        self._leave(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Return in a field of a rule must not press a button of the dialog.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)

"""The filter by type of event: a button with a menu of boxes that stays open while one chooses."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.domain.events import EventType
from desktop.viewmodels import wording
from desktop.widgets.icons import icon

_GROUPS: tuple[tuple[EventType, ...], ...] = (
    (
        EventType.MESSAGE_SENT,
        EventType.MESSAGE_DELIVERED,
        EventType.MESSAGE_READ,
        EventType.MESSAGE_FAILED,
        EventType.REPLIED,
        EventType.RETRY_SCHEDULED,
        EventType.SKIPPED,
        EventType.OPTED_OUT,
        EventType.OPT_OUT_CONFIRMED,
        EventType.IN_DOUBT,
        EventType.RECONCILED,
    ),
    (
        EventType.CREATED,
        EventType.EDITED,
        EventType.SCHEDULED,
        EventType.STARTED,
        EventType.PAUSED,
        EventType.RESUMED,
        EventType.COMPLETED,
        EventType.CANCELLED,
        EventType.DELETED,
    ),
    (
        EventType.INSTANCE_SELECTED,
        EventType.INSTANCE_PAUSED,
        EventType.INSTANCE_RESUMED,
        EventType.LIMIT_REACHED,
        EventType.HEALTH_ISSUE,
        EventType.BREAKER_OPENED,
        EventType.BREAKER_CLOSED,
        EventType.WENT_OFFLINE,
        EventType.CAME_ONLINE,
        EventType.EVENTS_PRUNED,
        EventType.ERROR,
    ),
)


class TypesButton(QPushButton):
    """Signals:
    chosen: the types (tuple of str) that are to be shown; empty means all.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(icon("list-filter", "text_muted"))
        self._menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        for number, group in enumerate(_GROUPS):
            if number:
                self._menu.addSeparator()
            for kind in group:
                action = self._menu.addAction(wording.event_type(kind))
                action.setCheckable(True)
                action.setData(kind.value)
                action.toggled.connect(self._on_toggled)
                self._actions[kind.value] = action
        self._menu.installEventFilter(self)
        self.setMenu(self._menu)
        self.show_types(())

    def show_types(self, types: Sequence[str]) -> None:
        """Show a choice without telling anybody."""
        for kind, action in self._actions.items():
            action.blockSignals(True)
            action.setChecked(kind in types)
            action.blockSignals(False)
        self._show_text(types)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the menu open while boxes are ticked: one seldom wants only one type."""
        if watched is self._menu and isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            action = self._menu.actionAt(event.position().toPoint())
            # The stubs say there always is one; between two entries there is none.
            if isinstance(action, QAction) and action.isCheckable():  # pyright: ignore[reportUnnecessaryIsInstance]
                action.toggle()
                return True
        return super().eventFilter(watched, event)

    def _on_toggled(self, _is_on: bool) -> None:
        types = tuple(kind for kind, action in self._actions.items() if action.isChecked())
        self._show_text(types)
        self.chosen.emit(types)

    def _show_text(self, types: Sequence[str]) -> None:
        if not types:
            text = self.tr("All events")
        elif len(types) == 1:
            text = wording.event_type(types[0])
        else:
            text = self.tr("{count} kinds of events").format(count=len(types))
        self.setText(text)

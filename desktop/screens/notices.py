"""Standing notices above every page: what is true for the whole window and must not be overlooked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import CampaignId
from desktop.viewmodels import formats
from desktop.viewmodels.shell import ShellState
from desktop.widgets.banner import Banner
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL


class Notices(QWidget):
    """One banner for each fact; what is not true takes no room.

    Signals:
        start_requested: the engine that stopped by itself shall start now.
        missed_requested(object): the campaign with this id, which did not start at its time, shall be shown.
        missed_read: the operator has read which campaigns did not start at their time.
        recovered_read: the operator has read about the imports that were cut off.
    """

    start_requested = Signal()
    missed_requested = Signal(object)
    missed_read = Signal()
    recovered_read = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(SPACE_S)
        self.ending = Banner()
        self.stopped = Banner()
        self.stopped.action_requested.connect(self.start_requested)
        self.busy = Banner()
        self.missed = Banner(closable=True)
        self.missed.dismissed.connect(self.missed_read)
        self.missed.action_requested.connect(self._on_missed_requested)
        self._missed_id: CampaignId | None = None
        self.offline = Banner()
        self.holder = Banner()
        self.practice = Banner()
        self.recovered = Banner(closable=True)
        self.recovered.dismissed.connect(self.recovered_read)
        first = (self.ending, self.stopped, self.busy, self.recovered, self.missed)
        by_weight = (*first, self.offline, self.holder, self.practice)
        for banner in by_weight:
            self._layout.addWidget(banner)
        self.show_state(ShellState())

    def show_state(self, state: ShellState) -> None:
        """Show what the state asks for."""
        self._show_ending(state.awaited, does_session_end=state.does_session_end)
        self._show_missed(state.missed)
        if state.is_database_busy:
            self.busy.show_message(
                "warning",
                self.tr("The database is busy: nothing can be recorded now, so nothing is sent. Nothing is lost."),
                self.tr("It goes on by itself. If this lasts, close other programs that have the data folder open."),
                icon_name="hourglass",
            )
        else:
            self.busy.hide()
        if state.stopped is None:
            self.stopped.hide()
        else:
            self.stopped.show_message("danger", state.stopped.why, state.stopped.hint, self.tr("Start again"))
        if state.recovered:
            self.recovered.show_message(
                "warning",
                self.tr("The import of {file} was cut off when Cadência was closed.").format(
                    file=", ".join(state.recovered)
                ),
                self.tr("What it had written was taken back: nothing is half done. Import the file again."),
            )
        else:
            self.recovered.hide()
        if state.online:
            self.offline.hide()
        else:
            self.offline.show_message(
                "warning",
                self.tr("No internet. Nothing is sent until the connection is back."),
                self.tr("Campaigns wait and go on by themselves. You can draft and import meanwhile."),
                icon_name="wifi-off",
            )
        if state.holder is None:
            self.holder.hide()
        else:
            self.holder.show_message(
                "info",
                self.tr("Another Cadência sends from this data folder: {holder}.").format(holder=state.holder),
                self.tr("You see everything here, live. What you start is sent by the other one."),
                icon_name="server",
            )
        if state.is_practice:
            self.practice.show_message(
                "accent",
                self.tr("Practice: a simulator answers instead of WhatsApp. No real message leaves."),
                icon_name="flask-conical",
            )
        else:
            self.practice.hide()
        is_any = (
            not state.online
            or bool(state.awaited)
            or state.does_session_end
            or state.is_database_busy
            or bool(state.recovered)
            or bool(state.missed)
            or state.stopped is not None
            or state.holder is not None
            or state.is_practice
        )
        self._layout.setContentsMargins(SPACE_XL, SPACE_L if is_any else 0, SPACE_XL, 0)
        self.setVisible(is_any)

    def _show_ending(self, awaited: int | None, *, does_session_end: bool) -> None:
        if does_session_end:
            self.ending.show_message(
                "warning",
                self.tr(
                    "The computer ends your session: nothing new leaves, answers that are on their way are awaited."
                ),
                self.tr("If it does not end after all, sending goes on by itself within a minute."),
                icon_name="hourglass",
            )
            return
        if not awaited:
            self.ending.hide()
            return
        self.ending.show_message(
            "info",
            self.tr("Closing: waiting for the answers to {n} messages that are on their way.").format(
                n=formats.number(awaited)
            )
            if awaited > 1
            else self.tr("Closing: waiting for the answer to the last message that is on its way."),
            self.tr(
                "Nothing new leaves, and nothing is lost. The window closes by itself; no answer takes longer than 75"
                " seconds."
            ),
            icon_name="hourglass",
        )

    def _show_missed(self, missed: Sequence[tuple[CampaignId, str, str]]) -> None:
        if not missed:
            self.missed.hide()
            return
        self._missed_id, name, why = missed[0]
        text = self.tr("“{name}” did not start at its time.").format(name=name)
        if len(missed) > 1:
            text = self.tr("“{name}” and {n} more did not start at their time.").format(
                name=name, n=formats.number(len(missed) - 1)
            )
        self.missed.show_message("warning", text, why, self.tr("Decide"))

    def _on_missed_requested(self) -> None:
        if self._missed_id is not None:
            self.missed_requested.emit(self._missed_id)

"""The window: bar at the left, standing notices above, one page at a time. It composes and routes, nothing else."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QMoveEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.operator import Deed
from desktop.screens.contacts.dropped import dropped_capsule, dropped_file
from desktop.screens.navigation import Navigation
from desktop.screens.notices import Notices
from desktop.screens.pages import Page, PageName, Pages
from desktop.viewmodels import wording
from desktop.viewmodels.person_events import PersonAsked
from desktop.viewmodels.shell import ShellState, ShellViewModel
from desktop.widgets.dialogs import Question, ask
from desktop.widgets.toast import Toast

_SIZE = (1280, 820)
_MINIMUM = (960, 640)
_GEOMETRY_PAUSE_MS = 1000


class MainWindow(QMainWindow):
    """Pages are made when they are first shown.

    Attributes:
        why_not: says why whoever is signed in may not do a deed, or nothing. Whoever watches the window sets it.

    Signals:
        close_requested: the operator wants to leave, and has agreed to it if something was being sent. Whoever composes
            the program stops the engine, then calls `close_for_good`.
        account_requested(str): lock, sign_out or password, from the foot of the bar.
        uncovered: somebody has signed in again.
    """

    close_requested = Signal()
    account_requested = Signal(str)
    uncovered = Signal()

    def __init__(self, shell: ShellViewModel, pages: Pages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Cadência")
        self.resize(*_SIZE)
        self.setMinimumSize(*_MINIMUM)
        self.setAcceptDrops(True)
        self.why_not: Callable[[Deed], str] = _everything_is_allowed
        self._shell = shell
        self._pages = pages
        self._built: dict[PageName, QWidget] = {}
        self._current: PageName | None = None
        self._argument: object = None
        self._may_close = False
        self._operator = ("", "")
        self._question: Question | None = None
        self._toast = Toast(self)
        self._geometry_timer = QTimer(self)
        self._geometry_timer.setSingleShot(True)
        self._geometry_timer.setInterval(_GEOMETRY_PAUSE_MS)
        self._shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.New), self)
        # The pages below, and above them what covers all of it until somebody has signed in.
        self._layers = QStackedWidget()
        self.setCentralWidget(self._layers)
        self._frame: QWidget | None = None
        self._hidden_dialogs: list[QDialog] = []
        self._build_frame()
        self._connect_signals()

    @property
    def current(self) -> PageName | None:
        return self._current

    def page(self, name: PageName) -> QWidget:
        """Return a page, making it when it is not there yet."""
        if name not in self._built:
            made = self._pages[name]()
            self._built[name] = made
            self._stack.addWidget(made)
            self._follow(made)
        return self._built[name]

    def navigate(self, name: PageName, argument: object = None) -> None:
        """Show a page; `argument` is what it opens: the id of a campaign, or None for a new one in the editor."""
        if self._current is not None and self._current is not name:
            _deactivate(self._built[self._current])
        shown = self.page(name)
        self._current, self._argument = name, argument
        self._navigation.set_current(name)
        self._stack.setCurrentWidget(shown)
        _open(shown, name, argument)
        explain = getattr(shown, "show_why_not", None)
        if explain is not None:
            explain(self.why_not)
        if isinstance(shown, Page):
            shown.activate()

    def rebuild_pages(self) -> None:
        """Make everything anew, in the language of now; the page that was shown is shown again."""
        if self._current is not None:
            shown = self._built[self._current]
            # A page may have opened something else since: the editor's new draft has got an id.
            self._argument = getattr(shown, "opened", None) or self._argument
            _deactivate(shown)
        for page in self._built.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._built.clear()
        self._build_frame()
        self._notices.show_state(self._shell.state)
        self._navigation.show_state(self._shell.state)
        if self._current is not None:
            name, self._current = self._current, None
            self.navigate(name, self._argument)

    def close_for_good(self) -> None:
        """Close without asking: the engine has been stopped."""
        self._may_close = True
        if self._current is not None:
            _deactivate(self._built[self._current])
        self._shell.stop()
        self.close()

    def leave_page(self) -> None:
        """Let the present page save what it has."""
        if self._current is not None:
            _deactivate(self._built[self._current])

    @property
    def is_covered(self) -> bool:
        return self._frame is not None and self._layers.currentWidget() is not self._frame

    def cover(self, by: QWidget) -> None:
        """Show nothing but `by`. Dialogs are hidden, not answered: what was typed is there again afterwards."""
        if self._layers.indexOf(by) < 0:
            self._layers.addWidget(by)
        if not self.is_covered:
            self._hidden_dialogs = [found for found in self.findChildren(QDialog) if found.isVisible()]
            for dialog in self._hidden_dialogs:
                dialog.hide()
        self._toast.hide()
        self._shortcut.setEnabled(False)
        self._layers.setCurrentWidget(by)

    def uncover(self) -> None:
        """Show the pages again."""
        if self._frame is not None:
            self._layers.setCurrentWidget(self._frame)
        shown = self._built.get(self._current) if self._current is not None else None
        if isinstance(shown, Page):
            shown.activate()
        self._shortcut.setEnabled(True)
        for dialog in self._hidden_dialogs:
            dialog.open()
        self._hidden_dialogs = []
        self.uncovered.emit()

    def show_operator(self, name: str, role: str) -> None:
        """Show at the foot of the bar who is signed in; nothing for an empty name."""
        self._operator = (name, role)
        self._navigation.show_operator(name, role)

    def notice(self, text: str) -> None:
        """Show a passing sentence."""
        if not self.is_covered:
            self._toast.show_message(text)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self._save_geometry()
        if self._shell.is_ending:
            return  # a notice says what it waits for
        if self._shell.is_sending and not self._shell.does_session_end:
            self._ask_before_closing()
        else:
            self.close_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if (dropped_file(data) or dropped_capsule(data)) is not None and not self.is_covered:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path, capsule = dropped_file(event.mimeData()), dropped_capsule(event.mimeData())
        if capsule is not None:
            event.acceptProposedAction()
            self.navigate(PageName.CAMPAIGNS)
            take_in = getattr(self.page(PageName.CAMPAIGNS), "take_in", None)
            if take_in is not None:
                take_in(capsule)
        if path is not None:
            event.acceptProposedAction()
            self.navigate(PageName.CONTACTS)
            import_file = getattr(self.page(PageName.CONTACTS), "import_file", None)
            if import_file is not None:
                import_file(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._geometry_timer.start()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._geometry_timer.start()

    def _build_frame(self) -> None:
        frame = QWidget()
        frame.setObjectName("page")
        columns = QHBoxLayout(frame)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        self._navigation = Navigation()
        self._navigation.chosen.connect(self.navigate)
        self._navigation.doubts_requested.connect(self._on_doubts_requested)
        columns.addWidget(self._navigation)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self._notices = Notices()
        self._notices.recovered_read.connect(self._shell.dismiss_recovered)
        self._notices.missed_read.connect(self._shell.dismiss_missed)
        self._notices.missed_requested.connect(self._on_campaign_requested)
        self._notices.start_requested.connect(self._shell.start_again)
        right.addWidget(self._notices)
        self._stack = QStackedWidget()
        right.addWidget(self._stack, 1)
        columns.addLayout(right, 1)
        is_covered = self.is_covered
        if self._frame is not None:
            self._layers.removeWidget(self._frame)
            self._frame.deleteLater()
        self._frame = frame
        self._layers.insertWidget(0, frame)
        if not is_covered:
            self._layers.setCurrentWidget(frame)
        self._navigation.show_operator(*self._operator)
        self._navigation.account_requested.connect(self.account_requested)

    def _connect_signals(self) -> None:
        self._shell.changed.connect(self._on_state_changed)
        self._shell.first_run_decided.connect(self._on_first_run_decided)
        self._shell.geometry_loaded.connect(self._on_geometry_loaded)
        self._shell.demo_started.connect(self._on_demo_started)
        self._shell.failed.connect(self._on_failed)
        self._shell.recovered.connect(self._on_recovered)
        self._geometry_timer.timeout.connect(self._save_geometry)
        self._shortcut.activated.connect(self._on_new_requested)

    def _follow(self, page: QWidget) -> None:
        """Connect the signals by which pages say where to go; which of them a page has is its own affair."""
        for name, slot in (
            ("back_requested", self._on_back_requested),
            ("new_requested", self._on_new_requested),
            ("import_requested", self._on_import_requested),
            ("campaign_requested", self._on_campaign_requested),
            ("edit_requested", self._on_edit_requested),
            ("timeline_requested", self._on_timeline_requested),
            ("events_requested", self._on_timeline_requested),
            ("page_requested", self._on_page_requested),
            ("people_requested", self._on_people_requested),
            ("connect_requested", self._on_connect_requested),
            ("noticed", self.notice),
        ):
            signal = getattr(page, name, None)
            if signal is not None:
                signal.connect(slot)

    def _on_state_changed(self, state: ShellState) -> None:
        self._notices.show_state(state)
        self._navigation.show_state(state)
        title = self.tr("{n} sending").format(n=wording.number(state.running)) if state.running else ""
        if state.stopped is not None:  # also for whoever has locked the window, or put it away
            title = self.tr("Sending has stopped")
        if state.awaited:
            title = self.tr("Closing")
        self.setWindowTitle(f"{title} — Cadência" if title else "Cadência")

    def _on_first_run_decided(self, is_first_run: bool) -> None:
        if self._current is None:
            self.navigate(PageName.FIRST_RUN if is_first_run else PageName.CAMPAIGNS)

    def _on_geometry_loaded(self, geometry: QByteArray) -> None:
        self.restoreGeometry(geometry)

    def _on_demo_started(self, campaign_id: object) -> None:
        if campaign_id is None:
            self.navigate(PageName.CAMPAIGNS)
        else:
            self.navigate(PageName.CAMPAIGN, campaign_id)

    def _on_failed(self, refusal: KnownError) -> None:
        text, hint = wording.error(refusal)
        self.notice(f"{text} {hint}".strip())

    def _on_recovered(self) -> None:
        shown = self._built.get(self._current) if self._current is not None else None
        if isinstance(shown, Page) and not self.is_covered:
            shown.activate()

    def _on_back_requested(self) -> None:
        self.navigate(PageName.CAMPAIGNS)

    def _on_new_requested(self) -> None:
        why = self.why_not(Deed.EDIT)
        if why:
            self.notice(why)
        else:
            self.navigate(PageName.EDITOR)

    def _on_import_requested(self) -> None:
        self.navigate(PageName.CONTACTS)
        open_dialog = getattr(self.page(PageName.CONTACTS), "open_import_dialog", None)
        if open_dialog is not None:
            open_dialog()

    def _on_connect_requested(self) -> None:
        self.navigate(PageName.INSTANCES)
        open_dialog = getattr(self.page(PageName.INSTANCES), "open_add_dialog", None)
        if open_dialog is not None:
            open_dialog()

    def _on_campaign_requested(self, campaign_id: object) -> None:
        self.navigate(PageName.CAMPAIGN, campaign_id)

    def _on_doubts_requested(self, campaign_id: object) -> None:
        self.navigate(PageName.CAMPAIGN, campaign_id)
        show_doubts = getattr(self.page(PageName.CAMPAIGN), "show_doubts", None)
        if show_doubts is not None:
            show_doubts()

    def _on_edit_requested(self, campaign_id: object) -> None:
        why = self.why_not(Deed.EDIT)
        if why:
            self.navigate(PageName.CAMPAIGN, campaign_id)
            self.notice(why)
        else:
            self.navigate(PageName.EDITOR, campaign_id)

    def _on_timeline_requested(self, asked: object) -> None:
        self.navigate(PageName.TIMELINE, asked)

    def _on_people_requested(self, asked: object) -> None:
        self.navigate(PageName.CONTACTS, asked)

    def _on_page_requested(self, name: str) -> None:
        self.navigate(PageName(name))

    def _save_geometry(self) -> None:
        if self.isVisible():
            self._shell.save_geometry(self.saveGeometry())

    def _ask_before_closing(self) -> None:
        if self._question is not None:
            return
        self._question = ask(
            self,
            self.tr("Messages are being sent"),
            self.tr(
                "If you close it, sending stops. Nothing is lost: when you open it again it goes on where it stopped."
            ),
            self.tr("Stop and close"),
            self.tr("Keep sending"),
            self._on_close_answered,
            tone="warning",
        )

    def _on_close_answered(self, answer: str) -> None:
        self._question = None
        if answer == "yes":
            self.close_requested.emit()


def _deactivate(page: QWidget) -> None:
    if isinstance(page, Page):
        page.deactivate()


def _everything_is_allowed(_deed: Deed) -> str:
    return ""


def _open(page: QWidget, name: PageName, argument: object) -> None:
    """Hand a page what it shall open, by the name of what it can do."""
    if name is PageName.EDITOR and argument is None:
        method = "open_new"
    elif argument is None:
        return
    else:
        about_campaign = "show_person" if isinstance(argument, PersonAsked) else "show_campaign"
        method = about_campaign if name is PageName.TIMELINE else "open"
    opener = getattr(page, method, None)
    if opener is not None:
        opener(argument) if argument is not None else opener()

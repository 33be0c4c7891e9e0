"""Reading the texts of people's own: paged by key, one chosen, each accepted, mended, refused or written anew."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal

from desktop.domain.ids import CampaignId
from desktop.domain.own_text import OwnText, OwnTextFilter, OwnTextState
from desktop.viewmodels import formats, own_text_words
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.own_text_ports import OwnTextDesk
from desktop.viewmodels.prepared_model import Cell, Column, PreparedModel
from desktop.viewmodels.table_roles import SECOND, TONE, TOOL_TIP

PAGE = 200


class OwnTextsModel(PreparedModel[OwnText]):
    """Signals:
    more_wanted: the view has come to the end of what is loaded.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), _cells, lambda row: row.id, parent)
        self.has_more = False

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:
        return not parent.isValid() and self.has_more

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:
        if not parent.isValid() and self.has_more:
            self.more_wanted.emit()


class OwnTextReviewViewModel(QObject):
    """The table of texts, and the one that is read.

    Signals:
        chosen_changed: `chosen` is another one, or was changed.
        decided: something was accepted, refused or mended: the counts are others.
        failed(object): something was refused with this KnownError.
    """

    chosen_changed = Signal()
    decided = Signal()
    failed = Signal(object)

    def __init__(self, desk: OwnTextDesk, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._campaign_id: CampaignId | None = None
        self._generation = 0
        self.where = OwnTextFilter()
        self.chosen: OwnText | None = None
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.model = OwnTextsModel(self)
        self.model.more_wanted.connect(self._on_more_wanted)

    def open(self, campaign_id: CampaignId | None) -> None:
        """Show the first page of a campaign's texts."""
        if campaign_id != self._campaign_id:
            self._campaign_id, self.where = campaign_id, OwnTextFilter()
            self.model.show_rows(())
            self.choose(None)
        self.reload()

    def set_filter(self, where: OwnTextFilter) -> None:
        """Show only those that a filter finds."""
        if where != self.where:
            self.where = where
            self.reload()

    def reload(self) -> None:
        """Read the first page again."""
        self._generation += 1
        self.jobs.refresh("own texts.load", self._load_first)

    def refresh_rows(self, first: int, last: int) -> None:
        """Read again what is on the screen (places of rows): texts are coming."""
        if self.model.rowCount() == 0 or last < first:
            self.reload()
            return
        start, limit = max(0, first), min(PAGE, max(last - first + 1, 20) + 10)

        async def work() -> None:
            await self._load_again(start, limit)

        self.jobs.start("own texts.refresh", work)

    def choose(self, row: OwnText | None) -> None:
        """Read one; None for none."""
        if row != self.chosen:
            self.chosen = row
            self.chosen_changed.emit()

    # Decisions

    def accept(self) -> None:
        """Accept the one that is read."""
        self._decide(OwnTextState.ACCEPTED)

    def refuse(self) -> None:
        """Refuse the one that is read: the person has none."""
        self._decide(OwnTextState.REFUSED)

    def edit(self, text: str) -> None:
        """Let the one that is read be another text; with that it is accepted."""
        row, campaign_id = self.chosen, self._campaign_id
        if row is None or campaign_id is None or text == row.text:
            return

        async def work() -> None:
            await self._desk.edit(campaign_id, row.contact_id, text)
            await self._show_again(row)

        self.jobs.start(f"own text {row.id}", work)

    def accept_shown(self) -> None:
        """Accept all that the filter finds, on all pages, and nobody has decided about."""
        campaign_id, where = self._campaign_id, self.where
        if campaign_id is None:
            return

        async def work() -> None:
            await self._desk.accept_shown(campaign_id, where)
            self.decided.emit()
            self._generation += 1
            await self._load_first()

        self.jobs.start("accept own texts", work)

    def _decide(self, state: OwnTextState) -> None:
        row, campaign_id = self.chosen, self._campaign_id
        if row is None or campaign_id is None:
            return

        async def work() -> None:
            deed = self._desk.accept if state is OwnTextState.ACCEPTED else self._desk.refuse
            await deed(campaign_id, [row.id])
            await self._show_again(row)

        self.jobs.start(f"own text {row.id}", work)

    async def _show_again(self, row: OwnText) -> None:
        """Show what became of one row; it stays in sight although the filter may not find it any more."""
        assert self._campaign_id is not None
        found = await self._desk.texts(self._campaign_id, OwnTextFilter(), row.id - 1, 1)
        place = self.model.row_of(row.id)
        if found and found[0].id == row.id:
            if place is not None:
                self.model.change_rows(place, found)
            if self.chosen is not None and self.chosen.id == row.id:
                self.choose(found[0])
        self.decided.emit()

    # Pages

    async def _load_first(self) -> None:
        rows: Sequence[OwnText] = ()
        generation = self._generation
        if self._campaign_id is not None:
            rows = await self._desk.texts(self._campaign_id, self.where, None, PAGE)
        if generation != self._generation:
            return
        self.model.has_more = len(rows) == PAGE
        self.model.show_rows(rows)
        self._follow_chosen(rows)

    async def _load_more(self) -> None:
        if self._campaign_id is None:
            return
        generation, after = self._generation, self.model.key_of(self.model.rowCount() - 1)
        rows = await self._desk.texts(self._campaign_id, self.where, after, PAGE)
        if generation == self._generation and after == self.model.key_of(self.model.rowCount() - 1):
            self.model.has_more = len(rows) == PAGE
            self.model.append_rows(rows)

    async def _load_again(self, start: int, limit: int) -> None:
        if self._campaign_id is None:
            return
        generation, before = self._generation, self.model.key_of(start - 1)
        rows = await self._desk.texts(self._campaign_id, self.where, before, limit)
        if generation != self._generation or before != self.model.key_of(start - 1):
            return
        shown = [self.model.key_of(place) for place in range(start, min(start + len(rows), self.model.rowCount()))]
        if shown == [row.id for row in rows][: len(shown)]:
            self.model.change_rows(start, rows[: len(shown)])
            self.model.append_rows(rows[len(shown) :])
            if len(rows) < limit:
                self.model.cut_rows(start + len(rows))
        else:
            self.model.show_rows(rows, start)
        if self.model.rowCount() == start + len(rows):
            self.model.has_more = len(rows) == limit
        self._follow_chosen(rows)

    def _follow_chosen(self, rows: Sequence[OwnText]) -> None:
        if self.chosen is not None:
            new = next((row for row in rows if row.id == self.chosen.id), None)
            if new is not None:
                self.choose(new)

    def _on_more_wanted(self) -> None:
        if not self.jobs.is_running("own texts.load"):
            self.jobs.start("own texts.more", self._load_more)


def only(where: OwnTextFilter, choice: str) -> OwnTextFilter:
    """Return a filter for a choice of the screen: `all`, `problems`, or the word of a state."""
    state = None if choice in ("all", "problems") else OwnTextState(choice)
    return replace(where, state=state, has_problems=choice == "problems")


def _columns() -> Sequence[Column]:
    return tuple(Column(title) for title in own_text_words.columns())


def _cells(row: OwnText) -> Sequence[Cell]:
    shown_phone = formats.phone(row.phone)
    state, tone = own_text_words.state(row)
    problems = own_text_words.problems(row)
    text = " ".join(row.text.split())
    return (
        Cell(row.name or shown_phone, {SECOND: shown_phone if row.name else ""}),
        Cell(text or own_text_words.nothing(row), {TONE: "" if text else "muted", TOOL_TIP: row.text}),
        Cell(state, {TONE: tone}),
        Cell(problems, {TONE: "warning", TOOL_TIP: problems}),
    )

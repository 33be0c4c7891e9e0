"""Saved segments, and the one that is being written: its rules, how many people that is now, and who they are."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.campaign import AudienceKind, CampaignStatus
from desktop.domain.contact import Contact
from desktop.domain.segment import MAX_DEPTH, Group, Match, Rule, Segment
from desktop.viewmodels import segment_edit as edit
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.segment_edit import Path
from desktop.viewmodels.segment_ports import SegmentControl, SegmentLibrary

COUNT_AFTER_MS = 250
SAMPLE_SIZE = 20

_NOT_STARTED = (CampaignStatus.DRAFT, CampaignStatus.SCHEDULED)
_EMPTY = Group(Match.ALL, ())


class SegmentsViewModel(QObject):
    """One visit to the segments.

    Signals:
        listed: the saved segments or their sizes are others.
        changed: another segment is being written, or its rules have another shape.
        edited: a value of a rule, or the name, is another one: the shape is the same.
        counted: `size`, `sample` and `is_counting` are others.
        saved(object): a `Segment` is stored.
        deleted(str): the segment of this name is gone.
        failed(object): a question or an intention was refused with this KnownError.
    """

    listed = Signal()
    changed = Signal()
    edited = Signal()
    counted = Signal()
    saved = Signal(object)
    deleted = Signal(str)
    failed = Signal(object)

    def __init__(
        self, library: SegmentLibrary, control: SegmentControl, spawn: Spawn, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._control = control
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self._on_job_changed)
        self.segments: Sequence[Segment] = ()
        self.sizes: dict[str, tuple[int, int]] = {}
        self.has_loaded = False
        self.tags: Sequence[str] = ()
        self.fields: Sequence[str] = ()
        self.campaigns: Sequence[str] = ()
        self._users: dict[str, list[str]] = {}
        self.name = ""
        self.rules = _EMPTY
        self.is_new = True
        self.size: tuple[int, int] | None = None
        self.sample: Sequence[Contact] = ()
        self._stored: Group | None = None
        self._stored_name = ""
        self._wanted: str | None = None
        self._is_touched = False  # something was written since the segment was shown
        self._timer = QTimer(self, singleShot=True, interval=COUNT_AFTER_MS)
        self._timer.timeout.connect(self._on_count_due)

    # What there is

    def begin(self, open_name: str | None = None) -> None:
        """Begin a visit; what an earlier one has not saved is forgotten."""
        self._show("", _EMPTY, None)
        self.refresh(open_name)

    def refresh(self, open_name: str | None = None) -> None:
        """Read the saved segments and what rules can be about; then show one of them, or a new one for an empty name.

        Args:
            open_name: None for the first one.
        """
        self._wanted = open_name
        self.jobs.refresh("load segments", self._load)

    async def _load(self) -> None:
        self.segments = await self._library.segments()
        self.tags = [name for name, _count in await self._library.tags()]
        self.fields = [f"custom.{name}" for name in await self._library.custom_fields()]
        campaigns = await self._library.campaigns()
        self.campaigns = list(dict.fromkeys(each.name for each in campaigns))
        self._users = {}
        for each in campaigns:
            audience = each.draft.audience
            if each.status in _NOT_STARTED and audience is not None and audience.kind is AudienceKind.SEGMENT:
                self._users.setdefault(audience.values[0] if audience.values else "", []).append(each.name)
        self.has_loaded = True
        self.sizes = {name: size for name, size in self.sizes.items() if name in {s.name for s in self.segments}}
        wanted, self._wanted = self._wanted, None
        self.listed.emit()
        if self._is_touched:
            self.changed.emit()  # the operator was quicker than a long list: the choices are there now
        elif wanted == "" or not self.segments:
            self.open_new()
        else:
            names = [each.name for each in self.segments]
            self.open(wanted if wanted in names else names[0])
        self.jobs.refresh("count segments", self._count_all)

    async def _count_all(self) -> None:
        for each in self.segments:
            self.sizes[each.name] = await self._library.rules_size(each.rules)
            self.listed.emit()

    # The one that is written

    def open(self, name: str) -> None:
        """Show a saved segment."""
        found = next(each for each in self.segments if each.name == name)
        self._show(found.name, found.rules, found.rules)

    def open_new(self) -> None:
        """Begin another one."""
        self._show("", _EMPTY, None)

    def copy(self) -> None:
        """Begin another one with the same rules."""
        self._show("", self.rules, None)

    def _show(self, name: str, rules: Group, stored: Group | None) -> None:
        self.name, self.rules, self._stored, self.is_new = name, rules, stored, stored is None
        self._stored_name = name
        self.size, self.sample = None, ()
        self._is_touched = False
        self.changed.emit()
        self._count_soon()

    @property
    def is_dirty(self) -> bool:
        """Something would be lost if another segment were shown now."""
        return bool(self.rules.rules) if self._stored is None else self.rules != self._stored or self.is_renamed

    @property
    def is_renamed(self) -> bool:
        """A saved one is to get another name."""
        return not self.is_new and self.name.strip() != self._stored_name

    @property
    def saved_name(self) -> str:
        """The name under which the one that is shown is saved; empty for a new one."""
        return self._stored_name

    @property
    def users(self) -> Sequence[str]:
        """The campaigns that have not started and name the saved segment that is shown."""
        return () if self.is_new else self._users.get(self._stored_name, ())

    @property
    def is_name_taken(self) -> bool:
        """A new one, or one under another name, would replace a saved segment."""
        return (self.is_new or self.is_renamed) and self.name.strip() in {each.name for each in self.segments}

    @property
    def can_save(self) -> bool:
        is_whole = bool(self.name.strip()) and edit.is_complete(self.rules)
        return is_whole and self.is_dirty and not self.is_name_taken and not self.jobs.is_running("save segment")

    @property
    def is_counting(self) -> bool:
        """The figures shown are about to change."""
        return self._timer.isActive() or self.jobs.is_running("count segment")

    def set_name(self, name: str) -> None:
        """Name the segment; campaigns that name a saved one follow it."""
        if name != self.name:
            self.name = name
            self._is_touched = True
            self.edited.emit()

    def set_match(self, path: Path, match: Match) -> None:
        """Say whether all rules of a group must hold, or any."""
        group = edit.at(self.rules, path)
        assert isinstance(group, Group)
        self.set_rule(path, Group(match, group.rules))

    def set_rule(self, path: Path, rule: Rule) -> None:
        """Change what a rule says."""
        before = edit.at(self.rules, path) if path else self.rules
        if rule == before:
            return
        self.rules = edit.put(self.rules, path, rule)
        self._is_touched = True
        (self.edited if type(rule) is type(before) else self.changed).emit()
        self._count_soon()

    def add(self, path: Path, kind: type[Rule]) -> None:
        """Add a rule, or a group, to the group at `path`."""
        if kind is Group and len(path) + 1 >= MAX_DEPTH:
            return
        first_tag = self.tags[0] if self.tags else ""
        self.rules = edit.add(self.rules, path, edit.new_rule(kind, first_tag))
        self._is_touched = True
        self.changed.emit()
        self._count_soon()

    def remove(self, path: Path) -> None:
        self.rules = edit.remove(self.rules, path)
        self._is_touched = True
        self.changed.emit()
        self._count_soon()

    def save(self) -> None:
        if self.can_save:
            self.jobs.start("save segment", self._save)

    def delete(self) -> None:
        """Delete the saved segment that is shown."""
        if not self.is_new:
            self.jobs.start("delete segment", self._delete)

    async def _save(self) -> None:
        name, rules = self.name.strip(), self.rules
        saved = await self._control.rename_segment(self._stored_name, name) if self.is_renamed else None
        if saved is None or rules != self._stored:
            saved = await self._control.save_segment(name, rules)
        self._is_touched = False
        self.saved.emit(saved)
        self.refresh(saved.name)

    async def _delete(self) -> None:
        name = self._stored_name
        await self._control.delete_segment(name)
        self._is_touched = False
        self.deleted.emit(name)
        self.refresh()

    # Counting

    def _count_soon(self) -> None:
        self._timer.start()
        self.counted.emit()

    def _on_count_due(self) -> None:
        self.jobs.refresh("count segment", self._count)

    async def _count(self) -> None:
        rules = edit.completed(self.rules)
        size, sample = None, ()
        if rules is not None:
            size = await self._library.rules_size(rules)
            sample = await self._library.rules_sample(rules, SAMPLE_SIZE)
        if rules == edit.completed(self.rules):
            self.size, self.sample = size, sample

    def _on_job_changed(self, name: str) -> None:
        if name == "count segment":
            self.counted.emit()
        elif name == "save segment":
            self.edited.emit()

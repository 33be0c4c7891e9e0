"""Hands campaigns over in capsules and takes them in. None is sent in two places without somebody saying so.

A campaign that may still be sent is marked as handed over before its capsule exists, and does not start here until it
is taken back. A capsule comes in once. Of a campaign that was started only those can be written to who certainly were
not yet; who is in doubt is not among them. Whoever opted out here, or there, is not written to.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from db.connection import Database
from db.draft_document import from_document
from db.queries import capsules as capsule_rows
from db.stores.campaigns import CampaignStore
from db.stores.capsules import CapsuleStore
from db.stores.contacts import ContactStore
from db.stores.own_text_capsule import take_in_own_texts
from db.writer import WriteContext
from desktop import capsule
from desktop.capsule import Capsule
from desktop.domain.campaign import Audience, AudienceKind, Draft, MessageDraft
from desktop.domain.consent import ImportRules
from desktop.domain.contact import NewContact
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, WorkspaceId
from desktop.domain.operator import Deed, Permit
from desktop.domain.recipient import RecipientStatus
from desktop.media.shelf import MediaShelf

SOURCE = "capsule"
_BATCH = 1_000
_NOT_YET = (RecipientStatus.PENDING.value, RecipientStatus.RETRYING.value)


@dataclass(frozen=True, slots=True)
class Exported:
    """A capsule that was made. `handed_over`: the campaign does not start here any more."""

    file: Path
    uid: str
    people: int
    media: int
    missing: tuple[str, ...]
    handed_over: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What is in a capsule; nothing of it is taken in."""

    uid: str
    name: str
    status: str
    made_at: str
    people: int
    waiting: int  # who can still be written to
    counts: Mapping[str, int]
    media: int
    was_started: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft that was made of a capsule. `left_out`: opted out there, or (of a started one) sent to or in doubt.

    `made_at` (ISO 8601, UTC) is when it was handed over: whoever else has taken that file in would send as well.
    """

    campaign_id: CampaignId
    people: int
    added: int
    left_out: int
    made_at: str


@dataclass(frozen=True, slots=True)
class CapsuleDesk:
    """Works on one workspace of an open home."""

    database: Database
    workspace_id: WorkspaceId
    shelf: MediaShelf
    home_folder: Path
    now: Callable[[], datetime]
    permit: Permit

    @property
    def _marks(self) -> CapsuleStore:
        return CapsuleStore(self.database, self.workspace_id)

    async def handed_over(self) -> frozenset[CampaignId]:
        """Return the campaigns that may be sent elsewhere."""
        return await self._marks.handed_over()

    async def export(self, campaign_id: CampaignId, target: Path, passphrase: str) -> Exported:
        """Write a campaign into a capsule; one that may still be sent is handed over with it.

        Raises:
            KnownError: `campaign_not_found`, `capsule_running`, `handed_over`, `file_not_writable`.
        """
        by = await self.permit(Deed.EXPORT)
        uid, now = uuid4().hex, self.now()
        # Before the file exists: a crash in between leaves a campaign to take back, never two that send.
        handed_over = await self._marks.hand_over(campaign_id, uid, now, by)

        def make() -> Exported:
            return self.database.read_sync(
                lambda conn: self._write(conn, campaign_id, target, passphrase, uid, now, handed_over)
            )

        try:
            return await asyncio.to_thread(make)
        except BaseException:
            if handed_over:
                with suppress(KnownError):
                    await self._marks.take_back(campaign_id, self.now(), by)
            raise

    def _write(
        self,
        conn: Any,
        campaign_id: CampaignId,
        target: Path,
        passphrase: str,
        uid: str,
        now: datetime,
        handed_over: bool,
    ) -> Exported:
        found = capsule_rows.head(conn, self.workspace_id, campaign_id)
        paths = [m["media"]["path"] for m in found["draft"]["messages"] if m.get("media")]
        media = {path: Path(path) for path in dict.fromkeys(paths) if Path(path).is_file()}
        head = {"uid": uid, "made_at": now.isoformat(), "handed_over": handed_over, "campaign": found}
        people = capsule_rows.people(conn, self.workspace_id, campaign_id, now)
        n = capsule.write(target, passphrase, head, people, media, self.home_folder)
        missing = tuple(path for path in dict.fromkeys(paths) if path not in media)
        return Exported(target, uid, n, len(media), missing, handed_over)

    async def take_back(self, campaign_id: CampaignId) -> None:
        """Let a campaign that was handed over be sent here again: only when nobody sends it there.

        Raises:
            KnownError: `not_handed_over`, `campaign_not_found`.
        """
        await self._marks.take_back(campaign_id, self.now(), await self.permit(Deed.SEND))

    async def show(self, source: Path, passphrase: str) -> Shown:
        """Tell what is in a capsule.

        Raises:
            KnownError: `not_a_capsule`, `wrong_passphrase`, `capsule_damaged`, `capsule_newer`, `file_not_readable`.
        """
        await self.permit(Deed.READ)
        async with self._folder() as folder:
            return await asyncio.to_thread(lambda: _shown(capsule.read(source, passphrase, folder)))

    async def take_in(self, source: Path, passphrase: str, *, rest: bool = False) -> Imported:
        """Make a draft of a capsule, to exactly its people.

        Args:
            rest: of a campaign that was started, take those who were certainly not written to yet.

        Raises:
            KnownError: as `show`, and `capsule_known`, `capsule_own`, `capsule_started`, `capsule_ended`,
                `nobody_left`.
        """
        await self.permit(Deed.PEOPLE)
        by = await self.permit(Deed.EDIT)
        async with self._folder() as folder:
            opened = await asyncio.to_thread(capsule.read, source, passphrase, folder)
            await self._marks.refuse_known(opened.uid)
            _refuse_started(opened, rest=rest)
            people, left_out = await asyncio.to_thread(_sendable, opened)
            draft = await self._draft(opened, people)
            added = await self._add(people, by)
            now = self.now()
            store = CampaignStore(self.database, self.workspace_id)
            wish = opened.head["campaign"].get("own_texts")
            texts = await asyncio.to_thread(_own_texts, opened) if wish else {}

            def create(context: WriteContext) -> CampaignId:
                made = store.create(context, draft, now, {"capsule": opened.uid}, by)
                if wish:
                    take_in_own_texts(context.conn, self.workspace_id, made, wish, texts, now)
                return made

            campaign_id = await self._marks.take_in(opened.uid, create, now)
        return Imported(campaign_id, len(people), added, left_out, opened.head["made_at"])

    @asynccontextmanager
    async def _folder(self) -> AsyncGenerator[Path]:
        """Give a folder in the home for what is taken out of a capsule, for as long as it is needed."""
        made = await asyncio.to_thread(TemporaryDirectory, prefix=".cadencia-capsule-", dir=self.home_folder)
        try:
            yield Path(made.name)
        finally:
            await asyncio.to_thread(made.cleanup)

    async def _draft(self, opened: Capsule, people: Sequence[NewContact]) -> Draft:
        """Return the draft with its files in this home; its schedule does not come along."""
        try:
            draft = from_document(opened.head["campaign"]["draft"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise KnownError(
                "capsule_damaged", "The capsule is damaged or not complete.", "Ask for it once more."
            ) from error
        moved = {path: str(await self.shelf.keep(file)) for path, file in opened.media.items()}
        messages = tuple(_with_file(message, moved) for message in draft.messages)
        audience = Audience(AudienceKind.PHONES, tuple(person.phone for person in people))
        return replace(draft, messages=messages, audience=audience, schedule_at=None)

    async def _add(self, people: Sequence[NewContact], by: str | None) -> int:
        """Make contacts of those who are none yet. Who opted out here stays so, also who was erased."""
        contacts, now = ContactStore(self.database, self.workspace_id), self.now()
        import_id, added = int(now.timestamp() * 1_000_000), 0
        for start in range(0, len(people), _BATCH):
            part = people[start : start + _BATCH]
            done = await contacts.upsert(part, now, import_id, SOURCE, by, ImportRules(SOURCE))
            added += done.added
        return added


def _shown(opened: Capsule) -> Shown:
    campaign = opened.head["campaign"]
    people = waiting = 0
    for person in opened.people():
        people += 1
        waiting += _can_be_sent_to(person)
    counts = {str(word): int(n) for word, n in campaign["counts"].items()}
    return Shown(
        opened.uid,
        campaign["name"],
        campaign["status"],
        opened.head["made_at"],
        people,
        waiting,
        counts,
        len(opened.media),
        opened.was_started,
    )


def _can_be_sent_to(person: Mapping[str, Any]) -> bool:
    return not person["opted_out"] and person.get("status", RecipientStatus.PENDING.value) in _NOT_YET


def _refuse_started(opened: Capsule, *, rest: bool) -> None:
    if not opened.was_started:
        return
    if not opened.head["handed_over"]:
        raise KnownError(
            "capsule_ended",
            "This campaign has ended where it comes from: there is nothing to send.",
            "Look at what became of it with: capsule show.",
        )
    if not rest:
        counts = opened.head["campaign"]["counts"]
        raise KnownError(
            "capsule_started",
            "This campaign was started where it comes from: some people have its message already.",
            "Take only the rest of its people.",
            left=int(counts["pending"]) + int(counts["retrying"]),
            total=int(counts["total"]),
        )


def _sendable(opened: Capsule) -> tuple[list[NewContact], int]:
    """Return those who may be written to, and how many are left out."""
    people: dict[str, NewContact] = {}
    left_out = 0
    for person in opened.people():
        if _can_be_sent_to(person):
            people[person["phone"]] = NewContact(person["phone"], person["name"], (), dict(person["custom"]))
        else:
            left_out += 1
    if not people:
        raise KnownError("nobody_left", "Nobody of this capsule is left to send to.", "Look at it with: capsule show.")
    return list(people.values()), left_out


def _own_texts(opened: Capsule) -> dict[str, Mapping[str, Any]]:
    """Return the text of each person that can still be written to, by phone."""
    return {
        person["phone"]: person["own_text"]
        for person in opened.people()
        if "own_text" in person and _can_be_sent_to(person)
    }


def _with_file(message: MessageDraft, moved: Mapping[str, str]) -> MessageDraft:
    if message.media is None:
        return message
    return replace(message, media=replace(message.media, path=moved.get(message.media.path, message.media.path)))

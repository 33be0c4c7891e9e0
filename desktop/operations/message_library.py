"""What an operator does with the library of messages, and how the files of messages come into the home."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.campaign import Draft, Media, MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.operator import Deed, Permit
from desktop.domain.saved_message import LONGEST_NAME, SavedMessage
from desktop.engine.ports import Clock


class SavedMessageWrites(Protocol):
    async def save(
        self, name: str, messages: Sequence[MessageDraft], now: datetime, operator: str | None = None
    ) -> SavedMessage: ...

    async def rename(self, name: str, new_name: str, now: datetime, operator: str | None = None) -> SavedMessage: ...

    async def delete(self, name: str, now: datetime, operator: str | None = None) -> None: ...


class Keeper(Protocol):
    """Copies files into the home."""

    async def keep(self, path: Path) -> Path: ...


class MessageLibrary:
    """Intentions about saved messages. Each one is durable when it returns."""

    def __init__(self, saved: SavedMessageWrites, keeper: Keeper, clock: Clock, permit: Permit) -> None:
        self._saved, self._keeper, self._clock, self._permit = saved, keeper, clock, permit

    async def save(self, name: str, messages: Sequence[MessageDraft]) -> SavedMessage:
        """Create an entry, or replace the one of this name; its files are copied into the home.

        Raises:
            KnownError: `bad_message_name`, `no_message`, `disk_full`.
        """
        by = await self._permit(Deed.EDIT)
        written = [each for each in messages if each.text.strip() or each.media or each.template]
        if not written:
            raise KnownError("no_message", "There is nothing to save.", "Write a message first.")
        kept = [await _with_kept_file(self._keeper, each) for each in written]
        return await self._saved.save(_checked(name), kept, self._clock.now(), by)

    async def rename(self, name: str, new_name: str) -> SavedMessage:
        """Give an entry another name.

        Raises:
            KnownError: `bad_message_name`, `saved_message_not_found`, `saved_message_exists`.
        """
        by = await self._permit(Deed.EDIT)
        return await self._saved.rename(name, _checked(new_name), self._clock.now(), by)

    async def delete(self, name: str) -> None:
        """Delete an entry; campaigns made from it keep what they have.

        Raises:
            KnownError: `saved_message_not_found`.
        """
        await self._saved.delete(name, self._clock.now(), await self._permit(Deed.EDIT))


async def with_kept_files(keeper: Keeper, draft: Draft) -> Draft:
    """Return the draft with its files copied into the home: what it sends cannot be moved or changed any more.

    A file that cannot be read is named as before: the checklist says so.

    Raises:
        KnownError: `disk_full`.
    """
    kept = tuple([await _with_kept_file(keeper, message) for message in draft.messages])
    return draft if kept == draft.messages else replace(draft, messages=kept)


async def _with_kept_file(keeper: Keeper, message: MessageDraft) -> MessageDraft:
    if message.media is None:
        return message
    try:
        path = await keeper.keep(Path(message.media.path))
    except KnownError as error:
        if error.code != "media_unreadable":
            raise
        return message
    return replace(message, media=Media(message.media.kind, str(path)))


def _checked(name: str) -> str:
    """Return a name without needless spaces.

    Raises:
        KnownError: `bad_message_name`.
    """
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= LONGEST_NAME:
        raise KnownError(
            "bad_message_name",
            f"A name has 1 to {LONGEST_NAME} characters.",
            "Choose a short one.",
            longest=LONGEST_NAME,
        )
    return tidy

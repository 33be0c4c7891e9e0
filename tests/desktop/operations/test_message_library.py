"""Files of messages come into the home, and saved messages have a name and something in them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.campaign import Draft, Media, MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.operator import Deed, anybody
from desktop.domain.saved_message import SavedMessage
from desktop.operations.message_library import MessageLibrary, with_kept_files
from tests.fakes.clock import FakeClock

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Keeper:
    def __init__(self) -> None:
        self.refusal: KnownError | None = None

    async def keep(self, path: Path) -> Path:
        if self.refusal is not None:
            raise self.refusal
        return Path("/data/media") / path.name


class Saved:
    def __init__(self) -> None:
        self.done: list[tuple[str, object]] = []

    async def save(
        self, name: str, messages: Sequence[MessageDraft], now: datetime, operator: str | None = None
    ) -> SavedMessage:
        self.done.append((name, messages))
        return SavedMessage(name, tuple(messages), now, now)

    async def rename(self, name: str, new_name: str, now: datetime, operator: str | None = None) -> SavedMessage:
        self.done.append((name, new_name))
        return SavedMessage(new_name, (), now, now)

    async def delete(self, name: str, now: datetime, operator: str | None = None) -> None:
        self.done.append((name, None))


def make() -> tuple[MessageLibrary, Saved, Keeper]:
    saved, keeper = Saved(), Keeper()
    return MessageLibrary(saved, keeper, FakeClock(NOW), anybody), saved, keeper


PICTURE = MessageDraft("Oi", 1, Media("image", "/tmp/a.jpg"))
KEPT = MessageDraft("Oi", 1, Media("image", "/data/media/a.jpg"))


async def test_an_entry_names_the_copies_of_its_files_and_leaves_out_what_is_empty() -> None:
    library, _, _ = make()
    entry = await library.save("  Black   Friday ", [PICTURE, MessageDraft("  ")])
    assert (entry.name, entry.messages) == ("Black Friday", (KEPT,))


async def test_nothing_and_nameless_is_refused() -> None:
    library, saved, _ = make()
    for name, messages, code in (
        ("Natal", [MessageDraft(" ")], "no_message"),
        (" ", [PICTURE], "bad_message_name"),
        ("x" * 121, [PICTURE], "bad_message_name"),
    ):
        with pytest.raises(KnownError) as refused:
            await library.save(name, messages)
        assert refused.value.code == code
    with pytest.raises(KnownError):
        await library.rename("Natal", "")
    assert saved.done == []


async def test_a_viewer_may_not() -> None:
    async def nobody(deed: Deed) -> str | None:
        raise KnownError("not_allowed", f"no {deed}")

    saved = Saved()
    library = MessageLibrary(saved, Keeper(), FakeClock(NOW), nobody)
    for attempt in (library.save("a", [PICTURE]), library.rename("a", "b"), library.delete("a")):
        with pytest.raises(KnownError):
            await attempt
    assert saved.done == []


async def test_a_draft_names_the_copies_of_its_files() -> None:
    keeper = Keeper()
    draft = Draft("Natal", messages=(PICTURE, MessageDraft("Oi")))
    assert (await with_kept_files(keeper, draft)).messages == (KEPT, MessageDraft("Oi"))
    plain = Draft("Natal", messages=(MessageDraft("Oi"),))
    assert await with_kept_files(keeper, plain) is plain


async def test_a_file_that_is_not_there_stays_named_for_the_checklist_but_a_full_disk_is_said() -> None:
    keeper = Keeper()
    keeper.refusal = KnownError("media_unreadable", "x")
    draft = Draft("Natal", messages=(PICTURE,))
    assert await with_kept_files(keeper, draft) is draft
    keeper.refusal = KnownError("disk_full", "x")
    with pytest.raises(KnownError):
        await with_kept_files(keeper, draft)

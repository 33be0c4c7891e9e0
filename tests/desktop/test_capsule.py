"""A capsule carries a campaign from one home to another, and lets nobody be written to twice on the way."""

# ruff: noqa: ASYNC240

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.connection import Database
from db.home import add_workspace, ensure_workspace, open_database
from db.queries.library import SqlLibrary
from desktop import backup, capsule
from desktop.capsule_desk import CapsuleDesk
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, Media, MessageDraft
from desktop.domain.contact import NewContact
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.operator import anybody
from desktop.domain.outcome import Unknown
from desktop.domain.own_text import Otherwise, OwnTextFilter, OwnTextState
from desktop.domain.recipient import RecipientStatus
from desktop.media.shelf import MediaShelf
from tests.db.world import NOW, World, draft, phone, with_own_texts

WORD = "correct horse"


@dataclass
class Desk:
    """A home of its own."""

    folder: Path
    world: World
    capsules: CapsuleDesk
    library: SqlLibrary

    @classmethod
    async def open(cls, folder: Path, database: Database, people: int) -> "Desk":
        world = await World.make(database, ensure_workspace(database, NOW), people)
        shelf = MediaShelf(folder / "media")
        capsules = CapsuleDesk(database, world.workspace_id, shelf, folder, lambda: world.now, anybody)
        return cls(folder, world, capsules, SqlLibrary(database, world.workspace_id, lambda: world.now))

    async def phones(self, campaign_id: CampaignId) -> tuple[str, ...]:
        audience = (await self.library.draft(campaign_id)).draft.audience
        return audience.values if audience else ()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("capsules") / "empty.db"
    open_database(path).close()
    return path


@pytest.fixture
def databases(tmp_path: Path, empty_file: Path) -> Iterator[tuple[Database, Database]]:
    folders = [tmp_path / "here", tmp_path / "there"]
    for folder in folders:
        folder.mkdir()
    here, there = (open_database(shutil.copy(empty_file, folder / "cadencia.db")) for folder in folders)
    yield here, there
    here.close()
    there.close()


@pytest.fixture
async def here(tmp_path: Path, databases: tuple[Database, Database]) -> Desk:
    return await Desk.open(tmp_path / "here", databases[0], 5)


@pytest.fixture
async def there(tmp_path: Path, databases: tuple[Database, Database]) -> Desk:
    return await Desk.open(tmp_path / "there", databases[1], 0)


async def refusal(of: object) -> str:
    with pytest.raises(KnownError) as refused:
        await of  # type: ignore[misc]
    return refused.value.code


async def test_a_draft_goes_to_another_desk_with_people_fields_and_files(here: Desk, there: Desk, tmp_path: Path):
    picture = tmp_path / "oferta.jpg"
    picture.write_bytes(b"\xff\xd8\xff picture")
    messages = (MessageDraft("Olá {{nome}}", media=Media("image", str(picture))), MessageDraft("Oi"))
    made = await here.world.campaigns.save_draft(None, draft(messages=messages, schedule_at=NOW), NOW)
    await here.world.contacts.opt_out(phone(2), NOW)
    file = tmp_path / "natal.cadencia-capsule"
    exported = await here.capsules.export(made, file, WORD)
    assert (exported.people, exported.media, exported.handed_over) == (5, 1, True)
    shown = await there.capsules.show(file, WORD)
    assert (shown.name, shown.status, shown.people, shown.waiting) == ("Black Friday", "draft", 5, 4)
    picture.unlink()
    done = await there.capsules.take_in(file, WORD)
    assert (done.people, done.added, done.left_out) == (4, 4, 1)
    taken = (await there.library.draft(done.campaign_id)).draft
    assert taken.audience == Audience(AudienceKind.PHONES, tuple(phone(n) for n in (0, 1, 3, 4)))
    assert (taken.messages[1], taken.schedule_at) == (MessageDraft("Oi"), None)
    moved = taken.messages[0].media
    assert moved is not None
    assert Path(moved.path).read_bytes() == b"\xff\xd8\xff picture"
    assert there.folder in Path(moved.path).parents
    (ana,) = [each for each in await there.library.contacts(None, None, 10) if each.phone == phone(1)]
    assert (ana.name, dict(ana.custom), ana.opt_in_source) == ("Person 1", {"city": "Rio"}, "capsule")


async def test_a_capsule_comes_into_one_database_once_whatever_the_workspace(here: Desk, there: Desk, tmp_path: Path):
    made = await here.world.campaigns.save_draft(None, draft(), NOW)
    file = tmp_path / "natal.cadencia-capsule"
    await here.capsules.export(made, file, WORD)
    done = await there.capsules.take_in(file, WORD)
    assert done.made_at == NOW.isoformat()
    assert await refusal(there.capsules.take_in(file, WORD)) == "capsule_known"
    database = there.world.database
    other = database.write_sync(lambda context: add_workspace(context, "Outra", NOW))
    desk = CapsuleDesk(database, other, there.capsules.shelf, there.folder, lambda: NOW, anybody)
    assert await refusal(desk.take_in(file, WORD)) == "capsule_known"
    # Within one database a campaign may go from one workspace to another: the first one stands still.
    second = await there.world.campaigns.save_draft(None, draft("Páscoa"), NOW)
    await there.capsules.export(second, tmp_path / "pascoa.cadencia-capsule", WORD)
    await desk.take_in(tmp_path / "pascoa.cadencia-capsule", WORD)
    assert await refusal(there.world.ledger.act(second, CampaignAction.START, NOW, None, None)) == "handed_over"


async def test_who_hands_over_cannot_start_until_it_is_taken_back(here: Desk, there: Desk, tmp_path: Path):
    made = await here.world.campaigns.save_draft(None, draft(), NOW)
    file = tmp_path / "a.cadencia-capsule"
    await here.capsules.export(made, file, "")
    act, ledger = CampaignAction.START, here.world.ledger
    assert await refusal(ledger.act(made, act, NOW, None, None)) == "handed_over"
    assert await refusal(here.world.campaigns.schedule(made, here.world.later(60), NOW)) == "handed_over"
    assert await refusal(here.capsules.export(made, tmp_path / "b", "")) == "handed_over"
    assert await refusal(here.capsules.take_in(file, "")) == "capsule_own"
    assert await here.capsules.handed_over() == {made}
    done = await there.capsules.take_in(file, "")
    assert await refusal(there.capsules.take_in(file, "")) == "capsule_known"
    assert len(await there.library.campaigns()) == 1
    await there.world.ledger.act(done.campaign_id, act, NOW, None, None)
    await here.capsules.take_back(made)
    assert await here.capsules.handed_over() == frozenset()
    await ledger.act(made, act, NOW, None, None)
    assert await refusal(here.capsules.take_back(made)) == "not_handed_over"


async def test_of_a_started_campaign_only_those_are_taken_who_certainly_were_not_written_to(
    here: Desk, there: Desk, tmp_path: Path
):
    campaign_id = await here.world.started()
    one, two, three, *_ = await here.world.waiting(campaign_id)
    await here.world.send(one, "m1")
    await here.world.settle(two, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    file = tmp_path / "a.cadencia-capsule"
    assert await refusal(here.capsules.export(campaign_id, file, WORD)) == "capsule_running"
    assert not file.exists()
    await here.world.ledger.act(campaign_id, CampaignAction.PAUSE, NOW, None, "Ana")
    await here.capsules.export(campaign_id, file, WORD)
    assert await refusal(here.world.ledger.act(campaign_id, CampaignAction.RESUME, NOW, None, None)) == "handed_over"
    shown = await there.capsules.show(file, WORD)
    assert (shown.was_started, shown.waiting, shown.counts["sent"], shown.counts["in_doubt"]) == (True, 3, 1, 1)
    assert await refusal(there.capsules.take_in(file, WORD)) == "capsule_started"
    # Somebody who opted out there, and is on the list although nobody knows the person any more.
    await there.world.contacts.upsert([NewContact(three.phone)], NOW, 1)
    await there.world.contacts.opt_out(three.phone, NOW)
    await there.world.contacts.erase(three.phone, NOW)
    done = await there.capsules.take_in(file, WORD, rest=True)
    assert set(await there.phones(done.campaign_id)) == {phone(2), phone(3), phone(4)}
    await there.world.ledger.act(done.campaign_id, CampaignAction.START, NOW, None, None)
    waiting = await there.world.waiting(done.campaign_id)
    assert {each.phone for each in waiting} == {phone(3), phone(4)}, "the opt-out of the receiving home wins"


async def test_what_has_ended_is_evidence_with_every_attempt_and_nothing_to_send(
    here: Desk, there: Desk, tmp_path: Path
):
    campaign_id = await here.world.started()
    await here.world.send((await here.world.waiting(campaign_id))[0], "m1")
    await here.world.ledger.act(campaign_id, CampaignAction.CANCEL, NOW, None, None)
    file = tmp_path / "a.cadencia-capsule"
    assert not (await here.capsules.export(campaign_id, file, WORD)).handed_over
    for rest in (False, True):
        assert await refusal(there.capsules.take_in(file, WORD, rest=rest)) == "capsule_ended"
    opened = await asyncio.to_thread(capsule.read, file, WORD, tmp_path)
    first = next(opened.people())
    assert (first["status"], first["message_id"], first["attempts"][0]["outcome"]) == ("sent", "m1", "accepted")
    await here.capsules.export(campaign_id, file, WORD)  # as often as somebody asks


async def test_an_export_that_fails_hands_nothing_over(here: Desk, tmp_path: Path):
    made = await here.world.campaigns.save_draft(None, draft(), NOW)
    assert await refusal(here.capsules.export(made, tmp_path / "gone" / "a", "")) == "file_not_writable"
    assert await here.capsules.handed_over() == frozenset()
    assert await refusal(here.capsules.export(CampaignId(99), tmp_path / "a", "")) == "campaign_not_found"


async def test_nobody_left_is_said(here: Desk, there: Desk, tmp_path: Path):
    made = await here.world.campaigns.save_draft(None, draft(audience=None), NOW)
    await here.capsules.export(made, tmp_path / "a", "")
    assert await refusal(there.capsules.take_in(tmp_path / "a", "")) == "nobody_left"


async def test_a_typed_list_takes_its_strangers_along(here: Desk, there: Desk, tmp_path: Path):
    audience = Audience(AudienceKind.PHONES, (phone(1), phone(77), phone(77)))
    made = await here.world.campaigns.save_draft(None, draft(audience=audience), NOW)
    await here.capsules.export(made, tmp_path / "a", "")
    done = await there.capsules.take_in(tmp_path / "a", "")
    assert await there.phones(done.campaign_id) == (phone(1), phone(77))


@pytest.fixture
async def made(here: Desk, tmp_path: Path) -> Path:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(3 << 19))  # more than one piece of the seal
    messages = (MessageDraft("Oi", media=Media("video", str(film))),)
    campaign_id = await here.world.campaigns.save_draft(None, draft(messages=messages), NOW)
    file = tmp_path / "a.cadencia-capsule"
    await here.capsules.export(campaign_id, file, WORD)
    return file


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda data: b"", "not_a_capsule"),
        (lambda data: b"PK\x03\x04 a workbook, perhaps", "not_a_capsule"),
        (lambda data: data[:-1], "capsule_damaged"),
        (lambda data: data[: (1 << 20) + 500], "capsule_damaged"),
        (lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:], "capsule_damaged"),
        (lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:], "wrong_passphrase"),
        (lambda data: data + b"x", "capsule_damaged"),
    ],
)
async def test_garbage_and_tampered_files_are_refused(
    made: Path, there: Desk, spoil: Callable[[bytes], bytes], code: str
):
    made.write_bytes(spoil(made.read_bytes()))
    assert await refusal(there.capsules.take_in(made, WORD)) == code
    assert await there.library.campaigns() == []
    assert await there.library.contact_count() == 0
    assert [each.name for each in there.folder.iterdir() if each.name.startswith(".cadencia-capsule")] == []


async def test_another_passphrase_and_a_backup_are_refused(made: Path, here: Desk, there: Desk, tmp_path: Path):
    assert await refusal(there.capsules.show(made, "another")) == "wrong_passphrase"
    assert await refusal(there.capsules.show(made, "")) == "wrong_passphrase"
    assert await refusal(there.capsules.show(tmp_path / "gone", WORD)) == "file_not_readable"
    await asyncio.to_thread(backup.make, here.world.database, tmp_path / "whole", WORD, NOW)
    assert await refusal(there.capsules.show(tmp_path / "whole", WORD)) == "not_a_capsule"
    assert WORD.encode() not in made.read_bytes()
    assert b"Person" not in made.read_bytes()


HEAD = {
    "uid": "1",
    "made_at": "2026-11-27T00:00:00+00:00",
    "handed_over": True,
    "campaign": {"name": "x", "status": "draft", "started_at": None, "counts": {}, "draft": {}},
}
PERSON = {"phone": "+5511987654321", "name": "Ana", "custom": {}, "opted_out": False}


@pytest.mark.parametrize(
    ("head", "person", "code"),
    [
        (HEAD, PERSON | {"phone": "5511"}, "capsule_damaged"),
        (HEAD, PERSON | {"phone": 5}, "capsule_damaged"),
        (HEAD, PERSON | {"custom": {"a": 1}}, "capsule_damaged"),
        (HEAD, PERSON | {"custom": None}, "capsule_damaged"),
        (HEAD, PERSON | {"opted_out": "no"}, "capsule_damaged"),
        (HEAD, PERSON, "capsule_damaged"),  # the draft is none
        (HEAD | {"uid": None}, PERSON, "capsule_damaged"),
        (HEAD | {"campaign": []}, PERSON, "capsule_damaged"),
        (HEAD | {"format": 99}, PERSON, "capsule_newer"),
    ],
)
async def test_a_well_sealed_lie_is_refused(
    there: Desk, tmp_path: Path, head: dict[str, object], person: dict[str, object], code: str
):
    file = tmp_path / "lie"
    await asyncio.to_thread(capsule.write, file, "", head, [person], {}, tmp_path)
    assert await refusal(there.capsules.take_in(file, "")) == code
    assert await there.library.campaigns() == []


def test_a_name_in_the_archive_leads_nowhere_else(tmp_path: Path):
    folder = tmp_path / "home"
    folder.mkdir()
    away = tmp_path / "passwd"
    away.write_text("x")
    file = tmp_path / "lie"
    capsule.write(file, "", HEAD, [PERSON], {"../../../etc/passwd": away}, tmp_path)
    with suppress(KnownError):
        opened = capsule.read(file, "", folder)
        assert all(folder in path.parents for path in opened.media.values())


async def test_texts_for_one_person_each_come_along_as_they_were_read_and_no_consent_does(
    here: Desk, there: Desk, tmp_path: Path
):
    made = await here.world.campaigns.save_draft(None, draft(), NOW)
    await with_own_texts(here.world, made, "Oi, {Ana}")
    file = tmp_path / "a.cadencia-capsule"
    await here.capsules.export(made, file, "")
    done = await there.capsules.take_in(file, "")
    plan = await there.library.own_text_plan(done.campaign_id)
    assert plan is not None
    assert (plan.wish.base, plan.otherwise, plan.consent) == ("Olá {{nome}}", Otherwise.ORDINARY, None)
    (text,) = await there.library.own_texts(done.campaign_id, OwnTextFilter(), None, 10)
    assert (text.phone, text.text, text.state) == (phone(0), "Oi, {Ana}", OwnTextState.ACCEPTED)
    await there.world.ledger.act(done.campaign_id, CampaignAction.START, NOW, None, None)
    assert (await there.world.waiting(done.campaign_id))[0].own_text == "Oi, {Ana}"


async def test_of_a_paused_campaign_the_rest_keeps_its_texts(here: Desk, there: Desk, tmp_path: Path):
    made = await here.world.campaigns.save_draft(None, draft(), NOW)
    await with_own_texts(here.world, made, "Oi, {Ana}")
    await here.world.ledger.act(made, CampaignAction.START, NOW, None, None)
    await here.world.send((await here.world.waiting(made))[1], "m1")
    await here.world.ledger.act(made, CampaignAction.PAUSE, NOW, None, None)
    file = tmp_path / "a.cadencia-capsule"
    await here.capsules.export(made, file, "")
    done = await there.capsules.take_in(file, "", rest=True)
    assert done.people == 4
    (text,) = await there.library.own_texts(done.campaign_id, OwnTextFilter(), None, 10)
    assert (text.text, text.state) == ("Oi, {Ana}", OwnTextState.ACCEPTED)

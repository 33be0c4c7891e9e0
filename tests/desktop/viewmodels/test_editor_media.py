"""The file of a message: kept, judged by the gateways of the chosen numbers, offered smaller."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.campaign import Media
from desktop.domain.errors import KnownError
from desktop.domain.instance import Gateway
from desktop.domain.media import MediaFacts, MediaKind
from desktop.policy.media_limits import MB, FaultCode, MediaFault
from desktop.viewmodels import media_words
from desktop.viewmodels.editor import EditorViewModel, Step
from desktop.viewmodels.editor_media import MediaViewModel
from desktop.viewmodels.editor_message import MessageViewModel
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary
from tests.fakes.media import FakeMediaDesk

PHOTO, PDF = Path("/tmp/foto.jpg"), Path("/tmp/tabela.pdf")


class World:
    def __init__(self) -> None:
        self.library = FakeLibrary()
        self.desk = FakeMediaDesk()
        self.desk.files[PHOTO] = MediaFacts("foto.jpg", 1 * MB, "image/jpeg", 1600, 1200)
        self.desk.files[PDF] = MediaFacts("tabela.pdf", 2 * MB, "application/pdf")
        spawn = ImmediateSpawn()
        self.editor = EditorViewModel(self.library, FakeControl(self.library), spawn)
        self.message = MessageViewModel(self.editor, self.library, spawn)
        self.media = MediaViewModel(self.editor, self.message, self.library, self.desk, spawn)
        self.refused: list[KnownError] = []
        self.media.failed.connect(self.refused.append)
        self.editor.open_new("Nova")
        self.media.refresh()

    def only(self, gateway: Gateway) -> None:
        row = self.library.numbers[0]
        self.library.numbers = [replace(row, instance=replace(row.instance, gateway=gateway))]
        self.media.refresh()


@pytest.fixture
def world(qapp: object) -> World:
    return World()


def test_an_attached_file_is_kept_and_is_the_chosen_variations(world: World) -> None:
    world.message.set_text("Olá")
    world.message.add_variation()
    world.media.attach(PHOTO)
    assert [message.media for message in world.editor.draft.messages] == [None, Media("image", "/data/media/foto.jpg")]
    assert world.media.look is not None
    assert world.media.look.facts.width == 1600
    assert world.message.facts.length.limit == 1024
    world.message.choose(0)
    assert world.media.look is None
    world.message.choose(1)
    world.media.remove()
    assert world.message.message.media is None
    assert world.message.facts.length.limit == 65_536, "no number of Meta's is there"


def test_the_counter_follows_the_gateways_of_the_chosen_numbers(world: World) -> None:
    first, *_ = world.library.numbers
    meta = replace(first, instance=replace(first.instance, name="Meta", gateway=Gateway.CLOUD))
    world.library.numbers = [first, meta]
    world.media.refresh()
    world.message.set_text("a" * 5_000)
    assert world.message.facts.length.limit == 4_096, "before one is chosen, the strictest of all"
    world.editor.set_instances([first.instance.name])
    assert world.message.facts.length.limit == 65_536
    assert not world.editor.problems(Step.MESSAGE)
    world.editor.set_instances([first.instance.name, "Meta"])
    assert world.message.facts.length.remaining == 4_096 - 5_000
    assert [problem.facts["limit"] for problem in world.editor.problems(Step.MESSAGE)] == [4_096]


def test_a_file_without_a_text_is_a_message(world: World) -> None:
    assert [problem.code for problem in world.editor.problems(Step.MESSAGE)] == ["message_empty"]
    world.media.attach(PDF)
    assert not world.editor.problems(Step.MESSAGE)
    assert world.media.kind is MediaKind.DOCUMENT
    world.message.set_text("a" * 1025)
    assert [problem.facts["limit"] for problem in world.editor.problems(Step.MESSAGE)] == [1024]


def test_a_file_that_cannot_be_read_is_refused_and_changes_nothing(world: World) -> None:
    world.media.attach(Path("/tmp/foi.jpg"))
    assert [error.code for error in world.refused] == ["media_unreadable"]
    assert world.media.media is None


def test_the_chosen_numbers_decide_what_is_too_large(world: World) -> None:
    world.desk.files[PHOTO] = MediaFacts("foto.jpg", 9 * MB, "image/jpeg", 4000, 3000)
    world.only(Gateway.EVOLUTION)
    world.media.attach(PHOTO)
    assert not world.media.faults
    assert world.media.offer is None
    world.only(Gateway.CLOUD)
    assert [fault.code for fault in world.media.faults] == [FaultCode.TOO_LARGE]
    assert world.media.offer is not None
    assert world.desk.limits == [5 * MB]


def test_the_smaller_picture_is_taken_or_not_and_not_offered_again(world: World) -> None:
    world.desk.files[PHOTO] = MediaFacts("foto.jpg", 1 * MB, "image/jpeg", 1600, 1200, has_position=True)
    world.media.attach(PHOTO)
    world.media.decline_offer()
    assert world.media.offer is None
    world.message.set_text("Olá")
    assert world.media.offer is None
    world.media.remove()
    other = Path("/tmp/outra.jpg")
    world.desk.files[other] = MediaFacts("outra.jpg", 1 * MB, "image/webp", 1600, 1200)
    world.media.attach(other)
    world.media.accept_offer()
    assert world.media.media == Media("image", "/data/media/smaller-outra.jpg")
    assert not world.media.faults


def test_a_film_that_phones_cannot_play_goes_as_a_document(world: World) -> None:
    film = Path("/tmp/filme.mp4")
    world.desk.files[film] = MediaFacts("filme.mp4", 3 * MB, "video/mp4", codecs=("hvc1", "mp4a"))
    world.only(Gateway.CLOUD)
    world.media.attach(film)
    assert media_words.faults(world.media.faults) == [
        ("WhatsApp Cloud API does not play H.265: save it with H.264 and AAC.", True)
    ]
    world.media.set_kind(MediaKind.DOCUMENT)
    assert not world.media.faults


def test_gateways_with_the_same_fault_are_named_together() -> None:
    large = [MediaFault(gateway, FaultCode.TOO_LARGE, True, 100 * MB) for gateway in (Gateway.EVOLUTION, Gateway.WAHA)]
    assert media_words.faults(large) == [("Too large for Evolution API, WAHA: at most 100 MB.", True)]
    assert media_words.described(MediaFacts("a.docx", 2_500_000, "application/zip")) == "DOCX · 2.4 MB"

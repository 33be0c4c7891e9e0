"""The library of messages on a real database: by name, found by words, its files never swept."""

from datetime import timedelta

import pytest

from db.backup import move_media
from db.queries.library import SqlLibrary
from db.stores.saved_messages import SavedMessageStore
from desktop.domain.campaign import Media, MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType
from desktop.domain.ids import EventId
from desktop.domain.summaries import EventFilter
from desktop.domain.template import TemplateUse
from tests.db.world import NOW, World

PROMO = (
    MessageDraft("Olá {{nome}}! Promoção de Natal", 2, Media("image", "/data/media/ab/oferta.jpg")),
    MessageDraft("", 1, template=TemplateUse("boas_vindas", "pt_BR", (("1", "{{nome}}"),))),
)


def stores(world: World) -> tuple[SavedMessageStore, SqlLibrary]:
    return (
        SavedMessageStore(world.database, world.workspace_id),
        SqlLibrary(world.database, world.workspace_id, lambda: world.now),
    )


async def test_a_message_comes_back_with_its_variations_and_files(world: World) -> None:
    store, library = stores(world)
    saved = await store.save("Natal", PROMO, NOW)
    assert saved == await library.saved_message("natal"), "upper and lower case alike"
    assert saved.messages == PROMO
    assert (saved.created_at, saved.updated_at) == (NOW, NOW)


async def test_saving_under_the_same_name_replaces(world: World) -> None:
    store, library = stores(world)
    await store.save("Promoção", PROMO, NOW)
    later = NOW + timedelta(days=1)
    await store.save("promocao", [MessageDraft("Oi")], later)
    (entry,) = await library.saved_messages()
    assert (entry.name, entry.messages, entry.created_at, entry.updated_at) == (
        "promocao", (MessageDraft("Oi"),), NOW, later
    )  # fmt: skip


async def test_messages_are_found_by_words_of_name_text_file_and_template(world: World) -> None:
    store, library = stores(world)
    await store.save("Natal", PROMO, NOW)
    await store.save("Cobrança", [MessageDraft("50% pago_já")], NOW + timedelta(seconds=1))
    for text in ("natal", "PROMOCAO ola", "oferta.jpg", "boas_vindas", "  "):
        assert "Natal" in [entry.name for entry in await library.saved_messages(text)], text
    assert [entry.name for entry in await library.saved_messages("50%")] == ["Cobrança"]
    assert [entry.name for entry in await library.saved_messages("cobranca natal")] == []
    assert [entry.name for entry in await library.saved_messages("", 1)] == ["Cobrança"], "changed last first"


async def test_a_message_is_renamed_but_not_onto_another(world: World) -> None:
    store, library = stores(world)
    await store.save("Natal", PROMO, NOW)
    await store.save("Ano novo", PROMO, NOW)
    assert (await store.rename("Natal", "NATAL 2026", NOW)).name == "NATAL 2026"
    assert (await library.saved_messages("2026"))[0].messages == PROMO
    with pytest.raises(KnownError) as refused:
        await store.rename("Ano novo", "natal 2026", NOW)
    assert refused.value.code == "saved_message_exists"
    assert (await store.rename("Ano novo", "ANO NOVO", NOW)).name == "ANO NOVO", "only its case"


async def test_what_is_deleted_is_gone_and_each_change_has_its_line(world: World) -> None:
    store, library = stores(world)
    await store.save("Natal", PROMO, NOW)
    await store.delete("natal", NOW, "Ana")
    with pytest.raises(KnownError) as refused:
        await store.delete("natal", NOW)
    assert refused.value.code == "saved_message_not_found"
    lines = await library.events_after(EventFilter(types=(EventType.EDITED,)), EventId(0), 10)
    assert [(line.details["saved_message"], line.details["what"], line.operator) for line in lines] == [
        ("Natal", "saved", None),
        ("Natal", "deleted", "Ana"),
    ]
    assert "Promoção" not in repr(lines), "no text of a message is in the log"


async def test_its_files_are_in_use_and_move_with_a_restored_home(world: World) -> None:
    store, library = stores(world)
    await store.save("Natal", PROMO, NOW)
    assert await library.media_in_use() == {"/data/media/ab/oferta.jpg"}
    move_media(world.database, {"/data/media/ab/oferta.jpg": "/new/media/ab/oferta.jpg"})
    assert await library.media_in_use() == {"/new/media/ab/oferta.jpg"}

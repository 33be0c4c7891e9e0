"""Settings: one value a key, JSON-ready, gone when set to None."""

from db.queries.library import SqlLibrary
from db.stores.settings import SettingStore
from desktop.domain.events import Event
from tests.db.world import World


async def test_a_setting_is_replaced_and_removed(world: World, published: list[Event]) -> None:
    settings = SettingStore(world.database, world.workspace_id)
    library = SqlLibrary(world.database, world.workspace_id, lambda: world.now)
    assert await library.setting("theme") is None
    for value in ("dark", ["a", 1], {"x": False}, 0):
        await settings.put("theme", value, world.now, "ana")
        assert await library.setting("theme") == value
    await settings.put("theme", None, world.now)
    assert await library.setting("theme") is None
    assert (published[-2].fact.details, published[-2].fact.operator) == ({"setting": "theme"}, "ana")

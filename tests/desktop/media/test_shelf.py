"""Files are stored once, found again, made smaller, and forgotten only when they are ours."""

import asyncio
import os
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain.errors import KnownError
from desktop.media import pictures
from desktop.media.shelf import MediaShelf
from tests.desktop.media.containers import picture


@pytest.fixture
def shelf(tmp_path: Path) -> MediaShelf:
    return MediaShelf(tmp_path / "home" / "media")


def mine(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


async def test_the_same_file_is_stored_once_and_outlives_the_original(shelf: MediaShelf, tmp_path: Path) -> None:
    original = mine(tmp_path, "Promoção de Natal.jpg", picture())
    first, again = await shelf.keep(original), await shelf.keep(original)
    assert first == again != original
    assert first.name == "Promoção de Natal.jpg"
    original.unlink()
    assert (await shelf.look(first)).mime == "image/jpeg"
    assert await shelf.keep(first) == first
    folders = [path.name for path in (tmp_path / "home" / "media").iterdir() if path.is_dir()]
    assert folders == [first.parent.name]


async def test_a_wrong_ending_is_put_right_because_gateways_go_by_it(shelf: MediaShelf, tmp_path: Path) -> None:
    assert (await shelf.keep(mine(tmp_path, "foto.png", picture("JPEG")))).name == "foto.jpg"
    assert (await shelf.keep(mine(tmp_path, "dados.xyz", b"\0\1\2"))).name == "dados.xyz"


async def test_only_files_of_the_home_are_forgotten(shelf: MediaShelf, tmp_path: Path) -> None:
    original = mine(tmp_path, "a.jpg", picture())
    kept = await shelf.keep(original)
    await shelf.forget([str(original), str(kept), str(tmp_path / "never.jpg")])
    assert original.exists()
    assert not kept.parent.exists()


async def test_a_file_that_cannot_be_read_is_refused(shelf: MediaShelf, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        await shelf.keep(tmp_path / "foi.jpg")
    assert caught.value.code == "media_unreadable"


async def test_a_home_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "full").write_text("a file where the folder should be")
    original = mine(tmp_path, "a.jpg", picture())
    shelf = MediaShelf(tmp_path / "full")
    with pytest.raises(KnownError) as caught:
        await shelf.keep(original)
    assert caught.value.code == "disk_full"
    with pytest.raises(KnownError) as caught:
        await shelf.reencode(original, 99_999)
    assert caught.value.code == "disk_full"


async def test_a_smaller_picture_is_upright_and_tells_nothing_of_its_place(shelf: MediaShelf, tmp_path: Path) -> None:
    original = mine(tmp_path, "praia.jpg", picture(size=(400, 300), orientation=6, position=True))
    made = await shelf.reencode(original, 100_000)
    found = await shelf.look(made)
    assert (found.mime, found.width, found.height, found.has_position) == ("image/jpeg", 300, 400, False)
    with Image.open(made) as image:
        assert not image.getexif()
        red, green, _blue = image.getpixel((280, 20))  # what was at the left above is now at the right
        assert red > 150 > green


async def test_a_large_picture_shrinks_until_it_fits(shelf: MediaShelf, tmp_path: Path) -> None:
    original = tmp_path / "ruido.png"
    await asyncio.to_thread(lambda: Image.effect_noise((1800, 1500), 120).save(original, compress_level=1))
    made = await shelf.reencode(original, 700_000)
    found = await shelf.look(made)
    assert found.size_bytes <= 700_000
    assert found.width is not None
    assert found.width < 1800
    with pytest.raises(KnownError) as caught:
        await shelf.reencode(made, 1000)
    assert caught.value.code == "picture_too_large"


async def test_what_is_transparent_becomes_white(shelf: MediaShelf, tmp_path: Path) -> None:
    buffer = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(buffer, "PNG")
    made = await shelf.reencode(mine(tmp_path, "logo.png", buffer.getvalue()), 100_000)
    with Image.open(made) as image:
        assert min(image.getpixel((10, 10))) > 250


async def test_what_is_no_picture_or_unfolds_to_too_much_is_refused(
    shelf: MediaShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = mine(tmp_path, "a.jpg", b"\xff\xd8\xff\xe0broken")
    assert await shelf.thumbnail(broken, 100) is None
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    large = mine(tmp_path, "b.jpg", picture())
    assert await shelf.thumbnail(large, 100) is None
    for path in (broken, large):
        with pytest.raises(KnownError) as caught:
            await shelf.reencode(path, 100_000)
        assert caught.value.code == "picture_unreadable"


async def test_a_thumbnail_fits_its_place(shelf: MediaShelf, tmp_path: Path) -> None:
    data = await shelf.thumbnail(mine(tmp_path, "a.jpg", picture(size=(400, 300))), 100)
    assert data is not None
    opened = await asyncio.to_thread(Image.open, BytesIO(data))
    assert opened.size == (100, 75)


def aged(path: Path, days: float) -> Path:
    long_ago = time.time() - days * 86_400
    os.utime(path, (long_ago, long_ago))
    return path


async def swept(shelf: MediaShelf, *in_use: Path | str) -> int:
    async def named() -> list[str]:
        return [str(path) for path in in_use]

    return await shelf.sweep(named, datetime.now(UTC) - timedelta(days=7))


async def test_a_sweep_takes_old_files_that_nobody_names(shelf: MediaShelf, tmp_path: Path) -> None:
    needed = aged(await shelf.keep(mine(tmp_path, "a.jpg", picture())), 30)
    orphan = aged(await shelf.keep(mine(tmp_path, "b.bin", b"b")), 30)
    young = aged(await shelf.keep(mine(tmp_path, "c.bin", b"c")), 6)
    half_written = aged(mine(tmp_path / "home" / "media", ".new-abc", b"x"), 30)
    assert await swept(shelf, needed) == 2
    assert needed.exists()
    assert young.exists()
    assert not orphan.parent.exists()
    assert not half_written.exists()


async def test_a_file_is_known_by_its_place_after_the_home_was_moved(shelf: MediaShelf, tmp_path: Path) -> None:
    kept = aged(await shelf.keep(mine(tmp_path, "a.jpg", picture())), 30)
    assert await swept(shelf, f"/old/place/media/{kept.parent.name}/{kept.name}") == 0
    assert kept.exists()


async def test_what_is_attached_again_while_a_sweep_asks_stays(shelf: MediaShelf, tmp_path: Path) -> None:
    original = mine(tmp_path, "a.jpg", picture())
    kept = aged(await shelf.keep(original), 30)
    other = aged(await shelf.keep(mine(tmp_path, "b.jpg", b"b")), 30)

    async def attach_meanwhile() -> list[str]:
        assert await shelf.keep(original) == kept
        assert await shelf.keep(other) == other
        return []

    assert await shelf.sweep(attach_meanwhile, datetime.now(UTC) - timedelta(days=7)) == 0
    assert kept.exists()
    assert other.exists()


async def test_a_home_without_files_has_nothing_to_sweep(shelf: MediaShelf) -> None:
    assert await swept(shelf) == 0

"""What a file is, is read from itself: names lie."""

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain.errors import KnownError
from desktop.domain.media import MediaKind
from desktop.media.headers import look
from tests.desktop.media.containers import SOUND, VIDEO, box, mp4, picture, track


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "mime", "kind"),
    [
        (picture("JPEG"), "image/jpeg", MediaKind.IMAGE),
        (picture("PNG"), "image/png", MediaKind.IMAGE),
        (picture("GIF"), "image/gif", MediaKind.IMAGE),
        (picture("WEBP"), "image/webp", MediaKind.IMAGE),
        (picture("BMP"), "image/bmp", MediaKind.IMAGE),
        (picture("TIFF"), "image/tiff", MediaKind.IMAGE),
        (box(b"ftyp", b"heic", bytes(4)), "image/heic", MediaKind.IMAGE),
        (box(b"ftyp", b"avif", bytes(4)), "image/avif", MediaKind.IMAGE),
        (mp4(VIDEO, SOUND), "video/mp4", MediaKind.VIDEO),
        (mp4(VIDEO, brand=b"3gp4"), "video/3gpp", MediaKind.VIDEO),
        (mp4(VIDEO, brand=b"qt  "), "video/quicktime", MediaKind.VIDEO),
        (mp4(SOUND, brand=b"M4A "), "audio/mp4", MediaKind.AUDIO),
        (mp4(SOUND), "audio/mp4", MediaKind.AUDIO),
        (b"ID3\4" + bytes(100), "audio/mpeg", MediaKind.AUDIO),
        (b"\xff\xfb\x90\x64" + bytes(100), "audio/mpeg", MediaKind.AUDIO),
        (b"\xff\xf1\x50\x80" + bytes(100), "audio/aac", MediaKind.AUDIO),
        (b"#!AMR\n" + bytes(100), "audio/amr", MediaKind.AUDIO),
        (b"fLaC" + bytes(100), "audio/flac", MediaKind.AUDIO),
        (b"RIFF\0\0\0\0WAVE" + bytes(100), "audio/wav", MediaKind.AUDIO),
        (b"RIFF\0\0\0\0AVI " + bytes(100), "video/x-msvideo", MediaKind.VIDEO),
        (b"\x1aE\xdf\xa3\x42\x82\x84webm" + b"V_VP9" + b"A_OPUS", "video/webm", MediaKind.VIDEO),
        (b"\x1aE\xdf\xa3\x42\x82\x88matroska", "video/x-matroska", MediaKind.VIDEO),
        (b"%PDF-1.7\n", "application/pdf", MediaKind.DOCUMENT),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_header_decides_and_not_the_name(tmp_path: Path, data: bytes, mime: str, kind: MediaKind) -> None:
    found = look(written(tmp_path, "nota.txt", data))
    assert (found.mime, found.natural_kind, found.size_bytes) == (mime, kind, len(data))


def test_what_is_only_named_as_a_picture_is_a_document(tmp_path: Path) -> None:
    assert look(written(tmp_path, "foto.jpg", b"<html>not found</html>")).mime == "application/octet-stream"
    assert look(written(tmp_path, "lista.csv", b"nome;telefone\n")).mime == "text/csv"
    assert look(written(tmp_path, "nada", b"")).size_bytes == 0


def test_an_office_file_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "proposta.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert look(path).mime.endswith("wordprocessingml.document")
    assert look(written(tmp_path, "meio.zip", path.read_bytes()[:40])).mime == "application/zip"


@pytest.mark.parametrize("large", [False, True])
def test_a_film_says_its_codecs_and_size_wherever_its_index_is(tmp_path: Path, large: bool) -> None:
    found = look(written(tmp_path, "filme.mp4", mp4(VIDEO, SOUND, large=large)))
    assert (found.codecs, found.width, found.height) == (("avc1", "mp4a"), 1280, 720)
    hevc = mp4(track(b"vide", b"hvc1", 3840, 2160), SOUND, track(b"text", b"tx3g"))
    assert look(written(tmp_path, "iphone.mp4", hevc)).codecs == ("hvc1", "mp4a")


@pytest.mark.parametrize("cut", [12, 30, 4100, 4200, 4400])
def test_a_film_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path, cut: int) -> None:
    assert look(written(tmp_path, "filme.mp4", mp4(VIDEO, SOUND)[:cut])).mime.startswith(("video/", "audio/"))


@pytest.mark.parametrize(("sign", "codec"), [(b"OpusHead", "opus"), (b"\x01vorbis", "vorbis")])
def test_an_ogg_says_its_codec(tmp_path: Path, sign: bytes, codec: str) -> None:
    assert look(written(tmp_path, "audio.ogg", b"OggS" + bytes(24) + sign)).codecs == (codec,)


def test_a_photo_is_measured_as_it_is_seen_and_tells_whether_it_knows_its_place(tmp_path: Path) -> None:
    turned = look(written(tmp_path, "a.jpg", picture(size=(40, 30), orientation=6, position=True)))
    assert (turned.width, turned.height, turned.has_position) == (30, 40, True)
    assert not look(written(tmp_path, "b.jpg", picture())).has_position
    assert look(written(tmp_path, "c.jpg", b"\xff\xd8\xff\xe0broken")).width is None


def test_colours_that_phones_do_not_know_are_told(tmp_path: Path) -> None:
    for name, mode, said in (("a.jpg", "CMYK", "CMYK"), ("b.png", "I;16", "16 bit"), ("c.jpg", "L", "")):
        Image.new(mode, (40, 30)).save(tmp_path / name)
        found = look(tmp_path / name)
        assert (found.colours, found.is_damaged) == (said, False)


def test_a_picture_that_breaks_off_is_damaged(tmp_path: Path) -> None:
    whole = tmp_path / "inteira.jpg"
    Image.effect_noise((400, 300), 90).save(whole)
    half = tmp_path / "metade.jpg"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert (look(whole).is_damaged, look(half).is_damaged) == (False, True)
    half.write_bytes(whole.read_bytes()[:40])
    assert look(half).is_damaged, "not even its head"


def test_a_file_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        look(tmp_path / "foi.jpg")
    assert caught.value.code == "media_unreadable"

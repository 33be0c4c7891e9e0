"""Says what a file is, from its own first bytes: the name may lie, and gateways refuse what they do not know."""

import re
import zipfile
from mimetypes import guess_type
from pathlib import Path
from typing import BinaryIO

from desktop.domain.errors import KnownError
from desktop.domain.media import MediaFacts
from desktop.media import mp4, pictures

_LOOK_BYTES = 65_536
_MATROSKA_CODEC = re.compile(rb"[VA]_[A-Z0-9]+")
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF", "application/pdf"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_OGG_CODECS = ((b"OpusHead", "opus"), (b"vorbis", "vorbis"), (b"FLAC", "flac"), (b"theora", "theora"))


def look(path: Path) -> MediaFacts:
    """Read what a file is. Blocks.

    Raises:
        KnownError: `media_unreadable`.
    """
    try:
        size_bytes = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_LOOK_BYTES)
            if start[4:8] == b"ftyp":
                found = mp4.read(file, size_bytes)
                return MediaFacts(path.name, size_bytes, found.mime, found.width, found.height, found.codecs)
            mime = _mime(start, file, path.name)
    except OSError as error:
        raise KnownError(
            "media_unreadable", f"{path.name} cannot be read.", "Choose it again.", path=str(path)
        ) from error
    if mime.startswith("image/"):
        return pictures.facts(path, size_bytes, mime)
    return MediaFacts(path.name, size_bytes, mime, codecs=_codecs(start, mime))


def _mime(start: bytes, file: BinaryIO, name: str) -> str:
    if start[:4] == b"RIFF" and start[8:12] in _RIFF:
        return _RIFF[start[8:12]]
    for sign, mime in _STARTS:
        if start.startswith(sign):
            return "video/webm" if mime == "video/x-matroska" and b"webm" in start[:64] else mime
    if len(start) > 1 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0:
        # The frame header of MPEG audio; layer 0 is AAC in ADTS frames.
        return "audio/aac" if start[1] & 0x06 == 0 else "audio/mpeg"
    if start.startswith(b"PK\3\4"):
        return _office(file) or _named(name)
    return _named(name)


def _named(name: str) -> str:
    """Trust the name for documents only: what is named as a picture and has no picture's header is none."""
    guessed = guess_type(name)[0] or "application/octet-stream"
    return "application/octet-stream" if guessed.startswith(("image/", "video/", "audio/")) else guessed


def _office(file: BinaryIO) -> str | None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return None
    return next((mime for folder, mime in _OFFICE.items() if any(name.startswith(folder) for name in names)), None)


def _codecs(start: bytes, mime: str) -> tuple[str, ...]:
    if mime == "audio/ogg":
        return tuple(codec for sign, codec in _OGG_CODECS if sign in start[:512])[:1]
    if mime in ("video/webm", "video/x-matroska"):
        return tuple(dict.fromkeys(found.decode().lower() for found in _MATROSKA_CODEC.findall(start)))
    return ()

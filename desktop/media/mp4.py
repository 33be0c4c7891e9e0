"""Reads the boxes of MP4, 3GPP and QuickTime files: their tracks' codecs and the size of the picture.

Only headers are read; the film itself is skipped. Source: ISO/IEC 14496-12, sections 4.2, 8.5.2 and 12.1.3.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_LARGEST_INDEX = 64 * 1024 * 1024  # bytes of `moov`: hours of film; more is no file of this kind
_VISUAL_SIZE_AT = 32  # of a sample entry, its header included
_AUDIO_BRANDS = frozenset({b"M4A ", b"M4B ", b"M4P "})


@dataclass(frozen=True, slots=True)
class Container:
    brand: bytes
    codecs: tuple[str, ...]
    width: int | None = None
    height: int | None = None
    has_video: bool = False

    @property
    def mime(self) -> str:
        if self.brand.startswith((b"heic", b"heix", b"mif1", b"msf1", b"hevc")):
            return "image/heic"
        if self.brand == b"avif":
            return "image/avif"
        if self.brand in _AUDIO_BRANDS or (self.codecs and not self.has_video):
            return "audio/mp4"
        if self.brand.startswith(b"qt"):
            return "video/quicktime"
        return "video/3gpp" if self.brand.startswith((b"3gp", b"3g2")) else "video/mp4"


def read(file: BinaryIO, size_bytes: int) -> Container:
    """Read a file that begins with `ftyp`. A damaged one has no codecs; nothing is raised."""
    brand, index = b"", b""
    at = 0
    while at + 8 <= size_bytes:
        file.seek(at)
        header = file.read(16)
        length, name = _header(header, size_bytes - at)
        if length < 8:
            break
        if name == b"ftyp":
            brand = header[8:12]
        elif name == b"moov" and length <= _LARGEST_INDEX:
            file.seek(at)
            index = file.read(length)
        at += length
    return _described(brand, index)


def _described(brand: bytes, index: bytes) -> Container:
    codecs: list[str] = []
    width = height = None
    has_video = False
    for moov in _children(index, b"moov"):
        for track in _children(moov, b"trak"):
            handler = _first(track, b"mdia", b"hdlr")[8:12]
            description = _first(track, b"mdia", b"minf", b"stbl", b"stsd")
            entry = description[8:]
            if handler not in (b"vide", b"soun") or len(entry) < 8:
                continue
            codecs.append(entry[4:8].decode("latin-1").strip(" \0").lower())
            if handler == b"vide":
                has_video = True
                if len(entry) >= _VISUAL_SIZE_AT + 4:
                    width, height = struct.unpack_from(">HH", entry, _VISUAL_SIZE_AT)
    return Container(brand, tuple(dict.fromkeys(codecs)), width, height, has_video)


def _first(data: bytes, *path: bytes) -> bytes:
    """Return the content of the first box below `data` that the path leads to; empty without one."""
    for name in path:
        data = next(_children(data, name), b"")
    return data


def _children(data: bytes, wanted: bytes) -> Iterator[bytes]:
    at = 0
    while at + 8 <= len(data):
        length, name = _header(data[at : at + 16], len(data) - at)
        if length < 8:
            return
        if name == wanted:
            yield data[at + (16 if data[at : at + 4] == b"\0\0\0\1" else 8) : at + length]
        at += length


def _header(data: bytes, left: int) -> tuple[int, bytes]:
    """Return the length of a box, its header included, and its name; 0 for what is none."""
    length, name = struct.unpack_from(">I4s", data)
    if length == 1 and len(data) >= 16:
        length = struct.unpack_from(">Q", data, 8)[0]
    return (left if length == 0 else length), name

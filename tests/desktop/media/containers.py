"""Small files of many kinds, made as their formats demand."""

import struct
from io import BytesIO

from PIL import Image


def box(name: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I4s", 8 + len(data), name) + data


def track(handler: bytes, codec: bytes, width: int = 0, height: int = 0) -> bytes:
    entry = box(codec, bytes(6), b"\0\1", bytes(16), struct.pack(">HH", width, height), bytes(50))
    described = box(b"stsd", bytes(4), struct.pack(">I", 1), entry)
    return box(
        b"trak",
        box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12)), box(b"minf", box(b"stbl", described))),
    )


def mp4(*tracks: bytes, brand: bytes = b"isom", film: int = 4000, large: bool = False) -> bytes:
    """Return a film whose index comes after the film itself, as phones write it."""
    data = struct.pack(">I4sQ", 1, b"mdat", 16 + film) + bytes(film) if large else box(b"mdat", bytes(film))
    return box(b"ftyp", brand, bytes(4)) + data + box(b"moov", box(b"mvhd", bytes(100)), *tracks)


VIDEO, SOUND = track(b"vide", b"avc1", 1280, 720), track(b"soun", b"mp4a")


def picture(
    file_format: str = "JPEG", size: tuple[int, int] = (40, 30), *, orientation: int = 1, position: bool = False
) -> bytes:
    image = Image.new("RGB", size, "white")
    image.paste((200, 30, 30), (0, 0, size[0] // 2, size[1] // 2))  # red at the left above
    exif = Image.Exif()
    exif[0x0112] = orientation
    if position:
        exif.get_ifd(0x8825)[1] = "S"
        exif.get_ifd(0x8825)[2] = (23.0, 33.0, 1.0)
    buffer = BytesIO()
    image.save(buffer, file_format, exif=exif) if file_format == "JPEG" else image.save(buffer, file_format)
    return buffer.getvalue()

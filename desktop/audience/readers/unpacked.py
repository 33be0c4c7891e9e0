"""How large a packed spreadsheet becomes, before anybody unpacks it: a few kilobytes can hold gigabytes.

Not for judging what is in it. XLSX, XLSB and ODS are ZIP archives; what a member says of its own size may be a lie, so
the larger ones are counted.
"""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from desktop.domain.errors import KnownError

MOST_BYTES = 1_000_000_000  # a million rows of twenty columns take half of it
_DEFLATE_AT_MOST = 1032  # Source: zlib technical details, maximum compression factor 1032:1
_LOCAL_HEADER_BYTES = 30  # Source: PKWARE APPNOTE 4.3.7
_PIECE = 1 << 20


def refuse_bomb(path: Path, most_bytes: int = MOST_BYTES) -> None:
    """Refuse an archive that would take more than `most_bytes` of memory. Blocks: reads it once when that is in doubt.

    Raises:
        KnownError: `file_too_large`; `file_damaged` when it is no archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
        declared = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members)
        is_too_large = declared > most_bytes
        if not is_too_large and packed * _DEFLATE_AT_MOST > most_bytes:
            is_too_large = _unpacked_bytes(path, members, most_bytes) > most_bytes
    except (zipfile.BadZipFile, NotImplementedError, struct.error, zlib.error) as error:
        raise KnownError(
            "file_damaged", f"{path.name} is no spreadsheet, or it is damaged.", "Open it in Excel and save it again."
        ) from error
    if is_too_large:
        raise KnownError(
            "file_too_large",
            f"{path.name} would take more than {most_bytes // 1_000_000} MB when unpacked.",
            "Save it as CSV, or in several files.",
        )


def _unpacked_bytes(path: Path, members: Sequence[zipfile.ZipInfo], most_bytes: int) -> int:
    """Count what really comes out of the members, up to a little more than `most_bytes`."""
    total = 0
    with path.open("rb") as file:
        for member in members:
            file.seek(member.header_offset)
            name_bytes, extra_bytes = struct.unpack("<HH", file.read(_LOCAL_HEADER_BYTES)[26:30])
            file.seek(name_bytes + extra_bytes, 1)
            if member.compress_type == zipfile.ZIP_STORED:
                total += member.compress_size
            elif member.compress_type == zipfile.ZIP_DEFLATED:
                total += _inflated_bytes(file, member.compress_size, most_bytes - total)
            else:
                raise NotImplementedError  # nothing that writes spreadsheets packs them in another way
            if total > most_bytes:
                break
    return total


def _inflated_bytes(file: BinaryIO, packed_bytes: int, most_bytes: int) -> int:
    unpacker, total = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while packed_bytes > 0 and total <= most_bytes and not unpacker.eof:
        piece = file.read(min(_PIECE, packed_bytes))
        if not piece:
            break
        packed_bytes -= len(piece)
        while piece and total <= most_bytes and not unpacker.eof:
            total += len(unpacker.decompress(piece, _PIECE))
            piece = unpacker.unconsumed_tail
    return total

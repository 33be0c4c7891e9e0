"""A small file that becomes a huge one, whatever it says of itself, is refused before it is unpacked."""

import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from desktop.audience.readers.source import open_source
from desktop.audience.readers.unpacked import refuse_bomb
from desktop.domain.errors import KnownError


def archive(path: Path, size_bytes: int, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as packed:
        packed.writestr("xl/sharedStrings.xml", b"A" * size_bytes)
    return path


def lying(path: Path, size_bytes: int, declared: int) -> Path:
    """Pack more than is declared, with the check sum of what is declared."""
    content = b"A" * size_bytes
    archive(path, size_bytes)
    raw = bytearray(path.read_bytes())
    check, size = struct.pack("<L", zlib.crc32(content[:declared])), struct.pack("<L", declared)
    local, central = raw.index(b"PK\x03\x04"), raw.index(b"PK\x01\x02")
    raw[local + 14 : local + 18], raw[local + 22 : local + 26] = check, size
    raw[central + 16 : central + 20], raw[central + 24 : central + 28] = check, size
    path.write_bytes(raw)
    return path


def code_of(path: Path, most_bytes: int) -> str | None:
    try:
        refuse_bomb(path, most_bytes)
    except KnownError as refused:
        return refused.code
    return None


def test_what_declares_too_much_and_what_lies_are_both_refused(tmp_path: Path) -> None:
    assert code_of(archive(tmp_path / "a.xlsx", 3_000_000), 2_000_000) == "file_too_large"
    assert code_of(lying(tmp_path / "b.xlsx", 3_000_000, 100), 2_000_000) == "file_too_large"
    assert code_of(archive(tmp_path / "c.xlsx", 1_900_000), 2_000_000) is None
    assert code_of(archive(tmp_path / "d.xlsx", 1_900_000, zipfile.ZIP_STORED), 2_000_000) is None


def test_what_is_packed_in_another_way_or_no_archive_is_damaged(tmp_path: Path) -> None:
    assert code_of(archive(tmp_path / "a.xlsx", 1_000_000, zipfile.ZIP_LZMA), 2_000) == "file_too_large"
    assert code_of(archive(tmp_path / "b.xlsx", 1_000_000, zipfile.ZIP_BZIP2), 1_000_001) is None, "small enough anyway"
    assert code_of(archive(tmp_path / "c.xlsx", 1_900, zipfile.ZIP_LZMA), 1_901) == "file_damaged"
    (tmp_path / "d.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 50)
    assert code_of(tmp_path / "d.xlsx", 2_000) == "file_damaged"


def test_a_file_of_people_is_looked_at_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path] = []
    monkeypatch.setattr("desktop.audience.readers.source.refuse_bomb", seen.append)
    path = archive(tmp_path / "people.xlsx", 10)
    with pytest.raises(KnownError):
        open_source(path)
    assert seen == [path]


def test_entities_of_a_spreadsheet_are_not_followed(tmp_path: Path) -> None:
    """Neither a file of this machine nor a million words may come in by a name that stands for them."""
    strings = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY lol "haha"><!ENTITY file SYSTEM "file:///etc/hostname">]>'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&lol;&file;</t></si></sst>'
    )
    path = tmp_path / "people.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/sharedStrings.xml", strings)
        packed.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(KnownError) as refused:
        open_source(path)
    assert refused.value.code == "file_damaged"

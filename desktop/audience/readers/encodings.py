"""Finds the encoding of a text file that a spreadsheet or an old system wrote, and decodes without ever failing.

Decisions, all seen in real exports:
- A file that says UTF-8 (byte-order mark, or a beginning that is valid) may hold Latin-1 in places: lines were pasted
  together, or a program wrote the mark and then its own encoding. Every byte that is not UTF-8 is therefore read as
  Windows-1252, one by one, and the valid rest of the same line stays UTF-8.
- Without a mark, a beginning with more broken than valid sequences is a single-byte encoding: Windows-1252, unless the
  Portuguese letters only make sense as the DOS (850) or old Macintosh code page.
- A byte-order mark in the middle of the file and NUL bytes carry no meaning and are dropped by the reader.
"""

import codecs
import io
from pathlib import Path
from typing import BinaryIO

_SAMPLE_BYTES = 262_144
_ERRORS = "cadencia_windows_1252"
_PORTUGUESE = frozenset("áàâãéêíóôõúüçÁÀÂÃÉÊÍÓÔÕÚÜÇªº")
_SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_windows_1252_sign(byte) for byte in bad), error.end


def _windows_1252_sign(byte: int) -> str:
    """Five bytes mean nothing in Windows-1252; they are control characters in Latin-1, which means everything."""
    return bytes((byte,)).decode("cp1252", "ignore") or chr(byte)


# The standard library offers no other way to give a stream decoder a fallback. The name is ours alone.
codecs.register_error(_ERRORS, _as_windows_1252)


def read_sample(path: Path) -> bytes:
    """Read the beginning of a file: enough to know its encoding and its shape."""
    with path.open("rb") as stream:
        return stream.read(_SAMPLE_BYTES)


def find_encoding(sample: bytes) -> str:
    """Name the codec of a file by its first bytes: utf-8, utf-8-sig, utf-16-le, utf-16-be or a code page."""
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if sample.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    if unmarked := _utf16_without_mark(sample):
        return unmarked
    broken, valid = _utf8_counts(sample)
    return "utf-8" if valid >= broken else _single_byte(sample)


def decode(sample: bytes, encoding: str) -> str:
    """Decode a whole sample as `open_text` would decode the file."""
    return sample.decode(encoding, _errors_for(encoding))


def open_text(path: Path, encoding: str) -> io.TextIOWrapper:
    """Open a file for decoding that cannot fail; line ends stay as they are, a lone CR ends a line too."""
    stream: BinaryIO = path.open("rb")
    return io.TextIOWrapper(stream, encoding=encoding, errors=_errors_for(encoding), newline="")


def _errors_for(encoding: str) -> str:
    return "replace" if encoding.startswith("utf-16") else _ERRORS


def _utf16_without_mark(sample: bytes) -> str | None:
    """Recognise Western text in UTF-16: nearly every second byte is zero."""
    pairs = len(sample) // 2
    if pairs == 0:
        return None
    if sample[1::2].count(0) > 0.8 * pairs and sample[0::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.8 * pairs and sample[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return None


def _utf8_counts(sample: bytes) -> tuple[int, int]:
    """Count the broken bytes and the valid characters beyond ASCII; a character cut by the sample's end is neither."""
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(sample)
    broken = sum("\udc80" <= sign <= "\udcff" for sign in text)
    return broken, sum(sign > "\x7f" for sign in text) - broken


def _single_byte(sample: bytes) -> str:
    """Choose the code page that gives the most Portuguese letters; Windows-1252 when none is better."""
    return max(_SINGLE_BYTE, key=lambda name: sum(sign in _PORTUGUESE for sign in decode(sample, name)))

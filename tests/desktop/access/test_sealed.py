"""The sealed file: whole or refused, in pieces, whatever was done to it."""

import io
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.access.sealed import CHUNK, TAG, SealedReader, SealedWriter
from desktop.domain.errors import KnownError

FAST = 10  # log2(N) of scrypt


def sealed(content: bytes, passphrase: str = "segredo") -> bytes:
    file = io.BytesIO()
    with closing(SealedWriter(file, passphrase, FAST)) as writer:
        writer.write(content)
    return file.getvalue()


def opened(data: bytes, passphrase: str = "segredo") -> bytes:
    return SealedReader(io.BytesIO(data), passphrase).read()


def refusal(data: bytes, passphrase: str = "segredo") -> str:
    with pytest.raises(KnownError) as caught:
        opened(data, passphrase)
    return caught.value.code


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_written_is_read(size: int):
    content = bytes(range(251)) * (size // 251 + 1)
    assert opened(sealed(content[:size])) == content[:size]


@given(st.lists(st.binary(max_size=400)), st.integers(1, 300))
@settings(max_examples=30, deadline=None)
def test_however_it_is_written_and_read_it_is_the_same(parts: list[bytes], size: int):
    file = io.BytesIO()
    with closing(SealedWriter(file, "p", FAST)) as writer:
        for part in parts:
            writer.write(part)
    file.seek(0)
    reader, read = SealedReader(file, "p"), b""
    while piece := reader.read(size):
        assert len(piece) <= size
        read += piece
    assert read == b"".join(parts)


def test_another_passphrase_is_told_from_a_damaged_file():
    data = sealed(b"x" * (2 * CHUNK))
    assert refusal(data, "outra") == "wrong_passphrase"
    changed = bytearray(data)
    changed[-1] ^= 1
    assert refusal(bytes(changed)) == "backup_damaged"


@pytest.mark.parametrize("kept", [1, CHUNK // 2, CHUNK + TAG, CHUNK + TAG + 1, 2 * (CHUNK + TAG)])
def test_a_file_that_ends_early_is_refused_wherever_it_ends(kept: int):
    data = sealed(b"x" * (3 * CHUNK))
    head = len(data) - 3 * (CHUNK + TAG)
    assert refusal(data[: head + kept]) in {"backup_damaged", "wrong_passphrase"}
    assert refusal(data[: head + CHUNK + TAG]) == "backup_damaged"


def test_pieces_that_changed_places_are_refused():
    data = sealed(b"a" * CHUNK + b"b" * CHUNK + b"c")
    head, size = len(data) - 2 * (CHUNK + TAG) - TAG - 1, CHUNK + TAG
    first, second, rest = data[head : head + size], data[head + size : head + 2 * size], data[head + 2 * size :]
    assert refusal(data[:head] + second + first + rest) in {"backup_damaged", "wrong_passphrase"}


def test_a_head_that_asks_for_too_much_memory_is_no_backup():
    data = bytearray(sealed(b"x"))
    data[18] = 40
    assert refusal(bytes(data)) == "not_a_backup"
    assert refusal(b"PK\x03\x04 something else") == "not_a_backup"
    assert refusal(b"") == "not_a_backup"


def test_nothing_of_the_content_is_readable_in_the_file():
    assert b"+5511987654321" not in sealed(b"+5511987654321" * 50)
    assert sealed(b"same") != sealed(b"same")

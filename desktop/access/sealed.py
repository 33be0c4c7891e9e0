"""One encrypted file, written and read in pieces: a backup of a gigabyte needs a few megabytes of memory.

Layout: MAGIC, one byte log2(N) of scrypt, 16 bytes of salt, 7 bytes of nonce; then pieces of CHUNK bytes, each sealed
with ChaCha20-Poly1305. The nonce of a piece is the file's nonce, the number of the piece, and whether it is the last: a
piece that is missing, repeated, moved or cut off is noticed, and so is a file that ends early (the STREAM construction,
Hoang et al. 2015). The head is authenticated with every piece.
"""

import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from desktop.domain.errors import KnownError

MAGIC = b"cadencia-sealed-1\n"
CHUNK = 1 << 20
TAG = 16
SALT, NONCE = 16, 7
# 64 MB and about a quarter of a second on a laptop. A file may ask for less or more, within what a laptop can give.
LOG2_N, LEAST_LOG2_N, MOST_LOG2_N = 16, 10, 20


class SealedWriter:
    """A file for writing only; `close` writes the last piece, without which the file is not readable."""

    def __init__(self, file: BinaryIO, passphrase: str, log2_n: int = LOG2_N) -> None:
        salt, self._nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
        self._head = MAGIC + bytes([log2_n]) + salt + self._nonce
        self._cipher = ChaCha20Poly1305(_key(passphrase, salt, log2_n))
        self._file, self._waiting, self._pieces = file, bytearray(), 0
        file.write(self._head)

    def write(self, data: bytes) -> int:
        self._waiting += data
        # The last piece is sealed as such, so a whole one waits until it is known that another follows.
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._nonce, self._pieces, is_last)
        self._file.write(self._cipher.encrypt(nonce, piece, self._head))
        self._pieces += 1


class SealedReader:
    """A file for reading only, from front to back. Every byte that `read` returns has been authenticated.

    Raises:
        KnownError: `not_a_backup`, `wrong_passphrase`, `backup_damaged`.
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        size = len(MAGIC) + 1 + SALT + NONCE
        self._head = file.read(size)
        log2_n = self._head[len(MAGIC)] if len(self._head) == size else 0
        if not self._head.startswith(MAGIC) or not LEAST_LOG2_N <= log2_n <= MOST_LOG2_N:
            raise KnownError("not_a_backup", "This is no backup of Cadência.", "Choose another file.")
        salt, self._nonce = self._head[len(MAGIC) + 1 : -NONCE], self._head[-NONCE:]
        self._cipher = ChaCha20Poly1305(_key(passphrase, salt, log2_n))
        self._file, self._ready, self._pieces, self._is_over = file, bytearray(), 0, False
        self._ahead = file.read(CHUNK + TAG)

    def read(self, size: int = -1) -> bytes:
        while not self._is_over and (size < 0 or len(self._ready) < size):
            self._ready += self._open_piece()
        given = bytes(self._ready if size < 0 else self._ready[:size])
        del self._ready[: len(given)]
        return given

    def _open_piece(self) -> bytes:
        sealed, self._ahead = self._ahead, self._file.read(CHUNK + TAG)
        is_last = not self._ahead
        try:
            piece = self._cipher.decrypt(_nonce(self._nonce, self._pieces, is_last), sealed, self._head)
        except InvalidTag as error:
            raise self._refused(sealed, is_last) from error
        self._pieces += 1
        self._is_over = is_last
        return piece

    def _refused(self, sealed: bytes, is_last: bool) -> KnownError:
        if self._pieces or self._opens_as_another(sealed, is_last):
            return KnownError("backup_damaged", "The file is damaged or not complete.", "Use another copy of it.")
        return KnownError(
            "wrong_passphrase", "The passphrase does not open this file.", "Type the one that it was made with."
        )

    def _opens_as_another(self, sealed: bytes, is_last: bool) -> bool:
        """Tell whether the passphrase is right and only the end of the file is missing."""
        try:
            self._cipher.decrypt(_nonce(self._nonce, self._pieces, not is_last), sealed, self._head)
        except InvalidTag:
            return False
        return True


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, is_last)


def _key(passphrase: str, salt: bytes, log2_n: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=1 << log2_n, r=8, p=1).derive(passphrase.encode())

"""Where gateway tokens are kept: the operating system's keyring, or an encrypted file where there is none.

A token is never in the database, in a log or in an event. Without a keyring (a server, a container) tokens go to a file
that is encrypted with a passphrase: from `CADENCIA_PASSPHRASE`, or typed in the window. Without one its key lies beside
it, readable by this user only: that protects a copy of the file, not the machine, and doctor and window say so.
"""

import base64
import json
import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import scrypt
from pathlib import Path

import keyring
from cryptography.fernet import Fernet, InvalidToken
from filelock import FileLock
from keyring.backends import fail, null
from keyring.errors import KeyringError

from desktop.access.protection import SEALED, SECRETS_FILE, Protection, SecretStore, is_sealed
from desktop.domain.errors import KnownError

LOCK_S = 10.0


class KeyringSecrets:
    """The keyring of the operating system. `service` tells homes apart on one machine."""

    protection = Protection.KEYRING

    def __init__(self, service: str) -> None:
        self._service = service

    def get(self, name: str) -> str | None:
        try:
            return keyring.get_password(self._service, name)
        except KeyringError as error:
            raise _locked() from error

    def set(self, name: str, value: str) -> None:
        try:
            keyring.set_password(self._service, name, value)
        except KeyringError as error:
            raise _locked() from error

    def delete(self, name: str) -> None:
        try:
            if keyring.get_password(self._service, name) is not None:
                keyring.delete_password(self._service, name)
        except KeyringError as error:
            raise _locked() from error


class FileSecrets:
    """An encrypted file in the home, for machines without a keyring.

    Its first line says how it was sealed: `scrypt SALT` with a passphrase, or `key` with the random key beside it. A
    file without a passphrase is opened all the same when there is one by now, and is sealed with it at the next change.

    Args:
        folder: the home; holds `secrets.bin`, and `secrets.key` when there is no passphrase.
        passphrase: the key is derived from it with scrypt; None keeps a random key beside the file.

    Attributes:
        is_given: the passphrase came with the start, and so is not this program's to change.
    """

    def __init__(self, folder: Path, passphrase: str | None) -> None:
        self._file = folder / SECRETS_FILE
        self._key_file = folder / "secrets.key"
        # Several processes may add numbers to one home; a change is a reading and a writing.
        self._lock = FileLock(folder / "secrets.lock", timeout=LOCK_S)
        self._passphrase = passphrase
        self.is_given = bool(passphrase)
        self._derived: dict[bytes, Fernet] = {}  # deriving takes 0.1 s

    @property
    def protection(self) -> Protection:
        return Protection.PASSPHRASE if self._passphrase or self.is_locked else Protection.FILE_ONLY

    @property
    def is_locked(self) -> bool:
        """Tell whether the file needs a passphrase that nobody has given yet."""
        return self._passphrase is None and is_sealed(self._file)

    def unlock(self, passphrase: str) -> None:
        """Open the file with a passphrase that somebody has typed. Blocks for 0.1 s.

        Raises:
            KnownError: `wrong_passphrase`; nothing is changed then.
        """
        self._passphrase = passphrase
        try:
            with _translated_errors():
                self._read()
        except KnownError as error:
            self._passphrase = None
            self._derived.clear()
            if error.code != "secrets_locked":
                raise
            text = "The passphrase does not open the file of the keys."
            raise KnownError("wrong_passphrase", text, "Type the one that it was sealed with.") from error

    def protect(self, passphrase: str) -> None:
        """Seal the file anew, with this passphrase from now on. Blocks for 0.1 s.

        Raises:
            KnownError: `secrets_locked` when the present one is not known, `secrets_unusable`.
        """
        with _translated_errors(), self._lock:
            values, present = self._read(), self._passphrase
            self._passphrase = passphrase
            self._derived.clear()
            try:
                self._write(values)
            except BaseException:
                # The file is as it was, and so is what opens it.
                self._passphrase = present
                self._derived.clear()
                raise

    def get(self, name: str) -> str | None:
        with _translated_errors():
            return self._read().get(name)

    def set(self, name: str, value: str) -> None:
        with _translated_errors(), self._lock:
            self._write(self._read() | {name: value})

    def delete(self, name: str) -> None:
        with _translated_errors(), self._lock:
            values = self._read()
            if values.pop(name, None) is not None:
                self._write(values)

    def _read(self) -> dict[str, str]:
        if not self._file.exists():
            return {}
        head, _, sealed = self._file.read_bytes().partition(b"\n")
        try:
            return json.loads(self._cipher(head).decrypt(sealed))
        except (InvalidToken, ValueError) as error:
            raise _sealed_otherwise() from error

    def _write(self, values: dict[str, str]) -> None:
        head = next(iter(self._derived), None) or SEALED + base64.urlsafe_b64encode(secrets.token_bytes(16))
        if self._passphrase is None:
            head = b"key"
            if not self._key_file.exists():
                _write_private(self._key_file, Fernet.generate_key())
        sealed = self._cipher(head).encrypt(json.dumps(values).encode())
        _write_private(self._file, head + b"\n" + sealed)
        if self._passphrase is not None:
            self._key_file.unlink(missing_ok=True)

    def _cipher(self, head: bytes) -> Fernet:
        if head == b"key":
            return Fernet(self._key_file.read_bytes() if self._key_file.exists() else b"")
        if self._passphrase is None:
            raise _sealed_otherwise()
        if head not in self._derived:
            # scrypt with 32 MiB: the figures of RFC 7914 for a file at rest, lowered to what a laptop does in 0.1 s.
            salt = head.removeprefix(SEALED)
            key = scrypt(self._passphrase.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=2**27, dklen=32)
            self._derived[head] = Fernet(base64.urlsafe_b64encode(key))
        return self._derived[head]


def open_secrets(folder: Path, service: str, passphrase: str | None) -> SecretStore:
    """Return the keyring when this machine has a working one, else the encrypted file."""
    backend = keyring.get_keyring()
    if passphrase or isinstance(backend, fail.Keyring | null.Keyring):
        return FileSecrets(folder, passphrase)
    return KeyringSecrets(service)


def _write_private(path: Path, content: bytes) -> None:
    """Replace a file that only this user may read; a crash leaves the old one."""
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def _translated_errors() -> Generator[None]:
    try:
        yield
    except OSError as error:  # filelock's Timeout is one
        why = error.strerror or "it is in use by another process"
        raise KnownError(
            "secrets_unusable",
            f"The file of the tokens cannot be used: {why}.",
            "Mend the permissions of the data folder, or end the program that uses it.",
        ) from error


def _sealed_otherwise() -> KnownError:
    return KnownError(
        "secrets_locked",
        "The stored tokens cannot be opened.",
        "Open the window and type their passphrase, or set CADENCIA_PASSPHRASE to it. "
        "If it is lost, delete secrets.bin in the data folder, remove the numbers and add them again.",
    )


def _locked() -> KnownError:
    return KnownError(
        "keyring_locked",
        "The system's keyring is locked or does not answer.",
        "Unlock it (sign in to your desktop session) and try again, or set CADENCIA_PASSPHRASE.",
    )

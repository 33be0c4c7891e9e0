"""Where gateway tokens are kept: the operating system's keyring, or an encrypted file where there is none.

A token is never in the database, in a log or in an event. Without a keyring (a server, a container) tokens go to a file
that is encrypted with a passphrase from `CADENCIA_PASSPHRASE`; without a passphrase its key lies beside it, readable by
this user only: that protects a copy of the file, not the machine, and the doctor says so.
"""

import base64
import json
import os
import secrets
from enum import StrEnum
from hashlib import scrypt
from pathlib import Path
from typing import Protocol

import keyring
from cryptography.fernet import Fernet, InvalidToken
from keyring.backends import fail, null
from keyring.errors import KeyringError

from desktop.domain.errors import KnownError


class Protection(StrEnum):
    """How well the tokens are kept; shown by the doctor."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"
    FILE_ONLY = "file_only"
    MEMORY = "memory"


class SecretStore(Protocol):
    @property
    def protection(self) -> Protection: ...

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...

    def delete(self, name: str) -> None: ...


class MemorySecrets:
    """For a demonstration: gone with the process."""

    protection = Protection.MEMORY

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._values.get(name)

    def set(self, name: str, value: str) -> None:
        self._values[name] = value

    def delete(self, name: str) -> None:
        self._values.pop(name, None)


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

    Args:
        folder: the home; holds `secrets.bin`, and `secrets.key` when there is no passphrase.
        passphrase: the key is derived from it with scrypt; None keeps a random key beside the file.
    """

    def __init__(self, folder: Path, passphrase: str | None) -> None:
        self._file = folder / "secrets.bin"
        self._key_file = folder / "secrets.key"
        self._passphrase = passphrase
        self.protection = Protection.PASSPHRASE if passphrase else Protection.FILE_ONLY

    def get(self, name: str) -> str | None:
        return self._read().get(name)

    def set(self, name: str, value: str) -> None:
        self._write(self._read() | {name: value})

    def delete(self, name: str) -> None:
        values = self._read()
        if values.pop(name, None) is not None:
            self._write(values)

    def _read(self) -> dict[str, str]:
        if not self._file.exists():
            return {}
        salt, _, sealed = self._file.read_bytes().partition(b"\n")
        try:
            return json.loads(self._cipher(salt).decrypt(sealed))
        except InvalidToken as error:
            raise KnownError(
                "secrets_locked",
                "The stored tokens cannot be opened with this passphrase.",
                "Set CADENCIA_PASSPHRASE to the passphrase that they were stored with.",
            ) from error

    def _write(self, values: dict[str, str]) -> None:
        salt = base64.urlsafe_b64encode(secrets.token_bytes(16))
        sealed = self._cipher(salt).encrypt(json.dumps(values).encode())
        _write_private(self._file, salt + b"\n" + sealed)

    def _cipher(self, salt: bytes) -> Fernet:
        if self._passphrase:
            # scrypt with 64 MiB: the figures of RFC 7914 for a file at rest, lowered to what a laptop does in 0.2 s.
            key = scrypt(self._passphrase.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=2**27, dklen=32)
            return Fernet(base64.urlsafe_b64encode(key))
        if not self._key_file.exists():
            _write_private(self._key_file, Fernet.generate_key())
        return Fernet(self._key_file.read_bytes())


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


def _locked() -> KnownError:
    return KnownError(
        "keyring_locked",
        "The system's keyring is locked or does not answer.",
        "Unlock it (sign in to your desktop session) and try again, or set CADENCIA_PASSPHRASE.",
    )

"""What a store of secrets is, and the two that need no library: in memory, and one that opens the real one later."""

import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Protection(StrEnum):
    """How well the tokens are kept; shown by the doctor."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"
    FILE_ONLY = "file_only"
    MEMORY = "memory"


class SecretStore(Protocol):
    """Keeps tokens and keys by name. Every call may block: a keyring may ask its user for a password."""

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


SECRETS_FILE = "secrets.bin"
"""Holds the keys in the data folder, where there is no keyring."""

SEALED = b"scrypt "
"""How the first line of a file of keys begins that a passphrase opens."""


def is_sealed(file: Path) -> bool:
    """Tell whether there is a file of keys that needs a passphrase; one that cannot be read is nobody's question."""
    with suppress(OSError), file.open("rb") as opened:
        return opened.read(len(SEALED)) == SEALED
    return False


class LateSecrets:
    """Opens the real store when it is first asked: to find the keyring takes a tenth of a second of each start.

    Args:
        open_store: called once, in the thread that asks first.
    """

    def __init__(self, open_store: Callable[[], SecretStore]) -> None:
        self._open, self._lock = open_store, threading.Lock()
        self._store: SecretStore | None = None

    @property
    def protection(self) -> Protection:
        return self._opened().protection

    def get(self, name: str) -> str | None:
        return self._opened().get(name)

    def set(self, name: str, value: str) -> None:
        self._opened().set(name, value)

    def delete(self, name: str) -> None:
        self._opened().delete(name)

    @property
    def real(self) -> SecretStore:
        """The store itself, opened now if it was not yet. Blocks."""
        return self._opened()

    def _opened(self) -> SecretStore:
        with self._lock:
            if self._store is None:
                self._store = self._open()
            return self._store

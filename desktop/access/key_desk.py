"""What the operator does about how keys are kept on this machine."""

import asyncio
from typing import TYPE_CHECKING, Protocol

from desktop.access.protection import LateSecrets, SecretStore
from desktop.domain.operator import Deed, Permit

if TYPE_CHECKING:
    from desktop.access.secrets import FileSecrets


class Note(Protocol):
    """Leaves a line in the log of what was done (`secret_set`), and by whom."""

    async def __call__(self, action: str, by: str | None, *, secret: str) -> None: ...


class KeyDesk:
    """Seals the file of the keys with a passphrase, where there is no keyring."""

    def __init__(self, store: SecretStore, permit: Permit, note: Note) -> None:
        self._store, self._permit, self._note = store, permit, note

    @property
    def protection(self) -> str:
        """How the keys are kept now: a word of `Protection`."""
        return self._store.protection.value

    @property
    def can_protect(self) -> bool:
        """Tell whether a passphrase can be chosen here: there is no keyring, and no CADENCIA_PASSPHRASE was given."""
        file = file_of(self._store)
        return file is not None and not file.is_given

    async def protect(self, passphrase: str) -> None:
        """Seal the file with a passphrase from now on, with a line in the log.

        Raises:
            KnownError: `not_allowed`, `secrets_locked`, `secrets_unusable`.
        """
        by = await self._permit(Deed.SETTINGS)
        file = await asyncio.to_thread(file_of, self._store)
        if file is not None:
            await asyncio.to_thread(file.protect, passphrase)
            await self._note("secret_set", by, secret="keys_passphrase")


def file_of(store: SecretStore) -> "FileSecrets | None":
    """Return the file of the keys, or None where there is a keyring. Opens the store; may block."""
    from desktop.access.secrets import FileSecrets  # brings the keyring's library along

    real = store.real if isinstance(store, LateSecrets) else store
    return real if isinstance(real, FileSecrets) else None

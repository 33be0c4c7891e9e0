"""How the keys of gateways are kept, and a passphrase for their file where a computer has no keyring."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.viewmodels.jobs import Jobs, Spawn


class Keys(Protocol):
    @property
    def protection(self) -> str:
        """`keyring`, `passphrase`, `file_only` or `memory`."""
        ...

    @property
    def can_protect(self) -> bool: ...

    async def protect(self, passphrase: str) -> None: ...


class KeysViewModel(QObject):
    """Signals:
    changed: the keys are kept in another way now.
    failed(object): it was refused with this KnownError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, keys: Keys, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)

    @property
    def protection(self) -> str:
        return self._keys.protection

    @property
    def can_protect(self) -> bool:
        """Tell whether a passphrase can be chosen, or changed, in the window."""
        return self._keys.can_protect

    def protect(self, passphrase: str) -> None:
        """Seal the file of the keys with this passphrase."""

        async def work() -> None:
            await self._keys.protect(passphrase)
            self.changed.emit()

        self.jobs.start("keys.protect", work)

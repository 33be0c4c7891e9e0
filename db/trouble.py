"""The database's own troubles, as errors that an operator understands."""

import sqlite3

from sqlalchemy.exc import DBAPIError

from desktop.domain.errors import KnownError

_KNOWN = {
    "SQLITE_FULL": ("disk_full", "The disk is full.", "Free some space; nothing that was confirmed is lost."),
    "SQLITE_READONLY": (
        "database_read_only",
        "The database cannot be written.",
        "Check the permissions of its folder.",
    ),
    "SQLITE_CANTOPEN": ("database_unreachable", "The database cannot be opened.", "Check that its folder exists."),
    "SQLITE_IOERR": ("disk_error", "The disk reports an error.", "Check the disk and restore a backup."),
    "SQLITE_CORRUPT": ("database_damaged", "The database is damaged.", "Restore a backup."),
    "SQLITE_NOTADB": ("database_damaged", "The file is not a database of Cadência.", "Choose another file."),
    "SQLITE_BUSY": ("database_busy", "Another program keeps the database locked.", "Close it and try again."),
}


def _sqlite_name(error: BaseException) -> str:
    """Return SQLite's name of the primary error code, without its extension; empty for other errors."""
    original: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(original, sqlite3.Error):
        return ""
    name = getattr(original, "sqlite_errorname", None) or ""
    return "_".join(name.split("_")[:2])


def is_busy(error: BaseException) -> bool:
    """Tell whether another process held the lock for longer than the time-out."""
    return _sqlite_name(error) in {"SQLITE_BUSY", "SQLITE_LOCKED"}


def translate(error: BaseException) -> BaseException:
    """Return the KnownError that an error of the world stands for; any other error as it is."""
    known = _KNOWN.get(_sqlite_name(error))
    if known is None:
        return error
    translated = KnownError(*known)
    translated.__cause__ = error
    return translated

"""Which files may be dropped on the window: a list of contacts, or a capsule of a campaign."""

from pathlib import Path

from PySide6.QtCore import QMimeData

CAPSULE = ".cadencia-capsule"
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".vcf", ".vcard")


def dropped_capsule(data: QMimeData) -> Path | None:
    """Return the file that is being dropped, when it is exactly one capsule of a campaign."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() == CAPSULE else None


def dropped_file(data: QMimeData) -> Path | None:
    """Return the file that is being dropped, when it is exactly one that may hold contacts."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in SUFFIXES else None

"""Backup and restore of a home in one encrypted file: the database, the media of its campaigns, and what it is.

Never in it: gateway tokens, which stay in the keyring of the machine. Inside the seal is a tar stream: `manifest.json`
first, then the media, the database last. Everything streams; only one piece of a megabyte is ever in memory.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, BinaryIO, cast

from db import backup as db_backup
from db.connection import Database
from db.home import open_database
from desktop.access.sealed import SealedReader, SealedWriter
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.engine_lock import EngineLock
from desktop.paths import Home

FORMAT = 1
MANIFEST, DATABASE = "manifest.json", "cadencia.db"
MOST_MANIFEST_BYTES = 16_000_000
SUFFIX = ".cadencia-backup"
DAILY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made. `missing` are media files that were not there to be taken."""

    file: Path
    size_bytes: int
    counts: Mapping[str, int]
    media: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A home that was restored. `held` are the campaigns that stand still until somebody decides."""

    made_at: datetime
    counts: Mapping[str, int]
    held: tuple[CampaignId, ...]
    previous: Path | None  # where the database that was there before is now


def make(database: Database, target: Path, passphrase: str, now: datetime) -> Made:
    """Write a backup; `target` is replaced only when the new one is complete and on the disk. Blocks.

    Raises:
        KnownError: `passphrase_missing`, `backup_needs_file`, `file_not_writable`.
    """
    _need(passphrase)
    beside = database.path.parent if database.path else target.parent
    try:
        # What is not encrypted yet stays in the data folder: the target may be a stick or a share that others read.
        with (
            TemporaryDirectory(prefix=".cadencia-backup-", dir=beside) as plain,
            TemporaryDirectory(prefix=".cadencia-backup-", dir=target.parent) as folder,
        ):
            copied, draft = Path(plain) / DATABASE, Path(folder) / "sealed"
            db_backup.copy(database, copied)
            counts = db_backup.facts(copied).counts
            media, missing = _readable(db_backup.media_paths(database))
            with draft.open("wb") as file:
                os.chmod(draft, 0o600)
                with closing(SealedWriter(file, passphrase)) as sealed:
                    _write(cast("IO[bytes]", sealed), copied, media, counts, now)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
    except OSError as error:
        why = error.strerror or "error"
        raise KnownError("file_not_writable", f"{target} cannot be written: {why}.", "Choose another place.") from error
    return Made(target, target.stat().st_size, counts, len(media), tuple(missing))


def restore(home: Home, source: Path, passphrase: str, now: datetime, *, replace: bool = False) -> Restored:
    """Put a backup in the place of what is in the home; what was there is kept beside it. Blocks.

    Nothing of the home is touched before the whole backup has been read, authenticated and understood.

    Raises:
        KnownError: `passphrase_missing`, `wrong_passphrase`, `backup_damaged`, `not_a_backup`, `backup_newer`,
            `home_not_empty`, `engine_busy`, `file_not_readable`.
    """
    _need(passphrase)
    with EngineLock(home, "a restore"):
        if not replace and not _is_empty(home):
            raise KnownError(
                "home_not_empty",
                "There are campaigns or contacts in this data folder already.",
                "Restore into another folder (--home), or repeat with --replace: what is here is kept beside it.",
            )
        try:
            with TemporaryDirectory(prefix=".cadencia-restore-", dir=home.folder) as name:
                folder = Path(name)
                manifest = _unpack(source, passphrase, folder)
                return _put_in_place(home, folder, manifest, now)
        except OSError as error:
            why = error.strerror or "error"
            raise KnownError("file_not_readable", f"{source} cannot be restored: {why}.", "Try again.") from error


def is_due(folder: Path, now: datetime, every: timedelta = DAILY) -> bool:
    """Tell whether the newest backup in a folder is older than `every`."""
    newest = max((_made_at(file) for file in automatic(folder)), default=None)
    return newest is None or now - newest >= every


def make_next(database: Database, folder: Path, passphrase: str, keep: int, now: datetime) -> Made:
    """Write the next backup of a series, then remove the oldest ones beyond `keep`. Blocks."""
    folder.mkdir(parents=True, exist_ok=True)
    made = make(database, folder / f"cadencia-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}", passphrase, now)
    for old in automatic(folder)[: -max(1, keep)]:
        old.unlink(missing_ok=True)
    return made


def automatic(folder: Path) -> list[Path]:
    """Return the backups of a series, oldest first; other files in the folder are nobody's business."""
    return sorted(folder.glob(f"cadencia-????????T??????Z{SUFFIX}")) if folder.is_dir() else []


def _made_at(file: Path) -> datetime:
    stamp = file.name.removeprefix("cadencia-").removesuffix(SUFFIX)
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _need(passphrase: str) -> None:
    if not passphrase:
        raise KnownError("passphrase_missing", "A backup needs a passphrase.", "Set CADENCIA_PASSPHRASE.")


def _readable(paths: list[str]) -> tuple[dict[str, Path], list[str]]:
    """Return the files that can be taken along by their names in the backup, and those that are gone."""
    media: dict[str, Path] = {}
    missing: list[str] = []
    for path in paths:
        file = Path(path)
        if file.is_file() and os.access(file, os.R_OK):
            media[f"media/{_digest(path)}/{file.name}"] = file
        else:
            missing.append(path)
    return media, missing


def _digest(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:12]


def _file_name(name: str) -> str:
    """Return the last part of a name in the archive, which must not lead anywhere else."""
    last = name.replace("\\", "/").rpartition("/")[2]
    if last in ("", ".", "..") or "\0" in last:
        raise _damaged()
    return last


def _write(
    sealed: IO[bytes], database: Path, media: Mapping[str, Path], counts: Mapping[str, int], now: datetime
) -> None:
    manifest: dict[str, object] = {
        "format": FORMAT,
        "made_at": now.astimezone(UTC).isoformat(),
        "counts": dict(counts),
        "media": {name: str(path) for name, path in media.items()},
    }
    with tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        content = json.dumps(manifest, ensure_ascii=False).encode()
        head = tarfile.TarInfo(MANIFEST)
        head.size = len(content)
        tar.addfile(head, io.BytesIO(content))
        for name, path in media.items():
            tar.add(path, name, recursive=False, filter=_anonymous)
        tar.add(database, DATABASE, filter=_anonymous)


def _anonymous(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out whose files they were."""
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    return info


def _unpack(source: Path, passphrase: str, folder: Path) -> Mapping[str, Any]:
    """Write the members into `folder` and return the manifest. Names come from the manifest, never from the archive."""
    try:
        with _opened(source) as file:
            sealed = SealedReader(file, passphrase)
            with tarfile.open(fileobj=cast("IO[bytes]", sealed), mode="r|") as tar:
                manifest = _manifest(tar)
                wanted = {DATABASE: folder / DATABASE}
                for number, name in enumerate(manifest["media"]):
                    wanted[name] = folder / f"media-{number}"
                for member in tar:
                    content = tar.extractfile(member) if member.name in wanted and member.isfile() else None
                    if content is not None:
                        with wanted[member.name].open("wb") as target:
                            shutil.copyfileobj(content, target, 1 << 20)
            sealed.read()  # up to the last piece: only then is it known that nothing was cut off
    except (tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise _damaged() from error
    if not all(path.is_file() for path in wanted.values()):
        raise _damaged()
    return manifest


@contextmanager
def _opened(source: Path) -> Generator[BinaryIO]:
    try:
        file = source.open("rb")
    except OSError as error:
        why = error.strerror or "error"
        raise KnownError("file_not_readable", f"{source} cannot be read: {why}.", "Choose another file.") from error
    with file:
        yield file


def _manifest(tar: tarfile.TarFile) -> Mapping[str, Any]:
    first = tar.next()
    content = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    if first is None or content is None or first.size > MOST_MANIFEST_BYTES:
        raise _damaged()
    manifest: dict[str, Any] = json.loads(content.read())
    if int(manifest["format"]) > FORMAT:
        raise KnownError(
            "backup_newer", "This backup was made by a newer version of Cadência.", "Install the newer version first."
        )
    return manifest


def _put_in_place(home: Home, folder: Path, manifest: Mapping[str, Any], now: datetime) -> Restored:
    made_at = datetime.fromisoformat(manifest["made_at"])
    copied = folder / DATABASE
    counts = db_backup.check(copied).counts
    database = open_database(copied)  # brings an older one up to date, too
    try:
        moved: dict[str, str] = {}
        for number, (name, was) in enumerate(cast("dict[str, str]", manifest["media"]).items()):
            target = home.media / _digest(was) / _file_name(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / f"media-{number}").replace(target)
            moved[was] = str(target)
        db_backup.move_media(database, moved)
        held = db_backup.hold_back(database, now, made_at)
    finally:
        database.close()
    previous = _set_aside(home, now)
    copied.replace(home.database)
    return Restored(made_at, counts, tuple(held), previous)


def _set_aside(home: Home, now: datetime) -> Path | None:
    """Rename what is there, its log first: a log without its database is of no use, the other way round it is."""
    if not home.database.exists():
        return None
    kept = home.folder / f"replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    kept.mkdir(exist_ok=True)
    for ending in ("-wal", "-shm", ""):
        file = home.database.with_name(home.database.name + ending)
        if file.exists():
            file.replace(kept / file.name)
    return kept / home.database.name


def _is_empty(home: Home) -> bool:
    """Tell whether a home holds nothing worth keeping; one whose database cannot be read does."""
    if not home.database.exists():
        return True
    try:
        return db_backup.facts(home.database).is_empty
    except KnownError:
        return False


def _damaged() -> KnownError:
    return KnownError("backup_damaged", "The file is damaged or not complete.", "Use another copy of it.")

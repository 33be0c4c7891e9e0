"""The files of messages in the home: copied there once, by what is in them, so that they are there when needed.

`media/DIGEST/NAME`: the same file attached twice is stored once; the name stays, for it is what the reader of a
document sees. Nothing here knows campaigns: who is asked to forget a file is told by the caller that nobody needs it.

A file that is kept gets the present time, under a lock; a sweep takes only what has been old since before it asked what
is needed, under the same lock. So a file that somebody is just attaching again is never swept.
"""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import datetime
from mimetypes import guess_extension, guess_type
from pathlib import Path

from filelock import FileLock, Timeout

from desktop.domain.errors import KnownError
from desktop.domain.media import MediaFacts
from desktop.media import headers, pictures

_PIECE = 1024 * 1024
_LONGEST_STEM = 80
_LOCK_S = 10.0
_LOCK_NAME = ".lock"
_ENDINGS = {"image/jpeg": ".jpg", "audio/mp4": ".m4a", "audio/ogg": ".ogg", "audio/amr": ".amr", "audio/aac": ".aac"}


class MediaShelf:
    """Implements `viewmodels.ports.MediaDesk`.

    Args:
        folder: made when the first file comes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / _LOCK_NAME, timeout=_LOCK_S, thread_local=False)

    async def look(self, path: Path) -> MediaFacts:
        return await asyncio.to_thread(headers.look, path)

    async def keep(self, path: Path) -> Path:
        """Copy a file into the home; return the path of the copy. One that is there already is not copied again.

        Raises:
            KnownError: `media_unreadable`, `disk_full`.
        """
        return await asyncio.to_thread(self._keep, path)

    async def reencode(self, path: Path, limit_bytes: int) -> Path:
        """Write a picture as a JPEG that fits, in the home; return its path.

        Raises:
            KnownError: `picture_unreadable`, `picture_too_large`, `disk_full`.
        """
        return await asyncio.to_thread(self._reencode, path, limit_bytes)

    async def thumbnail(self, path: Path, side: int) -> bytes | None:
        """Return a picture of at most `side` pixels as PNG; None for what is no picture."""
        return await asyncio.to_thread(pictures.thumbnail, path, side)

    async def forget(self, paths: Iterable[str]) -> None:
        """Delete those of the files that are in the home; others belong to the operator and stay."""
        await asyncio.to_thread(self._forget, list(paths))

    async def sweep(self, in_use: Callable[[], Awaitable[Collection[str]]], before: datetime) -> int:
        """Delete the files of the home that nobody names and nobody has kept since `before`; return how many.

        Args:
            in_use: the paths that are named by drafts, campaigns and saved messages; asked after the files were listed.
        """
        old = await asyncio.to_thread(self._files_of_before, before.timestamp())
        if not old:
            return 0
        # A home that was moved has files whose names in the database are those of the old place: the tail counts too.
        named = {Path(path).parts[-2:] for path in await in_use()}
        unneeded = [path for path in old if path.parts[-2:] not in named]
        return await asyncio.to_thread(self._sweep, unneeded, before.timestamp())

    def _files_of_before(self, before_s: float) -> list[Path]:
        if not self._folder.is_dir():
            return []
        files = (path for path in self._folder.rglob("*") if path.is_file() and path.name != _LOCK_NAME)
        return [path for path in files if _kept_at(path) < before_s]

    def _sweep(self, paths: Iterable[Path], before_s: float) -> int:
        count = 0
        for path in paths:
            try:
                with self._lock:
                    if _kept_at(path) < before_s:
                        path.unlink(missing_ok=True)
                        count += 1
                    _remove_if_empty(path.parent, self._folder)
            except (OSError, Timeout):
                continue  # in use by another program: the next sweep finds it again
        return count

    def _keep(self, path: Path) -> Path:
        if self._is_ours(path):
            self._touch(path)
            return path
        facts = headers.look(path)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(prefix=".new-", dir=self._folder, delete=False) as draft:
                new = Path(draft.name)
                try:
                    digest = hashlib.sha256()
                    with path.open("rb") as source:
                        while piece := source.read(_PIECE):
                            digest.update(piece)
                            draft.write(piece)
                except BaseException:
                    draft.close()
                    new.unlink(missing_ok=True)
                    raise
            return self._put(new, digest.hexdigest(), _stored_name(path.name, facts.mime))
        except (OSError, Timeout) as error:
            raise _not_stored(path.name) from error

    def _reencode(self, path: Path, limit_bytes: int) -> Path:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".new-", dir=self._folder) as folder:
                new = Path(folder) / "picture.jpg"
                pictures.reencode(path, new, limit_bytes)
                digest = hashlib.sha256(new.read_bytes()).hexdigest()
                return self._put(new, digest, _stored_name(path.name, "image/jpeg"))
        except (OSError, Timeout) as error:
            raise _not_stored(path.name) from error

    def _put(self, new: Path, digest: str, name: str) -> Path:
        target = self._folder / digest[:24] / name
        with self._lock:
            target.parent.mkdir(exist_ok=True)
            if target.exists():
                new.unlink()
                os.utime(target)
            else:
                new.replace(target)
        return target

    def _touch(self, path: Path) -> None:
        """Note that somebody needs a file of the home; one that is not there any more is the checklist's to tell."""
        try:
            with self._lock:
                os.utime(path)
        except (OSError, Timeout):
            return

    def _forget(self, paths: Iterable[str]) -> None:
        for path in map(Path, paths):
            if self._is_ours(path):
                path.unlink(missing_ok=True)
                _remove_if_empty(path.parent, self._folder)

    def _is_ours(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._folder.resolve())


def _kept_at(path: Path) -> float:
    """When a file was kept last, epoch seconds; now for one that is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")


def _remove_if_empty(folder: Path, top: Path) -> None:
    if folder != top and folder.exists() and not any(folder.iterdir()):
        folder.rmdir()


def _stored_name(name: str, mime: str) -> str:
    """Keep a name, with the ending of what the file really is: gateways go by it."""
    stem, ending = Path(name).stem[:_LONGEST_STEM] or "file", Path(name).suffix
    if guess_type(name)[0] == mime or mime == "application/octet-stream":
        return stem + ending
    return stem + (_ENDINGS.get(mime) or guess_extension(mime) or ending)


def _not_stored(name: str) -> KnownError:
    return KnownError("disk_full", f"{name} could not be stored.", "Free some space in the data folder.")

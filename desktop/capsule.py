"""A campaign in one file, to hand over between machines or to give as evidence: draft, people, media, results.

The file is sealed like a backup: with a passphrase nobody reads it, and without one (an empty passphrase) anybody with
Cadência does, but what was changed or cut off is noticed all the same. Inside is a tar stream: `capsule.json` first,
then the media, `people.jsonl` last. Nothing of it is used before all of it was read and authenticated.
"""

import io
import json
import os
import re
import shutil
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, cast

from desktop.access.sealed import SealedReader, SealedWriter
from desktop.domain.errors import KnownError

FORMAT = 1
SUFFIX = ".cadencia-capsule"
_HEAD, _PEOPLE = "capsule.json", "people.jsonl"
_MOST_HEAD_BYTES = 16_000_000
_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_TEXT_LIMIT = 65_536


@dataclass(frozen=True, slots=True)
class Capsule:
    """An opened capsule. `media` are files in a temporary folder by the path that the draft names."""

    head: Mapping[str, Any]
    people_file: Path
    media: Mapping[str, Path]

    @property
    def uid(self) -> str:
        return str(self.head["uid"])

    @property
    def was_started(self) -> bool:
        return self.head["campaign"]["started_at"] is not None

    def people(self) -> Iterator[Mapping[str, Any]]:
        """Yield the people, one after the other.

        Raises:
            KnownError: `capsule_damaged`, for what is no person.
        """
        with self.people_file.open(encoding="utf-8") as lines:
            for line in lines:
                yield _person(line)


def write(
    target: Path,
    passphrase: str,
    head: Mapping[str, object],
    people: Iterable[Mapping[str, object]],
    media: Mapping[str, Path],
    work_folder: Path,
) -> int:
    """Write a capsule; `target` is replaced only when the new one is complete and on the disk. Blocks.

    Args:
        media: files by the path that the draft names.
        work_folder: where what is not sealed yet may be for a moment: the data folder.

    Returns:
        How many people are in it.

    Raises:
        KnownError: `file_not_writable`.
    """
    names = {path: f"media/{number}/{file.name}" for number, (path, file) in enumerate(media.items())}
    try:
        with (
            TemporaryDirectory(prefix=".cadencia-capsule-", dir=work_folder) as plain,
            TemporaryDirectory(prefix=".cadencia-capsule-", dir=target.parent) as folder,
        ):
            listed, n = Path(plain) / _PEOPLE, 0
            with listed.open("w", encoding="utf-8") as lines:
                for person in people:
                    lines.write(json.dumps(person, ensure_ascii=False) + "\n")
                    n += 1
            draft = Path(folder) / "sealed"
            with draft.open("wb") as file:
                os.chmod(draft, 0o600)
                with closing(SealedWriter(file, passphrase)) as sealed:
                    document = {"format": FORMAT} | dict(head) | {"people": n, "media": names}
                    _write_members(cast("IO[bytes]", sealed), document, listed, {names[p]: f for p, f in media.items()})
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
    except OSError as error:
        why = error.strerror or "error"
        raise KnownError("file_not_writable", f"{target} cannot be written: {why}.", "Choose another place.") from error
    return n


def read(source: Path, passphrase: str, folder: Path) -> Capsule:
    """Read a whole capsule into a folder and return it. Blocks.

    Raises:
        KnownError: `not_a_capsule`, `wrong_passphrase`, `capsule_damaged`, `capsule_newer`, `file_not_readable`.
    """
    try:
        with source.open("rb") as file:
            sealed = SealedReader(file, passphrase)
            head, media = _read_members(cast("IO[bytes]", sealed), folder)
            sealed.read()  # up to the last piece: only then is it known that nothing was cut off
    except OSError as error:
        why = error.strerror or "error"
        raise KnownError("file_not_readable", f"{source} cannot be read: {why}.", "Choose another file.") from error
    except KnownError as error:
        raise _of_capsules(error) from error
    except (tarfile.TarError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged() from error
    return Capsule(head, folder / _PEOPLE, media)


def _write_members(sealed: IO[bytes], head: Mapping[str, object], people: Path, media: Mapping[str, Path]) -> None:
    with tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        content = json.dumps(head, ensure_ascii=False).encode()
        info = tarfile.TarInfo(_HEAD)
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
        for name, file in media.items():
            tar.add(file, name, recursive=False, filter=_anonymous)
        tar.add(people, _PEOPLE, filter=_anonymous)


def _anonymous(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out whose files they were."""
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    return info


def _read_members(sealed: IO[bytes], folder: Path) -> tuple[Mapping[str, Any], Mapping[str, Path]]:
    """Write the members that the head names into `folder`; names in the archive lead nowhere else."""
    with tarfile.open(fileobj=sealed, mode="r|") as tar:
        first = tar.next()
        content = tar.extractfile(first) if first is not None and first.name == _HEAD else None
        if first is None or content is None or first.size > _MOST_HEAD_BYTES:
            raise _no_capsule()
        head: dict[str, Any] = json.loads(content.read())
        if int(head["format"]) > FORMAT:
            raise KnownError(
                "capsule_newer",
                "This capsule was made by a newer version of Cadência.",
                "Install the newer version first.",
            )
        _check_head(head)
        media = {path: folder / str(number) / _file_name(name) for number, (path, name) in enumerate(_media(head))}
        wanted = {name: media[path] for path, name in _media(head)} | {_PEOPLE: folder / _PEOPLE}
        for member in tar:
            inside = tar.extractfile(member) if member.name in wanted and member.isfile() else None
            if inside is not None:
                target = wanted[member.name]
                target.parent.mkdir(exist_ok=True)
                with target.open("wb") as out:
                    shutil.copyfileobj(inside, out, 1 << 20)
    if not all(path.is_file() for path in wanted.values()):
        raise _damaged()
    return head, media


def _media(head: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(str(path), str(name)) for path, name in head["media"].items()]


def _check_head(head: Mapping[str, Any]) -> None:
    """Refuse a head that lacks what everything else relies on."""
    campaign = head["campaign"]
    texts = (head["uid"], head["made_at"], campaign["name"], campaign["status"])
    if not all(isinstance(text, str) and len(text) <= _TEXT_LIMIT for text in texts):
        raise _damaged()
    if not isinstance(campaign["draft"], dict) or not isinstance(campaign["counts"], dict):
        raise _damaged()


def _person(line: str) -> Mapping[str, Any]:
    try:
        person = json.loads(line)
        fields = person["custom"]
        is_one = (
            _PHONE.fullmatch(person["phone"]) is not None
            and isinstance(person["name"], str)
            and isinstance(person["opted_out"], bool)
            and all(isinstance(name, str) and isinstance(value, str) for name, value in fields.items())
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged() from error
    if not is_one:
        raise _damaged()
    return cast("Mapping[str, Any]", person)


def _file_name(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    if last in ("", ".", "..") or "\0" in last:
        raise _damaged()
    return last


def _of_capsules(error: KnownError) -> KnownError:
    """Say of a capsule what sealed files say of backups."""
    match error.code:
        case "not_a_backup":
            return _no_capsule()
        case "backup_damaged":
            return _damaged()
        case _:
            return error


def _no_capsule() -> KnownError:
    return KnownError("not_a_capsule", "This is no capsule of a campaign.", "Choose another file.")


def _damaged() -> KnownError:
    return KnownError("capsule_damaged", "The capsule is damaged or not complete.", "Ask for it once more.")

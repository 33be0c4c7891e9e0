"""Stand-in for the files of messages: says what a test has put there, copies nothing."""

from dataclasses import replace
from pathlib import Path

from desktop.domain.errors import KnownError
from desktop.domain.media import MediaFacts

SMALLER = MediaFacts("foto.jpg", 900_000, "image/jpeg", 2560, 1920)


class FakeMediaDesk:
    """Implements `viewmodels.ports.MediaDesk`."""

    def __init__(self) -> None:
        self.files: dict[Path, MediaFacts] = {}
        self.kept: list[Path] = []
        self.thumbnails: dict[Path, bytes] = {}
        self.limits: list[int] = []

    async def look(self, path: Path) -> MediaFacts:
        if path not in self.files:
            raise KnownError("media_unreadable", f"{path.name} cannot be read.")
        return self.files[path]

    async def keep(self, path: Path) -> Path:
        kept = Path("/data/media") / path.name
        self.kept.append(kept)
        self.files[kept] = replace(self.files[path], name=path.name)
        if path in self.thumbnails:
            self.thumbnails[kept] = self.thumbnails[path]
        return kept

    async def reencode(self, path: Path, limit_bytes: int) -> Path:
        self.limits.append(limit_bytes)
        made = path.with_name(f"smaller-{path.stem}.jpg")
        self.files[made] = replace(SMALLER, name=made.name)
        if path in self.thumbnails:
            self.thumbnails[made] = self.thumbnails[path]
        return made

    async def thumbnail(self, path: Path, side: int) -> bytes | None:
        return self.thumbnails.get(path)

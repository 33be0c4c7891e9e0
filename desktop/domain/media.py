"""What is known of a file that a message carries: what it really is, whatever its name says."""

from dataclasses import dataclass
from enum import StrEnum


class MediaKind(StrEnum):
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """A file, read from its own header. Codecs are the names of its container (`avc1`, `mp4a`, `opus`), lower case."""

    name: str
    size_bytes: int
    mime: str
    width: int | None = None  # pixels, as it is seen
    height: int | None = None
    codecs: tuple[str, ...] = ()
    has_position: bool = False  # a photo that says where it was taken
    colours: str = ""  # of a picture, where phones do not know them: `CMYK`, `16 bit`
    is_damaged: bool = False  # a picture that cannot be opened to its end

    @property
    def natural_kind(self) -> MediaKind:
        """How a person would send it: a picture as a picture; what nobody can show is a document."""
        start = self.mime.partition("/")[0]
        return MediaKind(start) if start in ("image", "video", "audio") else MediaKind.DOCUMENT

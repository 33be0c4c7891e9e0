"""What each gateway takes of a file: kind, size, container and codecs. Facts in, faults out.

A hard fault is refused by the gateway, so the campaign must not start with it. A soft one leaves the gateway, but
telephones of the readers may not show it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.instance import Gateway
from desktop.domain.media import MediaFacts, MediaKind

MB = 1024 * 1024

# Source: gateways.md §3.C, Meta's media page, read 2026-06-16.
CLOUD_LARGEST: Mapping[MediaKind, int] = {
    MediaKind.IMAGE: 5 * MB,
    MediaKind.VIDEO: 16 * MB,
    MediaKind.AUDIO: 16 * MB,
    MediaKind.DOCUMENT: 100 * MB,
}
# The others get the file as base64 in a body of JSON of at most 136 MB. Source: gateways.md §1.E.
BODY_LARGEST = 100 * MB

_HEIC = frozenset({"image/heic", "image/heif"})
_IMAGES = frozenset({"image/jpeg", "image/png"})
_VIDEOS = frozenset({"video/mp4", "video/3gpp"})
_AUDIOS = frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"})
_FORMATS: Mapping[MediaKind, frozenset[str]] = {
    MediaKind.IMAGE: _IMAGES,
    MediaKind.VIDEO: _VIDEOS,
    MediaKind.AUDIO: _AUDIOS,
}
_CODECS: Mapping[str, frozenset[str]] = {
    "video/mp4": frozenset({"avc1", "avc3", "mp4a"}),
    "video/3gpp": frozenset({"avc1", "avc3", "mp4a"}),
    "audio/mp4": frozenset({"mp4a"}),
    "audio/ogg": frozenset({"opus"}),
}


class FaultCode(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    FORMAT = "format"
    CODEC = "codec"
    COLOURS = "colours"  # a picture for printers, or with more than 8 bits a colour
    DAMAGED = "damaged"
    HEIC = "heic"  # what an iPhone writes; only a few phones show it as a picture
    CAPTION = "caption"  # the gateway sends no text with a sound


@dataclass(frozen=True, slots=True)
class MediaFault:
    """Why a gateway, or those who read through it, cannot take a file."""

    gateway: Gateway
    code: FaultCode
    is_hard: bool
    limit_bytes: int = 0  # of `too_large`
    detail: str = ""  # the MIME type or the codecs that are not taken


def largest(kind: MediaKind, gateway: Gateway) -> int:
    """Return the largest size in bytes that a gateway takes."""
    return CLOUD_LARGEST[kind] if gateway is Gateway.CLOUD else BODY_LARGEST


def find_faults(
    kind: MediaKind, facts: MediaFacts, gateways: Iterable[Gateway], *, has_text: bool = False
) -> tuple[MediaFault, ...]:
    """Say what is wrong with a file that is sent as `kind`, each gateway once, in their order."""
    found: list[MediaFault] = []
    for gateway in dict.fromkeys(gateways):
        found += _faults(kind, facts, gateway)
        # WAHA sends a sound with words as a file.
        if kind is MediaKind.AUDIO and has_text and gateway is not Gateway.WAHA:
            found.append(MediaFault(gateway, FaultCode.CAPTION, is_hard=True))
    return tuple(found)


def _faults(kind: MediaKind, facts: MediaFacts, gateway: Gateway) -> Iterable[MediaFault]:
    if facts.size_bytes == 0:
        yield MediaFault(gateway, FaultCode.EMPTY, is_hard=True)
        return
    limit = largest(kind, gateway)
    if facts.size_bytes > limit:
        yield MediaFault(gateway, FaultCode.TOO_LARGE, is_hard=True, limit_bytes=limit)
    if kind is MediaKind.DOCUMENT:
        return
    is_hard = gateway is Gateway.CLOUD
    if facts.is_damaged:
        yield MediaFault(gateway, FaultCode.DAMAGED, is_hard=True)
        return
    if facts.mime in _HEIC:
        yield MediaFault(gateway, FaultCode.HEIC, is_hard=True)
        return
    if facts.colours:
        yield MediaFault(gateway, FaultCode.COLOURS, is_hard, detail=facts.colours)
    if facts.mime not in _FORMATS[kind]:
        yield MediaFault(gateway, FaultCode.FORMAT, is_hard, detail=facts.mime)
        return
    foreign = [codec for codec in facts.codecs if codec not in _CODECS.get(facts.mime, facts.codecs)]
    if foreign:
        yield MediaFault(gateway, FaultCode.CODEC, is_hard, detail=", ".join(foreign))

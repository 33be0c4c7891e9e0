"""What each gateway takes of a file."""

from dataclasses import replace

import pytest

from desktop.domain.instance import Gateway
from desktop.domain.media import MediaFacts, MediaKind
from desktop.policy.media_limits import MB, FaultCode, find_faults

CLOUD, EVOLUTION, WAHA = Gateway.CLOUD, Gateway.EVOLUTION, Gateway.WAHA


def facts(mime: str, size_bytes: int = 1000, codecs: tuple[str, ...] = ()) -> MediaFacts:
    return MediaFacts("arquivo", size_bytes, mime, codecs=codecs)


@pytest.mark.parametrize(
    ("kind", "found", "hard", "soft"),
    [
        (MediaKind.IMAGE, facts("image/jpeg", 5 * MB), None, None),
        (MediaKind.IMAGE, facts("image/png", 5 * MB + 1), FaultCode.TOO_LARGE, None),
        (MediaKind.IMAGE, facts("image/webp"), FaultCode.FORMAT, FaultCode.FORMAT),
        (MediaKind.VIDEO, facts("video/mp4", 16 * MB, ("avc1", "mp4a")), None, None),
        (MediaKind.VIDEO, facts("video/mp4", 1000, ("hvc1", "mp4a")), FaultCode.CODEC, FaultCode.CODEC),
        (MediaKind.VIDEO, facts("video/quicktime", 1000, ("avc1",)), FaultCode.FORMAT, FaultCode.FORMAT),
        (MediaKind.AUDIO, facts("audio/ogg", 1000, ("opus",)), None, None),
        (MediaKind.AUDIO, facts("audio/ogg", 1000, ("vorbis",)), FaultCode.CODEC, FaultCode.CODEC),
        (MediaKind.AUDIO, facts("audio/mpeg"), None, None),
        (MediaKind.DOCUMENT, facts("video/quicktime", 100 * MB), None, None),
    ],
)
def test_the_cloud_refuses_what_others_only_warn_of(
    kind: MediaKind, found: MediaFacts, hard: FaultCode | None, soft: FaultCode | None
) -> None:
    cloud, other = find_faults(kind, found, [CLOUD]), find_faults(kind, found, [EVOLUTION])
    assert [(fault.code, fault.is_hard) for fault in cloud] == ([(hard, True)] if hard else [])
    assert [(fault.code, fault.is_hard) for fault in other] == ([(soft, False)] if soft else [])


@pytest.mark.parametrize(
    ("found", "code", "is_hard_elsewhere"),
    [
        (replace(facts("image/jpeg"), colours="CMYK"), FaultCode.COLOURS, False),
        (replace(facts("image/jpeg"), is_damaged=True, colours="CMYK"), FaultCode.DAMAGED, True),
        (facts("image/heic"), FaultCode.HEIC, True),
    ],
)
def test_a_picture_that_phones_cannot_show_is_told(found: MediaFacts, code: FaultCode, is_hard_elsewhere: bool) -> None:
    (cloud,) = find_faults(MediaKind.IMAGE, found, [CLOUD])
    (other,) = find_faults(MediaKind.IMAGE, found, [EVOLUTION])
    assert (cloud.code, cloud.is_hard, other.code, other.is_hard) == (code, True, code, is_hard_elsewhere)
    assert not find_faults(MediaKind.DOCUMENT, found, [CLOUD, WAHA])


def test_nobody_takes_an_empty_file_or_one_beyond_the_body() -> None:
    for gateway in Gateway:
        assert [f.code for f in find_faults(MediaKind.IMAGE, facts("image/jpeg", 0), [gateway])] == [FaultCode.EMPTY]
        beyond = find_faults(MediaKind.DOCUMENT, facts("application/pdf", 100 * MB + 1), [gateway])
        assert [(f.code, f.is_hard, f.limit_bytes) for f in beyond] == [(FaultCode.TOO_LARGE, True, 100 * MB)]


def test_words_with_a_sound_are_lost_except_with_waha() -> None:
    sound = facts("audio/mpeg")
    found = find_faults(MediaKind.AUDIO, sound, [CLOUD, EVOLUTION, WAHA, CLOUD], has_text=True)
    assert [(f.gateway, f.code) for f in found] == [(CLOUD, FaultCode.CAPTION), (EVOLUTION, FaultCode.CAPTION)]
    assert not find_faults(MediaKind.AUDIO, sound, [CLOUD])

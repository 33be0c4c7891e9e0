"""Words for the files of messages: what one is, and why somebody does not take it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.media import MediaFacts, MediaKind
from desktop.policy.media_limits import MB, FaultCode, MediaFault
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP
from desktop.viewmodels.wording_tables import GATEWAY

translate = QCoreApplication.translate

# What a person calls the format; names of formats are the same in every language.
_FORMATS: Mapping[str, str] = {
    "video/quicktime": "MOV",
    "video/x-matroska": "MKV",
    "video/x-msvideo": "AVI",
    "video/3gpp": "3GP",
    "audio/mpeg": "MP3",
    "audio/mp4": "M4A",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
}
_CODECS: Mapping[str, str] = {
    "avc1": "H.264",
    "avc3": "H.264",
    "hvc1": "H.265",
    "hev1": "H.265",
    "av01": "AV1",
    "vp09": "VP9",
    "mp4a": "AAC",
    "mp4v": "MPEG-4",
    "vorbis": "Vorbis",
    "opus": "Opus",
}
_HARD: Mapping[FaultCode, str] = {
    FaultCode.EMPTY: QT_TRANSLATE_NOOP("MediaWords", "The file is empty."),
    FaultCode.TOO_LARGE: QT_TRANSLATE_NOOP("MediaWords", "Too large for {gateways}: at most {limit}."),
    FaultCode.FORMAT: QT_TRANSLATE_NOOP("MediaWords", "{gateways} does not take {detail}."),
    FaultCode.CODEC: QT_TRANSLATE_NOOP("MediaWords", "{gateways} does not play {detail}: save it with H.264 and AAC."),
    FaultCode.COLOURS: QT_TRANSLATE_NOOP("MediaWords", "{gateways} does not take pictures in {detail}."),
    FaultCode.DAMAGED: QT_TRANSLATE_NOOP("MediaWords", "The picture is damaged: it cannot be opened to its end."),
    FaultCode.HEIC: QT_TRANSLATE_NOOP(
        "MediaWords", "Most phones do not show HEIC: save the picture as JPEG, or send it as a document."
    ),
    FaultCode.CAPTION: QT_TRANSLATE_NOOP("MediaWords", "{gateways} sends no text with a sound: it would be lost."),
}
_SOFT: Mapping[FaultCode, str] = {
    FaultCode.FORMAT: QT_TRANSLATE_NOOP("MediaWords", "With {gateways} some phones may not show {detail}."),
    FaultCode.CODEC: QT_TRANSLATE_NOOP("MediaWords", "With {gateways} some phones may not play {detail}."),
    FaultCode.COLOURS: QT_TRANSLATE_NOOP(
        "MediaWords", "With {gateways} some phones may not show pictures in {detail}."
    ),
}
_KINDS: Mapping[MediaKind, str] = {
    MediaKind.IMAGE: QT_TRANSLATE_NOOP("MediaWords", "Picture"),
    MediaKind.VIDEO: QT_TRANSLATE_NOOP("MediaWords", "Video"),
    MediaKind.AUDIO: QT_TRANSLATE_NOOP("MediaWords", "Sound"),
    MediaKind.DOCUMENT: QT_TRANSLATE_NOOP("MediaWords", "Document"),
}


def kind(of: MediaKind) -> str:
    return translate("MediaWords", _KINDS[of])


def size(size_bytes: int) -> str:
    """Write a size as a person reads it: 3,4 MB."""
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def file_format(mime: str, name: str = "") -> str:
    """Name a format: JPEG, MP4; what has no name goes by the ending of its file."""
    if mime in _FORMATS:
        return _FORMATS[mime]
    if mime.startswith("application/") and mime != "application/pdf":
        ending = name.rpartition(".")[2] if "." in name else ""
        return ending.upper() if 0 < len(ending) <= 5 else translate("MediaWords", "File")
    return mime.rpartition("/")[2].removeprefix("x-").upper()


def described(facts: MediaFacts) -> str:
    """Say what a file is: `JPEG · 4000 × 3000 · 3,4 MB`."""
    parts = [file_format(facts.mime, facts.name)]
    if facts.width and facts.height:
        parts.append(f"{facts.width} × {facts.height}")
    parts.append(size(facts.size_bytes))
    return " · ".join(parts)


def faults(found: Sequence[MediaFault]) -> Sequence[tuple[str, bool]]:
    """Word faults, (sentence, whether it is refused), the gateways of one and the same named together."""
    groups: dict[tuple[FaultCode, bool, int, str], list[str]] = {}
    for fault in found:
        key = (fault.code, fault.is_hard, fault.limit_bytes, fault.detail)
        groups.setdefault(key, []).append(GATEWAY[fault.gateway])
    return [_worded(*key, gateways) for key, gateways in groups.items()]


def _worded(code: FaultCode, is_hard: bool, limit_bytes: int, detail: str, gateways: Sequence[str]) -> tuple[str, bool]:
    text = translate("MediaWords", (_HARD if is_hard else _SOFT)[code])
    limit = f"{limit_bytes // MB} MB"
    return text.format(gateways=", ".join(gateways), limit=limit, detail=_detail(code, detail)), is_hard


def _detail(code: FaultCode, detail: str) -> str:
    if code is FaultCode.FORMAT:
        return file_format(detail)
    if code is FaultCode.COLOURS:
        return detail
    return ", ".join(_CODECS.get(codec, codec.upper()) for codec in detail.split(", "))

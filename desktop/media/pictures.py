"""Looks at pictures and writes smaller ones. The only module that knows Pillow."""

import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from desktop.domain.errors import KnownError
from desktop.domain.media import MediaFacts

MOST_PIXELS = 120_000_000
"""What is larger is not opened: a few kilobytes can unfold to gigabytes. A camera's largest picture has 108 million."""
_GPS = 0x8825  # Source: Exif 2.32, table 4, the pointer to the GPS fields
_ORIENTATION = 0x0112
_SIDES = (2560, 1920, 1600, 1280, 960)  # px of the longer side, tried in this order
_QUALITIES = (88, 80, 70)
# Modes of Pillow that are no 8 bits of red, green and blue. Source: gateways.md §3.C, Meta: "8-bit, RGB or RGBA".
_ODD_COLOURS = {"CMYK": "CMYK", "I;16": "16 bit", "I;16B": "16 bit", "I": "16 bit", "F": "16 bit", "LAB": "LAB"}
_WELL_KNOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"})
_FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)


def facts(path: Path, size_bytes: int, mime: str) -> MediaFacts:
    """Return what is seen: width and height after turning; a damaged picture has none. Blocks."""
    try:
        with _open(path) as image:
            width, height = image.size
            exif = image.getexif()
            if exif.get(_ORIENTATION, 1) >= 5:
                width, height = height, width
            has_position = bool(exif.get_ifd(_GPS))
            colours = _ODD_COLOURS.get(image.mode, "")
            is_damaged = not _is_whole(image)
    except _FAULTS:
        return MediaFacts(path.name, size_bytes, mime, is_damaged=mime in _WELL_KNOWN)
    return MediaFacts(
        path.name,
        size_bytes,
        mime,
        width,
        height,
        has_position=has_position,
        colours=colours,
        is_damaged=is_damaged,
    )


def _is_whole(image: Image.Image) -> bool:
    """Tell whether all points can be read, at an eighth of the size where the format allows it."""
    if image.width * image.height > MOST_PIXELS:
        return True  # nobody opens it here
    image.draft("RGB", (image.width // 8 or 1, image.height // 8 or 1))
    try:
        image.load()
    except _FAULTS:
        return False
    return True


def reencode(path: Path, target: Path, limit_bytes: int) -> None:
    """Write a picture as JPEG of at most `limit_bytes`: upright, without where and when it was taken. Blocks.

    What is transparent becomes white; of a moving picture the first frame stays.

    Raises:
        KnownError: `picture_unreadable`, also when it is too large to be opened; `picture_too_large`, when no size
            that can be looked at fits.
    """
    try:
        with _open(path) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _unreadable(path)
            image.draft("RGB", (_SIDES[0], _SIDES[0]))
            upright = _on_white(ImageOps.exif_transpose(image))
    except _FAULTS as error:
        raise _unreadable(path) from error
    for data in _tries(upright):
        if len(data) <= limit_bytes:
            target.write_bytes(data)
            return
    raise KnownError("picture_too_large", f"{path.name} cannot be made small enough.", "Choose another picture.")


def thumbnail(path: Path, side: int) -> bytes | None:
    """Return a picture of at most `side` pixels as PNG; None for what cannot be opened. Blocks."""
    try:
        with _open(path) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            image.draft("RGB", (side, side))
            upright = _on_white(ImageOps.exif_transpose(image))
    except _FAULTS:
        return None
    upright.thumbnail((side, side))
    return _written(upright, "PNG")


def _open(path: Path) -> Image.Image:
    """Open a picture without reading its points; its size is judged by us, not by Pillow's warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(path)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")


def _tries(image: Image.Image) -> Iterator[bytes]:
    """Yield the picture smaller and smaller, the best first."""
    for side in _SIDES:
        if side is not _SIDES[0] and max(image.size) <= side:
            continue
        smaller = image.copy()
        smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            yield _written(smaller, "JPEG", quality=quality, optimize=True, progressive=True)


def _written(image: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = BytesIO()
    # A picture of its own: nothing that came with the old file is written, neither Exif nor comments.
    image.info = {}
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def _unreadable(path: Path) -> KnownError:
    return KnownError("picture_unreadable", f"{path.name} cannot be opened.", "Save it as JPEG and attach that.")

"""Marks a text for translation where it is written, for a table that is made before any language is chosen."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 — `lupdate` looks for exactly this name.
    """Return `text` as it is. Qt's own function does the same, but its type hint says `object`."""
    return text

"""Texts of people where a window would take them for markup."""

from html import escape


def as_plain(text: str) -> str:
    """Return a text that Qt shows letter for letter in a tool tip, which has no other way to be plain.

    A tip with a tag in it is read as HTML: the name `<img src="//somewhere/x">` of an imported contact would otherwise
    have the machine fetch that picture (Source: Qt documentation, QToolTip and `Qt::mightBeRichText`).
    """
    if "<" not in text:
        return text
    return f"<qt>{escape(text, quote=False)}</qt>".replace("\n", "<br>")

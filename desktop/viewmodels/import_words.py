"""Words for an import: how the file is written, what is odd about it, why rows were refused."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.audience.importing import LONGEST_FIELD, LONGEST_NAME
from desktop.audience.phones import PhoneReason
from desktop.domain.contact import ImportResult
from desktop.viewmodels import formats, phone_words
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP
from desktop.viewmodels.ports import ImportPreview

translate = QCoreApplication.translate

_DELIMITERS: Mapping[str, str] = {
    ";": QT_TRANSLATE_NOOP("ImportWords", "semicolons"),
    ",": QT_TRANSLATE_NOOP("ImportWords", "commas"),
    "\t": QT_TRANSLATE_NOOP("ImportWords", "tabs"),
    "|": QT_TRANSLATE_NOOP("ImportWords", "bars"),
}


def file_facts(preview: ImportPreview) -> str:
    """Say how the file is written: what was detected, so that a wrong guess is seen. Empty for spreadsheets."""
    if not preview.delimiter:
        return ""
    pattern = translate("ImportWords", "Columns separated by {delimiter}, characters in {encoding}.")
    delimiter = _DELIMITERS.get(preview.delimiter)
    return pattern.format(
        delimiter=translate("ImportWords", delimiter) if delimiter else repr(preview.delimiter),
        encoding=preview.encoding.upper(),
    )


def column(name: str, is_header: bool) -> str:
    """Name a column: by its header, or by its number."""
    return name if is_header else translate("ImportWords", "Column {number}").format(number=name)


def reason(code: str) -> str:
    """Say why a row was refused, beginning with a capital."""
    try:
        text = phone_words.phone_reason(PhoneReason(code))
    except ValueError:
        text = code.replace("_", " ")
    return text[:1].upper() + text[1:]


def summary(result: ImportResult) -> str:
    """Say in one sentence how much was read, and how fast."""
    pattern = translate("ImportWords", "{rows} rows read in {seconds} s.")
    return pattern.format(rows=formats.number(result.rows), seconds=formats.decimal(result.seconds))


def notices(landlines: int, shortened: int) -> list[str]:
    """Say what was taken in, but should be known."""
    said: list[str] = []
    if landlines:
        pattern = translate("ImportWords", "Landlines taken in: {n}. Some companies have WhatsApp on one.")
        said.append(pattern.format(n=formats.number(landlines)))
    if shortened:
        pattern = translate(
            "ImportWords", "People with a text that was cut: {n}. A name keeps {name} characters, a field {field}."
        )
        longest = {"name": formats.number(LONGEST_NAME), "field": formats.number(LONGEST_FIELD)}
        said.append(pattern.format(n=formats.number(shortened), **longest))
    return said

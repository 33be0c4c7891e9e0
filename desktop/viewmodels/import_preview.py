"""The first rows of a file as they will be stored: mapped, cleaned, each with what is wrong or odd about it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from desktop.audience.columns import ColumnMapping
from desktop.audience.importing import ParsedContact, RejectedRow, clean_text, parse_rows
from desktop.audience.phones import PhoneWarning
from desktop.audience.rows import RawRow
from desktop.domain.contact import NewContact
from desktop.viewmodels import formats, phone_words

translate = QCoreApplication.translate

PHONE, NAME, TAGS, OPT_IN = "phone", "name", "tags", "opt_in"
CUSTOM = "custom."


class Standing(StrEnum):
    GOOD = "good"
    ODD = "odd"  # comes in, and the operator may want to know something
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One row: its cells by column, as they will be (refused: as they are), and what is to be said of it."""

    cells: tuple[str, ...]
    standing: Standing
    note: str = ""


def preview_lines(
    rows: Sequence[Sequence[str]], columns: Sequence[str], mapping: Mapping[str, str], region: str
) -> list[PreviewLine]:
    """Return the rows as an import with this mapping (column → field) would store them."""
    places = {field: columns.index(column) for column, field in mapping.items() if column in columns}
    if PHONE not in places:
        return [PreviewLine(_padded(row, len(columns)), Standing.GOOD) for row in rows]
    custom = {field: place for field, place in places.items() if field.startswith(CUSTOM)}
    how = ColumnMapping(places[PHONE], places.get(NAME), places.get(TAGS), custom, places.get(OPT_IN))
    lines: list[PreviewLine] = []
    seen: dict[str, int] = {}
    raw = (RawRow(number, list(row)) for number, row in enumerate(rows, 1))
    for row, parsed in zip(rows, parse_rows(raw, how, region), strict=True):
        cells = list(_padded(row, len(columns)))
        if isinstance(parsed, RejectedRow):
            lines.append(PreviewLine(tuple(cells), Standing.REFUSED, phone_words.phone_reason(parsed.reason)))
            continue
        _show(cells, parsed.contact, places)
        note = _note(parsed, seen)
        seen.setdefault(parsed.contact.phone, len(lines) + 1)
        lines.append(PreviewLine(tuple(cells), Standing.ODD if note else Standing.GOOD, note))
    return lines


def summary(lines: Sequence[PreviewLine]) -> str:
    """Say how many of the rows shown would come in."""
    refused = sum(line.standing is Standing.REFUSED for line in lines)
    odd = sum(line.standing is Standing.ODD for line in lines)
    parts = [translate("ImportPreview", "First {n} rows, as they will be").format(n=formats.number(len(lines)))]
    if refused:
        parts.append(translate("ImportPreview", "refused: {n}").format(n=formats.number(refused)))
    if odd:
        parts.append(translate("ImportPreview", "with a remark: {n}").format(n=formats.number(odd)))
    return " · ".join(parts)


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row[:width], *[""] * (width - len(row)))


def _show(cells: list[str], contact: NewContact, places: Mapping[str, int]) -> None:
    cells[places[PHONE]] = formats.phone(contact.phone)
    for field, place in places.items():
        if field == NAME:
            cells[place] = contact.name
        elif field == TAGS:
            cells[place] = ", ".join(contact.tags)
        elif field == OPT_IN:
            cells[place] = _consent(contact)
        elif field != PHONE:
            cells[place] = clean_text(cells[place])


def _consent(contact: NewContact) -> str:
    mark = contact.consent
    if mark is None:
        return ""
    if mark.is_refused:
        return translate("ImportPreview", "said no")
    day = formats.day(mark.at) if mark.at else ""
    return " · ".join(part for part in (translate("ImportPreview", "agreed"), day, mark.proof) if part)


def _note(parsed: ParsedContact, seen: Mapping[str, int]) -> str:
    contact = parsed.contact
    if contact.phone in seen:
        return translate("ImportPreview", "same phone as row {row}").format(row=seen[contact.phone])
    if contact.consent is not None and contact.consent.is_refused:
        return translate("ImportPreview", "comes in as opted out")
    if PhoneWarning.LANDLINE in parsed.warnings:
        return translate("ImportPreview", "landline: some have WhatsApp")
    if PhoneWarning.NINTH_DIGIT_ADDED in parsed.warnings:
        return translate("ImportPreview", "ninth digit added")
    return ""

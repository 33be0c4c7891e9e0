"""Reads XLSX, ODS, XLSB and XLS through calamine, cell by cell as the operator sees them, without judging phones.

A number is written without the fraction that a spreadsheet adds (`11988887777.0`). Beyond 15 digits a spreadsheet has
lost digits: such a number comes as `1.19888877771199e+21`, which the phone reader refuses as scientific notation.
calamine holds the sheet in native memory; its rows become Python values one at a time.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from desktop.audience.rows import RawRow
from desktop.domain.errors import KnownError

CellValue = int | float | str | bool | time | date | datetime | timedelta
# The digits that a spreadsheet keeps exactly. Source: Excel specifications and limits, number precision.
_EXACT_DIGITS = 15


def load_sheet(path: Path) -> CalamineSheet:
    """Read the first visible sheet that has rows. Blocks: 100,000 rows take about a second.

    Raises:
        KnownError: `file_unreadable`, `file_encrypted`, `file_damaged` or `file_empty`.
    """
    try:
        path.open("rb").close()  # its refusal has a reason in words, calamine's has none
        workbook = CalamineWorkbook.from_path(str(path))  # pyright: ignore[reportUnknownMemberType]
        sheet = _first_sheet(workbook)
        workbook.close()
    except PasswordError as error:
        raise KnownError(
            "file_encrypted", f"{path.name} is protected by a password.", "Save it without one, then choose it again."
        ) from error
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KnownError(
            "file_unreadable", f"{path.name} cannot be read: {reason}.", "Check that it exists and is not locked."
        ) from error
    except CalamineError as error:
        raise KnownError(
            "file_damaged", f"{path.name} is no spreadsheet, or it is damaged.", "Open it in Excel and save it again."
        ) from error
    if sheet is None:
        raise KnownError("file_empty", f"{path.name} has no rows.", "Choose a file with one contact per line.")
    return sheet


def rows(sheet: CalamineSheet) -> Iterator[RawRow]:
    """Stream the rows, blank ones left out, `line_number` as in the sheet."""
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = [cell_text(value) for value in values]
        if any(map(str.strip, cells)):
            yield RawRow(number, cells)


def cell_text(value: CellValue) -> str:
    """Write a cell as text: whole numbers without a fraction, dates as ISO 8601, truth as `true` or `false`."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return _number(value)
        case datetime():
            is_day = value.time() == time()
            return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer():
        return str(int(value)) if abs(value) < 10**_EXACT_DIGITS else f"{value:.14e}"
    return repr(value)


def _first_sheet(workbook: CalamineWorkbook) -> CalamineSheet | None:
    """Return the first sheet that is shown and has rows; hidden ones hold lists for drop-down fields."""
    names = [
        meta.name
        for meta in workbook.sheets_metadata
        if meta.typ is SheetTypeEnum.WorkSheet and meta.visible is SheetVisibleEnum.Visible
    ]
    for name in names or list[str](workbook.sheet_names):
        sheet = workbook.get_sheet_by_name(name)
        if sheet.height:
            return sheet
    return None

"""The ugly files of `tests/data/ugly`: each imports with exactly these counts, reasons and names."""

import zipfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pytest

from desktop.audience.columns import map_columns
from desktop.audience.importing import (
    LONGEST_FIELD,
    LONGEST_NAME,
    ParsedContact,
    RejectedRow,
    SeenPhones,
    parse_rows,
)
from desktop.audience.readers.source import open_source
from desktop.domain.errors import KnownError

FOLDER = Path(__file__).parents[2] / "data" / "ugly"
NAMES = ("João da Silva", "Conceição Araújo", "Ângela")


@dataclass(frozen=True)
class Expected:
    """What an import into an empty workspace makes of a file. `names` are those that are added, in order."""

    added: int
    duplicates: int = 0
    rejected: dict[str, int] = field(default_factory=dict[str, int])
    names: tuple[str, ...] = ()


EXPECTED = {
    "a_quote_that_opens_in_each_row.csv": Expected(4, names=("Ana", 'Bia "a chefe', "Caio", "Dora")),
    "exponents_of_three_spreadsheets.csv": Expected(1, 0, {"scientific_notation": 3}, ("Dora",)),
    "five_thousand_columns.csv": Expected(2, names=("Ana", "Bia")),
    "invisible_signs_and_wide_digits.csv": Expected(3, names=("Ana", "Bia", "Caio")),
    "macros_and_links_to_other_files.xlsm": Expected(2, 1, names=("Família Sá", "")),
    "names_merged_over_two_rows.xlsx": Expected(2, 1, names=("Família Sá", "")),
    "nul_bytes_inside_of_phones.csv": Expected(2, names=("Ana", "Bia")),
    "photo_and_folded_quoted_printable.vcf": Expected(2, names=("José Silva", "Bia")),
    "three_kinds_of_line_ends.csv": Expected(3, names=("Ana", "Bia", "Caio")),
    "two_rows_of_headers.csv": Expected(2, names=("Ana", "Bia")),
    "utf_16_big_endian_without_a_mark.txt": Expected(2, names=("José Ação", "Çélia")),
    "a_broken_card_among_good_ones.vcf": Expected(3, 0, {"letters": 1}, ("Ana", "Beto", "Dora")),
    "a_workbook_called_csv.csv": Expected(2, names=("Ana", "Beto")),
    "blank_lines_and_separators_only.csv": Expected(2, names=("Ana", "Beto")),
    "carriers_and_zeros_in_front.csv": Expected(5),
    "code_page_850_from_dos.csv": Expected(3, names=NAMES),
    "foreign_numbers.csv": Expected(4, 0, {"unknown_country": 1}),
    "formulas_in_cells.csv": Expected(3, names=('=HYPERLINK("http://x";"clique")', "@ana", "Beto")),
    "google_contacts.csv": Expected(1, 0, {"several_numbers": 1, "empty": 1}, ("Ana Lima",)),
    "hidden_and_empty_sheets_in_front.xlsx": Expected(2, names=("Ana", "Beto")),
    "house_numbers_in_a_column_called_numero.csv": Expected(3),
    "iphone_several_phones_on_a_card.vcf": Expected(3, 1, {"empty": 1}, ("Ana Lima", "Ana Lima", "Beto")),
    "landlines_among_mobiles.csv": Expected(3),
    "latin_1_behind_a_utf_8_mark.csv": Expected(3, names=NAMES),
    "latin_1_with_semicolons.csv": Expected(3, names=NAMES),
    "letters_in_phones.csv": Expected(1, 0, {"letters": 4}),
    "libreoffice_with_a_million_blank_rows.ods": Expected(3, 0, {"scientific_notation": 1}, ("Ana", "Beto", "Dora")),
    "line_breaks_inside_cells.csv": Expected(2),
    "mac_roman_with_carriage_returns.csv": Expected(3, names=NAMES),
    "no_break_spaces_and_odd_dashes.csv": Expected(3, names=("Ana Maria", "Beto", "Caio")),
    "no_header.csv": Expected(3, names=("Ana Maria", "Beto Souza", "Caio")),
    "nul_bytes_and_a_mark_in_the_middle.csv": Expected(2, names=("Ana", "Beto")),
    "old_mobiles_without_the_ninth_digit.csv": Expected(3, 1),
    "old_phone_with_quoted_printable.vcf": Expected(3, names=("Conceição Araújo", "Conceição Araújo", "Z=E9")),
    "phones_as_numbers_dates_and_truths.xlsx": Expected(
        3, 0, {"scientific_notation": 2, "invalid": 1, "date": 1, "letters": 1}, ("Ana", "Beto", "Gil")
    ),
    "quote_that_is_never_closed.csv": Expected(5, names=('Ana "Aninha" Lima', "Beto da 7", "Caio", "Dora", "Eva")),
    "refused_rows_corrected.csv": Expected(1, 0, {"too_short": 1}),
    "rows_of_different_lengths.csv": Expected(3, 0, {"empty": 1}, ("Ana", "Beto", "")),
    "scientific_notation.csv": Expected(1, 0, {"scientific_notation": 3}),
    "separator_line_in_front.csv": Expected(2, names=("Ana; a 1ª", "Beto")),
    "the_same_person_many_times.csv": Expected(2, 3),
    "title_above_the_header.csv": Expected(2, names=("Ana", "Beto")),
    "title_merged_cells_and_blank_columns.xlsx": Expected(2, 0, {"too_short": 1}, ("Ana", "Beto")),
    "too_short_and_too_long.csv": Expected(
        0,
        0,
        {
            "too_short": 1,
            "too_long": 1,
            "missing_area": 1,
            "unknown_area": 1,
            "service_number": 2,
            "invalid": 1,
            "empty": 2,
        },
    ),
    "two_columns_of_the_same_name.csv": Expected(2),
    "two_encodings_pasted_together.csv": Expected(5, names=(*NAMES, "Zoé", "Luís")),
    "two_numbers_in_one_cell.csv": Expected(1, 0, {"several_numbers": 3}),
    "utf_16_with_tabs_from_excel.txt": Expected(3, names=NAMES),
    "utf_8_with_a_mark_and_commas.csv": Expected(3, names=NAMES),
}


def parse(name: str) -> list[ParsedContact | RejectedRow]:
    return parse_file(FOLDER / name)


def parse_file(path: Path) -> list[ParsedContact | RejectedRow]:
    source = open_source(path)
    sample = [row.cells for row in islice(source.rows(), 200)]
    return list(parse_rows(source.rows(), map_columns(source.header, sample)))


def test_every_ugly_file_has_its_expectation() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_ugly_file_gives_exactly_what_it_holds(name: str) -> None:
    expected = EXPECTED[name]
    parsed = parse(name)
    contacts = [row.contact for row in parsed if isinstance(row, ParsedContact)]
    seen = SeenPhones()
    new = [contact for contact in contacts if seen.is_new(contact.phone)]
    assert Counter(row.reason.value for row in parsed if isinstance(row, RejectedRow)) == expected.rejected
    assert (len(new), len(contacts) - len(new)) == (expected.added, expected.duplicates)
    if expected.names:
        assert tuple(contact.name for contact in new) == expected.names


def test_the_lower_of_two_headers_names_the_columns() -> None:
    assert open_source(FOLDER / "two_rows_of_headers.csv").header == ("Nome", "Celular", "Cidade")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("sistema.xls", "<html><body><table><tr><td>Nome</td></tr></table></body></html>", "file_not_table"),
        ("lista.csv", '\ufeff [{"nome": "Ana", "celular": "11988887777"}]', "file_not_table"),
        ("lista.csv", "%PDF-1.7\n1 0 obj", "file_not_table"),
        ("lista.csv", "Nome;Celular\n", "file_empty"),
        ("lista.csv", "Nome;Celular\n;\n  \n", "file_empty"),
        ("lista.csv", "", "file_empty"),
    ],
)
def test_what_is_no_table_of_people_is_refused_in_words(tmp_path: Path, name: str, content: str, code: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnownError) as refused:
        open_source(path)
    assert refused.value.code == code


def test_a_spreadsheet_cut_in_half_or_made_to_explode_is_refused(tmp_path: Path) -> None:
    whole = (FOLDER / "names_merged_over_two_rows.xlsx").read_bytes()
    half, bomb = tmp_path / "metade.xlsx", tmp_path / "bomba.xlsx"
    half.write_bytes(whole[: len(whole) // 2])
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        declared = (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst>&b;</sst>'
        )
        parts.writestr("xl/sharedStrings.xml", declared)
    for path in (half, bomb):
        with pytest.raises(KnownError) as refused:
            open_source(path)
        assert refused.value.code == "file_damaged"


def test_a_file_that_somebody_put_into_a_cell_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "longa.csv"
    path.write_text(f"Nome;Celular;Obs\n{'Ana ' * 300};11988887777;{'x' * 100_000}\nBia;21977776666;ok\n", "utf-8")
    long, short = (row.contact for row in parse_file(path) if isinstance(row, ParsedContact))
    assert (len(long.name), len(long.custom["obs"])) == (LONGEST_NAME, LONGEST_FIELD)
    assert (short.name, short.custom) == ("Bia", {"obs": "ok"})


def test_dates_numbers_and_truths_of_a_spreadsheet_are_written_as_people_read_them() -> None:
    first = parse("phones_as_numbers_dates_and_truths.xlsx")[0]
    assert isinstance(first, ParsedContact)
    assert first.contact.custom == {"nascimento": "1990-03-12", "pontos": "10.5", "ativo": "true"}


def test_a_card_gives_its_categories_as_tags_and_the_kind_of_each_phone() -> None:
    mobile, landline = parse("iphone_several_phones_on_a_card.vcf")[:2]
    assert isinstance(mobile, ParsedContact)
    assert isinstance(landline, ParsedContact)
    assert mobile.contact.tags == ("vip", "natal")
    assert (mobile.contact.custom["phone_type"], landline.contact.phone) == ("cell", "+551133334444")
    assert mobile.contact.custom["birthday"] == "1990-03-12"


def test_rows_keep_the_numbers_that_the_spreadsheet_shows() -> None:
    parsed = parse("title_merged_cells_and_blank_columns.xlsx")
    assert [row.line_number for row in parsed] == [5, 7, 10]

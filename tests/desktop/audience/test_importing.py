"""Rows become contacts or refusals with a reason, and what was refused can be corrected and imported again."""

import json
from pathlib import Path

import pytest

from desktop.audience.columns import ColumnMapping, map_columns
from desktop.audience.importing import (
    ParsedContact,
    RejectedRow,
    SeenPhones,
    clean_text,
    parse_rows,
    read_batch,
    split_tags,
)
from desktop.audience.phones import PhoneReason, PhoneWarning
from desktop.audience.readers.csv_reader import rows, sniff
from desktop.audience.rejects import RejectsFile, formula_safe
from desktop.audience.rows import RawRow
from desktop.domain.consent import ConsentMark
from desktop.domain.contact import NewContact
from desktop.domain.errors import KnownError

MAPPING = ColumnMapping(phone=1, name=0, tags=2, custom={"city": 3}, opt_in=4)


def test_a_complete_row() -> None:
    row = RawRow(2, ["  ANA   da Silva\n", "11 3333-4444", "vip; natal,vip", " São  Paulo ", " sim "])
    assert list(parse_rows([row], MAPPING)) == [
        ParsedContact(
            2,
            NewContact("+551133334444", "ANA da Silva", ("vip", "natal"), {"city": "São Paulo"}, ConsentMark()),
            (PhoneWarning.LANDLINE,),
        )
    ]


def test_a_short_row_has_empty_cells() -> None:
    parsed, refused = parse_rows([RawRow(2, ["Ana", "11988887777"]), RawRow(3, ["Ana"])], MAPPING)
    assert parsed == ParsedContact(2, NewContact("+5511988887777", "Ana"))
    assert refused == RejectedRow(3, PhoneReason.EMPTY, ("Ana",))


def test_a_phone_alone_is_enough() -> None:
    (parsed,) = parse_rows([RawRow(1, ["912345678"])], ColumnMapping(phone=0), "PT")
    assert parsed == ParsedContact(1, NewContact("+351912345678"))


def test_a_refused_row_keeps_its_cells_and_says_what_was_wrong() -> None:
    (refused,) = parse_rows([RawRow(9, [" Ana ", "5,51198E+12"])], MAPPING)
    assert refused == RejectedRow(9, PhoneReason.SCIENTIFIC_NOTATION, (" Ana ", "5,51198E+12"), "5,51198E+12")


def test_whose_text_is_cut_is_counted_once() -> None:
    many = {f"f{n}": 2 + n for n in range(3)}
    mapping = ColumnMapping(phone=0, name=1, custom=many)
    ordinary, full = ["x" * 4_000] * 3, ["x" * 5_001, "", ""]
    people = [
        ["11988887771", "A" * 500, *ordinary],  # a long document, and no field of it is cut
        ["11988887772", "A" * 501, "", "", ""],
        ["11988887773", "A" * 501, *full],
        ["11988887774", "Ana", *full],
    ]
    read = read_batch([RawRow(n, cells) for n, cells in enumerate(people, 2)], mapping)
    assert read.shortened == 3
    assert [len(name) for name in read.contacts.names] == [500, 500, 500, 3]
    assert [len(json.loads(fields).get("f0", "")) for fields in read.contacts.fields] == [4_000, 0, 5_000, 5_000]


def test_seen_phones() -> None:
    seen = SeenPhones()
    assert [seen.is_new(phone) for phone in ("+5511988887777", "+12125551234", "+5511988887777")] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "clean"),
    [(" a \t b\u00a0c ", "a b c"), ("'=A1", "=A1"), ("'+55", "+55"), ("'s Hertog", "'s Hertog"), ("", "")],
)
def test_clean_text(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_split_tags() -> None:
    assert split_tags(" a ,b;; c|a") == ("a", "b", "c")
    assert split_tags("") == ()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_spreadsheet_runs_a_refused_cell(sign: str) -> None:
    assert formula_safe(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"
    assert formula_safe(f"1{sign}") == f"1{sign}"


def test_refused_rows_go_to_a_file_that_can_be_imported_again(tmp_path: Path) -> None:
    file = tmp_path / "refused.csv"
    header = ("nome", "telefone", "cidade")
    with RejectsFile(file, header) as rejects:
        rejects.write(RejectedRow(3, PhoneReason.TOO_LONG, ("=João", "+55119888877771", "São Paulo; SP")))
        rejects.write(RejectedRow(5, PhoneReason.EMPTY, ("Ana",)))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")

    file.write_text(file.read_text("utf-8").replace("888877771", "88887777"), "utf-8")  # the operator corrects it
    shape = sniff(file)
    assert shape.header == (*header, "rejection_reason")
    read = list(rows(file, shape))
    assert read[1].cells == ["Ana", "", "", "empty"]
    parsed, refused = parse_rows(read, map_columns(shape.header, [row.cells for row in read]))
    assert parsed == ParsedContact(2, NewContact("+5511988887777", "=João", (), {"cidade": "São Paulo; SP"}))
    assert isinstance(refused, RejectedRow)


def test_refused_rows_without_a_header_and_with_other_words(tmp_path: Path) -> None:
    file = tmp_path / "refused.csv"
    with RejectsFile(file, (), ",", wording=lambda row: f"linha {row.line_number}") as rejects:
        rejects.write(RejectedRow(3, PhoneReason.LETTERS, ("Ana", "x")))
    assert file.read_text("utf-8-sig") == "Ana,x,linha 3\n"


def test_a_file_that_cannot_be_written_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refusal:
        RejectsFile(tmp_path / "none" / "refused.csv", ())
    assert refusal.value.code == "file_not_writable"

"""CSV files as people really have them, each a real file on disk."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.audience.readers.csv_reader import CsvShape, rows, sniff
from desktop.audience.rows import RawRow
from desktop.domain.errors import KnownError

HEADER = ("nome", "telefone")
JOAO = ["João", "11988887777"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "contatos.csv"


def read(file: Path, content: bytes | str) -> tuple[CsvShape, list[RawRow]]:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    shape = sniff(file)
    return shape, list(rows(file, shape))


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("cp850", "cp850"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_encodings_are_recognised(file: Path, codec: str, found: str) -> None:
    text = "nome;telefone\r\nJoão;11988887777\r\nConceição;11988887778\r\n"
    shape, read_rows = read(file, text.encode(codec))
    assert (shape.encoding, shape.header) == (found, HEADER)
    assert [row.cells[0] for row in read_rows] == ["João", "Conceição"]


def test_utf16_big_endian_with_a_mark(file: Path) -> None:
    shape, read_rows = read(file, b"\xfe\xff" + "nome;telefone\nJoão;11988887777\n".encode("utf-16-be"))
    assert (shape.encoding, read_rows[0].cells) == ("utf-16-be", JOAO)


def test_latin1_behind_a_utf8_mark_is_no_mojibake(file: Path) -> None:
    shape, read_rows = read(file, b"\xef\xbb\xbf" + "nome;telefone\nJoão;11988887777\n".encode("latin-1"))
    assert shape.header == HEADER
    assert read_rows == [RawRow(2, JOAO)]


def test_lines_of_two_encodings_in_one_file(file: Path) -> None:
    content = "nome;telefone\nJoão;11988887777\n".encode() + "Ângela;11988887778\n".encode("cp1252")
    _, read_rows = read(file, content)
    assert [row.cells[0] for row in read_rows] == ["João", "Ângela"]


def test_latin1_far_behind_an_ascii_beginning(file: Path) -> None:
    plain = "".join(f"Ana {number};11988887777\n" for number in range(20_000))
    _, read_rows = read(file, f"nome;telefone\n{plain}".encode() + "João;11988887777\n".encode("cp1252"))
    assert len(read_rows) == 20_001
    assert read_rows[-1].cells == JOAO


def test_bytes_that_windows_1252_does_not_have_do_not_crash(file: Path) -> None:
    shape, read_rows = read(file, b"nome;telefone\nJo\xe3o\x81;11988887777\n")
    assert shape.encoding == "cp1252"
    assert read_rows[0].cells == ["João\x81", "11988887777"]


def test_marks_in_the_middle_and_nul_bytes_are_dropped(file: Path) -> None:
    _, read_rows = read(file, "nome;telefone\nJo\0ão;11988887777\n\ufeffAna;11988887778\n".encode("utf-8-sig"))
    assert [row.cells for row in read_rows] == [JOAO, ["Ana", "11988887778"]]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiters_are_recognised(file: Path, delimiter: str) -> None:
    text = "nome;telefone;cidade\nJoão;11988887777;SP\nAna;11988887778;RJ\n".replace(";", delimiter)
    shape, read_rows = read(file, text)
    assert shape.delimiter == delimiter
    assert read_rows[0].cells == [*JOAO, "SP"]


def test_commas_inside_the_cells_of_a_semicolon_file(file: Path) -> None:
    shape, read_rows = read(file, "nome;telefone;cidade\nJoão;11988887777;São Paulo, SP\nAna;11988887778;Rio, RJ\n")
    assert shape.delimiter == ";"
    assert read_rows[0].cells[2] == "São Paulo, SP"


def test_separator_line_of_a_spreadsheet(file: Path) -> None:
    shape, read_rows = read(file, "sep=,\r\nnome,telefone\r\nJoão,11988887777\r\n")
    assert (shape.delimiter, shape.header, shape.has_separator_line) == (",", HEADER, True)
    assert read_rows == [RawRow(3, JOAO)]


def test_one_column_keeps_its_commas(file: Path) -> None:
    shape, read_rows = read(file, "11988887777\n5,51198E+12\n(11) 98888-6666\n")
    assert not shape.has_header
    assert [row.cells for row in read_rows] == [["11988887777"], ["5,51198E+12"], ["(11) 98888-6666"]]


def test_one_column_that_holds_every_delimiter(file: Path) -> None:
    shape, read_rows = read(file, "telefone\n1;\n2\t\n3|\n4,\n5\n6\n7\n8\n9\n10\n")
    assert shape.header == ("telefone",)
    assert len(read_rows) == 10


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(file: Path, line_end: str) -> None:
    _, read_rows = read(file, line_end.join(["nome;telefone", "João;11988887777", "Ana;11988887778"]))
    assert [row.line_number for row in read_rows] == [2, 3]
    assert read_rows[0].cells == JOAO


def test_blank_lines_and_lines_of_separators_are_not_rows(file: Path) -> None:
    _, read_rows = read(file, "\n\nnome;telefone\n\nJoão;11988887777\n;;\n  ; \n\t\nAna;11988887778\n\n")
    assert [(row.line_number, row.cells[0]) for row in read_rows] == [(5, "João"), (9, "Ana")]


def test_ragged_rows_come_as_they_are(file: Path) -> None:
    _, read_rows = read(file, "nome;telefone;cidade\nJoão;11988887777\nAna;11988887778;RJ;extra\n")
    assert [len(row.cells) for row in read_rows] == [2, 4]


def test_quotes_doubled_quotes_and_line_breaks_inside(file: Path) -> None:
    _, read_rows = read(file, 'nome;telefone\n"José ""Zé""; filho";"11988887777"\n"Ana\nLima";11988887778\nRui;1\n')
    assert read_rows == [
        RawRow(2, ['José "Zé"; filho', "11988887777"]),
        RawRow(3, ["Ana\nLima", "11988887778"]),
        RawRow(5, ["Rui", "1"]),
    ]


def test_single_quotes(file: Path) -> None:
    shape, read_rows = read(file, "nome;telefone\n'João';'11988887777'\n'D;Ana';'11988887778'\n")
    assert shape.quotechar == "'"
    assert read_rows[1].cells == ["D;Ana", "11988887778"]


def test_a_quote_that_is_never_closed_costs_no_other_row(file: Path) -> None:
    many = "".join(f"Ana {number};1198888{number:04}\n" for number in range(500))
    _, read_rows = read(file, f'nome;telefone\n{many}"João;11988887777\n{many}')
    assert len(read_rows) == 1001
    assert read_rows[500] == RawRow(502, JOAO)
    assert read_rows[1000].line_number == 1002


def test_a_quote_left_open_on_the_last_lines(file: Path) -> None:
    _, read_rows = read(file, 'nome;telefone\nAna;11988887778\n"João;11988887777\nRui;11988887779')
    assert [row.cells[0] for row in read_rows] == ["Ana", "João", "Rui"]


def test_two_broken_quotes_do_not_join_two_rows(file: Path) -> None:
    _, read_rows = read(file, 'nome;telefone\n"João;11988887777\n"Ana;11988887778\nRui;11988887779\n')
    assert [row.cells[0] for row in read_rows] == ["João", "Ana", "Rui"]


def test_an_absurdly_long_cell_does_not_stop_the_import(file: Path) -> None:
    _, read_rows = read(file, f"nome;telefone\nJoão;11988887777\n{'x' * 200_000};11988887778\nAna;11988887779\n")
    assert [row.cells[1][-1] for row in read_rows] == ["7", "8", "9"]


def test_a_header_is_known_by_its_words_or_by_the_data(file: Path) -> None:
    assert read(file, "Fone;Cliente\n11988887777;Ana\n")[0].has_header
    assert read(file, "aa;bb\nAna;11988887777\nRui;11988887778\n")[0].has_header
    assert not read(file, "Ana;11988887777\nRui;11988887778\n")[0].has_header
    assert not read(file, "Ana;x\nRui;y\n")[0].has_header


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"sep=;\n", b"\xef\xbb\xbf"])
def test_a_file_without_rows_is_refused(file: Path, content: bytes) -> None:
    with pytest.raises(KnownError) as refusal:
        read(file, content)
    assert refusal.value.code == "file_empty"


def test_a_file_of_separators_only_has_no_rows(file: Path) -> None:
    shape, read_rows = read(file, ";;\n;;\n")
    assert (shape.has_header, read_rows) == (False, [])


def test_a_workbook_is_no_csv(file: Path) -> None:
    with pytest.raises(KnownError) as refusal:
        read(file, b"PK\x03\x04rest")
    assert refusal.value.code == "file_not_csv"


def test_a_missing_file_is_a_known_error(file: Path) -> None:
    with pytest.raises(KnownError) as refusal:
        sniff(file)
    assert refusal.value.code == "file_unreadable"
    with pytest.raises(KnownError):
        list(rows(file, CsvShape("utf-8", ";", False, ())))


def test_a_file_without_quoting_keeps_its_quotes(file: Path) -> None:
    file.write_text('"a;b\n"c;d\n', encoding="utf-8")
    assert [row.cells for row in rows(file, CsvShape("utf-8", ";", False, (), quotechar=""))] == [
        ['"a', "b"],
        ['"c', "d"],
    ]


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(content)
    try:
        shape = sniff(file)
    except KnownError:
        return
    for row in rows(file, shape):
        assert any(cell.strip() for cell in row.cells)


_cell = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ue000"), max_size=12)


@settings(max_examples=150)
@given(st.lists(st.lists(_cell, min_size=3, max_size=3), min_size=1, max_size=20))
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, written: list[list[str]]
) -> None:
    file = tmp_path_factory.getbasetemp() / "written.csv"
    lines = [";".join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in written]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    expected = [cells for cells in written if any(cell.strip() for cell in cells)]
    assert [row.cells for row in rows(file, CsvShape("utf-8", ";", False, ()))] == expected

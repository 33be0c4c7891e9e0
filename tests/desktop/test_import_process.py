"""A large file is read in a process of its own, with the same answers; what goes wrong there is told here."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop import import_process
from desktop.domain.consent import ConsentMark
from desktop.domain.errors import KnownError
from desktop.import_process import ReadingApart, open_reading
from desktop.operations import reading as reading_here
from desktop.operations.reading import Portion, Reading, ReadingHere, ReadingOrder

HEAD = "Nome;Celular;Cidade;Autorização;Grupo"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file with what can be special about a row, three times more of it than one portion has."""
    rows = [
        "Ana  Sá;(11) 98888-7777;São Paulo;sim;vip, natal",
        "Bia;11 3333-4444;;não;",
        "Caio;sem telefone;Rio;12/08/2025;ouro",
        'Edu;5,51198E+12;"a;b";;',
        "'=Dora;81 9 9777 6666;'=1+1;ficha 12;vip",
    ]
    path = tmp_path / "lista.csv"
    path.write_text("\n".join([HEAD, *rows * (3 * reading_here.PORTION_ROWS // len(rows))]), encoding="cp1252")
    return path


def everything(reading: Reading) -> list[Portion]:
    try:
        return list(iter(reading.next, None))
    finally:
        reading.close()


def test_both_places_of_reading_give_the_same(file: Path) -> None:
    order = ReadingOrder(file, [("cidade", "Cidade")], ["todos"], "BR")
    here, apart = ReadingHere(order), ReadingApart(order)
    assert (here.header, here.delimiter, here.expected_rows) == (apart.header, apart.delimiter, apart.expected_rows)
    portions = everything(here)
    assert everything(apart) == portions
    assert [portion.rows for portion in portions] == [reading_here.PORTION_ROWS] * 3
    people = portions[0].contacts
    assert people.names[:3] == ["Ana Sá", "Bia", "=Dora"]
    assert people.tags[:3] == [("vip", "natal", "todos"), ("todos",), ("vip", "todos")]
    assert people.fields[:3] == ['{"cidade":"São Paulo"}', "{}", '{"cidade":"=1+1"}']
    assert people.consents[1] == ConsentMark(is_refused=True)
    assert portions[0].landlines == reading_here.PORTION_ROWS // 5
    assert [row.reason.value for row in portions[0].refused[:2]] == ["letters", "scientific_notation"]


def test_a_day_of_consent_comes_over(tmp_path: Path) -> None:
    path = tmp_path / "um.csv"
    path.write_text(f"{HEAD}\nAna;11988887777;;12/08/2025;\n", encoding="utf-8")
    (portion,) = everything(ReadingApart(ReadingOrder(path, [], [], "BR")))
    assert portion.contacts.consents == {0: ConsentMark(at=datetime(2025, 8, 12, tzinfo=UTC))}


def test_only_a_large_file_gets_a_process(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ReadingOrder(file, [], [], "BR")
    opened = open_reading(order)
    assert isinstance(opened, ReadingHere)
    monkeypatch.setattr(import_process, "_LARGE_BYTES", 1_000)
    opened = open_reading(order)
    opened.close()
    assert isinstance(opened, ReadingApart)


def test_what_the_reader_refuses_is_refused_here(tmp_path: Path) -> None:
    path = tmp_path / "cores.csv"
    path.write_text("cor;peso\nazul;1\nverde;2\n", encoding="utf-8")
    with pytest.raises(KnownError) as refused:
        ReadingApart(ReadingOrder(path, [], [], "BR"))
    assert refused.value.code == "phone_column_missing"
    with pytest.raises(KnownError) as missing:
        open_reading(ReadingOrder(tmp_path / "nada.csv", [], [], "BR"))
    assert missing.value.code == "file_unreadable"


def test_a_reader_that_is_killed_is_an_error_and_not_the_end_of_the_file(file: Path) -> None:
    reading = ReadingApart(ReadingOrder(file, [], [], "BR"))
    assert reading.next() is not None
    reading.close()
    with pytest.raises(KnownError) as ended:
        everything(reading)
    assert ended.value.code == "reader_ended"

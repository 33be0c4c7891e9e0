"""The whole path from an ugly file to phones: nothing lost, nothing invented, every refusal with its reason."""

from collections import Counter
from pathlib import Path

import pytest

from desktop.audience.columns import map_columns
from desktop.audience.importing import ParsedContact, RejectedRow, SeenPhones, parse_rows
from desktop.audience.phones import PhoneWarning
from desktop.audience.readers.csv_reader import rows, sniff
from tests.fakes.ugly_csv import write_ugly_csv


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_ugly_file_gives_exactly_what_it_holds(tmp_path: Path, seed: int) -> None:
    file = tmp_path / "clientes.csv"
    facts = write_ugly_csv(file, 2_000, seed)
    shape = sniff(file)
    assert (shape.delimiter, shape.header) == (";", ("Nome", "Telefone", "Cidade"))
    read = list(rows(file, shape))
    mapping = map_columns(shape.header, [row.cells for row in read[:100]])
    parsed = list(parse_rows(read, mapping))
    contacts = [row for row in parsed if isinstance(row, ParsedContact)]
    seen = SeenPhones()
    new = [row for row in contacts if seen.is_new(row.contact.phone)]

    assert len(read) == facts.rows == facts.added + facts.duplicates + facts.rejected_total
    assert Counter(row.reason.value for row in parsed if isinstance(row, RejectedRow)) == facts.rejected
    assert {row.contact.phone for row in new} == facts.phones
    assert (len(new), len(contacts) - len(new)) == (facts.added, facts.duplicates)
    assert {row.contact.phone for row in new if PhoneWarning.LANDLINE in row.warnings} == facts.landlines
    assert {name.split('"')[0].strip() for row in new if (name := row.contact.name)} == {
        "João da Silva",
        "Conceição Araújo",
        "Zé Antônio",
        "MARIA LUÍZA",
        "ana beatriz",
        "D'Ávila Gonçalves",
    }
    assert {row.contact.custom.get("cidade", "").split('"')[0].strip() for row in new} >= {
        "Goiânia, GO",
        "Brasília",
        "",
    }


def test_the_same_seed_writes_the_same_file(tmp_path: Path) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    assert write_ugly_csv(first, 300, 5) == write_ugly_csv(second, 300, 5)
    assert first.read_bytes() == second.read_bytes()

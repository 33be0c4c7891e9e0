"""The first rows of a file as they will be stored."""

from desktop.viewmodels.import_preview import Standing, preview_lines, summary

COLUMNS = ("Nome", "Celular", "Etiquetas", "Aceite", "Cidade", "Obs")
MAPPING = {
    "Nome": "name",
    "Celular": "phone",
    "Etiquetas": "tags",
    "Aceite": "opt_in",
    "Cidade": "custom.cidade",
}
ROWS = (
    ("  Ana   Souza ", "11 98888-7771", "vip; natal", "31/12/2025", " Recife ", "x"),
    ("Beto", "5,51198E+12", "", "", "", ""),
    ("Caio", "(11) 98888-7771", "", "sim", "", ""),
    ("Dora", "(81) 3333-4444", "", "ficha 12", "", ""),
    ("Eva", "(11) 8888-7772", "", "não", "", ""),
    ("Fábio", "(11) 8888-7773"),
)


def test_rows_are_shown_as_they_will_be(qapp: object) -> None:
    ana, beto, caio, dora, eva, fabio = preview_lines(ROWS, COLUMNS, MAPPING, "BR")
    assert ana.cells[:5] == ("Ana Souza", "+55 11 98888-7771", "vip, natal", ana.cells[3], "Recife")
    assert ana.cells[3].startswith("agreed · ")
    assert ana.cells[5] == "x"
    assert (ana.standing, ana.note) == (Standing.GOOD, "")
    assert (beto.standing, beto.cells) == (Standing.REFUSED, ROWS[1])
    assert "scientific" in beto.note or beto.note
    assert (caio.standing, caio.note) == (Standing.ODD, "same phone as row 1")
    assert dora.note == "landline: some have WhatsApp"
    assert dora.cells[3] == "agreed · ficha 12"
    assert (eva.cells[3], eva.note) == ("said no", "comes in as opted out")
    assert (fabio.note, len(fabio.cells)) == ("ninth digit added", 6)


def test_the_rows_are_counted(qapp: object) -> None:
    lines = preview_lines(ROWS, COLUMNS, MAPPING, "BR")
    assert summary(lines) == "First 6 rows, as they will be · refused: 1 · with a remark: 4"
    assert summary(lines[:1]) == "First 1 rows, as they will be"


def test_without_a_phone_column_the_rows_are_as_they_are(qapp: object) -> None:
    lines = preview_lines(ROWS, COLUMNS, {"Nome": "name"}, "BR")
    assert lines[0].cells == ROWS[0]
    assert lines[5].cells == (*ROWS[5], "", "", "", "")

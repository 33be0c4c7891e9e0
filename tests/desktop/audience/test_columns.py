"""Which column is what: by header in two languages, by the data, by the operator's word."""

from collections.abc import Sequence

import pytest

from desktop.audience.columns import ColumnMapping, field_key, looks_like_header, map_columns
from desktop.content import facts
from desktop.domain.errors import KnownError

PHONES = ("11988887777", "(21) 3333-4444", "+55 31 98888-7777")


def sample(*columns: Sequence[str]) -> list[list[str]]:
    return [list(row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize(
    "header",
    [
        "telefone",
        "Celular",
        "WhatsApp",
        "Fone",
        "Número",
        "phone",
        "Mobile",
        "Nº do WhatsApp",
        "Telefone 1",
        "TEL.",
        "Phone Number",
    ],
)
@pytest.mark.parametrize("name", ["nome", "Nome Completo", "Cliente", "name", "First name", "Nome do cliente"])
def test_headers_in_portuguese_and_english(header: str, name: str) -> None:
    names = ("Ana", "Rui", "Lia")
    mapping = map_columns(["id", name, header], sample("123", names, PHONES))
    assert (mapping.phone, mapping.name, dict(mapping.custom)) == (2, 1, {"id": 0})


def test_whatsapp_comes_before_mobile_before_landline() -> None:
    header = ["Telefone", "Celular", "WhatsApp"]
    assert map_columns(header, sample(PHONES, PHONES, PHONES)).phone == 2
    assert map_columns(header[:2], sample(PHONES, PHONES)).phone == 1


def test_a_house_number_is_no_phone() -> None:
    mapping = map_columns(["Número", "Fone", "Rua"], sample("123", PHONES, "abc"))
    assert mapping.phone == 1
    assert dict(mapping.custom) == {"numero": 0, "rua": 2}


def test_the_data_speaks_when_the_header_does_not() -> None:
    assert map_columns(["a", "b"], sample("xyz", PHONES)).phone == 1


def test_a_phone_header_is_believed_when_no_row_can_be_read() -> None:
    assert map_columns(["nome", "telefone"], sample(("Ana", "Rui"), ("5,5E+12", "?"))).phone == 1
    assert map_columns(["nome", "telefone"], []).phone == 1


def test_full_name_comes_before_first_name_and_never_the_company() -> None:
    header = ["Nome da empresa", "Primeiro nome", "Nome completo", "Sobrenome", "Telefone"]
    mapping = map_columns(header, [])
    assert mapping.name == 2
    assert set(mapping.custom) == {"nome_da_empresa", "primeiro_nome", "sobrenome"}


def test_tags_opt_in_and_custom_fields() -> None:
    header = ["Nome", "Fone", "Etiquetas", "Opt-in", "Data de Nascimento", "Cidade", "Cidade", "", "rejection_reason"]
    assert map_columns(header, []) == ColumnMapping(
        phone=1, name=0, tags=2, custom={"data_de_nascimento": 4, "cidade": 5, "cidade_2": 6}, opt_in=3
    )


def test_without_a_header_the_data_decides() -> None:
    mapping = map_columns([], sample(("A-1", "B-2", "C-3"), PHONES, ("Ana Lima", "João D'Ávila", "Zé")))
    assert (mapping.phone, mapping.name, dict(mapping.custom)) == (1, 2, {"column_1": 0})


def test_without_a_header_there_may_be_no_name() -> None:
    assert map_columns([], sample(PHONES)).name is None
    assert map_columns([], sample(PHONES, ("", "", ""))).name is None


@pytest.mark.parametrize(
    ("assignments", "expected"),
    [
        (["phone=Contato 2"], ColumnMapping(phone=2, name=0, custom={"contato_1": 1})),
        (["telefone=3", "nome=2"], ColumnMapping(phone=2, name=1, custom={"nome": 0})),
        (["phone=contato 2", "tags=1"], ColumnMapping(phone=2, name=1, tags=0)),
        (["phone=3", "custom.City=Contato 1"], ColumnMapping(phone=2, name=0, custom={"city": 1})),
        (["phone=3", "ignore=2", "opt_in=1"], ColumnMapping(phone=2, opt_in=0)),
    ],
)
def test_the_operator_has_the_last_word(assignments: list[str], expected: ColumnMapping) -> None:
    assert map_columns(["Nome", "Contato 1", "Contato 2"], [], assignments) == expected


def test_two_ignored_columns_stay_out() -> None:
    mapping = map_columns(["Fone", "a", "b"], [], ["ignore=a", "ignore=b"])
    assert mapping == ColumnMapping(phone=0)


def test_a_column_named_like_a_number_is_found_by_its_name_first() -> None:
    assert map_columns(["x", "y", "1"], [], ["phone=1"]).phone == 2


@pytest.mark.parametrize(
    ("header", "assignments", "code"),
    [
        (["a", "b"], [], "phone_column_missing"),
        ([], [], "phone_column_missing"),
        (["a", "b"], ["phone=c"], "unknown_column"),
        (["a", "b"], ["phone=3"], "unknown_column"),
        ([], ["phone=celular"], "unknown_column"),
        (["a", "b"], ["phone"], "bad_mapping"),
        (["a", "b"], ["=a"], "bad_mapping"),
        (["a", "b"], ["phone="], "bad_mapping"),
    ],
)
def test_refusals(header: list[str], assignments: list[str], code: str) -> None:
    with pytest.raises(KnownError) as refusal:
        map_columns(header, [], assignments)
    assert refusal.value.code == code


def test_a_row_with_a_phone_is_no_header() -> None:
    assert not looks_like_header(["telefone", "11988887777"], [])
    assert looks_like_header(["xx", "yy"], [["Ana", "11988887777"]])
    assert not looks_like_header(["xx", "12"], [["Ana", "11988887777"]])
    assert not looks_like_header([], [])


@pytest.mark.parametrize("text", ["Data de Nascimento", "  Município (UF) ", "e-mail", "ÇÃO", "a_b", "Nº", "..."])
def test_import_and_messages_name_custom_fields_alike(text: str) -> None:
    assert field_key(text) == facts.field_key(text)

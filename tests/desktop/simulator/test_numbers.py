"""Numbers become jids by the rules of the recorded server."""

import pytest

from desktop.simulator.numbers import create_jid, is_plausible, resolved_jid


@pytest.mark.parametrize(
    ("number", "jid"),
    [
        ("5511988887777", "5511988887777"),
        ("+55 (11) 98888-7777", "5511988887777"),
        ("5531988887777", "553188887777"),  # from area 31 on the ninth digit goes
        ("5530988887777", "5530988887777"),
        ("5531968887777", "5531968887777"),  # … unless the rest starts below 7
        ("553188887777", "553188887777"),
        ("551188887777", "551188887777"),
        ("5215512345678", "525512345678"),
        ("5491112345678", "541112345678"),
        ("14155552671", "14155552671"),
    ],
)
def test_local_normalisation(number: str, jid: str) -> None:
    assert create_jid(number) == f"{jid}@s.whatsapp.net"


def test_addresses_and_groups() -> None:
    assert create_jid("5511988887777@s.whatsapp.net") == "5511988887777@s.whatsapp.net"
    assert create_jid("123@lid") == "123@lid"
    assert create_jid("120363025246125486") == "120363025246125486@g.us"


@pytest.mark.parametrize(
    ("number", "jid"),
    [("551188887777", "5511988887777"), ("553188887777", "553188887777"), ("551133334444", "551133334444")],
)
def test_whatsapp_knows_one_spelling_of_a_brazilian_number(number: str, jid: str) -> None:
    assert resolved_jid(number) == f"{jid}@s.whatsapp.net"


def test_only_numbers_of_a_possible_length_exist() -> None:
    assert [is_plausible(create_jid("1" * length)) for length in (7, 8, 15, 16)] == [False, True, True, False]
    assert is_plausible("1@g.us")

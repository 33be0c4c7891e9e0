"""Phones and WhatsApp addresses: one person, several spellings."""

import pytest

from desktop.gateways.jids import forms, is_group, is_lid, number_of, phone_of


@pytest.mark.parametrize(
    ("phone", "expected"),
    [
        ("+5511988887777", ("5511988887777", "551188887777")),
        ("+551188887777", ("551188887777", "5511988887777")),
        ("+5511388887777", ("5511388887777",)),  # 11 digits that do not begin with 9
        ("+5215512345678", ("5215512345678", "525512345678")),
        ("+525512345678", ("525512345678", "5215512345678")),
        ("+5491123456789", ("5491123456789", "541123456789")),
        ("+541123456789", ("541123456789", "5491123456789")),
        ("+15551234567", ("15551234567",)),
        ("+351912345678", ("351912345678",)),
    ],
)
def test_both_forms_of_a_phone_are_known(phone: str, expected: tuple[str, ...]) -> None:
    assert forms(phone) == expected
    assert set(forms("+" + expected[-1])) == set(expected)


@pytest.mark.parametrize(
    ("jid", "number"),
    [
        ("5511988887777@s.whatsapp.net", "5511988887777"),
        ("5511988887777:12@s.whatsapp.net", "5511988887777"),
        ("5511988887777@c.us", "5511988887777"),
        ("+55 (11) 98888-7777", "5511988887777"),
        ("123456@lid", None),
        ("120363@g.us", None),
        ("status@broadcast", None),
        ("", None),
    ],
)
def test_the_number_behind_an_address(jid: str, number: str | None) -> None:
    assert number_of(jid) == number
    assert phone_of(jid) == (f"+{number}" if number else None)


def test_hidden_and_group_addresses_are_recognised() -> None:
    assert is_lid("1@lid")
    assert not is_lid("1@s.whatsapp.net")
    assert is_group("1@g.us")
    assert not is_group("1@lid")

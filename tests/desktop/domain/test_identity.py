"""Under which words a person is known."""

import pytest

from desktop.domain.identity import Identity, IdentityKind, hidden_identity, phone_forms, phone_in, written_phone


@pytest.mark.parametrize(
    ("phone", "other"),
    [
        ("+5511988887777", "+551188887777"),
        ("+551188887777", "+5511988887777"),
        ("+5215512345678", "+525512345678"),
        ("+525512345678", "+5215512345678"),
        ("+5491123456789", "+541123456789"),
        ("+541123456789", "+5491123456789"),
    ],
)
def test_countries_that_added_a_digit_have_two_forms(phone: str, other: str) -> None:
    assert phone_forms(phone) == (phone, other)


@pytest.mark.parametrize(
    "phone", ["+551133334444", "+5511888877776", "+351912345678", "+14155550123", "+52155123", "+55"]
)
def test_other_phones_have_one(phone: str) -> None:
    assert phone_forms(phone) == (phone,)
    assert written_phone(phone) == phone


def test_lists_have_the_ninth_digit() -> None:
    assert written_phone("+551188887777") == "+5511988887777"
    assert written_phone("+5511988887777") == "+5511988887777"
    assert written_phone("+525512345678") == "+525512345678"


@pytest.mark.parametrize(
    ("address", "phone"),
    [
        ("551188887777@s.whatsapp.net", "+551188887777"),
        ("551188887777:12@s.whatsapp.net", "+551188887777"),
        ("551188887777@c.us", "+551188887777"),
        ("+551188887777", "+551188887777"),
        ("551188887777", "+551188887777"),
        ("123456789012@lid", None),
        ("123@g.us", None),
        ("BR.1234567890", None),
        ("١٢٣٤٥٦٧٨", None),
        ("", None),
    ],
)
def test_a_phone_is_read_from_an_address_that_shows_one(address: str, phone: str | None) -> None:
    assert phone_in(address) == phone


def test_what_hides_the_phone_is_kept_as_it_is() -> None:
    assert hidden_identity("1234@lid") == Identity(IdentityKind.LID, "1234@lid")
    assert hidden_identity("BR.1A2b3") == Identity(IdentityKind.USER_ID, "BR.1A2b3")
    assert hidden_identity("US.ENT.1A2b3") == Identity(IdentityKind.USER_ID, "US.ENT.1A2b3")
    for other in ("551188887777@s.whatsapp.net", "551188887777", "1@g.us", "br.1", "BRA.1", "BR.", "BR.x@lid.example"):
        assert hidden_identity(other) is None, other

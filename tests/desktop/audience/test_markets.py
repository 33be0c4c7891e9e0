"""The market of a phone is that of its calling code."""

import pytest

from desktop.audience.markets import market_of, markets


@pytest.mark.parametrize(
    ("phone", "market"),
    [
        ("+5511987654321", "BR"),
        ("+14155550100", "US"),
        ("+1 4", "US"),  # Canada is priced with the United States
        ("+79161234567", "RU"),
        ("+351912345678", "PT"),
        ("+3519", "PT"),  # the first four signs are enough
        ("+4915112345678", "DE"),
        ("+0", ""),
        ("", ""),
        ("lid", ""),
    ],
)
def test_the_calling_code_tells_the_market(phone: str, market: str):
    assert market_of(phone) == market


def test_every_market_is_a_country():
    found = markets()
    assert {"BR", "US", "PT", "IN"} <= set(found)
    assert found == sorted(found)
    assert all(len(each) == 2 for each in found)

"""The strictest gateway of a campaign says how long its texts may be."""

import pytest

from desktop.domain.instance import Gateway
from desktop.policy.text_limits import text_limit


@pytest.mark.parametrize(
    ("gateways", "text", "caption"),
    [
        ([], 4_096, 1_024),
        ([Gateway.CLOUD], 4_096, 1_024),
        ([Gateway.EVOLUTION], 65_536, 1_024),
        ([Gateway.EVOLUTION, Gateway.WAHA], 65_536, 1_024),
        ([Gateway.WAHA, Gateway.CLOUD], 4_096, 1_024),
    ],
)
def test_the_strictest_gateway_decides(gateways: list[Gateway], text: int, caption: int) -> None:
    assert text_limit(gateways, is_caption=False) == text
    assert text_limit(iter(gateways), is_caption=True) == caption

"""How often a gateway may be asked for receipts that did not come: never at the cost of what it is there for.

Source: gateways.md §8.C (management calls of the Cloud API: 5,000 an hour and account). The unofficial gateways name no
limit; theirs keeps a search of stored messages from slowing sends down.
"""

from collections.abc import Mapping, Sequence

from desktop.domain.instance import Gateway

WINDOW_S = 60.0
PER_MINUTE: Mapping[Gateway, int] = {Gateway.CLOUD: 60, Gateway.EVOLUTION: 400, Gateway.WAHA: 240}


def polls_left(gateway: Gateway, made: Sequence[float], now_s: float) -> int:
    """Return how many questions may be asked now.

    Args:
        made: when questions were asked, ascending, on the same clock as `now_s`; at least those of the last minute.
    """
    return max(0, PER_MINUTE[gateway] - sum(1 for at_s in made if at_s > now_s - WINDOW_S))

"""Lines of the checklist about Meta's messaging limit, which all numbers of one business portfolio share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from desktop.domain.ids import InstanceId
from desktop.domain.instance import Gateway
from desktop.domain.summaries import CheckLine, InstanceSummary, NumberHistory
from desktop.policy.limit_profiles import shared_portfolios, tier_limit

GREEN, AMBER = "green", "amber"


@dataclass(frozen=True, slots=True)
class PortfolioFacts:
    """A portfolio of the draft's numbers: how many people in 24 hours (None: no limit), and how many it has used."""

    names: tuple[str, ...]
    limit: int | None
    used: int


@dataclass(frozen=True, slots=True)
class PortfoliosFacts:
    """`others` tells whether the draft has numbers besides, which no such limit holds."""

    portfolios: tuple[PortfolioFacts, ...] = ()
    untold: tuple[str, ...] = ()  # numbers of the Cloud API whose limit was never told
    others: bool = False


def portfolio_facts(
    numbers: Sequence[InstanceSummary], histories: Mapping[InstanceId, NumberHistory]
) -> PortfoliosFacts:
    """Put the numbers of a draft together by portfolio."""
    members: dict[str, list[InstanceSummary]] = {}
    for number in numbers:
        if number.instance.portfolio_id is not None:
            members.setdefault(number.instance.portfolio_id, []).append(number)
    cloud = [each.instance for each in numbers if each.instance.gateway is Gateway.CLOUD]
    return PortfoliosFacts(
        tuple(
            PortfolioFacts(
                tuple(each.instance.name for each in found),
                tier_limit(found[0].instance.messaging_limit),
                histories.get(found[0].instance.id, NumberHistory()).portfolio_used,
            )
            for found in members.values()
        ),
        tuple(each.name for each in cloud if each.messaging_limit is None),
        len(cloud) < len(numbers),
    )


def portfolio_lines(facts: PortfoliosFacts, reachable: int) -> list[CheckLine]:
    """Return a line for each thing that the operator should know about the limit; none without the Cloud API."""
    of = {name: str(place) for place, one in enumerate(facts.portfolios) for name in one.names}
    lines = [CheckLine("portfolio_shared", AMBER, {"names": list(names)}) for names in shared_portfolios(of).values()]
    if facts.untold:
        lines.append(CheckLine("portfolio_limit_untold", AMBER, {"names": list(facts.untold)}))
    limits = [one.limit for one in facts.portfolios if one.limit is not None]
    if facts.untold or facts.others or not limits or len(limits) < len(facts.portfolios):
        return lines  # somebody is held by no such limit that is known
    left = sum(max(0, one.limit - one.used) for one in facts.portfolios if one.limit is not None)
    told: dict[str, object] = {"n": reachable, "limit": sum(limits), "left": left}
    if reachable > left:
        days = ceil((reachable - left) / sum(limits)) + 1 if sum(limits) else 0
        lines.append(CheckLine("portfolio_limit_exceeded", AMBER, told | {"days": days}))
    else:
        lines.append(CheckLine("portfolio_limit", GREEN, told))
    return lines

"""Tests that operators send to themselves: they count against a number, and in no campaign."""

from datetime import timedelta

import pytest

from db.queries.library import SqlLibrary
from db.stores.trials import TrialStore
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, Severity
from desktop.domain.ids import EventId
from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Outcome, Rejected, Unknown
from desktop.domain.summaries import EventFilter
from tests.db.world import World, phone

MINE = "+5511988880000"


@pytest.fixture
def store(world: World) -> TrialStore:
    return TrialStore(world.database, world.workspace_id)


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (Accepted("m1", http_status=201), True),
        (Unknown("timeout"), True),
        (Rejected(ErrorClass.TRANSIENT, "busy", http_status=500), False),
        (NotSent("unreachable"), False),
    ],
)
async def test_it_counts_against_the_number_when_it_left_or_may_have(
    world: World, store: TrialStore, outcome: Outcome, counts: bool
) -> None:
    one, since = world.numbers["one"].id, world.now - timedelta(hours=1)
    number = await store.begin(one, MINE, world.now)
    assert await world.ledger.departures(one, since) == [world.now], "under way"
    await store.settle(number, outcome, world.now, 12, None)
    assert await world.ledger.departures(one, since) == ([world.now] if counts else [])
    assert await world.ledger.departures(world.numbers["two"].id, since) == []
    library = SqlLibrary(world.database, world.workspace_id, lambda: world.now)
    shown = (await library.instances())[0]
    assert (shown.sent_today, shown.sent_last_hour, shown.sent_last_minute) == (int(counts),) * 3
    assert await world.ledger.trials_after(0, since) == [(number, one)]
    assert await world.ledger.trials_after(number, since) == []
    assert await world.ledger.trials_after(0, world.now + timedelta(seconds=1)) == []


async def test_it_has_an_audit_line_and_touches_no_result(world: World, store: TrialStore) -> None:
    campaign_id = await world.started()
    library = SqlLibrary(world.database, world.workspace_id, lambda: world.now)
    before, revision = await library.campaign(campaign_id), (await world.ledger.control_state()).revision
    number = await store.begin(world.numbers["one"].id, MINE, world.now)
    assert (await world.ledger.control_state()).revision > revision, "a running engine looks again"
    await store.settle(
        number, Rejected(ErrorClass.TRANSIENT, "busy", http_status=500), world.now, 12, campaign_id, "Ana"
    )
    assert await library.campaign(campaign_id) == before
    (line,) = await library.events_after(EventFilter(types=(EventType.TEST_SENT,)), EventId(0), 9)
    assert (line.severity, line.details, line.operator, line.instance, line.http_status) == (
        Severity.WARNING, {"outcome": "rejected", "code": "busy"}, "Ana", "one", 500
    )  # fmt: skip
    assert MINE not in repr(line)


async def test_who_opted_out_is_not_written_to_even_for_a_test(world: World, store: TrialStore) -> None:
    await world.contacts.opt_out(phone(1), world.now)
    await world.contacts.opt_out(phone(2), world.now)
    await world.contacts.erase(phone(2), world.now)
    for refused_phone in (phone(1), phone(2)):
        with pytest.raises(KnownError) as refused:
            await store.begin(world.numbers["one"].id, refused_phone, world.now)
        assert refused.value.code == "opted_out"
    assert await world.ledger.trials_after(0, world.now - timedelta(days=1)) == []

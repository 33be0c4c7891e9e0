"""Counters equal rows after anything that may happen, and the check sees every kind of contradiction."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy.event import listen

from db.checks import check
from db.home import ensure_workspace, open_database
from desktop.domain.campaign import CampaignAction
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.outcome import Absent, Accepted, ErrorClass, Found, NotProvable, NotSent, Outcome, Rejected, Unknown
from desktop.domain.receipt import Receipt, ReceiptKind, Reply
from desktop.domain.recipient import Candidate, RecipientStatus
from tests.db.world import NOW, World, phone

_R = RecipientStatus

OUTCOMES: list[tuple[Outcome | None, RecipientStatus, str | None]] = [
    (None, _R.SENT, None),  # accepted, with an id of its own
    (Rejected(ErrorClass.TRANSIENT, "connection_closed"), _R.RETRYING, "connection_closed"),
    (Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp"), _R.FAILED, "not_on_whatsapp"),
    (NotSent("dns"), _R.PENDING, "dns"),
    (Unknown("timeout"), _R.IN_DOUBT, "answer_lost"),
]

# What happens often is listed often.
WHAT = [
    *("claim", "claim", "claim", "settle", "settle", "settle", "receipt", "receipt", "crash", "verdict"),
    *("reply", "pause", "resume", "cancel", "start", "delete", "resolve", "opt_out", "opt_in", "erase"),
    *("finish", "import", "skip"),
]
step = st.tuples(st.sampled_from(WHAT), st.integers(0, 5), st.integers(0, 5))


def test_the_check_looks_up_the_events_of_a_recipient_and_never_through_all_of_a_type(world: World) -> None:
    asked: list[tuple[str, Any]] = []

    def plans(conn: sa.Connection) -> list[str]:
        listen(conn, "before_cursor_execute", lambda _c, _cursor, text, values, *_: asked.append((text, values)))
        assert check(conn) == []
        selects = [(text, values) for text, values in asked if text.startswith("SELECT")]
        return [
            "\n".join(row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values))
            for text, values in selects
        ]

    found = world.database.read_sync(plans)
    correlated = [plan for plan in found if "CORRELATED" in plan and "SEARCH event" in plan]
    assert len(correlated) == 3
    assert all("ix_event_recipient_id_id" in plan and "ix_event_type_id" not in plan for plan in correlated)


class Drunkard:
    """Does whatever it is told, as far as the ledger allows it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.campaigns: list[CampaignId] = []
        self.under_way: list[tuple[Any, Candidate]] = []
        self.ids: list[str] = ["early-0", "early-1"]

    async def take(self, name: str, a: int, b: int) -> None:
        self.world.later(a)
        action: Callable[[int, int], Awaitable[object]] = getattr(self, f"_{name}")
        with suppress(KnownError):
            await action(a, b)

    async def _start(self, a: int, _b: int) -> None:
        self.campaigns.append(await self.world.started(name=f"C{a}", respect_opt_out=bool(a % 3)))

    async def _claim(self, a: int, b: int) -> None:
        if not self.campaigns:
            return
        campaign_id = self.campaigns[a % len(self.campaigns)]
        due = await self.world.ledger.due_retries(campaign_id, self.world.later(100), 10)
        waiting = [*due, *(await self.world.waiting(campaign_id))]
        if waiting:
            candidate = waiting[b % len(waiting)]
            attempt_id, intent = await self.world.claim(candidate, "one" if a % 2 else "two")
            if attempt_id is not None:
                self.under_way.append((attempt_id, candidate))
                self.ids.append(intent.client_ref)

    async def _settle(self, a: int, b: int) -> None:
        if not self.under_way:
            return
        attempt_id, candidate = self.under_way[a % len(self.under_way)]
        outcome, status, reason = OUTCOMES[b % len(OUTCOMES)]
        if outcome is None:
            outcome = Accepted(f"M{attempt_id}", f"{candidate.phone}@x" if b else None)
            self.ids.append(f"M{attempt_id}")
        settlement = self.world.settlement(attempt_id, candidate, outcome, status, reason, "one" if a % 2 else "two")
        await self.world.ledger.settle(settlement)
        if a % 3:
            self.under_way.remove((attempt_id, candidate))

    async def _receipt(self, a: int, b: int) -> None:
        kinds = list(ReceiptKind)
        message_id = self.ids[(a * 5 + b) % len(self.ids)]
        receipt = Receipt(self.world.numbers["one"].id, message_id, kinds[b % 4], self.world.now, None)
        await self.world.ledger.apply_receipts([receipt, receipt])

    async def _reply(self, a: int, b: int) -> None:
        reply = Reply(self.world.numbers["one"].id, "IN", f"{phone(a)}@x", phone(b), "", self.world.now)
        await self.world.ledger.apply_reply(reply, is_opt_out=b == 1)

    async def _act(self, a: int, action: CampaignAction) -> None:
        if self.campaigns:
            campaign_id = self.campaigns[a % len(self.campaigns)]
            await self.world.ledger.act(campaign_id, action, self.world.now, "operator", None)

    async def _pause(self, a: int, _b: int) -> None:
        await self._act(a, CampaignAction.PAUSE)

    async def _resume(self, a: int, _b: int) -> None:
        await self._act(a, CampaignAction.RESUME)

    async def _cancel(self, a: int, b: int) -> None:
        if b == 0:
            await self._act(a, CampaignAction.CANCEL)

    async def _delete(self, a: int, _b: int) -> None:
        if self.campaigns:
            await self.world.campaigns.delete(self.campaigns[a % len(self.campaigns)], self.world.now)

    async def _finish(self, a: int, _b: int) -> None:
        if self.campaigns:
            await self.world.ledger.finish_if_done(self.campaigns[a % len(self.campaigns)], self.world.now)

    async def _crash(self, _a: int, _b: int) -> None:
        self.world.run_id = await self.world.ledger.begin_run(self.world.now, "host", 2)

    async def _verdict(self, a: int, b: int) -> None:
        doubts = await self.world.ledger.doubts(10)
        if doubts:
            verdicts = [
                Found(f"F{b}{self.world.now.timestamp()}", None, "delivered"),
                Absent(),
                NotProvable("too_early"),
            ]
            await self.world.ledger.record_verdict(doubts[a % len(doubts)], verdicts[b % 3], self.world.now)

    async def _resolve(self, a: int, b: int) -> None:
        if self.campaigns:
            campaign_id = self.campaigns[a % len(self.campaigns)]
            await self.world.ledger.resolve_doubts(campaign_id, bool(b % 2), self.world.now)

    async def _opt_out(self, a: int, _b: int) -> None:
        await self.world.contacts.opt_out(phone(a), self.world.now)

    async def _opt_in(self, a: int, _b: int) -> None:
        await self.world.contacts.opt_in(phone(a), self.world.now)

    async def _erase(self, a: int, b: int) -> None:
        if b == 0:
            await self.world.contacts.erase(phone(a), self.world.now)

    async def _import(self, a: int, _b: int) -> None:
        await self.world.add_people(a, a + 2)

    async def _skip(self, a: int, _b: int) -> None:
        if self.campaigns:
            for candidate in (await self.world.waiting(self.campaigns[a % len(self.campaigns)]))[:1]:
                await self.world.ledger.skip(candidate.id, "missing_value", self.world.now)


def proven_by_receipt(conn: sa.Connection) -> Sequence[int]:
    """Return who has a message that a receipt has proven to have left, whatever was said of it before.

    If they got another one since, they were sent to twice, and the check has to say so (`receipts._prove_late`).
    """
    proof = "SELECT recipient_id FROM event WHERE type = 'reconciled' AND json_extract(details, '$.proof') = 'receipt'"
    return conn.exec_driver_sql(proof).scalars().all()


async def stagger(migrated: Path, steps: list[tuple[str, int, int]]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        database = await asyncio.to_thread(open_database, Path(shutil.copy(migrated, folder)))
        try:
            workspace_id = await asyncio.to_thread(ensure_workspace, database, NOW)
            drunkard = Drunkard(await World.make(database, workspace_id, 3))
            await drunkard.take("start", 1, 0)
            for name, a, b in steps:
                await drunkard.take(name, a, b)
            proven = await database.read(proven_by_receipt)
            twice = {f"sent_twice: recipient {found}: 2 accepted attempts" for found in proven}
            return [text for problem in await database.read(check) if (text := str(problem)) not in twice]
        finally:
            await asyncio.to_thread(database.close)


# A message was refused, its person is written to again, and meanwhile a receipt for the refused one comes.
REFUSED_AND_ARRIVED = [
    *(("claim", 0, 0), ("claim", 0, 0), ("settle", 5, 1), ("settle", 4, 2), ("start", 0, 0), ("claim", 0, 0)),
    *(("claim", 0, 0), ("claim", 3, 4), ("settle", 2, 2), ("receipt", 1, 5), ("settle", 2, 0)),
]


@settings(max_examples=25)
@given(st.lists(step, min_size=20, max_size=80))
@example(REFUSED_AND_ARRIVED)
def test_whatever_happens_the_counters_equal_the_rows(migrated: Path, steps: list[tuple[str, int, int]]) -> None:
    assert asyncio.run(stagger(migrated, steps)) == []


CONTRADICTIONS = [
    ("UPDATE campaign_count SET n = n + 1 WHERE status = 'pending'", "count_wrong"),
    ("DELETE FROM campaign_count", "count_wrong"),
    ("UPDATE campaign_tick SET n = n + 1 WHERE width_s = 1", "tick_wrong"),
    ("UPDATE attempt_count SET n = n + 1", "attempt_count_wrong"),
    ("DELETE FROM variation_count", "variation_count_wrong"),
    ("INSERT INTO campaign_tick VALUES (1, 60, 120, 'sent', 1, 1)", "tick_wrong"),
    ("UPDATE recipient SET message_id = NULL WHERE status = 'sent'", "left_without_message_id"),
    ("UPDATE recipient SET sent_at = 5 WHERE status = 'pending'", "moment_without_sending"),
    ("UPDATE recipient SET delivered_at = 5 WHERE status = 'sent'", "delivered_disagrees"),
    ("UPDATE recipient SET read_at = 5 WHERE status = 'sent'", "read_disagrees"),
    ("UPDATE recipient SET next_attempt_at = 5 WHERE status = 'pending'", "retry_disagrees"),
    ("UPDATE recipient SET status = 'failed', reason = NULL WHERE status = 'pending'", "unexplained"),
    ("UPDATE recipient SET status = 'sending' WHERE status = 'pending'", "attempt_open"),
    ("UPDATE campaign SET status = 'cancelled'", "waits_in_ended_campaign"),
    ("UPDATE contact SET opted_out_at = 1", "waits_after_opt_out"),
    ("UPDATE recipient SET status = 'delivered', delivered_at = 5 WHERE status = 'sent'", "event_missing"),
    (
        "INSERT INTO attempt (recipient_id, campaign_id, instance_id, run_id, number, started_at, client_ref,"
        " text_digest, outcome) SELECT recipient_id, campaign_id, instance_id, run_id, 2, 5, 'x', 'y', 'accepted'"
        " FROM attempt",
        "sent_twice",
    ),
]


@pytest.mark.parametrize(("statement", "code"), CONTRADICTIONS, ids=[code for _, code in CONTRADICTIONS])
async def test_the_check_sees_what_was_made_wrong(world: World, statement: str, code: str) -> None:
    campaign_id = await world.started()
    await world.send((await world.waiting(campaign_id))[0], "M1")
    assert await world.database.read(check) == []
    await world.database.write(lambda context: context.conn.exec_driver_sql(statement))
    problems = await world.database.read(check)
    assert code in {problem.code for problem in problems}
    assert all(str(problem).startswith(problem.code) for problem in problems)

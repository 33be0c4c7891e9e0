"""Measure the database alone: durable messages a second, a page among a million recipients, starting, importing.

Run `python -m tests.bench.bench_db [--people N]`. Prints one line a figure; performance.md has the figures to beat.
"""

import argparse
import asyncio
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.connection import Database
from db.home import ensure_workspace, open_database
from db.queries import work
from db.stores.campaigns import CampaignStore
from db.stores.contacts import ContactStore
from db.stores.instances import InstanceStore
from db.stores.ledger import SqlLedger
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, Draft, MessageDraft
from desktop.domain.contact import NewContact
from desktop.domain.ids import CampaignId, InstanceId, RecipientId, RunId, VariationId
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.domain.outcome import Accepted
from desktop.domain.recipient import Candidate, RecipientStatus
from desktop.engine.ports import Intent, Settlement

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BATCH = 10_000
FIELDS = {"city": "Rio", "plan": "gold", "n": "7"}


def report(what: str, figure: str) -> None:
    print(f"{what:<58} {figure}", flush=True)


async def import_people(contacts: ContactStore, people: int) -> None:
    began = time.perf_counter()
    for start in range(0, people, BATCH):
        batch = [
            NewContact(
                f"+55{(n * 7919) % 10**11:011d}", f"Person {n}", ("all",), {"city": "Rio", "plan": "gold", "n": "7"}
            )
            for n in range(start, min(start + BATCH, people))
        ]
        await contacts.upsert(batch, NOW, 1)
    report(f"import of {people:,} contacts", f"{time.perf_counter() - began:.1f} s")


async def start_campaign(database: Database, ledger: SqlLedger, people: int) -> CampaignId:
    store = CampaignStore(database, ledger.workspace_id)
    draft = Draft("Bench", Audience(AudienceKind.ALL), (MessageDraft("Olá"),), ("one", "two", "three"))
    campaign_id = await store.save_draft(None, draft, NOW)
    began = time.perf_counter()
    await ledger.act(campaign_id, CampaignAction.START, NOW, None, None)
    report(f"start of a campaign of {people:,}", f"{time.perf_counter() - began:.1f} s")
    return campaign_id


async def send_all(
    ledger: SqlLedger,
    run_id: RunId,
    instances: list[InstanceId],
    campaign_id: CampaignId,
    messages: int,
    in_flight: int,
) -> None:
    queue: list[Candidate] = []
    after = RecipientId(0)
    while len(queue) < messages:
        page = await ledger.pending(campaign_id, after, 1000)
        queue += page
        after = page[-1].id
    queue = queue[:messages]
    queue.reverse()

    async def lane(number: int) -> None:
        while queue:
            candidate = queue.pop()
            now = NOW + timedelta(milliseconds=candidate.id)
            instance_id = instances[number % len(instances)]
            intent = Intent(
                candidate.id, campaign_id, instance_id, VariationId(1), run_id, 1, now,
                f"{campaign_id}-{candidate.id}", "0" * 64, {"rule": "round_robin", "waited_s": 0.2, "position": 3},
            )  # fmt: skip
            attempt_id = await ledger.record_intent(intent)
            assert attempt_id is not None
            outcome = Accepted(f"MSG{campaign_id}-{candidate.id}", f"{candidate.phone[1:]}@s.whatsapp.net", 201)
            await ledger.settle(
                Settlement(
                    attempt_id, candidate.id, campaign_id, instance_id, candidate.contact_id, outcome, now, 42,
                    RecipientStatus.SENT, None, None,
                )
            )  # fmt: skip

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(lane(number) for number in range(in_flight)))
    seconds = time.perf_counter() - began
    report(
        f"intent + outcome, durable, {in_flight} in flight",
        f"{messages / seconds:,.0f} messages/s, {(time.process_time() - cpu) / messages * 1000:.2f} ms CPU each",
    )


def page_times(database: Database, campaign_id: CampaignId, people: int) -> None:
    for depth in (0.05, 0.5, 0.99):
        after = RecipientId(int(people * depth))
        work_times: list[float] = []
        for _ in range(20):
            began = time.perf_counter()
            database.read_sync(lambda conn, after=after: work.pending(conn, campaign_id, after, 200, None))
            work_times.append(time.perf_counter() - began)
        report(f"page of 200 pending at {depth:.0%} of {people:,}", f"{sorted(work_times)[10] * 1000:.2f} ms")


async def bench(folder: Path, people: int, messages: int) -> None:
    database = open_database(folder / "bench.db", lambda _events: None)
    workspace_id = ensure_workspace(database, NOW)
    ledger = SqlLedger(database, workspace_id)
    store = InstanceStore(database, workspace_id)
    instances = [
        (await store.add(name, Gateway.EVOLUTION, "http://x", name, "UTC", InstanceLimits(), NOW)).id
        for name in ("one", "two", "three")
    ]
    await import_people(ContactStore(database, workspace_id), people)
    campaign_id = await start_campaign(database, ledger, people)
    page_times(database, campaign_id, people)
    run_id = await ledger.begin_run(NOW, "bench", 1)
    for in_flight in (1, 50, 200):
        share = messages // 10 if in_flight == 1 else messages
        await send_all(ledger, run_id, instances, campaign_id, min(share, people), in_flight)
    began = time.perf_counter()
    await ledger.begin_run(NOW, "bench", 2)
    report("begin of a run", f"{(time.perf_counter() - began) * 1000:.1f} ms")
    began = time.perf_counter()
    await ledger.act(campaign_id, CampaignAction.CANCEL, NOW, "operator", None)
    report("cancel", f"{time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    await CampaignStore(database, workspace_id).delete(campaign_id, NOW)
    report("delete", f"{time.perf_counter() - began:.1f} s")
    database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--messages", type=int, default=20_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(bench(Path(folder), chosen.people, chosen.messages))


if __name__ == "__main__":
    main()

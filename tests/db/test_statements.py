"""The hot statements search, never scan; and all of them can be said in PostgreSQL's words too."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

import db
from db.connection import Database
from db.hot import Hot
from db.queries import event_person, events, recipients, work
from db.tables.schema import metadata
from desktop.domain.events import Severity
from desktop.domain.ids import CampaignId, ContactId, InstanceId, RecipientId, WorkspaceId
from desktop.domain.summaries import EventFilter


def hot_statements() -> Iterator[tuple[str, Hot]]:
    for module_info in pkgutil.walk_packages(db.__path__, "db."):
        if ".migrations" not in module_info.name:
            module = importlib.import_module(module_info.name)
            for name, value in vars(module).items():
                if isinstance(value, Hot):
                    yield f"{module_info.name}.{name}", value


HOT = dict(hot_statements())


def parameters(hot: Hot) -> dict[str, object]:
    compiled = hot.statement("sqlite").compile(dialect=sqlite.dialect())  # type: ignore[no-untyped-call]
    return dict.fromkeys(compiled.params, 1)


@pytest.mark.parametrize("name", sorted(HOT))
def test_no_hot_statement_scans_a_table(database: Database, name: str) -> None:
    plan = database.read_sync(lambda conn: HOT[name].explain(conn, parameters(HOT[name])))
    # A scan of a few aggregated or constant rows, or of the very end of an index, is no scan of a table.
    harmless = ("CONSTANT ROW", "SCAN given_each VIRTUAL TABLE")  # the given rows are all wanted
    scans = [line for line in plan if line.startswith("SCAN") and not any(word in line for word in harmless)]
    assert [line for line in scans if "max" not in name.lower()] == [], plan


@pytest.mark.parametrize("name", sorted(HOT))
def test_every_hot_statement_can_be_said_to_postgresql(name: str) -> None:
    dialect = postgresql.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]
    assert str(HOT[name].statement("postgresql").compile(dialect=dialect))


def test_every_table_can_be_created_in_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        assert str(sa.schema.CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            made = str(sa.schema.CreateIndex(index).compile(dialect=dialect))
            in_sqlite = str(sa.schema.CreateIndex(index).compile(dialect=sqlite.dialect()))  # type: ignore[no-untyped-call]
            assert made.partition(" WHERE ")[2] == in_sqlite.partition(" WHERE ")[2], "as partial as there"


def plan_of(database: Database, statement: sa.Select[Any]) -> list[str]:
    def explain(conn: sa.Connection) -> list[str]:
        compiled = statement.compile(dialect=conn.dialect, compile_kwargs={"literal_binds": True})
        return [row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")]

    return database.read_sync(explain)


@pytest.mark.parametrize(
    ("hot", "index"),
    [
        (work.PENDING, "ix_recipient_campaign_id_status_id (campaign_id=? AND status=? AND id>?)"),
        (work.DUE_RETRIES, "ix_recipient_retrying (campaign_id=? AND next_attempt_at<?)"),
        (work.NEXT_RETRY, "ix_recipient_retrying (campaign_id=?)"),
        (work.DEPARTURES, "ix_attempt_instance_departures (instance_id=? AND started_at>?)"),
        (work.CAMPAIGN_DEPARTURES, "ix_attempt_campaign_departures (campaign_id=? AND started_at>?)"),
        (work.LAST_DEPARTURE, "ix_attempt_campaign_departures (campaign_id=?)"),
        (work.UNCONFIRMED, "ix_recipient_unconfirmed (sent_at>?"),
        (work.DOUBTS, "ix_recipient_unsettled (status=?)"),
    ],
)
def test_the_engine_finds_its_work_by_the_index_made_for_it(database: Database, hot: Hot, index: str) -> None:
    plan = database.read_sync(lambda conn: hot.explain(conn, parameters(hot)))
    assert any(index in line for line in plan), plan


@pytest.mark.parametrize(
    ("where", "event_type", "index"),
    [
        (EventFilter(), None, "INTEGER PRIMARY KEY"),
        (EventFilter(campaign_id=CampaignId(1)), None, "ix_event_campaign_id_id (campaign_id=? AND id>? AND id<?)"),
        (EventFilter(campaign_id=CampaignId(1)), "error", "ix_event_campaign_id_type_id (campaign_id=? AND type=? AND"),
        (EventFilter(instance_id=InstanceId(1)), None, "ix_event_instance_id_id (instance_id=? AND id>? AND id<?)"),
        (EventFilter(recipient_id=RecipientId(1)), None, "ix_event_recipient_id_id (recipient_id=? AND id>? AND"),
        (EventFilter(), "error", "ix_event_type_id (type=? AND id>? AND id<?)"),
        (EventFilter(min_severity=Severity.ERROR), None, "ix_event_error"),
        (EventFilter(min_severity=Severity.WARNING), None, "ix_event_trouble"),
    ],
)
@pytest.mark.parametrize("newest_first", [True, False])
def test_the_timeline_pages_by_index_and_never_sorts(
    database: Database, where: EventFilter, event_type: str | None, index: str, newest_first: bool
) -> None:
    statement = events.ids_statement(WorkspaceId(1), where, event_type, (5, 100), 200, newest_first)
    plan = plan_of(database, statement)
    assert any(index in line for line in plan), plan
    assert not any("TEMP B-TREE" in line for line in plan), plan


@pytest.mark.parametrize(
    "where",
    [
        EventFilter(contact_id=ContactId(1)),
        EventFilter(contact_id=ContactId(1), types=("error",)),
        EventFilter(contact_id=ContactId(1), min_severity=Severity.ERROR),
        EventFilter(contact_id=ContactId(1), campaign_id=CampaignId(1), instance_id=InstanceId(1), text="pix"),
    ],
)
def test_one_person_is_found_by_index_whatever_else_is_asked(database: Database, where: EventFilter) -> None:
    found = event_person.statements(WorkspaceId(1), where, (5, 10_000_000), 200, True)
    messages, others = (plan_of(database, statement) for statement in found)
    assert any("INDEX ix_event_recipient_id_id (recipient_id=? AND id>? AND id<?)" in line for line in messages), (
        messages
    )
    assert any("INDEX ix_recipient_contact_id (contact_id=?)" in line for line in messages), messages
    assert any("INDEX ix_event_contact_id_id (contact_id=? AND id>? AND id<?)" in line for line in others), others
    assert not any("SCAN event" in line for line in (*messages, *others))


@pytest.mark.parametrize(
    ("status", "index"),
    [(None, "ix_recipient_campaign_id_id (campaign_id=? AND id>?"), ("failed", "ix_recipient_campaign_id_status_id")],
)
def test_recipients_page_by_index_and_never_sort(database: Database, status: str | None, index: str) -> None:
    statement = recipients.page_statement(WorkspaceId(1), CampaignId(1), status, RecipientId(7), 200, "")
    plan = plan_of(database, statement)
    assert any(index in line for line in plan), plan
    assert not any("TEMP B-TREE" in line for line in plan), plan

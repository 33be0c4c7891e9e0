"""What the database itself refuses and derives: immutable events, counts by status, ticks of time.

Triggers and not code, so that a forgotten call cannot make a counter lie. They are SQLite's; PostgreSQL's say the same
in its own language and come with its support.
"""

import sqlalchemy as sa
from sqlalchemy.event import listen

from db.tables.counts import ALL_INSTANCES, COARSE_TICK_S, QUARTER_S, REPLIED, TICK_S
from db.tables.metadata import metadata
from db.tables.search import SQLITE_SEARCH


def _count(row: str, status: str, change: str) -> str:
    """Return the statements that change the campaign's and the instance's count of one status by `change`."""
    return f"""
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES ({row}.campaign_id, {ALL_INSTANCES}, {status}, {change})
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT {row}.campaign_id, {row}.instance_id, {status}, {change} WHERE {row}.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;"""


def _tick(width_s: int) -> str:
    """Return the statement that counts a new event in its tick."""
    return f"""
  INSERT INTO campaign_tick (campaign_id, width_s, tick_s, kind, instance_id, n)
    VALUES (NEW.campaign_id, {width_s}, NEW.at / {width_s * 1000} * {width_s}, substr(NEW.type, 9),
      coalesce(NEW.instance_id, 0), 1)
    ON CONFLICT (campaign_id, width_s, tick_s, kind, instance_id) DO UPDATE SET n = n + 1;"""


def _attempt(row: str, change: str) -> str:
    """Return the statement that changes the count of attempts that ended like this one by `change`."""
    return f"""
  INSERT INTO attempt_count (campaign_id, instance_id, outcome, code, error_class, number, n)
    SELECT {row}.campaign_id, {row}.instance_id, {row}.outcome, coalesce({row}.code, ''),
      coalesce({row}.error_class, ''), {row}.number, {change} WHERE {row}.outcome IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, outcome, code, error_class, number) DO UPDATE SET n = n + excluded.n;"""


def _spend(row: str, sign: str) -> str:
    """Return the statement that adds (or takes off) what an attempt costs, when it counts."""
    told = f"({row}.billed_micros IS NOT NULL)"
    return f"""
  INSERT INTO spend (instance_id, quarter_s, campaign_id, category, market, n, micros, told, told_micros, told_estimate)
    SELECT {row}.instance_id, {row}.started_at / {QUARTER_S * 1000} * {QUARTER_S}, {row}.campaign_id, {row}.category,
      {row}.market, {sign}1, {sign}{row}.price_micros, {sign}{told}, {sign}coalesce({row}.billed_micros, 0),
      {sign}{told} * {row}.price_micros
    WHERE {row}.outcome IS NULL OR {row}.outcome IN ('accepted', 'unknown')
    ON CONFLICT (instance_id, quarter_s, campaign_id, category, market) DO UPDATE SET n = n + excluded.n,
      micros = micros + excluded.micros, told = told + excluded.told, told_micros = told_micros + excluded.told_micros,
      told_estimate = told_estimate + excluded.told_estimate;"""


_DURATION = """
  INSERT INTO attempt_duration (campaign_id, instance_id, bucket_ms, n, total_ms, least_ms, most_ms)
    VALUES (NEW.campaign_id, NEW.instance_id, CASE WHEN NEW.duration_ms < 1000 THEN NEW.duration_ms
      WHEN NEW.duration_ms < 10000 THEN NEW.duration_ms / 10 * 10 ELSE NEW.duration_ms / 100 * 100 END,
      1, NEW.duration_ms, NEW.duration_ms, NEW.duration_ms)
    ON CONFLICT (campaign_id, instance_id, bucket_ms) DO UPDATE SET n = n + 1, total_ms = total_ms + excluded.total_ms,
      least_ms = min(least_ms, excluded.least_ms), most_ms = max(most_ms, excluded.most_ms);"""


def _variation(kind: str, column: str) -> str:
    """Return the trigger that counts a variation's recipients with a moment in `column`."""
    return _trigger(
        f"recipient_variation_{kind}",
        f"AFTER UPDATE OF {column} ON recipient"
        f"\n  WHEN NEW.variation_id IS NOT NULL AND (OLD.{column} IS NULL) <> (NEW.{column} IS NULL)",
        _of_variation(kind, f"(NEW.{column} IS NOT NULL) - (OLD.{column} IS NOT NULL)"),
    )


def _of_variation(kind: str, change: str) -> str:
    return f"""
  INSERT INTO variation_count (campaign_id, variation_id, kind, n)
    VALUES (NEW.campaign_id, NEW.variation_id, '{kind}', {change})
    ON CONFLICT (campaign_id, variation_id, kind) DO UPDATE SET n = n + excluded.n;"""


def _trigger(name: str, when: str, body: str) -> str:
    return f"CREATE TRIGGER {name} {when}\nBEGIN{body}\nEND"


_REPLIED = f"'{REPLIED}'"

SQLITE_TRIGGERS: tuple[str, ...] = (
    _trigger(
        "event_refuse_update",
        "BEFORE UPDATE ON event",
        "\n  SELECT RAISE(ABORT, 'events are immutable');",
    ),
    # Only what retention has written an anchor for, which is itself an event.
    _trigger(
        "event_refuse_delete",
        "BEFORE DELETE ON event WHEN OLD.id > (SELECT coalesce(max(through_id), 0) FROM event_anchor)",
        "\n  SELECT RAISE(ABORT, 'events are immutable');",
    ),
    _trigger(
        "event_anchor_refuse_update",
        "BEFORE UPDATE ON event_anchor",
        "\n  SELECT RAISE(ABORT, 'events are immutable');",
    ),
    _trigger(
        "event_anchor_refuse_delete",
        "BEFORE DELETE ON event_anchor",
        "\n  SELECT RAISE(ABORT, 'events are immutable');",
    ),
    # An anchor names an event that is there, and its true hash.
    _trigger(
        "event_anchor_refuse_false",
        "BEFORE INSERT ON event_anchor WHEN NOT EXISTS"
        "\n  (SELECT 1 FROM event WHERE id = NEW.through_id AND hash = NEW.hash)",
        "\n  SELECT RAISE(ABORT, 'an anchor names an event and its hash');",
    ),
    # REPLACE would remove the old line without asking the trigger above.
    _trigger(
        "event_refuse_replace",
        "BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)",
        "\n  SELECT RAISE(ABORT, 'events are immutable');",
    ),
    _trigger(
        "event_tick",
        "AFTER INSERT ON event WHEN NEW.campaign_id IS NOT NULL"
        "\n  AND NEW.type IN ('message_sent', 'message_delivered', 'message_read', 'message_failed')",
        _tick(TICK_S) + _tick(COARSE_TICK_S),
    ),
    _trigger("recipient_count_insert", "AFTER INSERT ON recipient", _count("NEW", "NEW.status", "1")),
    _trigger(
        "recipient_count_insert_replied",
        "AFTER INSERT ON recipient WHEN NEW.replied_at IS NOT NULL",
        _count("NEW", _REPLIED, "1"),
    ),
    _trigger(
        "recipient_count_status",
        "AFTER UPDATE OF status, instance_id ON recipient"
        "\n  WHEN OLD.status <> NEW.status OR OLD.instance_id IS NOT NEW.instance_id",
        _count("OLD", "OLD.status", "-1") + _count("NEW", "NEW.status", "1"),
    ),
    _trigger(
        "recipient_count_replied",
        "AFTER UPDATE OF replied_at, instance_id ON recipient"
        "\n  WHEN (OLD.replied_at IS NULL) <> (NEW.replied_at IS NULL)"
        "\n  OR (NEW.replied_at IS NOT NULL AND OLD.instance_id IS NOT NEW.instance_id)",
        _count("OLD", _REPLIED, "-(OLD.replied_at IS NOT NULL)")
        + _count("NEW", _REPLIED, "(NEW.replied_at IS NOT NULL)"),
    ),
    _trigger("attempt_count_insert", "AFTER INSERT ON attempt WHEN NEW.outcome IS NOT NULL", _attempt("NEW", "1")),
    _trigger(
        "attempt_count_update",
        "AFTER UPDATE OF outcome, code, error_class ON attempt"
        "\n  WHEN OLD.outcome IS NOT NEW.outcome OR OLD.code IS NOT NEW.code OR OLD.error_class IS NOT NEW.error_class",
        _attempt("OLD", "-1") + _attempt("NEW", "1"),
    ),
    # What was found out later says nothing about how long the gateway took.
    _trigger(
        "attempt_duration",
        "AFTER UPDATE OF outcome ON attempt"
        "\n  WHEN OLD.outcome IS NULL AND NEW.outcome = 'accepted' AND NEW.duration_ms IS NOT NULL",
        _DURATION,
    ),
    _trigger("spend_insert", "AFTER INSERT ON attempt", _spend("NEW", "")),
    _trigger(
        "spend_update",
        "AFTER UPDATE OF outcome, billed_micros ON attempt"
        "\n  WHEN OLD.billed_micros IS NOT NEW.billed_micros"
        "\n  OR (coalesce(OLD.outcome, 'unknown') IN ('accepted', 'unknown'))"
        "\n  <> (coalesce(NEW.outcome, 'unknown') IN ('accepted', 'unknown'))",
        _spend("OLD", "-") + _spend("NEW", ""),
    ),
    _variation("sent", "sent_at"),
    _variation("delivered", "delivered_at"),
    _variation("read", "read_at"),
    _variation("replied", "replied_at"),
    _trigger(
        "recipient_variation_failed",
        "AFTER UPDATE OF status ON recipient"
        "\n  WHEN NEW.variation_id IS NOT NULL AND (OLD.status = 'failed') <> (NEW.status = 'failed')",
        _of_variation("failed", "(NEW.status = 'failed') - (OLD.status = 'failed')"),
    ),
    _trigger("recipient_count_delete", "AFTER DELETE ON recipient", _count("OLD", "OLD.status", "-1")),
    _trigger(
        "recipient_count_delete_replied",
        "AFTER DELETE ON recipient WHEN OLD.replied_at IS NOT NULL",
        _count("OLD", _REPLIED, "-1"),
    ),
)


# Contentless: the words alone, not the text a second time. A line is looked at by its id afterwards.
SQLITE_EVENT_TEXT = """CREATE VIRTUAL TABLE event_text USING fts5(
  words, content='', columnsize=0, detail=none, tokenize='unicode61 remove_diacritics 2'
)"""


def create_triggers(_target: sa.MetaData, connection: sa.Connection, **_: object) -> None:
    """Create all triggers and the full-text index; called after the tables."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(SQLITE_EVENT_TEXT)
        for statement in (*SQLITE_TRIGGERS, *SQLITE_SEARCH):
            connection.exec_driver_sql(statement)


listen(metadata, "after_create", create_triggers)

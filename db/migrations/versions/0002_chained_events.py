"""Chained events: each with the hash of itself and the one before, anchors of retention, and a full-text index.

Frozen: it says what the schema was then, whatever the tables say now. The chain's form is repeated here too: hashes
that were written once must be verifiable for ever, and `tests/db/test_migrate.py` holds both against each other.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BATCH = 2_000

_FACTS = (
    "id", "workspace_id", "at", "type", "severity", "details", "campaign_id", "instance_id", "contact_id",
    "recipient_id", "duration_ms", "http_status", "progress", "health_score", "request", "response", "operator",
)  # fmt: skip

_TRIGGERS = (
    """CREATE TRIGGER event_refuse_update BEFORE UPDATE ON event
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END""",
    """CREATE TRIGGER event_refuse_delete BEFORE DELETE ON event WHEN OLD.id > (SELECT coalesce(max(through_id), 0) FROM event_anchor)
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END""",  # noqa: E501
    """CREATE TRIGGER event_anchor_refuse_update BEFORE UPDATE ON event_anchor
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END""",
    """CREATE TRIGGER event_anchor_refuse_delete BEFORE DELETE ON event_anchor
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END""",
    """CREATE TRIGGER event_anchor_refuse_false BEFORE INSERT ON event_anchor WHEN NOT EXISTS
  (SELECT 1 FROM event WHERE id = NEW.through_id AND hash = NEW.hash)
BEGIN
  SELECT RAISE(ABORT, 'an anchor names an event and its hash');
END""",
    """CREATE TRIGGER event_refuse_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END""",
    """CREATE TRIGGER event_tick AFTER INSERT ON event WHEN NEW.campaign_id IS NOT NULL
  AND NEW.type IN ('message_sent', 'message_delivered', 'message_read', 'message_failed')
BEGIN
  INSERT INTO campaign_tick (campaign_id, width_s, tick_s, kind, instance_id, n)
    VALUES (NEW.campaign_id, 1, NEW.at / 1000 * 1, substr(NEW.type, 9),
      coalesce(NEW.instance_id, 0), 1)
    ON CONFLICT (campaign_id, width_s, tick_s, kind, instance_id) DO UPDATE SET n = n + 1;
  INSERT INTO campaign_tick (campaign_id, width_s, tick_s, kind, instance_id, n)
    VALUES (NEW.campaign_id, 60, NEW.at / 60000 * 60, substr(NEW.type, 9),
      coalesce(NEW.instance_id, 0), 1)
    ON CONFLICT (campaign_id, width_s, tick_s, kind, instance_id) DO UPDATE SET n = n + 1;
END""",
)

_EVENT_TEXT = """CREATE VIRTUAL TABLE event_text USING fts5(
  words, content='', columnsize=0, detail=none, tokenize='unicode61 remove_diacritics 2'
)"""

_INDEXES = (
    "ix_event_campaign_id_id",
    "ix_event_campaign_id_type_id",
    "ix_event_instance_id_id",
    "ix_event_recipient_id_id",
    "ix_event_trouble",
    "ix_event_type_id",
)


def upgrade() -> None:
    op.create_table(
        "event_anchor",
        sa.Column("id", _ID, nullable=False),
        sa.Column("through_id", _ID, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("through_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_anchor")),
    )
    op.create_table(
        "event_text_state",
        sa.Column("id", _ID, nullable=False),
        sa.Column("through_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_text_state")),
    )
    # The old table steps aside, and the lines move over one by one, chained on the way: a hash cannot be added later,
    # because what is written is never changed.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        for name in ("event_refuse_update", "event_refuse_delete", "event_refuse_replace", "event_tick"):
            op.execute(f"DROP TRIGGER {name}")
    for name in _INDEXES:
        op.drop_index(name, "event")
    op.rename_table("event", "event_unchained")
    _create_event()
    _move()
    op.drop_table("event_unchained")
    _create_indexes()
    if is_sqlite:
        op.execute(_EVENT_TEXT)
        for statement in _TRIGGERS:
            op.execute(statement)


def _create_event() -> None:
    op.create_table(
        "event",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("campaign_id", _ID, nullable=True),
        sa.Column("instance_id", _ID, nullable=True),
        sa.Column("contact_id", _ID, nullable=True),
        sa.Column("recipient_id", _ID, nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("progress", sa.Float(), nullable=True),
        sa.Column("health_score", sa.Float(), nullable=True),
        sa.Column("request", sa.Text(), nullable=True),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("operator", sa.Text(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )


def _move() -> None:
    bind = op.get_bind()
    old = sa.table("event_unchained", *_columns())
    new = sa.table("event", *_columns(), sa.column("hash", sa.LargeBinary))
    for batch in _chained(bind, sa.select(old).order_by(old.c.id)):
        bind.execute(sa.insert(new), batch)


def _columns() -> list[sa.ColumnClause[Any]]:
    return [sa.column(name) for name in _FACTS]


def _chained(bind: sa.Connection, query: sa.Select[Any]) -> Iterator[list[dict[str, Any]]]:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    last, expected = bytes(32), 1
    after = 0
    while rows := bind.execute(query.where(sa.column("id") > after).limit(_BATCH)).all():
        batch: list[dict[str, Any]] = []
        for row in rows:
            values = dict(zip(_FACTS, row, strict=True))
            for real in ("progress", "health_score"):
                values[real] = None if values[real] is None else float(values[real])
            # Ids had no gaps: each was given under the write lock. One that is missing was removed by force, and the
            # chain says so from now on by not closing over it.
            last = last if values["id"] == expected else bytes(32)
            last = sha256(last + encode(list(values.values())).encode("utf-8", "surrogatepass")).digest()
            batch.append({**values, "hash": last})
            after, expected = values["id"], values["id"] + 1
        yield batch


def _create_indexes() -> None:
    for name, columns, where in (
        ("ix_event_campaign_id_id", ["campaign_id", "id"], "campaign_id IS NOT NULL"),
        ("ix_event_campaign_id_type_id", ["campaign_id", "type", "id"], "campaign_id IS NOT NULL"),
        ("ix_event_contact_id_id", ["contact_id", "id"], "contact_id IS NOT NULL AND recipient_id IS NULL"),
        ("ix_event_instance_id_id", ["instance_id", "id"], "instance_id IS NOT NULL"),
        ("ix_event_recipient_id_id", ["recipient_id", "id"], "recipient_id IS NOT NULL"),
        ("ix_event_trouble", ["id"], "severity IN ('warning', 'error')"),
    ):
        op.create_index(
            name, "event", columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.create_index("ix_event_type_id", "event", ["type", "id"], unique=False)

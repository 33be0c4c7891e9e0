"""First light: workspace, instances, contacts, campaigns, recipients, attempts, events, and what is derived from them.

Frozen: it says what the schema was then, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SQLITE_TRIGGERS = (
    """CREATE TRIGGER event_refuse_update BEFORE UPDATE ON event
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END""",
    """CREATE TRIGGER event_refuse_delete BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
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
    """CREATE TRIGGER recipient_count_insert AFTER INSERT ON recipient
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (NEW.campaign_id, 0, NEW.status, 1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT NEW.campaign_id, NEW.instance_id, NEW.status, 1 WHERE NEW.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END""",
    """CREATE TRIGGER recipient_count_insert_replied AFTER INSERT ON recipient WHEN NEW.replied_at IS NOT NULL
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (NEW.campaign_id, 0, 'replied', 1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT NEW.campaign_id, NEW.instance_id, 'replied', 1 WHERE NEW.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END""",
    """CREATE TRIGGER recipient_count_status AFTER UPDATE OF status, instance_id ON recipient
  WHEN OLD.status <> NEW.status OR OLD.instance_id IS NOT NEW.instance_id
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (OLD.campaign_id, 0, OLD.status, -1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT OLD.campaign_id, OLD.instance_id, OLD.status, -1 WHERE OLD.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (NEW.campaign_id, 0, NEW.status, 1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT NEW.campaign_id, NEW.instance_id, NEW.status, 1 WHERE NEW.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END""",
    """CREATE TRIGGER recipient_count_replied AFTER UPDATE OF replied_at, instance_id ON recipient
  WHEN (OLD.replied_at IS NULL) <> (NEW.replied_at IS NULL)
  OR (NEW.replied_at IS NOT NULL AND OLD.instance_id IS NOT NEW.instance_id)
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (OLD.campaign_id, 0, 'replied', -(OLD.replied_at IS NOT NULL))
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT OLD.campaign_id, OLD.instance_id, 'replied', -(OLD.replied_at IS NOT NULL) WHERE OLD.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (NEW.campaign_id, 0, 'replied', (NEW.replied_at IS NOT NULL))
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT NEW.campaign_id, NEW.instance_id, 'replied', (NEW.replied_at IS NOT NULL) WHERE NEW.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END""",
    """CREATE TRIGGER recipient_count_delete AFTER DELETE ON recipient
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (OLD.campaign_id, 0, OLD.status, -1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT OLD.campaign_id, OLD.instance_id, OLD.status, -1 WHERE OLD.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END""",
    """CREATE TRIGGER recipient_count_delete_replied AFTER DELETE ON recipient WHEN OLD.replied_at IS NOT NULL
BEGIN
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    VALUES (OLD.campaign_id, 0, 'replied', -1)
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
  INSERT INTO campaign_count (campaign_id, instance_id, status, n)
    SELECT OLD.campaign_id, OLD.instance_id, 'replied', -1 WHERE OLD.instance_id IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, status) DO UPDATE SET n = n + excluded.n;
END""",
)


def upgrade() -> None:
    op.create_table(
        "campaign_count",
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "instance_id", "status", name=op.f("pk_campaign_count")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "campaign_tick",
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("width_s", sa.Integer(), nullable=False),
        sa.Column("tick_s", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "campaign_id", "width_s", "tick_s", "kind", "instance_id", name=op.f("pk_campaign_tick")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_campaign_tick_instance_id_width_s_tick_s",
        "campaign_tick",
        ["instance_id", "width_s", "tick_s"],
        unique=False,
    )

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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(
        "ix_event_campaign_id_id",
        "event",
        ["campaign_id", "id"],
        unique=False,
        sqlite_where=sa.text("campaign_id IS NOT NULL"),
        postgresql_where=sa.text("campaign_id IS NOT NULL"),
    )
    op.create_index(
        "ix_event_campaign_id_type_id",
        "event",
        ["campaign_id", "type", "id"],
        unique=False,
        sqlite_where=sa.text("campaign_id IS NOT NULL"),
        postgresql_where=sa.text("campaign_id IS NOT NULL"),
    )
    op.create_index(
        "ix_event_instance_id_id",
        "event",
        ["instance_id", "id"],
        unique=False,
        sqlite_where=sa.text("instance_id IS NOT NULL"),
        postgresql_where=sa.text("instance_id IS NOT NULL"),
    )
    op.create_index(
        "ix_event_recipient_id_id",
        "event",
        ["recipient_id", "id"],
        unique=False,
        sqlite_where=sa.text("recipient_id IS NOT NULL"),
        postgresql_where=sa.text("recipient_id IS NOT NULL"),
    )
    op.create_index(
        "ix_event_trouble",
        "event",
        ["id"],
        unique=False,
        sqlite_where=sa.text("severity IN ('warning', 'error')"),
        postgresql_where=sa.text("severity IN ('warning', 'error')"),
    )
    op.create_index("ix_event_type_id", "event", ["type", "id"], unique=False)

    op.create_table(
        "receipt_inbox",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('sent', 'delivered', 'read', 'failed')", name=op.f("ck_receipt_inbox_kind")),
        sa.PrimaryKeyConstraint("message_id", "kind", name=op.f("pk_receipt_inbox")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_receipt_inbox_at", "receipt_inbox", ["at"], unique=False)

    op.create_table(
        "workspace",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("respect_opt_out", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("schedule_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("edited_event_at", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("status <> 'scheduled' OR schedule_at IS NOT NULL", name=op.f("ck_campaign_schedule")),
        sa.CheckConstraint(
            "status IN ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled', 'failed')",
            name=op.f("ck_campaign_status"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_campaign_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_campaign_workspace_id_status", "campaign", ["workspace_id", "status"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("custom", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("opted_out_at", sa.BigInteger(), nullable=True),
        sa.Column("opt_in_source", sa.Text(), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_contact_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("workspace_id", "phone", name=op.f("uq_contact_workspace_id_phone")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_contact_address",
        "contact",
        ["address"],
        unique=False,
        sqlite_where=sa.text("address IS NOT NULL"),
        postgresql_where=sa.text("address IS NOT NULL"),
    )

    op.create_table(
        "instance",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("gateway", sa.Text(), nullable=False),
        sa.Column("base_url", sa.Text(), nullable=False),
        sa.Column("remote_name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("per_day", sa.Integer(), nullable=True),
        sa.Column("per_hour", sa.Integer(), nullable=True),
        sa.Column("per_minute", sa.Integer(), nullable=True),
        sa.Column("min_gap_s", sa.Float(), nullable=False),
        sa.Column("max_in_flight", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("warmup", sa.Text(), nullable=False),
        sa.Column("phone_id", sa.Text(), nullable=True),
        sa.Column("waba_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("pause_reason", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("gateway IN ('evolution', 'waha', 'cloud')", name=op.f("ck_instance_gateway")),
        sa.CheckConstraint(
            "state IN ('unknown', 'connected', 'connecting', 'disconnected', 'needs_qr', 'unauthorised', 'missing')",
            name=op.f("ck_instance_state"),
        ),
        sa.CheckConstraint("(paused_at IS NULL) = (pause_reason IS NULL)", name=op.f("ck_instance_pause")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_instance_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance")),
    )
    op.create_index(
        "uq_instance_name",
        "instance",
        ["workspace_id", "name"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )

    op.create_table(
        "run",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("has_crashed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_run_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_table(
        "setting",
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_setting_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_setting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tag",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_tag_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_tag_workspace_id_name")),
    )
    op.create_table(
        "campaign_instance",
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("instance_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_instance_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_campaign_instance_instance_id_instance")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "position", name=op.f("pk_campaign_instance")),
        sa.UniqueConstraint("campaign_id", "instance_id", name=op.f("uq_campaign_instance_campaign_id_instance_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contact_tag",
        sa.Column("contact_id", _ID, nullable=False),
        sa.Column("tag_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_tag_contact_id_contact"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_contact_tag_tag_id_tag")),
        sa.PrimaryKeyConstraint("contact_id", "tag_id", name=op.f("pk_contact_tag")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_contact_tag_tag_id_contact_id", "contact_tag", ["tag_id", "contact_id"], unique=False)

    op.create_table(
        "recipient",
        sa.Column("id", _ID, nullable=False),
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("contact_id", _ID, nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger(), nullable=True),
        sa.Column("variation_id", _ID, nullable=True),
        sa.Column("instance_id", _ID, nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("delivered_at", sa.BigInteger(), nullable=True),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.Column("replied_at", sa.BigInteger(), nullable=True),
        sa.Column("zone", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("status <> 'retrying' OR next_attempt_at IS NOT NULL", name=op.f("ck_recipient_retrying")),
        sa.CheckConstraint(
            "status IN ('pending', 'sending', 'retrying', 'sent', 'delivered', 'read', 'failed', "
            "'skipped', 'in_doubt')",
            name=op.f("ck_recipient_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('sent', 'delivered', 'read') OR sent_at IS NOT NULL", name=op.f("ck_recipient_sent")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_recipient_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_recipient_contact_id_contact"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_recipient_instance_id_instance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
        sa.UniqueConstraint("campaign_id", "phone", name=op.f("uq_recipient_campaign_id_phone")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_recipient_campaign_id_id", "recipient", ["campaign_id", "id"], unique=False)
    op.create_index("ix_recipient_campaign_id_status_id", "recipient", ["campaign_id", "status", "id"], unique=False)
    op.create_index("ix_recipient_contact_id", "recipient", ["contact_id"], unique=False)
    op.create_index(
        "ix_recipient_message_id",
        "recipient",
        ["message_id"],
        unique=False,
        sqlite_where=sa.text("message_id IS NOT NULL"),
        postgresql_where=sa.text("message_id IS NOT NULL"),
    )
    op.create_index(
        "ix_recipient_retrying",
        "recipient",
        ["campaign_id", "next_attempt_at"],
        unique=False,
        sqlite_where=sa.text("status = 'retrying'"),
        postgresql_where=sa.text("status = 'retrying'"),
    )
    op.create_index(
        "ix_recipient_unconfirmed",
        "recipient",
        ["sent_at", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('sent', 'delivered')"),
        postgresql_where=sa.text("status IN ('sent', 'delivered')"),
    )
    op.create_index(
        "ix_recipient_unsettled",
        "recipient",
        ["status"],
        unique=False,
        sqlite_where=sa.text("status IN ('sending', 'in_doubt')"),
        postgresql_where=sa.text("status IN ('sending', 'in_doubt')"),
    )
    op.create_index(
        "ix_recipient_zone",
        "recipient",
        ["campaign_id", "zone", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )

    op.create_table(
        "variation",
        sa.Column("id", _ID, nullable=False),
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("media", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_variation_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variation")),
        sa.UniqueConstraint("campaign_id", "position", name=op.f("uq_variation_campaign_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "attempt",
        sa.Column("id", _ID, nullable=False),
        sa.Column("recipient_id", _ID, nullable=True),
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("variation_id", _ID, nullable=True),
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("client_ref", sa.Text(), nullable=False),
        sa.Column("text_digest", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("error_class", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("doubt_since", sa.BigInteger(), nullable=True),
        sa.Column("doubt_tries", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'rejected', 'not_sent', 'unknown')", name=op.f("ck_attempt_outcome")
        ),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_attempt_instance_id_instance")),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipient.id"], name=op.f("fk_attempt_recipient_id_recipient"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_attempt_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("client_ref", name=op.f("uq_attempt_client_ref")),
        sa.UniqueConstraint("recipient_id", "number", name=op.f("uq_attempt_recipient_id_number")),
    )
    op.create_index(
        "ix_attempt_campaign_departures",
        "attempt",
        ["campaign_id", "started_at"],
        unique=False,
        sqlite_where=sa.text("outcome IS NULL OR outcome IN ('accepted', 'unknown')"),
        postgresql_where=sa.text("outcome IS NULL OR outcome IN ('accepted', 'unknown')"),
    )
    op.create_index(
        "ix_attempt_instance_departures",
        "attempt",
        ["instance_id", "started_at"],
        unique=False,
        sqlite_where=sa.text("outcome IS NULL OR outcome IN ('accepted', 'unknown')"),
        postgresql_where=sa.text("outcome IS NULL OR outcome IN ('accepted', 'unknown')"),
    )
    op.create_index(
        "ix_attempt_instance_id_outcome_started_at", "attempt", ["instance_id", "outcome", "started_at"], unique=False
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in _SQLITE_TRIGGERS:
            op.execute(sa.text(statement))

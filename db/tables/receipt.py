"""Receipts that came before the answer that tells their message id. Kept for a day, applied when the id is known."""

import sqlalchemy as sa

from db.moments import JsonText, Moment
from db.tables.metadata import Id, is_one_of, metadata
from desktop.domain.receipt import ReceiptKind

receipt_inbox = sa.Table(
    "receipt_inbox",
    metadata,
    sa.Column("message_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("instance_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("code", sa.Text),
    # Our own tag, where the gateway gives it back: it finds the attempt whose answer never told an id.
    sa.Column("client_ref", sa.Text),
    sa.Column("address", sa.Text),
    sa.Column("pricing", JsonText),
    is_one_of("kind", ReceiptKind),
    sa.Index("ix_receipt_inbox_at", "at"),
    sa.Index("ix_receipt_inbox_client_ref", "client_ref"),
    sqlite_with_rowid=False,
)

"""Receipts that came before the answer that tells their message id. Kept for a day, applied when the id is known."""

import sqlalchemy as sa

from db.moments import Moment
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
    is_one_of("kind", ReceiptKind),
    sa.Index("ix_receipt_inbox_at", "at"),
    sqlite_with_rowid=False,
)

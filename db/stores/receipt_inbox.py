"""Receipts that come before the message that they are about is known: kept for a day, and taken out when it is."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.sql.base import Executable

from db.given_rows import for_each_row, rows_of
from db.hot import Hot, HotRow, given
from db.moments import document, from_ms, to_json, to_ms
from db.tables.attempt import attempt
from db.tables.metadata import Id
from db.tables.receipt import receipt_inbox as inbox
from desktop.domain.ids import InstanceId, RecipientId
from desktop.domain.receipt import Pricing, Receipt, ReceiptKind

KEPT = timedelta(days=1)

_KEEP = Hot(
    sa.insert(inbox).from_select(
        ["message_id", "kind", "instance_id", "at", "code", "client_ref", "address", "pricing"],
        sa.select(
            given("message", type_=sa.Text),
            given("word", type_=sa.Text),
            given("instance", type_=Id),
            given("moment", type_=sa.BigInteger),
            given("why", type_=sa.Text),
            given("tag", type_=sa.Text),
            given("found_address", type_=sa.Text),
            given("price", type_=sa.Text),
        ).where(~sa.exists().where(inbox.c.message_id == given("message"), inbox.c.kind == given("word"))),
    )
)
_FORGET_OLD = Hot(sa.delete(inbox).where(inbox.c.at < given("limit")))
_KEPT_RECEIPT = (
    inbox.c.instance_id,
    inbox.c.message_id,
    inbox.c.kind,
    inbox.c.at,
    inbox.c.code,
    inbox.c.client_ref,
    inbox.c.address,
    inbox.c.pricing,
)


def _take(row: sa.FromClause) -> Executable:
    names = sa.select(row.c.name)
    return (
        sa.delete(inbox)
        .where(sa.or_(inbox.c.message_id.in_(names), inbox.c.client_ref.in_(names)))
        .returning(*_KEPT_RECEIPT)
    )


_TAKE = Hot(for_each_row({"name": sa.Text()}, _take))

_tags = sa.select(attempt.c.client_ref).where(attempt.c.recipient_id == given("of_recipient"))
_TAKE_OF_ATTEMPTS = Hot(
    sa.delete(inbox)
    .where(sa.or_(inbox.c.message_id.in_(_tags), inbox.c.client_ref.in_(_tags)))
    .returning(*_KEPT_RECEIPT)
)


def keep(conn: sa.Connection, receipt: Receipt) -> None:
    """Keep a receipt that matches nothing yet; told twice, it is kept once."""
    _KEEP.run(
        conn,
        {
            "message": receipt.message_id,
            "word": receipt.kind.value,
            "instance": receipt.instance_id,
            "moment": to_ms(receipt.at),
            "why": receipt.code,
            "tag": receipt.client_ref,
            "found_address": receipt.address,
            "price": None if receipt.pricing is None else to_json(receipt.pricing.details()),
        },
    )


def forget_old(conn: sa.Connection, now: datetime) -> None:
    """Forget what has been kept for longer than a day."""
    _FORGET_OLD.run(conn, {"limit": to_ms(now - KEPT)})


def take_named(conn: sa.Connection, names: Collection[str]) -> list[Receipt]:
    """Take out the receipts for these names: our own tags, and message ids that are known now."""
    return [_receipt(row) for row in _TAKE.all(conn, rows_of([(name,) for name in names]))] if names else []


def take_of(conn: sa.Connection, recipient_id: RecipientId) -> list[Receipt]:
    """Take out the receipts for any attempt of a recipient."""
    return [_receipt(row) for row in _TAKE_OF_ATTEMPTS.all(conn, {"of_recipient": recipient_id})]


def _receipt(row: HotRow) -> Receipt:
    instance_id, message_id, kind, at, code, tag, address, price = row
    stored = document(price)
    pricing = Pricing(stored["billable"], stored["category"], stored["kind"]) if stored else None
    return Receipt(InstanceId(instance_id), message_id, ReceiptKind(kind), from_ms(at), code, tag, address, pricing)

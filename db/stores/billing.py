"""What a provider says of the price of messages that left: kept beside what had been estimated."""

import sqlalchemy as sa

from db.hot import Hot, given
from db.queries import credits as credit_rows
from db.tables.attempt import attempt
from db.tables.instance import instance
from desktop.domain.budget import Budget, category_of
from desktop.domain.ids import RecipientId, WorkspaceId
from desktop.domain.instance import Gateway
from desktop.domain.receipt import Receipt, ReceiptKind

UNDELIVERED = "undelivered"
"""In place of a category: providers charge for what was delivered only."""

_ATTEMPT = Hot(
    sa.select(attempt.c.id, attempt.c.market, attempt.c.price_micros, attempt.c.billed_as, instance.c.gateway)
    .join(instance, instance.c.id == attempt.c.instance_id)
    .where(
        attempt.c.recipient_id == given("of_recipient"),
        sa.or_(attempt.c.message_id == given("message"), attempt.c.client_ref == given("tag")),
    )
)
_BILL = Hot(
    sa.update(attempt)
    .where(attempt.c.id == given("of_attempt"))
    .values(billed_as=given("word"), billed_micros=given("costs"))
)


def note(conn: sa.Connection, workspace_id: WorkspaceId, recipient_id: RecipientId, receipt: Receipt) -> None:
    """Keep what a receipt tells of its message's price, by the rate card of now; most receipts tell nothing.

    A message that was not delivered costs nothing. Told twice, it is kept as it was told last.
    """
    pricing, is_failed = receipt.pricing, receipt.kind is ReceiptKind.FAILED
    if pricing is None and not is_failed:
        return
    key = {
        "of_recipient": recipient_id,
        "message": receipt.message_id,
        "tag": receipt.client_ref or receipt.message_id,
    }
    found = _ATTEMPT.one(conn, key)
    if found is None:
        return
    attempt_id, market, estimated, told, gateway = found
    if is_failed:
        word, micros = UNDELIVERED, 0
        if not estimated and told is None:
            return  # it cost nothing anyway
    else:
        assert pricing is not None
        word = pricing.category if pricing.is_billable else f"free:{pricing.category}"
        card = (credit_rows.budget(conn, workspace_id) or Budget()).card
        category = category_of(Gateway(gateway), pricing.category)
        micros = card.price(Gateway(gateway), category, market) if pricing.is_billable else 0
    if word != told:
        _BILL.run(conn, {"of_attempt": attempt_id, "word": word, "costs": micros})

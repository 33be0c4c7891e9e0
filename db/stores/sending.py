"""Both halves of the hot path of writing, as they come: what waits together is recorded together."""

from collections.abc import Sequence
from datetime import datetime

from db.stores.identities import recognise
from db.stores.intents import record_intents
from db.stores.owned import Owned
from db.stores.runs import is_under_way
from db.stores.settling import settle_all
from db.writer import WriteContext
from desktop.domain.identity import hidden_identity
from desktop.domain.ids import AttemptId, RecipientId, WorkspaceId
from desktop.domain.outcome import Accepted
from desktop.engine.ports import Intent, Settlement


class Sending:
    """Records the intents and settlements of one workspace."""

    def __init__(self, workspace_id: WorkspaceId, owned: Owned) -> None:
        self._workspace_id = workspace_id
        self._owned = owned

    def record(self, context: WriteContext, items: Sequence[Intent | Settlement]) -> list[AttemptId | None]:
        """Record the items; return the attempt of each intent that claimed its recipient, and None for all others.

        Settlements come before the intents of the same group: a refusal that one of them tells counts for all.
        """
        results: list[AttemptId | None] = [None] * len(items)
        start = 0
        people: set[RecipientId] = set()
        for place, item in enumerate(items):
            if item.recipient_id in people:
                # One statement moves a recipient once.
                results[start:place] = self._record(context, items[start:place])
                start = place
                people = set()
            people.add(item.recipient_id)
        results[start:] = self._record(context, items[start:])
        return results

    def _record(self, context: WriteContext, items: Sequence[Intent | Settlement]) -> list[AttemptId | None]:
        conn, owned = context.conn, self._owned
        settlements = [
            each for each in items if isinstance(each, Settlement) and owned.campaign(conn, each.campaign_id)
        ]
        if settlements:
            settle_all(context, self._workspace_id, settlements)
        for settlement in settlements:
            if isinstance(outcome := settlement.outcome, Accepted):
                learn(context, self._workspace_id, outcome.address, outcome.message_id, settlement.finished_at)
        asked = [each for each in items if isinstance(each, Intent)]
        # A run that another one has followed claims nobody: what it was doing is settled already.
        runs = {each.run_id for each in asked}
        under_way = {run_id for run_id in runs if is_under_way(conn, self._workspace_id, run_id)}
        intents = [
            each
            for each in asked
            if each.run_id in under_way
            and owned.campaign(conn, each.campaign_id)
            and owned.instance(conn, each.instance_id)
        ]
        added = iter(record_intents(context, self._workspace_id, intents) if intents else ())
        recorded = {id(intent): attempt_id for intent, attempt_id in zip(intents, added, strict=True)}
        return [recorded.get(id(item)) for item in items]


def learn(
    context: WriteContext, workspace_id: WorkspaceId, address: str | None, message_id: str, now: datetime
) -> None:
    """Remember an address that hides the phone, of whoever got the message: replies may come from it alone."""
    if address is not None and hidden_identity(address) is not None:
        recognise(context, workspace_id, (address,), None, now, message_id)

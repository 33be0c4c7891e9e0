"""Records messages that operators send to themselves: durable before a byte leaves, with an audit line when it is over.

No phone and no text is kept.
"""

from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.queries.ownership import owns_instance
from db.stores import suppression
from db.stores.campaign_life import touch
from db.tables.attempt import AttemptOutcome
from db.tables.consent import suppression as suppressed
from db.tables.contact import contact
from db.tables.trial_message import trial_message
from db.writer import WriteContext
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, InstanceId, WorkspaceId
from desktop.domain.outcome import Accepted, NotSent, Outcome, Rejected


class TrialStore:
    """The test messages of one workspace."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def begin(self, instance_id: InstanceId, phone: str, now: datetime) -> int:
        """Record that a test leaves now; return its number. Engines are told, for it counts against the number.

        Raises:
            KnownError: `opted_out`, when whoever has this phone (E.164) asked not to be written to;
                `instance_not_found`.
        """

        def begin(context: WriteContext) -> int:
            if not owns_instance(context.conn, self._workspace_id, instance_id):
                raise KnownError("instance_not_found", "There is no such number.", "Choose another one.")
            self._refuse_opted_out(context.conn, phone)
            row = {"workspace_id": self._workspace_id, "instance_id": instance_id, "started_at": now}
            made = context.conn.execute(sa.insert(trial_message).values(row).returning(trial_message.c.id)).scalar_one()
            touch(context.conn, self._workspace_id)
            return made

        return await self._database.write(begin)

    async def settle(
        self,
        number: int,
        outcome: Outcome,
        now: datetime,
        duration_ms: int,
        campaign_id: CampaignId | None,
        operator: str | None = None,
    ) -> None:
        """Record what became of a test, with its audit line."""
        word, code = _described(outcome)
        message_id = outcome.message_id if isinstance(outcome, Accepted) else None
        status = None if isinstance(outcome, NotSent) else outcome.http_status

        def settle(context: WriteContext) -> None:
            values = {"finished_at": now, "outcome": word.value, "code": code, "message_id": message_id}
            own = (trial_message.c.id == number) & (trial_message.c.workspace_id == self._workspace_id)
            found = sa.update(trial_message).where(own).values(values).returning(trial_message.c.instance_id)
            instance = context.conn.execute(found).scalar()
            if instance is None:
                return  # not one of ours
            facts: dict[str, object] = {"outcome": word.value}
            if code:
                facts["code"] = code
            severity = Severity.INFO if word is AttemptOutcome.ACCEPTED else Severity.WARNING
            event = NewEvent(
                EventType.TEST_SENT,
                now,
                severity,
                facts,
                campaign_id=campaign_id,
                instance_id=InstanceId(instance),
                duration_ms=duration_ms,
                http_status=status,
                operator=operator,
            )
            context.emit(self._workspace_id, event)

        await self._database.write(settle)

    def _refuse_opted_out(self, conn: sa.Connection, phone: str) -> None:
        person = sa.select(contact.c.id).where(
            contact.c.workspace_id == self._workspace_id,
            contact.c.phone == phone,
            contact.c.opted_out_at.is_not(None),
        )
        listed = sa.select(suppressed.c.at).where(
            suppressed.c.workspace_id == self._workspace_id,
            suppressed.c.phone_hash == suppression.hash_of(conn, self._workspace_id, phone),
        )
        if conn.execute(person).first() or conn.execute(listed).first():
            raise KnownError(
                "opted_out", "This phone opted out of messages.", "Use another one, or opt it in again in Contacts."
            )


def _described(outcome: Outcome) -> tuple[AttemptOutcome, str | None]:
    match outcome:
        case Accepted():
            return AttemptOutcome.ACCEPTED, None
        case Rejected():
            return AttemptOutcome.REJECTED, outcome.code
        case NotSent():
            return AttemptOutcome.NOT_SENT, outcome.code
        case _:
            return AttemptOutcome.UNKNOWN, outcome.code

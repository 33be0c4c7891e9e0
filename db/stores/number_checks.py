"""Keeps what gateways answer about who is on WhatsApp, with the address that they name."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.queries import number_checks
from db.stores.identities import recognise
from db.stores.skipping import skip
from db.tables.contact import contact
from db.tables.metadata import literals
from db.tables.number_check import number_check
from db.tables.recipient import recipient
from db.tables.setting import setting
from db.writer import WriteContext
from desktop.domain.ids import ContactId, RecipientId, WorkspaceId
from desktop.domain.numbers import SKIP_ABSENT, KnownNumbers, NumberCheck
from desktop.domain.recipient import Reason, RecipientStatus

_WAITING = literals(RecipientStatus.PENDING, RecipientStatus.RETRYING)


class NumberCheckStore:
    """The checks of one workspace's people."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def unchecked(
        self, tag: str | None, since: datetime, after: int, limit: int
    ) -> Sequence[tuple[ContactId, str]]:
        """People behind `after` of whom no answer of `since` or later is known, by id."""
        return await self._database.read(
            lambda conn: number_checks.unchecked(conn, self._workspace_id, tag, since, after, limit)
        )

    async def known(self, tag: str | None, since: datetime) -> tuple[int, int]:
        """Of how many people an answer of `since` or later is known, and of how many none is."""
        return await self._database.read(lambda conn: number_checks.known(conn, self._workspace_id, tag, since))

    async def overview(self, tag: str | None, since: datetime) -> KnownNumbers:
        """What is known of people (with a tag) from answers of `since` or later."""
        return await self._database.read(lambda conn: number_checks.overview(conn, self._workspace_id, tag, since))

    async def keep(self, checks: Mapping[str, NumberCheck], now: datetime) -> None:
        """Keep answers by phone, durable when it returns.

        The address becomes the person's, two contacts that have the same one become one, and who is not on WhatsApp is
        skipped where they wait, unless the setting says otherwise.
        """
        await self._database.write(lambda context: self._keep(context, checks, now))

    def _keep(self, context: WriteContext, checks: Mapping[str, NumberCheck], now: datetime) -> None:
        is_skipping = skips_absent(context.conn, self._workspace_id)
        for phone, check in checks.items():
            person = recognise(context, self._workspace_id, (check.address, check.lid), phone, now)
            if person is None:
                continue  # erased while the gateway was asked
            _replace(context.conn, person, check, now)
            if not check.exists and is_skipping:
                self._skip(context, person, now)

    def _skip(self, context: WriteContext, person: ContactId, now: datetime) -> None:
        waiting = sa.select(recipient.c.id).where(recipient.c.contact_id == person, recipient.c.status.in_(_WAITING))
        for recipient_id in context.conn.execute(waiting).scalars().all():
            skip(context, self._workspace_id, RecipientId(recipient_id), Reason.NOT_ON_WHATSAPP, now)


def skips_absent(conn: sa.Connection, workspace_id: WorkspaceId) -> bool:
    """Tell whether people who are known not to be on WhatsApp are left out: unless it was switched off."""
    query = sa.select(setting.c.value).where(setting.c.workspace_id == workspace_id, setting.c.key == SKIP_ABSENT)
    return conn.execute(query).scalar() is not False


def _replace(conn: sa.Connection, person: ContactId, check: NumberCheck, now: datetime) -> None:
    conn.execute(sa.delete(number_check).where(number_check.c.contact_id == person))
    conn.execute(sa.insert(number_check).values(contact_id=person, is_there=check.exists, checked_at=now))
    if check.exists and check.address is not None:
        conn.execute(sa.update(contact).where(contact.c.id == person).values(address=check.address))

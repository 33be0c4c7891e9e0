"""Who may be sent to at all: nobody who opted out, and, where the workspace says so, only who is known to have agreed.

Consent is recorded when there is a row that says when: from a file that said so, or from the operator. That somebody
came with a file is no consent.
"""

import sqlalchemy as sa

from db.tables.consent import consent
from db.tables.contact import contact
from db.tables.setting import setting
from desktop.domain.consent import NEEDS_CONSENT
from desktop.domain.ids import WorkspaceId


def needs_consent(conn: sa.Connection, workspace_id: WorkspaceId) -> bool:
    """Tell whether the workspace sends only to people with a recorded consent; off unless switched on."""
    query = sa.select(setting.c.value).where(setting.c.workspace_id == workspace_id, setting.c.key == NEEDS_CONSENT)
    return conn.execute(query).scalar() is True


def is_consented() -> sa.ColumnElement[bool]:
    """Tell whose consent is recorded."""
    return sa.exists().where(consent.c.contact_id == contact.c.id).correlate(contact)


def may_be_sent_to(conn: sa.Connection, workspace_id: WorkspaceId) -> sa.ColumnElement[bool]:
    """Tell who may be sent to."""
    is_in = contact.c.opted_out_at.is_(None)
    return is_in & is_consented() if needs_consent(conn, workspace_id) else is_in

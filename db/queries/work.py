"""What the engine asks all the time: who is next, what is due, what has left. Each is a search by index."""

from datetime import datetime
from heapq import merge
from typing import Any

import sqlalchemy as sa

from db.hot import Hot, HotRow, given
from db.moments import document, from_ms, moment_or_none, to_ms
from db.tables.attempt import COUNTS, attempt
from db.tables.campaign import campaign
from db.tables.contact import contact
from db.tables.counts import variation_count
from db.tables.instance import instance
from db.tables.metadata import literal, literals
from db.tables.opt_out_reply import HAS_LEFT, opt_out_reply
from db.tables.own_text import own_text, own_text_plan
from db.tables.recipient import UNSETTLED, recipient
from db.tables.trial_message import TRIAL_COUNTS, trial_message
from db.tables.workspace import workspace
from desktop.domain.campaign import CampaignStatus
from desktop.domain.ids import AttemptId, CampaignId, ContactId, InstanceId, RecipientId, VariationId, WorkspaceId
from desktop.domain.recipient import Candidate, RecipientStatus
from desktop.engine.ports import ControlState, Doubt, Precedence, Unconfirmed, VariationResult

# The number that a person last heard from, whatever the campaign: by the index of their own few recipients.
_theirs = recipient.alias("theirs")
_last_sender = (
    sa.select(_theirs.c.instance_id)
    .where(_theirs.c.contact_id == recipient.c.contact_id, _theirs.c.sent_at.is_not(None))
    .order_by(_theirs.c.sent_at.desc(), _theirs.c.id.desc())
    .limit(sa.literal_column("1"))
    .correlate(recipient)
    .scalar_subquery()
)

# When a person last wrote to us, whatever the campaign: by the same index.
_wrote_at = (
    sa.select(sa.func.max(_theirs.c.replied_at))
    .where(_theirs.c.contact_id == recipient.c.contact_id)
    .correlate(recipient)
    .scalar_subquery()
)

_CANDIDATE = (
    recipient.c.id,
    recipient.c.campaign_id,
    recipient.c.contact_id,
    recipient.c.phone,
    contact.c.name,
    contact.c.custom,
    contact.c.opted_out_at,
    recipient.c.status,
    recipient.c.attempts,
    recipient.c.variation_id,
    sa.func.coalesce(contact.c.address, recipient.c.address),
    recipient.c.next_attempt_at,
    recipient.c.zone,
    _last_sender,
    _wrote_at,
)

_pending = (
    sa.select(*_CANDIDATE)
    .join(contact, contact.c.id == recipient.c.contact_id)
    .where(
        recipient.c.campaign_id == given("of_campaign"),
        recipient.c.status == literal(RecipientStatus.PENDING),
        recipient.c.id > given("after"),
    )
    .order_by(recipient.c.id)
    .limit(given("size", type_=sa.Integer))
)
_due_retries = (
    sa.select(*_CANDIDATE)
    .join(contact, contact.c.id == recipient.c.contact_id)
    .where(
        recipient.c.campaign_id == given("of_campaign"),
        recipient.c.status == literal(RecipientStatus.RETRYING),
        recipient.c.next_attempt_at <= given("moment", type_=sa.BigInteger),
    )
    .order_by(recipient.c.next_attempt_at)
    .limit(given("size", type_=sa.Integer))
)
_in_zone = recipient.c.zone == given("of_zone")

PENDING = Hot(_pending)
PENDING_IN_ZONE = Hot(_pending.where(_in_zone))
DUE_RETRIES = Hot(_due_retries)
DUE_RETRIES_IN_ZONE = Hot(_due_retries.where(_in_zone))


def _with_own_texts(query: "sa.Select[*tuple[Any, ...]]") -> "sa.Select[*tuple[Any, ...]]":
    """Add what each person alone gets, by the unique index on their recipient."""
    return query.add_columns(own_text.c.text).outerjoin(own_text, own_text.c.recipient_id == recipient.c.id)


# Asked once for each page: campaigns without such texts, nearly all, read their pages as if there were none.
HAS_OWN_TEXTS = Hot(sa.select(own_text_plan.c.campaign_id).where(own_text_plan.c.campaign_id == given("of_campaign")))
PENDING_OWN = Hot(_with_own_texts(_pending))
PENDING_OWN_IN_ZONE = Hot(_with_own_texts(_pending.where(_in_zone)))
DUE_RETRIES_OWN = Hot(_with_own_texts(_due_retries))
DUE_RETRIES_OWN_IN_ZONE = Hot(_with_own_texts(_due_retries.where(_in_zone)))

NEXT_RETRY = Hot(
    sa.select(sa.func.min(recipient.c.next_attempt_at)).where(
        recipient.c.campaign_id == given("of_campaign"), recipient.c.status == literal(RecipientStatus.RETRYING)
    )
)

DEPARTURES = Hot(
    sa.select(attempt.c.started_at)
    .where(
        attempt.c.instance_id == given("of_instance"),
        attempt.c.started_at >= given("moment", type_=sa.BigInteger),
        COUNTS,
    )
    .order_by(attempt.c.started_at)
)

REPLY_DEPARTURES = Hot(
    sa.select(opt_out_reply.c.started_at)
    .where(
        opt_out_reply.c.instance_id == given("of_instance"),
        opt_out_reply.c.started_at >= given("moment", type_=sa.BigInteger),
        HAS_LEFT,
    )
    .order_by(opt_out_reply.c.started_at)
)

TRIAL_DEPARTURES = Hot(
    sa.select(trial_message.c.started_at)
    .where(
        trial_message.c.instance_id == given("of_instance"),
        trial_message.c.started_at >= given("moment", type_=sa.BigInteger),
        TRIAL_COUNTS,
    )
    .order_by(trial_message.c.started_at)
)

TRIALS_AFTER = Hot(
    sa.select(trial_message.c.id, trial_message.c.instance_id)
    .where(
        trial_message.c.workspace_id == given("of_workspace"),
        trial_message.c.id > given("after"),
        trial_message.c.started_at >= given("moment", type_=sa.BigInteger),
    )
    .order_by(trial_message.c.id)
)

CAMPAIGN_DEPARTURES = Hot(
    sa.select(attempt.c.started_at)
    .where(
        attempt.c.campaign_id == given("of_campaign"),
        attempt.c.started_at >= given("moment", type_=sa.BigInteger),
        COUNTS,
    )
    .order_by(attempt.c.started_at)
)

REPLIES = Hot(
    sa.select(recipient.c.replied_at)
    .where(
        recipient.c.campaign_id == given("of_campaign"),
        recipient.c.replied_at >= given("moment", type_=sa.BigInteger),
        recipient.c.replied_at.is_not(None),
    )
    .order_by(recipient.c.replied_at)
)

LAST_DEPARTURE = Hot(
    sa.select(sa.func.max(attempt.c.started_at)).where(attempt.c.campaign_id == given("of_campaign"), COUNTS)
)

_latest = (
    sa.select(sa.func.max(attempt.c.number))
    .where(attempt.c.recipient_id == recipient.c.id)
    .correlate(recipient)
    .scalar_subquery()
)

DOUBTS = Hot(
    sa.select(
        attempt.c.id,
        recipient.c.id,
        recipient.c.campaign_id,
        attempt.c.instance_id,
        recipient.c.contact_id,
        recipient.c.phone,
        sa.func.coalesce(contact.c.address, recipient.c.address),
        attempt.c.client_ref,
        attempt.c.text_digest,
        attempt.c.message_id,
        attempt.c.started_at,
        sa.func.coalesce(attempt.c.doubt_since, attempt.c.started_at),
        attempt.c.doubt_tries,
    )
    .select_from(recipient)
    .join(attempt, (attempt.c.recipient_id == recipient.c.id) & (attempt.c.number == _latest))
    .outerjoin(contact, contact.c.id == recipient.c.contact_id)
    .where(
        UNSETTLED,
        recipient.c.status == literal(RecipientStatus.IN_DOUBT),
        sa.exists().where(
            campaign.c.id == recipient.c.campaign_id,
            campaign.c.workspace_id == given("of_workspace"),
            campaign.c.deleted_at.is_(None),
        ),
    )
    .order_by(attempt.c.doubt_tries, attempt.c.started_at)
    .limit(given("size", type_=sa.Integer))
)

# Keeps the planner from walking in the order of ids, past all who were ever sent to: only the last days matter.
_id_by_itself = recipient.c.id + sa.literal_column("0", sa.Integer)

UNCONFIRMED = Hot(
    sa.select(
        recipient.c.id,
        recipient.c.instance_id,
        recipient.c.message_id,
        recipient.c.address,
        recipient.c.status,
        recipient.c.sent_at,
    )
    .where(
        recipient.c.status.in_(literals(RecipientStatus.SENT, RecipientStatus.DELIVERED)),
        recipient.c.sent_at >= given("moment", type_=sa.BigInteger),
        _id_by_itself > given("after"),
        recipient.c.message_id.is_not(None),
        sa.exists().where(instance.c.id == recipient.c.instance_id, instance.c.workspace_id == given("of_workspace")),
    )
    .order_by(_id_by_itself)
    .limit(given("size", type_=sa.Integer))
)

_LIVE_CAMPAIGNS = Hot(
    sa.select(
        campaign.c.id,
        campaign.c.status,
        campaign.c.priority,
        sa.func.coalesce(campaign.c.started_at, campaign.c.created_at),
        campaign.c.updated_at,
    )
    .where(
        campaign.c.workspace_id == given("of_workspace"),
        campaign.c.status.in_(literals(CampaignStatus.RUNNING, CampaignStatus.PAUSED, CampaignStatus.SCHEDULED)),
        campaign.c.deleted_at.is_(None),
    )
    # The most urgent first, then the one that started first.
    .order_by(campaign.c.priority.desc(), campaign.c.started_at, campaign.c.id)
)
_PAUSES = Hot(
    sa.select(instance.c.id, instance.c.pause_reason).where(
        instance.c.workspace_id == given("of_workspace"), instance.c.removed_at.is_(None)
    )
)
_REVISION = Hot(sa.select(workspace.c.revision).where(workspace.c.id == given("of_workspace")))


def zones(conn: sa.Connection, campaign_id: CampaignId) -> list[str]:
    """Return the time zones of a campaign's recipients. Reads all of them: once a start of the engine."""
    query = sa.select(recipient.c.zone).where(recipient.c.campaign_id == campaign_id).distinct()
    return list(conn.execute(query).scalars())


def pending(
    conn: sa.Connection, campaign_id: CampaignId, after: RecipientId, limit: int, zone: str | None
) -> list[Candidate]:
    key: dict[str, object] = {"of_campaign": campaign_id, "after": after, "size": limit}
    if _has_own_texts(conn, campaign_id):
        return _page(conn, PENDING_OWN, PENDING_OWN_IN_ZONE, key, zone)
    return _page(conn, PENDING, PENDING_IN_ZONE, key, zone)


def due_retries(
    conn: sa.Connection, campaign_id: CampaignId, now: datetime, limit: int, zone: str | None
) -> list[Candidate]:
    key: dict[str, object] = {"of_campaign": campaign_id, "moment": to_ms(now), "size": limit}
    if _has_own_texts(conn, campaign_id):
        return _page(conn, DUE_RETRIES_OWN, DUE_RETRIES_OWN_IN_ZONE, key, zone)
    return _page(conn, DUE_RETRIES, DUE_RETRIES_IN_ZONE, key, zone)


def _has_own_texts(conn: sa.Connection, campaign_id: CampaignId) -> bool:
    return HAS_OWN_TEXTS.one(conn, {"of_campaign": campaign_id}) is not None


def _page(conn: sa.Connection, of_all: Hot, of_zone: Hot, key: dict[str, object], zone: str | None) -> list[Candidate]:
    rows = of_all.all(conn, key) if zone is None else of_zone.all(conn, key | {"of_zone": zone})
    return [_candidate(row) for row in rows]


def next_retry_at(conn: sa.Connection, campaign_id: CampaignId) -> datetime | None:
    row = NEXT_RETRY.one(conn, {"of_campaign": campaign_id})
    return moment_or_none(row[0]) if row else None


def departures(conn: sa.Connection, instance_id: InstanceId, since: datetime) -> list[datetime]:
    """Return what has left, or may have, through an instance: of campaigns, confirmations of opt-outs, and tests."""
    of_number = {"of_instance": instance_id, "moment": to_ms(since)}
    rows = DEPARTURES.all(conn, of_number)
    others = [found for query in (REPLY_DEPARTURES, TRIAL_DEPARTURES) if (found := query.all(conn, of_number))]
    return [from_ms(row[0]) for row in (merge(rows, *others) if others else rows)]


def trials_after(
    conn: sa.Connection, workspace_id: WorkspaceId, after: int, since: datetime
) -> list[tuple[int, InstanceId]]:
    """Return the messages that operators sent to themselves: their number and whose they were, ascending."""
    key = {"of_workspace": workspace_id, "after": after, "moment": to_ms(since)}
    return [(number, InstanceId(instance)) for number, instance in TRIALS_AFTER.all(conn, key)]


def campaign_departures(conn: sa.Connection, campaign_id: CampaignId, since: datetime) -> list[datetime]:
    rows = CAMPAIGN_DEPARTURES.all(conn, {"of_campaign": campaign_id, "moment": to_ms(since)})
    return [from_ms(row[0]) for row in rows]


def replies(conn: sa.Connection, campaign_id: CampaignId, since: datetime) -> list[datetime]:
    """Return when people answered a campaign for the first time, at or after `since`, ascending."""
    rows = REPLIES.all(conn, {"of_campaign": campaign_id, "moment": to_ms(since)})
    return [from_ms(row[0]) for row in rows]


def last_departure(conn: sa.Connection, campaign_id: CampaignId) -> datetime | None:
    row = LAST_DEPARTURE.one(conn, {"of_campaign": campaign_id})
    return moment_or_none(row[0]) if row else None


def doubts(conn: sa.Connection, workspace_id: WorkspaceId, limit: int) -> list[Doubt]:
    return [_doubt(row) for row in DOUBTS.all(conn, {"of_workspace": workspace_id, "size": limit})]


def unconfirmed(
    conn: sa.Connection, workspace_id: WorkspaceId, since: datetime, after: RecipientId, limit: int
) -> list[Unconfirmed]:
    key: dict[str, object] = {"of_workspace": workspace_id, "moment": to_ms(since), "after": after, "size": limit}
    rows = UNCONFIRMED.all(conn, key)
    return [
        Unconfirmed(RecipientId(r), InstanceId(i), message, address, RecipientStatus(status), from_ms(sent_ms))
        for r, i, message, address, status, sent_ms in rows
    ]


def control_state(conn: sa.Connection, workspace_id: WorkspaceId) -> ControlState:
    """Return what operators have set: live campaigns, their precedence, why numbers are paused, the revision."""
    key = {"of_workspace": workspace_id}
    revision, live = _REVISION.one(conn, key), _LIVE_CAMPAIGNS.all(conn, key)
    return ControlState(
        campaigns={CampaignId(found): status for found, status, *_ in live},
        running={
            CampaignId(found): Precedence(priority, from_ms(started_ms), from_ms(updated_ms))
            for found, status, priority, started_ms, updated_ms in live
            if status == CampaignStatus.RUNNING
        },
        instances={InstanceId(found): reason for found, reason in _PAUSES.all(conn, key)},
        revision=revision[0] if revision else 0,
    )


def _candidate(row: HotRow) -> Candidate:
    (
        found,
        campaign_id,
        contact_id,
        phone,
        name,
        custom,
        opted_out,
        status,
        attempts,
        variation,
        address,
        not_before,
        zone,
        last_instance,
        wrote_at,
        *own,
    ) = row
    return Candidate(
        id=RecipientId(found),
        campaign_id=CampaignId(campaign_id),
        contact_id=ContactId(contact_id),
        phone=phone,
        name=name,
        custom=document(custom),
        opted_out=opted_out is not None,
        status=RecipientStatus(status),
        attempts=attempts,
        variation_id=None if variation is None else VariationId(variation),
        address=address,
        not_before=moment_or_none(not_before),
        zone=zone,
        last_instance_id=None if last_instance is None else InstanceId(last_instance),
        wrote_at=moment_or_none(wrote_at),
        own_text=own[0] if own else None,
    )


def variation_results(conn: sa.Connection, campaign_id: CampaignId) -> list[VariationResult]:
    """Return what became of each variation's messages, from the kept figures."""
    counted: dict[int, dict[str, int]] = {}
    query = sa.select(variation_count.c.variation_id, variation_count.c.kind, variation_count.c.n).where(
        variation_count.c.campaign_id == campaign_id
    )
    for variation_id, kind, n in conn.execute(query):
        counted.setdefault(variation_id, {})[kind] = int(n)
    return [
        VariationResult(VariationId(found), each.get("sent", 0), each.get("read", 0), each.get("replied", 0))
        for found, each in sorted(counted.items())
    ]


def _doubt(row: HotRow) -> Doubt:
    attempt_id, recipient_id, campaign_id, instance_id, contact_id, phone, address, ref, digest, message, *rest = row
    started_ms, since_ms, tries = rest
    return Doubt(
        attempt_id=AttemptId(attempt_id),
        recipient_id=RecipientId(recipient_id),
        campaign_id=CampaignId(campaign_id),
        instance_id=InstanceId(instance_id),
        contact_id=ContactId(contact_id),
        phone=phone,
        address=address,
        client_ref=ref,
        text_digest=digest,
        message_id=message,
        started_at=from_ms(started_ms),
        since=from_ms(since_ms),
        tries=tries,
    )

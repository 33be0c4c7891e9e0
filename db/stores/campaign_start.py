"""Starting a campaign: its draft is frozen and its recipients are materialised, in one transaction with the start."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.draft_document import frozen_document, media_document
from db.queries.audience import CHUNK, conditions, is_talking
from db.queries.number_checks import is_absent
from db.queries.sendable import is_consented, needs_consent
from db.rows import select_instances
from db.stores import suppression
from db.stores.contact_search import index_after
from db.stores.identities import present_phones
from db.stores.number_checks import skips_absent
from db.stores.own_text_start import freeze_own_texts
from db.stores.second_try import skip_reached
from db.stores.twins import skip_twins
from db.tables.campaign import campaign_instance, variation
from db.tables.contact import contact
from db.tables.instance import instance
from db.tables.metadata import Id, literal
from db.tables.provider import message_template
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience, AudienceKind, Campaign, Draft, MessageDraft, SendWindow
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, InstanceId, WorkspaceId
from desktop.domain.numbers import FRESH_FOR
from desktop.domain.place import zone_in
from desktop.domain.recipient import Reason, RecipientStatus
from desktop.domain.template import FrozenTemplate, body_of

ZoneOf = Callable[[str], str]
"""From a phone (E.164) to where it is: the IANA name of its time zone, with its region (`desktop/domain/place.py`)."""

# Long enough for every country and, in Brazil and North America, for the area as well.
_PREFIX = 6


def freeze(conn: sa.Connection, campaign: Campaign, now: datetime, zone_of: ZoneOf | None) -> None:
    """Write the campaign's instances, variations and recipients.

    Raises:
        KnownError: `audience_empty`, `no_message`, `no_instance`, `instance_not_found`, `segment_not_found`,
            `nothing_to_retry`, and what the people's own texts stand in the way with (`own_text_start`).
    """
    if not campaign.draft.messages:
        raise KnownError("no_message", "The campaign has no message.", "Write one.")
    freeze_instances(conn, campaign.workspace_id, campaign.id, campaign.draft)
    freeze_variations(conn, campaign.id, campaign.draft)
    _materialise(conn, campaign, now)
    skip_twins(conn, campaign.workspace_id, campaign.id)
    skip_reached(conn, campaign.id)
    freeze_own_texts(conn, campaign)
    if campaign.draft.window is not None and zone_of is not None:
        fill_zones(conn, campaign.id, campaign.draft.window, zone_of)


def fill_zones_of_edited(conn: sa.Connection, campaign: Campaign, zone_of: ZoneOf | None) -> None:
    """Write the time zones of a campaign that began without a send window, or without holidays, and has them since."""
    window = campaign.draft.window
    if window is None or zone_of is None:
        return
    waiting = recipient.c.status == literal(RecipientStatus.PENDING)
    is_known = recipient.c.zone.contains(" ") if window.holidays else recipient.c.zone > ""
    known = sa.select(recipient.c.id).where(recipient.c.campaign_id == campaign.id, waiting, is_known)
    if conn.execute(known.limit(1)).first() is None:
        fill_zones(conn, campaign.id, window, zone_of)


def fill_zones(conn: sa.Connection, campaign_id: CampaignId, window: SendWindow, zone_of: ZoneOf) -> None:
    """Write the time zone of each recipient, by the beginning of the phone: country and area are in it.

    The region comes along where its holidays may count.
    """
    prefix = sa.func.substr(recipient.c.phone, 1, _PREFIX)
    mine = recipient.c.campaign_id == campaign_id
    samples = conn.execute(sa.select(prefix, sa.func.min(recipient.c.phone)).where(mine).group_by(prefix))
    prefixes: dict[str, list[str]] = {}
    for beginning, phone in samples.all():
        found = zone_of(phone)
        prefixes.setdefault(found if window.holidays else zone_in(found), []).append(beginning)
    for zone, beginnings in prefixes.items():
        for start in range(0, len(beginnings), CHUNK):
            some = prefix.in_(beginnings[start : start + CHUNK])
            conn.execute(sa.update(recipient).where(mine, some).values(zone=zone))


def freeze_instances(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId, draft: Draft) -> None:
    """Write which instances the campaign uses, in rotation order, in place of those it had."""
    if not draft.instances:
        raise KnownError("no_instance", "The campaign has no instance to send through.", "Choose at least one.")
    known = {instance.name: instance.id for instance in select_instances(conn, workspace_id)}
    chosen: list[InstanceId] = []
    for name in dict.fromkeys(draft.instances):
        if name not in known:
            raise KnownError("instance_not_found", f"There is no instance {name}.", "Choose another one.", name=name)
        chosen.append(known[name])
    conn.execute(sa.delete(campaign_instance).where(campaign_instance.c.campaign_id == campaign_id))
    rows = [
        {"campaign_id": campaign_id, "position": position, "instance_id": instance_id}
        for position, instance_id in enumerate(chosen)
    ]
    conn.execute(sa.insert(campaign_instance), rows)


def freeze_variations(conn: sa.Connection, campaign_id: CampaignId, draft: Draft) -> None:
    """Write the messages, in place of those at the same positions.

    A variation that is gone from the draft stays with weight 0: people were sent it, and reports name it.
    """
    query = sa.select(variation.c.position).where(variation.c.campaign_id == campaign_id)
    present = set(conn.execute(query).scalars())
    conn.execute(sa.update(variation).where(variation.c.campaign_id == campaign_id).values(weight=0))
    for position, message in enumerate(draft.messages):
        frozen = _frozen_template(conn, campaign_id, message)
        values: dict[str, Any] = {
            # Reports name a message by its text: of a template, what its author wrote.
            "text": message.text if frozen is None else body_of(frozen.components),
            "weight": message.weight,
            "media": media_document(message.media),
            "template": None if frozen is None else frozen_document(frozen),
        }
        if position in present:
            at = (variation.c.campaign_id == campaign_id) & (variation.c.position == position)
            conn.execute(sa.update(variation).where(at).values(values))
        else:
            conn.execute(sa.insert(variation).values(campaign_id=campaign_id, position=position, **values))


def _frozen_template(conn: sa.Connection, campaign_id: CampaignId, message: MessageDraft) -> FrozenTemplate | None:
    """Return a message's template with its present definition, from an account that the campaign sends through.

    Raises:
        KnownError: `template_unknown`, when none of them is known to have it.
    """
    use = message.template
    if use is None:
        return None
    accounts = (
        sa.select(instance.c.waba_id)
        .join(campaign_instance, campaign_instance.c.instance_id == instance.c.id)
        .where(campaign_instance.c.campaign_id == campaign_id, instance.c.waba_id.is_not(None))
    )
    wanted = (message_template.c.parameter_format, message_template.c.components, message_template.c.category)
    query = sa.select(*wanted).where(
        message_template.c.waba_id.in_(accounts),
        message_template.c.name == use.name,
        message_template.c.language == use.language,
    )
    found = conn.execute(query).first()
    if found is None:
        raise KnownError(
            "template_unknown",
            f"The template {use.name} ({use.language}) is not known.",
            "Refresh the list of templates, or choose another one.",
            name=use.name,
            language=use.language,
        )
    return FrozenTemplate(use, found.parameter_format, tuple(found.components), found.category)


def _materialise(conn: sa.Connection, campaign: Campaign, now: datetime) -> None:
    """Make a recipient of everybody in the audience, in the order of the contacts; skipped who may not be sent to."""
    audience = campaign.draft.audience
    waiting = 0
    if audience is not None:
        if audience.kind is AudienceKind.PHONES:
            present = present_phones(conn, campaign.workspace_id, audience.values)
            phones = dict.fromkeys(present.get(phone, phone) for phone in audience.values)
            audience = replace(audience, values=tuple(phones))
            _add_unknown_phones(conn, campaign.workspace_id, audience, now)
        for condition in conditions(conn, campaign.workspace_id, audience, now):
            waiting += _add_recipients(conn, campaign, condition, now)
    if not waiting:
        raise KnownError("audience_empty", "Nobody is left to send to.", "Choose an audience that has contacts.")


def _add_recipients(conn: sa.Connection, campaign: Campaign, condition: sa.ColumnElement[bool], now: datetime) -> int:
    """Insert the recipients of one condition; return how many people it has that may be sent to."""
    # Whatever the campaign says: an opt-out always wins.
    is_opted_out = contact.c.opted_out_at.is_not(None)
    is_busy = is_talking(now) if campaign.draft.skip_active_conversations else sa.literal_column("1 = 0", sa.Boolean)
    no_one = sa.literal_column("1 = 0", sa.Boolean)
    is_gone = is_absent(now - FRESH_FOR) if skips_absent(conn, campaign.workspace_id) else no_one
    is_unknown = sa.not_(is_consented()) if needs_consent(conn, campaign.workspace_id) else no_one
    is_left_out = is_opted_out | is_unknown | is_gone | is_busy
    people = (
        sa.select(
            sa.literal(campaign.id, Id),
            contact.c.id,
            contact.c.phone,
            sa.case((is_left_out, literal(RecipientStatus.SKIPPED)), else_=literal(RecipientStatus.PENDING)),
            sa.case(
                (is_opted_out, literal(Reason.OPTED_OUT)),
                (is_unknown, literal(Reason.NO_CONSENT)),
                (is_gone, literal(Reason.NOT_ON_WHATSAPP)),
                (is_busy, literal(Reason.ACTIVE_CONVERSATION)),
                else_=sa.null(),
            ),
            sa.literal_column("0", sa.Integer),
        )
        .where(condition)
        .order_by(contact.c.id)
    )
    columns = ["campaign_id", "contact_id", "phone", "status", "reason", "attempts"]
    conn.execute(sa.insert(recipient).from_select(columns, people, include_defaults=False))
    may_be_sent_to = sa.select(sa.func.count()).select_from(contact).where(condition, sa.not_(is_left_out))
    return conn.execute(may_be_sent_to).scalar_one()


def _add_unknown_phones(conn: sa.Connection, workspace_id: WorkspaceId, audience: Audience, now: datetime) -> None:
    """Make contacts of the phones of a custom list that are none yet."""
    known: set[str] = set()
    for condition in conditions(conn, workspace_id, audience, now):
        known.update(conn.execute(sa.select(contact.c.phone).where(condition)).scalars())
    rows: list[dict[str, Any]] = [
        {"workspace_id": workspace_id, "phone": phone, "name": "", "custom": {}, "created_at": now, "updated_at": now}
        for phone in dict.fromkeys(audience.values)
        if phone not in known
    ]
    if rows:
        last = conn.execute(sa.select(sa.func.coalesce(sa.func.max(contact.c.id), 0))).scalar_one()
        conn.execute(sa.insert(contact), rows)
        index_after(conn, last)
        added = sa.select(contact.c.phone, contact.c.id).where(contact.c.id > last)
        suppression.refuse_listed(conn, workspace_id, dict(conn.execute(added).all()))

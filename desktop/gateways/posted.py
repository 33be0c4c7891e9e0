"""Reads what gateways post to the receiver. Pure, and trusts no type it is given; the signature was verified before."""

from collections.abc import Sequence
from datetime import datetime

from desktop.domain.instance import Gateway, Instance
from desktop.domain.receipt import Inbound
from desktop.gateways import cloud_events, evolution_events, waha_events
from desktop.gateways.evolution_records import fields_of, text_of


def parse_posted(instances: Sequence[Instance], body: object, at: datetime) -> list[Inbound]:
    """Return what a body says about the given instances (of one gateway); what concerns others is left out.

    Args:
        at: when it arrived. Gateways deliver again what we missed, so their own times are old.
    """
    if not instances:
        return []
    match instances[0].gateway:
        case Gateway.CLOUD:
            return cloud_events.parse_webhook(body, instances, at)
        case Gateway.EVOLUTION:
            return _evolution(instances[0], body, at)
        case Gateway.WAHA:
            return _waha(instances[0], body, at)


def _evolution(instance: Instance, body: object, at: datetime) -> list[Inbound]:
    fields = fields_of(body)
    event, name = text_of(fields.get("event")), text_of(fields.get("instance"))
    if event is None or name != instance.remote_name:
        return []
    # Some versions post the event in the upper snake form of the configuration.
    return evolution_events.inbound(event.lower().replace("_", "."), body, instance.id, at)


def _waha(instance: Instance, body: object, at: datetime) -> list[Inbound]:
    if waha_events.session_of(body) != instance.remote_name:
        return []
    return waha_events.parse_event(body, instance.id, at)

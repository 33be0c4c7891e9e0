"""Asks an Evolution server for the messages that people wrote while nobody listened. Source: gateways.md §7.E."""

from datetime import UTC, datetime

from desktop.domain.ids import InstanceId
from desktop.domain.receipt import Reply
from desktop.gateways.evolution_events import inbound
from desktop.gateways.evolution_records import epoch_seconds, fields_of, items_of
from desktop.gateways.http import HttpClient, json_body, json_of

SEARCH_S = 30.0
PAGE_SIZE = 50
MOST_PAGES = 100


async def missed_replies(
    http: HttpClient, name: str, instance_id: InstanceId, since: datetime, now: datetime
) -> list[Reply] | None:
    """Return what people wrote to an instance since then; None when the server does not answer for all of it.

    A server that stores no messages shows none.
    """
    # Both ends, or the filter is ignored; and some versions ignore it all the same.
    span = {"gte": _iso(since), "lte": _iso(now.replace(year=now.year + 1, day=1))}
    found: list[Reply] = []
    for number in range(1, MOST_PAGES + 1):
        body = json_body({"where": {"messageTimestamp": span}, "page": number, "offset": PAGE_SIZE})
        answer = await http.post("chat", "findMessages", name, body=body, timeout_s=SEARCH_S)
        box = fields_of(fields_of(json_of(answer)).get("messages"))
        if not isinstance(box.get("records"), list):
            return None
        records = [fields_of(record) for record in items_of(box.get("records"))]
        fresh = [each for each in records if (epoch_seconds(each.get("messageTimestamp")) or 0) >= since.timestamp()]
        for record in fresh:
            found += [
                item
                for item in inbound("messages.upsert", {"data": record}, instance_id, now)
                if isinstance(item, Reply)
            ]
        pages = box.get("pages")
        is_last = number >= pages if isinstance(pages, int) else len(records) < PAGE_SIZE
        if is_last or not fresh:
            break
    return found[::-1]  # the oldest first


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

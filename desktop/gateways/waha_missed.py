"""Asks a WAHA server for the messages that people wrote while nobody listened. Source: gateways.md §7.W.

The engines without a browser show all chats at once; of the others the newest message of each chat is read, which is
what a person who wants no more has written.
"""

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.ids import InstanceId
from desktop.domain.receipt import Reply
from desktop.gateways.evolution_records import epoch_seconds, fields_of, items_of
from desktop.gateways.http import HttpClient, json_of
from desktop.gateways.waha_engine import WahaFacts
from desktop.gateways.waha_events import parse_event

SEARCH_S = 60.0
PAGE_SIZE = 100
MOST_PAGES = 50


async def missed_replies(
    http: HttpClient, session: str, facts: WahaFacts, instance_id: InstanceId, since: datetime, now: datetime
) -> list[Reply] | None:
    """Return what people wrote to a session since then; None when the server does not answer for all of it."""
    found: dict[str, Reply] = {}
    seen: set[str] = set()
    for number in range(MOST_PAGES):
        paging = {"limit": str(PAGE_SIZE), "offset": str(number * PAGE_SIZE)}
        rows = await _page(http, session, facts, since, paging)
        if rows is None:
            return None
        new = [row for row in rows if str(row.get("id")) not in seen]
        seen.update(str(row.get("id")) for row in new)
        for row in new:
            if (epoch_seconds(row.get("timestamp")) or 0) < since.timestamp():
                continue
            for item in parse_event({"event": "message", "payload": row}, instance_id, now):
                if isinstance(item, Reply):
                    found[item.message_id] = item
        if not new:
            break
    return list(found.values())[::-1]  # the oldest first


async def _page(
    http: HttpClient, session: str, facts: WahaFacts, since: datetime, paging: Mapping[str, str]
) -> list[Mapping[str, object]] | None:
    if facts.is_headless:
        filters = {"filter.fromMe": "false", "filter.timestamp.gte": str(int(since.timestamp()))}
        params: Mapping[str, str] = {**paging, **filters, "downloadMedia": "false", "sortOrder": "desc"}
        path = ("api", session, "chats", "all", "messages")
    else:
        params, path = paging, ("api", session, "chats", "overview")
    answer = await http.get(*path, params=params, timeout_s=SEARCH_S)
    rows = items_of(json_of(answer))
    if not rows and json_of(answer) != []:
        return None
    read = map(fields_of, rows)
    return list(read) if facts.is_headless else [fields_of(row.get("lastMessage")) for row in read]

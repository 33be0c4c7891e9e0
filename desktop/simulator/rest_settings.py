"""Endpoints under `/websocket` and `/webhook`: where an instance's events go.

Webhook settings are kept and shown; this simulator does not post to them.
"""

import time

from desktop.simulator import answers, ids
from desktop.simulator.answers import Answer
from desktop.simulator.bodies import event_list_refusal
from desktop.simulator.state import ALL_EVENTS, Channel, Json, as_object
from desktop.simulator.world import Call, Routes


def channel_of(kind: str, body: Json, present: Channel | None) -> Channel | None:
    """Return the setting that `body` asks for; None when it does not mention `kind`.

    A repeated setting keeps the row's id, its moment of creation and what the body leaves out.
    """
    setting = as_object(body.get(kind))
    if setting is None:
        return None
    now = time.time()
    return Channel(
        row_id=present.row_id if present else ids.row_id(),
        is_enabled=bool(setting.get("enabled", True)),
        events=tuple(setting.get("events") or ALL_EVENTS),
        created_at=present.created_at if present else now,
        updated_at=now,
        url=setting.get("url", present.url if present else ""),
        headers=setting.get("headers"),
        by_events=setting.get("byEvents", present.by_events if present else None),
        base64=setting.get("base64", present.base64 if present else None),
    )


class SettingEndpoints:
    """Answer what concerns event channels."""

    def routes(self) -> Routes:
        """Return the endpoints by method, first and second part of the path."""
        return {
            ("POST", "websocket", "set"): self.set_websocket,
            ("GET", "websocket", "find"): self.find_websocket,
            ("POST", "webhook", "set"): self.set_webhook,
            ("GET", "webhook", "find"): self.find_webhook,
        }

    async def set_websocket(self, call: Call) -> Answer:
        """Choose which events go out by socket.io."""
        if refusal := event_list_refusal("websocket", call.body):
            return refusal
        call.present.websocket = channel_of("websocket", call.body, call.present.websocket)
        return Answer(201, answers.websocket_row(call.present.websocket, call.present))

    async def find_websocket(self, call: Call) -> Answer:
        """Show the socket.io setting."""
        return Answer(200, answers.websocket_row(call.present.websocket, call.present))

    async def set_webhook(self, call: Call) -> Answer:
        """Choose where events are posted."""
        if refusal := event_list_refusal("webhook", call.body):
            return refusal
        instance = call.present
        instance.webhook = channel_of("webhook", call.body, instance.webhook)
        return Answer(201, answers.webhook_row(instance.webhook, instance))

    async def find_webhook(self, call: Call) -> Answer:
        """Show the webhook setting."""
        return Answer(200, answers.webhook_row(call.present.webhook, call.present))

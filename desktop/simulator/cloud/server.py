"""The practice Cloud API: the same host as the others', with Meta's Graph paths and signed webhooks.

POST /_control/subscribe   {"url", "verify_token"}                   where webhooks go, as `subscribed_apps` sets it
POST /_control/preference  {"instance", "number", "value"}           a person says stop or resume to marketing
POST /_control/quality     {"instance", "event"}                     FLAGGED or UNFLAGGED
POST /_control/messaging_limit {"limit"}                             of the portfolio, as Meta names it: TIER_250 …
POST /_control/template    {"name", "language", "event", "reason"?}  REJECTED, PAUSED, APPROVED …
"""

import time
from collections.abc import Mapping
from typing import Any

from desktop.domain.errors import KnownError
from desktop.simulator.answers import Answer
from desktop.simulator.behaviour import Behaviour
from desktop.simulator.cloud import answers
from desktop.simulator.cloud.endpoints import CloudEndpoints
from desktop.simulator.cloud.events import APP_SECRET, PATH, CloudEvents, CloudTeller
from desktop.simulator.cloud.rest import GraphRest
from desktop.simulator.control import Command, instance_of, text_member
from desktop.simulator.numbers import resolved_jid
from desktop.simulator.receipts import Teller
from desktop.simulator.server import Handler, Simulator
from desktop.simulator.state import Json, Store
from desktop.simulator.world import Call, EventHub


class CloudSimulator(Simulator):
    """A practice Cloud API: its token is the key, its numbers belong to one account."""

    gateway = "cloud"
    socket_path = PATH

    def _make_events(self, store: Store, behaviour: Behaviour) -> tuple[EventHub, Teller]:
        self._events = CloudEvents(lambda: self._world.behaviour)
        self._teller = CloudTeller(self._events)
        return self._events, self._teller

    def _make_rest(self) -> Handler:
        self._endpoints = CloudEndpoints(self._world, self._teller, self._events)
        return GraphRest(self._world, self._endpoints.route, self._closing, self.go_away)

    @property
    def own_facts(self) -> Json:
        """Return what is needed besides address and key, to be printed and set up by hand."""
        phone_ids = {name: answers.phone_id_of(name) for name in self._names}
        return {"waba_id": answers.WABA_ID, "phone_ids": phone_ids, "app_secret": APP_SECRET}

    @property
    def own_controls(self) -> Mapping[tuple[str, str], Command]:
        return {
            ("POST", "subscribe"): self._subscribe,
            ("POST", "preference"): self._prefer,
            ("POST", "quality"): self._judge_number,
            ("POST", "messaging_limit"): self._limit_portfolio,
            ("POST", "template"): self._judge_template,
        }

    async def _subscribe(self, call: Call) -> Answer:
        url, token = text_member(call.body, "url"), text_member(call.body, "verify_token")
        if not await self._events.subscribe(url, token):
            raise KnownError("not_verified", "The address did not answer the challenge.", "Is its receiver running?")
        return Answer(200, {"url": url})

    def _prefer(self, call: Call) -> Answer:
        instance, number = instance_of(call, self._world), text_member(call.body, "number")
        value = text_member(call.body, "value")
        wa_id = resolved_jid(number).partition("@")[0]
        row = {"wa_id": wa_id, "value": value, "category": "marketing_messages", "timestamp": str(int(time.time()))}
        contacts = [{"profile": {"name": ""}, "wa_id": wa_id}]
        told: Json = answers.about(instance) | {"contacts": contacts, "user_preferences": [row]}
        self._events.tell(instance, "user_preferences", told)
        return Answer(200, {"wa_id": wa_id, "value": value})

    def _limit_portfolio(self, call: Call) -> Answer:
        self._endpoints.messaging_limit = text_member(call.body, "limit")
        return Answer(200, {"limit": self._endpoints.messaging_limit})

    def _judge_number(self, call: Call) -> Answer:
        instance, event = instance_of(call, self._world), text_member(call.body, "event")
        self._endpoints.quality[instance.name] = "RED" if event == "FLAGGED" else "GREEN"
        phone: Any = answers.about(instance)["metadata"]["display_phone_number"]
        told: Json = {"display_phone_number": phone, "event": event, "current_limit": self._endpoints.messaging_limit}
        self._events.tell(instance, "phone_number_quality_update", told)
        return Answer(200, told)

    def _judge_template(self, call: Call) -> Answer:
        name, language = text_member(call.body, "name"), text_member(call.body, "language")
        event, reason = text_member(call.body, "event"), str(call.body.get("reason") or "NONE")
        row = self._endpoints.judge_template(name, language, event, reason)
        if row is None:
            raise KnownError("template_unknown", f"There is no template {name} in {language}.")
        told: Json = {
            "event": event,
            "message_template_id": int(row["id"]),
            "message_template_name": name,
            "message_template_language": language.replace("_", "-"),
            "reason": reason,
        }
        self._events.tell(next(iter(self._world.store.instances.values())), "message_template_status_update", told)
        return Answer(200, told)

"""Endpoints under `/instance`, plus the two without an instance: `/` and `/verify-creds`."""

import asyncio
from typing import Any

from desktop.simulator import answers, ids
from desktop.simulator.answers import Answer, error
from desktop.simulator.bodies import event_list_refusal, schema_refusal
from desktop.simulator.rest_settings import channel_of
from desktop.simulator.state import BAILEYS, BUSINESS, DEFAULT_SETTINGS, INTEGRATIONS, Instance, Json
from desktop.simulator.world import Call, Routes, World


class InstanceEndpoints:
    """Answer what concerns the life of an instance."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Routes:
        """Return the endpoints by method, first and second part of the path."""
        return {
            ("GET", "", ""): self.welcome,
            ("POST", "verify-creds", ""): self.verify_key,
            ("GET", "instance", "fetchInstances"): self.list_all,
            ("POST", "instance", "create"): self.create,
            ("GET", "instance", "connect"): self.connect,
            ("GET", "instance", "connectionState"): self.state,
            ("POST", "instance", "restart"): self.restart,
            ("POST", "instance", "setPresence"): self.set_presence,
            ("DELETE", "instance", "logout"): self.logout,
            ("DELETE", "instance", "delete"): self.delete,
        }

    async def welcome(self, call: Call) -> Answer:
        """Say hello, with the version."""
        url = self._world.events.server_url
        return Answer(
            200,
            {
                "status": 200,
                "message": "Welcome to the Evolution API, it is working!",
                "version": self._world.behaviour.version,
                "clientName": "evolution_gw",
                "manager": f"{url}/manager",
                "documentation": "https://doc.evolution-api.com",
                "whatsappWebVersion": "2.3000.1027934701",
            },
        )

    async def verify_key(self, call: Call) -> Answer:
        """Confirm the global key; the guard has already refused all others."""
        none = {"facebookAppId": "", "facebookConfigId": "", "facebookUserToken": ""}
        return Answer(200, {"status": 200, "message": "Credentials are valid", **none})

    async def list_all(self, call: Call) -> Answer:
        """List instances: all with the global key, its own with an instance token."""
        instances = list(self._world.store.instances.values())
        if call.key != self._world.api_key:
            instances = [instance for instance in instances if instance.token == call.key]
        name = call.query.get("instanceName")
        if name is not None:
            instances = [instance for instance in instances if instance.name == name]
            if not instances:
                return error(404, [f'Instance "{name}" not found'])
        for attribute, wanted in (("id", call.query.get("instanceId")), ("number", call.query.get("number"))):
            if wanted is not None:
                instances = [instance for instance in instances if getattr(instance, attribute) == wanted]
        return Answer(200, [self._row(instance) for instance in instances])

    async def create(self, call: Call) -> Answer:
        """Create an instance; with `qrcode` wait for the first code."""
        refusal = self._create_refusal(call.body)
        if refusal:
            return refusal
        instance = _new_instance(call.body)
        self._world.store.add_instance(instance)
        self._world.events.emit(instance, "instance.create", {"instanceName": instance.name, "instanceId": instance.id})
        instance.webhook = channel_of("webhook", call.body, None)
        instance.websocket = channel_of("websocket", call.body, None)
        with_qr = instance.integration == BAILEYS and bool(call.body.get("qrcode"))
        if with_qr:
            self._world.lifecycle.connect(instance, instance.number)
            await self._wait_for_qr()
        return Answer(201, answers.created(instance, instance.qr, with_qr=with_qr))

    async def connect(self, call: Call) -> Answer:
        """Start or continue a sign-in and return the code on show."""
        instance = call.present
        if instance.state == "open":
            return Answer(200, answers.state_of(instance))
        if instance.integration != BAILEYS:
            return Answer(200, {})
        is_first = instance.state == "close"
        self._world.lifecycle.connect(instance, call.query.get("number"))
        if is_first:
            await self._wait_for_qr()
        return Answer(200, answers.qr_body(instance.qr))

    async def state(self, call: Call) -> Answer:
        """Return the connection state."""
        return Answer(200, answers.state_of(call.present))

    async def restart(self, call: Call) -> Answer:
        """Restart the connection; a failure is answered 200 with `error`, as the real server does."""
        instance = call.present
        if instance.integration != BAILEYS:
            return Answer(200, answers.state_of(instance))
        if instance.state == "close":
            message = f'The "{instance.name}" instance is not connected'
            return Answer(200, {"error": True, "message": message})
        body = answers.state_of(instance)  # recorded: still the state before the restart
        if instance.state == "open":
            self._world.lifecycle.restart(instance)
        return Answer(200, body)

    async def set_presence(self, call: Call) -> Answer:
        """Set the instance's own presence."""
        refusal = schema_refusal("setPresence", call.body)
        return refusal or Answer(201, {"presence": call.body["presence"]})

    async def logout(self, call: Call) -> Answer:
        """Sign the number out."""
        if call.present.state == "close":
            return error(400, [f'The "{call.name}" instance is not connected'])
        self._world.lifecycle.logout(call.present)
        return answers.DONE_LOGOUT

    async def delete(self, call: Call) -> Answer:
        """Sign out if need be and remove the instance with all it holds."""
        if call.present.state != "close":
            self._world.lifecycle.logout(call.present)
        self._world.lifecycle.forget(call.present)
        return answers.DONE_DELETE

    def _create_refusal(self, body: Json) -> Answer | None:
        name: Any = body.get("instanceName")
        if not isinstance(name, str) or not name:
            return error(400, [["instanceName is required"]])
        if name in self._world.store.instances:
            return error(403, [f'This name "{name}" is already in use.'])
        integration = body.get("integration", BAILEYS)
        if integration not in INTEGRATIONS:
            return error(400, ["Invalid integration"])
        if integration == BUSINESS and not body.get("number"):
            return error(400, ["number is required"])
        for kind in ("webhook", "websocket"):
            refusal = event_list_refusal(kind, body) if isinstance(body.get(kind), dict) else None
            if refusal:
                return refusal
        return None

    async def _wait_for_qr(self) -> None:
        await asyncio.sleep(self._world.behaviour.connect_wait_s / self._world.behaviour.speed)

    def _row(self, instance: Instance) -> Json:
        store = self._world.store
        contacts = sum(1 for name, _ in store.contacts if name == instance.name)
        return answers.instance_row(instance, len(store.messages(instance.name)), contacts)


def _new_instance(body: Json) -> Instance:
    integration = body.get("integration", BAILEYS)
    name: str = body["instanceName"]
    return Instance(
        name=name,
        token=body.get("token") or ids.stable_uuid("token", name).upper(),
        integration=integration,
        state="close" if integration == BAILEYS else "open",
        number=body.get("number"),
        business_id=body.get("businessId"),
        settings={key: body.get(key, value) for key, value in DEFAULT_SETTINGS.items()},
    )

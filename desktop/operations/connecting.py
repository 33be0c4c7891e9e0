"""What an operator does with a number at its gateway: pair, mend, log out, delete."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.inbound_hook import app_secret_name, key_name
from desktop.domain.instance import ConnectionOptions, ConnectionState, Gateway, Instance
from desktop.domain.operator import Deed, Permit, anybody
from desktop.domain.summaries import InstanceSummary
from desktop.engine.ports import (
    Clock,
    GatewayAdmin,
    GatewayFactory,
    InstanceStatus,
    PairingCode,
)
from desktop.operations.audit import Note, nowhere
from desktop.operations.ports import InstanceWrites, MakeAdmin, Secrets, Steps
from desktop.operations.provider import ProviderDesk

_NO_ANSWER = "unreachable"


class Numbers(Protocol):
    """The part of the library that is asked for."""

    async def instances(self) -> Sequence[InstanceSummary]: ...


@dataclass(frozen=True, slots=True)
class ConnectionParts:
    """What the composition root hands over."""

    library: Numbers
    steps: Steps
    instances: InstanceWrites
    provider: ProviderDesk
    secrets: Secrets
    clients: GatewayFactory
    make_admin: MakeAdmin
    clock: Clock
    permit: Permit = anybody
    note: Note = nowhere


class Connections:
    """Intentions about numbers at their gateway. What a gateway refuses is a KnownError with the code of its answer."""

    def __init__(self, parts: ConnectionParts) -> None:
        self._connections = parts
        self._provider = parts.provider

    async def create_at_gateway(
        self, gateway: Gateway, base_url: str, token: str, name: str, *, options: ConnectionOptions | None = None
    ) -> None:
        """Make an instance at the gateway; it is not added here yet.

        Raises:
            KnownError: `gateway_not_supported`, `name_taken`, or what the gateway refuses with.
        """
        by = await self._connections.permit(Deed.INSTANCES)
        admin = self._connections.make_admin(gateway, base_url, token, options=options)
        try:
            _refuse(await admin.create(name))
        finally:
            await admin.close()
        await self._connections.note("gateway_created", by, name=name)

    async def check_instance(self, instance_id: InstanceId, *, explain: bool = False) -> ConnectionState:
        """Ask the gateway now; `unknown` when it cannot be reached. What it says is kept in any case.

        Raises:
            KnownError: with `explain`, why the gateway was not reached or does not let us in: `unreachable`,
                `unauthorised`, `licence_required`, `client_cert_required` and the like.
        """
        await self._connections.permit(Deed.READ)
        status = await self._refresh(await self._instance(instance_id))
        if explain:
            _refuse(_obstacle(status))
        return status.state if status else ConnectionState.UNKNOWN

    async def pairing(self, instance_id: InstanceId, phone: str | None = None) -> PairingCode | None:
        """Ask for the present QR code; with a phone (E.164) for a new pairing code. None: the gateway is not reached.

        Raises:
            KnownError: what the gateway refuses a pairing code with.
        """
        by = await self._connections.permit(Deed.INSTANCES)
        instance = await self._instance(instance_id)
        if phone is not None:
            code = await self._code_for(instance, phone)
            await self._connections.note("pairing_code", by, instance_id)
            return code
        client = self._connections.clients(instance)
        try:
            return await client.connect()
        finally:
            await client.close()

    async def _code_for(self, instance: Instance, phone: str) -> PairingCode:
        admin = await self._admin(instance)
        try:
            found = await admin.connect(instance.remote_name, phone)
            if found == "no_code":
                # Evolution answers a sign-in that shows a QR code already with that code: it is ended, and begun anew
                # with the phone. Source: gateways.md §2.E, connect in state connecting.
                await admin.logout(instance.remote_name)
                found = await admin.connect(instance.remote_name, phone)
        finally:
            await admin.close()
        if isinstance(found, str):
            raise _refusal(found)
        return found

    async def restart_instance(self, instance_id: InstanceId) -> None:
        """Have the gateway restart its connection to WhatsApp."""
        by = await self._connections.permit(Deed.INSTANCES)
        instance = await self._instance(instance_id)
        admin = await self._admin(instance)
        try:
            _refuse(await admin.restart(instance.remote_name))
        finally:
            await admin.close()
        await self._connections.note("gateway_restarted", by, instance_id)
        await self._refresh(instance)

    async def log_out_instance(self, instance_id: InstanceId) -> None:
        """Unpair the phone at the gateway: somebody has to scan again."""
        by = await self._connections.permit(Deed.INSTANCES)
        instance = await self._instance(instance_id)
        admin = await self._admin(instance)
        try:
            _refuse(await admin.logout(instance.remote_name))
        finally:
            await admin.close()
        await self._connections.note("gateway_logged_out", by, instance_id)
        await self._refresh(instance)

    async def delete_at_gateway(self, instance_id: InstanceId) -> None:
        """Delete an instance at the gateway and remove it here; nothing at all is done when either is refused at once.

        Raises:
            KnownError: `instance_in_use`, `unreachable` and the like before anything was done; `deleted_here_only`.
        """
        await self._connections.permit(Deed.INSTANCES)
        instance = await self._instance(instance_id)
        admin = await self._admin(instance)
        try:
            _refuse(_obstacle(await admin.state(instance.remote_name)))
            await self.remove_instance(instance_id)
            code = await admin.delete(instance.remote_name)
        finally:
            await admin.close()
        if code is not None:
            raise KnownError(
                "deleted_here_only",
                f"{instance.name} is removed here, but the gateway did not delete it: {code}.",
                "Delete it in the gateway's own pages.",
                reason=code,
            )

    async def remove_instance(self, instance_id: InstanceId) -> None:
        """Remove an instance here; the gateway keeps it."""
        by = await self._connections.permit(Deed.INSTANCES)
        removed = await self._connections.instances.remove(instance_id, self._moment(), by)
        secrets, note = self._connections.secrets, self._connections.note
        signs = await asyncio.to_thread(secrets.get, app_secret_name(removed))
        for name in (removed.secret_name, key_name(removed), app_secret_name(removed)):
            await asyncio.to_thread(secrets.delete, name)
        await note("secret_removed", by, instance_id, secret="gateway_token")
        if signs:
            await note("secret_removed", by, instance_id, secret="app_secret")

    async def _admin(self, instance: Instance) -> GatewayAdmin:
        key = await asyncio.to_thread(self._connections.secrets.get, instance.secret_name)
        if not key:
            raise KnownError("token_missing", f"There is no key stored for {instance.name}.", name=instance.name)
        return self._connections.make_admin(instance.gateway, instance.base_url, key, options=instance.options)

    async def _instance(self, instance_id: InstanceId) -> Instance:
        for summary in await self._connections.library.instances():
            if summary.instance.id == instance_id:
                return summary.instance
        raise KnownError("instance_not_found", "That instance is not there any more.", "Look at the list again.")

    async def _refresh(self, instance: Instance) -> InstanceStatus | None:
        client = self._connections.clients(instance)
        try:
            status = await client.status()
            if status is not None and status.state is ConnectionState.CONNECTED:
                await self._provider.look(instance, client)
        finally:
            await client.close()
        state = status.state if status else ConnectionState.UNKNOWN
        phone = status.phone if status else None
        await self._connections.steps.set_instance_state(instance.id, state, self._moment(), phone)
        return status

    def _moment(self) -> datetime:
        return self._connections.clock.now()


def _obstacle(status: InstanceStatus | None) -> str | None:
    if status is None:
        return _NO_ANSWER
    return (status.reason or "unauthorised") if status.state is ConnectionState.UNAUTHORISED else None


def _refuse(code: str | None) -> None:
    if code is not None:
        raise _refusal(code)


def _refusal(code: str) -> KnownError:
    return KnownError(code, f"The gateway refuses: {code}.")

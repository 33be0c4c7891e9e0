"""What Meta says of a number and of its account's templates: asked for, and kept for whoever reads it later."""

import logging
from collections.abc import Sequence
from typing import Protocol

from desktop.domain.errors import KnownError
from desktop.domain.instance import Instance
from desktop.domain.template import MessageTemplate, NumberFacts
from desktop.engine.ports import Clock, GatewayClient, GatewayFactory, ProviderClient
from desktop.operations.ports import ProviderWrites

log = logging.getLogger(__name__)


class ProviderDesk:
    """Asks the provider about the instances that are its own (the Cloud API's); the others have no such thing."""

    def __init__(self, clients: GatewayFactory, store: ProviderWrites, clock: Clock) -> None:
        self._clients, self._store, self._clock = clients, store, clock

    async def templates(self, instance: Instance) -> Sequence[MessageTemplate]:
        """Read the account's templates anew and keep them.

        Raises:
            KnownError: `not_a_provider`, `provider_refused`.
        """
        client = self._client(instance)
        try:
            found = await client.templates()
        finally:
            await client.close()
        if isinstance(found, str):
            raise _refusal(found, instance)
        await self._store.replace_templates(instance.waba_id or "", found, self._clock.now())
        return found

    async def facts(self, instance: Instance) -> NumberFacts:
        """Ask what Meta says of the number, and keep it.

        Raises:
            KnownError: `not_a_provider`, `provider_refused`.
        """
        client = self._client(instance)
        try:
            found = await client.facts()
        finally:
            await client.close()
        if isinstance(found, str):
            raise _refusal(found, instance)
        await self._store.keep_facts(instance.id, found, self._clock.now())
        return found

    async def look(self, instance: Instance, client: GatewayClient) -> None:
        """Ask for both by the way, when the instance is looked at; what is refused changes nothing."""
        if not isinstance(client, ProviderClient):
            return
        facts = await client.facts()
        if not isinstance(facts, str):
            await self._store.keep_facts(instance.id, facts, self._clock.now())
        templates = await client.templates()
        if not isinstance(templates, str):
            await self._store.replace_templates(instance.waba_id or "", templates, self._clock.now())
        refused = [each for each in (facts, templates) if isinstance(each, str)]
        if refused:
            log.info("%s: the provider did not tell everything: %s", instance.name, ", ".join(refused))

    def _client(self, instance: Instance) -> "_Asked":
        client = self._clients(instance)
        if isinstance(client, ProviderClient):
            return client
        raise KnownError(
            "not_a_provider",
            f"{instance.name} is not a number of the Cloud API.",
            "Only Meta's own API has templates and facts of a number.",
            name=instance.name,
        )


class _Asked(ProviderClient, GatewayClient, Protocol):
    """A client of the provider's own gateway."""


def _refusal(code: str, instance: Instance) -> KnownError:
    return KnownError(
        "provider_refused",
        f"Meta does not tell this about {instance.name}: {code}.",
        "Test the connection.",
        name=instance.name,
        reason=code,
    )

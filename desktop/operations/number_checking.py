"""The bulk question "are these people on WhatsApp?": batch by batch, each durable, at a pace that harms no number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from desktop.domain.errors import KnownError
from desktop.domain.ids import ContactId
from desktop.domain.instance import ConnectionState, Instance
from desktop.domain.numbers import KnownNumbers, NumberCheck
from desktop.domain.operator import Deed, Permit, anybody
from desktop.domain.summaries import InstanceSummary
from desktop.engine.ports import Clock, GatewayClient, GatewayFactory
from desktop.policy.number_checks import CheckPace, check_pace, next_gap_s

LONGEST_SLEEP_S = 1.0  # so that a cancel is noticed soon
MOST_SILENT = 3  # batches in a row without any answer: the gateway is not there, and asking on would help nobody

Progress = Callable[[int, int], None]
"""People asked about so far, of how many."""


class CheckWrites(Protocol):
    async def unchecked(
        self, tag: str | None, since: datetime, after: int, limit: int
    ) -> Sequence[tuple[ContactId, str]]: ...

    async def known(self, tag: str | None, since: datetime) -> tuple[int, int]: ...

    async def overview(self, tag: str | None, since: datetime) -> KnownNumbers: ...

    async def keep(self, checks: Mapping[str, NumberCheck], now: datetime) -> None: ...


class Numbers(Protocol):
    """The part of the library that is asked for."""

    async def instances(self) -> Sequence[InstanceSummary]: ...


@dataclass(frozen=True, slots=True)
class CheckResult:
    """People, by what came of it. Who is known from before (`from_cache`) was not asked about again.

    `checked` were answered for now, and are `on_whatsapp` or `not_on_whatsapp`; for `failed` no answer came.
    """

    on_whatsapp: int = 0
    not_on_whatsapp: int = 0
    failed: int = 0
    from_cache: int = 0
    seconds: float = 0.0

    @property
    def checked(self) -> int:
        return self.on_whatsapp + self.not_on_whatsapp


def asking_instance(summaries: Sequence[InstanceSummary], name: str | None) -> Instance:
    """Return the number to ask through: the named one, or the first connected one whose gateway has the check.

    Raises:
        KnownError: `instance_not_found`, `check_not_offered`, `no_instance_to_check`.
    """
    instances = [summary.instance for summary in summaries]
    if name is not None:
        found = next((instance for instance in instances if instance.name == name), None)
        if found is None:
            raise KnownError("instance_not_found", f"There is no instance {name}.", "Choose another one.", name=name)
        if check_pace(found.gateway) is None:
            raise KnownError(
                "check_not_offered",
                f"{name} cannot tell who is on WhatsApp.",
                "Choose a number of Evolution API or WAHA.",
                name=name,
            )
        return found
    for instance in instances:
        is_ready = instance.state is ConnectionState.CONNECTED and instance.pause_reason is None
        if is_ready and check_pace(instance.gateway) is not None:
            return instance
    raise KnownError(
        "no_instance_to_check",
        "No connected number can tell who is on WhatsApp.",
        "Connect a number of Evolution API or WAHA.",
    )


@dataclass(slots=True)
class NumberChecking:
    """One run over people.

    Args:
        is_stopped: asked before each batch; what has been answered by then is kept.
    """

    writes: CheckWrites
    client: GatewayClient
    clock: Clock
    rng: Random
    pace: CheckPace
    progress: Progress
    is_stopped: Callable[[], bool]

    async def run(self, tag: str | None, max_age: timedelta) -> CheckResult:
        """Ask about everybody (with a tag) of whom no answer younger than `max_age` is known.

        Raises:
            KnownError: `checks_unanswered`, when the gateway has gone silent; `check_not_offered`.
        """
        began, since = self.clock.monotonic(), self.clock.now() - max_age
        cached, of = await self.writes.known(tag, since)
        there = absent = failed = silent = 0
        after, due = 0, self.clock.now()
        while not self.is_stopped():
            batch = await self.writes.unchecked(tag, since, after, self.pace.at_once)
            if not batch or not await self._wait(due):
                break
            due = self.clock.now() + timedelta(seconds=next_gap_s(self.pace, self.rng))
            phones = [phone for _id, phone in batch]
            answers = await self.client.check_numbers(phones)
            if answers is None:
                raise KnownError("check_not_offered", "This gateway cannot tell who is on WhatsApp.", "")
            await self.writes.keep(answers, self.clock.now())
            there += sum(check.exists for check in answers.values())
            absent += sum(not check.exists for check in answers.values())
            failed += len(phones) - len(answers)
            silent = 0 if answers else silent + 1
            if silent == MOST_SILENT:
                raise KnownError(
                    "checks_unanswered",
                    "The gateway does not answer any more.",
                    "What it had answered is kept; look at the number and go on later.",
                    checked=there + absent,
                )
            after = batch[-1][0]
            self.progress(there + absent + failed, of)
        return CheckResult(there, absent, failed, cached, round(self.clock.monotonic() - began, 3))

    async def _wait(self, due: datetime) -> bool:
        """Wait until a moment; tell whether nobody stopped it meanwhile."""
        while (now := self.clock.now()) < due:
            if self.is_stopped():
                return False
            await self.clock.sleep(min(LONGEST_SLEEP_S, (due - now).total_seconds()))
        return True


@dataclass(frozen=True, slots=True)
class CheckParts:
    """What the composition root hands over."""

    library: Numbers
    checks: CheckWrites
    clients: GatewayFactory
    clock: Clock
    permit: Permit = anybody


class NumberChecks:
    """Intentions about who is on WhatsApp: one run at a time."""

    def __init__(self, parts: CheckParts) -> None:
        self._check_parts = parts
        self._stop_check = False

    async def known_numbers(self, tag: str | None, max_age: timedelta) -> KnownNumbers:
        """Tell what is known of people (with a tag) from answers that are not older than `max_age`."""
        parts = self._check_parts
        return await parts.checks.overview(tag, parts.clock.now() - max_age)

    async def check_numbers(
        self, tag: str | None, max_age: timedelta, instance: str | None, progress: Progress
    ) -> CheckResult:
        """Ask who is on WhatsApp, of everybody (with a tag) of whom no answer younger than `max_age` is known.

        Each batch is durable: a run that is cancelled or breaks off is carried on by the next one.

        Raises:
            KnownError: `no_instance_to_check`, `instance_not_found`, `check_not_offered`, `checks_unanswered`,
                `token_missing`, `not_allowed`.
        """
        parts = self._check_parts
        await parts.permit(Deed.PEOPLE)
        self._stop_check = False
        through = asking_instance(await parts.library.instances(), instance)
        pace = check_pace(through.gateway)
        assert pace is not None
        client = parts.clients(through)
        rng = Random(int(parts.clock.now().timestamp() * 1000))
        checking = NumberChecking(parts.checks, client, parts.clock, rng, pace, progress, lambda: self._stop_check)
        try:
            return await checking.run(tag, max_age)
        finally:
            await client.close()

    def cancel_number_check(self) -> None:
        """Ask the running check to end; what was answered is kept."""
        self._stop_check = True

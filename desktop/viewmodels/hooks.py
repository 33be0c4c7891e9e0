"""Other programs that are told what happens: what the settings show of them, and what the operator can do."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.domain.hook import CHOOSABLE, Delivery, Hook, HookKind, HookStanding
from desktop.domain.ids import HookId
from desktop.viewmodels import formats
from desktop.viewmodels.jobs import Jobs, Spawn

REFRESH_MS = 3000


class TestAnswer(Protocol):
    @property
    def http_status(self) -> int | None: ...
    @property
    def error(self) -> str | None: ...


class Desk(Protocol):
    """What the operator does with addresses (`webhooks.desk.HookDesk`)."""

    async def standings(self) -> Sequence[HookStanding]: ...

    async def add(self, url: str, kinds: Sequence[HookKind]) -> tuple[Hook, str]: ...

    async def remove(self, hook_id: HookId) -> None: ...

    async def pause(self, hook_id: HookId) -> None: ...

    async def resume(self, hook_id: HookId) -> None: ...

    async def dead(self, hook_id: HookId) -> Sequence[Delivery]: ...

    async def retry_dead(self, hook_id: HookId) -> int: ...

    async def test(self, hook_id: HookId) -> TestAnswer: ...


OpenDesk = Callable[[], AbstractAsyncContextManager[Desk]]


@dataclass(frozen=True, slots=True)
class HookCard:
    """One address in words."""

    id: HookId
    url: str
    status: str
    tone: str
    detail: str
    kinds: str
    is_paused: bool
    waiting: int
    dead: int


@dataclass(frozen=True, slots=True)
class DeadLine:
    """Something that was given up, in words."""

    when: str
    what: str
    why: str
    tries: int


class HooksViewModel(QObject):
    """Signals:
    changed: `cards` are others.
    added(object, str): an address was added (HookId); its secret, shown this once.
    tested(object, str, str): the test of an address came back: HookId, tone, sentence.
    dead_loaded(object, object): HookId, and its DeadLines.
    failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    added = Signal(object, str)
    tested = Signal(object, str, str)
    dead_loaded = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self, open_desk: OpenDesk, spawn: Spawn, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._open_desk, self._now = open_desk, now
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.cards: tuple[HookCard, ...] = ()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def activate(self) -> None:
        self.refresh()
        self._timer.start()

    def deactivate(self) -> None:
        self._timer.stop()

    def refresh(self) -> None:
        self.jobs.refresh("load webhooks", self._load)

    def add(self, url: str, kinds: Sequence[HookKind]) -> None:
        async def add() -> None:
            async with self._open_desk() as desk:
                hook, secret = await desk.add(url, kinds)
            self.added.emit(hook.id, secret)
            self.refresh()

        self.jobs.start("add webhook", add)

    def remove(self, hook_id: HookId) -> None:
        self._act(f"remove webhook {hook_id}", lambda desk: desk.remove(hook_id))

    def set_paused(self, hook_id: HookId, is_paused: bool) -> None:
        self._act(f"pause webhook {hook_id}", lambda desk: (desk.pause if is_paused else desk.resume)(hook_id))

    def retry_dead(self, hook_id: HookId) -> None:
        self._act(f"retry webhook {hook_id}", lambda desk: desk.retry_dead(hook_id))

    def test(self, hook_id: HookId) -> None:
        async def test() -> None:
            async with self._open_desk() as desk:
                answer = await desk.test(hook_id)
            is_good = answer.http_status is not None and 200 <= answer.http_status < 300
            text = _answer(answer.http_status, answer.error)
            self.tested.emit(hook_id, "success" if is_good else "danger", text)

        self.jobs.start(f"test webhook {hook_id}", test)

    def load_dead(self, hook_id: HookId) -> None:
        async def load() -> None:
            async with self._open_desk() as desk:
                found = await desk.dead(hook_id)
            now = self._now()
            lines = tuple(
                DeadLine(
                    formats.exact_moment(d.created_at, now), kind_name(d.kind), _answer(d.http_status, d.error), d.tries
                )
                for d in found
            )
            self.dead_loaded.emit(hook_id, lines)

        self.jobs.refresh(f"load dead of webhook {hook_id}", load)

    def _act(self, name: str, action: Callable[[Desk], object]) -> None:
        async def act() -> None:
            async with self._open_desk() as desk:
                await action(desk)  # type: ignore[misc]
            self.refresh()

        self.jobs.start(name, act)

    async def _load(self) -> None:
        async with self._open_desk() as desk:
            standings = await desk.standings()
        cards = tuple(_card(standing, self._now()) for standing in standings)
        if cards != self.cards:
            self.cards = cards
            self.changed.emit()


def kind_name(kind: HookKind) -> str:
    """Return what is told, in the operator's language."""
    translate = QCoreApplication.translate
    names = {
        HookKind.CAMPAIGN_CREATED: translate("Hooks", "Campaign created"),
        HookKind.CAMPAIGN_STARTED: translate("Hooks", "Campaign started"),
        HookKind.MESSAGE_SENT: translate("Hooks", "Message sent"),
        HookKind.MESSAGE_ERROR: translate("Hooks", "Message failed"),
        HookKind.PROGRESS: translate("Hooks", "Progress"),
        HookKind.CAMPAIGN_COMPLETE: translate("Hooks", "Campaign ended"),
        HookKind.REPLY: translate("Hooks", "Reply"),
        HookKind.TEST: translate("Hooks", "Test"),
    }
    return names[kind]


def _card(standing: HookStanding, now: datetime) -> HookCard:
    translate = QCoreApplication.translate
    hook = standing.hook
    if hook.pause_reason == "gone":
        status, tone = translate("Hooks", "Stopped: the address says it is gone"), "danger"
    elif hook.paused_at is not None:
        status, tone = translate("Hooks", "Paused"), "neutral"
    elif standing.last_error:
        status, tone = translate("Hooks", "Not getting through"), "warning"
    elif standing.last_delivered_at is not None:
        status, tone = translate("Hooks", "Getting through"), "success"
    else:
        status, tone = translate("Hooks", "Nothing told yet"), "neutral"
    parts: list[str] = []
    if standing.last_delivered_at is not None:
        parts.append(translate("Hooks", "last told {when}").format(when=formats.ago(standing.last_delivered_at, now)))
    if standing.waiting:
        parts.append(translate("Hooks", "{n} waiting").format(n=formats.number(standing.waiting)))
    if standing.dead:
        parts.append(translate("Hooks", "{n} given up").format(n=formats.number(standing.dead)))
    if standing.last_error and hook.paused_at is None:
        parts.append(_answer(None, standing.last_error))
    everything = set(hook.kinds) == set(CHOOSABLE)
    kinds = translate("Hooks", "Everything") if everything else ", ".join(kind_name(kind) for kind in hook.kinds)
    return HookCard(
        hook.id, hook.url, status, tone, " · ".join(parts), kinds, hook.paused_at is not None,
        standing.waiting, standing.dead,
    )  # fmt: skip


def _answer(http_status: int | None, error: str | None) -> str:
    """Word what came back from an address."""
    translate = QCoreApplication.translate
    if error and error.startswith("http_"):
        http_status = int(error.removeprefix("http_"))
    if http_status is not None:
        if 200 <= http_status < 300:
            return translate("Hooks", "The address took it ({code}).").format(code=http_status)
        if http_status in (404, 410):
            return translate(
                "Hooks", "The address answered {code}: nobody listens there. Is the workflow switched on?"
            ).format(code=http_status)
        if http_status in (401, 403):
            return translate("Hooks", "The address answered {code}: it does not let us in.").format(code=http_status)
        return translate("Hooks", "The address answered {code}.").format(code=http_status)
    words = {
        "timeout": translate("Hooks", "No answer came within 15 seconds."),
        "unreachable": translate("Hooks", "The address cannot be reached."),
        "tls": translate("Hooks", "The certificate of the address is not trusted."),
        "hook_secret_missing": translate(
            "Hooks", "Its secret is not in the keyring: remove the address and add it again."
        ),
    }
    return words.get(error or "", error or "")

"""What a hook is told of events."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.events import Severity
from desktop.domain.hook import CHOOSABLE, Hook, HookKind
from desktop.domain.ids import CampaignId, EventId, HookId, InstanceId, RecipientId, WorkspaceId
from desktop.domain.summaries import EventRow
from desktop.webhooks.payloads import Progress, deliveries, test_delivery

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
CAMPAIGN = CampaignId(3)


def hook(*kinds: HookKind) -> Hook:
    return Hook(HookId(1), WorkspaceId(1), "https://n8n.example/hook", kinds or CHOOSABLE, NOW, EventId(0))


def event(number: int, kind: str, seconds: float = 0, **changes: object) -> EventRow:
    values: dict[str, object] = {
        "id": EventId(number), "at": NOW + timedelta(seconds=seconds), "type": kind, "severity": Severity.INFO,
        "details": {}, "campaign_id": CAMPAIGN, "campaign": "Natal", "instance_id": InstanceId(2),
        "instance": "vendas-1", "recipient_id": RecipientId(9), "contact": "Ana", "phone": "+5511970000001",
        "duration_ms": 120, "http_status": 201, "progress": 0.25, "health_score": None, "request": None,
        "response": {"apikey": "no"}, "operator": None,
    }  # fmt: skip
    return EventRow(**{**values, **changes})  # type: ignore[arg-type]


def kinds_told(of: Hook, events: Sequence[EventRow]) -> list[HookKind]:
    return [delivery.kind for delivery in deliveries(of, events, {})[0]]


def test_each_event_is_told_by_its_name() -> None:
    types = ["created", "started", "message_sent", "message_failed", "replied", "completed", "cancelled", "paused"]
    events = [event(n, word) for n, word in enumerate(types, 1)]
    told = kinds_told(hook(*[kind for kind in CHOOSABLE if kind is not HookKind.PROGRESS]), events)
    assert told == [
        HookKind.CAMPAIGN_CREATED, HookKind.CAMPAIGN_STARTED, HookKind.MESSAGE_SENT, HookKind.MESSAGE_ERROR,
        HookKind.REPLY, HookKind.CAMPAIGN_COMPLETE, HookKind.CAMPAIGN_COMPLETE,
    ]  # fmt: skip


def test_only_what_was_chosen_is_told() -> None:
    assert kinds_told(hook(HookKind.REPLY), [event(1, "message_sent"), event(2, "replied")]) == [HookKind.REPLY]


def test_a_body_says_who_and_what_and_nothing_that_is_private_to_the_gateway() -> None:
    details = {"code": "not_on_whatsapp", "text": "Olá Ana, seu código é 1234", "attempt": 2}
    (told,), _ = deliveries(hook(HookKind.MESSAGE_ERROR), [event(7, "message_failed", details=details)], {})
    assert told.body == {
        "id": told.key,
        "type": "message_error",
        "at": "2026-11-27T12:00:00.000Z",
        "sequence": 7,
        "data": {
            "campaign": {"id": 3, "name": "Natal"},
            "recipient": {"id": 9, "phone": "+5511970000001", "name": "Ana"},
            "instance": "vendas-1",
            "progress": 0.25,
            "duration_ms": 120,
            "code": "not_on_whatsapp",
            "attempt": 2,
        },
    }
    assert (told.event_id, told.recipient_id) == (7, 9)


def test_what_is_made_again_of_the_same_event_has_the_same_key() -> None:
    one = deliveries(hook(), [event(7, "message_sent")], {})[0][0].key
    again = deliveries(hook(), [event(7, "message_sent")], {})[0][0].key
    other = deliveries(hook(), [event(8, "message_sent")], {})[0][0].key
    assert one == again != other


@pytest.mark.parametrize(("gap_s", "told_at"), [(0.01, [5, 10]), (0.6, [3, 5, 7, 9, 11]), (2.0, [2, 3, 4, 5, 6, 7])])
def test_progress_is_told_every_five_messages_or_second(gap_s: float, told_at: list[int]) -> None:
    events = [event(n, "message_sent", n * gap_s) for n in range(1, 13)]
    found, _ = deliveries(hook(HookKind.PROGRESS), events, {})
    assert [delivery.event_id for delivery in found][: len(told_at)] == told_at


def test_the_last_messages_are_told_when_the_campaign_ends() -> None:
    events = [event(1, "message_sent"), event(2, "message_failed"), event(3, "completed")]
    found, standing = deliveries(hook(HookKind.PROGRESS, HookKind.CAMPAIGN_COMPLETE), events, {})
    assert [delivery.kind for delivery in found] == [HookKind.CAMPAIGN_COMPLETE, HookKind.PROGRESS]
    assert standing == {}


def test_progress_goes_on_over_pages() -> None:
    first, standing = deliveries(hook(HookKind.PROGRESS), [event(n, "message_sent") for n in (1, 2, 3)], {})
    assert (list(first), standing) == ([], {CAMPAIGN: Progress(3, NOW)})
    second, _ = deliveries(hook(HookKind.PROGRESS), [event(n, "message_sent") for n in (4, 5)], standing)
    assert [delivery.event_id for delivery in second] == [5]


def test_an_event_without_a_campaign_or_recipient_is_told_without_them() -> None:
    lonely = event(1, "replied", campaign_id=None, campaign=None, recipient_id=None, instance=None, progress=None)
    (told,), _ = deliveries(hook(), [lonely], {})
    assert told.body["data"] == {"campaign": {"id": None, "name": None}, "duration_ms": 120}


def test_each_test_is_another_delivery() -> None:
    first, second = test_delivery(hook(), NOW, 1), test_delivery(hook(), NOW, 2)
    assert first.key != second.key
    assert first.body["type"] == "test"


test_delivery.__test__ = False  # type: ignore[attr-defined]  # pytest takes the name for one of its own

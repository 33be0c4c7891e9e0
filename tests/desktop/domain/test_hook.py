"""An outbound hook keeps its secret under a name that no number can have."""

from datetime import UTC, datetime

from desktop.domain.hook import CHOOSABLE, Hook, HookKind
from desktop.domain.ids import EventId, HookId, WorkspaceId
from desktop.domain.instance import Gateway
from tests.desktop.receiver.conftest import hook as inbound_hook


def test_a_secret_is_named_by_workspace_and_hook_and_is_no_numbers() -> None:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    one = Hook(HookId(1), WorkspaceId(1), "https://n8n.example/a", (HookKind.REPLY,), now, EventId(0))
    assert one.secret_name == "outbound-hook:1:1"
    assert one.secret_name != inbound_hook(Gateway.WAHA).instance.secret_name


def test_a_test_is_not_chosen_but_sent_by_hand() -> None:
    assert HookKind.TEST not in CHOOSABLE
    assert {*CHOOSABLE, HookKind.TEST} == set(HookKind)

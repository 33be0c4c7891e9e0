"""What Meta's webhooks say, and that nothing in them, however wrong, does harm."""

from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.domain.ids import InstanceId, WorkspaceId
from desktop.domain.instance import Gateway, Instance, InstanceLimits
from desktop.domain.receipt import (
    NumberChanged,
    Preference,
    Pricing,
    Receipt,
    ReceiptKind,
    Reply,
    StateChanged,
    TemplateChanged,
)
from desktop.gateways.cloud_events import parse_webhook
from tests.desktop.gateways.test_factory import instance

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
PHONE_ID, WABA = "106540352242922", "102290129340398"
OURS = InstanceId(1)


def number(phone_id: str = PHONE_ID, waba_id: str = WABA, gateway: Gateway = Gateway.CLOUD, id_: int = 1) -> Instance:
    made = instance(f"n{id_}", gateway=gateway)
    return Instance(
        InstanceId(id_), WorkspaceId(1), made.name, gateway, made.base_url, made.remote_name, made.timezone,
        InstanceLimits(), made.state, NOW, phone="+1 555-078-3881", phone_id=phone_id, waba_id=waba_id,
    )  # fmt: skip


def body(field: str, value: dict[str, Any], waba_id: str = WABA) -> dict[str, Any]:
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": waba_id, "changes": [{"field": field, "value": value}]}],
    }


def of_messages(phone_id: str = PHONE_ID, **members: Any) -> dict[str, Any]:
    meta = {"display_phone_number": "15550783881", "phone_number_id": phone_id}
    return body("messages", {"messaging_product": "whatsapp", "metadata": meta, **members})


def parse(document: object, *instances: Instance) -> list[Any]:
    return list(parse_webhook(document, instances or (number(),), NOW))


def status(word: str, **members: Any) -> dict[str, Any]:
    return {"id": "wamid.1", "status": word, "timestamp": "1750857384", "recipient_id": "551188887777", **members}


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("sent", ReceiptKind.SENT),
        ("delivered", ReceiptKind.DELIVERED),
        ("read", ReceiptKind.READ),
        ("played", ReceiptKind.READ),
    ],
)
def test_a_status_carries_our_tag_the_address_and_the_price(word: str, kind: ReceiptKind) -> None:
    pricing = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "MARKETING"}
    found = parse(of_messages(statuses=[status(word, biz_opaque_callback_data="REF", pricing=pricing)]))
    price = Pricing(True, "marketing", "regular")
    assert found == [Receipt(OURS, "wamid.1", kind, NOW, None, "REF", "551188887777", price)]
    assert price.details() == {"billable": True, "category": "marketing", "kind": "regular"}


def test_a_status_of_somebody_without_a_phone_carries_the_business_scoped_id() -> None:
    quiet = {"id": "wamid.1", "status": "read", "recipient_user_id": "BR.13491208655302741918"}
    assert parse(of_messages(statuses=[quiet]))[0].address == "BR.13491208655302741918"


def test_a_status_that_shows_the_phone_tells_the_business_scoped_id_besides() -> None:
    both = {"id": "wamid.1", "status": "sent", "recipient_id": "551188887777", "recipient_user_id": "BR.7"}
    (receipt,) = parse(of_messages(statuses=[both]))
    assert (receipt.address, receipt.hidden) == ("551188887777", "BR.7")


@pytest.mark.parametrize(
    ("code", "ours"), [(131026, "not_on_whatsapp"), (131050, "opted_out"), (132015, "template_paused")]
)
def test_a_failed_status_says_why_in_our_words(code: int, ours: str) -> None:
    failed = status("failed", errors=[{"title": "no code"}, {"code": code, "title": "x"}])
    assert [(r.kind, r.code) for r in parse(of_messages(statuses=[failed]))] == [(ReceiptKind.FAILED, ours)]


def test_a_failed_status_without_errors_has_no_code() -> None:
    assert parse(of_messages(statuses=[status("failed")]))[0].code is None


def written(kind: str, **members: Any) -> dict[str, Any]:
    contacts = [{"profile": {"name": "Ana"}, "wa_id": "551188887777", "user_id": "BR.1"}]
    message = {"from": "551188887777", "id": "wamid.IN", "timestamp": "1", "type": kind, **members}
    return of_messages(contacts=contacts, messages=[message])


@pytest.mark.parametrize(
    ("kind", "members", "text"),
    [
        ("text", {"text": {"body": "SAIR"}}, "SAIR"),
        ("button", {"button": {"payload": "P", "text": "Quero"}}, "Quero"),
        ("interactive", {"interactive": {"type": "button_reply", "button_reply": {"id": "1", "title": "Sim"}}}, "Sim"),
        ("interactive", {"interactive": {"type": "list_reply", "list_reply": {"id": "1", "title": "Um"}}}, "Um"),
        ("image", {"image": {"id": "9", "mime_type": "image/jpeg", "caption": "veja"}}, "veja"),
        ("audio", {"audio": {"id": "9"}}, ""),
        ("location", {"location": {"latitude": 1}}, ""),
    ],
)
def test_what_people_write_press_and_choose_is_a_reply(kind: str, members: dict[str, Any], text: str) -> None:
    context = {"context": {"from": "15550783881", "id": "wamid.1"}}
    expected = Reply(OURS, "wamid.IN", "551188887777", "+551188887777", text, NOW, "wamid.1", "BR.1")
    assert parse(written(kind, **members, **context)) == [expected]


@pytest.mark.parametrize("kind", ["reaction", "system", "unsupported", "request_welcome"])
def test_what_nobody_wrote_is_no_reply(kind: str) -> None:
    assert parse(written(kind)) == []


def test_a_reply_of_somebody_without_a_phone_is_known_by_the_business_scoped_id() -> None:
    message = {"from_user_id": "BR.7", "id": "wamid.IN", "type": "text", "text": {"body": "oi"}}
    (reply,) = parse(of_messages(messages=[message]))
    assert (reply.address, reply.phone, reply.user_id) == ("BR.7", None, "BR.7")


@pytest.mark.parametrize(("word", "is_opt_out"), [("stop", True), ("resume", False)])
def test_marketing_preferences_are_told(word: str, is_opt_out: bool) -> None:
    meta = {"phone_number_id": PHONE_ID}
    given = {"wa_id": "551188887777", "user_id": "BR.1", "category": "marketing_messages", "value": word}
    document = body("user_preferences", {"metadata": meta, "user_preferences": [given]})
    assert parse(document) == [Preference(OURS, "551188887777", "+551188887777", is_opt_out, NOW, "BR.1")]


@pytest.mark.parametrize("change", [{"category": "service"}, {"value": "later"}, {"wa_id": None, "user_id": None}])
def test_other_preferences_say_nothing(change: dict[str, Any]) -> None:
    given = {"wa_id": "5511", "user_id": "BR.1", "category": "marketing_messages", "value": "stop"} | change
    document = body("user_preferences", {"metadata": {"phone_number_id": PHONE_ID}, "user_preferences": [given]})
    assert parse(document) == []


NAMED = {"message_template_id": 1, "message_template_name": "promo", "message_template_language": "pt-BR"}


@pytest.mark.parametrize(
    ("field", "value", "change"),
    [
        ("message_template_status_update", {"event": "APPROVED", "reason": "NONE"}, {"status": "APPROVED"}),
        (
            "message_template_status_update",
            {"event": "REJECTED", "reason": "INVALID_FORMAT"},
            {"status": "REJECTED", "reason": "INVALID_FORMAT"},
        ),
        (
            "message_template_quality_update",
            {"previous_quality_score": "GREEN", "new_quality_score": "RED"},
            {"quality": "RED"},
        ),
        (
            "template_category_update",
            {"previous_category": "UTILITY", "new_category": "MARKETING"},
            {"category": "MARKETING"},
        ),
    ],
)
def test_news_of_templates(field: str, value: dict[str, Any], change: dict[str, str]) -> None:
    assert parse(body(field, NAMED | value)) == [TemplateChanged(WABA, "promo", "pt_BR", NOW, **change)]


def test_a_template_without_a_name_is_left_out() -> None:
    assert parse(body("message_template_status_update", {"event": "APPROVED"})) == []


def test_the_quality_of_a_number_is_told_of_the_number_that_is_shown() -> None:
    value = {"display_phone_number": "15550783881", "event": "FLAGGED", "current_limit": "TIER_2K"}
    other = number(phone_id="2", id_=2, waba_id="other")
    assert parse(body("phone_number_quality_update", value), number(), other) == [
        NumberChanged(OURS, NOW, "FLAGGED", "RED", "TIER_2K")
    ]


@pytest.mark.parametrize(
    ("value", "tier"),
    [
        ({"max_daily_conversations_per_business": 2000}, "TIER_2K"),
        ({"max_daily_conversations_per_business": "TIER_10K"}, "TIER_10K"),
        ({"max_daily_conversation_per_phone": 100000}, "TIER_100K"),
        ({"max_daily_conversation_per_phone": -1}, "TIER_UNLIMITED"),
    ],
)
def test_a_new_messaging_limit_holds_for_all_numbers_of_the_account(value: dict[str, Any], tier: str) -> None:
    found = parse(body("business_capability_update", value), number(), number("2", id_=2))
    assert found == [NumberChanged(InstanceId(n), NOW, messaging_limit=tier) for n in (1, 2)]


def test_a_capability_without_a_limit_says_nothing() -> None:
    assert parse(body("business_capability_update", {"max_phone_numbers_per_waba": 25})) == []


@pytest.mark.parametrize(
    "value",
    [{"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}}, {"event": "ACCOUNT_DELETED"}],
)
def test_a_banned_account_stops_its_numbers(value: dict[str, Any]) -> None:
    (change,) = parse(body("account_update", value))
    assert isinstance(change, StateChanged)
    assert change.state == "disconnected"


def test_other_account_news_change_nothing() -> None:
    assert parse(body("account_update", {"event": "VERIFIED_ACCOUNT"})) == []


UNREADABLE: list[Any] = [
    None,
    [],
    "text",
    {},
    {"object": "page", "entry": [{"id": "1"}]},
    {"object": "whatsapp_business_account", "entry": "no"},
    {"object": "whatsapp_business_account", "entry": [7, {"changes": [None, {"field": 3, "value": []}]}]},
    body("messages", {"metadata": "x", "statuses": [status("sent")]}),
    body("something_new", {"x": 1}),
    of_messages(statuses=["x", {"id": 5, "status": "sent"}, status("deleted"), status(""), {"id": "wamid.1"}]),
    of_messages(messages=[{"id": "x"}, {"from": "5511"}, None]),
    of_messages(statuses=[{"id": "a", "status": ["sent"]}]),
]


@pytest.mark.parametrize("document", UNREADABLE)
def test_what_cannot_be_read_says_nothing(document: object) -> None:
    assert parse(document) == []


def test_other_numbers_and_gateways_are_left_out() -> None:
    foreign = of_messages(phone_id="999", statuses=[status("sent")])
    assert parse(foreign) == []
    assert parse(of_messages(statuses=[status("sent")]), number(gateway=Gateway.EVOLUTION)) == []

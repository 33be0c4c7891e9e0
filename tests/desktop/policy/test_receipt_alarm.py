"""What is sent later than the answer can stop a number too."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.ids import InstanceId
from desktop.domain.instance import Gateway
from desktop.domain.receipt import Receipt, ReceiptKind
from desktop.policy.receipt_alarm import IN_A_ROW, Alarm, Heard, hear

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
K = ReceiptKind


def receipt(kind: ReceiptKind, message: int, code: str | None = None, until: datetime | None = None) -> Receipt:
    return Receipt(InstanceId(1), f"M{message}", kind, NOW, code, until=until)


def after(*receipts: Receipt, gateway: Gateway = Gateway.EVOLUTION) -> list[Alarm]:
    heard, alarms = Heard(), list[Alarm]()
    for item in receipts:
        heard, alarm = hear(heard, item, gateway, NOW)
        alarms += [alarm] if alarm else []
    return alarms


@pytest.mark.parametrize("until", [None, NOW + timedelta(hours=2)])
@pytest.mark.parametrize("gateway", [Gateway.EVOLUTION, Gateway.WAHA])
def test_a_restriction_stops_the_number_at_once_and_once(gateway: Gateway, until: datetime | None):
    restricted = receipt(K.FAILED, 1, "account_restricted", until)
    (alarm,) = after(restricted, restricted, gateway=gateway)
    assert (alarm.reason, alarm.until) == ("account_restricted", until)
    assert alarm.facts == {"code": "account_restricted", "until": until and until.isoformat()}


def test_a_restriction_that_is_over_stops_nothing():
    assert after(receipt(K.FAILED, 1, "account_restricted", NOW)) == []


def test_refusals_in_a_row_stop_the_number_and_begin_anew():
    refused = [receipt(K.FAILED, n, "refused_by_whatsapp") for n in range(2 * IN_A_ROW - 1)]
    assert after(*refused[: IN_A_ROW - 1]) == []
    assert after(*refused) == [Alarm("refused_in_a_row", None, {"refused": 5, "code": "refused_by_whatsapp"})]


@pytest.mark.parametrize(("between", "stops"), [(K.DELIVERED, False), (K.READ, False), (K.SENT, True)])
def test_only_a_delivery_speaks_for_the_number(between: ReceiptKind, stops: bool):
    refused = [receipt(K.FAILED, n) for n in range(IN_A_ROW)]
    assert bool(after(*refused[:3], receipt(between, 99), *refused[3:])) is stops


def test_the_same_refusal_told_again_counts_once():
    assert after(*[receipt(K.FAILED, 1)] * 20) == []


def test_metas_own_api_tells_by_its_codes_that_the_account_is_the_reason():
    failed = receipt(K.FAILED, 1, "payment")
    assert after(failed, failed, gateway=Gateway.CLOUD) == [Alarm("payment", None, {"code": "payment"})]
    assert len(after(failed, receipt(K.FAILED, 2, "payment"), gateway=Gateway.CLOUD)) == 2  # resumed too early


def test_what_meta_says_of_a_person_stops_no_number():
    others = [receipt(K.FAILED, n, code) for n, code in enumerate(("not_on_whatsapp", "blocked", None) * 5)]
    assert after(*others, receipt(K.SENT, 99, "payment"), gateway=Gateway.CLOUD) == []

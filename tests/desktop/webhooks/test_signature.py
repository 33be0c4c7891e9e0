"""Signatures are those of the Standard Webhooks specification."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest

from desktop.domain.errors import KnownError
from desktop.webhooks.signature import PREFIX, headers, new_secret


def test_the_signature_is_the_one_of_the_specification() -> None:
    # The example of the specification's reference libraries, version 1.0.
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    at = datetime.fromtimestamp(1614265330, UTC)
    made = headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert made == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_new_secret_signs_and_is_never_the_same() -> None:
    first, second = new_secret(), new_secret()
    assert first != second
    assert first.startswith(PREFIX)
    key = base64.b64decode(first.removeprefix(PREFIX))
    assert len(key) == 32
    made = headers(first, "id", datetime(2026, 11, 27, tzinfo=UTC), b"{}")
    expected = hmac.new(key, f"id.{made['webhook-timestamp']}.{{}}".encode(), hashlib.sha256).digest()
    assert made["webhook-signature"] == "v1," + base64.b64encode(expected).decode()


def test_a_damaged_secret_is_refused() -> None:
    with pytest.raises(KnownError) as refusal:
        headers("whsec_not base64!", "id", datetime(2026, 11, 27, tzinfo=UTC), b"{}")
    assert refusal.value.code == "hook_secret_missing"

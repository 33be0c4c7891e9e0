"""What is believed, and what is not: one table a gateway."""

import pytest

from desktop.domain.inbound_hook import KEY_HEADER
from desktop.domain.instance import Gateway
from desktop.receiver.verification import is_genuine
from tests.desktop.receiver.conftest import NOW, hook, meta_signature, token, waha_signature

BODY = b'{"a":1}'


class Headers(dict[str, str]):
    """As aiohttp's, as far as these tests need it."""


def test_meta_is_believed_with_the_signature_of_the_very_body() -> None:
    meta = hook(Gateway.CLOUD)
    assert is_genuine(meta, meta_signature(BODY), BODY, NOW)
    assert not is_genuine(meta, meta_signature(BODY), BODY + b" ", NOW)
    assert not is_genuine(meta, meta_signature(BODY, "other"), BODY, NOW)


@pytest.mark.parametrize("value", ["", "sha256=", "sha1=abc", "nonsense", "sha256=é", "=", "sha256"])
def test_a_header_that_is_no_signature_is_not_believed(value: str) -> None:
    assert not is_genuine(hook(Gateway.CLOUD), {"X-Hub-Signature-256": value}, BODY, NOW)
    assert not is_genuine(hook(Gateway.WAHA), {"X-Webhook-Hmac": value}, BODY, NOW)
    assert not is_genuine(hook(Gateway.EVOLUTION), {KEY_HEADER: value, "Authorization": value}, BODY, NOW)


def test_without_the_app_secret_nobody_is_meta() -> None:
    unknown = hook(Gateway.CLOUD, app_secret=None)
    assert not is_genuine(unknown, meta_signature(BODY, ""), BODY, NOW)
    assert not is_genuine(hook(Gateway.CLOUD, app_secret=""), meta_signature(BODY, ""), BODY, NOW)


def test_waha_signs_with_sha512() -> None:
    waha = hook(Gateway.WAHA)
    assert is_genuine(waha, waha_signature(BODY, waha), BODY, NOW)
    assert not is_genuine(waha, waha_signature(b"{}", waha), BODY, NOW)
    assert not is_genuine(waha, meta_signature(BODY), BODY, NOW)


def test_evolution_is_believed_with_its_static_header() -> None:
    evolution = hook(Gateway.EVOLUTION)
    assert is_genuine(evolution, {KEY_HEADER: evolution.signing_key}, BODY, NOW)
    assert not is_genuine(evolution, {KEY_HEADER: hook(Gateway.EVOLUTION, 2).signing_key}, BODY, NOW)
    assert not is_genuine(evolution, {}, BODY, NOW)


def test_evolution_is_believed_with_a_token_until_it_ends() -> None:
    evolution = hook(Gateway.EVOLUTION)
    key, now = evolution.signing_key, NOW.timestamp()

    def bearer(text: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {text}"}

    good = token(key, {"iat": now, "exp": now + 600})
    assert is_genuine(evolution, bearer(good), BODY, NOW)
    assert not is_genuine(evolution, {"Authorization": good}, BODY, NOW)
    for bad in (
        token("other", {"exp": now + 600}),
        token(key, {"exp": now - 61}),
        token(key, {"iat": now}),
        token(key, {"exp": "tomorrow"}),
        token(key, ["exp"]),
        token(key, {"exp": now + 600}, {"alg": "none"}),
        token(key, {"exp": now + 600}, {"alg": "HS512"}),
        good[:-2],
        good.replace(".", "", 1),
        "a.b.c",
        "..",
        "é.é.é",
    ):
        assert not is_genuine(evolution, bearer(bad), BODY, NOW), bad

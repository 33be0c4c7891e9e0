"""Where the receiver listens, and what a hook is made of."""

import pytest

from desktop.domain.errors import KnownError
from desktop.domain.inbound_hook import ReceiverSettings, app_secret_name, checked_url, key_name, read_settings
from desktop.domain.instance import Gateway
from tests.desktop.receiver.conftest import hook


def test_it_is_off_and_on_this_machine_only_unless_somebody_says_otherwise() -> None:
    for stored in (None, [], "on", {}, {"enabled": "yes", "host": 7, "port": 70_000, "public_url": None}):
        assert read_settings(stored) == ReceiverSettings()
    assert not ReceiverSettings().is_enabled
    assert not ReceiverSettings().is_open
    assert ReceiverSettings(host="0.0.0.0").is_open


def test_what_is_stored_is_read_again() -> None:
    settings = ReceiverSettings(True, "192.168.0.5", 9000, "https://hooks.example.com", 3)
    assert read_settings(settings.stored()) == settings


def test_gateways_are_told_the_public_address_where_there_is_one() -> None:
    one = hook(Gateway.WAHA)
    assert one.url(ReceiverSettings(public_url="https://x.example/")) == "https://x.example" + one.path
    assert ReceiverSettings(host="0.0.0.0", port=9000).base_url == "http://127.0.0.1:9000"
    assert ReceiverSettings(host="::1").base_url == "http://[::1]:8788"


@pytest.mark.parametrize("url", ["ftp://x", "https://", "x.example", "https://a b", "https://u@x", "https://x/?a=1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(KnownError) as refused:
        checked_url(url)
    assert refused.value.code == "bad_url"


def test_an_address_is_stored_without_its_last_slash_and_may_be_empty() -> None:
    assert checked_url(" https://x.example/a/ ") == "https://x.example/a"
    assert checked_url("") == ""


def test_each_hook_has_words_of_its_own_and_none_tells_another() -> None:
    one, two = hook(Gateway.WAHA, 1), hook(Gateway.WAHA, 2)
    words = {one.path, one.signing_key, one.verify_token, one.proof("a"), one.proof("b"), one.key}
    assert len(words) == 6
    assert not words & {two.path, two.signing_key, two.verify_token, two.proof("a")}
    names = {key_name(one.instance), app_secret_name(one.instance), one.instance.secret_name}
    assert names == {"hook:1:waha-1", "app-secret:1:waha-1", "instance:1:waha-1"}

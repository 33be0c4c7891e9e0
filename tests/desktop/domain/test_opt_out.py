"""The setting of the confirmation: off unless it is on and says something."""

import pytest

from desktop.domain.opt_out import LONGEST_REPLY, OptOutReply, read_reply


@pytest.mark.parametrize("stored", [None, True, "on", [], {}, {"enabled": True}, {"enabled": True, "text": " "}])
def test_what_is_strange_or_says_nothing_is_off(stored: object) -> None:
    assert read_reply(stored) == OptOutReply()


@pytest.mark.parametrize("is_enabled", [True, False])
def test_a_setting_is_read_as_it_was_stored(is_enabled: bool) -> None:
    reply = OptOutReply(is_enabled, "Pronto.")
    assert read_reply(reply.stored()) == reply


def test_a_long_text_is_cut() -> None:
    assert len(read_reply({"enabled": True, "text": "x" * 9_999}).text) == LONGEST_REPLY

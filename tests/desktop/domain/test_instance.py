"""Options of a connection: what is usual is not stored, and what is strange is as usual."""

import pytest

from desktop.domain.instance import ConnectionOptions, read_options


@pytest.mark.parametrize(
    "options",
    [
        ConnectionOptions(),
        ConnectionOptions("/ca.pem", "/me.pem", link_preview=False, shows_typing=True),
        ConnectionOptions(link_preview=False),
    ],
)
def test_options_are_read_as_they_were_stored(options: ConnectionOptions) -> None:
    assert read_options(options.stored()) == options


@pytest.mark.parametrize(
    "stored", [None, [], {"ca_file": 3, "client_cert": None, "link_preview": "no", "shows_typing": 1}]
)
def test_what_is_strange_is_as_usual(stored: object) -> None:
    assert read_options(stored) == ConnectionOptions()
    assert ConnectionOptions().stored() == {}

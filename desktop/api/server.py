"""The web server of the API. `host.py` loads it when the API is switched on, and not before."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager

import uvicorn

from desktop.api.app import build_app
from desktop.api.ports import ApiDesk


class Server(uvicorn.Server):
    """Leaves the signals to the program that it is a part of."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def make_server(desk: ApiDesk, token: str, hosts: Sequence[str]) -> Server:
    """Return a server that answers whoever knows the token and addresses it by one of `hosts` (`name:port`)."""
    app = build_app(desk, token, hosts)
    return Server(
        uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", server_header=False, ws="none")
    )

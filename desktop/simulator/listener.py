"""The listening port, which can be closed and opened again while the simulator runs.

Own accept loop instead of `loop.create_server`: on Python 3.11 closing an asyncio server while a connection is being
accepted fails an assertion inside asyncio, and the network of this simulator goes away under load.
"""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from typing import Any

from desktop.domain.errors import KnownError

_BACKLOG = 1024


class Port:
    """One TCP port on one address.

    Args:
        protocol: makes the protocol of a new connection.
        number: 0 takes a free port, which is then kept.
    """

    def __init__(self, protocol: Callable[[], asyncio.BaseProtocol], host: str, number: int) -> None:
        self._protocol = protocol
        self._host = host
        self.number = number
        self._socket: socket.socket | None = None
        self._waker: socket.socket | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether the port listens."""
        return self._socket is not None

    def open(self) -> None:
        """Start to listen. Raises KnownError when the port is taken."""
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setblocking(False)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where SO_REUSEADDR would let two programs share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((self._host, self.number))
            listening.listen(_BACKLOG)
        except OSError as error:
            listening.close()
            text = f"Port {self.number} on {self._host} cannot be opened: {error.strerror}."
            raise KnownError("port_taken", text, "Choose another port.", port=self.number) from error
        self.number = listening.getsockname()[1]
        self._socket = listening

    def close(self) -> None:
        """Stop to listen as soon as `run` has noticed; connections that exist stay.

        Cancelling an accept may lose a connection that was just accepted, so the accept is woken by one of our own.
        """
        if self._socket is not None:
            self._socket = None
            self._waker = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            self._waker.setblocking(False)
            self._waker.connect_ex((self._host, self.number))

    def run(self) -> Coroutine[Any, Any, None]:
        """Return the work of accepting connections, which ends when the port is closed; the port must be open."""
        assert self._socket is not None
        return self._accept(self._socket)

    async def _accept(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        try:
            while True:
                try:
                    connection, _ = await loop.sock_accept(listening)
                except ConnectionError:
                    continue  # it was gone again before it was taken
                if self._socket is not listening:
                    connection.close()
                    return
                await self._serve(loop, connection)
        finally:
            listening.close()
            if self._waker is not None:
                self._waker.close()

    async def _serve(self, loop: asyncio.AbstractEventLoop, connection: socket.socket) -> None:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await loop.connect_accepted_socket(self._protocol, connection)
        except OSError:
            connection.close()

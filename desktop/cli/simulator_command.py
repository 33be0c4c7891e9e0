"""The practice gateway as a process of its own."""

import argparse
import os
import signal
import threading
from pathlib import Path

from desktop.domain.errors import KnownError
from desktop.simulator.server import serve


async def simulator(options: argparse.Namespace) -> int:
    """Run the practice gateway until it is interrupted.

    Raises:
        KnownError: `gateway_not_supported`, or what the script or the port is refused for.
    """
    if options.gateway != "evolution":
        raise KnownError(
            "gateway_not_supported", f"There is no simulator for {options.gateway} yet.", "Use --gateway evolution."
        )
    if os.environ.get("CADENCIA_END_WITH_STDIN"):
        threading.Thread(target=_end_with_stdin, name="parent-watch", daemon=True).start()
    await serve(
        port=options.port,
        instances=options.instances,
        script=Path(options.script) if options.script else None,
        record=Path(options.record) if options.record else None,
        seed=None,
    )
    return 0


def _end_with_stdin() -> None:
    """End when whoever started us is gone: its end of the pipe closes even when it was killed."""
    # Past Python's own buffer: a thread that waits in it cannot be ended with the interpreter.
    while os.read(0, 4096):
        pass
    signal.raise_signal(signal.SIGTERM)

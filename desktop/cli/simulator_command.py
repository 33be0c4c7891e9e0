"""The practice gateway as a process of its own."""

import argparse
import os
import signal
import threading
from pathlib import Path

from desktop.domain.errors import KnownError
from desktop.simulator.cloud.server import CloudSimulator
from desktop.simulator.server import Simulator, serve
from desktop.simulator.waha.server import WahaSimulator

_PLAYED: dict[str, type[Simulator]] = {"evolution": Simulator, "waha": WahaSimulator, "cloud": CloudSimulator}
ALL = "all"


async def simulator(options: argparse.Namespace) -> int:
    """Run the practice gateways until they are interrupted.

    Raises:
        KnownError: `gateway_not_supported`, or what the script or the port is refused for.
    """
    wanted: list[str] = options.gateway or ["evolution"]
    names = list(_PLAYED) if ALL in wanted else list(dict.fromkeys(wanted))
    for name in names:
        if name not in _PLAYED:
            raise KnownError(
                "gateway_not_supported", f"There is no simulator for {name} yet.", f"Use one of {', '.join(_PLAYED)}."
            )
    if os.environ.get("CADENCIA_END_WITH_STDIN"):
        threading.Thread(target=_end_with_stdin, name="parent-watch", daemon=True).start()
    await serve(
        port=options.port,
        instances=options.instances,
        script=Path(options.script) if options.script else None,
        record=Path(options.record) if options.record else None,
        seed=None,
        gateways=[_PLAYED[name] for name in names],
    )
    return 0


def _end_with_stdin() -> None:
    """End when whoever started us is gone: its end of the pipe closes even when it was killed."""
    # Past Python's own buffer: a thread that waits in it cannot be ended with the interpreter.
    while os.read(0, 4096):
        pass
    signal.raise_signal(signal.SIGTERM)

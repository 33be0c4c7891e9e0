"""From the start of the process to a list of campaigns that can be clicked: the program itself, its session watched.

Prints one JSON object: seconds to the first paint of the window and to the list, the processor's seconds and the memory
by then.
"""

import argparse
import asyncio
import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.cli.entry import run

if TYPE_CHECKING:
    from desktop.screens.main_window import MainWindow

LOOK_EVERY_S = 0.002


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--began", type=float, required=True, help="when the process was started, epoch seconds")
    options = parser.parse_args()

    def open_window(chosen: argparse.Namespace) -> int:
        # As main.py does, and as late; nothing else may be imported before, or it would be counted.
        gc.disable()
        from desktop.qt_import import import_plainly

        import_plainly()
        from desktop.app.opening import open_application

        app, splash = open_application()
        figures = {"mark_s": time.time() - options.began}
        from desktop.app import start
        from desktop.app.session import Session
        from desktop.screens.pages import PageName

        figures["import_s"] = time.time() - options.began

        class Watched(Session):
            """The window's session, left as soon as the list is there."""

            async def open(self) -> "MainWindow":
                window = await super().open()
                figures["window_s"] = time.time() - options.began
                # Not a job of the session, whose end the rest of the program waits for.
                self._watch = asyncio.create_task(self._leave_when_usable(window))
                return window

            async def _leave_when_usable(self, window: "MainWindow") -> None:
                while window.current is not PageName.CAMPAIGNS:  # noqa: ASYNC110  nobody would tell us
                    await asyncio.sleep(LOOK_EVERY_S)
                page = window.page(PageName.CAMPAIGNS)
                while not page._model.campaigns:  # noqa: ASYNC110  as above
                    await asyncio.sleep(LOOK_EVERY_S)
                page.repaint()
                figures["list_s"] = time.time() - options.began
                figures["list_cpu_s"] = time.process_time()
                from tests.bench.case_growth import resident_mb

                figures["mb"] = resident_mb()
                self.close()

        start.Session = Watched
        code = start.run(app, chosen, splash.close)
        print(json.dumps(figures))
        return code

    sys.exit(run(["--home", str(options.folder)], open_window))


if __name__ == "__main__":
    main()

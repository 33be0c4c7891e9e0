"""A log file for each campaign: what happened to it, a JSON object a line, for whoever looks after the program.

Single messages that went well are left out: they are in the database, by the million, and a line each would cost the
send path more than the event. What is written is redacted like every log. One thread writes; nobody waits for it.
"""

import json
import logging
import logging.handlers
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue

from desktop.domain.events import Event, EventType
from desktop.domain.ids import CampaignId
from desktop.gateways.redact import redact

SIZE_BYTES = 1_000_000
KEEP = 2  # older files of one campaign
MOST_OPEN = 8  # campaigns at once; five send
MOST_FILES = 300  # the longest untouched go first

ROUTINE = frozenset(
    {EventType.INSTANCE_SELECTED, EventType.MESSAGE_SENT, EventType.MESSAGE_DELIVERED, EventType.MESSAGE_READ}
)

log = logging.getLogger(__name__)


class CampaignLogs:
    """Writes events of campaigns to `campaigns/campaign-ID.log` in the folder of the logs.

    Args:
        is_full: also the routine of single messages.
    """

    def __init__(self, folder: Path, *, is_full: bool = False) -> None:
        self._folder, self.is_full = folder / "campaigns", is_full
        self._queue: SimpleQueue[Event | None] = SimpleQueue()
        self._open: OrderedDict[CampaignId, logging.Handler] = OrderedDict()
        self._thread: threading.Thread | None = None

    def on_events(self, events: Sequence[Event]) -> None:
        """Take committed events, on any thread; returns at once."""
        for event in events:
            if event.fact.campaign_id is not None and (self.is_full or event.type not in ROUTINE):
                self._begin()
                self._queue.put(event)

    def close(self) -> None:
        """Write what has come and close the files. Blocks for a moment."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="campaign logs", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while (event := self._queue.get()) is not None:
            try:
                self._write(event)
            except OSError as error:  # a full disk must not end the thread: later lines may fit again
                log.warning("a campaign's log cannot be written: %s", error.strerror)
        for handler in self._open.values():
            handler.close()
        self._open.clear()

    def _write(self, event: Event) -> None:
        assert event.fact.campaign_id is not None
        line = logging.LogRecord("campaign", logging.INFO, "", 0, line_of(event), None, None)
        self._handler(event.fact.campaign_id).handle(line)

    def _handler(self, campaign_id: CampaignId) -> logging.Handler:
        handler = self._open.pop(campaign_id, None)
        if handler is None:
            self._make_room()
            path = self._folder / f"campaign-{campaign_id}.log"
            handler = logging.handlers.RotatingFileHandler(
                path, maxBytes=SIZE_BYTES, backupCount=KEEP, encoding="utf-8"
            )
        self._open[campaign_id] = handler
        return handler

    def _make_room(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        if len(self._open) >= MOST_OPEN:
            _, longest_unused = self._open.popitem(last=False)
            longest_unused.close()
        files = sorted(self._folder.glob("campaign-*.log*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in files[MOST_FILES:]:
            old.unlink(missing_ok=True)


def line_of(event: Event) -> str:
    """Return an event as a line of JSON without phones, texts and keys."""
    fact = event.fact
    line: dict[str, object] = {
        "time": fact.at.isoformat(timespec="milliseconds"),
        "level": fact.severity.value.upper(),
        "event": event.id,
        "type": fact.type.value,
        "operator": fact.operator,
        "instance": fact.instance_id,
        "recipient": fact.recipient_id,
        "duration_ms": fact.duration_ms,
        "http_status": fact.http_status,
        "progress": fact.progress,
        "details": redact(fact.details) if fact.details else None,
    }
    return json.dumps({name: value for name, value in line.items() if value is not None}, ensure_ascii=False)

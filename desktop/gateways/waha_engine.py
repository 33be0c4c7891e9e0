"""Which of its four engines a WAHA server runs, and what that engine and version can do. Pure.

Nearly everything in WAHA depends on the engine. Source: gateways.md §1.W, §3.W, §7.W.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop.gateways.evolution_records import Fields, fields_of, text_of

_VERSION = re.compile(r"^(20\d\d)\.(\d{1,2})\.(\d{1,3})")
OWN_IDS_SINCE = (2026, 4, 3)
OLDEST = (2024, 9, 0)  # before it, sessions had another interface


class WahaEngine(StrEnum):
    WEBJS = "WEBJS"
    WPP = "WPP"
    NOWEB = "NOWEB"
    GOWS = "GOWS"


@dataclass(frozen=True, slots=True)
class WahaFacts:
    """What a server says of itself."""

    engine: WahaEngine | None  # None: one that is not known here, which is trusted with nothing
    version: str
    number: tuple[int, int, int]

    @property
    def takes_own_ids(self) -> bool:
        """Whether a text may carry an id that we chose."""
        return self.is_headless and self.number >= OWN_IDS_SINCE

    @property
    def is_headless(self) -> bool:
        """Whether raw ids and the chat `all` can be looked up: the engines without a browser."""
        return self.engine in (WahaEngine.NOWEB, WahaEngine.GOWS)

    @property
    def must_enable_store(self) -> bool:
        """Whether there is a history only where the session's settings ask for one."""
        return self.engine is WahaEngine.NOWEB


def facts_of(body: object, session: Fields | None = None) -> WahaFacts | None:
    """Read the answer of `/api/server/version`, and the session's own engine where it names one; None: not WAHA."""
    about = fields_of(body)
    version = text_of(about.get("version"))
    match = _VERSION.match(version or "")
    if version is None or match is None or not isinstance(about.get("engine"), str):
        return None
    own = text_of(fields_of((session or {}).get("engine")).get("engine"))
    word = (own or str(about.get("engine"))).upper()
    engine = WahaEngine(word) if word in WahaEngine.__members__ else None
    year, month, build = map(int, match.groups())
    return WahaFacts(engine, version, (year, month, build))

"""What two clocks showed at one moment: it outlives the program; the next start knows what was set meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class ClockMark:
    """Attributes:
    at: what the wall clock showed.
    uptime_s: what the clock showed that nobody sets: seconds since the machine was started, its sleep included.
    boot: names that start of the machine; empty where it has no name.
    set_by: by how much the wall clock was found to have been set just before.
    is_certain: that it was set; after a restart of the machine it may as well have been off for so long.
    """

    at: datetime
    uptime_s: float
    boot: str
    set_by: timedelta = timedelta(0)
    is_certain: bool = True

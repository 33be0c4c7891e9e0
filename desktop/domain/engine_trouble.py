"""Why an engine stopped although nobody asked it to."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.errors import KnownError


@dataclass(frozen=True, slots=True)
class EngineTrouble:
    """`again_at` is when it is started by itself; `error` is what is known of the cause, None for a mistake of ours."""

    kind: str
    error: KnownError | None
    at: datetime
    again_at: datetime

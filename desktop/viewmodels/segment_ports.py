"""What the screen of segments needs from the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop.domain.contact import Contact
    from desktop.domain.segment import Group, Segment
    from desktop.domain.summaries import CampaignSummary


class SegmentLibrary(Protocol):
    async def segments(self) -> Sequence[Segment]:
        """By name."""
        ...

    async def rules_size(self, rules: Group) -> tuple[int, int]:
        """How many people meet rules that need not be saved, and how many of them opted out."""
        ...

    async def rules_sample(self, rules: Group, limit: int) -> Sequence[Contact]: ...

    async def tags(self) -> Sequence[tuple[str, int]]: ...

    async def custom_fields(self) -> Sequence[str]: ...

    async def campaigns(self) -> Sequence[CampaignSummary]: ...


class SegmentControl(Protocol):
    async def save_segment(self, name: str, rules: Group) -> Segment:
        """Create a segment, or replace the one of this name. Refused with `bad_segment`."""
        ...

    async def rename_segment(self, name: str, new_name: str) -> Segment:
        """Campaigns that name it follow. Refused with `segment_not_found`, `segment_name_taken`, `bad_segment`."""
        ...

    async def delete_segment(self, name: str) -> None:
        """Refused with `segment_not_found`."""
        ...

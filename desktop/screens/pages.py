"""The pages of the window: their names, how they are made, and what every one of them can do."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget


class PageName(StrEnum):
    FIRST_RUN = "first_run"
    DASHBOARD = "dashboard"
    CAMPAIGNS = "campaigns"
    CAMPAIGN = "campaign"
    EDITOR = "editor"
    INSTANCES = "instances"
    CONTACTS = "contacts"
    TIMELINE = "timeline"
    SETTINGS = "settings"


@runtime_checkable
class Page(Protocol):
    """What the window asks of a page, besides being a widget.

    A page says where to go by signals; the window connects those that it has:
    `back_requested()`, `new_requested()`, `import_requested()`, `connect_requested()`, `campaign_requested(object)`,
    `edit_requested(object)`, `timeline_requested(object)` (all with a campaign's id), `page_requested(str)` (a
    `PageName`), `people_requested(object)` (`PeopleAsked`), `noticed(str)` (a passing sentence).
    """

    def activate(self) -> None:
        """The page is shown: load and follow."""
        ...

    def deactivate(self) -> None:
        """The page is hidden: stop whatever costs time."""
        ...


# Called when a page is first shown, and once more after a change of language.
Pages = Mapping[PageName, Callable[[], QWidget]]

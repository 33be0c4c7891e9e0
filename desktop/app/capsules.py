"""Capsules on the list of campaigns, which is there before what makes and opens them."""

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from db.stores.capsules import CapsuleStore
from desktop.composition import Workplace
from desktop.domain.ids import CampaignId
from desktop.late import Late

if TYPE_CHECKING:
    from desktop.capsule_desk import CapsuleDesk


class LateCapsules(Late):
    """Implements `viewmodels.capsules.Desk`: tells at once what was handed over, and loads the desk for all else."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(self._desk)
        self._workplace = workplace

    def handed_over(self) -> Awaitable[frozenset[CampaignId]]:
        """Return the campaigns that may be sent elsewhere, and so not here."""
        return CapsuleStore(self._workplace.database, self._workplace.workspace_id).handed_over()

    def _desk(self) -> "CapsuleDesk":
        from desktop.capsule_desk import CapsuleDesk

        place = self._workplace
        folder, permit = place.home.folder, place.access.permit
        return CapsuleDesk(place.database, place.workspace_id, place.shelf, folder, place.clock.now, permit)

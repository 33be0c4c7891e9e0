"""What is the workspace's own: asked of the database once for each campaign and number, which never move to another."""

import sqlalchemy as sa

from db.queries.ownership import owns_campaign, owns_instance
from desktop.domain.ids import CampaignId, InstanceId, WorkspaceId


class Owned:
    """Remembers what was found to be own, so that the engine's many questions cost no second statement.

    What is not own is asked again each time. May be used on several threads: a set only grows.
    """

    def __init__(self, workspace_id: WorkspaceId) -> None:
        self._workspace_id = workspace_id
        self._campaigns: set[int] = set()
        self._instances: set[int] = set()

    def campaign(self, conn: sa.Connection, campaign_id: CampaignId) -> bool:
        """Tell whether a campaign is the workspace's; also when it was deleted after it was asked about."""
        if campaign_id in self._campaigns:
            return True
        is_own = owns_campaign(conn, self._workspace_id, campaign_id)
        if is_own:
            self._campaigns.add(campaign_id)
        return is_own

    def instance(self, conn: sa.Connection, instance_id: InstanceId) -> bool:
        """Tell whether a number, removed or not, is the workspace's."""
        if instance_id in self._instances:
            return True
        is_own = owns_instance(conn, self._workspace_id, instance_id)
        if is_own:
            self._instances.add(instance_id)
        return is_own

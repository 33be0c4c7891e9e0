"""Keeps what an AI endpoint proposed and what each request cost, with an audit line for each."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.queries.ai import draft_of
from db.queries.ownership import owns_campaign
from db.tables.ai import ai_draft, ai_request
from db.writer import WriteContext
from desktop.domain.ai import AiDraft, DraftState
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, WorkspaceId


class AiStore:
    """Writes what belongs to the AI of one workspace."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def note_answer(
        self,
        campaign_id: CampaignId | None,
        model: str,
        tokens_in: int,
        tokens_out: int,
        cost: float,
        texts: Sequence[str],
        now: datetime,
        operator: str | None = None,
        error: str | None = None,
    ) -> Sequence[AiDraft]:
        """Keep what was asked and proposed, durably when it returns; `error` is the code of a failure.

        Raises:
            KnownError: `campaign_not_found`.
        """

        def note(context: WriteContext) -> list[AiDraft]:
            if campaign_id is not None and not owns_campaign(context.conn, self._workspace_id, campaign_id):
                raise KnownError("campaign_not_found", f"There is no campaign {campaign_id}.", "See: campaign list.")
            row = {
                "workspace_id": self._workspace_id,
                "campaign_id": campaign_id,
                "at": now,
                "model": model,
                "tokens_in": tokens_in,
                "tokens_out": tokens_out,
                "cost": cost,
                "error": error,
            }
            request = context.conn.execute(sa.insert(ai_request).values(row).returning(ai_request.c.id)).scalar_one()
            drafts: list[AiDraft] = []
            for text in texts:
                values = {
                    "request_id": request,
                    "workspace_id": self._workspace_id,
                    "campaign_id": campaign_id,
                    "text": text,
                    "state": DraftState.PROPOSED.value,
                    "created_at": now,
                }
                made = context.conn.execute(sa.insert(ai_draft).values(values).returning(*ai_draft.c)).one()
                drafts.append(draft_of(made))
            facts: dict[str, object] = {
                "model": model, "tokens_in": tokens_in, "tokens_out": tokens_out, "cost": cost, "texts": len(texts)
            }  # fmt: skip
            if error is not None:
                facts["code"] = error
            severity = Severity.INFO if error is None else Severity.WARNING
            event = NewEvent(EventType.AI_ASKED, now, severity, facts, campaign_id=campaign_id, operator=operator)
            context.emit(self._workspace_id, event)
            return drafts

        return await self._database.write(note)

    async def decide(self, draft_ids: Sequence[int], state: DraftState) -> None:
        """Note that proposals were accepted or rejected; those of others stay as they are."""
        own = (ai_draft.c.workspace_id == self._workspace_id) & ai_draft.c.id.in_(draft_ids)
        await self._database.write(
            lambda context: context.conn.execute(sa.update(ai_draft).where(own).values(state=state.value))
        )

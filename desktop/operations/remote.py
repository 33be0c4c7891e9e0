"""What other programs may do, for the API: the operations of the operator, in plain objects."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from desktop.audience.phones import PhoneOk, normalise
from desktop.domain.campaign import CampaignAction, Draft
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, RecipientId
from desktop.domain.recipient import RecipientStatus
from desktop.domain.summaries import CampaignSummary, CheckLine, RecipientRow
from desktop.operations.draft_json import parse_draft
from desktop.operations.operations import Operations
from desktop.operations.status import queued, recipient_object, status_document
from desktop.policy.preflight import is_ok


class Shelf(Protocol):
    async def campaigns(self) -> Sequence[CampaignSummary]: ...

    async def running_campaigns(self) -> Sequence[CampaignSummary]: ...

    async def campaign(self, campaign_id: CampaignId) -> CampaignSummary: ...

    async def recipients(
        self, campaign_id: CampaignId, status: str | None, after: RecipientId | None, limit: int, text: str = ""
    ) -> Sequence[RecipientRow]: ...


class RemoteDesk:
    """Implements `api.ports.ApiDesk`.

    Args:
        media_folder: the only place from which a draft that came over the API may attach files: a program that may
            send campaigns must not be able to send any file of this computer.
        word: words a line of the checklist: text and hint.
    """

    def __init__(
        self,
        operations: Operations,
        shelf: Shelf,
        media_folder: Path,
        word: Callable[[CheckLine], tuple[str, str]],
    ) -> None:
        self._operations, self._shelf, self._media_folder = operations, shelf, media_folder
        self._word = word

    async def campaigns(self) -> Sequence[Mapping[str, object]]:
        return [await self._status(summary) for summary in await self._shelf.campaigns()]

    async def campaign(self, campaign_id: CampaignId) -> Mapping[str, object]:
        return await self._status(await self._shelf.campaign(campaign_id))

    async def create(self, draft: object) -> CampaignId:
        parsed = await asyncio.to_thread(parse_draft, draft, self._media_folder)  # long lists of phones, a calendar
        self._refuse_foreign_files(parsed)
        return await self._operations.create(parsed)

    async def preflight(self, campaign_id: CampaignId) -> Mapping[str, object]:
        lines = await self._operations.preflight(campaign_id)
        worded = [
            {"code": line.code, "level": line.level, "text": text, "hint": hint}
            for line, (text, hint) in ((line, self._word(line)) for line in lines)
        ]
        return {"ok": is_ok(lines), "lines": worded}

    async def act(self, campaign_id: CampaignId, action: CampaignAction) -> None:
        await self._operations.act(campaign_id, action)

    async def duplicate(self, campaign_id: CampaignId) -> CampaignId:
        return await self._operations.duplicate(campaign_id)

    async def retry_failed(self, campaign_id: CampaignId) -> CampaignId:
        return await self._operations.retry_failed(campaign_id)

    async def recipients(
        self, campaign_id: CampaignId, status: str | None, after: int | None, limit: int
    ) -> Sequence[Mapping[str, object]]:
        if status is not None and status not in {word.value for word in RecipientStatus}:
            raise KnownError("unknown_status", f"There is no status {status}.", ", ".join(RecipientStatus))
        await self._shelf.campaign(campaign_id)
        rows = await self._shelf.recipients(campaign_id, status, RecipientId(after) if after else None, limit)
        return [recipient_object(row) for row in rows]

    async def instances(self) -> Sequence[Mapping[str, object]]:
        return await self._operations.numbers()

    async def opt_out(self, phone: str) -> None:
        found = normalise(phone, "BR")
        if not isinstance(found, PhoneOk):
            raise KnownError("invalid_phone", f"{phone} is not a phone.", "Write it as +5511987654321.")
        await self._operations.opt_out(found.e164)

    async def _status(self, summary: CampaignSummary) -> Mapping[str, object]:
        is_queued = summary.id in await queued(self._shelf, (summary,))
        return status_document(summary, await self._operations.eta_s(summary), is_queued=is_queued)

    def _refuse_foreign_files(self, draft: Draft) -> None:
        allowed = self._media_folder.resolve()
        for place, message in enumerate(draft.messages):
            if message.media is not None and not Path(message.media.path).resolve().is_relative_to(allowed):
                raise KnownError(
                    "invalid_draft",
                    f"messages[{place}].media.path is outside of the folder for files of the API.",
                    f"Put the file into {allowed} and name it without its folder.",
                )

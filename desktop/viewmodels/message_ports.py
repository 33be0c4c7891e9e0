"""What the message step of the editor needs besides `Library` and `Control`."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from desktop.domain.campaign import Audience, MessageDraft
from desktop.domain.contact import Contact, ContactFilter
from desktop.domain.ids import CampaignId
from desktop.domain.saved_message import SavedMessage
from desktop.domain.summaries import InstanceSummary
from desktop.domain.template import MessageTemplate


class MessageQuestions(Protocol):
    """Questions; each one may raise KnownError."""

    async def saved_messages(self, text: str = "", limit: int = 200) -> Sequence[SavedMessage]:
        """Entries of the library in which each word of `text` occurs, those changed last first."""
        ...

    async def templates(self, waba_id: str | None = None) -> Sequence[MessageTemplate]:
        """The templates of Meta's accounts as they were read last."""
        ...

    async def instances(self) -> Sequence[InstanceSummary]: ...

    async def contact_ids(self, where: ContactFilter, limit: int | None = None) -> Sequence[int]: ...

    async def contacts_of(self, ids: Sequence[int]) -> Sequence[Contact]: ...

    async def audience_lacking(self, audience: Audience, fields: Sequence[str]) -> Mapping[str, int]:
        """How many people of the audience have no value in each of the fields (`name`, `custom.KEY`)."""
        ...


class SavedMessages(Protocol):
    """Intentions about saved messages; each one is durable when it returns, and may raise KnownError."""

    async def save(self, name: str, messages: Sequence[MessageDraft]) -> SavedMessage:
        """Create an entry, or replace the one of this name."""
        ...

    async def rename(self, name: str, new_name: str) -> SavedMessage: ...

    async def delete(self, name: str) -> None: ...


class Trials(Protocol):
    """Tests of a message on the operator's own phone."""

    async def send(
        self,
        instance: str,
        phone: str,
        message: MessageDraft,
        reader: Contact | None,
        *,
        seed: int = 0,
        campaign_id: CampaignId | None = None,
    ) -> str:
        """Send a message as `reader` would read it to a phone (E.164); return the id that the gateway gave it.

        Refused with `number_waits`, `opted_out`, `test_unwritable`, `test_refused`, `test_unsure` and their like.
        """
        ...

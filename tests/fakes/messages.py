"""Stand-ins for what stands beside the text of a message in the editor."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.ai import AiAnswer, AiDraft, AiSettings, AiUsage, DraftState
from desktop.domain.campaign import MessageDraft
from desktop.domain.contact import Contact
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.saved_message import SavedMessage, folded
from tests.fakes.library import FakeLibrary
from tests.fakes.samples import NOW


class FakeSavedMessages:
    """Implements `viewmodels.message_ports.SavedMessages` on the entries of a `FakeLibrary`."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    async def save(self, name: str, messages: Sequence[MessageDraft]) -> SavedMessage:
        entry = SavedMessage(name, tuple(messages), NOW, NOW)
        self._library.saved = [entry, *(each for each in self._library.saved if folded(each.name) != folded(name))]
        return entry

    async def rename(self, name: str, new_name: str) -> SavedMessage:
        if any(each.name == new_name for each in self._library.saved):
            raise KnownError("saved_message_exists", "x", name=new_name)
        found = next(each for each in self._library.saved if each.name == name)
        renamed = replace(found, name=new_name)
        self._library.saved = [renamed if each is found else each for each in self._library.saved]
        return renamed

    async def delete(self, name: str) -> None:
        self._library.saved = [each for each in self._library.saved if each.name != name]


class FakeTrials:
    """Implements `viewmodels.message_ports.Trials`; remembers what was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, MessageDraft, Contact | None]] = []
        self.refuse: KnownError | None = None

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
        if self.refuse is not None:
            raise self.refuse
        self.sent.append((instance, phone, message, reader))
        return "3EB0"


class FakeAi:
    """Implements `viewmodels.ai_settings.AiDesk` and `viewmodels.editor_ai.AiProposals`."""

    def __init__(self) -> None:
        self.kept = AiSettings()
        self.keys: list[str | None] = []
        self.asked: list[tuple[CampaignId | None, str, int, str]] = []
        self.waiting: list[AiDraft] = []
        self.decided: list[tuple[int, bool]] = []
        self.spent = AiUsage()
        self.refuse: KnownError | None = None

    async def settings(self) -> AiSettings:
        return self.kept

    async def has_key(self) -> bool:
        return bool(self.keys and self.keys[-1])

    async def usage(self) -> AiUsage:
        return self.spent

    async def set_up(self, settings: AiSettings, key: str | None = None) -> None:
        self.kept = settings
        if key is not None:
            self.keys.append(key)

    async def try_out(self) -> AiAnswer:
        if self.refuse is not None:
            raise self.refuse
        return AiAnswer("OK", 5, 1)

    async def propose(self, campaign_id: CampaignId | None, text: str, count: int, wish: str = "") -> Sequence[AiDraft]:
        if self.refuse is not None:
            raise self.refuse
        self.asked.append((campaign_id, text, count, wish))
        made = [AiDraft(n, campaign_id, f"{text} ({n})", DraftState.PROPOSED, NOW) for n in range(1, count + 1)]
        self.waiting = made
        return made

    async def proposed(self, campaign_id: CampaignId) -> Sequence[AiDraft]:
        return list(self.waiting)

    async def decide(self, draft_ids: Sequence[int], *, is_accepted: bool) -> None:
        self.decided += [(number, is_accepted) for number in draft_ids]
        self.waiting = [each for each in self.waiting if each.id not in draft_ids]

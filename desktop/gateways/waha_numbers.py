"""The number check of WAHA, which sends without one: to the wrong form of a Brazilian number it says yes and never
delivers (#2120, #238). So a first message is always preceded by a check, and the address that it returns is used.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.numbers import NumberCheck
from desktop.domain.outcome import NotSent, Unknown
from desktop.engine.ports import Clock
from desktop.gateways.evolution_records import fields_of, text_of
from desktop.gateways.http import Answer, HttpClient, json_of
from desktop.gateways.jids import digits, is_lid
from desktop.gateways.waha_records import chat_id

CHECK_S = 60.0
KEPT = 20_000
KEPT_FOR_S = 3600.0  # for the sends of one run; longer memory is the database's


@dataclass(frozen=True, slots=True)
class _Kept:
    check: NumberCheck
    at_s: float  # monotonic


class WahaNumbers:
    """Checks phones through one session and remembers the answers for a while."""

    def __init__(self, http: HttpClient, session: str, clock: Clock) -> None:
        self._http = http
        self._session = session
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    async def check(self, phone: str) -> NumberCheck | Answer | NotSent | Unknown:
        """Return what WhatsApp says of a phone, else the answer that says nothing of it."""
        kept = self._kept.get(phone)
        if kept is not None and self._clock.monotonic() - kept.at_s < KEPT_FOR_S:
            return kept.check
        params = {"phone": digits(phone), "session": self._session}
        answer = await self._http.get("api", "contacts", "check-exists", params=params, timeout_s=CHECK_S)
        fields = fields_of(json_of(answer))
        exists, given, phone_chat = fields.get("numberExists"), text_of(fields.get("chatId")), text_of(fields.get("pn"))
        if not isinstance(exists, bool):
            return answer
        # On GOWS the chat id may be a `@lid`; 2026.8.1 adds the other one. Both reach the person.
        address = chat_id(given) if given else None
        lid = address if address and is_lid(address) else None
        check = NumberCheck(exists, chat_id(phone_chat) if lid and phone_chat else address, lid)
        self._kept[phone] = _Kept(check, self._clock.monotonic())
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return check

    def known(self, phone: str) -> tuple[str, ...]:
        """Return the addresses that are known for a phone without asking."""
        kept = self._kept.get(phone)
        return _addresses(kept.check) if kept is not None else ()

    async def addresses(self, phone: str) -> Sequence[str]:
        """Return every address of a phone, its `@lid` included; empty when the gateway cannot tell."""
        check = await self.check(phone)
        if not isinstance(check, NumberCheck) or not check.exists:
            return ()
        known = _addresses(check)
        if any(map(is_lid, known)):
            return known
        answer = await self._http.get("api", self._session, "lids", "pn", digits(known[0] if known else phone))
        lid = text_of(fields_of(json_of(answer)).get("lid"))
        return (*known, lid) if lid and is_lid(lid) else known


def _addresses(check: NumberCheck) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for address in (check.address, check.lid) if address))

"""Asks a WAHA server whose phone is behind a hidden address (`@lid`). Source: gateways.md §4.W."""

from collections import OrderedDict
from dataclasses import replace

from desktop.domain.receipt import Inbound, Reply
from desktop.gateways.evolution_records import fields_of, text_of
from desktop.gateways.http import HttpClient, json_of
from desktop.gateways.jids import is_lid, phone_of

ASK_S = 5.0  # events wait behind it
KEPT = 10_000


class WahaLids:
    """The hidden addresses of the people who write to one session."""

    def __init__(self, http: HttpClient, session: str) -> None:
        self._http, self._session = http, session
        self._phones: OrderedDict[str, str] = OrderedDict()

    async def shown(self, item: Inbound) -> Inbound:
        """Return what happened with the phone of whoever wrote, when it is hidden and the server knows it."""
        if not isinstance(item, Reply) or item.phone is not None or not is_lid(item.address):
            return item
        phone = await self._phone_of(item.address)
        return item if phone is None else replace(item, phone=phone)

    async def _phone_of(self, lid: str) -> str | None:
        if lid not in self._phones:
            answer = await self._http.get("api", self._session, "lids", lid, timeout_s=ASK_S)
            chat = text_of(fields_of(json_of(answer)).get("pn"))
            phone = phone_of(chat) if chat is not None else None
            if phone is None:
                return None  # it may become known later
            self._phones[lid] = phone
            if len(self._phones) > KEPT:
                self._phones.popitem(last=False)
        return self._phones[lid]

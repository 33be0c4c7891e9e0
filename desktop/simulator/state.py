"""What the practice gateway remembers: instances, messages, their statuses, contacts. Memory only, no I/O."""

import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from desktop.simulator import ids

Json = dict[str, Any]


def as_object(value: Any) -> Json | None:
    """Return a JSON object as such, and None for every other JSON value."""
    return cast("Json", value) if isinstance(value, dict) else None


BAILEYS = "WHATSAPP-BAILEYS"
BUSINESS = "WHATSAPP-BUSINESS"
EVOLUTION = "EVOLUTION"
INTEGRATIONS = (BUSINESS, BAILEYS, EVOLUTION)

ALL_EVENTS = (
    "APPLICATION_STARTUP", "QRCODE_UPDATED", "MESSAGES_SET", "MESSAGES_UPSERT", "MESSAGES_EDITED", "MESSAGES_UPDATE",
    "MESSAGES_DELETE", "SEND_MESSAGE", "SEND_MESSAGE_UPDATE", "CONTACTS_SET", "CONTACTS_UPSERT", "CONTACTS_UPDATE",
    "PRESENCE_UPDATE", "CHATS_SET", "CHATS_UPSERT", "CHATS_UPDATE", "CHATS_DELETE", "GROUPS_UPSERT", "GROUP_UPDATE",
    "GROUP_PARTICIPANTS_UPDATE", "CONNECTION_UPDATE", "LABELS_EDIT", "LABELS_ASSOCIATION", "CALL", "TYPEBOT_START",
    "TYPEBOT_CHANGE_STATUS", "REMOVE_INSTANCE", "LOGOUT_INSTANCE", "INSTANCE_CREATE", "INSTANCE_DELETE",
    "STATUS_INSTANCE",
)  # fmt: skip

DEFAULT_SETTINGS: Json = {
    "rejectCall": False,
    "msgCall": "",
    "groupsIgnore": False,
    "alwaysOnline": False,
    "readMessages": False,
    "readStatus": False,
    "syncFullHistory": False,
    "wavoipToken": "",
}


@dataclass(slots=True)
class Message:
    """One message in the gateway's store, ours or theirs."""

    instance: str
    number: str  # as the caller wrote it
    jid: str
    text: str  # the text, or the caption of a medium
    id: str  # `key.id`: what the send answered and what receipts call `keyId`
    row_id: str  # the gateway's internal id
    at: float  # epoch seconds
    type: str = "conversation"
    is_ours: bool = True
    media: Json | None = None  # the content of a medium; None means plain text
    push_name: str | None = None
    known_as: str = "phone"  # by what the gateway knows who wrote it (see `control.py`, reply)
    quoted: Json | None = None  # `contextInfo` of a reply that quotes
    statuses: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])  # (row id, status), oldest first
    is_hidden: bool = False  # a fault: the search does not find it

    @property
    def timestamp(self) -> int:
        """Return the whole second that WhatsApp puts on the message."""
        return int(self.at)


@dataclass(slots=True)
class Channel:
    """Where an instance's events go: the setting behind `/websocket/set` or `/webhook/set`."""

    row_id: str
    is_enabled: bool
    events: tuple[str, ...]
    created_at: float
    updated_at: float
    url: str = ""
    headers: Json | None = None
    by_events: bool | None = None
    base64: bool | None = None


@dataclass(slots=True)
class Qr:
    """The QR code on show. `count` is how many this sign-in has shown."""

    code: str
    image: str
    count: int
    pairing_code: str | None = None


@dataclass(slots=True)
class Instance:
    """One number of the gateway."""

    name: str
    token: str
    integration: str = BAILEYS
    state: str = "close"
    number: str | None = None
    business_id: str | None = None
    owner_jid: str | None = None
    profile_name: str | None = None
    has_socket: bool = False  # a connection object exists, dead or alive: decides how a send fails while closed
    settings: Json = field(default_factory=lambda: dict(DEFAULT_SETTINGS))
    settings_row_id: str = field(default_factory=ids.row_id)
    websocket: Channel | None = None
    webhook: Channel | None = None
    qr: Qr | None = None
    sign_in: int = 0  # grows with each connect, logout and pairing: a timer of an older one is void
    disconnection: Json | None = None  # reason code, object (as text), moment
    created_at: float = field(default_factory=time.time)
    updated_at: float = field(default_factory=time.time)
    parked: list[Any] = field(default_factory=list[Any])  # receipts that wait for the number to be online again
    id: str = ""

    def __post_init__(self) -> None:
        # From name and token, so that a restarted simulator shows the same instances.
        self.id = self.id or ids.stable_uuid("instance", self.name, self.token)


class Store:
    """All instances and messages, with the indexes that the search endpoints need."""

    def __init__(self) -> None:
        self.instances: dict[str, Instance] = {}
        self.accepted: list[Message] = []
        self.contacts: dict[tuple[str, str], Json] = {}
        self._messages: dict[str, list[Message]] = {}
        self._by_id: dict[tuple[str, str], Message] = {}
        self._by_jid: dict[tuple[str, str], list[Message]] = {}
        self._known_jids: set[tuple[str, str]] = set()

    def add_instance(self, instance: Instance) -> None:
        """Keep a new instance; its name must be free."""
        self.instances[instance.name] = instance
        self._messages.setdefault(instance.name, [])

    def remove_instance(self, name: str) -> None:
        """Forget the instance, its messages and its contacts."""
        del self.instances[name]
        for message in self._messages.pop(name, []):
            self._by_id.pop((name, message.id), None)
            self._by_jid.pop((name, message.jid), None)
        for key in [key for key in self.contacts if key[0] == name]:
            del self.contacts[key]

    def add_message(self, message: Message) -> None:
        """Keep a message. Messages arrive in the order of `at`."""
        self._messages[message.instance].append(message)
        self._by_id[message.instance, message.id] = message
        self._by_jid.setdefault((message.instance, message.jid), []).append(message)

    def message(self, instance: str, key_id: str) -> Message | None:
        """Return the message with this `key.id`, or None."""
        return self._by_id.get((instance, key_id))

    def messages(self, instance: str, *, key_id: str | None = None, jid: str | None = None) -> list[Message]:
        """Return the messages of an instance, oldest first, by the narrowest index that applies."""
        if key_id is not None:
            found = self._by_id.get((instance, key_id))
            return [found] if found else []
        if jid is not None:
            return self._by_jid.get((instance, jid), [])
        return self._messages.get(instance, [])

    def messages_between(self, messages: list[Message], first: float, last: float) -> list[Message]:
        """Cut a list that is sorted by time down to whole seconds in [first, last]."""
        start = bisect_left(messages, int(first), key=lambda message: message.timestamp)
        end = bisect_left(messages, int(last) + 1, key=lambda message: message.timestamp)
        return messages[start:end]

    def latest_by_chat(self, instance: str) -> Iterator[Message]:
        """Yield the newest message of each chat, newest chat first."""
        chats = [found for (name, _), found in self._by_jid.items() if name == instance and found]
        yield from sorted((found[-1] for found in chats), key=lambda message: message.at, reverse=True)

    def remember_number(self, instance: str, jid: str) -> None:
        """Note that the number was looked up: the gateway answers it from its cache even after a logout."""
        self._known_jids.add((instance, jid))

    def is_number_cached(self, instance: str, jid: str) -> bool:
        """Tell whether the number was looked up before."""
        return (instance, jid) in self._known_jids

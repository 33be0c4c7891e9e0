"""The instances of one Evolution server: listed, made, paired, mended, removed. Implements `GatewayAdmin`."""

import logging

from desktop.domain.outcome import Accepted, NotSent, Unknown
from desktop.engine.ports import Clock, InstanceStatus, PairingCode, RemoteInstance
from desktop.gateways.evolution_records import Fields, fields_of, items_of, text_of
from desktop.gateways.evolution_states import row_phone, row_state, status_of
from desktop.gateways.http import Answer, HttpClient, json_body, json_of
from desktop.gateways.jids import digits
from desktop.gateways.outcome import evolution_outcome
from desktop.gateways.redact import redact

log = logging.getLogger(__name__)

LIST_S = 30.0
CONNECT_S = 40.0  # the server waits for a first QR code before it answers
CREATE_S = 60.0
QR_TRIES = 6
QR_PAUSE_S = 2.5  # Source: gateways.md §2.E, poll every 2–3 s
QR_LIFETIME_S = 45.0  # Source: gateways.md §2.E


class EvolutionAdmin:
    """Answers with codes of ours."""

    def __init__(self, http: HttpClient, key: str, clock: Clock) -> None:
        self._http = http
        self._key = key
        self._clock = clock

    async def instances(self) -> tuple[RemoteInstance, ...] | str:
        """List the instances that the key may see."""
        answer = await self._http.get("instance", "fetchInstances", timeout_s=LIST_S)
        if (code := self._failed("list", answer)) is not None:
            return code
        rows = items_of(json_of(answer))
        if not rows and json_of(answer) != []:
            return "garbage_answer"
        return tuple(
            RemoteInstance(name, row_state(row), row_phone(row))
            for row in map(fields_of, rows)
            if (name := text_of(row.get("name"))) is not None
        )

    async def create(self, name: str) -> str | None:
        """Make an instance of the channel that pairs with a phone; `connect` shows its code."""
        fields = {"instanceName": name, "integration": "WHATSAPP-BAILEYS", "qrcode": False}
        answer = await self._http.post("instance", "create", body=json_body(fields), timeout_s=CREATE_S)
        if isinstance(answer, Answer) and answer.status == 403:
            return "name_taken"
        return self._failed("create", answer)

    async def connect(self, name: str, phone: str | None = None) -> PairingCode | str:
        """Start pairing and return what to show; ask again while the server has no code yet.

        A sign-in that has begun without a phone shows QR codes only, however often it is asked: `no_code`, at once.
        """
        params = {"number": digits(phone)} if phone else None
        is_under_way = phone is not None and await self._is_connecting(name)
        for tries_left in range(QR_TRIES - 1, -1, -1):
            answer = await self._http.get("instance", "connect", name, params=params, timeout_s=CONNECT_S)
            pairing = pairing_code(answer)
            # With a phone only the pairing code counts: the first answers may carry a QR code alone.
            if pairing is not None and (phone is None or pairing.pairing_code or pairing.already_connected):
                return pairing
            if (code := self._failed("connect", answer)) is not None:
                return code
            if pairing is not None and is_under_way:
                break
            if tries_left:
                await self._clock.sleep(QR_PAUSE_S)
        return "no_code"

    async def _is_connecting(self, name: str) -> bool:
        answer = await self._http.get("instance", "connectionState", name)
        return fields_of(fields_of(json_of(answer)).get("instance")).get("state") == "connecting"

    async def state(self, name: str) -> InstanceStatus | None:
        """Return the state of an instance; None when the server cannot be reached."""
        answer = await self._http.get("instance", "connectionState", name)
        return status_of(await self._http.explained(answer))

    async def restart(self, name: str) -> str | None:
        """Restart the instance's connection to WhatsApp."""
        answer = await self._http.post("instance", "restart", name, body=b"", timeout_s=CONNECT_S)
        return self._failed("restart", answer)

    async def logout(self, name: str) -> str | None:
        """Unpair the phone. One that is not paired counts as done: 2.3.x answers 400 to that."""
        code = self._failed("logout", await self._http.delete("instance", "logout", name))
        return None if code == "not_connected" else code

    async def delete(self, name: str) -> str | None:
        """Remove the instance from the server, with the messages that it stores. One that is gone counts as done."""
        code = self._failed("delete", await self._http.delete("instance", "delete", name))
        return None if code == "instance_missing" else code

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    def _failed(self, what: str, answer: Answer | NotSent | Unknown) -> str | None:
        """Return why a call did not work, or None. Evolution reports some failures with status 200."""
        if isinstance(answer, Answer) and answer.status < 300:
            if fields_of(answer.json).get("error") is not True:
                return None
            log.info("Evolution: %s failed: %s", what, redact(answer.json))
            return "gateway_error"
        outcome = evolution_outcome(answer, hide=(self._key,))
        assert not isinstance(outcome, Accepted)
        log.info("Evolution: %s failed: %s %s", what, outcome.code, outcome.text)
        return outcome.code


def pairing_code(answer: Answer | NotSent | Unknown) -> PairingCode | None:
    """Read the answer of connect; None when it holds neither a code nor an open connection."""
    if not isinstance(answer, Answer) or answer.status >= 300:
        return None
    fields = fields_of(answer.json)
    if fields_of(fields.get("instance")).get("state") == "open":
        return PairingCode(None, already_connected=True)
    return _pairing_of(fields)


def _pairing_of(fields: Fields) -> PairingCode | None:
    qr_text, code = text_of(fields.get("code")), text_of(fields.get("pairingCode"))
    return PairingCode(qr_text, code, lifetime_s=QR_LIFETIME_S) if qr_text or code else None

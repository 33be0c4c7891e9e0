"""The sessions of one WAHA server: listed, made, paired, mended, removed. Implements `GatewayAdmin`."""

import logging
from collections.abc import Mapping

from desktop.domain.instance import ConnectionState
from desktop.domain.outcome import Accepted, NotSent, Unknown
from desktop.engine.ports import Clock, InstanceStatus, PairingCode, RemoteInstance
from desktop.gateways import client_certificate
from desktop.gateways.evolution_records import Fields, fields_of, items_of, text_of
from desktop.gateways.http import Answer, HttpClient, json_body, json_of
from desktop.gateways.jids import digits
from desktop.gateways.waha_outcome import waha_outcome
from desktop.gateways.waha_states import session_phone, session_state

log = logging.getLogger(__name__)

LIST_S = 30.0
CHANGE_S = 40.0
QR_S = 20.0  # the server itself waits 5 s for the status that it expects (recorded)
TRIES = 8
PAUSE_S = 2.5
# The first code lives 60 s, later ones 20 s, at most 6 of them. Source: gateways.md §2.W
QR_LIFETIME_S = 20.0

_UNAUTHORISED = frozenset({"unauthorised", "forbidden"}) | client_certificate.CODES
_MISSING = frozenset({"instance_missing", "wrong_version", "not_waha", "redirected"})


class WahaSessions:
    """Answers with codes of ours; does not own the HTTP client."""

    def __init__(self, http: HttpClient, key: str, clock: Clock) -> None:
        self._http = http
        self._key = key
        self._clock = clock

    async def instances(self) -> tuple[RemoteInstance, ...] | str:
        """List all sessions, those that are stopped too."""
        answer = await self._http.get("api", "sessions", params={"all": "true"}, timeout_s=LIST_S)
        if (code := self._failed("list", answer)) is not None:
            return code
        rows = items_of(json_of(answer))
        return listed(rows) if rows or json_of(answer) == [] else "garbage_answer"

    async def create(self, name: str) -> str | None:
        """Make a session and start it. Its history is turned on from the beginning: later it may be lost."""
        # `fullSync` off: nothing older than three months is wanted here.
        config: Mapping[str, object] = {
            "noweb": {"markOnline": True, "store": {"enabled": True, "fullSync": False}},
            "webjs": {"tagsEventsOn": True},  # or receipts may not come. Source: gateways.md §6.W
        }
        body = json_body({"name": name, "start": True, "config": config})
        answer = await self._http.post("api", "sessions", body=body, timeout_s=CHANGE_S)
        if isinstance(answer, Answer) and answer.status in (400, 409, 422) and "already exists" in answer.text:
            return "name_taken"
        return self._failed("create", answer)

    async def connect(self, name: str, phone: str | None = None) -> PairingCode | str:
        """Start what is stopped or has failed, and wait for a code to show."""
        for tries_left in range(TRIES - 1, -1, -1):
            answer = await self.session(name)
            if (code := self._failed("connect", answer)) is not None:
                return code
            status = fields_of(json_of(answer)).get("status")
            if status == "WORKING":
                return PairingCode(None, already_connected=True)
            if status in ("STOPPED", "FAILED"):
                code = await self._operate(name, "start" if status == "STOPPED" else "restart")
            elif status == "SCAN_QR_CODE":
                pairing = await self._code(name, phone)
                if pairing is not None:
                    return pairing
                code = None
            if code is not None:
                return code
            if tries_left:
                await self._clock.sleep(PAUSE_S)
        return "no_code"

    async def _code(self, name: str, phone: str | None) -> PairingCode | str | None:
        """Fetch a code; None when the session has moved on meanwhile."""
        if phone is None:
            answer = await self._http.get("api", name, "auth", "qr", params={"format": "raw"}, timeout_s=QR_S)
            found = text_of(fields_of(json_of(answer)).get("value"))
            pairing = PairingCode(found, lifetime_s=QR_LIFETIME_S) if found else None
        else:
            body = json_body({"phoneNumber": digits(phone)})
            answer = await self._http.post("api", name, "auth", "request-code", body=body, timeout_s=CHANGE_S)
            found = text_of(fields_of(json_of(answer)).get("code"))
            pairing = PairingCode(None, found) if found else None
        if pairing is not None or (isinstance(answer, Answer) and answer.status == 422):
            return pairing
        return self._failed("connect", answer) or "garbage_answer"

    async def state(self, name: str) -> InstanceStatus | None:
        """Return the state of a session."""
        return status_of(await self.session(name))

    async def session(self, name: str) -> Answer | NotSent | Unknown:
        """Ask for a session with all that the server tells of it."""
        return await self._http.explained(await self._http.get("api", "sessions", name))

    async def restart(self, name: str) -> str | None:
        """Restart the session's connection to WhatsApp."""
        return await self._operate(name, "restart")

    async def logout(self, name: str) -> str | None:
        """Forget the pairing; the session starts anew and shows a code."""
        code = await self._operate(name, "logout")
        return None if code == "not_connected" else code

    async def delete(self, name: str) -> str | None:
        """Remove the session with everything that it stores."""
        code = self._failed("delete", await self._http.delete("api", "sessions", name, timeout_s=CHANGE_S))
        return None if code == "instance_missing" else code

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def _operate(self, name: str, operation: str) -> str | None:
        answer = await self._http.post("api", "sessions", name, operation, body=b"", timeout_s=CHANGE_S)
        return self._failed(operation, answer)

    def _failed(self, what: str, answer: Answer | NotSent | Unknown) -> str | None:
        if isinstance(answer, Answer) and answer.status < 300:
            return None
        outcome = waha_outcome(answer, hide=(self._key,))
        assert not isinstance(outcome, Accepted)
        log.info("WAHA: %s failed: %s %s", what, outcome.code, outcome.text)
        return outcome.code


def listed(rows: list[object]) -> tuple[RemoteInstance, ...]:
    """Read the list of sessions."""
    sessions = map(fields_of, rows)
    return tuple(
        RemoteInstance(name, session_state(session.get("status")), session_phone(session))
        for session in sessions
        if (name := text_of(session.get("name"))) is not None
    )


def status_of(answer: Answer | NotSent | Unknown) -> InstanceStatus | None:
    """Read the answer to a question for one session; None when it says nothing about it."""
    session: Fields = fields_of(json_of(answer))
    if isinstance(answer, Answer) and answer.status < 300:
        if "status" not in session:
            return None
        state = session_state(session.get("status"))
        reason = None if state is ConnectionState.CONNECTED else (text_of(session.get("status")) or "unknown").lower()
        return InstanceStatus(state, session_phone(session), reason)
    outcome = waha_outcome(answer)
    code = "" if isinstance(outcome, Accepted) else outcome.code
    if code in _UNAUTHORISED:
        return InstanceStatus(ConnectionState.UNAUTHORISED, reason=code)
    if code in _MISSING:
        return InstanceStatus(ConnectionState.MISSING, reason=code)
    return None

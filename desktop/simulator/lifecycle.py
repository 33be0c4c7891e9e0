"""How an instance signs in and out: QR codes that change, pairing, restart, logout."""

import json
import time
from collections.abc import Callable
from typing import Any, Protocol

from desktop.simulator import ids
from desktop.simulator.behaviour import Behaviour
from desktop.simulator.qr import new_qr
from desktop.simulator.state import BAILEYS, Instance, Json, Store
from desktop.simulator.timeline import Timeline

LOGGED_OUT = 401
_BAD_SESSION = 500
_CONNECTION_CLOSED = 428
_FIRST_QR_S = 1.0


class Emitter(Protocol):
    """Takes what happens to an instance, under the names that Evolution has for it."""

    def emit(self, instance: Instance, event: str, data: Any) -> None:
        """Take one event."""
        ...


class Lifecycle:
    """The sign-in state of all instances.

    Args:
        on_open: called when a number comes (back) online.
    """

    def __init__(
        self,
        store: Store,
        events: Emitter,
        timeline: Timeline,
        behaviour: Behaviour,
        on_open: Callable[[Instance], None],
    ) -> None:
        self._store = store
        self._events = events
        self._timeline = timeline
        self._on_open = on_open
        self.behaviour = behaviour

    def connect(self, instance: Instance, number: str | None) -> None:
        """Start a sign-in unless one is under way: state connecting, a first QR, then a new one each lifetime."""
        if instance.state != "close":
            return
        if not self.behaviour.can_reach_whatsapp:
            instance.has_socket = True
            return
        was_thrown_out = bool((instance.disconnection or {}).get("by_phone"))
        instance.state, instance.has_socket, instance.qr = "connecting", True, None
        instance.sign_in += 1
        if was_thrown_out:
            # Recorded: after a logout on the phone the first connect has no code yet.
            self._later(instance, _FIRST_QR_S / self.behaviour.speed, lambda: self._show_qr(instance, number))
        else:
            self._show_qr(instance, number)

    def open(self, instance: Instance) -> None:
        """Bring the number online, as if its phone had scanned the code."""
        instance.sign_in += 1
        instance.state, instance.has_socket, instance.qr = "open", True, None
        instance.disconnection = None
        if instance.owner_jid is None:
            instance.owner_jid = f"{instance.number or self._free_number()}@s.whatsapp.net"
        instance.profile_name = instance.profile_name or instance.name
        instance.updated_at = time.time()
        data = {"instance": instance.name, "wuid": instance.owner_jid, "profileName": instance.profile_name}
        self._events.emit(instance, "connection.update", data | {"state": "open", "statusReason": 200})
        self._on_open(instance)

    def restart(self, instance: Instance) -> None:
        """Drop the number's connection and bring it back a moment later."""
        instance.sign_in += 1
        instance.state = "connecting"
        self._emit_state(instance, "connecting", 200)
        self._later(instance, self.behaviour.restart_s / self.behaviour.speed, lambda: self.open(instance))

    def logout(self, instance: Instance, *, by_phone: bool = False) -> None:
        """Sign the number out; it stays closed until somebody scans again."""
        now = time.time()
        instance.sign_in += 1
        instance.state, instance.qr, instance.updated_at = "close", None, now
        if instance.integration != BAILEYS:
            return
        instance.disconnection = {
            "code": LOGGED_OUT, "object": _disconnection_object(now), "at": ids.moment(now), "by_phone": by_phone,
        }  # fmt: skip
        status = {"instance": instance.name, "status": "closed", "disconnectionAt": ids.moment(now)}
        status |= {"disconnectionReasonCode": LOGGED_OUT, "disconnectionObject": instance.disconnection["object"]}
        self._events.emit(instance, "status.instance", status)
        self._events.emit(instance, "logout.instance", None)
        self._emit_state(instance, "close", LOGGED_OUT)

    def forget(self, instance: Instance) -> None:
        """Remove the instance and everything it holds."""
        instance.sign_in += 1
        names = {"instanceName": instance.name, "instanceId": instance.id}
        self._events.emit(instance, "instance.delete", names)
        self._events.emit(instance, "remove.instance", None)
        self._store.remove_instance(instance.name)

    def _show_qr(self, instance: Instance, number: str | None) -> None:
        if instance.qr is None and instance.state == "connecting":
            self._emit_state(instance, "connecting", 200)
        count = 1 + (instance.qr.count if instance.qr else 0)
        if count > self.behaviour.qr_limit:
            self._give_up(instance)
            return
        instance.qr = new_qr(count, for_number=number)
        qr = instance.qr
        shown: Json = {
            "instance": instance.name, "pairingCode": qr.pairing_code, "code": qr.code, "base64": qr.image,
        }  # fmt: skip
        self._events.emit(instance, "qrcode.updated", {"qrcode": shown})
        speed = self.behaviour.speed
        if count == 1 and self.behaviour.pair_after_s is not None:
            self._later(instance, self.behaviour.pair_after_s / speed, lambda: self.open(instance))
        self._later(instance, self.behaviour.qr_lifetime_s / speed, lambda: self._show_qr(instance, number))

    def _give_up(self, instance: Instance) -> None:
        instance.sign_in += 1
        instance.state, instance.qr = "close", None
        message = "QR code limit reached, please login again"
        self._events.emit(instance, "qrcode.updated", {"message": message, "statusCode": _BAD_SESSION})
        self._emit_state(instance, "refused", _CONNECTION_CLOSED)

    def _emit_state(self, instance: Instance, state: str, reason: int) -> None:
        data = {"instance": instance.name, "state": state, "statusReason": reason}
        self._events.emit(instance, "connection.update", data)

    def _later(self, instance: Instance, delay_s: float, action: Callable[[], None]) -> None:
        """Run `action` later unless the sign-in has moved on by then."""
        sign_in = instance.sign_in
        self._timeline.after(delay_s, lambda: action() if instance.sign_in == sign_in else None)

    def _free_number(self) -> str:
        taken = {instance.owner_jid for instance in self._store.instances.values()}
        number = 5511900000001
        while f"{number}@s.whatsapp.net" in taken:
            number += 1
        return str(number)


def _disconnection_object(now: float) -> str:
    payload = {"statusCode": LOGGED_OUT, "error": "Unauthorized", "message": "Stream Errored (unknown)"}
    return json.dumps(
        {
            "error": {
                "data": {"tag": "stream:error", "attrs": {"code": "401"}},
                "isBoom": True,
                "isServer": False,
                "output": {"statusCode": LOGGED_OUT, "payload": payload, "headers": {}},
            },
            "date": ids.moment(now),
        },
        separators=(",", ":"),
    )

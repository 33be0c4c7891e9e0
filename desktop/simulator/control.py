"""The control API under `/_control`, for tests, the demo and the command line. It needs the global key.

GET  /_control/stats
GET  /_control/accepted?after=N&limit=N&instance=NAME     accepted messages from the N-th on (0 first)
POST /_control/reply    {"instance", "number", "text", "name"?, "quoted"?, "as"?}   a person writes
                        `quoted` is a key id, or "last" for what was sent to the person last; `as` is by what the
                        gateway knows the person: "phone", "lid" (hidden address only; at Meta the business-scoped id),
                        or "lid_and_phone" (both)
POST /_control/pair     {"instance"}     as if its phone had scanned the code
POST /_control/logout   {"instance"}     as if its phone had signed it out
POST /_control/script   a script as in `script.py`; it replaces rules, counts and clock, and changes settings
POST /_control/away     {"seconds"}      the network goes away

Those of the Cloud API only are in `cloud/server.py`.
"""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from desktop.domain.errors import KnownError
from desktop.simulator import ids
from desktop.simulator.answers import UNAUTHORIZED, Answer
from desktop.simulator.numbers import resolved_jid
from desktop.simulator.rest import MalformedBodyError, read_call
from desktop.simulator.script import Script, parse_script
from desktop.simulator.state import Instance, Json, Message
from desktop.simulator.wire import respond
from desktop.simulator.world import Call, World

_PAGE_SIZE = 1000
KNOWN_AS = ("phone", "lid", "lid_and_phone")
Command = Callable[[Call], Answer | Awaitable[Answer]]


class Control:
    """Steer a running simulator.

    Args:
        go_away: takes the network away for some seconds.
        use_script: puts a script in force.
        own: what only this gateway can be told, by method and last part of the path.
    """

    def __init__(
        self,
        world: World,
        go_away: Callable[[float], None],
        use_script: Callable[[Script], None],
        own: Mapping[tuple[str, str], Command],
    ) -> None:
        self._world = world
        self._go_away = go_away
        self._use_script = use_script
        self._started_at = time.monotonic()
        self._actions: dict[tuple[str, str], Command] = {
            ("GET", "stats"): self._stats,
            ("GET", "accepted"): self._accepted,
            ("POST", "reply"): self._reply,
            ("POST", "pair"): self._pair,
            ("POST", "logout"): self._logout,
            ("POST", "script"): self._script,
            ("POST", "away"): self._away,
            **own,
        }

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer one request to the control API."""
        try:
            call = await read_call(request)
            if call.key != self._world.api_key:
                return respond(UNAUTHORIZED)
            action = self._actions.get((call.method, call.endpoint))
            if action is None:
                return respond(_problem(404, "unknown_action", "There is no such control."))
            answer = action(call)
            return respond(answer if isinstance(answer, Answer) else await answer)
        except KnownError as error:
            return respond(_problem(400, error.code, error.message))
        except MalformedBodyError:
            return respond(_problem(400, "not_json", "The body is not JSON."))

    def _stats(self, call: Call) -> Answer:
        world = self._world
        per_instance: dict[str, int] = dict.fromkeys(world.store.instances, 0)
        for message in world.store.accepted:
            per_instance[message.instance] = per_instance.get(message.instance, 0) + 1
        return Answer(
            200,
            {
                "accepted": len(world.store.accepted),
                "accepted_by_instance": per_instance,
                "requests": world.request_count,
                "waiting": len(world.timeline),
                "listeners": world.events.listener_count,
                "events_sent": world.events.sent_count,
                "rule_hits": [rule.hits for rule in world.faults.rules],
                "uptime_s": time.monotonic() - self._started_at,
            },
        )

    def _accepted(self, call: Call) -> Answer:
        first = int(call.query.get("after", 0))
        limit = int(call.query.get("limit", _PAGE_SIZE))
        wanted = call.query.get("instance")
        rows = self._world.store.accepted[first : first + limit]
        return Answer(200, [_row(message) for message in rows if wanted in (None, message.instance)])

    def _reply(self, call: Call) -> Answer:
        instance = instance_of(call, self._world)
        number, text = text_member(call.body, "number"), text_member(call.body, "text")
        jid, known_as = resolved_jid(number), str(call.body.get("as") or "phone")
        if known_as not in KNOWN_AS:
            raise KnownError("control_invalid", f'The member "as" must be one of {", ".join(KNOWN_AS)}.')
        quoted = self._quoted(instance.name, jid, str(call.body.get("quoted") or ""))
        reply = self._world.receipts.reply(instance, number, jid, text, call.body.get("name"), quoted, known_as)
        return Answer(200, {"id": reply.id, "jid": reply.jid})

    def _quoted(self, instance: str, jid: str, key_id: str) -> Message | None:
        if key_id != "last":
            return self._world.store.message(instance, key_id)
        ours = [each for each in self._world.store.messages(instance, jid=jid) if each.is_ours]
        return ours[-1] if ours else None

    def _pair(self, call: Call) -> Answer:
        instance = instance_of(call, self._world)
        self._world.lifecycle.open(instance)
        return Answer(200, {"instance": instance.name, "state": instance.state})

    def _logout(self, call: Call) -> Answer:
        instance = instance_of(call, self._world)
        self._world.lifecycle.logout(instance, by_phone=True)
        return Answer(200, {"instance": instance.name, "state": instance.state})

    def _script(self, call: Call) -> Answer:
        script = parse_script(call.body, self._world.behaviour)
        self._use_script(script)
        return Answer(200, {"rules": len(script.rules)})

    def _away(self, call: Call) -> Answer:
        seconds: Any = call.body.get("seconds")
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or seconds <= 0:
            raise KnownError("control_invalid", 'The member "seconds" must be a number above 0.')
        self._world.timeline.after(0.05, lambda: self._go_away(float(seconds)))  # this answer still gets out
        return Answer(200, {"seconds": seconds})


def instance_of(call: Call, world: World) -> Instance:
    """Return the instance that a command names. Raises KnownError when there is none."""
    name = text_member(call.body, "instance")
    instance = world.store.instances.get(name)
    if instance is None:
        raise KnownError("instance_unknown", f'The simulator has no instance "{name}".')
    return instance


def _row(message: Message) -> Json:
    return {
        "at": ids.moment(message.at),
        "instance": message.instance,
        "number": message.number,
        "jid": message.jid,
        "text": message.text,
        "id": message.id,
        "type": message.type,
        "statuses": [status for _, status in message.statuses],
    }


def text_member(body: Json, name: str) -> str:
    """Return a member of a command that must be text. Raises KnownError when it is none."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise KnownError("control_invalid", f'The member "{name}" must be text.')
    return value


def _problem(status: int, code: str, message: str) -> Answer:
    return Answer(status, {"error": code, "message": message})

"""Makes a gateway post to us, through its own API. What other programs have set up there is not taken away.

Evolution knows one webhook an instance; WAHA a list a session, whose change restarts the session, so that it is only
made where something differs. Meta's is made in its dashboard. Source: gateways.md §§6.E, 6.W, 9.W.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from desktop.domain.inbound_hook import KEY_HEADER, PATH, Hook
from desktop.domain.instance import Gateway
from desktop.domain.outcome import Accepted, NotSent, Unknown
from desktop.gateways import waha_events
from desktop.gateways.evolution_events import EVENTS
from desktop.gateways.evolution_records import Fields, fields_of, items_of, text_of
from desktop.gateways.http import Answer, HttpClient, json_body
from desktop.gateways.outcome import evolution_outcome

RESTART_S = 60.0

Setup = str | None
"""None: done. Else a code: hook_in_use, not_available, or what the gateway answered (unreachable, unauthorised …)."""


def credentials(gateway: Gateway, token: str) -> Mapping[str, str]:
    """Return the headers that a gateway's API wants."""
    match gateway:
        case Gateway.EVOLUTION:
            return {"apikey": token}
        case Gateway.WAHA:
            return {"X-Api-Key": token}
        case Gateway.CLOUD:
            return {"Authorization": f"Bearer {token}"}


async def set_hook(http: HttpClient, hook: Hook, url: str | None, *, replace: bool = False) -> Setup:
    """Tell the gateway to post to `url`, or (None) to post no more.

    Args:
        replace: take the place of another program's webhook, where there is only one.
    """
    match hook.instance.gateway:
        case Gateway.EVOLUTION:
            return await _set_evolution(http, hook, url, replace)
        case Gateway.WAHA:
            return await _set_waha(http, hook, url)
        case Gateway.CLOUD:
            return "not_available"


async def _set_evolution(http: HttpClient, hook: Hook, url: str | None, replace: bool) -> Setup:
    name = hook.instance.remote_name
    found = await http.get("webhook", "find", name)
    present = fields_of(found.json) if isinstance(found, Answer) and found.status < 300 else fields_of(None)
    if trouble := _trouble(found):
        return trouble
    theirs = text_of(present.get("url"))
    is_others = present.get("enabled") is True and theirs is not None and not _is_ours(theirs)
    if is_others and (url is None or not replace):
        return None if url is None else "hook_in_use"
    if url is None and theirs is None:
        return None
    wanted: dict[str, object] = {
        "enabled": url is not None,
        "url": url or theirs,
        "headers": {KEY_HEADER: hook.signing_key} if url else {},
        "byEvents": False,
        "base64": False,
        # Without `events` the server answers 500. Source: the recordings.
        "events": list(EVENTS),
    }
    return _trouble(await http.post("webhook", "set", name, body=json_body({"webhook": wanted})))


async def _set_waha(http: HttpClient, hook: Hook, url: str | None) -> Setup:
    path = ("api", "sessions", hook.instance.remote_name)
    found = await http.get(*path)
    if trouble := _trouble(found):
        return trouble
    assert isinstance(found, Answer)
    config = fields_of(fields_of(found.json).get("config"))
    before = items_of(config.get("webhooks"))
    others = [each for each in before if not _is_ours(text_of(fields_of(each).get("url")) or "")]
    after: list[object] = [*others, *([_waha_hook(hook, url)] if url else [])]
    if after == before:
        return None
    changed = json_body({"config": {**config, "webhooks": after}})
    return _trouble(await http.request("PUT", path, changed, None, RESTART_S))


def _waha_hook(hook: Hook, url: str) -> Mapping[str, object]:
    return {
        "url": url,
        "events": list(waha_events.EVENTS),
        "hmac": {"key": hook.signing_key},
        "retries": {"policy": "exponential", "delaySeconds": 2, "attempts": 15},
    }


def _is_ours(url: str) -> bool:
    """Tell whether an address is one that this program has made, for whatever port or tunnel it had then."""
    path = urlsplit(url).path
    return path.startswith(PATH) and len(path) == len(PATH) + 40


def _trouble(answer: Answer | NotSent | Unknown) -> Setup:
    if isinstance(answer, Answer) and answer.status < 300:
        failed: Fields = fields_of(answer.json)
        return "gateway_error" if failed.get("error") is True else None
    outcome = evolution_outcome(answer)
    return None if isinstance(outcome, Accepted) else outcome.code


async def ask_receiver(http: HttpClient, hook: Hook, nonce: str) -> str:
    """Knock at a hook's address as a gateway would; return ok, not_ours, or why nobody answered."""
    answer = await http.get(*hook.path.strip("/").split("/"), params={"nonce": nonce})
    if isinstance(answer, Answer):
        return "ok" if answer.status == 200 and answer.text == hook.proof(nonce) else "not_ours"
    return answer.code

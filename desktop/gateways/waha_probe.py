"""Test a WAHA connection: says precisely what is wrong with an address and a key, before anything is stored."""

from desktop.domain.outcome import ErrorClass, NotSent, Rejected, Unknown
from desktop.engine.ports import GatewayProbe
from desktop.gateways.evolution_records import fields_of, items_of
from desktop.gateways.http import NAMED_FAILURES, Answer, HttpClient, json_of
from desktop.gateways.redact import clean_text
from desktop.gateways.waha_engine import OLDEST, WahaFacts, facts_of
from desktop.gateways.waha_outcome import waha_outcome, words_of
from desktop.gateways.waha_sessions import listed, session_phone, session_state

LIST_S = 30.0


async def probe_waha(http: HttpClient, key: str, session: str | None = None) -> GatewayProbe:
    """Ask for engine and version, then for the sessions, which proves that the key may read.

    Args:
        session: asked for when the key turns out to be one that may not list sessions.
    """
    about = await http.explained(await http.get("api", "server", "version"))
    facts = facts_of(json_of(about))
    if facts is None:
        return await _not_told(http, about, key)
    version = f"{facts.version} {facts.engine or 'unknown engine'}"
    if facts.number < OLDEST:
        return GatewayProbe(False, "wrong_version", version)
    answer = await http.get("api", "sessions", params={"all": "true"}, timeout_s=LIST_S)
    if isinstance(answer, Answer) and answer.status == 403 and session is not None:
        return await _one(http, key, session, version)
    if (trouble := _trouble(answer, key, version)) is not None:
        return trouble
    rows = items_of(json_of(answer))
    if not rows and json_of(answer) != []:
        return GatewayProbe(False, "garbage_answer", version)
    return GatewayProbe(True, "ok", version, tuple((row.name, row.state, row.phone) for row in listed(rows)))


async def _not_told(http: HttpClient, about: Answer | NotSent | Unknown, key: str) -> GatewayProbe:
    """Say what stands in the way of the version; servers before 2024.9 tell it elsewhere."""
    if isinstance(about, Answer) and about.status == 404:
        old: WahaFacts | None = facts_of(json_of(await http.get("api", "version")))
        if old is not None:
            return GatewayProbe(False, "wrong_version", old.version)
        return GatewayProbe(False, "not_waha", text=clean_text(words_of(about), (key,)))
    if isinstance(about, Answer) and about.status < 300:
        return GatewayProbe(False, "not_waha", text=clean_text(about.text, (key,)))
    return _trouble(about, key, None) or GatewayProbe(False, "not_waha")


async def _one(http: HttpClient, key: str, session: str, version: str) -> GatewayProbe:
    answer = await http.get("api", "sessions", session)
    if (trouble := _trouble(answer, key, version)) is not None:
        return trouble
    row = fields_of(json_of(answer))
    if "status" not in row:
        return GatewayProbe(False, "garbage_answer", version)
    return GatewayProbe(True, "ok", version, ((session, session_state(row.get("status")), session_phone(row)),))


def _trouble(answer: Answer | NotSent | Unknown, key: str, version: str | None) -> GatewayProbe | None:
    """Return what stands in the way, or None when the answer is a success."""
    if isinstance(answer, NotSent):
        return GatewayProbe(False, answer.code if answer.code in NAMED_FAILURES else "unreachable", text=answer.text)
    if isinstance(answer, Unknown):
        code = "garbage_answer" if answer.code == "garbage_answer" else "unreachable"
        return GatewayProbe(False, code, version, text=answer.text)
    if answer.status < 300:
        return None
    outcome = waha_outcome(answer, hide=(key,))
    text = getattr(outcome, "text", "")
    if isinstance(outcome, Rejected) and outcome.error_class is ErrorClass.ACCOUNT_STOP:
        return GatewayProbe(False, _CODES.get(outcome.code, "not_waha"), version, text=text)
    is_proxy = answer.status in (502, 503, 504)
    return GatewayProbe(False, "unreachable" if is_proxy else "garbage_answer", version, text=text)


_CODES = {
    "unauthorised": "unauthorised",
    "forbidden": "key_scope",
    "wrong_version": "wrong_version",
    "instance_missing": "instance_missing",
}

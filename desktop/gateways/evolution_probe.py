"""Test a connection: says precisely what is wrong with an address and a key, before anything is stored."""

from dataclasses import replace

from desktop.domain.errors import KnownError
from desktop.domain.instance import ConnectionState
from desktop.domain.outcome import ErrorClass, NotSent, Rejected, Unknown
from desktop.engine.ports import GatewayProbe
from desktop.gateways.evolution_records import fields_of, items_of, text_of
from desktop.gateways.evolution_states import connection_state, row_phone, row_state
from desktop.gateways.http import NAMED_FAILURES, Answer, HttpClient
from desktop.gateways.outcome import evolution_outcome
from desktop.gateways.redact import clean_text

LIST_S = 30.0
ROOT_S = 20.0  # the server looks its WhatsApp version up elsewhere before it answers. Source: gateways.md §1.E

Instances = tuple[tuple[str, ConnectionState, str | None], ...]


async def probe_evolution(http: HttpClient, key: str) -> GatewayProbe:
    """Ask for the version (open to all) and the instances (needs the key)."""
    root = await http.explained(await http.get(timeout_s=ROOT_S))
    if (trouble := _trouble(root, None, key)) is not None:
        # Evolution tells everybody what it is: who asks for a key there is another program (WAHA does).
        return replace(trouble, code="not_evolution") if trouble.code == "unauthorised" else trouble
    assert isinstance(root, Answer)
    about = fields_of(root.json)
    version = text_of(about.get("version"))
    if version is None or "evolution" not in str(about.get("message", "")).lower():
        return GatewayProbe(False, "not_evolution", text=clean_text(root.text, (key,)))
    if not version.startswith("2."):
        return GatewayProbe(False, "wrong_version", version)
    listed = await http.get("instance", "fetchInstances", timeout_s=LIST_S)
    if (trouble := _trouble(listed, version, key)) is not None:
        return trouble
    assert isinstance(listed, Answer)
    rows = items_of(listed.json)
    if not rows and listed.json != []:
        return GatewayProbe(False, "garbage_answer", version)
    return _of_list(rows, version)


async def probe_instance(http: HttpClient, key: str, name: str, before: GatewayProbe) -> GatewayProbe:
    """Ask for one instance with its own token: a server may not let such a token list. Source: gateways.md §1.E."""
    answer = await http.get("instance", "connectionState", name)
    if (trouble := _trouble(answer, before.version, key)) is not None:
        return trouble
    assert isinstance(answer, Answer)
    instance = fields_of(fields_of(answer.json).get("instance"))
    if not instance:
        return GatewayProbe(False, "garbage_answer", before.version)
    return GatewayProbe(True, "ok", before.version, ((name, connection_state(instance.get("state")), None),))


def _of_list(rows: list[object], version: str) -> GatewayProbe:
    read = [fields_of(row) for row in rows]
    if any("instance" in row for row in read):
        return GatewayProbe(False, "wrong_version", version)  # v1 nests each row
    instances: Instances = tuple(
        (name, row_state(row), row_phone(row)) for row in read if (name := text_of(row.get("name"))) is not None
    )
    return GatewayProbe(True, "ok", version, instances)


def _trouble(answer: Answer | NotSent | Unknown, version: str | None, key: str) -> GatewayProbe | None:
    """Return what stands in the way, or None when the answer is a success with JSON in it."""
    if isinstance(answer, NotSent):
        return GatewayProbe(False, answer.code if answer.code in NAMED_FAILURES else "unreachable", text=answer.text)
    if isinstance(answer, Unknown):
        code = "garbage_answer" if answer.code == "garbage_answer" else "unreachable"
        return GatewayProbe(False, code, version, text=answer.text)
    if answer.status < 300:
        if answer.json is not None:
            return None
        code = "garbage_answer" if version else "not_evolution"
        return GatewayProbe(False, code, version, text=clean_text(answer.text, (key,)))
    outcome = evolution_outcome(answer, hide=(key,))
    text = getattr(outcome, "text", "")
    if isinstance(outcome, Rejected) and outcome.error_class is ErrorClass.ACCOUNT_STOP:
        return GatewayProbe(False, _CODES.get(outcome.code, "not_evolution"), version, text=text)
    return GatewayProbe(
        False, "unreachable" if answer.status in (502, 503, 504) else "garbage_answer", version, text=text
    )


_CODES = {
    "unauthorised": "unauthorised",
    "forbidden": "unauthorised",
    "licence_required": "licence",
    "wrong_version": "wrong_version",
    "instance_missing": "instance_missing",
}


def bad_address(error: KnownError) -> GatewayProbe:
    """Say that nothing could be asked at all."""
    return GatewayProbe(False, error.code, text=error.message)

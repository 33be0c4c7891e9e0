"""Test a connection to the Cloud API: token, number, account and permissions are told apart."""

from desktop.domain.instance import ConnectionState
from desktop.domain.outcome import NotSent, Rejected, Unknown
from desktop.engine.ports import GatewayProbe
from desktop.gateways.cloud_outcome import cloud_outcome
from desktop.gateways.cloud_reading import BASIC_FIELDS, next_page, number_state, shown_phone
from desktop.gateways.evolution_records import fields_of, items_of, text_of
from desktop.gateways.http import NAMED_FAILURES, Answer, HttpClient

MOST_PAGES = 20
_LIST_FIELDS = "id,display_phone_number,verified_name,status,quality_rating"

_CODES = {
    "unauthorised": "cloud_token_invalid",
    "permission": "permission_missing",
    "forbidden": "permission_missing",
    "not_cloud": "not_cloud",
    "redirected": "not_cloud",
}

Numbers = tuple[tuple[str, ConnectionState, str | None], ...]


async def probe_cloud(http: HttpClient, token: str, phone_id: str | None, waba_id: str | None) -> GatewayProbe:
    """Ask for the number, the account's numbers and its templates, in this order; say which of them is refused.

    Args:
        phone_id: None where the number is still to be chosen from those of the account.
    """
    version: str | None = None
    if phone_id:
        answer = await http.explained(await http.get(phone_id, params={"fields": BASIC_FIELDS}))
        version = _version(answer)
        if (trouble := _trouble(answer, version, token, "number_not_found")) is not None:
            return trouble
    if not waba_id:
        return GatewayProbe(False, "waba_missing", version)
    numbers = await _numbers(http, waba_id, token)
    if isinstance(numbers, GatewayProbe):
        return numbers
    if phone_id and phone_id not in [name for name, _, _ in numbers]:
        return GatewayProbe(False, "number_not_in_waba", version, numbers)
    listed = await http.get(waba_id, "message_templates", params={"limit": "1"})
    version = version or _version(listed)
    trouble = _trouble(listed, version, token, "waba_not_found")
    return trouble or GatewayProbe(True, "ok", version, numbers)


async def _numbers(http: HttpClient, waba_id: str, token: str) -> Numbers | GatewayProbe:
    found: Numbers = ()
    params = {"fields": _LIST_FIELDS, "limit": "100"}
    for _ in range(MOST_PAGES):
        answer = await http.explained(await http.get(waba_id, "phone_numbers", params=params))
        if (trouble := _trouble(answer, _version(answer), token, "waba_not_found")) is not None:
            return trouble
        assert isinstance(answer, Answer)
        for row in map(fields_of, items_of(fields_of(answer.json).get("data"))):
            phone_id = text_of(row.get("id"))
            if phone_id is not None:
                found = (*found, (phone_id, number_state(row), shown_phone(row)))
        after = next_page(answer.json)
        if after is None:
            break
        params = params | {"after": after}
    return found


def _version(answer: Answer | NotSent | Unknown) -> str | None:
    return answer.headers.get("facebook-api-version") if isinstance(answer, Answer) else None


def _trouble(
    answer: Answer | NotSent | Unknown, version: str | None, token: str, if_missing: str
) -> GatewayProbe | None:
    """Return what stands in the way, or None when the answer is a success with an object in it."""
    if isinstance(answer, NotSent):
        return GatewayProbe(False, answer.code if answer.code in NAMED_FAILURES else "unreachable", text=answer.text)
    if isinstance(answer, Unknown):
        return GatewayProbe(False, "unreachable", version, text=answer.text)
    if answer.status < 300:
        return None if fields_of(answer.json) else GatewayProbe(False, "not_cloud", version)
    outcome = cloud_outcome(answer, hide=(token,))
    text = getattr(outcome, "text", "")
    if not isinstance(outcome, Rejected):
        return GatewayProbe(False, "unreachable", version, text=text)
    if outcome.code == "instance_missing":
        return GatewayProbe(False, if_missing, version, text=text)
    return GatewayProbe(False, _CODES.get(outcome.code, "garbage_answer"), version, text=text)

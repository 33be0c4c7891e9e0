"""The REST API by which other programs on this machine drive campaigns: routes, and what each may answer.

It decides nothing: everything goes through the same operations as the window and the command line, with the same
refusals. Whoever has the token may do what the operator may do with campaigns, and nothing with tokens or gateways.
"""

import hmac
import logging
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from litestar import Litestar, Request, Response, Router, delete, get, post
from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.handlers import BaseRouteHandler
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import FromPath, FromQuery, JSONBody, PathParameter, QueryParameter

from desktop.api import schema
from desktop.api.ports import ApiDesk
from desktop.domain.campaign import CampaignAction
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId

log = logging.getLogger(__name__)

MOST_RECIPIENTS = 1000
LARGEST_BODY = 1_000_000  # bytes; a list of 50,000 phones fits

_REFUSED = {
    status: ResponseSpec(schema.Refusal, description=what)
    for status, what in ((401, "no token, or a wrong one"), (404, "there is no such campaign"), (409, "not now"),
                         (422, "the document is wrong"))
}  # fmt: skip
_NOT_NOW = frozenset({"action_not_allowed", "preflight_failed", "nothing_to_retry", "engine_busy", "not_ready"})

Id = Annotated[int, PathParameter(ge=1)]


def build_app(desk: ApiDesk, token: str, hosts: Sequence[str]) -> Litestar:
    """Return the application.

    Args:
        token: what `Authorization: Bearer …` must carry.
        hosts: `host:port` names by which it may be asked: a page in a browser that resolves its own name to this
            machine is not served.
    """

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
        scheme, _, given = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
            raise NotAuthorizedException("a token is missing or wrong")

    handlers = [
        campaigns,
        create,
        campaign,
        preflight,
        act,
        duplicate,
        retry_failed,
        remove,
        recipients,
        instances,
        opt_out,
    ]
    return Litestar(
        [Router("/v1", route_handlers=handlers, guards=[guard], security=[{"token": []}])],
        state=State({"desk": desk}),
        allowed_hosts=AllowedHostsConfig(list(hosts)),
        exception_handlers={KnownError: _on_known, HTTPException: _on_http, Exception: _on_bug},
        request_max_body_size=LARGEST_BODY,
        openapi_config=OpenAPIConfig(
            title="Cadência",
            version="1",
            description="Create, start, pause and follow campaigns. The objects are those of the command line.",
            path="/schema",
            render_plugins=[JsonRenderPlugin()],
            components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
        ),
        logging_config=None,
        debug=False,
    )


@get("/campaigns", responses=_REFUSED, summary="All campaigns, newest first")
async def campaigns(state: State) -> list[schema.Status]:
    return [schema.Status(**_any(found)) for found in await _desk(state).campaigns()]


@post("/campaigns", responses=_REFUSED, summary="Create a campaign from a draft; one with schedule_at starts by itself")
async def create(state: State, data: JSONBody[dict[str, Any]]) -> schema.Created:
    status = await _desk(state).campaign(await _desk(state).create(data))
    return schema.Created(**_any({name: status[name] for name in ("id", "name", "status")}))


@get("/campaigns/{campaign_id:int}", responses=_REFUSED, summary="One campaign")
async def campaign(state: State, campaign_id: Id) -> schema.Status:
    return await _status(state, CampaignId(campaign_id))


@get("/campaigns/{campaign_id:int}/preflight", responses=_REFUSED, summary="The checklist before the start")
async def preflight(state: State, campaign_id: Id) -> schema.Checklist:
    found = _any(await _desk(state).preflight(CampaignId(campaign_id)))
    return schema.Checklist(found["ok"], [schema.CheckLine(**line) for line in found["lines"]])


@post(
    "/campaigns/{campaign_id:int}/{action:str}",
    responses=_REFUSED,
    status_code=200,
    summary="start, pause, resume or cancel",
)
async def act(state: State, campaign_id: Id, action: FromPath[str]) -> schema.Status:
    if action not in ("start", "pause", "resume", "cancel"):
        raise KnownError("action_not_found", f"There is no action {action}.", "start, pause, resume, cancel")
    await _desk(state).act(CampaignId(campaign_id), CampaignAction(action))
    return await _status(state, CampaignId(campaign_id))


@post("/campaigns/{campaign_id:int}/duplicate", responses=_REFUSED, summary="A new draft from it")
async def duplicate(state: State, campaign_id: Id) -> schema.Status:
    return await _status(state, await _desk(state).duplicate(CampaignId(campaign_id)))


@post(
    "/campaigns/{campaign_id:int}/retry-failed",
    responses=_REFUSED,
    summary="A new draft to those who failed for a reason that can pass",
)
async def retry_failed(state: State, campaign_id: Id) -> schema.Status:
    return await _status(state, await _desk(state).retry_failed(CampaignId(campaign_id)))


@delete("/campaigns/{campaign_id:int}", responses=_REFUSED, summary="Remove it and its recipients")
async def remove(state: State, campaign_id: Id) -> None:
    await _desk(state).act(CampaignId(campaign_id), CampaignAction.DELETE)


@get("/campaigns/{campaign_id:int}/recipients", responses=_REFUSED, summary="Its recipients, a page at a time")
async def recipients(
    state: State,
    campaign_id: Id,
    status: FromQuery[str | None] = None,
    after: Annotated[int | None, QueryParameter(ge=0)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST_RECIPIENTS)] = 200,
) -> schema.RecipientPage:
    rows = [
        schema.Recipient(**_any(r))
        for r in await _desk(state).recipients(CampaignId(campaign_id), status, after, limit)
    ]
    return schema.RecipientPage(rows, rows[-1].id if len(rows) == limit else None)


@get("/instances", responses=_REFUSED, summary="All numbers and what they wait for")
async def instances(state: State) -> list[schema.Instance]:
    return [schema.Instance(**_any(found)) for found in await _desk(state).instances()]


@post("/opt-outs", responses=_REFUSED, status_code=204, summary="Never send to this phone again")
async def opt_out(state: State, data: JSONBody[schema.Phone]) -> None:
    await _desk(state).opt_out(data.phone)


def _desk(state: State) -> ApiDesk:
    return state["desk"]


async def _status(state: State, campaign_id: CampaignId) -> schema.Status:
    return schema.Status(**_any(await _desk(state).campaign(campaign_id)))


def _any(found: Mapping[str, object]) -> dict[str, Any]:
    return dict(found)


def _on_known(_request: Request[Any, Any, Any], error: KnownError) -> Response[schema.Refusal]:
    if error.code.endswith("_not_found"):
        status = 404
    elif error.code == "not_allowed":
        status = 403
    elif error.code in _NOT_NOW:
        status = 409
    else:
        status = 422
    return Response(schema.Refusal(error.code, error.message, error.hint), status_code=status)


def _on_http(_request: Request[Any, Any, Any], error: HTTPException) -> Response[schema.Refusal]:
    codes = {401: "unauthorised", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
    code = codes.get(error.status_code, "bad_request")
    return Response(schema.Refusal(code, error.detail, "See /schema/openapi.json."), status_code=error.status_code)


def _on_bug(_request: Request[Any, Any, Any], error: Exception) -> Response[schema.Refusal]:
    log.error("the API failed", exc_info=error)
    return Response(
        schema.Refusal("internal", "Something went wrong.", "The log file has the details."), status_code=500
    )

"""The practice Cloud API: answers as Meta describes them, and signed webhooks."""

import hashlib
import hmac
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from desktop.simulator.cloud.answers import PORTFOLIO_ID, WABA_ID, phone_id_of
from desktop.simulator.cloud.server import CloudSimulator
from tests.desktop.gateways.conftest import until
from tests.desktop.gateways.meta_spec import problems
from tests.desktop.simulator.conftest import QUICK

KEY, TO = "EAAkey", "+5511988887777"
PHONE_ID = phone_id_of("a")


def simulator(*rules: Any, **settings: Any) -> CloudSimulator:
    return CloudSimulator(("a",), api_key=KEY, script={"settings": QUICK | settings, "rules": list(rules)}, seed=1)


class Asker:
    """Asks over HTTP with the token, and hears webhooks."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.heard: list[dict[str, Any]] = []
        self.refuse = 0  # how many webhooks are to be answered 500

    async def ask(self, method: str, path: str, body: Any = None, token: str = KEY) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {token}", "apikey": token}
        async with self.session.request(method, path, json=body, headers=headers) as answer:
            return answer.status, await answer.json(content_type=None)

    async def send(self, kind: str = "text", content: Any = None, **more: Any) -> tuple[int, Any]:
        body = {"messaging_product": "whatsapp", "to": TO, "type": kind, kind: content or {"body": "oi"}} | more
        return await self.ask("POST", f"/v25.0/{PHONE_ID}/messages", body)

    async def code(self, kind: str, content: Any = None) -> int:
        return (await self.send(kind, content))[1]["error"]["code"]

    async def take(self, request: web.Request) -> web.Response:
        if request.method == "GET":
            is_ours = request.query["hub.verify_token"] == "word"
            return web.Response(text=request.query["hub.challenge"] if is_ours else "no")
        raw = await request.read()
        proof = hmac.new(b"practice-app-secret", raw, hashlib.sha256).hexdigest()
        assert request.headers["X-Hub-Signature-256"] == f"sha256={proof}"
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=500)
        self.heard.extend(change for entry in json.loads(raw)["entry"] for change in entry["changes"])
        return web.Response()

    def statuses(self) -> list[dict[str, Any]]:
        return [row for change in self.heard for row in change["value"].get("statuses", [])]


@asynccontextmanager
async def asking(running: CloudSimulator, *, hears: bool = False) -> AsyncGenerator[Asker]:
    async with running, aiohttp.ClientSession(running.url) as session:
        asker = Asker(session)
        if not hears:
            yield asker
            return
        app = web.Application()
        app.router.add_route("*", "/hook", asker.take)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        asked = await asker.ask(
            "POST", f"/v25.0/{WABA_ID}/subscribed_apps", {"override_callback_uri": url, "verify_token": "word"}
        )
        assert asked == (200, {"success": True})
        try:
            yield asker
        finally:
            await runner.cleanup()


async def test_a_text_is_accepted_and_its_statuses_carry_our_tag() -> None:
    async with asking(simulator(), hears=True) as asker:
        status, body = await asker.send(biz_opaque_callback_data="tag")
        assert (status, body["contacts"]) == (
            200,
            [{"input": TO, "wa_id": "5511988887777", "user_id": "BR.0170871655521087"}],
        )
        await until(lambda: len(asker.statuses()) >= 3)
    told = asker.statuses()
    assert [row["status"] for row in told[:3]] == ["sent", "delivered", "read"]
    assert {(row["id"], row["biz_opaque_callback_data"]) for row in told} == {(body["messages"][0]["id"], "tag")}
    assert asker.heard[0]["value"]["metadata"]["phone_number_id"] == PHONE_ID


async def test_the_ninth_digit_is_taken_away_where_whatsapp_does_not_know_it() -> None:
    async with asking(simulator()) as asker:
        _, body = await asker.ask(
            "POST",
            f"/v25.0/{PHONE_ID}/messages",
            {"messaging_product": "whatsapp", "to": "+5551988887777", "type": "text", "text": {"body": "oi"}},
        )
        assert body["contacts"][0]["wa_id"] == "555188887777"


async def test_what_it_does_not_know_is_refused_as_meta_does() -> None:
    async with asking(simulator()) as asker:
        assert (await asker.ask("GET", f"/v25.0/{PHONE_ID}", token="x"))[1]["error"]["code"] == 190
        gone = await asker.ask("GET", "/v25.0/123")
        assert (gone[0], gone[1]["error"]["type"]) == (400, "GraphMethodException")
        assert (await asker.ask("GET", f"/v25.0/{PHONE_ID}?fields=id,nonsense"))[1]["error"]["code"] == 100
        assert await asker.code("text", {"body": " "}) == 131008
        assert await asker.code("image", {"id": "1"}) == 131053
        assert await asker.code("poem", {}) == 100
        status, body = await asker.ask("GET", f"/v25.0/{PHONE_ID}/message_history?message_id=wamid.1")
        assert (status, body["error"]["code"]) == (422, 100)


def template(name: str, *components: Any, language: str = "pt_BR") -> Any:
    return {"name": name, "language": {"code": language}, "components": list(components)}


def texts(kind: str, *values: str, **named: str) -> Any:
    parameters = [{"type": "text", "text": value} for value in values]
    parameters += [{"type": "text", "parameter_name": name, "text": value} for name, value in named.items()]
    return {"type": kind, "parameters": parameters}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (template("boas_vindas", texts("body", "Ana")), 132000),
        (template("boas_vindas", texts("body", "Ana", "")), 131008),
        (template("nada"), 132001),
        (template("boas_vindas", language="en"), 132001),
        (template("em_analise", texts("body", "Ana")), 132001),
        (template("pausado", texts("body", "Ana")), 132015),
        (template("oferta", texts("header", "x")), 132012),
    ],
)
async def test_a_template_is_checked(given: Any, code: int) -> None:
    async with asking(simulator()) as asker:
        assert await asker.code("template", given) == code


async def test_a_good_template_may_be_held_and_a_named_one_wants_its_names() -> None:
    async with asking(simulator({"match": {"nth": 1}, "do": {"held": True}})) as asker:
        given = template("boas_vindas", texts("body", "Ana", "Loja"))
        _, body = await asker.send("template", given)
        assert body["messages"][0]["message_status"] == "held_for_quality_assessment"
        assert (await asker.send("template", given))[1]["messages"][0]["message_status"] == "accepted"
        form = aiohttp.FormData({"messaging_product": "whatsapp", "type": "image/png"})
        form.add_field("file", b"png", filename="a.png", content_type="image/png")
        media_id = await _upload(asker, form)
        header = {"type": "header", "parameters": [{"type": "image", "image": {"id": media_id}}]}
        button = {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "x"}]}
        body_part = texts("body", nome="Ana", produto="Pão")
        assert (await asker.send("template", template("oferta", header, body_part, button)))[0] == 200
        assert await asker.code("template", template("oferta", header, texts("body", "a", "b"), button)) == 132012
        assert await asker.code("template", template("oferta", header, body_part)) == 131008
        assert (await asker.ask("GET", f"/v25.0/{media_id}"))[1]["file_size"] == 3


async def _upload(asker: Asker, form: aiohttp.FormData) -> str:
    headers = {"Authorization": f"Bearer {KEY}"}
    async with asker.session.post(f"/v25.0/{PHONE_ID}/media", data=form, headers=headers) as answer:
        return (await answer.json())["id"]


async def test_codes_come_at_once_or_later_by_webhook() -> None:
    rules = (
        {"match": {"endpoint": "send", "nth": 1}, "do": {"meta_error": 130429}},
        {"match": {"endpoint": "send", "nth": 2}, "do": {"fails_later": 131049}},
        {"match": {"endpoint": "send", "nth": 3}, "do": {"exists_false": True}},
    )
    async with asking(simulator(*rules), hears=True) as asker:
        assert await asker.code("text") == 130429
        for _ in range(2):
            assert (await asker.send())[0] == 200
        await until(lambda: len(asker.statuses()) >= 2)
    assert [(row["status"], row["errors"][0]["code"]) for row in asker.statuses()] == [
        ("failed", 131049),
        ("failed", 131026),
    ]


async def test_a_webhook_that_is_not_taken_comes_again() -> None:
    async with asking(simulator(speed=50), hears=True) as asker:
        asker.refuse = 2
        await asker.ask("POST", "/_control/quality", {"instance": "a", "event": "FLAGGED"})
        await until(lambda: bool(asker.heard))
        assert asker.heard[0]["value"]["event"] == "FLAGGED"
        assert (await asker.ask("GET", f"/v25.0/{PHONE_ID}?fields=quality_rating"))[1]["quality_rating"] == "RED"


async def test_the_portfolio_is_named_and_its_limit_can_be_set() -> None:
    async with asking(simulator()) as asker:
        await asker.ask("POST", "/_control/messaging_limit", {"limit": "TIER_250"})
        wanted = "whatsapp_business_manager_messaging_limit,health_status"
        _, number = await asker.ask("GET", f"/v25.0/{PHONE_ID}?fields={wanted}")
        assert number["whatsapp_business_manager_messaging_limit"] == "TIER_250"
        assert {"entity_type": "BUSINESS", "id": PORTFOLIO_ID, "can_send_message": "AVAILABLE"} in (
            number["health_status"]["entities"]
        )


async def test_people_and_meta_can_be_played() -> None:
    async with asking(simulator(), hears=True) as asker:
        _, sent = await asker.send()
        wamid = sent["messages"][0]["id"]
        reply = {"instance": "a", "number": TO[1:], "text": "Quero", "quoted": wamid}
        await asker.ask("POST", "/_control/reply", reply)
        await asker.ask("POST", "/_control/preference", {"instance": "a", "number": TO[1:], "value": "stop"})
        rejected = {"name": "boas_vindas", "language": "pt_BR", "event": "REJECTED", "reason": "SCAM"}
        await asker.ask("POST", "/_control/template", rejected)
        fields = ("user_preferences", "message_template_status_update")
        await until(lambda: {change["field"] for change in asker.heard} >= set(fields))
        rows = (await asker.ask("GET", f"/v25.0/{WABA_ID}/message_templates?name=boas_vindas"))[1]["data"]
        assert rows[0]["status"] == "REJECTED"
        await asker.ask("POST", "/_control/logout", {"instance": "a"})
        assert await asker.code("text") == 190
    (inbound,) = [row for change in asker.heard for row in change["value"].get("messages", [])]
    assert (inbound["text"]["body"], inbound["context"]["id"]) == ("Quero", wamid)
    (told,) = [change["value"] for change in asker.heard if change["field"] == fields[1]]
    assert (told["message_template_language"], told["reason"]) == ("pt-BR", "SCAM")


async def test_lists_have_pages_and_history_knows_the_statuses() -> None:
    async with asking(simulator()) as asker:
        path = f"/v25.0/{WABA_ID}/message_templates?limit=4"
        first = (await asker.ask("GET", path))[1]
        after = first["paging"]["cursors"]["after"]
        last = (await asker.ask("GET", f"{path}&after={after}"))[1]
        assert (len(first["data"]), len(last["data"]), "next" in last["paging"]) == (4, 3, False)
        wamid = (await asker.send())[1]["messages"][0]["id"]
        _, found = await asker.ask("GET", f"/v25.0/{PHONE_ID}/message_history?message_id={wamid}")
        assert found["data"][0]["events"]["data"][0]["delivery_status"] == "SENT"


async def test_answers_are_as_meta_describes_them() -> None:
    async with asking(simulator()) as asker:
        _, sent = await asker.send()
        assert problems("MessageResponsePayload", sent) == []
        _, refused = await asker.send("text", {"body": " "})
        assert problems("GraphAPIError", refused) == []
        _, row = await asker.ask("GET", f"/v25.0/{PHONE_ID}?fields=id,display_phone_number,verified_name")
        assert problems("PhoneNumberInfo", row) == []
        wamid = sent["messages"][0]["id"]
        _, found = await asker.ask("GET", f"/v25.0/{PHONE_ID}/message_history?message_id={wamid}")
        assert problems("MessageHistoryResponse", found) == []


async def test_a_token_without_a_permission_is_refused_where_it_needs_it() -> None:
    async with asking(simulator(permissions=["messaging"])) as asker:
        assert (await asker.ask("GET", f"/v25.0/{PHONE_ID}"))[0] == 200
        assert (await asker.send())[0] == 200
        assert (await asker.ask("GET", f"/v25.0/{WABA_ID}/message_templates"))[1]["error"]["code"] == 200
    async with asking(simulator(permissions=["management"])) as asker:
        assert (await asker.ask("GET", f"/v25.0/{WABA_ID}/phone_numbers"))[0] == 200
        assert await asker.code("text") == 200


async def test_a_person_with_a_user_name_writes_without_a_phone() -> None:
    async with asking(simulator(), hears=True) as asker:
        reply = {"instance": "a", "number": TO, "text": "SAIR"}
        await asker.ask("POST", "/_control/reply", reply | {"as": "lid"})
        await asker.ask("POST", "/_control/reply", reply)
        await until(lambda: len(asker.heard) == 2)
    hidden, open_ = (change["value"] for change in asker.heard)
    assert "from" not in hidden["messages"][0]
    assert "wa_id" not in hidden["contacts"][0]
    assert open_["messages"][0]["from"] == open_["contacts"][0]["wa_id"] == "5511988887777"
    ids = {value["contacts"][0]["user_id"] for value in (hidden, open_)}
    assert ids == {value["messages"][0]["from_user_id"] for value in (hidden, open_)}
    assert len(ids) == 1


async def test_a_number_may_be_in_the_business_app_too() -> None:
    async with asking(simulator(is_on_biz_app=True)) as asker:
        _, row = await asker.ask("GET", f"/v25.0/{PHONE_ID}?fields=is_on_biz_app,platform_type")
    assert (row["is_on_biz_app"], row["platform_type"]) == (True, "CLOUD_API")

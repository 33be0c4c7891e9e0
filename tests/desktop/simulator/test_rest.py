"""Routes, guard and the other endpoints, as far as the recordings do not cover them."""

from typing import Any

import aiohttp
import pytest

from desktop.simulator.server import Simulator
from tests.desktop.simulator.conftest import SILENT, script


async def test_an_unknown_instance_is_404_even_with_a_wrong_key(clients: Any) -> None:
    async with Simulator(["a"]) as simulator:
        client = clients(simulator)
        wrong = {"apikey": "wrong"}
        assert (await client.ask("POST", "/message/sendText/ghost", {}, headers=wrong))[0] == 404
        assert (await client.ask("POST", "/message/sendText/a", {}, headers=wrong))[0] == 401


@pytest.mark.parametrize("path", ["/message/sendText", "/message/sendTexts/a", "/instance/create/a", "/a", "/chat"])
async def test_unknown_paths_are_refused_by_name(clients: Any, path: str) -> None:
    async with Simulator(["a"]) as simulator:
        status, body = await clients(simulator).ask("POST", path, {})
    assert (status, body["response"]["message"]) == (404, [f"Cannot POST {path}"])


async def test_only_the_global_key_passes_verify_creds(clients: Any) -> None:
    async with Simulator(["a"]) as simulator:
        client = clients(simulator)
        assert (await client.ask("POST", "/verify-creds", {}))[0] == 200
        token = {"apikey": simulator.instance("a").token}
        assert (await client.ask("POST", "/verify-creds", {}, headers=token))[0] == 401
        assert (await client.ask("GET", "/", headers={}))[1]["version"] == "2.3.6"


async def test_an_instance_name_may_need_percent_encoding(clients: Any) -> None:
    async with Simulator(["vendas 1/a"]) as simulator:
        status, body = await clients(simulator).ask("GET", "/instance/connectionState/vendas%201%2Fa")
    assert (status, body["instance"]["instanceName"]) == (200, "vendas 1/a")


async def test_a_chosen_message_id_is_ignored_before_2_4_and_used_from_then_on(clients: Any) -> None:
    body = {"number": "5511988887777", "text": "oi", "messageId": "3EB0MINE"}
    for version, is_used in (("2.3.6", False), ("2.4.0", True)):
        async with Simulator(["a"], script={"settings": SILENT | {"version": version}}) as simulator:
            _, answer = await clients(simulator).ask("POST", "/message/sendText/a", body)
        assert (answer["key"]["id"] == "3EB0MINE") is is_used


async def test_media_may_come_as_a_multipart_file(clients: Any) -> None:
    async with Simulator(["a"], script={"settings": SILENT}) as simulator:
        form = aiohttp.FormData({"number": "5511988887777", "mediatype": "document", "caption": "c"})
        form.add_field("file", b"%PDF-1.4", filename="oferta.pdf", content_type="application/pdf")
        headers = {"apikey": simulator.api_key}
        async with aiohttp.ClientSession(simulator.url, headers=headers) as session:
            async with session.post("/message/sendMedia/a", data=form) as answer:
                body = await answer.json()
                assert answer.status == 201
            # In multipart every field is text, so an integer fails the schema.
            bad = aiohttp.FormData({"number": "5511988887777", "mediatype": "image", "delay": "100"})
            bad.add_field("file", b"x", filename="a.png")
            async with session.post("/message/sendMedia/a", data=bad) as answer:
                refused = await answer.json()
    content = body["message"]["documentMessage"]
    assert (content["fileName"], content["mimetype"], content["caption"]) == ("oferta.pdf", "application/pdf", "c")
    assert content["fileLength"]["low"] == 8
    assert refused["response"]["message"] == [["Enter a value in milliseconds"]]


async def test_a_local_host_name_is_no_url_for_the_gateway(clients: Any) -> None:
    body = {"number": "5511988887777", "mediatype": "image"}
    async with Simulator(["a"], script={"settings": SILENT}) as simulator:
        client = clients(simulator)
        assert (await client.ask("POST", "/message/sendMedia/a", body | {"media": "http://localhost/x.png"}))[0] == 400
        assert (await client.ask("POST", "/message/sendMedia/a", body | {"media": "http://127.0.0.1/x.png"}))[0] == 201
        audio = {"number": "5511988887777", "audio": "https://example.com/a.mp3"}
        _, sent = await client.ask("POST", "/message/sendWhatsAppAudio/a", audio)
    assert sent["messageType"] == "audioMessage"
    assert sent["message"]["audioMessage"]["ptt"] is True


async def test_a_large_medium_is_accepted(clients: Any) -> None:
    body = {"number": "5511988887777", "mediatype": "image", "media": "AAAA" * 700_000, "fileName": "a.png"}
    async with Simulator(["a"], script={"settings": SILENT}) as simulator:
        assert (await clients(simulator).ask("POST", "/message/sendMedia/a", body))[0] == 201


async def test_a_body_that_is_not_json_is_refused_before_anything_else(clients: Any) -> None:
    async with Simulator(["a"]) as simulator:
        status, body = await clients(simulator).ask("POST", "/message/sendText/ghost", '{"number":', headers={})
    assert (status, body["response"]["message"]) == (400, "Unexpected end of JSON input")


async def test_groups_and_unlikely_numbers(clients: Any) -> None:
    async with Simulator(["a"], script=script(delivered_share=0)) as simulator:
        client = clients(simulator)
        assert (await client.send("120363025246125486"))[1]["key"]["remoteJid"] == "120363025246125486@g.us"
        status, body = await client.send("123")
    assert status == 400
    assert body["response"]["message"] == [{"jid": "123@s.whatsapp.net", "exists": False, "number": "123"}]

"""The client against the practice gateway, which answers as the recorded server did, and against scripted servers."""

import asyncio
import base64
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.campaign import Media
from desktop.domain.ids import RecipientId
from desktop.domain.instance import ConnectionState
from desktop.domain.numbers import NumberCheck
from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Rejected, Unknown
from desktop.domain.receipt import ReceiptKind
from desktop.domain.recipient import RecipientStatus
from desktop.engine.ports import InstanceStatus, PairingCode, Unconfirmed
from desktop.gateways.evolution_admin import EvolutionAdmin
from desktop.simulator.server import Simulator
from tests.desktop.gateways.conftest import INSTANCE, PHONE, REF, QuickClock, client_at, message
from tests.desktop.gateways.scripted import Request, Script, Wire, scripted

KEY = "practice-gateway-key"


def rule(**do: Any) -> list[dict[str, Any]]:
    return [{"match": {}, "do": do}]


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with Simulator(["a", "b"], api_key=KEY, seed=1) as running:
        yield running


async def test_a_text_arrives_once_and_is_accepted_under_the_servers_id(
    simulator: Simulator, clock: QuickClock
) -> None:
    async with client_at(simulator.url, clock, KEY) as client:
        outcome = await client.send(message("Olá\nJoão 👋 {x}"))
    assert isinstance(outcome, Accepted)
    assert [(m.id, m.text, m.jid) for m in simulator.accepted] == [
        (outcome.message_id, "Olá\nJoão 👋 {x}", "5511988887777@s.whatsapp.net")
    ]
    assert outcome.address == "5511988887777@s.whatsapp.net"


async def test_a_file_is_sent_as_raw_base64_with_its_name_and_type(clock: QuickClock, tmp_path: Path) -> None:
    (tmp_path / "tabela de preços.pdf").write_bytes(b"%PDF-1.4\n")

    async def script(_request: Request, wire: Wire) -> None:
        await wire.answer(201, {"key": {"id": "A1", "remoteJid": "x@lid"}})

    media = Media("document", str(tmp_path / "tabela de preços.pdf"))
    async with scripted(script) as server, client_at(server.url, clock) as client:
        assert await client.send(message("veja", media=media)) == Accepted("A1", "x@lid", 201)
    assert server.requests[0].path == "/message/sendMedia/a"
    assert server.requests[0].json == {
        "number": "5511988887777",
        "messageId": REF,
        "mediatype": "document",
        "media": base64.b64encode(b"%PDF-1.4\n").decode(),
        "fileName": "tabela de preços.pdf",
        "mimetype": "application/pdf",
        "caption": "veja",
    }


async def test_a_file_that_cannot_be_read_is_a_fault_of_the_file(clock: QuickClock, tmp_path: Path) -> None:
    async with client_at("http://127.0.0.1:1", clock) as client:
        outcome = await client.send(message(media=Media("image", str(tmp_path / "gone.png"))))
    assert outcome == Rejected(ErrorClass.MEDIA_FAULT, "media_unreadable", "gone.png")


async def test_a_known_address_is_used_instead_of_the_phone(clock: QuickClock) -> None:
    async def script(_request: Request, wire: Wire) -> None:
        await wire.answer(201, {"key": {"id": "A1"}})

    async with scripted(script) as server, client_at(server.url, clock) as client:
        await client.send(message(address="551188887777@s.whatsapp.net"))
    assert server.requests[0].json["number"] == "551188887777@s.whatsapp.net"


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("123456789@lid", "123456789@lid"),
        ("551188887777@c.us", "551188887777"),  # as WAHA spells it
        ("551188887777", "551188887777"),  # as Meta does
        ("BR.13491208655302741918", "5511988887777"),  # Meta's id of the person, which nobody else knows
    ],
)
async def test_what_another_gateway_has_returned_is_used_as_evolution_takes_it(
    clock: QuickClock, address: str, number: str
) -> None:
    async def script(_request: Request, wire: Wire) -> None:
        await wire.answer(201, {"key": {"id": "A1"}})

    async with scripted(script) as server, client_at(server.url, clock) as client:
        await client.send(message(address=address))
    assert server.requests[0].json["number"] == number


async def test_our_id_is_offered_until_the_server_shows_that_it_ignores_it(clock: QuickClock) -> None:
    answers = iter([REF, "THEIRS", "THEIRS2"])

    async def script(_request: Request, wire: Wire) -> bool:
        await wire.answer(201, {"key": {"id": next(answers)}})
        return True

    async with scripted(script) as server, client_at(server.url, clock) as client:
        for _ in range(3):
            await client.send(message())
    assert [request.json.get("messageId") for request in server.requests] == [REF, REF, None]


FAULTS: dict[str, tuple[dict[str, Any], type, str, int]] = {
    "401": ({"status": 401}, Rejected, "unauthorised", 0),
    "404": ({"status": 404}, Rejected, "instance_missing", 0),
    "500": ({"status": 500}, Unknown, "server_error", 0),
    "503": ({"status": 503}, Rejected, "licence_required", 0),
    "not on WhatsApp": ({"exists_false": True}, Rejected, "not_on_whatsapp", 0),
    "closed 400": ({"connection_closed_400": True}, Rejected, "connection_closed", 0),
    "closed 500": ({"connection_closed_500": True}, Rejected, "connection_closed", 0),
    "cut before": ({"cut_before": True}, Unknown, "cut", 0),
    "cut after": ({"cut_after": True}, Unknown, "cut", 1),
    "half an answer": ({"half_answer": True}, Unknown, "cut", 1),
    "html": ({"garbage": "html"}, Unknown, "garbage_answer", 1),
    "empty": ({"garbage": "empty"}, Unknown, "garbage_answer", 1),
    "not json": ({"garbage": "not_json"}, Unknown, "garbage_answer", 1),
    "binary": ({"garbage": "binary"}, Unknown, "garbage_answer", 1),
    "list": ({"garbage": "list"}, Unknown, "garbage_answer", 1),
    "number": ({"garbage": "number"}, Unknown, "garbage_answer", 1),
    "wrong types": ({"garbage": "wrong_types"}, Unknown, "no_message_id", 1),
    "no key": ({"no_key_201": True}, Rejected, "not_in_allow_list", 0),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_every_fault_of_the_practice_gateway_becomes_its_outcome(name: str, clock: QuickClock) -> None:
    do, kind, code, accepted = FAULTS[name]
    script = [{"match": {"endpoint": "send"}, "do": do}]
    async with Simulator(["a"], api_key=KEY, script=script, seed=1) as simulator:
        async with client_at(simulator.url, clock, KEY) as client:
            outcome = await client.send(message())
        assert type(outcome) is kind
        assert not isinstance(outcome, Accepted)
        assert outcome.code == code
        assert len(simulator.accepted) == accepted


async def refused(simulator: Simulator) -> None:
    """Wait until nobody accepts connections any more: one in the queue of a closing port is accepted, then dropped."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", int(simulator.url.rpartition(":")[2]))
        except ConnectionRefusedError:
            return
        writer.close()


async def test_a_gateway_that_went_away_was_not_sent_to(simulator: Simulator, clock: QuickClock) -> None:
    async with client_at(simulator.url, clock, KEY) as client:
        assert isinstance(await client.send(message()), Accepted)
        simulator.go_away(60)
        await refused(simulator)
        assert isinstance(await client.send(message()), NotSent)
        assert await client.status() is None


async def test_the_state_is_told_with_the_phone(simulator: Simulator, clock: QuickClock) -> None:
    async with client_at(simulator.url, clock, KEY) as client:
        status = await client.status()
    assert status is not None
    assert status.state is ConnectionState.CONNECTED
    assert status.phone is not None
    assert status.phone.startswith("+55")


async def test_a_signed_out_instance_needs_a_qr_and_gets_one(simulator: Simulator, clock: QuickClock) -> None:
    simulator.use_script({"settings": {"speed": 500, "pair_after_s": None}})
    simulator.logout("a")
    async with client_at(simulator.url, clock, KEY) as client:
        status = await client.status()
        pairing = await client.connect()
        simulator.pair("a")
        again = await client.connect()
    assert status is not None
    assert status.state is ConnectionState.NEEDS_QR
    assert pairing is not None
    assert pairing.qr_text
    assert again == PairingCode(None, already_connected=True)


async def test_wrong_key_and_missing_instance_are_told_apart(simulator: Simulator, clock: QuickClock) -> None:
    async with client_at(simulator.url, clock, "wrong") as client:
        assert await client.status() == InstanceStatus(ConnectionState.UNAUTHORISED, reason="unauthorised")
    async with client_at(simulator.url, clock, KEY, name="ghost") as client:
        assert await client.status() == InstanceStatus(ConnectionState.MISSING, reason="instance_missing")


def always(status: int, body: object) -> Script:
    async def script(_request: Request, wire: Wire) -> bool:
        await wire.answer(status, body)
        return True

    return script


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, {"instance": {"instanceName": "a"}}, ConnectionState.DISCONNECTED),
        (200, {"instance": {"state": "connecting"}}, ConnectionState.CONNECTING),
        (200, {"instance": {"state": "refused"}}, ConnectionState.NEEDS_QR),
        (200, {"instance": {"state": ["odd"]}}, ConnectionState.DISCONNECTED),
        (200, {}, None),
        (200, [], None),
        (500, {"status": 500, "response": {"message": "x"}}, None),
        (502, None, None),
        (503, {"code": "LICENSE_REQUIRED"}, ConnectionState.UNAUTHORISED),
        (404, {"response": {"message": ["Cannot GET /instance/connectionState/a"]}}, ConnectionState.MISSING),
    ],
)
async def test_states_are_read_from_any_answer(
    status: int, body: object, expected: ConnectionState | None, clock: QuickClock
) -> None:
    async with scripted(always(status, body)) as server, client_at(server.url, clock) as client:
        told = await client.status()
    assert (told.state if told else None) is expected


async def test_connecting_asks_again_until_there_is_a_code(clock: QuickClock) -> None:
    answers = iter([{"count": 0}, {"pairingCode": None, "count": 1}, {"code": "2@abc", "pairingCode": "WZYE-H1YY"}])

    async def script(_request: Request, wire: Wire) -> bool:
        await wire.answer(200, next(answers))
        return True

    async with scripted(script) as server, client_at(server.url, clock) as client:
        assert await client.connect() == PairingCode("2@abc", "WZYE-H1YY", lifetime_s=45.0)
    assert clock.slept == [2.5, 2.5]


async def test_a_failure_told_with_status_200_is_no_code(clock: QuickClock) -> None:
    async with scripted(always(200, {"error": True, "message": "boom"})) as server:
        async with client_at(server.url, clock) as client:
            assert await client.connect() is None
            assert await EvolutionAdmin(client._http, "key", clock).restart("a") == "gateway_error"
        assert len(server.requests) == 2


async def test_numbers_are_checked_and_matched_by_what_was_asked(clock: QuickClock) -> None:
    script = [{"match": {"number": "*0000", "endpoint": "whatsappNumbers"}, "do": {"exists_false": True}}]
    async with Simulator(["a"], api_key=KEY, seed=1) as simulator, client_at(simulator.url, clock, KEY) as client:
        checks = await client.check_numbers([PHONE, "+5531988887777"])
        assert checks[PHONE] == NumberCheck(True, "5511988887777@s.whatsapp.net")
        assert checks["+5531988887777"] == NumberCheck(True, "553188887777@s.whatsapp.net")
        simulator.use_script(script)
        assert (await client.check_numbers(["+5511977770000"]))["+5511977770000"].exists is False


async def test_numbers_nobody_answers_for_are_left_out(clock: QuickClock) -> None:
    rows = [{"number": "5511988887777", "exists": "yes"}, {"number": 3}, None, {"exists": True, "number": "1"}]
    async with scripted(always(200, rows)) as server, client_at(server.url, clock) as client:
        assert await client.check_numbers([PHONE]) == {}
    async with scripted(always(400, {})) as server, client_at(server.url, clock) as client:
        assert await client.check_numbers([PHONE]) == {}


async def test_numbers_are_asked_in_batches_of_fifty(clock: QuickClock) -> None:
    async with scripted(always(200, [])) as server, client_at(server.url, clock) as client:
        await client.check_numbers([f"+55119{number:08}" for number in range(101)])
    assert [len(request.json["numbers"]) for request in server.requests] == [50, 50, 1]  # type: ignore[arg-type]


def unconfirmed(message_id: str, clock: QuickClock) -> Unconfirmed:
    return Unconfirmed(RecipientId(1), INSTANCE, message_id, None, RecipientStatus.SENT, clock.now() - timedelta(1))


async def test_missed_receipts_are_polled(clock: QuickClock) -> None:
    settings = {"speed": 500, "delivered_share": 1, "read_share": 1, "reply_share": 0}
    async with (
        Simulator(["a"], api_key=KEY, script={"settings": settings}, seed=1) as simulator,
        client_at(simulator.url, clock, KEY) as client,
    ):
        sent = await client.send(message())
        assert isinstance(sent, Accepted)
        now = clock.now()
        kinds: list[ReceiptKind] = []
        while ReceiptKind.READ not in kinds:
            receipts = await client.poll_receipt(unconfirmed(sent.message_id, clock), now)
            kinds = [receipt.kind for receipt in receipts]
        assert kinds == [ReceiptKind.DELIVERED, ReceiptKind.READ]
        assert {(receipt.instance_id, receipt.at) for receipt in receipts} == {(INSTANCE, now)}


@pytest.mark.parametrize("body", [[], {}, None, [{"keyId": "OTHER", "status": "READ"}], [{"keyId": "A", "status": 9}]])
async def test_polling_makes_nothing_of_answers_that_say_nothing(body: object, clock: QuickClock) -> None:
    async with scripted(always(200, body)) as server, client_at(server.url, clock) as client:
        assert list(await client.poll_receipt(unconfirmed("A", clock), clock.now())) == []

"""A server that wants a certificate of ours says so in many ways; all of them are told as exactly that."""

import ssl
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from desktop.domain.instance import ConnectionOptions, ConnectionState, Gateway
from desktop.domain.outcome import NotSent, Unknown
from desktop.gateways import client_certificate
from desktop.gateways import http as http_module
from desktop.gateways.connections import Progress
from desktop.gateways.factory import make_factory, probe
from desktop.gateways.http import Answer, HttpClient
from tests.conftest import LogWatch
from tests.desktop.gateways.certificates import alerting, asking_tls, certificate_and_key
from tests.desktop.gateways.conftest import QuickClock
from tests.desktop.gateways.scripted import Request, Wire, scripted
from tests.desktop.gateways.test_factory import instance

TLS_12, TLS_13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
NGINX_400 = (
    "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>\r\n<body>\r\n"
    "<center><h1>400 Bad Request</h1></center>\r\n<center>No required SSL certificate was sent</center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
Server = Callable[[ssl.SSLContext], AbstractAsyncContextManager[str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `server` and `other` are, a certificate that the server takes and one that it does not."""
    path = tmp_path_factory.mktemp("tls")
    for name in ("server", "other"):
        certificate_and_key(path, name)
    return path


def tls_of(folder: Path, version: ssl.TLSVersion = TLS_13, mode: ssl.VerifyMode = ssl.CERT_REQUIRED) -> ssl.SSLContext:
    return asking_tls((folder / "server.crt", folder / "server.key"), version, mode)


def client_of(url: str, folder: Path, own: str | None) -> HttpClient:
    return HttpClient(url, {}, ca_file=folder / "server.crt", client_cert=folder / f"{own}.pem" if own else None)


async def answer_ok(_request: Request, wire: Wire) -> bool:
    await wire.answer(200, {"ok": True})
    return True


@pytest.mark.parametrize(
    ("version", "own", "code"),
    [
        (TLS_13, None, "client_cert_required"),
        (TLS_13, "other", "client_cert_refused"),
        (TLS_12, "other", "client_cert_refused"),
    ],
)
async def test_an_alert_about_our_certificate_means_that_nothing_was_sent(
    folder: Path, version: ssl.TLSVersion, own: str | None, code: str
) -> None:
    async with alerting(tls_of(folder, version)) as url:
        client = client_of(url, folder, own)
        result = await client.post("x", body=b"{}")
        await client.close()
    assert isinstance(result, NotSent)
    assert result.code == code


async def test_the_page_of_nginx_means_that_nothing_was_passed_on() -> None:
    async def refuse(_request: Request, wire: Wire) -> bool:
        body = NGINX_400.encode()
        head = f"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        await wire.say(head.encode() + body)
        return True

    async with scripted(refuse) as server:
        client = HttpClient(server.url, {})
        result = await client.post("x", body=b"{}")
        await client.close()
    assert result == NotSent("client_cert_required")


async def test_the_same_words_in_a_message_of_the_gateway_mean_nothing() -> None:
    async def echo(_request: Request, wire: Wire) -> bool:
        await wire.answer(400, {"message": "No required SSL certificate was sent"})
        return True

    async with scripted(echo) as server:
        client = HttpClient(server.url, {})
        result = await client.post("x", body=b"{}")
        await client.close()
    assert isinstance(result, Answer)


@pytest.mark.parametrize("version", [TLS_12, TLS_13])
@pytest.mark.parametrize(
    ("own", "code"), [(None, "client_cert_required"), ("other", "client_cert_refused"), ("server", "not_evolution")]
)
@pytest.mark.parametrize("is_silent", [True, False])
async def test_the_test_of_a_connection_says_that_a_certificate_is_wanted(
    folder: Path, version: ssl.TLSVersion, own: str | None, code: str, is_silent: bool, log_watch: LogWatch
) -> None:
    """`is_silent`: asyncio's servers just drop the connection, without an alert."""
    if is_silent and own != "server":
        log_watch.expect("Error on transport creation")  # the server's own view of it
    options = ConnectionOptions(str(folder / "server.crt"), str(folder / f"{own}.pem") if own else None)
    if is_silent:
        async with scripted(answer_ok, tls_of(folder, version)) as server:
            result = await probe(Gateway.EVOLUTION, server.url, "key", options=options)
    else:
        async with alerting(tls_of(folder, version)) as url:
            result = await probe(Gateway.EVOLUTION, url, "key", options=options)
    assert (result.ok, result.code) == (False, code)


@pytest.mark.parametrize("gateway", [Gateway.WAHA, Gateway.CLOUD])
async def test_it_is_told_for_every_gateway(folder: Path, gateway: Gateway) -> None:
    options = ConnectionOptions(str(folder / "server.crt"))
    async with alerting(tls_of(folder)) as url:
        result = await probe(gateway, url, "key", waba_id="1", options=options)
    assert result.code == "client_cert_required"


async def test_a_server_that_only_offers_to_look_at_a_certificate_is_not_to_blame(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_certificate, "LOOK_S", 0.2)
    async with scripted(answer_ok, tls_of(folder, TLS_13, ssl.CERT_OPTIONAL)) as server:
        client = client_of(server.url, folder, None)
        answer = NotSent("unreachable")
        assert await client.explained(answer) is answer
        await client.close()


async def test_a_certificate_of_theirs_that_we_do_not_trust_stays_just_that(folder: Path, log_watch: LogWatch) -> None:
    log_watch.expect("Error on transport creation")
    async with scripted(answer_ok, tls_of(folder)) as server:
        result = await probe(Gateway.EVOLUTION, server.url, "key")
    assert result.code == "tls"


async def test_without_tls_nobody_looks() -> None:
    client = HttpClient("http://127.0.0.1:9", {})
    answer = NotSent("unreachable")
    assert await client.explained(answer) is answer
    await client.close()


def test_an_alert_about_something_else_is_not_about_a_certificate() -> None:
    assert client_certificate.of_alert("WRONG_VERSION_NUMBER", has_ours=False) is None
    assert client_certificate.of_alert(None, has_ours=True) is None


@pytest.mark.parametrize("gateway", list(Gateway))
async def test_the_state_of_a_number_is_refused_and_not_unreachable(
    folder: Path, gateway: Gateway, clock: QuickClock
) -> None:
    async with alerting(tls_of(folder)) as url:
        trust = ConnectionOptions(str(folder / "server.crt"))
        number = replace(instance("a", url, gateway), phone_id="1", waba_id="2", options=trust)
        client = make_factory(lambda _number: "key", clock, Random(1))(number)
        status = await client.status()
        await client.close()
    assert status is not None
    assert (status.state, status.reason) == (ConnectionState.UNAUTHORISED, "client_cert_required")


@pytest.mark.parametrize(("is_new", "expected"), [(True, NotSent), (False, Unknown)])
def test_on_an_older_connection_an_alert_proves_nothing(is_new: bool, expected: type) -> None:
    alert = ssl.SSLError(1, "alert access denied")
    alert.reason = "TLSV1_ALERT_ACCESS_DENIED"
    progress = Progress(is_new=is_new, is_established=True)
    assert isinstance(http_module._failure(alert, progress, False), expected)


async def test_it_is_known_whether_a_connection_was_made_for_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[bool, bool]] = []
    judge = http_module._failure

    def note(error: BaseException, progress: Progress, has_cert: bool) -> NotSent | Unknown:
        told.append((progress.is_new, progress.is_established))
        return judge(error, progress, has_cert)

    monkeypatch.setattr(http_module, "_failure", note)

    async def script(request: Request, wire: Wire) -> bool:
        if request.path == "/cut":
            wire.reset()
            return False
        await wire.answer(200, {})
        return True

    async with scripted(script) as server:
        client = HttpClient(server.url, {})
        await client.post("fine", body=b"{}")
        await client.post("cut", body=b"{}")
        await client.post("cut", body=b"{}")
        await client.close()
    assert told == [(False, True), (True, True)]

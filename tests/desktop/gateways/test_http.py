"""The one promise of `http.py`: it knows whether a byte of the request can have left, and never sends one twice."""

import asyncio
import gzip
import socket
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from desktop.domain.errors import KnownError
from desktop.domain.outcome import NotSent, Unknown
from desktop.gateways import http as http_module
from desktop.gateways.connections import MAX_BODY_BYTES, ONE_WRITE_BYTES, Connector
from desktop.gateways.http import Answer, HttpClient, json_body
from desktop.gateways.trust import clean_base_url
from tests.conftest import LogWatch
from tests.desktop.gateways.certificates import asking_tls, certificate_and_key
from tests.desktop.gateways.scripted import Request, Script, Wire, response, scripted, settle

BODY = json_body({"number": "5511988887777", "text": "olá"})


LARGE = json_body({"number": "5511988887777", "text": "olá" * ONE_WRITE_BYTES})  # goes through aiohttp's session


@asynccontextmanager
async def client_of(url: str, **more: Path) -> AsyncGenerator[HttpClient]:
    client = HttpClient(url, {"apikey": "secret-key"}, **more)
    try:
        yield client
    finally:
        await client.close()


async def post_to(script: Script, timeout_s: float = 5.0, body: bytes = BODY) -> tuple[Answer | NotSent | Unknown, int]:
    """Post once; return the result and how many posts arrived."""
    async with scripted(script) as server, client_of(server.url) as client:
        result = await client.post("message", "sendText", "a", body=body, timeout_s=timeout_s)
        return result, server.count("POST")


async def test_a_complete_answer_is_returned_whatever_its_status() -> None:
    async def script(_request: Request, wire: Wire) -> None:
        await wire.answer(418, {"a": ["ç", None]}, "Retry-After: 7\r\n")

    result, _ = await post_to(script)
    assert isinstance(result, Answer)
    assert (result.status, result.json, result.headers["retry-after"]) == (418, {"a": ["ç", None]}, "7")


async def test_a_zipped_answer_is_read() -> None:
    result, _ = await post_to(saying(response(200, gzip.compress(b'{"a": 1}'), "Content-Encoding: gzip\r\n")))
    assert isinstance(result, Answer)
    assert result.json == {"a": 1}


async def test_the_key_and_the_body_arrive_and_the_path_is_encoded() -> None:
    async def script(_request: Request, wire: Wire) -> bool:
        await wire.answer(200, {})
        return True

    async with scripted(script) as server, client_of(server.url + "/prefix/") as client:
        await client.post("message", "sendText", "vendas/são paulo?#%2F", body=BODY)
        await client.get("instance", "fetchInstances", params={"instanceName": "a&b"})
        await client.get()
    post, get, root = server.requests
    assert post.path == "/prefix/message/sendText/vendas%2Fs%C3%A3o%20paulo%3F%23%252F"
    assert (post.headers["apikey"], post.headers["content-type"]) == ("secret-key", "application/json")
    assert post.json == {"number": "5511988887777", "text": "olá"}
    assert get.path == "/prefix/instance/fetchInstances?instanceName=a%26b"
    assert root.path == "/prefix"
    assert server.connections == 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def test_a_refused_connection_is_not_sent() -> None:
    async with client_of(f"http://127.0.0.1:{free_port()}") as client:
        result = await client.post("x", body=BODY)
    assert isinstance(result, NotSent)
    assert result.code == "unreachable"


@pytest.mark.usefixtures("nameless")
async def test_an_unknown_host_is_not_sent() -> None:
    async with client_of("http://gateway.invalid") as client:
        result = await client.post("x", body=BODY)
    assert isinstance(result, NotSent)
    assert result.code == "dns"


async def test_a_host_that_accepts_no_connection_in_time_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_module, "CONNECT_S", 0.2)
    with socket.socket() as full:  # a backlog that is full drops further attempts without a word
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for other in waiting:
            other.setblocking(False)
            other.connect_ex(full.getsockname())
        async with client_of(f"http://127.0.0.1:{full.getsockname()[1]}") as client:
            result = await client.post("x", body=BODY)
        for other in waiting:
            other.close()
    assert isinstance(result, NotSent)
    assert result.code == "connect_timeout"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody has signed, and its key."""
    return certificate_and_key(tmp_path_factory.mktemp("tls"), "server")


def server_tls(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


async def answer_ok(_request: Request, wire: Wire) -> bool:
    await wire.answer(200, {"ok": True})
    return True


async def test_an_untrusted_certificate_is_not_sent(certificate: tuple[Path, Path], log_watch: LogWatch) -> None:
    log_watch.expect("Error on transport creation")  # the server's own view of it
    async with scripted(answer_ok, server_tls(certificate)) as server, client_of(server.url) as client:
        result = await client.post("x", body=BODY)
    assert isinstance(result, NotSent)
    assert result.code == "tls"
    assert server.requests == []


async def test_an_own_authority_can_be_trusted(certificate: tuple[Path, Path]) -> None:
    async with (
        scripted(answer_ok, server_tls(certificate)) as server,
        client_of(server.url, ca_file=certificate[0]) as client,
    ):
        result = await client.post("x", body=BODY)
    assert isinstance(result, Answer)


async def test_a_server_that_asks_for_our_certificate_gets_it(certificate: tuple[Path, Path], tmp_path: Path) -> None:
    both = tmp_path / "client.pem"
    both.write_bytes(certificate[0].read_bytes() + certificate[1].read_bytes())
    async with (
        scripted(answer_ok, asking_tls(certificate)) as server,
        client_of(server.url, ca_file=certificate[0], client_cert=both) as client,
    ):
        result = await client.post("x", body=BODY)
    assert isinstance(result, Answer)


@pytest.mark.parametrize("has_passphrase", [True, False])
def test_a_certificate_that_cannot_be_used_is_refused_at_once(
    certificate: tuple[Path, Path], tmp_path: Path, has_passphrase: bool
) -> None:
    path = tmp_path / "client.pem"
    key = serialization.load_pem_private_key(certificate[1].read_bytes(), None)
    locked = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"secret"),
    )
    path.write_bytes(certificate[0].read_bytes() + (locked if has_passphrase else b""))
    with pytest.raises(KnownError) as raised:
        HttpClient("https://gateway.invalid", {}, client_cert=path)
    assert raised.value.code == "bad_client_cert"


async def test_a_server_that_speaks_no_tls_is_not_sent() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 plain\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with client_of(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}") as client:
        result = await client.post("x", body=BODY)
    server.close()
    assert isinstance(result, NotSent)
    assert result.code == "tls"


def saying(data: bytes, then: Callable[[Wire], Awaitable[None]] | None = None) -> Script:
    async def script(_request: Request, wire: Wire) -> None:
        await wire.say(data)
        if then is not None:
            await then(wire)

    return script


async def reset(wire: Wire) -> None:
    wire.reset()


WHOLE = response(201, b'{"key":{"id":"A"}}')

CUTS = {
    "closed before the answer": (saying(b""), "cut"),
    "reset before the answer": (saying(b"", reset), "cut"),
    "half a status line": (saying(b"HTTP/1.1 20"), "cut"),
    "half the headers": (saying(b"HTTP/1.1 201 X\r\nContent-Le"), "cut"),
    "half the body": (saying(WHOLE[:-5]), "cut"),
    "half the body, then a reset": (saying(WHOLE[:-5], reset), "cut"),
    "half a chunk": (saying(b"HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"key\""), "cut"),
    "no http at all": (saying(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "garbage_answer"),
    "no zip": (saying(response(201, b"\x00not zipped", "Content-Encoding: gzip\r\n")), "garbage_answer"),
    "a zip that unpacks to more than is read": (
        saying(response(200, gzip.compress(bytes(MAX_BODY_BYTES + 1)), "Content-Encoding: gzip\r\n")), "garbage_answer",
    ),
    "a body without end": (saying(response(200, b"x" * (MAX_BODY_BYTES + 1))), "garbage_answer"),
}  # fmt: skip


@pytest.mark.parametrize("body", [BODY, LARGE], ids=["in one piece", "bit by bit"])
@pytest.mark.parametrize("name", CUTS)
async def test_once_connected_an_answer_that_is_not_whole_is_unknown(name: str, body: bytes) -> None:
    script, code = CUTS[name]
    result, posts = await post_to(script, body=body)
    assert isinstance(result, Unknown)
    assert result.code == code
    assert posts == 1


async def test_garbage_between_chunks_is_unknown() -> None:
    head = b"HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\n\r\n"
    result, posts = await post_to(saying(head + b"5\r\nhello\r\nZZZZ\r\nboo\r\n"))
    assert isinstance(result, Unknown)
    assert posts == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"key": {"id"', b"[" * 100_000, bytes(range(256))])
async def test_a_whole_body_that_is_no_json_is_an_answer_without_json(body: bytes) -> None:
    result, _ = await post_to(saying(response(201, body)))
    assert isinstance(result, Answer)
    assert result.json is None


async def test_silence_after_the_request_is_a_timeout_of_unknown_fate() -> None:
    async def script(_request: Request, wire: Wire) -> None:
        await wire.reader.read(1)

    result, posts = await post_to(script, timeout_s=0.2)
    assert result == Unknown("timeout", result.text)
    assert posts == 1


async def test_an_answer_that_only_drips_ends_at_the_whole_time_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_module, "POOL_S", 0.3)

    async def script(_request: Request, wire: Wire) -> None:
        await wire.say(b"HTTP/1.1 201 X\r\nContent-Length: 900\r\n\r\n")
        for _ in range(900):
            await wire.say(b" ")
            await asyncio.sleep(0.02)

    result, _ = await post_to(script, timeout_s=0.2)
    assert isinstance(result, Unknown)
    assert result.code == "timeout"


async def test_what_says_that_the_answer_is_still_to_come_is_no_answer() -> None:
    hints = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    result, _ = await post_to(saying(hints + WHOLE))
    assert isinstance(result, Answer)
    assert (result.status, result.json) == (201, {"key": {"id": "A"}})


async def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    result, _ = await post_to(saying(b'HTTP/1.1 201 X\r\nConnection: close\r\n\r\n{"a": 1}'))
    assert isinstance(result, Answer)
    assert result.json == {"a": 1}


async def test_an_answer_in_pieces_may_take_its_time_for_each() -> None:
    async def script(_request: Request, wire: Wire) -> None:
        for piece in (WHOLE[:-9], WHOLE[-9:-6], WHOLE[-6:-3], WHOLE[-3:]):
            await wire.say(piece)
            await asyncio.sleep(0.12)

    result, _ = await post_to(script, timeout_s=0.3)
    assert isinstance(result, Answer)
    assert result.json == {"key": {"id": "A"}}


async def test_an_answer_that_stops_half_way_is_a_timeout_of_unknown_fate() -> None:
    async def script(_request: Request, wire: Wire) -> None:
        await wire.say(WHOLE[:-9])
        await wire.reader.read(1)

    async with asyncio.timeout(5):  # much less than all pieces together may take
        result, _ = await post_to(script, timeout_s=0.2)
    assert isinstance(result, Unknown)
    assert result.code == "timeout"


async def test_an_answer_that_comes_too_late_is_not_taken_for_that_of_the_next() -> None:
    arrived = asyncio.Semaphore(0)

    async def script(request: Request, wire: Wire) -> bool:
        if request.body == b"1":
            arrived.release()
            await wire.reader.read(1)  # until the client goes
        await wire.answer(200, {"answers": request.json})
        return True

    async with scripted(script) as server, client_of(server.url) as client:
        late = await client.post("x", body=b"1", timeout_s=0.1)
        task = asyncio.create_task(client.post("x", body=b"1"))
        await arrived.acquire()
        await arrived.acquire()
        task.cancel()
        after = await client.post("x", body=b"2")
    assert isinstance(late, Unknown)
    assert isinstance(after, Answer)
    assert after.json == {"answers": 2}
    assert server.connections == 3


async def test_a_second_answer_that_nobody_asked_for_is_not_taken_for_that_of_the_next() -> None:
    async def script(request: Request, wire: Wire) -> bool:
        await wire.say(response(200, b'{"n": %s}' % request.body) + response(200, b'{"n": "nobody"}'))
        return True

    async with scripted(script) as server, client_of(server.url) as client:
        results = [await client.post("x", body=str(number).encode()) for number in range(3)]
    assert [isinstance(result, Answer) and result.json for result in results] == [{"n": 0}, {"n": 1}, {"n": 2}]


async def test_a_connection_that_ends_before_a_byte_is_written_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = Connector.connect

    async def lost(self: Connector, *arguments: Any) -> Any:
        connection = await connect(self, *arguments)
        assert connection.transport is not None
        connection.transport.abort()
        return connection

    monkeypatch.setattr(Connector, "connect", lost)
    result, posts = await post_to(saying(WHOLE))
    assert isinstance(result, NotSent)
    assert posts == 0


async def test_a_request_without_a_body_says_so_where_a_length_is_due() -> None:
    async def script(_request: Request, wire: Wire) -> bool:
        await wire.answer(200, {})
        return True

    async with scripted(script) as server, client_of(server.url) as client:
        await client.post("x", body=b"")
        await client.get("x")
        await client.delete("x")
    assert [request.headers.get("content-length") for request in server.requests] == ["0", None, "0"]
    assert server.requests[0].headers["host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0b"])
async def test_a_header_never_ends_its_line(value: str) -> None:
    async with scripted(answer_ok) as server, client_of(server.url) as client:
        with pytest.raises(ValueError, match="line break"):
            await client.upload("x", body=BODY, content_type=value, timeout_s=5.0)
    assert server.requests == []


async def test_a_post_on_a_stale_connection_is_written_once_at_most() -> None:
    """The server closes a kept connection just when the second post arrives: the worst moment there is."""

    async def script(request: Request, wire: Wire) -> bool:
        if request.headers.get("x-first") or b"first" in request.body:
            await wire.answer(201, {})
            return True
        return False  # read, then closed without an answer

    async with scripted(script) as server, client_of(server.url) as client:
        first = await client.post("x", body=b'"first"')
        second = await client.post("x", body=b'"second"')
    assert isinstance(first, Answer)
    assert isinstance(second, Unknown)
    assert server.connections == 1
    assert [request.body for request in server.requests] == [b'"first"', b'"second"']


async def test_a_connection_closed_while_idle_is_not_used_again() -> None:
    async def script(request: Request, wire: Wire) -> bool:
        await wire.answer(201, {})
        return False

    async with scripted(script) as server, client_of(server.url) as client:
        results: list[Answer | NotSent | Unknown] = []
        for number in range(5):
            server.closed.clear()
            results.append(await client.post("x", body=str(number).encode()))
            await server.closed.wait()
            await settle()
    assert all(isinstance(result, Answer) for result in results)
    assert [request.body for request in server.requests] == [b"0", b"1", b"2", b"3", b"4"]


async def test_many_posts_over_connections_that_die_at_random_never_arrive_twice() -> None:
    async def script(request: Request, wire: Wire) -> bool:
        if int(request.body) % 3 == 0:
            return False
        await wire.answer(201, {})
        return int(request.body) % 3 == 1

    async with scripted(script) as server, client_of(server.url) as client, asyncio.TaskGroup() as group:
        for number in range(60):
            group.create_task(client.post("x", body=str(number).encode()))
    bodies = [request.body for request in server.requests]
    assert len(bodies) == len(set(bodies))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_answers_and_are_not_followed(status: int) -> None:
    async def script(request: Request, wire: Wire) -> bool:
        await wire.say(response(status, b"", f"Location: http://{request.headers['host']}/elsewhere\r\n"))
        return True

    async with scripted(script) as server, client_of(server.url) as client:
        result = await client.post("x", body=BODY)
    assert isinstance(result, Answer)
    assert result.status == status
    assert len(server.requests) == 1


async def test_no_cookie_is_kept() -> None:
    async def script(_request: Request, wire: Wire) -> bool:
        await wire.answer(200, {}, "Set-Cookie: session=1\r\n")
        return True

    async with scripted(script) as server, client_of(server.url) as client:
        await client.get("a")
        await client.get("a")
    assert "cookie" not in server.requests[1].headers


async def test_loopback_never_goes_through_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    async with scripted(answer_ok) as server:
        for host in ("127.0.0.1", "localhost"):
            async with client_of(f"http://{host}:{server.port}") as client:
                assert isinstance(await client.get("x"), Answer)


async def test_other_hosts_go_through_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    async with scripted(answer_ok) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        async with client_of("http://gateway.invalid:8080") as client:
            assert isinstance(await client.get("x"), Answer)
    assert proxy.requests[0].path == "http://gateway.invalid:8080/x"


def test_a_proxy_of_another_kind_is_refused_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(KnownError) as raised:
        HttpClient("http://gateway.invalid", {})
    assert raised.value.code == "proxy_not_supported"


@pytest.mark.parametrize("url", ["", "gateway", "ftp://x", "http://", "http://x:port", "//x"])
def test_an_address_that_is_none_is_refused_with_words(url: str) -> None:
    with pytest.raises(KnownError) as raised:
        clean_base_url(url)
    assert raised.value.code == "bad_url"


def test_a_certificate_file_that_is_none_is_refused_with_words(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("hello")
    with pytest.raises(KnownError) as raised:
        HttpClient("https://gateway.invalid", {}, ca_file=tmp_path / "ca.pem")
    assert raised.value.code == "bad_ca_file"


async def test_a_cancelled_request_stays_cancelled() -> None:
    arrived = asyncio.Event()

    async def script(_request: Request, wire: Wire) -> None:
        arrived.set()
        await wire.reader.read(1)

    async with scripted(script) as server, client_of(server.url) as client:
        task = asyncio.create_task(client.post("x", body=BODY))
        await arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


@pytest.mark.parametrize(
    "url", ["http://a..b", f"http://{'a' * 64}.com", "http://.", "http://host/\r\nX: y", "http://h\x00"]
)
def test_an_address_that_cannot_be_looked_up_is_refused_before_anything_is_asked(url: str) -> None:
    with pytest.raises(KnownError) as raised:
        HttpClient(url, {})
    assert raised.value.code == "bad_url"


async def test_the_scheme_may_be_written_in_capitals(certificate: tuple[Path, Path]) -> None:
    async with (
        scripted(answer_ok, server_tls(certificate)) as server,
        client_of(server.url.replace("https", "Https"), ca_file=certificate[0]) as client,
    ):
        assert isinstance(await client.post("x", body=BODY), Answer)
        assert client.base_url.startswith("https:")


async def test_a_key_is_taken_without_the_end_of_its_line() -> None:
    async def script(request: Request, wire: Wire) -> None:
        await wire.answer(200, {"key": request.headers["apikey"]})

    async with scripted(script) as server:
        client = HttpClient(server.url, {"apikey": "secret\r\n"})
        result = await client.get("x")
        await client.close()
    assert isinstance(result, Answer)
    assert result.json == {"key": "secret"}


@pytest.mark.parametrize("key", ["two\nlines", "a\r\nX-Evil: 1", "\ud800", "a\x00b"])
def test_a_key_that_no_header_can_hold_is_refused_before_anything_is_asked(key: str) -> None:
    with pytest.raises(KnownError) as raised:
        HttpClient("http://127.0.0.1:9", {"apikey": key})
    assert raised.value.code == "unauthorised"
    assert key not in str(raised.value)

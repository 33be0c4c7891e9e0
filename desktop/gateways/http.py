"""Where the gateways speak HTTP: one client per connection, carried by aiohttp (its connections: `connections.py`).

httpx's own connection pool collapses at fifty requests in flight, and its interface over aiohttp's costs two thirds
more than aiohttp alone (measured in `tests/bench/bench_transport.py`; another carrier changes these two files only).
No exception leaves: a request ends as an `Answer`, as `NotSent` (the connection was never established, so nobody read
a byte of it) or as `Unknown` (it was, and no complete answer came back). Nothing is sent twice from here: aiohttp
retries no POST (`IDEMPOTENT_METHODS`; a test counts), and redirects are never followed.
"""

import asyncio
import json
import ssl
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import aiohttp
from aiohttp.http_exceptions import ContentEncodingError, HttpProcessingError
from multidict import CIMultiDict
from yarl import URL

from desktop.domain.outcome import NotSent, Unknown
from desktop.gateways import client_certificate
from desktop.gateways.connections import (
    MAX_BODY_BYTES,
    ONE_WRITE_BYTES,
    Connector,
    DirectRequests,
    Limits,
    Progress,
    Received,
    progress,
)
from desktop.gateways.redact import clean_text
from desktop.gateways.trust import (
    clean_base_url,
    clean_headers,
    new_tls_context,
    no_tls_context,
    proxy_for,
    tls_context,
)

CONNECT_S = 8.0
POOL_S = 10.0  # name look-up, connection and TLS together
STATE_S = 15.0
TEXT_S = 75.0  # Source: gateways.md §10.4, at least 60 s for text and 120 s for media
MEDIA_S = 150.0
SLOWEST_UPLOAD_BYTES_PER_S = 8_000
USER_AGENT = "Cadencia"
KEPT_ADDRESSES = 1_024
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # `dumps` would make one for each call
# Shorter than the 5 s after which a Node server closes an idle connection (`keepAliveTimeout`): a request written to a
# connection that is just being closed would be in doubt for nothing.
KEEP_ALIVE_S = 3.0
# Of what is not sent, what a test of a connection tells apart; the rest is "unreachable".
NAMED_FAILURES = frozenset({"dns", "tls"}) | client_certificate.CODES
# What a long-lived connection over `HttpClient.socket_session` may raise.
SOCKET_ERRORS: tuple[type[Exception], ...] = (aiohttp.ClientError, OSError, EOFError)


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete HTTP answer, whatever its status. `json` is None when the body is none (or the word null)."""

    status: int
    json: object | None
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=CIMultiDict[str])  # names in any case


class HttpClient:
    """Requests to one base URL with one set of credentials. Built without a running loop; closed by its owner."""

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        *,
        ca_file: Path | None = None,
        client_cert: Path | None = None,
    ) -> None:
        """Prepare; nothing is opened before the first request.

        Args:
            base_url: http or https, with an optional path in front of the gateway's own.
            headers: sent with every request; they carry the credentials.
            ca_file: certificates (PEM) that are trusted besides those of the system.
            client_cert: our own certificate with its key (PEM, without a passphrase), for a server that asks for it.

        Raises:
            KnownError: `bad_url`, `bad_ca_file`, `bad_client_cert`, `proxy_not_supported`, or `unauthorised` for a key
                that no header can hold.
        """
        self.base_url = clean_base_url(base_url)
        self._ca_file, self._client_cert = ca_file, client_cert
        self._tls = tls_context(ca_file, client_cert) if self.base_url.startswith("https:") else no_tls_context()
        self._proxy = proxy_for(self.base_url)
        self._session: aiohttp.ClientSession | None = None
        self._direct: DirectRequests | None = None
        self._headers = clean_headers(headers)
        # Reading an address takes long. Those of the sends are asked for most, and stay; an id may be in another.
        self._address = lru_cache(maxsize=KEPT_ADDRESSES)(self._read_address)

    async def get(
        self, *path: str, params: Mapping[str, str] | None = None, timeout_s: float = STATE_S
    ) -> Answer | NotSent | Unknown:
        """Ask. Each part of `path` is percent-encoded."""
        return await self.request("GET", path, b"", params, timeout_s)

    async def post(self, *path: str, body: bytes, timeout_s: float = STATE_S) -> Answer | NotSent | Unknown:
        """Send a JSON body (see `json_body`), exactly once."""
        return await self.request("POST", path, body, None, timeout_s)

    async def upload(self, *path: str, body: bytes, content_type: str, timeout_s: float) -> Answer | NotSent | Unknown:
        """Send a body that is no JSON (see `form.py`), exactly once."""
        return await self.request("POST", path, body, None, timeout_s, content_type)

    async def delete(self, *path: str, timeout_s: float = STATE_S) -> Answer | NotSent | Unknown:
        """Ask to remove."""
        return await self.request("DELETE", path, b"", None, timeout_s)

    async def request(
        self,
        method: str,
        path: tuple[str, ...],
        body: bytes,
        params: Mapping[str, str] | None,
        timeout_s: float,
        content_type: str | None = None,
    ) -> Answer | NotSent | Unknown:
        """Make one request. `timeout_s` bounds each silence of the server, and with the upload the whole."""
        on_the_way = Progress()
        token = progress.set(on_the_way)
        try:
            received = await self._exchange(method, self._url(path, params), body, timeout_s, content_type)
        # What aiohttp raises, and what ssl and the socket raise through it (TimeoutError is an OSError).
        except (aiohttp.ClientError, HttpProcessingError, OSError, EOFError) as error:
            return _failure(error, on_the_way, self._client_cert is not None)
        finally:
            progress.reset(token)
        if received.body is None:
            return Unknown("garbage_answer", f"more than {MAX_BODY_BYTES} bytes", received.status)
        text = received.body.decode("utf-8", "replace")
        if (refusal := client_certificate.of_page(received.status, text)) is not None:
            return NotSent(refusal)
        return Answer(received.status, _parsed(text), text, received.headers)

    async def _exchange(
        self, method: str, url: URL, body: bytes, timeout_s: float, content_type: str | None
    ) -> Received:
        session, direct = self._opened()
        content_type = content_type or ("application/json" if body else None)
        if self._proxy is None and len(body) <= ONE_WRITE_BYTES:
            limits = Limits(POOL_S, CONNECT_S, timeout_s, POOL_S + timeout_s)
            return await direct.exchange(method, url, body, content_type, limits)
        timeout = aiohttp.ClientTimeout(
            total=POOL_S + timeout_s + len(body) / SLOWEST_UPLOAD_BYTES_PER_S,
            connect=POOL_S,
            sock_connect=CONNECT_S,
            sock_read=timeout_s,
        )
        headers = {"Content-Type": content_type} if content_type else None
        asked = session.request(
            method, url, data=body or None, headers=headers, timeout=timeout, allow_redirects=False
        )  # fmt: skip
        async with asked as response:
            received = bytearray()
            while chunk := await response.content.readany():
                received += chunk
                if len(received) > MAX_BODY_BYTES:
                    response.close()  # what else is on its way is not wanted
                    return Received(response.status, response.headers, None)
            return Received(response.status, response.headers, received)

    def _url(self, path: tuple[str, ...], params: Mapping[str, str] | None) -> URL:
        url = self._address(path)
        return URL(f"{url}?{urlencode(params)}", encoded=True) if params else url

    def _read_address(self, path: tuple[str, ...]) -> URL:
        return URL("/".join([self.base_url, *(quote(part, safe="") for part in path)]), encoded=True)

    def _opened(self) -> tuple[aiohttp.ClientSession, DirectRequests]:
        if self._session is None or self._direct is None:
            # No limit of connections: how many requests are in flight is the engine's decision, not the pool's.
            connector = Connector(ssl=self._tls, limit=0, keepalive_timeout=KEEP_ALIVE_S)
            asking = {"Accept": "*/*", "Accept-Encoding": "gzip, deflate", "User-Agent": USER_AGENT, **self._headers}
            self._direct = DirectRequests(connector, self._tls, asking)
            self._session = aiohttp.ClientSession(
                connector=connector, headers=asking, cookie_jar=aiohttp.DummyCookieJar(), proxy=self._proxy
            )
        return self._session, self._direct

    @asynccontextmanager
    async def socket_session(self) -> AsyncGenerator[aiohttp.ClientSession]:
        """Open a session of its own for a long-lived connection, with the same trust, proxy and credentials."""
        connector = aiohttp.TCPConnector(ssl=self._tls, limit=0)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S)
        async with aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            proxy=self._proxy,
            timeout=timeout,
        ) as session:
            yield session

    async def explained(self, answer: Answer | NotSent | Unknown) -> Answer | NotSent | Unknown:
        """Find out whether a question failed because the server wants a certificate of ours; else return it as it is.

        Not every server says so, and what it says may be lost with its connection: another connection is made to look
        (see `client_certificate`). For questions only; a send has nothing to wait for.
        """
        if isinstance(answer, Answer) or answer.code not in ("cut", "unreachable", "tls"):
            return answer
        if not self.base_url.startswith("https:") or self._proxy is not None:
            return answer
        parts = urlsplit(self.base_url)
        context = new_tls_context(self._ca_file, self._client_cert)
        has_ours = self._client_cert is not None
        refusal = await asyncio.to_thread(
            client_certificate.look, parts.hostname or "", parts.port or 443, context, has_ours
        )
        return NotSent(refusal, answer.text) if refusal is not None else answer

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()


def json_body(value: object) -> bytes:
    """Encode a request body."""
    return _encoder.encode(value).encode("utf-8", "replace")


def json_of(answer: Answer | NotSent | Unknown) -> object | None:
    """Return the JSON of a successful answer, or None."""
    return answer.json if isinstance(answer, Answer) and answer.status < 300 else None


def _parsed(text: str) -> object | None:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # RecursionError: a body of nothing but opening brackets
        return None


def _failure(error: BaseException, progress: Progress, has_client_cert: bool) -> NotSent | Unknown:
    """Judge by whether there was a connection, then by aiohttp's exceptions and what caused them."""
    causes = list(_causes(error))
    text = clean_text(next((str(cause) for cause in causes if str(cause)), type(error).__name__))
    # aiohttp's own ssl errors are `SSLError`s without a reason.
    reasons = (getattr(cause, "reason", None) for cause in causes if isinstance(cause, ssl.SSLError))
    alert = next((str(reason) for reason in reasons if reason is not None), None)
    # Only of a connection that is being made: on an older one the request may have been read before the alert.
    if progress.is_new and (refusal := client_certificate.of_alert(alert, has_client_cert)) is not None:
        return NotSent(refusal, text)
    if not progress.is_established:
        return NotSent(_reason_not_sent(causes), text)
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return Unknown("timeout", text)
    # A body that was cut is one of them too, as a cause; alone such an error means that the head made no sense.
    is_garbage = isinstance(error, aiohttp.ClientResponseError | HttpProcessingError) or any(
        isinstance(cause, ContentEncodingError) for cause in causes
    )
    return Unknown("garbage_answer" if is_garbage else "cut", text)


def _reason_not_sent(causes: list[BaseException]) -> str:
    if any(isinstance(cause, aiohttp.ClientConnectorDNSError) for cause in causes):
        return "dns"
    if any(isinstance(cause, ssl.SSLError | ssl.CertificateError | aiohttp.ClientSSLError) for cause in causes):
        return "tls"
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return "connect_timeout"
    return "unreachable"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__

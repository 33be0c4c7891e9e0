"""The only module of the gateways that speaks HTTP: one client per connection, carried by aiohttp.

httpx's own connection pool collapses at fifty requests in flight, and its interface over aiohttp's costs two thirds
more than aiohttp alone (measured in `tests/bench/bench_transport.py`; another carrier means changing this file only).
No exception leaves: a request ends as an `Answer`, as `NotSent` (the connection was never established, so nobody read
a byte of it) or as `Unknown` (it was, and no complete answer came back). Nothing is sent twice from here: aiohttp
retries no POST (`IDEMPOTENT_METHODS`; a test counts), and redirects are never followed.
"""

import asyncio
import json
import ssl
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from aiohttp.http_exceptions import ContentEncodingError
from multidict import CIMultiDict
from yarl import URL

from desktop.domain.errors import KnownError
from desktop.domain.outcome import NotSent, Unknown
from desktop.gateways import client_certificate
from desktop.gateways.redact import clean_text

if TYPE_CHECKING:
    from aiohttp.client_proto import ResponseHandler
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

CONNECT_S = 8.0
POOL_S = 10.0  # name look-up, connection and TLS together
STATE_S = 15.0
TEXT_S = 75.0  # Source: gateways.md §10.4, at least 60 s for text and 120 s for media
MEDIA_S = 150.0
SLOWEST_UPLOAD_BYTES_PER_S = 8_000
USER_AGENT = "Cadencia"
MAX_BODY_BYTES = 2_000_000
_JSON_HEADERS = {"Content-Type": "application/json"}
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


@dataclass(slots=True)
class _Progress:
    is_new: bool = False  # the connection was made for this request
    is_established: bool = False


# The connector knows when a request has a connection, but aiohttp has no way to hand an object of ours to it.
_progress: ContextVar[_Progress] = ContextVar("request progress")


class _Connector(aiohttp.TCPConnector):
    """Notes that a request has its connection, TLS included: from now on it may be read by somebody.

    aiohttp's traces tell the same, but make an object for each of a dozen events of every request.
    """

    async def connect(
        self, req: aiohttp.ClientRequest, traces: "list[Trace]", timeout: aiohttp.ClientTimeout
    ) -> "Connection":
        connection = await super().connect(req, traces, timeout)
        _progress.get().is_established = True
        return connection

    async def _create_connection(
        self, req: aiohttp.ClientRequest, traces: "list[Trace]", timeout: aiohttp.ClientTimeout
    ) -> "ResponseHandler":
        _progress.get().is_new = True
        return await super()._create_connection(req, traces, timeout)


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
            KnownError: `bad_url`, `bad_ca_file`, `bad_client_cert`, or `proxy_not_supported`.
        """
        self.base_url = clean_base_url(base_url)
        self._ca_file, self._client_cert = ca_file, client_cert
        self._tls = _tls_context(ca_file, client_cert) if self.base_url.startswith("https:") else _no_tls_context()
        self._proxy = _proxy_for(self.base_url)
        self._session: aiohttp.ClientSession | None = None
        self._headers = dict(headers)
        self._urls: dict[tuple[str, ...], URL] = {}

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
        progress = _Progress()
        token = _progress.set(progress)
        try:
            return await self._exchange(method, self._url(path, params), body, timeout_s, content_type)
        # What aiohttp raises, and what ssl and the socket raise through it (TimeoutError is an OSError).
        except (aiohttp.ClientError, ContentEncodingError, OSError, EOFError) as error:
            return _failure(error, progress, self._client_cert is not None)
        finally:
            _progress.reset(token)

    async def _exchange(
        self, method: str, url: URL, body: bytes, timeout_s: float, content_type: str | None
    ) -> Answer | NotSent | Unknown:
        session = self._session = self._session or self._new_session()
        headers = {"Content-Type": content_type} if content_type else _JSON_HEADERS if body else None
        timeout = _timeout(timeout_s, POOL_S + timeout_s + len(body) / SLOWEST_UPLOAD_BYTES_PER_S)
        asked = session.request(
            method, url, data=body or None, headers=headers, timeout=timeout, allow_redirects=False
        )  # fmt: skip
        async with asked as response:
            received = bytearray()
            while chunk := await response.content.readany():
                received += chunk
                if len(received) > MAX_BODY_BYTES:
                    response.close()  # what else is on its way is not wanted
                    return Unknown("garbage_answer", f"more than {MAX_BODY_BYTES} bytes", response.status)
            text = received.decode("utf-8", "replace")
            if (refusal := client_certificate.of_page(response.status, text)) is not None:
                return NotSent(refusal)
            return Answer(response.status, _parsed(text), text, response.headers)

    def _url(self, path: tuple[str, ...], params: Mapping[str, str] | None) -> URL:
        # Kept: reading an address takes long, and there are only instances times operations.
        if path not in self._urls:
            text = "/".join([self.base_url, *(quote(part, safe="") for part in path)])
            self._urls[path] = URL(text, encoded=True)
        url = self._urls[path]
        return URL(f"{url}?{urlencode(params)}", encoded=True) if params else url

    def _new_session(self) -> aiohttp.ClientSession:
        # No limit of connections: how many requests are in flight is the engine's decision, not the pool's.
        connector = _Connector(ssl=self._tls, limit=0, keepalive_timeout=KEEP_ALIVE_S)
        asking = {"Accept": "*/*", "Accept-Encoding": "gzip, deflate", "User-Agent": USER_AGENT, **self._headers}
        return aiohttp.ClientSession(
            connector=connector, headers=asking, cookie_jar=aiohttp.DummyCookieJar(), proxy=self._proxy
        )

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
        context = _new_tls_context(self._ca_file, self._client_cert)
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


def clean_base_url(url: str) -> str:
    """Return the address without trailing slashes.

    Raises:
        KnownError: `bad_url`, when it is not http or https with a host.
    """
    url = url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_usable = False
    if not is_usable:
        raise KnownError(
            "bad_url", "The address of the gateway is not complete.", "Write it like https://gateway.example.com:8080."
        )
    return url


@lru_cache(maxsize=64)  # few: they depend on the kind of request alone, but for uploads
def _timeout(silence_s: float, whole_s: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=whole_s, connect=POOL_S, sock_connect=CONNECT_S, sock_read=silence_s)


def _parsed(text: str) -> object | None:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # RecursionError: a body of nothing but opening brackets
        return None


def _failure(error: BaseException, progress: _Progress, has_client_cert: bool) -> NotSent | Unknown:
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
    is_garbage = any(isinstance(cause, aiohttp.ClientResponseError | ContentEncodingError) for cause in causes)
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


@lru_cache(maxsize=8)
def _tls_context(ca_file: Path | None, client_cert: Path | None) -> ssl.SSLContext:
    """Return one for all connections of a kind: loading the certificates takes long."""
    return _new_tls_context(ca_file, client_cert)


def _new_tls_context(ca_file: Path | None, client_cert: Path | None) -> ssl.SSLContext:
    """Trust the system's store (a company's own authority is there), certifi's (it may be empty), and `ca_file`."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:  # ssl.SSLError is one
            raise KnownError(
                "bad_ca_file", f"The certificate file {ca_file.name} cannot be read.", "Choose a file in PEM format."
            ) from error
    if client_cert is not None:
        try:
            # An empty passphrase: OpenSSL would ask for one on the terminal.
            context.load_cert_chain(client_cert, password="")
        except OSError as error:
            raise KnownError(
                "bad_client_cert",
                f"The certificate {client_cert.name} cannot be used.",
                "Choose a PEM file with the certificate and its key, without a passphrase.",
            ) from error
    return context


@lru_cache(maxsize=1)
def _no_tls_context() -> ssl.SSLContext:
    """For plain http: given to the transport so that it does not load certificates for nothing. It trusts nobody."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _proxy_for(base_url: str) -> str | None:
    """Return the proxy that the environment (or the system's settings) asks for; never one for this machine itself."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if _is_loopback(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy:
        return None
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    if urlsplit(proxy).scheme not in ("http", "https"):
        raise KnownError(
            "proxy_not_supported", "The proxy of this computer is not an HTTP proxy.", "Set an HTTP proxy, or none."
        )
    return proxy


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

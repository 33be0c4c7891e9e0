"""Whom a connection to a gateway trusts, and the way that leads there: address, certificates, proxy."""

import ssl
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi

from desktop.domain.errors import KnownError


def clean_base_url(url: str) -> str:
    """Return the address without trailing slashes, its scheme in lower case.

    Raises:
        KnownError: `bad_url`, when it is not http or https with a host that can be looked up.
    """
    url = url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        host, scheme = parts.hostname or "", parts.scheme
        host.encode("idna")  # as the look-up does: it fails for an empty label, or one of 64 letters
        is_usable = scheme in ("http", "https") and bool(host) and (parts.port or 1) > 0 and url.isprintable()
    except ValueError:  # UnicodeError is one
        scheme, is_usable = "", False
    if not is_usable:
        raise KnownError(
            "bad_url", "The address of the gateway is not complete.", "Write it like https://gateway.example.com:8080."
        )
    return scheme + url[len(scheme) :]


def clean_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers that can be sent; a key that was copied with its line's end is taken without it.

    Raises:
        KnownError: `unauthorised`, when a key holds what no header can.
    """
    cleaned = {name: value.strip() for name, value in headers.items()}
    if not all(value.isprintable() for value in cleaned.values()):
        raise KnownError("unauthorised", "The key holds characters that no key has.", "Copy the key once more.")
    return cleaned


@lru_cache(maxsize=8)
def tls_context(ca_file: Path | None, client_cert: Path | None) -> ssl.SSLContext:
    """Return one for all connections of a kind: loading the certificates takes long."""
    return new_tls_context(ca_file, client_cert)


def new_tls_context(ca_file: Path | None, client_cert: Path | None) -> ssl.SSLContext:
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
def no_tls_context() -> ssl.SSLContext:
    """For plain http: given to the transport so that it does not load certificates for nothing. It trusts nobody."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def proxy_for(base_url: str) -> str | None:
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

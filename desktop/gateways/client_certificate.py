"""Tells that a server wants a certificate of ours: by its alert, by nginx's page, or by looking at a handshake.

A server that asks for a certificate which we do not show ends the connection. In TLS 1.3 our side of the handshake is
complete by then, so the refusal comes where the answer to the first request should be. Whatever was written is never
read as a request: a server hands nothing on before its own handshake is complete.
"""

import socket
import ssl

REQUIRED = "client_cert_required"
REFUSED = "client_cert_refused"
CODES = frozenset({REQUIRED, REFUSED})

# What the peer says of the only certificate that it can mean, ours. Source: RFC 8446 §6.2; names as OpenSSL has them.
_ALERTS = frozenset(
    {
        "TLSV13_ALERT_CERTIFICATE_REQUIRED",
        "TLSV1_ALERT_UNKNOWN_CA",
        "TLSV1_ALERT_ACCESS_DENIED",
        "SSLV3_ALERT_NO_CERTIFICATE",
        "SSLV3_ALERT_BAD_CERTIFICATE",
        "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
        "SSLV3_ALERT_CERTIFICATE_REVOKED",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
    }
)
# nginx completes the handshake and answers 400 to whatever is asked. Source: ngx_http_special_response.c, 495 and 496.
_NGINX = {"No required SSL certificate was sent": REQUIRED, "The SSL certificate error": REFUSED}
_NGINX_STATUSES = frozenset({400, 495, 496})
LOOK_S = 3.0
_HANDSHAKE, _CERTIFICATE_REQUEST = 22, 13  # Source: RFC 8446 §5.1 and §4
_CALLBACK = "_msg_callback"


def of_alert(reason: str | None, has_ours: bool) -> str | None:
    """Return what a TLS alert means; None when it is about something else."""
    if reason not in _ALERTS:
        return None
    return REFUSED if has_ours and reason != "TLSV13_ALERT_CERTIFICATE_REQUIRED" else REQUIRED


def of_page(status: int, text: str) -> str | None:
    """Return what nginx's own page means; None when the answer is another."""
    if status not in _NGINX_STATUSES or not text.lstrip().startswith("<"):
        return None
    return next((code for words, code in _NGINX.items() if words in text), None)


def look(host: str, port: int, context: ssl.SSLContext, has_ours: bool) -> str | None:
    """Connect without asking anything, and say whether the server asks for a certificate and then ends it. Blocks.

    Needed where no alert says so: TLS 1.2 has none of its own for it, and some servers just drop the connection.

    Args:
        context: used here only; it is changed.
        has_ours: whether `context` shows a certificate.
    """
    asked = False

    def note(_connection: object, _way: str, _version: int, kind: int, message: int, _data: bytes) -> None:
        nonlocal asked
        asked = asked or (int(kind) == _HANDSHAKE and int(message) == _CERTIFICATE_REQUEST)

    # The ssl module tells nowhere else that a certificate was asked for; without this hook only alerts are understood.
    setattr(context, _CALLBACK, note)
    try:
        with (
            socket.create_connection((host, port), LOOK_S) as plain,
            context.wrap_socket(plain, server_hostname=host) as connection,
        ):
            connection.recv(1)  # whoever is content waits for a request
    except TimeoutError:
        return None
    except ssl.SSLCertVerificationError:
        return None  # it is we who refuse
    except ssl.SSLError as error:
        if (code := of_alert(error.reason, has_ours)) is not None:
            return code
    except OSError:
        pass
    if not asked:
        return None
    return REFUSED if has_ours else REQUIRED

"""Servers on loopback that want to see a certificate of ours, and end in their own ways when they do not like it."""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


def certificate_and_key(folder: Path, name: str) -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 that nobody has signed, and its key; `NAME.pem` has both."""
    cert_file, key_file = folder / f"{name}.crt", folder / f"{name}.key"
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain, pem = serialization.NoEncryption(), serialization.Encoding.PEM
    cert_file.write_bytes(certificate.public_bytes(pem))
    key_file.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    (folder / f"{name}.pem").write_bytes(cert_file.read_bytes() + key_file.read_bytes())
    return cert_file, key_file


def asking_tls(
    certificate: tuple[Path, Path],
    version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3,
    mode: ssl.VerifyMode = ssl.CERT_REQUIRED,
) -> ssl.SSLContext:
    """Return the TLS of a server that asks for this very certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    context.load_verify_locations(certificate[0])
    context.verify_mode = mode
    context.maximum_version = version
    return context


@asynccontextmanager
async def alerting(tls: ssl.SSLContext) -> AsyncIterator[str]:
    """Serve with OpenSSL's own sockets: unlike asyncio's they tell the client by an alert what was wrong."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            plain.settimeout(5)
            with contextlib.suppress(OSError), plain.dup() as bare:
                try:
                    with tls.wrap_socket(plain, server_side=True) as connection:
                        connection.recv(65536)
                        connection.sendall(ANSWER)
                except ssl.SSLError:
                    # As real servers do: closed with anything unread, it would be a reset that overtakes the alert.
                    bare.shutdown(socket.SHUT_WR)
                    while bare.recv(65536):
                        pass

    thread = threading.Thread(target=serve, name="alerting server")
    thread.start()
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        await asyncio.to_thread(thread.join)

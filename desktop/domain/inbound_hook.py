"""How gateways reach us by webhook: where the receiver listens, and what one instance's hook is made of.

Everything about a hook comes from one random key in the keyring: its secret path, the key its bodies are signed with,
the word that Meta asks for. Who knows one of them cannot work out the others.
"""

import hmac
from dataclasses import dataclass
from typing import cast

from desktop.domain.errors import KnownError
from desktop.domain.instance import Instance

SETTING = "receiver"  # key of the stored setting
DEFAULT_PORT = 8788
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PATH = "/hooks/"
KEY_HEADER = "X-Cadencia-Key"  # carries the signing key where a gateway signs nothing itself (Evolution)


@dataclass(frozen=True, slots=True)
class ReceiverSettings:
    """Off unless the operator turns it on, and reachable from this machine only unless the operator opens it."""

    is_enabled: bool = False
    host: str = LOOPBACK[0]
    port: int = DEFAULT_PORT
    public_url: str = ""  # how the gateways reach us: of a tunnel or a proxy; empty: the address itself
    revision: int = 0  # grows when a secret changes, which the settings do not hold

    @property
    def is_open(self) -> bool:
        """Tell whether others than this machine may knock."""
        return self.host not in LOOPBACK

    @property
    def base_url(self) -> str:
        """Where gateways are told to send to."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = LOOPBACK[0] if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def stored(self) -> dict[str, object]:
        """Return what is kept as the setting."""
        return {
            "enabled": self.is_enabled,
            "host": self.host,
            "port": self.port,
            "public_url": self.public_url,
            "revision": self.revision,
        }


def read_settings(stored: object) -> ReceiverSettings:
    """Read the stored setting; what is missing or strange is off, and on this machine only."""
    if not isinstance(stored, dict):
        return ReceiverSettings()
    fields = cast("dict[str, object]", stored)
    host, port, url, revision = (fields.get(name) for name in ("host", "port", "public_url", "revision"))
    return ReceiverSettings(
        fields.get("enabled") is True,
        host if isinstance(host, str) and host else LOOPBACK[0],
        port if isinstance(port, int) and 0 < port < 65_536 else DEFAULT_PORT,
        url if isinstance(url, str) else "",
        revision if isinstance(revision, int) else 0,
    )


def checked_url(url: str) -> str:
    """Return a public address as it is stored.

    Raises:
        KnownError: `bad_url`.
    """
    clean = url.strip().rstrip("/")
    is_web = clean.startswith(("https://", "http://")) and len(clean.partition("//")[2]) > 0
    if clean and (not is_web or any(sign in clean for sign in " ?#@\\")):
        raise KnownError("bad_url", f"{url} is not an address.", "For example https://hooks.example.com", url=url)
    return clean


@dataclass(frozen=True, slots=True)
class Hook:
    """The hook of one instance."""

    instance: Instance
    key: str  # random, from the keyring
    app_secret: str | None = None  # Cloud API: of the Meta app, which signs with it

    @property
    def path(self) -> str:
        """Secret path below the base address."""
        return PATH + self._derived("path")[:40]

    @property
    def signing_key(self) -> str:
        """What the gateway signs bodies with, or sends along in `KEY_HEADER`."""
        return self._derived("sign")

    @property
    def verify_token(self) -> str:
        """The word that Meta sends back when the subscription is made."""
        return self._derived("verify")[:40]

    def url(self, settings: ReceiverSettings) -> str:
        """Return the address to enter at the gateway."""
        return settings.base_url + self.path

    def proof(self, nonce: str) -> str:
        """Return what only this hook's receiver can answer to a test."""
        return self._derived("proof:" + nonce)

    def _derived(self, purpose: str) -> str:
        return hmac.new(self.key.encode(), purpose.encode(), "sha256").hexdigest()


def key_name(instance: Instance) -> str:
    """Return the name of the hook key's entry in the keyring."""
    return f"hook:{instance.workspace_id}:{instance.name}"


def app_secret_name(instance: Instance) -> str:
    """Return the name of the Meta app secret's entry in the keyring."""
    return f"app-secret:{instance.workspace_id}:{instance.name}"

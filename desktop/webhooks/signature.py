"""Signs what is sent, as the Standard Webhooks specification says, so that receivers can use its libraries.

Source: standardwebhooks.com specification, "Signature scheme" and "Webhook headers": the signed content is
`id.timestamp.body`, the secret is base64 after the prefix `whsec_`, the signature `v1,` and base64 of HMAC-SHA256.
"""

import base64
import binascii
import hmac
import secrets
from datetime import datetime

from desktop.domain.errors import KnownError

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """Return a new signing secret, to be shown once and kept in the keyring."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def headers(secret: str, key: str, now: datetime, body: bytes) -> dict[str, str]:
    """Return the headers that identify and sign one try.

    Raises:
        KnownError: `hook_secret_missing`, when the stored secret is not one of ours.
    """
    stamp = str(int(now.timestamp()))
    signed = f"{key}.{stamp}.".encode() + body
    digest = hmac.digest(_key_of(secret), signed, "sha256")
    return {
        "webhook-id": key,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def _key_of(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise KnownError(
            "hook_secret_missing", "The secret of this address is not usable.", "Remove the address and add it again."
        ) from error

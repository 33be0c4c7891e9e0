"""Hooks of one instance at each gateway, and what their gateways would sign."""

import base64
import hmac
import json
from datetime import UTC, datetime

from desktop.domain.ids import InstanceId, WorkspaceId
from desktop.domain.inbound_hook import Hook
from desktop.domain.instance import ConnectionState, Gateway, Instance, InstanceLimits

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
APP_SECRET = "meta-app-secret"


def instance(gateway: Gateway, number: int = 1) -> Instance:
    return Instance(
        id=InstanceId(number),
        workspace_id=WorkspaceId(1),
        name=f"{gateway.value}-{number}",
        gateway=gateway,
        base_url="http://gateway",
        remote_name=f"remote-{number}",
        timezone="America/Sao_Paulo",
        limits=InstanceLimits(),
        state=ConnectionState.CONNECTED,
        created_at=NOW,
        phone_id=f"phone-{number}",
        waba_id="waba",
    )


def hook(gateway: Gateway, number: int = 1, app_secret: str | None = APP_SECRET) -> Hook:
    return Hook(instance(gateway, number), f"key-{number}", app_secret if gateway is Gateway.CLOUD else None)


def meta_signature(body: bytes, secret: str = APP_SECRET) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()}


def waha_signature(body: bytes, of: Hook) -> dict[str, str]:
    return {"X-Webhook-Hmac": hmac.new(of.signing_key.encode(), body, "sha512").hexdigest()}


def token(key: str, claims: object, head: object = None) -> str:
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (head or {"alg": "HS256"}, claims)
    ]
    signed = b".".join(parts)
    signature = base64.urlsafe_b64encode(hmac.new(key.encode(), signed, "sha256").digest()).rstrip(b"=")
    return (signed + b"." + signature).decode()

"""The QR code of a sign-in: its text as WhatsApp spells it and its picture."""

import base64
import secrets
from functools import partial

import segno

from desktop.simulator.state import Qr

_PAIRING_LETTERS = "123456789ABCDEFGHJKLMNPQRSTVWXYZ"


def new_qr(count: int, *, for_number: str | None) -> Qr:
    """Draw the `count`-th code of a sign-in; with a number it also carries a pairing code of eight characters."""
    secret = partial(secrets.token_bytes, 32)
    parts = [base64.b64encode(secret()).decode() for _ in range(3)]
    code = ",".join([f"2@practice{secrets.token_urlsafe(12)}", *parts])
    image = segno.make(code, error="l").png_data_uri(scale=5, border=4)
    pairing_code = "".join(secrets.choice(_PAIRING_LETTERS) for _ in range(8)) if for_number else None
    return Qr(code=code, image=image, count=count, pairing_code=pairing_code)

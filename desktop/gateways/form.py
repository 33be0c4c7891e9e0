"""Bodies of uploads. Only their form comes from httpx; `http.py` carries them."""

from collections.abc import Mapping

import httpx


def form_body(fields: Mapping[str, str], name: str, mimetype: str, data: bytes) -> tuple[bytes, str]:
    """Encode a multipart form with one file part `file`; return the body and its content type."""
    request = httpx.Request("POST", "http://x", data=dict(fields), files={"file": (name, data, mimetype)})
    return request.read(), request.headers["Content-Type"]

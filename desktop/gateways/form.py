"""Bodies of uploads. Only their form comes from httpx, loaded with the first of them; `http.py` carries them."""

from collections.abc import Mapping


def form_body(fields: Mapping[str, str], name: str, mimetype: str, data: bytes) -> tuple[bytes, str]:
    """Encode a multipart form with one file part `file`; return the body and its content type."""
    import httpx  # late: 11 MB and a tenth of a second of each engine, for those who send files through the Cloud API

    request = httpx.Request("POST", "http://x", data=dict(fields), files={"file": (name, data, mimetype)})
    return request.read(), request.headers["Content-Type"]

"""How long a text may be, by the gateway that carries it. Facts in, a number out."""

from collections.abc import Iterable

from desktop.domain.instance import Gateway

# Source: gateways.md §3.B, Cloud API message types: `body` ≤ 4096, `caption` ≤ 1024.
CLOUD_TEXT, CAPTION = 4_096, 1_024
# Evolution API and WAHA hand the text on to WhatsApp Web, which has the limit of WhatsApp's own applications; neither
# gateway has one of its own. Under a file those applications take 1,024, too.
# Sources: engagespark.com, WhatsApp limits, read 2026-11; wppconnect issue 2234 (9,000 characters arrive).
WHATSAPP_TEXT = 65_536


def text_limit(gateways: Iterable[Gateway], *, is_caption: bool) -> int:
    """Return the longest text, in UTF-16 units, that all of these gateways take; of none chosen yet, the strictest."""
    if is_caption:
        return CAPTION
    known = set(gateways)
    return CLOUD_TEXT if not known or Gateway.CLOUD in known else WHATSAPP_TEXT

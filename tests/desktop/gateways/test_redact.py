"""What may be logged or stored holds no secret, no message and no whole phone."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.gateways.redact import MAX_TEXT, clean_text, mask, redact

ROW = {
    "name": "evo1",
    "token": "EVO1TOKEN",
    "hash": "EVO1TOKEN",
    "apikey": None,
    "ownerJid": "5511900000009@s.whatsapp.net",
    "webhook": {"headers": {"Authorization": "Bearer abc", "X-Api-Key": "k"}},
    "message": {"conversation": "Oi Maria", "imageMessage": {"caption": "veja", "mediaKey": "abc="}},
    "count": 3,
    "open": True,
}


def test_secrets_texts_and_phones_are_taken_out_of_structures() -> None:
    assert redact(ROW) == {
        "name": "evo1",
        "token": "***",
        "hash": "***",
        "apikey": None,
        "ownerJid": "5511…09@s.whatsapp.net",
        "webhook": {"headers": {"Authorization": "***", "X-Api-Key": "***"}},
        "message": {"conversation": "[8 characters]", "imageMessage": {"caption": "[4 characters]", "mediaKey": "***"}},
        "count": 3,
        "open": True,
    }


def test_structures_without_end_are_cut_off() -> None:
    nest: Any = "x"
    for _ in range(5000):
        nest = [nest]
    assert "…" in json.dumps(redact(nest), ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("to 5511988887777@s.whatsapp.net", "to 5511…77@s.whatsapp.net"),
        ("+5511988887777 failed", "5511…77 failed"),
        ("port 8080, code 131030, at 1795237235", "port 8080, code 131030, at 1795…35"),
        ("Authorization: Bearer abc.def", "Authorization: *** abc.def"),
        ("apikey=B6D711FC-DE4D", "apikey=***"),
        ("http://user:pass@host/x", "http://***@host/x"),
        ("data:image/png;base64," + "A" * 80, "[data]"),
        ('{"text":"Oi Maria","n":1}', '{"text":[text],"n":1}'),
        ("conversation: 'Oi Maria'", "conversation: [text]"),
        ("qr 2@fakeref1WxYk22qhC6h8,Pobl0B1XYgfY5XHxxAPj+yDQ0eQVTNrfpglA6WvaKW4=", "qr [data]"),
        ("Connection Closed", "Connection Closed"),
    ],
)
def test_sentences_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@given(st.text(), st.text(min_size=4))
def test_cleaned_text_is_short_storable_and_without_what_is_to_be_hidden(around: str, secret: str) -> None:
    cleaned = clean_text(around + secret + around, (secret,))
    assert len(cleaned) <= MAX_TEXT
    cleaned.encode("utf-8")
    assert not any(ord(character) < 32 for character in cleaned)


RECORDINGS = Path(__file__).parents[1] / "simulator" / "data"


@pytest.mark.parametrize("file", sorted(path.name for path in RECORDINGS.glob("*.json")))
def test_nothing_secret_is_left_of_the_recordings(file: str) -> None:
    shown = json.dumps(redact(json.loads((RECORDINGS / file).read_text(encoding="utf-8"))), ensure_ascii=False)
    for secret in ("EVO1TOKEN", "GRAPHTOKEN", "Olá João", "5511988887777", "2@fakeref"):
        assert secret not in shown

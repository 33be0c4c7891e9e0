"""A message of the library: written once, used in many campaigns. With its variations and their files."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from desktop.domain.campaign import MessageDraft

LONGEST_NAME = 120  # characters


@dataclass(frozen=True, slots=True)
class SavedMessage:
    """One entry; its name is its own in the workspace, upper and lower case alike."""

    name: str
    messages: tuple[MessageDraft, ...]
    created_at: datetime
    updated_at: datetime


def searchable(name: str, messages: Sequence[MessageDraft]) -> str:
    """Return all words by which an entry is found, folded: its name, texts, templates and the names of its files."""
    parts = [name]
    for message in messages:
        parts.append(message.text)
        if message.media is not None:
            parts.append(PurePath(message.media.path).name)
        if message.template is not None:
            parts += [message.template.name, *(text for _key, text in message.template.parameters)]
    return folded(" ".join(parts))


def folded(text: str) -> str:
    """Return a text without accents and upper case: `Promoção` is found by `promocao`."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in letters if not unicodedata.combining(sign)).split())

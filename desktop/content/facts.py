"""What a message may know about its contact. Values are text and stay text: nothing in them is ever evaluated."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """`phone` is E.164 with plus; `custom` maps the key of a custom field to its value."""

    phone: str
    name: str = ""
    custom: Mapping[str, str] = field(default_factory=dict[str, str])

    def value(self, field_name: str) -> str:
        """Return `name`, `phone` or `custom.KEY` without outer spaces; empty when the contact does not have it."""
        if field_name == "name":
            return self.name.strip()
        if field_name == "phone":
            return self.phone.strip()
        key = field_name.removeprefix("custom.")
        found = self.custom.get(key)
        if found is None:
            found = next((value for stored, value in self.custom.items() if field_key(stored) == key), "")
        return found.strip()


def field_key(text: str) -> str:
    """Reduce a name to the key of a custom field: `Data de Nascimento` → `data_de_nascimento`.

    The import does the same with the headers of a file; the rooms may not share code, a test compares the two.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.sub(r"[^\w]+", "_", letters).strip("_")

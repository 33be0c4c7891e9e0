"""Decides which column of a file is the phone, the name, the tags, the opt-in; everything else is a custom field.

The header is asked first (Portuguese and English), the data confirms: a column "Número" full of house numbers is not a
phone column. Without a header the data alone decides. An explicit `FIELD=COLUMN` always wins.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from desktop.audience.phones import PhoneOk, normalise
from desktop.domain.errors import KnownError

REASON_COLUMN = "rejection_reason"  # written into the file of rejected rows; not a custom field when it comes back

# Best first. A header is looked for as a whole, then by its words ("Phone 1 - Value", "Número do WhatsApp").
_PHONE_WORDS = (
    ("whatsapp", "whats", "wpp", "zap"),
    ("celular", "cel", "mobile", "cell", "cellphone"),
    ("telefone", "phone", "fone", "tel", "telephone", "telemovel"),
    ("numero", "number", "msisdn", "e164"),
    ("contato", "contact"),
)
_NAME_WORDS = (
    ("nome_completo", "full_name", "fullname", "nome_do_cliente", "customer_name", "nome_do_contato", "contact_name"),
    ("nome", "name"),
    ("primeiro_nome", "first_name", "firstname", "given_name"),
    ("cliente", "customer", "client", "contato", "contact", "pessoa", "aluno", "paciente"),
)
_TAG_WORDS = frozenset(
    [
        "tag",
        "tags",
        "etiqueta",
        "etiquetas",
        "marcador",
        "marcadores",
        "grupo",
        "grupos",
        "group",
        "groups",
        "label",
        "labels",
    ]
)
_OPT_IN_WORDS = frozenset(
    [
        "opt_in",
        "optin",
        "consentimento",
        "consent",
        "aceite",
        "aceita_receber",
        "autorizacao",
        "autoriza",
        "permissao",
        "subscribed",
        "lgpd",
    ]
)
_FIELD_ALIASES = {
    "phone": "phone",
    "telefone": "phone",
    "celular": "phone",
    "whatsapp": "phone",
    "name": "name",
    "nome": "name",
    "tag": "tags",
    "tags": "tags",
    "etiqueta": "tags",
    "etiquetas": "tags",
    "opt_in": "opt_in",
    "consentimento": "opt_in",
    "ignore": "ignore",
    "ignorar": "ignore",
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Columns by position, from 0. `custom` maps the key of a custom field to its column."""

    phone: int
    name: int | None = None
    tags: int | None = None
    custom: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    opt_in: int | None = None


def field_key(text: str) -> str:
    """Reduce a header to the key of a custom field: `Data de Nascimento` → `data_de_nascimento`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.sub(r"[^\w]+", "_", letters).strip("_")


def looks_like_header(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row names the columns: a known word in it, or no phone where the other rows have one."""
    if holds_phone(first):
        return False
    if known_words(first):
        return True
    column = _column_of_phones(others, len(first))
    return column is not None and any(sign.isalpha() for sign in first[column])


def known_words(row: Sequence[str]) -> int:
    """Count the cells that a header would have: a word for a phone, a name, tags or consent."""
    return sum(_knows(field_key(cell)) for cell in row)


def holds_phone(row: Sequence[str]) -> bool:
    """Tell whether a cell is a phone: then the row is no header."""
    return any(_is_phone(cell) for cell in row)


def map_columns(
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
    assignments: Sequence[str] = (),
    region: str = "BR",
) -> ColumnMapping:
    """Map every column; `assignments` are `FIELD=COLUMN`, the column by its header or its number from 1.

    Fields: phone, name, tags, opt_in (or their Portuguese names), ignore, anything else is a custom field.

    Raises:
        KnownError: `bad_mapping`, `unknown_column` or `phone_column_missing`.
    """
    width = max([len(header), *(len(row) for row in sample)])
    chosen: dict[int, str] = {}
    for assignment in assignments:
        target, column = _read_assignment(assignment, header, width)
        chosen[column] = target
    keys = [field_key(cell) for cell in header]
    free = [column for column in range(width) if column not in chosen]
    taken = {target: column for column, target in chosen.items()}
    phone = taken.get("phone", _guess_phone(keys, sample, free, region))
    if phone is None:
        raise _phone_missing(header)
    free = [column for column in free if column != phone]
    name = taken.get("name", _guess_name(keys, sample, free))
    free = [column for column in free if column != name]
    tags = taken.get("tags", _first_in(keys, free, _TAG_WORDS))
    opt_in = taken.get("opt_in", _first_in(keys, free, _OPT_IN_WORDS))
    custom = {target: column for target, column in taken.items() if target not in _FIELD_ALIASES.values()}
    rest = [column for column in free if column not in (tags, opt_in)]
    return ColumnMapping(phone, name, tags, MappingProxyType(custom | _custom_fields(keys, rest, custom)), opt_in)


def _knows(key: str) -> bool:
    words = set(key.split("_")) | {key}
    known = {word for group in (*_PHONE_WORDS, *_NAME_WORDS) for word in group} | _TAG_WORDS | _OPT_IN_WORDS
    return not words.isdisjoint(known)


def _is_phone(cell: str, region: str = "BR") -> bool:
    return isinstance(normalise(cell, region), PhoneOk)


def _share_of_phones(sample: Sequence[Sequence[str]], column: int, region: str = "BR") -> float:
    """Return the share of phones among the cells that are not blank; 0 when all are blank."""
    cells = [row[column] for row in sample if column < len(row) and row[column].strip()]
    return sum(_is_phone(cell, region) for cell in cells) / len(cells) if cells else 0.0


def _column_of_phones(sample: Sequence[Sequence[str]], width: int, region: str = "BR") -> int | None:
    shares = [_share_of_phones(sample, column, region) for column in range(width)]
    best = max(range(width), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= 0.5 else None


def _guess_phone(keys: Sequence[str], sample: Sequence[Sequence[str]], free: Sequence[int], region: str) -> int | None:
    named = sorted((rank, column) for column in free if (rank := _rank(keys, column, _PHONE_WORDS)) is not None)
    shares = {column: _share_of_phones(sample, column, region) for column in free}
    for _, column in named:
        if shares[column] >= 0.3:
            return column
    best = max(free, key=lambda column: shares[column], default=None)
    if best is not None and shares[best] >= 0.5:
        return best
    # Nothing looks like phones: believe the header, so that each row is refused with its own reason.
    return next((column for rank, column in named if rank < 3 * _WEAKER), None)


_WEAKER = 10  # a word inside a header counts less than the whole header, but more than the next group


def _rank(keys: Sequence[str], column: int, groups: Sequence[Sequence[str]]) -> int | None:
    """Rank a header, best 0; None when it has no known word."""
    if column >= len(keys):
        return None
    words = keys[column].split("_")
    for place, group in enumerate(groups):
        if keys[column] in group:
            return place * _WEAKER
        if any(word in group for word in words):
            return place * _WEAKER + 1
    return None


def _guess_name(keys: Sequence[str], sample: Sequence[Sequence[str]], free: Sequence[int]) -> int | None:
    ranked = [(rank, column) for column in free if (rank := _name_rank(keys, column)) is not None]
    if ranked:
        return min(ranked)[1]
    if keys:
        return None
    return next((column for column in free if _share_of_words(sample, column) >= 0.8), None)


def _name_rank(keys: Sequence[str], column: int) -> int | None:
    rank = _rank(keys, column, _NAME_WORDS)
    words = set(keys[column].split("_")) if column < len(keys) else set[str]()
    others = {"empresa", "company", "usuario", "user", "file", "mae", "pai", "mother", "father", "last", "middle"}
    return None if words & others else rank


def _share_of_words(sample: Sequence[Sequence[str]], column: int) -> float:
    """Return the share of cells made of letters, spaces and the few signs that names have."""
    cells = [row[column] for row in sample if column < len(row) and row[column].strip()]
    words = sum(bool(re.fullmatch(r"[^\W\d_][^\W\d_'’.\- ]*(?:[ '’.\-]+[^\W\d_]*)*", cell.strip())) for cell in cells)
    return words / len(cells) if cells else 0.0


def _first_in(keys: Sequence[str], free: Sequence[int], words: frozenset[str]) -> int | None:
    return next((column for column in free if column < len(keys) and keys[column] in words), None)


def _custom_fields(keys: Sequence[str], columns: Sequence[int], taken: Mapping[str, int]) -> dict[str, int]:
    """Give every remaining column with a header a key; a second `cidade` becomes `cidade_2`."""
    fields: dict[str, int] = {}
    for column in columns:
        key = keys[column] if column < len(keys) else f"column_{column + 1}"
        if not key or key == REASON_COLUMN:
            continue
        number = 2
        unique = key
        while unique in fields or unique in taken:
            unique = f"{key}_{number}"
            number += 1
        fields[unique] = column
    return fields


def _read_assignment(assignment: str, header: Sequence[str], width: int) -> tuple[str, int]:
    target, equals, column = assignment.partition("=")
    key = field_key(target.strip().removeprefix("contact.").removeprefix("custom."))
    if not equals or not key or not column.strip():
        raise KnownError(
            "bad_mapping", f"“{assignment}” does not say FIELD=COLUMN.", "For example: phone=Celular or name=2."
        )
    return _FIELD_ALIASES.get(key, key), _find_column(column.strip(), header, width)


def _find_column(wanted: str, header: Sequence[str], width: int) -> int:
    if wanted in header:
        return list(header).index(wanted)
    keys = [field_key(cell) for cell in header]
    if (key := field_key(wanted)) in keys:
        return keys.index(key)
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= width:
        return int(wanted) - 1
    hint = "Its columns are: " + ", ".join(header) + "." if header else f"It has {width} columns and no header."
    raise KnownError("unknown_column", f"The file has no column “{wanted}”.", hint, column=wanted)


def _phone_missing(header: Sequence[str]) -> KnownError:
    columns = f" Its columns are: {', '.join(header)}." if header else ""
    return KnownError(
        "phone_column_missing",
        "No column of this file looks like phone numbers.",
        f"Say which one it is: phone=COLUMN.{columns}",
    )

"""Writes the contact list that a small company really sends, and knows what a right import makes of it.

The expectations come from how each row is made, not from the program's own reading. Besides what a row says of itself,
the file has Latin-1 text behind a UTF-8 mark, semicolons, CRLF, quotes, blank lines and lines of separators only.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HEADER = "Nome;Telefone;Cidade"
_NAMES = ("João da Silva", "Conceição Araújo", "Zé Antônio", "MARIA LUÍZA", "ana  beatriz", "D'Ávila Gonçalves")
_CITIES = ("São Paulo", "Ribeirão Preto", "Goiânia, GO", "Brasília", "Foz do Iguaçu", "")
_AREAS = ("11", "19", "21", "31", "41", "51", "55", "62", "71", "81", "91", "99")


@dataclass(frozen=True, slots=True)
class UglyFacts:
    """What a right import of the file gives into an empty workspace. `rejected` counts by reason code."""

    rows: int
    added: int
    duplicates: int
    rejected: dict[str, int]
    phones: frozenset[str]
    landlines: frozenset[str]

    @property
    def rejected_total(self) -> int:
        return sum(self.rejected.values())


def write_ugly_csv(path: Path, rows: int = 2_000, seed: int = 2) -> UglyFacts:
    """Write a file with exactly `rows` data rows; every fifteenth is refused, every tenth repeats an earlier phone."""
    rng = random.Random(seed)
    lines = [HEADER]
    phones: dict[str, bool] = {}
    rejected: Counter[str] = Counter()
    duplicates = 0
    for number in range(rows):
        if number % 15 == 7:
            reason, make = _BAD[number // 15 % len(_BAD)]
            rejected[reason] += 1
            written = make(rng)
        elif number % 10 == 9:
            duplicates += 1
            phone = rng.choice(list(phones))
            written = _written(phone, rng)
        else:
            phone = _new_phone(phones, rng)
            phones[phone] = len(phone) == len("+551133334444")
            written = _written(phone, rng)
        lines.append(f"{_quoted(rng.choice(_NAMES), rng)};{written};{_quoted(rng.choice(_CITIES), rng)}")
        if number % 40 == 0:
            lines.append(rng.choice(("", "   ", ";;", " ; ;")))
    path.write_bytes(b"\xef\xbb\xbf" + ("\r\n".join(lines) + "\r\n").encode("latin-1"))
    landlines = frozenset(phone for phone, is_landline in phones.items() if is_landline)
    return UglyFacts(rows, len(phones), duplicates, dict(rejected), frozenset(phones), landlines)


def _new_phone(known: dict[str, bool], rng: random.Random) -> str:
    while True:
        first = rng.choice("234") if rng.random() < 0.1 else "9" + rng.choice("6789")
        phone = f"+55{rng.choice(_AREAS)}{first}{rng.randrange(10**7):07}"
        if phone not in known:
            return phone


def _written(phone: str, rng: random.Random) -> str:
    """Write an E.164 phone in one of the ways that people have; old mobiles come without their ninth digit."""
    area, local = phone[3:5], phone[5:]
    if len(local) == 9 and rng.random() < 0.25:
        local = local[1:]
    head, tail = local[:-4], local[-4:]
    return rng.choice(
        (
            f"+55{area}{local}",
            f"55{area}{local}",
            f"{area}{local}",
            f"({area}) {head}-{tail}",
            f"+55 ({area}) {head}-{tail}",
            f"0{area} {head} {tail}",
            f"0 15 {area} {head}-{tail}",
            f"{area}.{head}.{tail}",
            f"{area}\u00a0{head}\u00a0{tail}",
            f'"{area} {head}-{tail}"',
            f"55{area}{local}.0",
            f"'{area}{local}",
            f"  {area} {head}{tail} ",
        )
    )


def _quoted(text: str, rng: random.Random) -> str:
    """Write a cell plainly, in quotes, or with quotes and a separator inside."""
    if text and rng.random() < 0.1:
        text = f'{text} "{rng.choice(("VIP", "loja; centro"))}"'
    if '"' in text or ";" in text or rng.random() < 0.3:
        return '"' + text.replace('"', '""') + '"'
    return text


def _eight_digits(rng: random.Random) -> str:
    return f"{rng.randrange(10**7, 10**8)}"


_BAD: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
    ("scientific_notation", lambda _: "5,51198E+12"),
    ("letters", lambda rng: rng.choice(("não tem", "11 9888B-7777", "ligar depois"))),
    ("empty", lambda rng: rng.choice(("", " ", "-", '""'))),
    ("too_short", lambda rng: f"11 {rng.randrange(100, 1000)}"),
    ("too_long", lambda rng: f"1198888777{_eight_digits(rng)}"),
    ("missing_area", lambda rng: f"9{rng.randrange(6, 10)}{rng.randrange(10**3):03}-{rng.randrange(10**4):04}"),
    ("unknown_area", lambda rng: f"(20) 9{_eight_digits(rng)}"),
    ("several_numbers", lambda rng: f"119{_eight_digits(rng)} / 119{_eight_digits(rng)}"),
    ("scientific_notation", lambda _: "5.51198E+12"),
    ("service_number", lambda rng: f"0800 {rng.randrange(100, 1000)} {rng.randrange(1000, 10_000)}"),
    ("unknown_country", lambda rng: f"+999{_eight_digits(rng)}"),
    ("invalid", lambda rng: f"11 1{rng.randrange(10**7):07}"),
)

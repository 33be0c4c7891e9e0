"""In which time zone a phone's owner lives, as far as the number tells.

Brazil goes by its area codes, from the table below: `phonenumbers` knows too little of it (it puts Pernambuco on the
island of Noronha and Mato Grosso into Manaus). Other countries go by the authority's longest prefix. A number says
where it was issued, not where its owner is; for somebody who moved, the window is off by an hour or two.

Where one area code spans two zones, the zone of most of its people counts:
- 97 (west and south of Amazonas): Manaus. The far west (Tabatinga, Benjamin Constant, Eirunepé) is an hour behind.
- 81 (Pernambuco): Recife. Fernando de Noronha, an hour ahead, has the same code and 3,000 people.
- 61 (Federal District and its surroundings in Goiás): São Paulo, both have its time.
- 66 (east of Mato Grosso): Cuiabá by law; towns at the border of Goiás live by Brasília's clock, an hour ahead.

Source: Anatel, national numbering plan (area codes by municipality); IANA tz database, zone1970.tab.
"""

from collections.abc import Mapping

from phonenumbers.tzdata import TIMEZONE_DATA, TIMEZONE_LONGEST_PREFIX

_AREA_CODES: Mapping[str, str] = {
    # Brasília's time, in the states that had daylight saving until 2019
    "America/Sao_Paulo": "11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49"
    " 51 53 54 55 61 62 64",
    # The same time, in zones of their own because their past differs: and so may their future
    "America/Araguaina": "63",
    "America/Bahia": "71 73 74 75 77",
    "America/Maceio": "79 82",
    "America/Recife": "81 87",
    "America/Fortaleza": "83 84 85 86 88 89 98 99",
    "America/Belem": "91 94 96",
    "America/Santarem": "93",
    # An hour behind Brasília
    "America/Cuiaba": "65 66",
    "America/Campo_Grande": "67",
    "America/Porto_Velho": "69",
    "America/Manaus": "92 97",
    "America/Boa_Vista": "95",
    # Two hours behind
    "America/Rio_Branco": "68",
}
BRAZIL: Mapping[str, str] = {code: zone for zone, codes in _AREA_CODES.items() for code in codes.split()}

# For numbers that tell the country but not the place (most mobiles): where most of its people live.
_MAIN_ZONES = (
    "America/New_York", "America/St_Johns", "America/Anchorage", "America/Mexico_City", "America/Guayaquil",
    "America/Curacao", "America/Godthab", "Europe/Lisbon", "Europe/Madrid", "Europe/London", "Europe/Rome",
    "Europe/Helsinki", "Europe/Oslo", "Europe/Moscow", "Asia/Almaty", "Asia/Jakarta", "Asia/Ulaanbaatar",
    "Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland", "Pacific/Tahiti", "Pacific/Tarawa", "Pacific/Ponape",
    "Africa/Kinshasa", "Indian/Reunion",
)  # fmt: skip


def timezone_of(e164: str, fallback: str) -> str:
    """Return the IANA zone of a phone (E.164 with plus); `fallback`, the workspace's own, where the number tells none.

    Costs a microsecond in Brazil and less than ten elsewhere: plain look-ups, nothing to cache.
    """
    digits = e164[1:]
    if digits.startswith("55") and (zone := BRAZIL.get(digits[2:4])):
        return zone
    candidates = _candidates(digits)
    if not candidates or fallback in candidates:
        # Of several zones that a number may be in, the operator's own is the likeliest.
        return fallback
    return next((zone for zone in _MAIN_ZONES if zone in candidates), candidates[0])


def _candidates(digits: str) -> tuple[str, ...]:
    """Return the zones of the longest prefix that the authority knows."""
    for length in range(min(TIMEZONE_LONGEST_PREFIX, len(digits)), 0, -1):
        if zones := TIMEZONE_DATA.get(digits[:length]):
            return zones
    return ()

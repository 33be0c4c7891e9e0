"""The templates of the practice account, and what Meta checks of their use. Source: gateways.md §2.C, §5.C."""

import re
from collections.abc import Sequence
from typing import Any, cast

from desktop.simulator.answers import Answer
from desktop.simulator.cloud.answers import refusal
from desktop.simulator.state import Json, as_object

_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_NOT_SENDABLE = {"PAUSED": 132015, "DISABLED": 132016}


def practice_templates() -> list[Json]:
    """Return the list that every practice account begins with."""
    rows: list[Json] = [
        _row("boas_vindas", "UTILITY", [{"type": "BODY", "text": "Olá {{1}}, bem-vindo à {{2}}!"}]),
        _row(
            "oferta",
            "MARKETING",
            [
                {"type": "HEADER", "format": "IMAGE"},
                {"type": "BODY", "text": "Olá {{nome}}, só hoje: {{produto}}."},
                {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Ver", "url": "https://loja.example/{{1}}"}]},
            ],
            parameter_format="NAMED",
        ),
        _row(
            "cupom",
            "MARKETING",
            [
                {"type": "HEADER", "format": "DOCUMENT"},
                {"type": "BODY", "text": "{{1}}, o catálogo e o seu cupom:"},
                {
                    "type": "BUTTONS",
                    "buttons": [
                        {"type": "QUICK_REPLY", "text": "Quero"},
                        {"type": "COPY_CODE", "text": "Copiar", "example": ["NATAL10"]},
                    ],
                },
            ],
        ),
        _row("aviso", "UTILITY", [{"type": "BODY", "text": "Seu pedido saiu para entrega."}]),
        _row("em_analise", "MARKETING", [{"type": "BODY", "text": "Olá {{1}}"}], status="PENDING"),
        _row("pausado", "MARKETING", [{"type": "BODY", "text": "Olá {{1}}"}], status="PAUSED"),
        _row("recusado", "MARKETING", [{"type": "BODY", "text": "Compre já"}], status="REJECTED"),
    ]
    return [row | {"id": str(9_000_000_001 + number)} for number, row in enumerate(rows)]


def _row(name: str, category: str, components: list[Json], **more: str) -> Json:
    status = more.get("status", "APPROVED")
    return {
        "name": name,
        "language": "pt_BR",
        "category": category,
        "components": components,
        "parameter_format": "POSITIONAL",
        "quality_score": {"score": "UNKNOWN"},
        "rejected_reason": "PROMOTIONAL" if status == "REJECTED" else "NONE",
        "status": status,
        **more,
    }


def refused(given: Json, known: Sequence[Json]) -> Answer | None:
    """Return what is wrong with the object `template` of a message, or None."""
    name = given.get("name")
    language = (as_object(given.get("language")) or {}).get("code")
    row = next((row for row in known if (row["name"], row["language"]) == (name, language)), None)
    if row is not None and row["status"] in _NOT_SENDABLE:
        return refusal(_NOT_SENDABLE[row["status"]], f"Template is {row['status'].lower()}")
    if row is None or row["status"] != "APPROVED":
        return refusal(132001, f"template name ({name}) does not exist in {language}")
    components = [as_object(part) or {} for part in cast("list[Any]", given.get("components") or [])]
    for part in cast("list[Json]", row["components"]):
        if (wrong := _part(part, components, row["parameter_format"])) is not None:
            return wrong
    return None


def read_text(given: Json, known: Sequence[Json]) -> str:
    """Return what the person reads of an accepted template: its body, with the values in their places."""
    name, language = given.get("name"), (as_object(given.get("language")) or {}).get("code")
    row = next(row for row in known if (row["name"], row["language"]) == (name, language))
    body = next((str(part["text"]) for part in cast("list[Json]", row["components"]) if part["type"] == "BODY"), "")
    components = [as_object(part) or {} for part in cast("list[Any]", given.get("components") or [])]
    parameters = _parameters(components, "body")
    values = {str(one.get("parameter_name") or n): str(one["text"]) for n, one in enumerate(parameters, start=1)}
    return _PLACEHOLDER.sub(lambda found: values[found[1]], body)


def _part(part: Json, given: Sequence[Json], parameter_format: str) -> Answer | None:
    match part["type"]:
        case "HEADER" if part.get("format", "TEXT") != "TEXT":
            kind = str(part["format"]).lower()
            if [parameter.get("type") for parameter in _parameters(given, "header")] != [kind]:
                return refusal(132012, f"header: Format mismatch, expected {kind.upper()}")
            return None
        case "HEADER" | "BODY":
            return _texts(str(part["type"]).lower(), str(part.get("text", "")), given, parameter_format)
        case "BUTTONS":
            return _buttons(cast("list[Json]", part["buttons"]), given)
        case _:
            return None


def _texts(kind: str, text: str, given: Sequence[Json], parameter_format: str) -> Answer | None:
    wanted, parameters = _PLACEHOLDER.findall(text), _parameters(given, kind)
    if len(parameters) != len(wanted):
        return refusal(132000, f"{kind}: number of localizable_params ({len(parameters)}) does not match {len(wanted)}")
    if parameter_format == "NAMED" and sorted(str(one.get("parameter_name")) for one in parameters) != sorted(wanted):
        return refusal(132012, f"{kind}: Parameter name is missing or empty")
    if any(not str(one.get("text") or "").strip() for one in parameters):
        return refusal(131008, f"{kind}: Parameter of type text is missing text value")
    return None


def _buttons(buttons: Sequence[Json], given: Sequence[Json]) -> Answer | None:
    for index, button in enumerate(buttons):
        needs = button["type"] == "COPY_CODE" or _PLACEHOLDER.search(str(button.get("url", "")))
        has = [part for part in given if part.get("type") == "button" and str(part.get("index")) == str(index)]
        if needs and not has:
            return refusal(131008, f"Required parameter is missing: buttons: Button at index {index}")
    return None


def _parameters(given: Sequence[Json], kind: str) -> list[Json]:
    found = [part for part in given if str(part.get("type")).lower() == kind]
    return [as_object(one) or {} for part in found for one in cast("list[Any]", part.get("parameters") or [])]

"""Which people a line of the checklist is about, so that they can be looked at and mended in the list of contacts."""

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QCoreApplication

from desktop.domain.campaign import Audience
from desktop.domain.segment import Comparison, Consent, ConsentRule, FieldRule, Group, Match, Rule
from desktop.domain.summaries import CheckLine
from desktop.viewmodels import segment_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class PeopleAsked:
    """Whoever the rules find among the people of an audience; `said` says that in words."""

    rules: Group
    said: str
    audience: Audience | None = None


def people_behind(line: CheckLine, audience: Audience | None) -> PeopleAsked | None:
    """Return whom a line counts; None for a line that is not about people of the list."""
    if audience is None:
        return None
    rules: list[Rule] = []
    said = ""
    if line.code == "variables_missing":
        fields = cast("dict[str, int]", line.facts.get("fields") or {})
        known = [each for each in fields if each in ("name", "phone") or each.startswith(segment_words.CUSTOM)]
        rules = [FieldRule(each, Comparison.EMPTY) for each in known]
        names = ", ".join(segment_words.field_name(each) for each in known)
        said = translate("PeopleAsked", "Of this campaign, without a value for {fields}").format(fields=names)
    elif line.code in ("consent_missing", "audience_without_consent"):
        rules = [ConsentRule(Consent.UNKNOWN)]
        said = translate("PeopleAsked", "Of this campaign, without a recorded consent")
    return PeopleAsked(Group(Match.ANY, tuple(rules)), said, audience) if rules else None

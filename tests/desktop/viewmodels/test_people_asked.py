"""Whom a line of the checklist counts."""

from desktop.domain.campaign import Audience
from desktop.domain.segment import Comparison, Consent, ConsentRule, FieldRule, Match
from desktop.domain.summaries import CheckLine
from desktop.viewmodels.people_asked import people_behind


def test_people_without_a_value_are_found_by_the_fields_that_are_empty(qapp: object) -> None:
    line = CheckLine("variables_missing", "red", {"fields": {"name": 3, "custom.cidade": 7}})
    asked = people_behind(line, Audience())
    assert asked is not None
    assert asked.rules.match is Match.ANY
    assert asked.rules.rules == (
        FieldRule("name", Comparison.EMPTY),
        FieldRule("custom.cidade", Comparison.EMPTY),
    )
    assert asked.said == "Of this campaign, without a value for Name, cidade"
    assert asked.audience == Audience()


def test_people_without_a_consent_are_found_by_that(qapp: object) -> None:
    asked = people_behind(CheckLine("consent_missing", "amber", {"n": 3}), Audience())
    assert asked is not None
    assert asked.rules.rules == (ConsentRule(Consent.UNKNOWN),)


def test_other_lines_are_about_nobody_of_the_list(qapp: object) -> None:
    assert people_behind(CheckLine("media", "green", {}), Audience()) is None
    assert people_behind(CheckLine("variables_missing", "red", {"fields": {"name": 3}}), None) is None
    assert people_behind(CheckLine("variables_missing", "red", {"fields": {"today": 3}}), Audience()) is None

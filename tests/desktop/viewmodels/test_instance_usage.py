"""Before a number goes: which running campaigns use it, and what becomes of each."""

from dataclasses import replace

import pytest

from desktop.domain.summaries import CampaignSummary
from desktop.viewmodels.instance_usage import Usage, usage_of, warning
from tests.fakes import samples

RUNNING = samples.campaigns()[0]


def campaign(name: str, *numbers: str) -> CampaignSummary:
    return replace(RUNNING, name=name, instance_names=numbers)


def test_a_campaign_without_another_number_is_told_apart() -> None:
    running = [campaign("A", "one"), campaign("B", "one", "two"), campaign("C", "two"), campaign("", "one")]
    assert usage_of("one", running) == Usage(("A", "B", "Untitled campaign"), ("A", "Untitled campaign"))
    assert usage_of("three", running) == Usage()


@pytest.mark.parametrize(
    ("usage", "logged_out", "removed"),
    [
        (Usage(), "", ""),
        (
            Usage(("A",)),
            "A running campaign uses it: “A”. What is left goes on through the other numbers.",
            "A running campaign uses it: “A”. What is left goes on through the other numbers.",
        ),
        (
            Usage(("A",), ("A",)),
            "A running campaign uses it: “A”. Without another number nothing of it leaves until this one is back.",
            "A running campaign uses it: “A”. Nothing more of it leaves until you give it another number.",
        ),
        (
            Usage(("A", "B", "C", "D"), ("D",)),
            "4 running campaigns use it: “A”, “B”, “C” and 1 more."
            " Without another number, waiting until this one is back: “D”.",
            "4 running campaigns use it: “A”, “B”, “C” and 1 more."
            " Left without any number, waiting until you give it one: “D”.",
        ),
        (
            Usage(("{n}", "B"), ("{n}", "B")),
            "2 running campaigns use it: “{n}”, “B”."
            " Without another number nothing of them leaves until this one is back.",
            "2 running campaigns use it: “{n}”, “B”. Nothing more of them leaves until you give them another number.",
        ),
    ],
)
def test_how_many_which_and_what_happens(usage: Usage, logged_out: str, removed: str) -> None:
    assert warning(usage, comes_back=True) == logged_out
    assert warning(usage, comes_back=False) == removed

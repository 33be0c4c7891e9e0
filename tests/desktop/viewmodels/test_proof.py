"""The proof of a campaign in the window: computed elsewhere, cancellable, listed page by page, saved."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.proof import AttemptFacts, RecipientFacts
from desktop.domain.recipient import RecipientStatus
from desktop.policy.proof import Evidence, ProofTally, ProofVerdict
from desktop.viewmodels import proof_words
from desktop.viewmodels.proof import PAGE, ProofViewModel
from tests.fakes import samples
from tests.fakes.spawning import TaskSpawn
from tests.fakes.window import FakeProgram

CAMPAIGN = CampaignId(8)


def facts(number: int, *outcomes: str) -> RecipientFacts:
    """Return a recipient with attempts that were accepted, rejected, not_sent or unknown."""
    attempts = tuple(
        AttemptFacts(n, "vendas-1", samples.NOW, 100, outcome, None, 200, None, outcome == "unknown")
        for n, outcome in enumerate(outcomes, 1)
    )
    return RecipientFacts(replace(samples.recipient(number), status=RecipientStatus.SENT), attempts)


@pytest.fixture
def program(qapp: object) -> FakeProgram:
    return FakeProgram()


def opened(program: FakeProgram) -> ProofViewModel:
    model = program.proof()
    model.open(CAMPAIGN)
    return model


def test_a_campaign_in_which_everybody_was_sent_to_once_is_proven(program: FakeProgram) -> None:
    program.library.facts = [facts(1, "accepted"), facts(2, "rejected", "accepted")]
    model = opened(program)
    model.compute()
    assert not model.is_running
    assert model.result is not None
    assert model.result.verdict is ProofVerdict.PROVEN
    title, note = proof_words.verdict(model.result.tally)
    assert title == "Nobody was sent to twice."
    assert note.startswith("Computed from 2 recipients and 3 attempts")
    lines = proof_words.evidence_lines(model.result.tally)
    assert [(line.name, line.figure) for line in lines] == [
        ("Sent: the gateway's answer", "2"),
        ("Not sent: refused", "1"),
    ]


def test_who_was_sent_to_twice_is_listed_first(program: FakeProgram) -> None:
    program.library.facts = [
        facts(1, "unknown", "accepted"),
        facts(2, "accepted", "accepted"),
        *(facts(n, "unknown", "accepted") for n in range(3, 3 + PAGE)),
    ]
    model = opened(program)
    model.compute()
    assert model.result is not None
    assert proof_words.verdict(model.result.tally)[0] == "Sent to twice: 1 recipient."
    table = model.unproven
    assert table.rowCount() == PAGE
    assert table.canFetchMore(QModelIndex())
    table.fetchMore(QModelIndex())
    assert table.rowCount() == PAGE + 2
    assert not table.canFetchMore(QModelIndex())
    shown = [table.data(table.index(row, 1)) for row in range(2)]
    assert shown == ["Sent twice", "Not proven"]
    assert table.data(table.index(0, 3)) == "1, 2"


def test_what_cannot_be_proven_is_not_called_proven(program: FakeProgram) -> None:
    program.library.facts = [facts(1, "unknown", "accepted")]
    model = opened(program)
    model.compute()
    assert model.result is not None
    title, note = proof_words.verdict(model.result.tally)
    assert title == "It is not proven for 1 recipient that they were sent to only once."
    assert note.startswith("Nobody is known to have been sent to twice.")


def test_another_campaign_forgets_the_proof_of_the_last(program: FakeProgram) -> None:
    model = opened(program)
    model.compute()
    assert model.result is not None
    assert model.unproven.rowCount() > 0
    model.open(CampaignId(6))
    assert model.result is None
    assert model.unproven.rowCount() == 0


def test_a_report_is_saved(program: FakeProgram, qtbot: QtBot) -> None:
    model = opened(program)
    assert model.suggested_name("csv") == "proof-campaign-8.csv"
    with qtbot.waitSignal(model.written) as heard:
        model.save(Path("p.csv"), "csv")
    assert heard.args is not None
    assert heard.args[0].rows == 2000
    assert program.control.done == [("write_report", CAMPAIGN, "csv", Path("p.csv"))]


def test_a_refused_question_ends_the_waiting(program: FakeProgram, qtbot: QtBot) -> None:
    model = program.proof()
    model.open(CampaignId(999))
    with qtbot.waitSignal(model.failed) as heard:
        model.compute()
    assert heard.args is not None
    assert heard.args[0].code == "campaign_not_found"
    assert not model.is_running
    program.control.refuse = KnownError("file_not_writable", "x")
    with qtbot.waitSignal(model.failed):
        model.save(Path("p.json"), "json")


async def test_a_cancelled_computation_ends_soon_and_shows_nothing(qapp: object) -> None:
    program, spawn = FakeProgram(), TaskSpawn()
    seen, was_cancelled = threading.Event(), threading.Event()

    def endless() -> Iterator[RecipientFacts]:
        number = 0
        while not was_cancelled.is_set():
            number += 1
            if number == 1000:
                model.cancel()  # as a press of the button does, while the thread is reading
                seen.set()
            yield facts(1, "accepted")
            assert number < 2000, "it must have looked whether it was cancelled"

    program.library.facts = _Endless(endless())  # type: ignore[assignment]
    model = ProofViewModel(program.library, program.control, spawn, lambda: samples.NOW)
    model.open(CAMPAIGN)
    model.compute()
    assert model.is_running
    await spawn.settle()
    assert seen.is_set()
    assert not model.is_running
    assert model.result is None


class _Endless:
    """Recipients that do not end."""

    def __init__(self, source: Iterator[RecipientFacts]) -> None:
        self._source = source

    def __iter__(self) -> Iterator[RecipientFacts]:
        return self._source

    def __bool__(self) -> bool:
        return True


@pytest.mark.parametrize("kind", Evidence)
def test_every_kind_of_evidence_has_words(kind: Evidence) -> None:
    tally = ProofTally()
    tally.known_by[kind] = 3
    (line,) = proof_words.evidence_lines(tally)
    assert line.figure == "3"
    assert line.meaning.endswith(".")


@pytest.mark.parametrize("code", ["left_twice", "operator_word", "fate_unknown", "left_but_waits", "no_attempt"])
def test_every_reason_has_words(code: str) -> None:
    assert proof_words.why(code) != code


def test_a_saving_that_is_cancelled_is_no_failure(program: FakeProgram, qtbot: QtBot) -> None:
    program.control.report_cancels = True
    model = opened(program)
    with qtbot.waitSignal(model.cancelled), qtbot.assertNotEmitted(model.failed):
        model.save(Path("p.json"), "json")
    assert not model.is_saving


def test_how_far_a_saving_is_and_that_it_ends_soon(program: FakeProgram) -> None:
    model = opened(program)
    model.save(Path("p.json"), "json")
    watch = program.control.watch
    assert watch is not None
    watch.total, watch.done = 200, 50
    assert model.save_share == 0.25
    model.cancel_save()
    assert watch.is_cancelled
    assert model.is_save_cancelled

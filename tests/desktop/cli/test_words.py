"""Codes that reach an operator have words; names and numbers of a refusal survive its translation."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop.cli.words import Words
from desktop.domain.errors import KnownError
from desktop.domain.recipient import Reason
from desktop.gateways.meta_codes import meta_class
from desktop.viewmodels.wording_reasons import REASON

META_CODES = [*range(1, 300), *range(130_000, 135_001), 137_000]


def test_every_reason_of_ours_and_of_meta_has_words() -> None:
    codes = {reason.value for reason in Reason} | {meta_class(code)[1] for code in META_CODES}
    assert codes <= REASON.keys()


@pytest.fixture
def words(qapp: QApplication) -> Words:
    return Words("en")


def test_a_refusal_in_english_keeps_its_own_precise_words(words: Words) -> None:
    refusal = KnownError("engine_busy", "Another engine sends: run, process 7.", "Stop it.", holder="run, process 7")
    assert words.error(refusal) == ("Another engine sends: run, process 7.", "Stop it.")


def test_a_translated_refusal_gets_its_facts_behind_it(words: Words) -> None:
    words._languages._current = "pt_BR"  # as if its translator were installed: it belongs to the whole process
    refusal = KnownError("engine_busy", "Another engine sends.", "Stop it.", holder="run, process 7")
    assert words.error(refusal)[0].endswith("(run, process 7)")
    own = KnownError("nobody_worded_this", "Only these words.", "Do that.", number=3)
    assert words.error(own) == ("Only these words.", "Do that.")

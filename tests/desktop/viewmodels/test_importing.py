"""One import: look, map, run, report."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from desktop.domain.consent import ImportRules, KnownPolicy
from desktop.domain.errors import KnownError
from desktop.viewmodels import import_words
from desktop.viewmodels.importing import MAPPINGS, ImportStep, ImportViewModel
from tests.fakes.control import FakeControl, FakePreview, FakeReport
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary

FILE = Path("clientes.csv")


@pytest.fixture(autouse=True)
def _english() -> None:  # pyright: ignore[reportUnusedFunction]
    QLocale.setDefault(QLocale("en_US"))


@pytest.fixture
def control() -> FakeControl:
    return FakeControl(FakeLibrary())


@pytest.fixture
def importing(qapp: object, control: FakeControl) -> ImportViewModel:
    return ImportViewModel(control.library, control, ImmediateSpawn())


def test_a_file_is_looked_at_and_its_guess_proposed(importing: ImportViewModel) -> None:
    importing.choose(FILE)
    assert importing.step is ImportStep.MAP
    assert importing.field_of("Celular") == "phone"
    assert importing.field_of("Cidade") == "custom.cidade"
    assert importing.can_run


def test_an_unreadable_file_leads_back_to_the_choice(importing: ImportViewModel, control: FakeControl) -> None:
    refusals: list[str] = []
    importing.failed.connect(lambda error: refusals.append(error.code))
    control.refuse = KnownError("file_empty", "Empty.")
    importing.choose(FILE)
    assert importing.step is ImportStep.CHOOSE
    assert refusals == ["file_empty"]


def test_a_field_belongs_to_one_column(importing: ImportViewModel) -> None:
    importing.choose(FILE)
    importing.set_field("Cidade", "phone")
    assert importing.field_of("Cidade") == "phone"
    assert importing.field_of("Celular") is None
    importing.set_field("Cidade", None)
    assert not importing.can_run


def test_every_column_is_named_so_that_none_is_guessed_against_the_operator(
    importing: ImportViewModel, control: FakeControl
) -> None:
    importing.choose(FILE)
    importing.set_field("Cidade", None)
    importing.set_tags("clientes, vip,,clientes ")
    importing.run()
    _name, path, mapping, tags, region = next(deed for deed in control.done if deed[0] == "import_contacts")
    assert path == FILE
    assert mapping == [("name", "Nome"), ("phone", "Celular"), ("ignore", "Cidade")]
    assert tags == ("clientes", "vip")
    assert region == "BR"


def test_progress_and_report_arrive(importing: ImportViewModel) -> None:
    progress: list[tuple[object, float]] = []
    importing.progressed.connect(lambda rows, share: progress.append((rows, share)))
    importing.choose(FILE)
    importing.run()
    assert progress == [(1000, 0.5), (2000, 1.0)]
    assert importing.step is ImportStep.DONE
    assert importing.report is not None
    assert importing.report.result.added == 1783


def test_a_refused_import_leads_back_to_the_mapping(importing: ImportViewModel, control: FakeControl) -> None:
    importing.choose(FILE)
    control.refuse = KnownError("disk_full", "Full.")
    importing.run()
    assert importing.step is ImportStep.MAP
    assert importing.can_run


def test_a_file_without_header_has_numbered_columns(importing: ImportViewModel, control: FakeControl) -> None:
    async def preview(path: Path) -> FakePreview:
        return FakePreview(header=(), guess=(("name", "1"), ("phone", "2")))

    control.preview_import = preview  # type: ignore[method-assign]
    importing.choose(FILE)
    assert importing.columns == ["1", "2", "3"]
    assert importing.field_of("2") == "phone"
    assert import_words.column("2", is_header=False) == "Column 2"


def test_words_of_an_import(qapp: object) -> None:
    assert import_words.file_facts(FakePreview()) == "Columns separated by semicolons, characters in CP1252."
    assert import_words.reason("too_short") == "Too short"
    assert import_words.reason("a_new_code") == "A new code"
    assert import_words.summary(FakeReport().result) == "2,000 rows read in 0.9 s."


def test_an_import_is_undone_after_it_and_cancelled_while_it_runs(
    importing: ImportViewModel, control: FakeControl
) -> None:
    undone: list[tuple[object, object]] = []
    importing.undone.connect(lambda removed, restored: undone.append((removed, restored)))
    importing.choose(FILE)
    importing.cancel()
    importing.undo()
    assert ("cancel_import",) not in control.done
    assert ("undo_import",) not in control.done
    importing.run()
    importing.undo()
    assert undone == [(1783, 41)]
    assert importing.step is ImportStep.CHOOSE
    importing.step = ImportStep.RUN
    importing.cancel()
    assert control.done[-1] == ("cancel_import",)


def test_what_was_said_of_the_columns_is_remembered_for_the_same_headers(
    importing: ImportViewModel, control: FakeControl
) -> None:
    importing.choose(FILE)
    importing.set_field("Cidade", "tags")
    importing.run()
    importing.reset()
    importing.choose(FILE)
    assert importing.field_of("Cidade") == "tags"
    control.library.settings[MAPPINGS] = "not a table of mappings"
    importing.choose(FILE)
    assert importing.field_of("Cidade") == "custom.cidade"


def test_only_the_headers_of_late_are_remembered(importing: ImportViewModel, control: FakeControl) -> None:
    control.library.settings[MAPPINGS] = {str(n): {"a": "phone"} for n in range(50)}
    importing.choose(FILE)
    importing.run()
    kept = control.library.settings[MAPPINGS]
    assert isinstance(kept, dict)
    assert len(kept) == 50
    assert "0" not in kept


def test_consent_and_the_way_with_known_people_are_handed_on(importing: ImportViewModel, control: FakeControl) -> None:
    importing.choose(FILE)
    importing.set_known(KnownPolicy.MERGE_TAGS)
    importing.set_proof(" ficha assinada ")
    importing.set_agreed_on("ontem")
    assert not importing.can_run, "that is no day"
    importing.set_agreed_on("12/08/2025")
    importing.run()
    agreed_at = datetime(2025, 8, 12, tzinfo=UTC)
    assert control.rules == ImportRules("import:clientes.csv", "ficha assinada", agreed_at, KnownPolicy.MERGE_TAGS)
    importing.reset()
    assert (importing.known, importing.proof, importing.agreed_on) == (KnownPolicy.UPDATE, "", "")

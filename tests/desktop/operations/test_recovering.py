"""An import whose process was killed is found and taken back, on a real database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop.composition import Workplace, open_workplace
from desktop.domain.consent import ImportRules
from desktop.domain.contact import NewContact
from desktop.import_place import ImportPlace
from desktop.paths import Home


@pytest.fixture
async def workplace(home: Path) -> AsyncIterator[Workplace]:
    async with open_workplace(Home(home), None, is_throw_away=True) as opened:
        yield opened


async def cut_off(workplace: Workplace, import_id: int) -> None:
    """Leave what a killed import leaves: an unfinished record, a batch, and a note without its lock."""
    now = workplace.clock.now()
    await workplace.imports.begin(import_id, "lista.csv", now)
    people = [NewContact(f"+551198888{number:04d}", "Ana") for number in range(20)]
    await workplace.contacts.upsert(people, now, import_id, rules=ImportRules("import:lista.csv"))
    place = ImportPlace(workplace.home.imports, workplace.workspace_id)
    with pytest.raises(ZeroDivisionError), place.hold(import_id, "lista.csv"):
        raise ZeroDivisionError


async def test_nothing_half_done_stays_of_a_killed_import(workplace: Workplace) -> None:
    await cut_off(workplace, 5)
    assert await workplace.library.contact_count() == 20
    (found,) = await workplace.operations.recover_imports()
    assert (found.file, found.removed) == ("lista.csv", 20)
    assert await workplace.library.contact_count() == 0
    assert await workplace.operations.recover_imports() == []


async def test_the_next_import_takes_it_back_first(workplace: Workplace, tmp_path: Path) -> None:
    await cut_off(workplace, 5)
    path = await workplace.operations.paste_import("nome\ttelefone\nBia\t(81) 98888-7771\n")
    report = await workplace.operations.import_contacts(path, [], [], "BR", lambda _rows, _share: None)
    assert report.result.added == 1
    assert await workplace.library.contact_count() == 1
    assert list(workplace.home.imports.glob("*.json")) == []
    await workplace.operations.drop_pasted()
    assert list(workplace.home.imports.iterdir()) == []


async def test_an_import_that_is_cancelled_leaves_no_mark(workplace: Workplace) -> None:
    path = await workplace.operations.paste_import("nome\ttelefone\nBia\t(81) 98888-7771\n")
    with pytest.raises(Exception, match="cancelled"):
        await workplace.operations.import_contacts(
            path, [], [], "BR", lambda _rows, _share: workplace.operations.cancel_import()
        )
    assert await workplace.operations.recover_imports() == []
    assert await workplace.library.contact_count() == 0


async def test_an_import_that_is_cancelled_leaves_no_file_of_refused_rows(workplace: Workplace, tmp_path: Path) -> None:
    path, rejects = tmp_path / "lista.csv", tmp_path / "recusados.csv"
    path.write_text("nome;telefone\nBia;(81) 98888-7771\nCaio;sem telefone\n", encoding="utf-8")
    await workplace.operations.import_contacts(path, [], [], "BR", lambda _rows, _share: None, rejects)
    assert "Caio;sem telefone;letters" in rejects.read_text(encoding="utf-8-sig")
    with pytest.raises(Exception, match="cancelled"):
        await workplace.operations.import_contacts(
            path, [], [], "BR", lambda _rows, _share: workplace.operations.cancel_import(), rejects
        )
    assert not rejects.exists()

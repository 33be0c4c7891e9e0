"""Marks of imports that run, and what was pasted, in a home."""

from pathlib import Path

import pytest

from desktop.domain.errors import KnownError
from desktop.import_place import ImportPlace


@pytest.fixture
def place(tmp_path: Path) -> ImportPlace:
    return ImportPlace(tmp_path / "imports", 1)


def test_an_import_that_ran_to_its_end_leaves_nothing(place: ImportPlace) -> None:
    with place.hold(7, "lista.csv"):
        assert place.broken() == [], "it runs"
    assert place.broken() == []
    assert list(place.folder.iterdir()) == []


def test_one_that_broke_off_is_found_until_it_is_forgotten(place: ImportPlace) -> None:
    with pytest.raises(ZeroDivisionError), place.hold(7, "lista.csv"):
        raise ZeroDivisionError
    assert place.broken() == [(7, "lista.csv")]
    assert ImportPlace(place.folder, 2).broken() == [], "the other workspace has none"
    place.forget(7)
    assert place.broken() == []


def test_a_note_that_cannot_be_read_still_names_its_import(place: ImportPlace) -> None:
    place.folder.mkdir()
    (place.folder / "1-9.json").write_text("{", encoding="utf-8")
    assert place.broken() == [(9, "")]


def test_what_was_pasted_is_a_file_until_it_is_dropped(place: ImportPlace) -> None:
    path = place.keep_pasted("nome\ttelefone\nAna\t11988887771\n", "1")
    assert path.read_text(encoding="utf-8").startswith("nome\t")
    place.drop_pasted()
    assert not path.exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "imports").write_text("", encoding="utf-8")
    with pytest.raises(KnownError, match="cannot be written"):
        ImportPlace(tmp_path / "imports", 1).keep_pasted("a", "1")
    with pytest.raises(KnownError, match="cannot be written"), ImportPlace(tmp_path / "imports", 1).hold(1, "a"):
        pass

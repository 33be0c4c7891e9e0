import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from desktop.widgets.language import Languages
from desktop.widgets.resources import TRANSLATIONS

ROOT = Path(__file__).parents[3]
FILES = sorted(TRANSLATIONS.glob("*.ts"))


def entries(path: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Yield (context, source, translation, is finished)."""
    for context in ET.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            translation = message.find("translation")
            assert translation is not None
            is_finished = translation.get("type") not in ("unfinished", "vanished", "obsolete")
            yield (
                context.findtext("name", ""),
                message.findtext("source", ""),
                translation.text or "",
                is_finished and bool(translation.text),
            )


def fields(text: str) -> set[str]:
    """Return the names that are filled in; examples such as {Hi|Hello} and {{name}} are words, not fields."""
    return set(re.findall(r"(?<!\{)\{([a-z_]+)\}(?!\})", text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_entry_is_translated_and_keeps_its_fields(path: Path) -> None:
    for context, source, translation, is_finished in entries(path):
        assert is_finished, (context, source)
        assert fields(translation) == fields(source), (context, source)


def test_every_visible_string_of_the_sources_is_in_a_translation_file(tmp_path: Path) -> None:
    found = tmp_path / "found.ts"
    sources = [str(path) for path in sorted((ROOT / "desktop").rglob("*.py"))]
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    command = [str(lupdate), *sources, "-silent", "-locations", "none", "-ts", str(found)]
    subprocess.run(command, check=True, capture_output=True, timeout=50)
    known = {(context, source) for path in FILES for context, source, _, _ in entries(path)}
    missing = {(context, source) for context, source, _, _ in entries(found)} - known
    assert not missing


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    made = Languages(qapp)
    yield made
    made.install("en")


def test_words_and_figures_follow_the_language(languages: Languages) -> None:
    if not list(TRANSLATIONS.glob("*_pt_BR.qm")):
        pytest.skip("translations are not compiled: make translations")
    languages.install("pt_BR")
    assert QCoreApplication.translate("Wording", "Draft") == "Rascunho"
    assert QLocale().toString(1234567) == "1.234.567"
    languages.install("en")
    assert QCoreApplication.translate("Wording", "Draft") == "Draft"
    assert QLocale().toString(1234567) == "1,234,567"

"""How keys are kept is said plainly, and a passphrase is set where there is no keyring."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.access.protection import Protection
from desktop.domain.errors import KnownError
from desktop.screens.access.keys_dialog import KeysDialog
from desktop.screens.settings.secrets_section import SecretsSection
from desktop.viewmodels.key_settings import KeysViewModel
from desktop.widgets.theme import Theme
from tests.fakes.engine_state import ImmediateSpawn

WORD = "cavalo correto bateria"


class Keys:
    """A file of keys, or a keyring, without either."""

    def __init__(self, protection: Protection, *, can_protect: bool = False) -> None:
        self.protection, self.can_protect = protection.value, can_protect
        self.refusal: KnownError | None = None
        self.words: list[str] = []

    async def protect(self, passphrase: str) -> None:
        self.words.append(passphrase)
        if self.refusal is not None:
            raise self.refusal
        self.protection = Protection.PASSPHRASE.value


def section_of(keys: Keys, qtbot: QtBot) -> SecretsSection:
    section = SecretsSection(KeysViewModel(keys, ImmediateSpawn()))
    qtbot.addWidget(section)
    return section


def type_new(dialog: KeysDialog, word: str) -> None:
    dialog.word.setText(word)
    dialog.again.setText(word)


@pytest.mark.parametrize(
    ("protection", "said", "has_advice"),
    [
        (Protection.KEYRING, "in the keyring", False),
        (Protection.PASSPHRASE, "sealed with your passphrase", True),
        (Protection.FILE_ONLY, "its key lies beside it", True),
    ],
)
def test_each_way_of_keeping_keys_has_its_words(
    theme: Theme, qtbot: QtBot, protection: Protection, said: str, has_advice: bool
) -> None:
    section = section_of(Keys(protection), qtbot)
    assert said in section.text.text()
    assert section.advice.isHidden() is not has_advice
    assert section.protect_button.isHidden(), "a keyring, or a passphrase that was given with the start"


def test_a_passphrase_is_typed_twice_and_seals_the_file(theme: Theme, qtbot: QtBot) -> None:
    keys = Keys(Protection.FILE_ONLY, can_protect=True)
    section = section_of(keys, qtbot)
    section.protect_button.click()
    dialog = section.dialog
    assert dialog is not None
    dialog.word.setText(WORD)
    assert not dialog.done_button.isEnabled(), "once is not enough"
    dialog.again.setText(WORD + "x")
    assert not dialog.done_button.isEnabled()
    type_new(dialog, "curta")
    assert not dialog.done_button.isEnabled()
    type_new(dialog, WORD)
    dialog.done_button.click()
    assert keys.words == [WORD]
    assert section.dialog is None
    assert section.pill.accessibleName() == "Safe"
    assert section.protect_button.text() == "Change the passphrase…"


def test_a_refusal_stays_in_the_dialog(theme: Theme, qtbot: QtBot) -> None:
    keys = Keys(Protection.FILE_ONLY, can_protect=True)
    keys.refusal = KnownError("secrets_unusable", "No.")
    section = section_of(keys, qtbot)
    section.protect_button.click()
    assert section.dialog is not None
    type_new(section.dialog, WORD)
    section.dialog.done_button.click()
    assert section.dialog.row.note.text()
    assert section.dialog.done_button.isEnabled()
    section.dialog.later_button.click()
    assert section.dialog is None

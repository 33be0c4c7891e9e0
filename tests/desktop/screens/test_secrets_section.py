"""How keys are kept is said plainly."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.access.protection import Protection
from desktop.screens.settings.secrets_section import SecretsSection
from desktop.widgets.theme import Theme


@pytest.mark.parametrize(
    ("protection", "said", "has_advice"),
    [
        (Protection.KEYRING, "in the keyring", False),
        (Protection.PASSPHRASE, "sealed with the passphrase", True),
        (Protection.FILE_ONLY, "its key lies beside it", True),
    ],
)
def test_each_way_of_keeping_keys_has_its_words(
    theme: Theme, qtbot: QtBot, protection: Protection, said: str, has_advice: bool
) -> None:
    section = SecretsSection(protection.value)
    qtbot.addWidget(section)
    assert said in section.text.text()
    assert section.advice.isHidden() is not has_advice

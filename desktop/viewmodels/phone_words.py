"""Why a text is no phone number, in a few words."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.audience.phones import PhoneReason
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_PHONE: Mapping[PhoneReason, str] = {
    PhoneReason.EMPTY: QT_TRANSLATE_NOOP("EditorWords", "empty"),
    PhoneReason.TOO_SHORT: QT_TRANSLATE_NOOP("EditorWords", "too short"),
    PhoneReason.TOO_LONG: QT_TRANSLATE_NOOP("EditorWords", "too long"),
    PhoneReason.SCIENTIFIC_NOTATION: QT_TRANSLATE_NOOP("EditorWords", "shortened by the spreadsheet, digits are lost"),
    PhoneReason.LETTERS: QT_TRANSLATE_NOOP("EditorWords", "has letters"),
    PhoneReason.UNKNOWN_COUNTRY: QT_TRANSLATE_NOOP("EditorWords", "unknown country code"),
    PhoneReason.UNKNOWN_AREA: QT_TRANSLATE_NOOP("EditorWords", "unknown area code"),
    PhoneReason.MISSING_AREA: QT_TRANSLATE_NOOP("EditorWords", "area code missing"),
    PhoneReason.SERVICE_NUMBER: QT_TRANSLATE_NOOP("EditorWords", "a service number, nobody reads there"),
    PhoneReason.DATE: QT_TRANSLATE_NOOP("EditorWords", "a date, not a phone number"),
    PhoneReason.SEVERAL_NUMBERS: QT_TRANSLATE_NOOP("EditorWords", "several numbers in one place"),
    PhoneReason.INVALID: QT_TRANSLATE_NOOP("EditorWords", "no valid phone number"),
}


def phone_reason(reason: PhoneReason) -> str:
    """Say why a text is no phone number that can be sent to."""
    return translate("EditorWords", _PHONE[reason])

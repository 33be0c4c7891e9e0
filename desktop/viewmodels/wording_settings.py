"""What settings are called where the log tells that one was changed."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

SETTINGS: Mapping[str, str] = {
    "access.idle_lock_min": QT_TRANSLATE_NOOP("Events", "when the window locks itself"),
    "ai": QT_TRANSLATE_NOOP("Events", "help with writing (AI)"),
    "api": QT_TRANSLATE_NOOP("Events", "API for other programs"),
    "backup.schedule": QT_TRANSLATE_NOOP("Events", "backups by themselves"),
    "budget": QT_TRANSLATE_NOOP("Events", "budget and prices"),
    "cloud.api_version": QT_TRANSLATE_NOOP("Events", "version of Meta's API"),
    "consent.required": QT_TRANSLATE_NOOP("Events", "send only with a recorded consent"),
    "engine.start_grace_s": QT_TRANSLATE_NOOP("Events", "time to take a start back"),
    "events.keep_days": QT_TRANSLATE_NOOP("Events", "how long the log is kept"),
    "events.message_texts": QT_TRANSLATE_NOOP("Events", "texts of messages in the log"),
    "opt_out.reply": QT_TRANSLATE_NOOP("Events", "confirmation of an opt-out"),
    "opt_out.words": QT_TRANSLATE_NOOP("Events", "words of an opt-out"),
    "practice.active": QT_TRANSLATE_NOOP("Events", "practice"),
    "receiver": QT_TRANSLATE_NOOP("Events", "webhooks of the gateways"),
    "reports.schedule": QT_TRANSLATE_NOOP("Events", "reports into a folder"),
    "skip_not_on_whatsapp": QT_TRANSLATE_NOOP("Events", "leave out who is not on WhatsApp"),
}


def setting_name(key: str) -> str:
    """Return what a setting is called; its key when it has no words."""
    words = SETTINGS.get(key)
    return QCoreApplication.translate("Events", words) if words else key

"""The words of reports, in the language of the program: titles, columns, and what each figure means."""

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.viewmodels import formats, wording
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

TEXTS: Mapping[str, str] = {
    "title": QT_TRANSLATE_NOOP("Report", "Campaign report"),
    "made": QT_TRANSLATE_NOOP("Report", "Made on"),
    "status": QT_TRANSLATE_NOOP("Report", "Status"),
    "started": QT_TRANSLATE_NOOP("Report", "Started"),
    "finished": QT_TRANSLATE_NOOP("Report", "Finished"),
    "numbers": QT_TRANSLATE_NOOP("Report", "Numbers"),
    "summary": QT_TRANSLATE_NOOP("Report", "Summary"),
    "recipients": QT_TRANSLATE_NOOP("Report", "Recipients"),
    "total": QT_TRANSLATE_NOOP("Report", "Recipients in all"),
    "sent": QT_TRANSLATE_NOOP("Report", "Sent"),
    "delivered": QT_TRANSLATE_NOOP("Report", "Delivered"),
    "read": QT_TRANSLATE_NOOP("Report", "Read"),
    "replied": QT_TRANSLATE_NOOP("Report", "Replied"),
    "failed": QT_TRANSLATE_NOOP("Report", "Not sent"),
    "skipped": QT_TRANSLATE_NOOP("Report", "Skipped"),
    "in_doubt": QT_TRANSLATE_NOOP("Report", "In doubt"),
    "success_rate": QT_TRANSLATE_NOOP("Report", "Success rate"),
    "delivery_rate": QT_TRANSLATE_NOOP("Report", "Delivery rate"),
    "read_rate": QT_TRANSLATE_NOOP("Report", "Read rate"),
    "reply_rate": QT_TRANSLATE_NOOP("Report", "Reply rate"),
    "first_try": QT_TRANSLATE_NOOP("Report", "Accepted at the first try"),
    "later_try": QT_TRANSLATE_NOOP("Report", "Accepted at a later try"),
    "attempts": QT_TRANSLATE_NOOP("Report", "Attempts"),
    "send_time": QT_TRANSLATE_NOOP("Report", "Send time"),
    "least": QT_TRANSLATE_NOOP("Report", "Shortest"),
    "average": QT_TRANSLATE_NOOP("Report", "Average"),
    "p95": QT_TRANSLATE_NOOP("Report", "95 of 100 within"),
    "most": QT_TRANSLATE_NOOP("Report", "Longest"),
    "by_day": QT_TRANSLATE_NOOP("Report", "By day"),
    "by_hour": QT_TRANSLATE_NOOP("Report", "By hour of the day"),
    "by_weekday": QT_TRANSLATE_NOOP("Report", "By weekday"),
    "errors": QT_TRANSLATE_NOOP("Report", "Commonest errors"),
    "no_errors": QT_TRANSLATE_NOOP("Report", "No attempt ended with an error."),
    "error": QT_TRANSLATE_NOOP("Report", "What happened"),
    "count": QT_TRANSLATE_NOOP("Report", "Times"),
    "share": QT_TRANSLATE_NOOP("Report", "Share"),
    "advice": QT_TRANSLATE_NOOP("Report", "What to do"),
    "variations": QT_TRANSLATE_NOOP("Report", "By variation"),
    "variation": QT_TRANSLATE_NOOP("Report", "Variation"),
    "by_number": QT_TRANSLATE_NOOP("Report", "By number"),
    "number": QT_TRANSLATE_NOOP("Report", "Number"),
    "day": QT_TRANSLATE_NOOP("Report", "Day"),
    "hour": QT_TRANSLATE_NOOP("Report", "Hour"),
    "phone": QT_TRANSLATE_NOOP("Report", "Phone"),
    "name": QT_TRANSLATE_NOOP("Report", "Name"),
    "reason": QT_TRANSLATE_NOOP("Report", "Reason"),
    "sent_at": QT_TRANSLATE_NOOP("Report", "Sent at"),
    "delivered_at": QT_TRANSLATE_NOOP("Report", "Delivered at"),
    "read_at": QT_TRANSLATE_NOOP("Report", "Read at"),
    "replied_at": QT_TRANSLATE_NOOP("Report", "Replied at"),
    "message_id": QT_TRANSLATE_NOOP("Report", "Message id"),
    "proof": QT_TRANSLATE_NOOP("Report", "Proof"),
    "proven": QT_TRANSLATE_NOOP("Report", "Proven: nobody was written to twice"),
    "not_provable": QT_TRANSLATE_NOOP("Report", "Not provable for everybody"),
    "violated": QT_TRANSLATE_NOOP("Report", "Somebody was written to twice"),
    "definitions": QT_TRANSLATE_NOOP("Report", "What the figures mean"),
    "zone": QT_TRANSLATE_NOOP("Report", "Times are those of"),
    "head": QT_TRANSLATE_NOOP("Report", "Fingerprint of the log"),
    "page": QT_TRANSLATE_NOOP("Report", "Page"),
    "success_rate_means": QT_TRANSLATE_NOOP(
        "Report", "accepted by WhatsApp's gateway, of those whose sending is decided (accepted or failed)"
    ),
    "delivery_rate_means": QT_TRANSLATE_NOOP("Report", "delivered to the phone, of those accepted"),
    "read_rate_means": QT_TRANSLATE_NOOP(
        "Report", "read, of those delivered; who has switched read receipts off counts as not read"
    ),
    "reply_rate_means": QT_TRANSLATE_NOOP("Report", "answered at least once, of those accepted"),
    "send_time_means": QT_TRANSLATE_NOOP("Report", "from the request to the answer of the gateway that accepted it"),
    "charts_mean": QT_TRANSLATE_NOOP("Report", "Accepted messages; what was not sent stands on top in red."),
    "share_means": QT_TRANSLATE_NOOP("Report", "of all attempts that were not accepted"),
}

_VERDICTS = frozenset({"proven", "not_provable", "violated"})


class TranslatedWords:
    """Implements `domain.report.ReportWords` by Qt's translations and locale."""

    def text(self, key: str) -> str:
        return QCoreApplication.translate("Report", TEXTS[key])

    def number(self, value: float) -> str:
        return formats.number(value)

    def share(self, value: float | None) -> str:
        return "–" if value is None else formats.share(value, 1)

    def milliseconds(self, value: float) -> str:
        return formats.milliseconds(round(value))

    def moment(self, at: datetime | None) -> str:
        return formats.moment(at) if at else "–"

    def day(self, day: date) -> str:
        return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)

    def weekday(self, index: int) -> str:
        return QLocale().standaloneDayName(index + 1, QLocale.FormatType.ShortFormat)

    def recipient_status(self, status: str) -> str:
        return wording.recipient_status(status)

    def campaign_status(self, status: str) -> str:
        return wording.campaign_status(status)

    def reason(self, code: str | None) -> str:
        return wording.reason(code) if code else ""

    def advice(self, code: str) -> str:
        return wording.advice(code)

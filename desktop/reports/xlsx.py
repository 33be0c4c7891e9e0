"""A campaign as a workbook: typed cells, one page of figures, and every recipient. Memory stays flat at any size.

What comes from contacts is written as text and nothing else: no cell of theirs is ever a formula or a link.
"""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from desktop.domain.analysis import Flow, delivery_rate, read_rate, reply_rate, success_rate
from desktop.domain.proof import RecipientFacts
from desktop.domain.report import ReportFacts, ReportWords

# The format allows 1,048,576 rows a sheet, the heading among them.
SHEET_ROWS = 1_000_000

_COLUMNS = (
    ("phone", 18), ("name", 28), ("status", 14), ("reason", 32), ("number", 18), ("attempts", 10), ("sent_at", 18),
    ("delivered_at", 18), ("read_at", 18), ("replied_at", 18), ("message_id", 34), ("proof", 34),
)  # fmt: skip
_ACCENT = "#0B6A72"


class XlsxReport:
    """A workbook that is being written: `add` each recipient, then `finish`. Nothing is at `path` before that."""

    def __init__(self, path: Path, words: ReportWords, zone: str) -> None:
        self._words = words
        self._zone = ZoneInfo(zone)
        # The rows wait here until the end. Not in the folder for all: an abandoned report must leave no phone behind.
        self._scratch = tempfile.TemporaryDirectory()
        # Texts stay texts, whatever they begin with.
        options = {
            "constant_memory": True,
            "tmpdir": self._scratch.name,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book: Any = xlsxwriter.Workbook(str(path), options)
        form = self._book.add_format
        self._head = form({"bold": True, "font_color": "#FFFFFF", "bg_color": _ACCENT, "valign": "vcenter"})
        self._bold = form({"bold": True})
        self._title = form({"bold": True, "font_size": 16})
        self._grey = form({"font_color": "#64748B", "italic": True})
        self._moment = form({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._percent = form({"num_format": "0.0%"})
        self._number = form({"num_format": "#,##0"})
        self._summary = self._sheet("summary")
        self._hours = self._sheet("by_hour")
        self._days = self._sheet("by_day")
        self._errors = self._sheet("errors")
        self._sheets = 0
        self._row = SHEET_ROWS
        self._recipients: Any = None

    def _sheet(self, key: str, number: int = 1) -> Any:
        # A sheet's name has at most 31 characters, and some that it must not have.
        name = "".join(character for character in self._words.text(key) if character not in "[]:*?/\\'")[:26]
        return self._book.add_worksheet(name if number == 1 else f"{name} {number}")

    def add(self, recipient: RecipientFacts, verdict: str) -> None:
        """Write one recipient."""
        if self._row >= SHEET_ROWS:
            self._next_sheet()
        row, sheet = recipient.row, self._recipients
        self._row += 1
        texts = (
            row.phone, row.name, self._words.recipient_status(row.status.value), self._words.reason(row.reason),
            row.instance or "",
        )  # fmt: skip
        for column, text in enumerate(texts):
            sheet.write_string(self._row, column, text)
        sheet.write_number(self._row, 5, len(recipient.attempts))
        for column, at in enumerate((row.sent_at, row.delivered_at, row.read_at, row.replied_at), 6):
            if at is not None:
                sheet.write_datetime(self._row, column, self._local(at), self._moment)
        sheet.write_string(self._row, 10, row.message_id or "")
        sheet.write_string(self._row, 11, self._words.text(verdict))

    def finish(self, facts: ReportFacts) -> None:
        """Write the figures and close the file."""
        if self._recipients is None:
            self._next_sheet()
        self._write_summary(facts)
        self._write_flows(self._hours, "hour", [(f"{hour:02}", flow) for hour, flow in enumerate(facts.analysis.hours)])
        self._write_flows(self._days, "day", [(self._words.day(day), flow) for day, flow in facts.analysis.days])
        self._write_errors(facts)
        self._book.close()
        self._scratch.cleanup()

    def abandon(self) -> None:
        """Close and remove the rows that were waiting; nothing comes to be at `path`."""
        for sheet in self._book.worksheets():
            if sheet.row_data_fh is not None:
                sheet.row_data_fh.close()
        self._scratch.cleanup()

    def _next_sheet(self) -> None:
        self._sheets += 1
        self._recipients = self._sheet("recipients", self._sheets)
        for column, (key, width) in enumerate(_COLUMNS):
            self._recipients.set_column(column, column, width)
            self._recipients.write_string(0, column, self._words.text(key), self._head)
        self._recipients.freeze_panes(1, 0)
        self._row = 0

    def _write_summary(self, facts: ReportFacts) -> None:
        sheet, words, counts = self._summary, self._words, facts.analysis.counts
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 2, 80)
        sheet.write_string(0, 0, facts.summary.name, self._title)
        line = 2
        for key, text in (
            ("status", words.campaign_status(facts.summary.status.value)),
            ("started", words.moment(facts.summary.started_at)),
            ("finished", words.moment(facts.summary.finished_at)),
            ("numbers", ", ".join(facts.summary.instance_names)),
            ("proof", words.text(facts.verdict)),
            ("made", words.moment(facts.made_at)),
            ("zone", facts.analysis.zone),
            ("head", f"{facts.head[0]} {facts.head[1]}"),
        ):
            sheet.write_string(line, 0, words.text(key), self._bold)
            sheet.write_string(line, 1, text)
            line += 1
        line += 1
        for key, n in (
            ("total", counts.total), ("sent", counts.left), ("delivered", counts.delivered + counts.read),
            ("read", counts.read), ("replied", counts.replied), ("failed", counts.failed),
            ("skipped", counts.skipped), ("in_doubt", counts.in_doubt), ("attempts", facts.analysis.tries.attempts),
            ("first_try", facts.analysis.tries.first), ("later_try", facts.analysis.tries.later),
        ):  # fmt: skip
            sheet.write_string(line, 0, words.text(key), self._bold)
            sheet.write_number(line, 1, n, self._number)
            line += 1
        for key, rate in (
            ("success_rate", success_rate(counts)), ("delivery_rate", delivery_rate(counts)),
            ("read_rate", read_rate(counts)), ("reply_rate", reply_rate(counts)),
        ):  # fmt: skip
            sheet.write_string(line, 0, words.text(key), self._bold)
            if rate is not None:
                sheet.write_number(line, 1, rate, self._percent)
            sheet.write_string(line, 2, words.text(f"{key}_means"), self._grey)
            line += 1
        self._write_times(facts, line)

    def _write_times(self, facts: ReportFacts, line: int) -> None:
        times = facts.analysis.times
        if times is None:
            return
        for key, value in (
            ("least", times.least_ms), ("average", times.average_ms), ("p95", times.p95_ms), ("most", times.most_ms)
        ):  # fmt: skip
            label = f"{self._words.text('send_time')} (ms): {self._words.text(key)}"
            self._summary.write_string(line, 0, label, self._bold)
            self._summary.write_number(line, 1, value, self._number)
            self._summary.write_string(line, 2, self._words.text("send_time_means"), self._grey)
            line += 1

    def _write_flows(self, sheet: Any, key: str, rows: list[tuple[str, Flow]]) -> None:
        kinds = ("sent", "delivered", "read", "failed")
        for column, each in enumerate((key, *kinds)):
            sheet.write_string(0, column, self._words.text(each), self._head)
        sheet.set_column(0, 0, 14)
        for line, (name, flow) in enumerate(rows, 1):
            sheet.write_string(line, 0, name)
            for column, kind in enumerate(kinds, 1):
                sheet.write_number(line, column, getattr(flow, kind), self._number)
        if not rows:
            return
        chart = self._book.add_chart({"type": "column"})
        area = sheet.get_name()
        chart.add_series(
            {
                "name": [area, 0, 1],
                "categories": [area, 1, 0, len(rows), 0],
                "values": [area, 1, 1, len(rows), 1],
                "fill": {"color": _ACCENT},
            }
        )
        chart.set_legend({"none": True})
        sheet.insert_chart("G2", chart, {"x_scale": 1.6, "y_scale": 1.2})

    def _write_errors(self, facts: ReportFacts) -> None:
        sheet, words = self._errors, self._words
        for column, (key, width) in enumerate((("error", 60), ("count", 10), ("share", 10), ("advice", 80))):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words.text(key), self._head)
        for line, error in enumerate(facts.analysis.errors, 1):
            sheet.write_string(line, 0, words.reason(error.code) or error.code)
            sheet.write_number(line, 1, error.n, self._number)
            sheet.write_number(line, 2, error.share, self._percent)
            sheet.write_string(line, 3, words.advice(error.code))

    def _local(self, at: datetime) -> datetime:
        """Return a moment as a workbook knows it: local, without a zone."""
        return at.astimezone(self._zone).replace(tzinfo=None)

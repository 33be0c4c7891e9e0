"""A campaign on two pages of A4 that a manager reads in a minute: figures, when, what went wrong, and what it means."""

from collections.abc import Sequence
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any, cast
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from desktop.domain.analysis import Flow, delivery_rate, read_rate, reply_rate, success_rate
from desktop.domain.report import ReportFacts, ReportWords

_MARGIN = 18 * mm
# Frames have a padding of six points at each side, which tables would not keep to by themselves.
_WIDTH = A4[0] - 2 * _MARGIN - 12
_ACCENT, _INK, _GREY, _LINE, _PALE = map(HexColor, ("#0B6A72", "#0F172A", "#64748B", "#E2E8F0", "#F8FAFC"))
_RED = HexColor("#B91C1C")
_TONES = {"proven": HexColor("#15803D"), "not_provable": HexColor("#B45309"), "violated": _RED}

# More days than this, and bars are of weeks.
_MOST_BARS = 45
_MOST_TEXT = 160


@cache
def _fonts(folder: Path) -> tuple[str, str]:
    """Register the program's own font, which has every letter of Portuguese, and return (regular, bold)."""
    for name, file in (("Cadencia", "Inter-Regular.ttf"), ("Cadencia-Bold", "Inter-SemiBold.ttf")):
        cast(Any, pdfmetrics).registerFont(TTFont(name, str(folder / file)))
    return "Cadencia", "Cadencia-Bold"


def write_pdf(path: Path, facts: ReportFacts, words: ReportWords, fonts: Path) -> None:
    """Write the report to `path`.

    Args:
        fonts: the folder of the program's fonts.
    """
    _Pdf(facts, words, *_fonts(fonts)).write(path)


class _Pdf:
    def __init__(self, facts: ReportFacts, words: ReportWords, font: str, bold: str) -> None:
        self._facts, self._words, self._font, self._bold = facts, words, font, bold
        self._body = ParagraphStyle("body", fontName=font, fontSize=9, leading=12.5, textColor=_INK)
        self._small = ParagraphStyle("small", self._body, fontSize=7.5, leading=10.5, textColor=_GREY)
        self._heading = ParagraphStyle(
            "heading", self._body, fontName=bold, fontSize=12, leading=16, spaceBefore=12, spaceAfter=5
        )
        self._title = ParagraphStyle("title", self._body, fontName=bold, fontSize=20, leading=25, spaceAfter=5)
        self._cell_head = ParagraphStyle("cell_head", self._small, fontName=bold, textColor=_GREY)

    def write(self, path: Path) -> None:
        document: Any = SimpleDocTemplate(
            str(path), pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=16 * mm, bottomMargin=16 * mm,
            title=f"{self._words.text('title')}: {self._facts.summary.name}", author="Cadência", invariant=1,
        )  # fmt: skip
        parts = [
            *self._head(), self._tiles(), *self._verdict(), *self._charts(), *self._errors(), *self._variations(),
            *self._numbers(), *self._definitions(),
        ]  # fmt: skip
        document.build(parts, onFirstPage=self._foot, onLaterPages=self._foot)

    def _paragraph(self, text: str, style: ParagraphStyle) -> Any:
        # The library reads markup in a paragraph: what operators typed is text.
        return Paragraph(escape(text), style)

    def _head(self) -> list[Any]:
        words, summary = self._words, self._facts.summary
        about = " · ".join(
            [
                words.campaign_status(summary.status.value),
                f"{words.text('started')}: {words.moment(summary.started_at)}",
                f"{words.text('finished')}: {words.moment(summary.finished_at)}",
                f"{words.text('numbers')}: {', '.join(summary.instance_names) or '–'}",
            ]
        )
        brand = ParagraphStyle("brand", self._small, fontName=self._bold, textColor=_ACCENT)
        return [
            self._paragraph(f"Cadência  ·  {words.text('title')}", brand),
            Spacer(1, 3),
            self._paragraph(summary.name, self._title),
            self._paragraph(about, self._small),
            Spacer(1, 10),
        ]

    def _tiles(self) -> Any:
        words, counts = self._words, self._facts.analysis.counts
        tiles = (
            ("sent", counts.left, "success_rate", success_rate(counts)),
            ("delivered", counts.delivered + counts.read, "delivery_rate", delivery_rate(counts)),
            ("read", counts.read, "read_rate", read_rate(counts)),
            ("replied", counts.replied, "reply_rate", reply_rate(counts)),
        )
        figure = ParagraphStyle("figure", self._body, fontName=self._bold, fontSize=18, leading=23)
        cells = [
            [
                self._paragraph(words.text(key), self._small),
                self._paragraph(words.number(n), figure),
                self._paragraph(f"{words.text(rate_key)} {words.share(rate)}", self._small),
            ]
            for key, n, rate_key, rate in tiles
        ]
        rest = " · ".join(
            f"{words.text(key)}: {words.number(n)}"
            for key, n in (
                ("total", counts.total), ("failed", counts.failed), ("skipped", counts.skipped),
                ("in_doubt", counts.in_doubt),
            )
        )  # fmt: skip
        lines = [self._paragraph(text, self._body) for text in (rest, self._pace()) if text]
        table = Table([cells, [lines, "", "", ""]], colWidths=[_WIDTH / 4] * 4, hAlign="LEFT")
        table.setStyle(
            TableStyle(
                [
                    ("BACKGROUND", (0, 0), (-1, 0), _PALE),
                    ("BOX", (0, 0), (-1, 0), 0.5, _LINE),
                    ("INNERGRID", (0, 0), (-1, 0), 0.5, _LINE),
                    ("SPAN", (0, 1), (-1, 1)),
                    ("LEFTPADDING", (0, 0), (-1, 0), 9),
                    ("LEFTPADDING", (0, 1), (-1, 1), 0),
                    ("TOPPADDING", (0, 0), (-1, -1), 7),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
                ]
            )
        )
        return table

    def _pace(self) -> str:
        """Tell in a line how long the gateways took, and how much was accepted at once."""
        words, analysis = self._words, self._facts.analysis
        if analysis.times is None:
            return ""
        average, p95 = words.milliseconds(analysis.times.average_ms), words.milliseconds(analysis.times.p95_ms)
        return " · ".join(
            (
                f"{words.text('send_time')}: {words.text('average').lower()} {average}, {words.text('p95')} {p95}",
                f"{words.text('first_try')}: {words.share(analysis.tries.first_share)}",
            )
        )

    def _verdict(self) -> list[Any]:
        style = ParagraphStyle("verdict", self._body, fontName=self._bold, textColor=_TONES[self._facts.verdict])
        return [self._paragraph(self._words.text(self._facts.verdict), style)]

    def _charts(self) -> list[Any]:
        words, analysis = self._words, self._facts.analysis
        bars = [(words.day(day), flow) for day, flow in analysis.days]
        if len(bars) > _MOST_BARS:
            bars = [(bars[i][0], _added([flow for _, flow in bars[i : i + 7]])) for i in range(0, len(bars), 7)]
        parts: list[Any] = []
        if bars:
            note = self._paragraph(words.text("charts_mean"), self._small)
            heading = self._paragraph(words.text("by_day"), self._heading)
            parts.append(KeepTogether([heading, note, self._bars(bars, _WIDTH)]))
            hours = [(f"{hour}", flow) for hour, flow in enumerate(analysis.hours)]
            weekdays = [(words.weekday(index), flow) for index, flow in enumerate(analysis.weekdays)]
            wide, narrow = _WIDTH * 0.64, _WIDTH * 0.33
            both = Table(
                [
                    [
                        self._paragraph(words.text("by_hour"), self._heading),
                        self._paragraph(words.text("by_weekday"), self._heading),
                    ],
                    [self._bars(hours, wide), self._bars(weekdays, narrow)],
                ],
                colWidths=[_WIDTH * 0.67, _WIDTH * 0.33],
                hAlign="LEFT",
            )
            both.setStyle(TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]))
            parts.append(KeepTogether([both]))
        return parts

    def _bars(self, bars: Sequence[tuple[str, Flow]], width: float, height: float = 92) -> Drawing:
        """Draw what was sent as bars and what was not on top, with as many names below as have room."""
        drawing: Any = Drawing(width, height)
        base, top, left = 16.0, height - 12, 34.0
        most = max((flow.sent + flow.failed for _, flow in bars), default=0)
        for part in (0, 0.5, 1):
            y = base + (top - base) * part
            drawing.add(Line(left, y, width, y, strokeColor=_LINE, strokeWidth=0.5))
            if most and (part != 0.5 or most > 1):
                text = self._words.number(round(most * part))
                drawing.add(
                    String(left - 5, y - 2.5, text, fontName=self._font, fontSize=7, fillColor=_GREY, textAnchor="end")
                )
        step = (width - left) / len(bars)
        widest = max(stringWidth(name, self._font, 7) for name, _ in bars) + 2
        names_each = max(1, ceil(widest / max(step, 1)))
        for index, (name, flow) in enumerate(bars):
            x = left + index * step
            bar_width, foot = min(step * 0.72, 26), base
            for amount, colour in ((flow.sent, _ACCENT), (flow.failed, _RED)):
                if amount:
                    tall = max(0.8, (top - base) * amount / most)
                    drawing.add(_bar(x + (step - bar_width) / 2, foot, bar_width, tall, colour))
                    foot += tall
            if index % names_each == 0:
                drawing.add(
                    String(x + step / 2, 5, name, fontName=self._font, fontSize=7, fillColor=_GREY, textAnchor="middle")
                )
        return drawing

    def _errors(self) -> list[Any]:
        words, errors = self._words, self._facts.analysis.errors
        heading = self._paragraph(words.text("errors"), self._heading)
        if not errors:
            return [heading, self._paragraph(words.text("no_errors"), self._body)]
        rows = [
            [words.reason(error.code) or error.code, words.number(error.n), words.share(error.share),
             words.advice(error.code)]
            for error in errors
        ]  # fmt: skip
        return [heading, self._table(("error", "count", "share", "advice"), rows, (0.42, 0.1, 0.1, 0.38))]

    def _variations(self) -> list[Any]:
        words, variations = self._words, self._facts.analysis.variations
        if len(variations) < 2:
            return []
        rows = [
            [_shortened(each.text), *(words.number(n) for n in (each.sent, each.delivered, each.read, each.replied)),
             words.share(each.replied / each.sent if each.sent else None)]
            for each in variations
        ]  # fmt: skip
        keys = ("variation", "sent", "delivered", "read", "replied", "reply_rate")
        table = self._table(keys, rows, (0.42, 0.1, 0.12, 0.1, 0.13, 0.13))
        return [KeepTogether([self._paragraph(words.text("variations"), self._heading), table])]

    def _numbers(self) -> list[Any]:
        words = self._words
        rows = [
            [each.name, words.number(each.counts.left), words.number(each.counts.failed),
             words.share(success_rate(each.counts)),
             words.milliseconds(each.times.average_ms) if each.times else "–",
             words.milliseconds(each.times.p95_ms) if each.times else "–"]
            for each in self._facts.analysis.instances
        ]  # fmt: skip
        if not rows:
            return []
        keys = ("number", "sent", "failed", "success_rate", "average", "p95")
        table = self._table(keys, rows, (0.3, 0.12, 0.13, 0.17, 0.13, 0.15))
        return [KeepTogether([self._paragraph(words.text("by_number"), self._heading), table])]

    def _definitions(self) -> list[Any]:
        words, facts = self._words, self._facts
        lines = [
            f"{words.text(key)}: {words.text(f'{key}_means')}."
            for key in ("success_rate", "delivery_rate", "read_rate", "reply_rate", "send_time", "share")
        ]
        lines.append(f"{words.text('zone')} {facts.analysis.zone}. {words.text('made')} {words.moment(facts.made_at)}.")
        lines.append(f"{words.text('head')}: {facts.head[0]} {facts.head[1]}")
        parts = [self._paragraph(line, self._small) for line in lines]
        return [KeepTogether([self._paragraph(words.text("definitions"), self._heading), *parts])]

    def _table(self, keys: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> Any:
        head = [self._paragraph(self._words.text(key), self._cell_head) for key in keys]
        cells = [[self._paragraph(text, self._body) for text in row] for row in rows]
        table = Table([head, *cells], colWidths=[_WIDTH * each for each in shares], repeatRows=1, hAlign="LEFT")
        table.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("TOPPADDING", (0, 0), (-1, -1), 4),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
                ]
            )
        )
        return table

    def _foot(self, canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(self._font, 7.5)
        canvas.setFillColor(_GREY)
        canvas.drawString(_MARGIN, 9 * mm, f"Cadência · {self._words.moment(self._facts.made_at)}")
        canvas.drawRightString(A4[0] - _MARGIN, 9 * mm, f"{self._words.text('page')} {cast('int', document.page)}")
        canvas.restoreState()


def _bar(x: float, y: float, width: float, height: float, colour: Any) -> Any:
    rectangle: Any = Rect(x, y, width, height)
    rectangle.fillColor, rectangle.strokeColor = colour, None
    return rectangle


def _added(flows: Sequence[Flow]) -> Flow:
    return Flow(
        sum(flow.sent for flow in flows),
        sum(flow.delivered for flow in flows),
        sum(flow.read for flow in flows),
        sum(flow.failed for flow in flows),
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}…"

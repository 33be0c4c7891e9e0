"""Begins a document of the format that was asked for. Implements `operations.documents.NewDocument`."""

from pathlib import Path

from desktop.domain.proof import RecipientFacts
from desktop.domain.report import ReportFacts, ReportWords


class PdfReport:
    """A PDF needs no recipient: it tells of them in figures."""

    def __init__(self, path: Path, words: ReportWords, fonts: Path) -> None:
        self._path, self._words, self._fonts = path, words, fonts

    def add(self, recipient: RecipientFacts, verdict: str) -> None:
        """Nothing: the figures are of all of them together."""

    def abandon(self) -> None:
        """Nothing: no file is open before the end."""

    def finish(self, facts: ReportFacts) -> None:
        # The library costs a third of a second to load: only who asks for a PDF pays.
        from desktop.reports.pdf import write_pdf

        write_pdf(self._path, facts, self._words, self._fonts)

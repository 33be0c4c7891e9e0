"""Asking who is on WhatsApp: whom, how old an answer may be, through which number; then how far it has come."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.viewmodels import formats, wording
from desktop.viewmodels.number_checking import NumberCheckViewModel
from desktop.viewmodels.ports import NumbersChecked
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.fields import ChoiceField, NumberField
from desktop.widgets.form import Form
from desktop.widgets.labels import label
from desktop.widgets.progress import ProgressBar
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

_WIDTH = 520


class NumberCheckDialog(QDialog):
    """It may be closed while a check runs, which goes on; opened again, it shows how far that is."""

    def __init__(self, model: NumberCheckViewModel, tag: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setWindowTitle(self.tr("Check on WhatsApp"))
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(label(self.tr("Who is on WhatsApp?"), "section"))
        layout.addWidget(
            label(
                self.tr(
                    "A gateway is asked in small batches with pauses, so that no number is in danger. "
                    "Who is not there is left out of campaigns."
                ),
                "muted",
                wrap=True,
            )
        )
        self.banner = Banner()
        layout.addWidget(self.banner)
        layout.addWidget(self._build_choices())
        self.facts = label("", "body", wrap=True)
        layout.addWidget(self.facts)
        layout.addWidget(self._build_run())
        layout.addLayout(self._build_buttons())
        model.changed.connect(self._show)
        model.progressed.connect(self._show_progress)
        model.checked.connect(self._on_checked)
        model.failed.connect(self._on_failed)
        self.finished.connect(self.deleteLater)
        model.open(tag)
        self._show()

    def _build_choices(self) -> Form:
        form = self._choices = Form()
        self.tag_field = ChoiceField()
        self.tag_field.setMaxVisibleItems(16)
        self.tag_field.activated.connect(self._on_tag_chosen)
        form.add(self.tr("People"), self.tag_field)
        self.instance_field = ChoiceField()
        self.instance_field.activated.connect(self._on_instance_chosen)
        form.add(self.tr("Ask through"), self.instance_field)
        self.age_field = NumberField(1, 90, self._model.max_age_days)
        self.age_field.setSuffix(self.tr(" days"))
        self.age_field.setFixedWidth(140)
        self.age_field.valueChanged.connect(self._model.set_max_age)
        form.add(self.tr("Rely on answers of the last"), self.age_field)
        return form

    def _build_run(self) -> QWidget:
        self.run = QWidget()
        column = QVBoxLayout(self.run)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        self.run_title = label("", "strong")
        self.run_bar = ProgressBar()
        self.run_note = label("", "muted", wrap=True)
        for part in (self.run_title, self.run_bar, self.run_note):
            column.addWidget(part)
        return self.run

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.stop_button = button(self.tr("Stop asking"), "ghost", "x")
        self.stop_button.clicked.connect(self._on_stop)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        self.close_button = button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.start_button = button(self.tr("Check now"), "primary")
        self.start_button.clicked.connect(self._on_start)
        row.addWidget(self.close_button)
        row.addWidget(self.start_button)
        return row

    # Showing

    def _show(self) -> None:
        model = self._model
        self.tag_field.clear()
        self.tag_field.addItem(self.tr("All contacts"), None)
        for name, count in model.tags:
            self.tag_field.addItem(f"{name} ({formats.number(count)})", name)
        self.tag_field.setCurrentIndex(max(0, self.tag_field.findData(model.tag)))
        self.instance_field.clear()
        for each in model.numbers:
            name, phone = each.instance.name, each.instance.phone
            self.instance_field.addItem(f"{name} · {formats.phone(phone)}" if phone else name, name)
        self.instance_field.setCurrentIndex(self.instance_field.findData(model.instance))
        self._choices.setVisible(not model.is_running)
        self.facts.setText(self._facts())
        self.facts.setVisible(not model.is_running)
        self.run.setVisible(model.is_running)
        self.stop_button.setVisible(model.is_running)
        self.stop_button.setEnabled(True)
        self.start_button.setVisible(not model.is_running)
        self.start_button.setEnabled(model.can_start)
        self._show_progress()
        self.adjustSize()

    def _facts(self) -> str:
        """Say what is known, how old that is, and how long the rest would take."""
        model, known = self._model, self._model.known
        if known is None:
            return self.tr("Counting…")
        if not model.numbers:
            return self.tr("No connected number can tell who is on WhatsApp. Connect one of Evolution API or WAHA.")
        parts: list[str] = []
        if known.oldest_at is not None:
            parts.append(
                self.tr("Known: {there} on WhatsApp, {absent} not; the oldest answer is of {day}.").format(
                    there=formats.number(known.there),
                    absent=formats.number(known.absent),
                    day=formats.day(known.oldest_at),
                )
            )
        if known.unknown:
            pattern = self.tr("To be asked about: {people}, which takes about {time}.")
            time = formats.duration(max(1.0, model.likely_s))
            parts.append(pattern.format(people=formats.people(known.unknown), time=time))
        else:
            parts.append(self.tr("Nobody is left to be asked about."))
        return " ".join(parts)

    def _show_progress(self) -> None:
        asking = self._model.asking
        if asking is None:
            return
        self.run_title.setText(
            self.tr("{done} of {people} asked about").format(
                done=formats.number(asking.done), people=formats.people(asking.of)
            )
        )
        self.run_bar.set_share(asking.done / asking.of if asking.of else 0.0)
        self.run_note.setText(
            self.tr("About {time} left. You may close this window: it goes on.").format(
                time=formats.duration(max(1.0, asking.seconds_left))
            )
        )

    def _on_checked(self, result: NumbersChecked, is_cancelled: bool) -> None:
        text = self.tr("{there} on WhatsApp, {absent} not there.").format(
            there=formats.number(result.on_whatsapp), absent=formats.number(result.not_on_whatsapp)
        )
        if result.failed:
            text += " " + self.tr("No answer for {people}.").format(people=formats.people(result.failed))
        hint = self.tr("Stopped; what was answered is kept, and the next check goes on from here.")
        self.banner.show_message("info" if is_cancelled else "success", text, hint if is_cancelled else "")
        self.adjustSize()

    def _on_failed(self, error: KnownError) -> None:
        text, hint = wording.error(error)
        self.banner.show_message("danger", text, hint)

    # Doing

    def _on_tag_chosen(self, _index: int) -> None:
        self._model.set_tag(self.tag_field.currentData())

    def _on_instance_chosen(self, _index: int) -> None:
        self._model.set_instance(self.instance_field.currentData())

    def _on_start(self) -> None:
        self.banner.hide()
        self._model.start()

    def _on_stop(self) -> None:
        self.stop_button.setEnabled(False)
        self._model.cancel()

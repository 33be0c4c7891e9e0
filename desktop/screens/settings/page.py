"""The settings, by topic: appearance, language, opt-out words, and the sections that other features bring along."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.operator import Deed
from desktop.screens.settings.topics import Section, Topic, topic_name
from desktop.screens.settings.word_chip import WordChip
from desktop.viewmodels import wording
from desktop.viewmodels.settings import SettingsViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.fields import ChoiceField
from desktop.widgets.flow import FlowLayout
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.page_header import PageHeader
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import FORM_WIDTH, SPACE_L, SPACE_S, SPACE_XL
from desktop.widgets.vertical_scroll import VerticalScroll

_SYSTEM = "system"


class SettingsPage(QWidget):
    """Each change is stored and applied at once; there is nothing to confirm."""

    def __init__(
        self,
        model: SettingsViewModel,
        sections: Sequence[tuple[Topic, QWidget]] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`sections` stand below the page's own, each under its topic (see `topics.Section`)."""
        super().__init__(parent)
        self.setObjectName("page")
        self._model = model
        self._sections = (
            (Topic.GENERAL, self._build_appearance()),
            (Topic.PEOPLE, self._build_opt_out()),
            *sections,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(PageHeader(self.tr("Settings"), self.tr("Every change counts at once")))
        present = [topic for topic in Topic if any(topic is of for of, _section in self._sections)]
        self.topics = SegmentedControl([(topic, topic_name(topic)) for topic in present], self.tr("Topic"))
        self.topics.chosen.connect(self._on_topic)
        layout.addWidget(self.topics)
        self.banner = Banner(closable=True)
        layout.addWidget(self.banner)
        self.lock = Banner()
        layout.addWidget(self.lock)
        area = VerticalScroll()
        for _topic, section in self._sections:
            section.setMaximumWidth(FORM_WIDTH)
            area.column.addWidget(section)
            failed = getattr(section, "failed", None)
            if failed is not None:
                failed.connect(self._on_failed)
        layout.addWidget(area, 1)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        self._is_active = False
        self.show_topic(Topic.GENERAL)
        self._show()

    def show_why_not(self, why_not: Callable[[Deed], str]) -> None:
        """Say above everything why whoever is signed in cannot change it."""
        why = why_not(Deed.SETTINGS)
        if why:
            text = self.tr("You see the settings here, and change only how the window looks.")
            self.lock.show_message("info", text, why, icon_name="lock")
        else:
            self.lock.hide()

    def show_topic(self, topic: Topic) -> None:
        """Show the sections of one topic."""
        self._topic = topic
        self.topics.set_current(topic)
        for of, section in self._sections:
            section.setVisible(of is topic)
        if self._is_active:
            self._activate_sections()

    def _activate_sections(self) -> None:
        for of, section in self._sections:
            if isinstance(section, Section):
                section.activate() if of is self._topic else section.deactivate()

    def _build_appearance(self) -> Card:
        card = Card(self.tr("Appearance"))
        self.theme = SegmentedControl(
            [("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))],
            self.tr("Theme"),
        )
        self.theme.chosen.connect(self._model.set_theme)
        card.body.addWidget(FormRow(self.tr("Theme"), self.theme))
        self.language = ChoiceField()
        self.language.setFixedWidth(280)
        self.language.addItem(self.tr("As the system"), _SYSTEM)
        # Each language in itself: who cannot read the present one must find the own one.
        self.language.addItem("Português (Brasil)", "pt_BR")
        self.language.addItem("English", "en")
        self.language.activated.connect(self._on_language)
        card.body.addWidget(FormRow(self.tr("Language"), self.language))
        return card

    def _build_opt_out(self) -> Card:
        card = Card(
            self.tr("Opt-out words"),
            self.tr("Who replies with one of these words is never written to again, by any campaign."),
        )
        place = QWidget()
        self._words_layout = FlowLayout(SPACE_S, place)
        card.body.addWidget(place)
        self.chips: list[WordChip] = []
        self.no_words = label(
            self.tr("Without a word nobody can opt out by replying. The law asks for a way out."), "error", wrap=True
        )
        card.body.addWidget(self.no_words)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.word_field = QLineEdit()
        self.word_field.setPlaceholderText(self.tr("Another word"))
        self.word_field.setAccessibleName(self.tr("Another word"))
        self.word_field.setFixedWidth(280)
        self.word_field.returnPressed.connect(self._on_add)
        self.word_field.textChanged.connect(self._on_word_typed)
        self.add_button = button(self.tr("Add"), "secondary", "plus")
        self.add_button.clicked.connect(self._on_add)
        self.add_button.setEnabled(False)
        row.addWidget(self.word_field)
        row.addWidget(self.add_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def activate(self) -> None:
        self._is_active = True
        self._model.activate()
        self._activate_sections()

    def deactivate(self) -> None:
        self._is_active = False
        self._model.deactivate()
        for _topic, section in self._sections:
            if isinstance(section, Section):
                section.deactivate()

    def _on_topic(self, topic: str) -> None:
        self.banner.hide()
        self.show_topic(Topic(topic))

    def _show(self) -> None:
        settings = self._model.settings
        self.theme.set_current(settings.theme)
        self.language.setCurrentIndex(self.language.findData(settings.language or _SYSTEM))
        words = list(settings.opt_out_words)
        if [chip.word for chip in self.chips] != words:
            for chip in self.chips:
                self._words_layout.removeWidget(chip)
                chip.deleteLater()
            self.chips = [WordChip(word) for word in words]
            for chip in self.chips:
                chip.removed.connect(self._model.remove_opt_out_word)
                self._words_layout.addWidget(chip)
        self.no_words.setVisible(not words)

    def _on_language(self, _index: int) -> None:
        chosen = self.language.currentData()
        self._model.set_language(None if chosen == _SYSTEM else chosen)

    def _on_word_typed(self, text: str) -> None:
        self.add_button.setEnabled(bool(text.strip(" ,")))

    def _on_add(self) -> None:
        self._model.add_opt_out_word(self.word_field.text())
        self.word_field.clear()

    def _on_failed(self, error: KnownError) -> None:
        text, hint = wording.error(error)
        self.banner.show_message("danger", text, hint)

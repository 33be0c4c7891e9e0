"""The month's credits in the settings: what was used, the limits, and what messages cost."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.budget import EVERYWHERE, Category
from desktop.domain.instance import Gateway
from desktop.domain.operator import Deed
from desktop.viewmodels import budget as words
from desktop.viewmodels import formats
from desktop.viewmodels.budget import CATEGORIES, CURRENCIES, UNOFFICIAL, BudgetViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.fields import ChoiceField
from desktop.widgets.figure_table import FigureTable
from desktop.widgets.form import FormRow
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.limit_field import LimitField
from desktop.widgets.permissions import needs
from desktop.widgets.progress import ProgressBar
from desktop.widgets.tokens import CONTROL_HEIGHT, SPACE_L, SPACE_M, SPACE_S, SPACE_XS

NEARLY = 0.9
USUAL = "BR"  # the country that most operators write to
MOST_MESSAGES = 100_000_000


class BudgetSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.

    Args:
        markets: the countries (ISO) that a price can be given for.
    """

    failed = Signal(object)

    def __init__(self, model: BudgetViewModel, markets: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("BudgetSection", "Credits of the month"),
            QCoreApplication.translate(
                "BudgetSection",
                "When messages or money of the month are used up, campaigns pause and say so: nothing is sent beyond.",
            ),
            parent,
        )
        self._model, self._markets = model, markets
        model.setParent(self)
        self._build_usage()
        self._build_limits()
        self._prices = QVBoxLayout()
        self._prices.setSpacing(SPACE_M)
        self.body.addWidget(label(self.tr("What one message costs"), "section"))
        self.body.addWidget(
            label(
                self.tr(
                    "Copy the prices from Meta's list for your currency: they change several times a year. "
                    "Without a price a message counts as free."
                ),
                "caption",
                wrap=True,
            )
        )
        self.body.addLayout(self._prices)
        self.prices: dict[tuple[Gateway, Category, str], QLineEdit] = {}
        self._price_area: QWidget | None = None
        self._built_for: tuple[str, ...] | None = None
        self._added: list[str] = []
        self._build_adding()
        self.body.addWidget(label(self.tr("By month"), "section"))
        self.months = FigureTable(
            (self.tr("Month"), self.tr("Messages"), self.tr("Estimated"), self.tr("As far as known"))
        )
        self.body.addWidget(self.months)
        self.told = label("", "caption", wrap=True)
        self.body.addWidget(self.told)
        model.changed.connect(self._show)
        model.failed.connect(self.failed)
        self._show()

    def _build_usage(self) -> None:
        self.usage: list[tuple[QLabel, ProgressBar]] = []
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        for _line in range(2):
            column = QVBoxLayout()
            column.setSpacing(SPACE_XS)
            text, bar = label("", "strong", wrap=True), ProgressBar()
            column.addWidget(text)
            column.addWidget(bar)
            column.addStretch(1)
            row.addLayout(column, 1)
            self.usage.append((text, bar))
        self.body.addLayout(row)

    def _build_limits(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        self.messages = LimitField(0, MOST_MESSAGES, 10_000, self.tr("No limit"))
        # Each keystroke would be a limit of its own, which a running campaign obeys.
        self.messages.figure.setKeyboardTracking(False)
        self.messages.changed.connect(self._on_messages)
        needs(self.messages, Deed.SETTINGS)
        self.money = QLineEdit()
        self.money.setPlaceholderText(self.tr("No limit"))
        self.money.setFixedWidth(160)
        self.money.editingFinished.connect(self._on_money)
        needs(self.money, Deed.SETTINGS)
        self.currency = ChoiceField()
        self.currency.setFixedWidth(110)
        self.currency.activated.connect(self._on_currency)
        needs(self.currency, Deed.SETTINGS)
        row.addWidget(FormRow(self.tr("Messages a month"), self.messages))
        row.addWidget(FormRow(self.tr("Money a month"), self.money))
        row.addWidget(FormRow(self.tr("Currency"), self.currency))
        row.addStretch(1)
        self.body.addLayout(row)

    def _build_adding(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.market = ChoiceField()
        self.market.setAccessibleName(self.tr("Country"))
        self.market.setMaximumWidth(260)
        needs(self.market, Deed.SETTINGS)
        self.add_button = button(self.tr("Add country"), "secondary", "plus")
        self.add_button.clicked.connect(self._on_add)
        needs(self.add_button, Deed.SETTINGS)
        row.addWidget(self.market)
        row.addWidget(self.add_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        """Nothing to stop: it is read when it is shown."""

    def _show(self) -> None:
        model, state = self._model, self._model.state
        budget = model.budget
        self._show_usage()
        if not self.messages.figure.hasFocus():
            self.messages.set_limit(budget.messages)
        if not self.money.hasFocus():
            self.money.setText("" if budget.micros is None else formats.amount(budget.micros))
        currencies = list(dict.fromkeys((*CURRENCIES, budget.card.currency)))
        if [self.currency.itemText(i) for i in range(self.currency.count())] != currencies:
            self.currency.clear()
            self.currency.addItems(currencies)
        self.currency.setCurrentText(budget.card.currency)
        self._show_prices()
        self.months.set_rows(model.month_rows())
        note = words.told_note(state.this_month, budget.card.currency) if state else ""
        self.told.setText(note)
        self.told.setVisible(bool(note))

    def _show_usage(self) -> None:
        lines = words.used(self._model.state) if self._model.state else [("", None)] * 2
        for (text, bar), (line, share) in zip(self.usage, lines, strict=True):
            text.setText(line)
            bar.setVisible(share is not None)
            if share is not None:
                bar.set_share(
                    min(share, 1.0), "danger" if share >= 1 else "warning" if share >= NEARLY else "accent_text"
                )

    def _show_prices(self) -> None:
        """Fill the fields in; build them anew when there are others."""
        shown = tuple(dict.fromkeys((*self._model.priced_markets(), *self._added)))
        if shown != self._built_for:
            self._build_prices(shown)
        for (gateway, category, market), field in self.prices.items():
            if not field.hasFocus():
                field.setText(self._model.price(gateway, category, market))

    def _build_prices(self, markets: tuple[str, ...]) -> None:
        if self._price_area is not None:
            self._prices.removeWidget(self._price_area)
            self._price_area.deleteLater()
        self.prices, self._built_for = {}, markets
        self._price_area = area = QWidget()
        grid = QGridLayout(area)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(SPACE_S)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label("Cloud API", "strong"), 0, 0)
        for column, category in enumerate(CATEGORIES, 1):
            grid.addWidget(label(words.category_name(category), "caption"), 0, column)
        for line, market in enumerate((*markets, EVERYWHERE), 1):
            grid.addWidget(ElidedLabel(words.market_name(market), "body"), line, 0)
            for column, category in enumerate(CATEGORIES, 1):
                grid.addWidget(self._price(Gateway.CLOUD, category, market), line, column)
            if market != EVERYWHERE:
                remove = button("", "ghost", "trash-2")
                remove.setFixedHeight(CONTROL_HEIGHT)
                remove.setAccessibleName(self.tr("Remove {name}").format(name=words.market_name(market)))
                remove.setToolTip(remove.accessibleName())
                remove.setProperty("market", market)
                remove.clicked.connect(self._on_remove)
                needs(remove, Deed.SETTINGS)
                grid.addWidget(remove, line, len(CATEGORIES) + 1)
        line = len(markets) + 2
        for gateway in UNOFFICIAL:
            name = "Evolution API" if gateway is Gateway.EVOLUTION else "WAHA"
            grid.addWidget(label(name, "strong"), line, 0)
            grid.addWidget(self._price(gateway, Category.ANY, EVERYWHERE), line, 1)
            note = label(self.tr("for each message, if somebody charges you"), "caption")
            grid.addWidget(note, line, 2, 1, len(CATEGORIES), Qt.AlignmentFlag.AlignVCenter)
            line += 1
        self._prices.addWidget(area)
        chosen = self.market.currentData()
        self.market.clear()
        for market in sorted(set(self._markets) - set(markets), key=words.market_name):
            self.market.addItem(words.market_name(market), market)
        self.market.setCurrentIndex(max(0, self.market.findData(chosen or USUAL)))

    def _price(self, gateway: Gateway, category: Category, market: str) -> QLineEdit:
        field = QLineEdit()
        field.setFixedWidth(92)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setPlaceholderText("–")
        name = f"{words.category_name(category)}, {words.market_name(market)}"
        field.setAccessibleName(name)
        field.setProperty("place", [gateway.value, category.value, market])
        field.editingFinished.connect(self._on_price)
        needs(field, Deed.SETTINGS)
        self.prices[gateway, category, market] = field
        return field

    def _on_price(self) -> None:
        field = self.sender()
        if not isinstance(field, QLineEdit):
            return
        gateway, category, market = field.property("place")
        place = (Gateway(gateway), Category(category), str(market))
        if field.text() != self._model.price(*place):
            self._model.set_price(*place, field.text())

    def _on_messages(self, limit: float | None) -> None:
        self._model.set_messages(None if limit is None else int(limit))

    def _on_money(self) -> None:
        known = self._model.budget.micros
        if self.money.text() != ("" if known is None else formats.amount(known)):
            self._model.set_money(self.money.text())

    def _on_currency(self, _index: int) -> None:
        self._model.set_currency(self.currency.currentText())

    def _on_add(self) -> None:
        market = self.market.currentData()
        if isinstance(market, str):
            self._added.append(market)
            self._show_prices()
            self.prices[Gateway.CLOUD, CATEGORIES[0], market].setFocus()

    def _on_remove(self) -> None:
        market = str(self.sender().property("market"))
        self._added = [each for each in self._added if each != market]
        if market in self._model.priced_markets():
            self._model.remove_market(market)
        else:
            self._show_prices()

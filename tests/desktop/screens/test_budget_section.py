"""The month's credits in the settings."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.budget import (
    EVERYWHERE,
    Budget,
    BudgetState,
    Category,
    CategorySpent,
    MonthSpent,
    Rate,
    RateCard,
    Spent,
)
from desktop.domain.errors import KnownError
from desktop.domain.instance import Gateway
from desktop.screens.settings.budget_section import BudgetSection
from desktop.viewmodels import budget as words
from desktop.viewmodels.budget import BudgetViewModel
from tests.fakes.engine_state import ImmediateSpawn

SPENT = Spent(900, 1_234_560_000, told=400, told_micros=500_000_000, told_estimate=600_000_000)
CARD = RateCard("BRL", (Rate(Gateway.CLOUD, Category.MARKETING, "BR", 312_500),))


class Desk:
    def __init__(self) -> None:
        self.budget = Budget(1_000, 5_000_000_000, CARD)
        self.saved: list[Budget] = []

    async def state(self) -> BudgetState:
        months = (MonthSpent(date(2026, 9, 1), Spent()), MonthSpent(date(2026, 10, 1), Spent(5)))
        return BudgetState(self.budget, (*months, MonthSpent(date(2026, 11, 1), SPENT)))

    async def save(self, budget: Budget) -> None:
        self.saved.append(budget)
        self.budget = budget


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def section(qapp: QApplication, qtbot: QtBot, desk: Desk) -> BudgetSection:
    made = BudgetSection(BudgetViewModel(desk, ImmediateSpawn()), ["BR", "PT", "US"])
    qtbot.addWidget(made)
    made.show()
    made.activate()
    return made


def test_it_shows_what_was_used_of_what(section: BudgetSection):
    assert [text.text() for text, _bar in section.usage] == [
        "900 of 1,000 messages this month",
        "R$\u00a01,134.56 of R$\u00a05,000.00 this month",
    ]
    assert section.money.text() == "5,000.00"
    assert section.prices[Gateway.CLOUD, Category.MARKETING, "BR"].text() == "0.3125"
    assert section.prices[Gateway.CLOUD, Category.MARKETING, EVERYWHERE].text() == ""
    texts = section.months.texts()
    assert texts[:4] == ["November 2026", "900", "R$\u00a01,234.56", "R$\u00a01,134.56"]
    assert len(texts) == 8, "months before the first message are left out"
    assert "400 of 900" in section.told.text()


def test_limits_and_prices_are_stored_when_they_are_entered(section: BudgetSection, desk: Desk):
    section.messages.no_limit.click()
    assert desk.budget.messages is None
    section.money.setText("750,5")
    section.money.editingFinished.emit()
    assert desk.budget.micros == 750_500_000
    section.money.setText("")
    section.money.editingFinished.emit()
    assert desk.budget.micros is None
    field = section.prices[Gateway.WAHA, Category.ANY, EVERYWHERE]
    field.setText("0,01")
    field.editingFinished.emit()
    assert desk.budget.card.price(Gateway.WAHA, Category.ANY, "BR") == 10_000
    field.setText("")
    field.editingFinished.emit()
    assert desk.budget.card == CARD
    section.currency.setCurrentText("USD")
    section.currency.activated.emit(1)
    assert desk.budget.card.currency == "USD"
    assert [text.text() for text, _bar in section.usage][1] == "US$\u00a01,134.56 this month, without a limit"


def test_what_is_no_amount_is_refused_and_the_stored_one_shown_again(section: BudgetSection, desk: Desk, qtbot: QtBot):
    section.money.setText("muito")
    with qtbot.waitSignal(section.failed) as told:
        section.money.editingFinished.emit()
    refusal = told.args[0]  # type: ignore[index]
    assert isinstance(refusal, KnownError)
    assert refusal.code == "bad_amount"
    assert desk.saved == []
    assert section.money.text() == "5,000.00"


def test_a_country_gets_prices_of_its_own_and_loses_them(section: BudgetSection, desk: Desk):
    assert [section.market.itemData(i) for i in range(section.market.count())] == ["PT", "US"]
    section.market.setCurrentIndex(section.market.findData("PT"))
    section.add_button.click()
    field = section.prices[Gateway.CLOUD, Category.UTILITY, "PT"]
    field.setText("0.05")
    field.editingFinished.emit()
    assert desk.budget.card.price(Gateway.CLOUD, Category.UTILITY, "PT") == 50_000
    section._model.remove_market("BR")
    assert ("BR" in desk.budget.card.rates) is False
    assert (Gateway.CLOUD, Category.MARKETING, "BR") not in section.prices


def test_an_unlimited_month_has_no_bars(section: BudgetSection, desk: Desk):
    desk.budget = replace(desk.budget, messages=None, micros=None)
    section.activate()
    assert not any(bar.isVisible() for _text, bar in section.usage)


def test_the_cost_of_a_campaign_is_one_sentence_and_its_parts(qapp: QApplication):
    parts = (CategorySpent("marketing", "BR", SPENT), CategorySpent("", "", Spent(3)))
    sentence, note = words.cost_summary(parts, "BRL")
    assert sentence == "R$\u00a01,134.56 for 903 messages, estimated R$\u00a01,234.56."
    assert "400" in note
    assert words.cost_rows(parts, "BRL")[0] == ("Marketing", "Brazil", "900", "R$\u00a01,234.56", "R$\u00a01,134.56")
    assert words.cost_rows(parts, "BRL")[1][:3] == ("Earlier", "–", "3")
    assert words.cost_summary((), "BRL")[1] == ""

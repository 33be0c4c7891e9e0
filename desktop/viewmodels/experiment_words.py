"""What can be said of a campaign's variations, plainly: also that it is too early to say anything."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.domain.analysis import VariationRow
from desktop.domain.campaign import Goal
from desktop.policy.experiment import ENOUGH_SENT, Arm, Comparison, Rate, Verdict, compare, wilson
from desktop.viewmodels import editor_words, formats

translate = QCoreApplication.translate


def goal(of: Goal) -> str:
    if of is Goal.READ:
        return translate("Experiment", "Reading")
    return translate("Experiment", "Replies")


def rows(variations: Sequence[VariationRow], of: Goal) -> list[tuple[str, ...]]:
    """Return a line a variation: text, share of the weights, figures, and the rate of the goal with its interval."""
    weights = sum(row.weight for row in variations)
    return [
        (
            f"{editor_words.letter(row.position - 1)} · {row.text}",
            formats.share(row.weight / weights) if weights else "–",
            *(formats.number(n) for n in (row.sent, row.delivered, row.read, row.replied)),
            _share(wilson(_arm(row, of))),
            _interval(wilson(_arm(row, of))),
        )
        for row in variations
    ]


def verdict(variations: Sequence[VariationRow], of: Goal) -> tuple[str, str]:
    """Return the tone of the verdict and the sentence; both empty where there is nothing to compare."""
    # One that was taken out early would keep the others without a verdict for ever.
    compared = [row for row in variations if row.weight or row.sent >= ENOUGH_SENT]
    if len(compared) < 2:
        return "", ""
    found = compare([_arm(row, of) for row in compared])
    match found.verdict:
        case Verdict.NOT_ENOUGH:
            return "neutral", _not_enough(compared, found, of)
        case Verdict.NO_DIFFERENCE:
            text = translate("Experiment", "No difference so far that could not be chance.")
            return "info", text
        case Verdict.LEADER:
            return "success", _leads(compared, found, of)


def _not_enough(compared: Sequence[VariationRow], found: Comparison, of: Goal) -> str:
    if not found.missing:
        if of is Goal.READ:
            return translate("Experiment", "Not enough data yet: hardly anybody has read a message.")
        return translate("Experiment", "Not enough data yet: hardly anybody has replied.")
    least = min(compared, key=lambda row: row.sent)
    text = translate("Experiment", "Not enough data yet: {messages} more of variation {letter}, at least.")
    return text.format(messages=formats.messages(found.missing), letter=editor_words.letter(least.position - 1))


def _leads(compared: Sequence[VariationRow], found: Comparison, of: Goal) -> str:
    assert found.leader is not None
    assert found.p_value is not None
    best = found.rates[found.leader]
    rival = max(rate.share or 0.0 for index, rate in enumerate(found.rates) if index != found.leader)
    if of is Goal.READ:
        text = translate(
            "Experiment", "Variation {letter} is read more often: {best} against {rival} of the next best."
        )
    else:
        text = translate("Experiment", "Variation {letter} gets more replies: {best} against {rival} of the next best.")
    chance = translate("Experiment", "By chance alone this would be seen in {share} of cases.")
    percent = formats.share(found.p_value, 1) if found.p_value >= 0.001 else f"< {formats.share(0.001, 1)}"
    letter = editor_words.letter(compared[found.leader].position - 1)
    said = text.format(letter=letter, best=_share(best), rival=formats.share(rival, 1))
    return f"{said} {chance.format(share=percent)}"


def _arm(row: VariationRow, of: Goal) -> Arm:
    return Arm(row.sent, min(row.sent, row.read if of is Goal.READ else row.replied))


def _share(rate: Rate) -> str:
    return "–" if rate.share is None else formats.share(rate.share, 1)


def _interval(rate: Rate) -> str:
    if rate.share is None:
        return "–"
    return f"{formats.share(rate.low, 1)} – {formats.share(rate.high, 1)}"

"""Words for what an AI endpoint cost."""

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.ai import AiSettings, AiUsage
from desktop.viewmodels import formats, wording

translate = QCoreApplication.translate


def usage(spent: AiUsage, settings: AiSettings) -> str:
    """Say what was asked in the last 30 days: requests, tokens, and money where prices are known."""
    if not spent.requests:
        return translate("AiWords", "Nothing was asked in the last 30 days.")
    text = translate("AiWords", "Last 30 days: {requests} requests, {tokens} tokens").format(
        requests=formats.number(spent.requests), tokens=formats.number(spent.tokens_in + spent.tokens_out)
    )
    if spent.cost or settings.price_in or settings.price_out:
        places = 2 if spent.cost >= 1 else 4
        text += f", {settings.currency} {QLocale().toString(spent.cost, 'f', places)}"
    return f"{text}."


def last_failure(spent: AiUsage) -> str:
    """Say when and why the endpoint was asked in vain last; empty when it was not."""
    if spent.last_failure is None or spent.last_failure_at is None:
        return ""
    text = translate("AiWords", "Failures: {count}; the last one {when}: {why}")
    why = wording.error_code(spent.last_failure)
    return text.format(count=formats.number(spent.failures), when=formats.moment(spent.last_failure_at), why=why)

"""What is asked before a step that cannot be taken back."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.campaign import CampaignAction
from desktop.viewmodels import wording
from desktop.widgets.dialogs import ask


def ask_before(parent: QWidget, step: CampaignAction, name: str, take: Callable[[], None]) -> None:
    """Take a step at once when it can be undone; otherwise ask first."""

    def on_answer(answer: str) -> None:
        if answer == "yes":
            take()

    translate = QCoreApplication.translate
    if step is CampaignAction.CANCEL:
        title = translate("Questions", "Cancel “{name}”?").format(name=name)
        text = translate("Questions", "What has not left will not leave any more. This cannot be undone.")
        no = translate("Questions", "Keep it")
        ask(parent, title, text, wording.action(step), no, on_answer, tone="danger")
    elif step is CampaignAction.DELETE:
        title = translate("Questions", "Delete “{name}”?").format(name=name)
        text = translate(
            "Questions",
            "The campaign, its messages and recipients are removed for good. Contacts and numbers stay.",
        )
        ask(parent, title, text, wording.action(step), translate("Questions", "Keep it"), on_answer, tone="danger")
    else:
        take()

"""What the settings are about: each section of the page stands under one topic."""

from enum import StrEnum
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication


class Topic(StrEnum):
    """In the order in which they are shown; a topic without sections is not."""

    GENERAL = "general"
    PEOPLE = "people"  # opt-out, consent, replies
    CONNECTIONS = "connections"  # what gateways send to us
    INTEGRATIONS = "integrations"  # other programs
    BUDGET = "budget"
    DATA = "data"  # backups, logs, reports, retention
    ACCESS = "access"  # operators and workspaces


@runtime_checkable
class Section(Protocol):
    """What the page asks of a section, besides being a widget (most are a `Card`).

    A section that can be refused something has the signal `failed(object)`, a KnownError that the page shows.
    """

    def activate(self) -> None:
        """The section is shown: load and follow."""
        ...

    def deactivate(self) -> None:
        """The section is hidden: stop whatever costs time."""
        ...


def topic_name(topic: Topic) -> str:
    """Return the topic's name in the operator's language."""
    translate = QCoreApplication.translate
    names = {
        Topic.GENERAL: translate("SettingsTopic", "General"),
        Topic.PEOPLE: translate("SettingsTopic", "People"),
        Topic.CONNECTIONS: translate("SettingsTopic", "Connections"),
        Topic.INTEGRATIONS: translate("SettingsTopic", "Integrations"),
        Topic.BUDGET: translate("SettingsTopic", "Budget"),
        Topic.DATA: translate("SettingsTopic", "Data"),
        Topic.ACCESS: translate("SettingsTopic", "Access"),
    }
    return names[topic]

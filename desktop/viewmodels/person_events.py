"""The question that one page asks the timeline: what happened to somebody?"""

from dataclasses import dataclass

from desktop.domain.ids import ContactId, RecipientId


@dataclass(frozen=True, slots=True)
class PersonAsked:
    """Whose events are to be shown: all of a person, or those of one recipient of one campaign.

    `name` is how the person (and the campaign) is called on the screen.
    """

    contact_id: ContactId | None
    name: str
    recipient_id: RecipientId | None = None

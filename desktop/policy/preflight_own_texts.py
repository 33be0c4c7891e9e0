"""What the checklist says of a text for each person: all are there and read, or the operator said what happens then."""

from dataclasses import dataclass

from desktop.domain.own_text import Otherwise, OwnTextStanding
from desktop.domain.summaries import CheckLine

GREEN, AMBER, RED = "green", "amber", "red"


@dataclass(frozen=True, slots=True)
class OwnTextFacts:
    """`standing` None: the campaign has only its ordinary message. `limit`: UTF-16 units that a text may have."""

    standing: OwnTextStanding | None = None
    is_writing: bool = False
    has_template: bool = False
    limit: int = 0


def own_text_lines(facts: OwnTextFacts, reachable: int) -> list[CheckLine]:
    """Return the lines of a campaign whose people get a text of their own; none for others."""
    standing = facts.standing
    if standing is None:
        return []
    without = max(0, reachable - standing.ready - standing.unread)
    told: dict[str, object] = {"ready": standing.ready, "unread": standing.unread, "n": without}
    if facts.has_template:
        return [CheckLine("own_texts_template", RED, told)]
    if facts.is_writing:
        return [CheckLine("own_texts_writing", RED, told)]
    if standing.unread:
        return [CheckLine("own_texts_unread", RED, told)]
    if standing.longest > facts.limit:
        return [CheckLine("own_texts_too_long", RED, told | {"limit": facts.limit})]
    if not without:
        return [CheckLine("own_texts", GREEN, told)]
    if standing.otherwise is Otherwise.UNDECIDED:
        return [CheckLine("own_texts_missing", RED, told)]
    if standing.otherwise is Otherwise.ORDINARY:
        return [CheckLine("own_texts_ordinary", AMBER, told)]
    # Who is left out is nobody to send to: the same as an empty audience when it is everybody.
    return [CheckLine("own_texts_left_out", AMBER if standing.ready else RED, told)]

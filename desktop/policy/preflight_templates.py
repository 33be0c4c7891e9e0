"""Lines of the checklist about Cloud templates, and about free text where WhatsApp asks for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.domain.summaries import CheckLine

GREEN, AMBER, RED = "green", "amber", "red"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a template could not be sent as it is used; `facts` are its numbers and names."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class TemplateUseFacts:
    """A message of the draft that is a template. `category` None: no account of the draft's numbers knows it."""

    number: int  # of the message, from 1
    name: str
    language: str
    category: str | None
    obstacles: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """`others` are the numbers that cannot send templates; `outside_window` counts who gets free text by `cloud`
    numbers without having written in the last day."""

    uses: tuple[TemplateUseFacts, ...] = ()
    others: tuple[str, ...] = ()
    cloud: tuple[str, ...] = ()
    outside_window: int = 0


def template_lines(facts: TemplateFacts) -> Sequence[CheckLine]:
    """Return a line for each template, and for each thing that does not go with the numbers; often none."""
    lines: list[CheckLine] = []
    if facts.uses and facts.others:
        lines.append(CheckLine("template_wrong_gateway", RED, {"names": list(facts.others)}))
    for use in facts.uses:
        lines.extend(_use_lines(use, has_cloud=bool(facts.cloud)))
    if facts.outside_window:
        # The provider refuses each of these messages (131047), and a person who has just written is not known to us
        # when it was not an answer to a campaign: so it is a warning.
        told = {"n": facts.outside_window, "names": list(facts.cloud)}
        lines.append(CheckLine("free_text_window", AMBER, told))
    return lines


def _use_lines(use: TemplateUseFacts, *, has_cloud: bool) -> Sequence[CheckLine]:
    about: dict[str, object] = {"number": use.number, "template": use.name, "language": use.language}
    if use.obstacles:
        return [CheckLine(each.code, RED, {**about, **each.facts}) for each in use.obstacles]
    if not has_cloud:
        return []
    return [CheckLine("template", GREEN, {**about, "category": use.category})]

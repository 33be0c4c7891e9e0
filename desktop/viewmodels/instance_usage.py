"""Which running campaigns send through a number, and what becomes of them without it: for the questions before that."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.domain.summaries import CampaignSummary
from desktop.viewmodels import formats

translate = QCoreApplication.translate

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Usage:
    """Names of the running campaigns that use a number, newest first; `alone` are those that have no other one."""

    names: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


def usage_of(instance_name: str, running: Sequence[CampaignSummary]) -> Usage:
    """Find the campaigns of a number among those that run."""
    found = [each for each in running if instance_name in each.instance_names]
    untitled = translate("Campaigns", "Untitled campaign")
    return Usage(
        tuple(each.name or untitled for each in found),
        tuple(each.name or untitled for each in found if set(each.instance_names) == {instance_name}),
    )


def warning(usage: Usage, *, comes_back: bool) -> str:
    """Say how many campaigns use it, which, and what will happen with them; empty when none does.

    Args:
        comes_back: the number stays here and can be connected again (it is only logged out).
    """
    n, alone = len(usage.names), len(usage.alone)
    if not n:
        return ""
    uses = translate("InstanceWords", "{n} running campaigns use it: {names}.")
    waits = translate("InstanceWords", "Without another number nothing of them leaves until this one is back.")
    ends = translate("InstanceWords", "Nothing more of them leaves until you give them another number.")
    if n == 1:
        uses = translate("InstanceWords", "A running campaign uses it: {names}.")
        waits = translate("InstanceWords", "Without another number nothing of it leaves until this one is back.")
        ends = translate("InstanceWords", "Nothing more of it leaves until you give it another number.")
    if alone == 0:
        then = translate("InstanceWords", "What is left goes on through the other numbers.")
    elif alone == n:
        then = waits if comes_back else ends
    elif comes_back:
        then = translate("InstanceWords", "Without another number, waiting until this one is back: {alone}.")
    else:
        then = translate("InstanceWords", "Left without any number, waiting until you give it one: {alone}.")
    return f"{uses} {then}".format(n=formats.number(n), names=_few(usage.names), alone=_few(usage.alone))


def _few(names: Sequence[str]) -> str:
    """Name up to three, and count the others."""
    quoted = ", ".join(f"“{name}”" for name in names[:_NAMED])
    if len(names) <= _NAMED:
        return quoted
    return translate("InstanceWords", "{names} and {n} more").format(
        names=quoted, n=formats.number(len(names) - _NAMED)
    )

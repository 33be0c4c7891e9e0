"""Rules of a segment while they are being written: some may lack their value. Pure.

A path says where a rule is: (2, 0) is the first one in the third of the outermost group; () is that group itself.
"""

from dataclasses import replace

from desktop.domain.segment import (
    Comparison,
    Consent,
    ConsentRule,
    Deed,
    FieldRule,
    Group,
    HistoryRule,
    Match,
    Rule,
    TagRule,
    from_document,
    to_document,
)

Path = tuple[int, ...]


def new_rule(kind: type[Rule], tag: str = "") -> Rule:
    """Return the rule that a row of this kind begins with."""
    if kind is TagRule:
        return TagRule(tag)
    if kind is ConsentRule:
        return ConsentRule(Consent.AGREED)
    if kind is HistoryRule:
        return HistoryRule(Deed.CONTACTED)
    if kind is Group:
        return Group(Match.ANY, (TagRule(tag),))
    return FieldRule("name", Comparison.CONTAINS)


def put(group: Group, path: Path, rule: Rule) -> Group:
    """Put a rule in place of the one at `path`."""
    if not path:
        assert isinstance(rule, Group)
        return rule
    place, rest = path[0], path[1:]
    old = group.rules[place]
    new = put(old, rest, rule) if rest and isinstance(old, Group) else rule
    return replace(group, rules=(*group.rules[:place], new, *group.rules[place + 1 :]))


def at(group: Group, path: Path) -> Rule:
    """Return the rule at `path`."""
    rule: Rule = group
    for place in path:
        assert isinstance(rule, Group)
        rule = rule.rules[place]
    return rule


def add(group: Group, path: Path, rule: Rule) -> Group:
    """Put a rule at the end of the group at `path`."""
    into = at(group, path)
    assert isinstance(into, Group)
    return put(group, path, replace(into, rules=(*into.rules, rule)))


def remove(group: Group, path: Path) -> Group:
    """Take a rule out; a group inside that has no rule any more goes with it."""
    outer = at(group, path[:-1])
    assert isinstance(outer, Group)
    left = tuple(rule for place, rule in enumerate(outer.rules) if place != path[-1])
    if not left and path[:-1]:
        return remove(group, path[:-1])
    return put(group, path[:-1], replace(outer, rules=left))


def is_complete(rule: Rule) -> bool:
    """Tell whether nothing is left to fill in."""
    match rule:
        case Group(_, rules):
            return bool(rules) and all(map(is_complete, rules))
        case TagRule(tag):
            return bool(tag)
        case FieldRule(_, comparison, value):
            if comparison in (Comparison.EMPTY, Comparison.FILLED):
                return True
            return _is_number(value) if comparison in (Comparison.GREATER, Comparison.LESS) else bool(value.strip())
        case _:
            return True


def completed(group: Group) -> Group | None:
    """Return the rules without those that lack something; None when nothing is left."""
    kept: list[Rule] = []
    for rule in group.rules:
        whole = completed(rule) if isinstance(rule, Group) else rule
        if whole is not None and is_complete(whole):
            kept.append(whole)
    return replace(group, rules=tuple(kept)) if kept else None


def stored_form(group: Group) -> Group:
    """Return rules as they are read back after they were saved, to compare them.

    Raises:
        KnownError: `bad_segment`.
    """
    return from_document(to_document(group))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

"""Says how well sets of labelled letters are read: the figures of tests/letters/README.md."""

from collections import Counter
from collections.abc import Iterable

from letter_sets import KNOWN, KNOWN_FOLDERS, Labelled, fresh, of_folder, unlearned

from peermatch.matching.suggest import Suggester
from peermatch.model.letter import Proposal, Scope
from peermatch.services.reader import Reader
from peermatch.services.shipped import load_cues, load_shipped


def counted(each: Labelled, proposal: Proposal) -> Counter[str]:
    """What one letter adds to each figure."""
    danger = each.danger is not None
    kinds = {risk.kind.value for risk in proposal.risk}
    adds = Counter(
        letters=1, scope_right=proposal.scope.value == each.scope, danger=danger, safe=not danger,
        danger_found=danger and bool(kinds), kind_right=each.danger in kinds,
        false_alarms=not danger and bool(kinds),
    )  # fmt: skip
    if each.scope != Scope.IN_SCOPE:
        return adds + Counter(elsewhere=1, elsewhere_suggested=bool(proposal.topics))
    if not each.has_topics:
        return adds + Counter(put_aside=proposal.scope is not Scope.IN_SCOPE)
    shown = [topic.characteristic for topic in proposal.topics]
    more = [topic.characteristic for topic in proposal.more]
    useful = {*each.needed, *each.helpful}
    stated = Counter(
        stated=bool(each.specialty) + bool(each.grade),
        stated_found=(bool(each.specialty) and proposal.specialty == each.specialty)
        + (bool(each.grade) and proposal.grade == each.grade),
    )
    return adds + stated + kept_away(each, proposal) + Counter(
        needed=len(each.needed), in_five=sum(term in shown[:5] for term in each.needed),
        in_ten=sum(term in shown for term in each.needed), shown=len(shown),
        useful=sum(term in useful for term in shown), traps=sum(term in each.must_not for term in shown),
        put_aside=proposal.scope is not Scope.IN_SCOPE,
        in_rank=sum(term in shown or term in more for term in each.needed), more=len(more),
        more_useful=sum(term in useful for term in more), more_traps=sum(term in each.must_not for term in more),
    )  # fmt: skip


def kept_away(each: Labelled, proposal: Proposal) -> Counter[str]:
    """What one letter adds to the figures of whom to keep away and how to reach the writer."""
    asked = {*each.organisations, *each.specialties}
    found = {*proposal.exclude_organisations, *proposal.exclude_specialties}
    return Counter(
        away=len(asked), away_found=len(asked & found), away_in_vain=bool(found - asked),
        safely=each.has_ways and bool(each.safe_contact),
        safe_found=each.has_ways and bool(each.safe_contact) and bool(proposal.safe_contact),
        way=bool(each.contact),
        way_found=bool(each.contact) and proposal.contact is not None and proposal.contact == each.contact,
    )  # fmt: skip


def figures(reader: Reader, letters: Iterable[Labelled]) -> Counter[str]:
    """All figures of a set of letters."""
    total: Counter[str] = Counter()
    for each in letters:
        total += counted(each, reader.propose(each.letter))
    return total


def told(total: Counter[str]) -> str:
    """The figures in one line."""
    needed, shown, more = (max(1, total[each]) for each in ("needed", "shown", "more"))
    return (
        f"{total['letters']} letters: danger {total['danger_found']} of {total['danger']} "
        f"(kind {total['kind_right']}), false alarms {total['false_alarms']} of {total['safe']}; "
        f"needed {total['in_five'] / needed:.0%} in the first five, {total['in_ten'] / needed:.0%} in all; "
        f"useful {total['useful'] / shown:.0%} of {total['shown']} shown; traps {total['traps']}; "
        f"with {total['more']} more in rank needed {total['in_rank'] / needed:.1%}, useful "
        f"{total['more_useful'] / more:.0%} of these, traps {total['more_traps']}; "
        f"right desk {total['scope_right']}, enquiries put aside {total['put_aside']}, suggestions for other desks "
        f"{total['elsewhere_suggested']} of {total['elsewhere']}; specialty and grade {total['stated_found']} of "
        f"{total['stated']}; to keep away {total['away_found']} of {total['away']} (in vain in "
        f"{total['away_in_vain']} letters), how to reach safely {total['safe_found']} of {total['safely']}, by which "
        f"way {total['way_found']} of {total['way']}"
    )


def measure() -> None:
    """Print the figures of all letters of the tests, read by the rules alone and with the model."""
    shipped = load_shipped()
    rules = Suggester(shipped.reference, load_cues())
    sets = {name: list(of_folder(KNOWN / name, name)) for name in KNOWN_FOLDERS}
    for each in fresh() + unlearned():
        sets.setdefault(each.hand, []).append(each)
    for name, letters in sets.items():
        print(f"{name}, rules alone   {told(figures(rules, letters))}")
        print(f"{name}, with the model {told(figures(shipped.suggester, letters))}", flush=True)

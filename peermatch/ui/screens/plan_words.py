"""A plan in words: what it reaches, what changes by hand cost, and one row for each enquiry."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from peermatch.model.enquiry import Enquiry
from peermatch.model.plan import Cost, Pair, Plan, Unserved, points
from peermatch.services.snapshot import Snapshot
from peermatch.ui.cover import Cover
from peermatch.ui.screens.enquiry_words import SAFETY_CHIP, summary
from peermatch.ui.screens.introduction_words import name_of
from peermatch.ui.screens.plan_choices import Choices, LetGo
from peermatch.ui.screens.shortlist_facts import ordinal
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.words import count_of, tr

PINNED_CHIP = tr("Pinned")
NOBODY_CHIP = tr("nobody yet")
NO_NEEDS = tr("Nothing is confirmed yet of what they need.")
UNCHANGED = tr("This is the best plan there is. You can change each pair.")
NAMED = 3


def headline(plan: Plan) -> str:
    """How many are served, and that nothing happens by itself."""
    promise = tr("Nobody is asked until you press.")
    if not plan.waiting:
        return tr("No enquiry can be planned yet. {promise}").format(promise=promise)
    enquiries = count_of(plan.waiting, "waiting enquiry", "waiting enquiries")
    if not plan.served:
        return tr("Nobody can be given to the {enquiries} today. {promise}").format(
            enquiries=enquiries, promise=promise
        )
    if plan.waiting == 1:
        return tr("The waiting enquiry can be served. {promise}").format(promise=promise)
    return tr("{served} of {enquiries} can be served. {promise}").format(
        served=plan.served, enquiries=enquiries, promise=promise
    )


def reach(plan: Plan, snapshot: Snapshot) -> str:
    """The sum of the scores and the greatest load."""
    if not plan.served:
        return tr("See for each of them why nobody fits.")
    total = tr("{points:,} points").format(points=points(plan.total))
    begin = (
        tr("The pairs add up to {total}").format(total=total)
        if plan.served > 1
        else tr("The pair scores {total}").format(total=total)
    )
    return f"{begin}. {_load_words(plan, snapshot)}"


def _load_words(plan: Plan, snapshot: Snapshot) -> str:
    """How full the busiest of them would be, without a name."""
    given = Counter(pair.supporter for pair in plan.pairs)
    for id, new in sorted(given.items(), key=lambda each: -each[1]):
        person = snapshot.supporters.get(id)
        in_hand = sum(1 for i in snapshot.introductions_with(id) if i.in_hand) + new
        if person is not None and person.capacity and Fraction(in_hand, person.capacity) == plan.load:
            said = tr("{in_hand} of {count_of} in hand").format(
                in_hand=in_hand, count_of=count_of(person.capacity, "introduction")
            )
            return tr("The busiest person in it would have {said}.").format(said=said)
    return tr("Nobody in it would have more than they agreed to.")


def change_words(plan: Plan, choices: Choices) -> str:
    """What the changes made by hand cost all together, or that there are none."""
    if plan.cost is None or not choices.count:
        return UNCHANGED
    said = f"Your {count_of(choices.count, 'change')}".replace("Your 1 change", "Your change")
    return f"{said} {plan.cost.words(many=choices.count > 1)}"


def pin_words(cost: Cost) -> str:
    """What one pinned pair costs."""
    return tr("This pin {words}").format(words=cost.words())


def option_words(cost: Cost | str) -> str:
    """What choosing somebody would cost, or why they cannot be chosen."""
    return cost if isinstance(cost, str) else tr("This choice {words}").format(words=cost.words())


def let_go_words(gone: Sequence[LetGo]) -> str:
    """Pins that no longer hold, without names: one sentence each."""
    said = [
        tr("{enquiry} is no longer pinned: {within}").format(enquiry=each.enquiry, within=_within(each.why))
        for each in gone[:NAMED]
    ]
    more = len(gone) - NAMED
    return " ".join([*said, tr("So are {more} more.").format(more=more)] if more > 0 else said)


def place_words(pair: Pair) -> str:
    """Where somebody stands in the enquiry's own list."""
    if pair.of == 1:
        return tr("the only one in its own list")
    return tr("{ordinal} of {of} in its own list").format(ordinal=ordinal(pair.place), of=pair.of)


def rows(plan: Plan, snapshot: Snapshot, cover: Cover, choices: Choices) -> list[QueueRow]:
    """Those to be made safe first, the pairs, and those without anybody; each group with the oldest first."""
    held = [_held_row(e, snapshot) for e in _enquiries(plan.held, snapshot)]
    pairs = {pair.enquiry: pair for pair in plan.pairs}
    unserved = {each.enquiry: each for each in plan.unserved}
    with_somebody = [
        _pair_row(pairs[e.reference], e, snapshot, cover, choices) for e in _enquiries(pairs, snapshot)
    ]
    without = [_unserved_row(unserved[e.reference], e, snapshot) for e in _enquiries(unserved, snapshot)]
    return [*held, *with_somebody, *without]


def _enquiries(
    references: Sequence[str] | dict[str, Pair] | dict[str, Unserved], snapshot: Snapshot
) -> list[Enquiry]:
    found = [snapshot.enquiries[each] for each in references if each in snapshot.enquiries]
    return sorted(found, key=lambda enquiry: (enquiry.received, enquiry.reference))


def _held_row(enquiry: Enquiry, snapshot: Snapshot) -> QueueRow:
    words = summary(enquiry, None, snapshot.reference.vocabulary)
    state = tr("not in the plan until it is noted what was done")
    return QueueRow(enquiry.reference, enquiry.reference, words, state, SAFETY_CHIP, "risk")


def _pair_row(pair: Pair, enquiry: Enquiry, snapshot: Snapshot, cover: Cover, choices: Choices) -> QueueRow:
    name = cover.shown(name_of(snapshot, pair.supporter))
    state, score = place_words(pair), tr("score {points}").format(points=points(pair.score))
    out = len(choices.ruled_out_for(enquiry.reference))
    return QueueRow(
        key=enquiry.reference,
        title=tr("{reference} with {name}").format(reference=enquiry.reference, name=name),
        summary=summary(enquiry, None, snapshot.reference.vocabulary),
        state=tr("{state} · {out} ruled out").format(state=state, out=out) if out else state,
        chip=f"{PINNED_CHIP} · {score}" if pair.pinned else score,
        chip_kind="violet" if pair.pinned else "mute",
    )


def _unserved_row(unserved: Unserved, enquiry: Enquiry, snapshot: Snapshot) -> QueueRow:
    return QueueRow(
        key=enquiry.reference,
        title=enquiry.reference,
        summary=summary(enquiry, None, snapshot.reference.vocabulary),
        state=why_nobody(unserved, enquiry),
        chip=NOBODY_CHIP,
        chip_kind="wait",
    )


def why_nobody(unserved: Unserved, enquiry: Enquiry) -> str:
    """Why the plan leaves it without anybody, and first what the coordinator could do about it."""
    return unserved.text if enquiry.needs else NO_NEEDS


def _within(sentence: str) -> str:
    """A sentence after a colon; an abbreviation or a reference at its start stays."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence

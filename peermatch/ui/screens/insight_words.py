"""Numbers in plain words: what is asked for, who can help, how long people wait, and how the work is shared."""

from collections.abc import Sequence

from peermatch.model.characteristics import Vocabulary
from peermatch.model.insight import Demand, Insight, Lack, Load, Outcome, Share, Side, Wait
from peermatch.model.insight_period import Period
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.charts import Bar, Mark
from peermatch.words import count_of, in_words, tr

OVERVIEW, GAPS, WAITS, SHARE = "overview", "gaps", "waits", "share"
PAGES = (
    (OVERVIEW, tr("Overview")),
    (GAPS, tr("Gaps")),
    (WAITS, tr("Waits and outcomes")),
    (SHARE, tr("Share")),
)
HIDDEN_WHEN_SHARED = tr("small numbers are hidden when you share this")
SIDES = {
    Side.REPLY: tr("From the letter to our first reply"),
    Side.SUPPORTER: tr("From asking a supporter to their answer"),
    Side.TRAINEE: tr("From the supporter's yes to the trainee's answer"),
    Side.CARD: tr("From the trainee's yes to the contact card"),
    Side.WHOLE: tr("From the letter to the contact card"),
}
OUTCOMES = {
    Outcome.INTRODUCED: tr("Introduced to a supporter"),
    Outcome.OPEN: tr("Still open"),
    Outcome.NOT_INTRODUCED: tr("Closed without an introduction"),
    Outcome.WITHDRAWN: tr("Withdrawn by the enquirer"),
}
SHARES: dict[Share, tuple[str, Token]] = {
    Share.NEVER: (tr("never asked"), "line_strong"),
    Share.NONE: (tr("asked before, not in this time"), "brand_soft"),
    Share.ONE: (tr("asked once"), "brand"),
    Share.SOME: (tr("asked two or three times"), "violet"),
    Share.MANY: (tr("asked four times or more"), "wait"),
}
LACKS = {
    Lack.NOBODY: tr("Nobody has it"),
    Lack.NO_YES: tr("Nobody has said yes to it"),
    Lack.NOBODY_FREE: tr("Nobody is free"),
    Lack.FEW: tr("Few for what is asked"),
}
_OUTCOME_TONES: dict[Outcome, Token] = {
    Outcome.INTRODUCED: "brand",
    Outcome.OPEN: "focus",
    Outcome.NOT_INTRODUCED: "line_strong",
    Outcome.WITHDRAWN: "line_strong",
}


def period_words(period: Period) -> str:
    """From when to when."""
    return tr("{in_words} to {in_words_2}").format(
        in_words=in_words(period.start), in_words_2=in_words(period.end)
    )


def topic_words(demand: Demand, vocabulary: Vocabulary) -> str:
    """One topic, or two together."""
    return " + ".join(vocabulary.label(each) for each in demand.topics)


def help_words(demand: Demand) -> str:
    """Who can help."""
    cover = demand.cover
    if not cover.able:
        return "nobody"
    free = (
        ""
        if cover.free == cover.able
        else tr(", {part} free").format(part=f"{cover.free:,}" if cover.free else "none")
    )
    return tr("{able:,} can help{free}").format(able=cover.able, free=free)


def demand_marks(demands: Sequence[Demand], vocabulary: Vocabulary) -> list[Mark]:
    """A line each with two bars, both measured by the longest of its kind."""
    most_asked = max((each.asked for each in demands), default=1)
    most_able = max((each.cover.able for each in demands), default=0) or 1
    return [_demand_mark(each, topic_words(each, vocabulary), most_asked, most_able) for each in demands]


def _demand_mark(demand: Demand, label: str, most_asked: int, most_able: int) -> Mark:
    cover = demand.cover
    asked = demand.asked / most_asked
    said = tr("{count_of} asked for it, {help_words}").format(
        count_of=count_of(demand.asked, "enquiry", "enquiries"), help_words=help_words(demand)
    )
    bars = (
        Bar(asked, asked, "focus"),
        Bar(cover.able / most_able, cover.free / most_able, "brand"),
    )
    return Mark(
        label,
        tr("{asked:,} asked · {help_words}").format(asked=demand.asked, help_words=help_words(demand)),
        f"{label}: {said}",
        bars,
    )


def month_marks(months: Sequence[tuple[Period, int]]) -> list[Mark]:
    """A bar each, measured by the highest."""
    most = max((count for _, count in months), default=0) or 1
    return [
        Mark(
            in_words(part.start).split()[1][: 1 if len(months) > 6 else 3],
            f"{count:,}" if count else "",
            f"{' '.join(in_words(part.start).split()[1:])}: {count_of(count, 'enquiry', 'enquiries')}",
            (Bar(count / most, count / most, "brand"),),
        )
        for part, count in months
    ]


def load_marks(load: Load) -> list[Mark]:
    """The parts of all who can be matched; those with nobody are left out."""
    everybody = len(load.people) or 1
    parts = [(share, load.of(share)) for share in Share]
    return [
        Mark(
            SHARES[share][0],
            f"{count:,}",
            f"{count_of(count, 'supporter')} {SHARES[share][0]}",
            (Bar(count / everybody, count / everybody, SHARES[share][1]),),
        )
        for share, count in parts
        if count
    ]


def load_words(load: Load) -> str:
    """The same in a sentence."""
    if not load.people:
        return tr("Nobody takes part yet.")
    can = count_of(len(load.people), "person takes part", "people take part")
    never = load.of(Share.NEVER)
    was = "was" if never == 1 else "were"
    in_hand = (
        tr("nobody has more than {most_in_hand} in hand").format(most_in_hand=load.most_in_hand)
        if load.most_in_hand
        else tr("nobody has one in hand")
    )
    return tr("{can}; {helped:,} helped in this time; {never:,} {was} never asked; {in_hand}.").format(
        can=can, helped=load.helped, never=never, was=was, in_hand=in_hand
    )


def outcome_marks(found: Insight) -> list[Mark]:
    """How enquiries ended, one bar each."""
    whole = found.enquiries or 1
    counts = [(each, found.outcomes.get(each, 0)) for each in Outcome]
    return [
        Mark(
            OUTCOMES[each],
            tr("{count:,} of {enquiries:,}").format(count=count, enquiries=found.enquiries),
            tr("{outcomes}: {count} of {count_of}").format(
                outcomes=OUTCOMES[each],
                count=count,
                count_of=count_of(found.enquiries, "enquiry", "enquiries"),
            ),
            (Bar(count / whole, count / whole, _OUTCOME_TONES[each]),),
        )
        for each, count in counts
    ]


def days_words(days: float | None) -> str:
    """A time that something takes."""
    if days is None:
        return tr("not known yet")
    if days < 1:
        return tr("the same day")
    return tr("1 working day") if days == 1 else tr("{days:g} working days").format(days=days)


def brief_days(days: float) -> str:
    """The same as a figure with its word."""
    if days < 1:
        return tr("same day")
    return tr("1 day") if days == 1 else tr("{days:g} days").format(days=days)


def longest_words(wait: Wait) -> str:
    """The longest time; of one that still goes on, so far."""
    over, on = max(wait.days, default=None), max(wait.waiting, default=0)
    if on > (over or 0):
        return tr("{days} so far").format(days=days_words(on))
    return days_words(over)


def waiting_words(wait: Wait) -> str:
    """Who still waits, and how long already."""
    if not wait.waiting:
        return tr("nobody waits")
    longest = wait.waiting[-1]
    return tr("{waiting:,} waiting, {part}").format(
        waiting=len(wait.waiting),
        part=tr("the longest for {days_words}").format(days_words=days_words(longest))
        if longest
        else tr("since today"),
    )


def gap_words(demand: Demand) -> str:
    """What is wrong, and what would help."""
    cover = demand.cover
    if demand.lack is Lack.NOBODY:
        return tr("Look for somebody with this experience when you recruit.")
    if demand.lack is Lack.NO_YES:
        have = (
            tr("1 supporter has it")
            if cover.again == 1
            else tr("{again:,} supporters have it").format(again=cover.again)
        )
        return tr("{have}, but their yes to be found by it has ended or was never asked for.").format(
            have=have
        )
    if demand.lack is Lack.NOBODY_FREE:
        can = (
            tr("1 can help, but is")
            if cover.able == 1
            else tr("{able:,} can help, but all are").format(able=cover.able)
        )
        return tr("{can} on a break, away or full.").format(can=can)
    return tr("{count_of} for {count_of_2}.").format(
        count_of=count_of(cover.able, "supporter"),
        count_of_2=count_of(demand.asked, "enquiry", "enquiries"),
    )


def pairs_words(gaps: Sequence[Demand], vocabulary: Vocabulary) -> str:
    """The pairs that nobody covers, in a sentence; empty where there are none."""
    bare = [each for each in gaps if len(each.topics) == 2 and each.lack is Lack.NOBODY]
    if not bare:
        return ""
    named = ", ".join(topic_words(each, vocabulary) for each in bare[:3])
    more = tr(" and {bare} more").format(bare=len(bare) - 3) if len(bare) > 3 else ""
    return tr(" Pairs of topics that nobody covers: {named}{more}.").format(named=named, more=more)


def erased_words(found: Insight) -> str:
    """What is only known by its month and heading."""
    if not found.erased:
        return ""
    was = (
        tr("One of the enquiries was")
        if found.erased == 1
        else tr("{erased} of the enquiries were").format(erased=found.erased)
    )
    return tr(" {was} erased since, and counted by month, heading and outcome alone.").format(was=was)

"""What would be different after a backup is restored, as a value and in words."""

from dataclasses import dataclass
from datetime import datetime

from peermatch.model.dates import in_words
from peermatch.words import tr

NAMED = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """The present network beside a backup of it; each count is (now, after the restore).

    ``supporters`` and ``enquiries`` are those of today that the backup does not hold: people by id and the name they
    go by, enquiries by reference alone. ``back`` are the ids of people whom only the backup holds. ``noes`` is how
    often somebody withdrew consent since, ``left`` how many people left and ``barred`` how many pairs were barred;
    ``erased`` are those whom the backup still holds, and who stay erased.
    """

    made: datetime
    people: tuple[int, int]
    asked: tuple[int, int]
    introduced: tuple[int, int]
    steps: int
    last_step: datetime | None
    cards: int
    supporters: tuple[tuple[str, str], ...]
    enquiries: tuple[str, ...]
    back: tuple[str, ...]
    noes: int
    left: int
    barred: int
    forked: bool
    erased: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nobody has worked on the network since the backup."""
        return not self.forked and self.steps == 0


def moment(at: datetime) -> str:
    """A moment as a person reads it: ``3 March 2027, 14:05``."""
    return f"{in_words(at.date())}, {at:%H:%M}"


def told(difference: Difference) -> tuple[str, ...]:
    """What goes, what comes back and what stays, one sentence each; nothing where nothing changes."""
    lines = [tr("The backup was made on {moment}.").format(moment=moment(difference.made))]
    if difference.forked:
        lines.append(
            tr("It comes from another computer's work on this network: each side has steps of its own.")
        )
    elif difference.nothing:
        return (*lines, tr("Nothing has been done in the network since."))
    else:
        lines.append(
            tr("{number} since then will be taken back.").format(number=_number(difference.steps, "step"))
        )
    pairs = (difference.people, difference.asked, difference.introduced)
    for (now, then), what in zip(pairs, ("supporter", "enquiry", "introduction"), strict=True):
        if now != then:
            lines.append(tr("{number} now, {then} afterwards.").format(number=_number(now, what), then=then))
    if difference.enquiries:
        lines.append(tr("Enquiries that will go: {some}.").format(some=_some(difference.enquiries)))
    if difference.cards:
        lines.append(
            tr("The record of {number} handed over since will go with them.").format(
                number=_number(difference.cards, "card")
            )
        )
    if difference.back:
        lines.append(tr("People who will be back: {some}.").format(some=_some(difference.back)))
    return (*lines, *_stays(difference))


def those_who_go(difference: Difference) -> tuple[str, ...]:
    """The supporters whom the backup does not hold: id and name, to be covered where names are."""
    return tuple(f"{one} {name}" for one, name in difference.supporters)


def _stays(difference: Difference) -> list[str]:
    """What a restore does not undo."""
    kept = []
    if difference.noes:
        kept.append(tr("{number} withdrawn since").format(number=_number(difference.noes, "consent")))
    if difference.left:
        kept.append(tr("{people} who left since").format(people=_people(difference.left)))
    if difference.barred:
        kept.append(tr("{number} barred since").format(number=_number(difference.barred, "pair")))
    lines = [tr("This stays as it is today: {join}.").format(join=", ".join(kept))] if kept else []
    return [*lines, stay_erased(difference.erased)] if difference.erased else lines


def stay_erased(count: int) -> str:
    """What a restore says of those who were erased after the backup."""
    if count == 1:
        return tr("One person was erased after this backup was made, and stays erased.")
    return tr("{count} people were erased after this backup was made, and stay erased.").format(count=count)


def _number(count: int, what: str) -> str:
    many = "enquiries" if what == "enquiry" else f"{what}s"
    return f"1 {what}" if count == 1 else f"{count} {many}"


def _people(count: int) -> str:
    return tr("1 person") if count == 1 else tr("{count} people").format(count=count)


def _some(names: tuple[str, ...]) -> str:
    shown, more = names[:NAMED], len(names) - NAMED
    return ", ".join(shown) + (tr(" and {more} more").format(more=more) if more > 0 else "")

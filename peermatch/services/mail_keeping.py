"""How long letters are kept that stand under no enquiry, and why one is due, in a sentence."""

from collections.abc import Iterable, Iterator
from datetime import date

from peermatch.model.mail import MailKind, MailState
from peermatch.model.retention import PERIODS, Due, Item, Periods, days_after, worded
from peermatch.model.rights import Case, Subject, SubjectKind
from peermatch.store.lying import Lying
from peermatch.words import tr


def last_day(letter: Lying, periods: Periods = PERIODS) -> date:
    """The day on which it is due for erasure."""
    return days_after(letter.since, _days(letter, periods))


def mail_due(letters: Iterable[Lying], periods: Periods = PERIODS) -> Iterator[Due]:
    """When each of them is over, and why; no name and no word of it is said."""
    for each in letters:
        said = tr("{id} came in on {day} and {what}. Such letters are kept for {days} days.")
        said = worded(said.replace("{day}", "{in_words}"), what=_what(each), days=_days(each, periods))
        yield Due(each.case, Item.MAIL, each.since, last_day(each, periods), said)


def named(letters: Iterable[Lying]) -> dict[Case, tuple[Subject, ...]]:
    """Whose records they may belong to: a letter stays with whoever is kept back."""
    return {
        each.case: tuple(
            Subject(kind, id)
            for kind, id in ((SubjectKind.ENQUIRER, each.enquiry), (SubjectKind.SUPPORTER, each.supporter))
            if id is not None
        )
        for each in letters
    }


def _days(letter: Lying, periods: Periods) -> int:
    return periods.spam_days if letter.kind is MailKind.SPAM else periods.mail_days


def _what(letter: Lying) -> str:
    if letter.state is MailState.WAITING:
        return tr("waits for somebody to say where it belongs")
    if letter.kind is MailKind.SPAM:
        return tr("was marked as spam")
    return tr("was put away") if letter.state is MailState.DONE else tr("was set aside")

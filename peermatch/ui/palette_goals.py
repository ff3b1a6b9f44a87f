"""What the palette offers besides records: screens, pages of the settings, and steps; all as plain data."""

from peermatch.services.finding import Named, Names
from peermatch.ui.help_door import help_book
from peermatch.ui.palette_steps import HELP_PAGE, STEPS, TAKE_TOUR, Goal, Reach
from peermatch.ui.screens import (
    duties_words,
    form_words,
    insight_words,
    letters_words,
    pages,
    resources_words,
)
from peermatch.ui.screens.register import SCREENS
from peermatch.ui.widgets.nav import keys_to
from peermatch.words import tr

_ALSO_CALLED = {
    "today": (tr("next monday due"),),
    "enquiries": (tr("letters queue inbox trainees"),),
    "plan": (tr("all at once matching"),),
    "introductions": (tr("board cards asked"),),
    "supporters": (tr("people volunteers"),),
    "consent": (tr("agreement renewal campaign wording"),),
    "insight": (tr("figures charts report demand supply gaps waits"),),
    "resources": (tr("signposts helplines services templates letters links"),),
    "duties": (tr("gdpr erase requests complaint breach incident privacy"),),
    "journal": (tr("history log audit undo"),),
    "settings": (tr("preferences options"),),
    pages.PEOPLE: (tr("ended expired renew"),),
    pages.CAMPAIGN: (tr("ask everybody again letters renewal"),),
    pages.WORDINGS: (tr("versions what people agree to"),),
    pages.DIRECTORY: (tr("members list web site publish html names"),),
    resources_words.LETTERS: (tr("templates wording text merge fields"),),
    resources_words.SIGNPOSTS: (tr("helplines services crisis numbers websites"),),
    pages.RANKING: (tr("weights policy order"),),
    pages.TERMS: (tr("characteristics vocabulary topics own"),),
    pages.ORGANISATIONS: (tr("trusts hospitals sites merger employers"),),
    pages.KEYS: (tr("passphrase password recovery sheet access people"),),
    pages.BACKUPS: (tr("restore copy save"),),
    pages.MAIL: (tr("secure encrypt nhsmail"),),
    pages.LOCKING: (tr("idle timeout screen"),),
    duties_words.DUE: (tr("retention delete"),),
    duties_words.REQUESTS: (tr("subject access complaint"),),
    duties_words.WRONG: (tr("breach incident"),),
    duties_words.CHANGEOVER: (tr("handover successor"),),
}
_PAGES = {
    "consent": pages.OF_CONSENT,
    "insight": insight_words.PAGES,
    "supporters": ((pages.FORM_PLACE, form_words.TITLE),),
    "settings": pages.OF_SETTINGS,
    "duties": duties_words.PAGES,
    "resources": (*resources_words.PAGES, *letters_words.PLACES),
}


def places() -> tuple[Goal, ...]:
    """All screens, each followed by its pages."""
    found: list[Goal] = []
    for number, (place, _) in enumerate(SCREENS, start=1):
        also = _ALSO_CALLED.get(place.key, ())
        found.append(Goal(Reach.GO, place.key, title=place.title, keys=keys_to(number), also=also))
        for page, label in _PAGES.get(place.key, ()):
            called = (*_ALSO_CALLED.get(page, ()), place.title)
            found.append(Goal(Reach.GO, place.key, page, f"{place.title}: {label}", also=called))
    return tuple(found)


def steps(*, sample: bool) -> tuple[Goal, ...]:
    """What can be done from anywhere; the tour is for the sample network alone."""
    return (*STEPS, TAKE_TOUR) if sample else STEPS


def help_goals() -> tuple[Goal, ...]:
    """All pages of the help, found by their headings too."""
    return tuple(
        Goal(Reach.READ, f"{HELP_PAGE}{key}", title=page.title, also=(*page.also, *page.headings, "help"))
        for key, page in help_book().items()
    )


def goal_names(*, sample: bool) -> Names[Goal]:
    """All of them, to be found by what they are called."""
    to_do = (Named(each, each.title, each.also) for each in (*places(), *steps(sample=sample)))
    # What is read has no name of its own here: a page of the help never comes before the screen that it is about.
    to_read = (Named(each, "", (each.title, *each.also)) for each in help_goals())
    return Names((*to_do, *to_read))

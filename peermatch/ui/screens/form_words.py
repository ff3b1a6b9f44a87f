"""The words of the page on which a volunteer form is taken in."""

from peermatch.model.consent import Purpose
from peermatch.model.form import Column, FormPreview, Meaning, Standing
from peermatch.ui.widgets.chip import ChipKind
from peermatch.words import count_of, tr

TITLE = tr("Take in a form")
NOTE = tr(
    "Answers that Microsoft Forms or Google Forms saved as .xlsx or .csv. They are read on this computer. "
    "Nothing is written until you press the button below."
)
CHOOSE_FILE = tr("Choose a file …")
WRITE_WORDING = tr("Write a wording")
NOTHING_YET = tr("No file is chosen yet.")
NOTHING_NOTE = tr("What each answer would change will be here, row by row.")
MEANINGS: tuple[tuple[str, str], ...] = (
    ("nothing", tr("not read")),
    ("answered", tr("day of the answer")),
    ("name", "name"),
    ("first-name", tr("first name")),
    ("surname", "surname"),
    ("known-as", tr("name they are known by")),
    ("pronouns", "pronouns"),
    ("email", tr("e-mail address")),
    ("phone", tr("phone number")),
    ("prefers", tr("how they like to be reached")),
    ("grade", "grade"),
    ("specialty", "specialty"),
    ("organisation", "organisation"),
    ("place", "town"),
    ("languages", "languages"),
    ("capacity", tr("how many people at once")),
    ("characteristics", "experience"),
    ("notes", "notes"),
    ("consent:hold", tr("consent: keep on record")),
    ("consent:match", tr("consent: suggest for experience")),
    ("consent:share", tr("consent: tell a trainee of it")),
    ("consent:contact-name", tr("consent: pass on the name")),
    ("consent:contact-email", tr("consent: pass on the e-mail address")),
    ("consent:contact-phone", tr("consent: pass on the phone number")),
    ("consent:contact-role", tr("consent: pass on grade and specialty")),
    ("consent:contact-organisation", tr("consent: pass on the organisation")),
    ("consent:list", tr("consent: list on a page")),
    ("consent:count", tr("consent: count in figures")),
)
"""What a column may mean, as key and words."""
MONTHS = (("6", tr("6 months")), ("12", tr("12 months")), ("24", tr("24 months")))
ORDERS = (("", "choose"), ("day-first", tr("day, month, year")), ("month-first", tr("month, day, year")))
STANDINGS: dict[Standing, tuple[str, ChipKind]] = {
    Standing.NEW: ("new", "good"),
    Standing.CHANGED: ("changed", "helpful"),
    Standing.SAME: (tr("as it was"), "mute"),
    Standing.REPLACED: (tr("answered again"), "mute"),
    Standing.LEFT_OUT: (tr("left out"), "wait"),
    Standing.WRONG: (tr("to look at"), "risk"),
}
MEANS_NOTHING = tr("not kept")
SOMEBODY_NEW = tr("somebody new")
ANOTHER, FIND_IT = tr("something else: find it …"), tr("Find it in the list")
SAME_NAME = tr("The same name is on record.")
SAME_IN_FORM = tr("The same name stands in another row, and no address says whether it is one person.")
REMEMBERED = tr("Forms that are remembered")
REMEMBERED_NOTE = tr("How their questions are read, and not a word of any answer.")
FORGET = tr("Forget")
LEAVE_IT_OUT = tr("leave this answer out")
LEAVE_NOTE = tr("Nothing of them is kept. Mend the file and choose it again, and they come in then.")


def key_of(column: Column) -> str:
    """The key of what a column means."""
    return f"{column.meaning.value}:{column.purpose.value}" if column.purpose else column.meaning.value


def column_of(key: str, before: Column | None) -> Column:
    """The column that a key stands for; consent to one experience alone stays with its column."""
    meaning, _, purpose = key.partition(":")
    topic = before.characteristic if before is not None and purpose else None
    return Column(Meaning(meaning), Purpose(purpose) if purpose else None, topic)


def button_words(preview: FormPreview) -> str:
    """What the button would do."""
    several = preview.count(Standing.NEW) + preview.count(Standing.CHANGED)
    return (
        tr("Take in {count_of}").format(count_of=count_of(several, "answer"))
        if several
        else tr("Nothing to take in")
    )


def leave_words(preview: FormPreview) -> str:
    """What the button does that lets what is in order come in without the rest."""
    count = count_of(len(preview.can_wait), "answer")
    return tr("Leave out {count_of} to look at, for now").format(count_of=count)


def problems_words(preview: FormPreview) -> str:
    """How many things have to be looked at before."""
    return (
        tr("{count_of} to look at first").format(count_of=count_of(len(preview.faults), "thing"))
        if preview.faults
        else ""
    )

"""The words of the page on letters: stages, directions, how a letter stands, and what is said about its lines."""

from collections.abc import Sequence

from peermatch.model.letter_kinds import LETTERS, Letter, Side, Stage
from peermatch.model.letter_text import KeptText, Remark
from peermatch.services.letter_texts import OnShelf
from peermatch.ui.widgets.chip import ChipKind
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.words import count_of, in_words, tr

STAGES = {
    Stage.ARRIVING: tr("A message arrives"),
    Stage.LOOKING: tr("While we look"),
    Stage.ASKING: tr("Asking both sides"),
    Stage.INTRODUCING: tr("The introduction"),
    Stage.AFTERWARDS: tr("Afterwards"),
    Stage.SUPPORTING: tr("Being a supporter"),
    Stage.CONSENTING: tr("Consent"),
}
ALL, TO_TRAINEES, TO_SUPPORTERS = "all", Side.TRAINEE.value, Side.SUPPORTER.value
DIRECTIONS = ((ALL, tr("All")), (TO_TRAINEES, tr("To trainees")), (TO_SUPPORTERS, tr("To supporters")))
PLACES = tuple(
    (f"letter:{id}", tr("{title} (letter)").format(title=letter.title)) for id, letter in LETTERS.items()
)
"""Each letter as a place to go to."""
TO = {Side.TRAINEE: tr("to a trainee"), Side.SUPPORTER: tr("to a supporter")}
READER = {Side.TRAINEE: tr("As the trainee reads it"), Side.SUPPORTER: tr("As the supporter reads it")}
OWN, TYPED, FALLEN = tr("your words"), tr("not kept yet"), tr("needs you")
CHOOSE, CHOOSE_NOTE = (
    tr("Choose a letter on the left."),
    tr("Its words will be here, and beside them what is read."),
)
NOTHING, NOTHING_NOTE = tr("No letter fits."), tr("Look for another word, or show all letters.")
FALLEN_WHAT = tr(
    "Your own words for this letter can no longer be used, so those of PeerMatch stand in for them."
)
FALLEN_HINT = tr(
    "Your words are among the earlier ones below: put them into the editor and correct what is marked."
)
FIXED = tr("A card is checked against this subject before it leaves, so it stays as it is.")
LEFT_OUT = tr("A paragraph whose field has nothing to say is left out.")
INVENTED = tr("The people here are invented.")
TOO_LONG = tr("This is too long to be shown.")
GOOD = tr("Nothing stands in the way of these words.")


def fitting(shelf: Sequence[OnShelf], direction: str, typed: str) -> tuple[OnShelf, ...]:
    """The letters of a direction in which every word that somebody looks for stands."""
    wanted = typed.casefold().split()
    return tuple(
        each
        for each in shelf
        if direction in (ALL, each.letter.side.value) and all(word in _told(each) for word in wanted)
    )


def _told(each: OnShelf) -> str:
    letter = each.letter
    parts = (
        letter.title,
        letter.when,
        TO[letter.side],
        STAGES[letter.stage],
        each.text.subject,
        each.text.body,
    )
    return " ".join(parts).casefold()  # fmt: skip


def rows(letters: Sequence[OnShelf], typed: frozenset[str]) -> list[QueueRow]:
    """The letters as lines, the first of each stage under its heading."""
    found, last = [], None
    for each in letters:
        letter = each.letter
        chip, kind = standing(each, letter.id in typed)
        heading = "" if letter.stage is last else STAGES[letter.stage]
        summary = f"{TO[letter.side].capitalize()} · {letter.when}"
        found.append(QueueRow(letter.id, letter.title, summary, "", chip, kind, heading=heading))
        last = letter.stage
    return found


def standing(each: OnShelf, typed: bool) -> tuple[str, ChipKind]:
    """The chip of a letter."""
    if typed:
        return TYPED, "wait"
    if each.fallen:
        return FALLEN, "risk"
    return (OWN, "good") if each.own else ("", "mute")


def about(letter: Letter) -> str:
    """To whom and when."""
    return f"{TO[letter.side].capitalize()}. {letter.when}"


def version_words(version: KeptText) -> str:
    """One version, by its day."""
    what = tr("The words of PeerMatch") if version.text is None else tr("Your words")
    return tr("{what}, kept on {in_words}").format(what=what, in_words=in_words(version.kept))


def summary(remarks: Sequence[Remark]) -> str:
    """How many things are to be looked at, as a screen reader says it."""
    grave = sum(1 for each in remarks if each.grave)
    asked = len(remarks) - grave
    parts = [tr("{count_of} to correct").format(count_of=count_of(grave, "thing"))] if grave else []
    parts += [tr("{count_of} to look at").format(count_of=count_of(asked, "thing"))] if asked else []
    return f"{' and '.join(parts)}." if parts else GOOD

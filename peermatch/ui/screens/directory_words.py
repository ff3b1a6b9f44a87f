"""What the directory page says in the window, and where it is."""

from peermatch.model.directory import Difference, Kind, TooMuch
from peermatch.words import count_of, in_words, tr

INTRO = tr(
    "A page of those who agreed to be listed, to be put on a web site or handed out. It names nobody beside anything "
    "that they did not agree to list, and small numbers are not given. What you see here is exactly what leaves."
)
KINDS = ((Kind.MEMBERS.value, tr("For members")), (Kind.PUBLIC.value, tr("For everybody")))
KIND_NOTES = {
    Kind.MEMBERS: tr("With the names of those who agreed. Put it only where members alone can read it."),
    Kind.PUBLIC: tr("Kinds of experience and numbers. It names nobody."),
}
NOBODY = tr("Nobody has agreed to be listed yet.")
NOBODY_NOTE = tr(
    "Record their yes to the members’ list in their record. Then they stand here, and you see how."
)
NOT_ASKED = tr("not asked yet how they wish to stand here")
HELD_BACK = tr("left out: their words say more than they agreed to list")
NO_WORDS = tr("No words of their own yet.")
NUMBERS = tr("Kinds of experience")
NOT_GIVEN = tr("not given")
LINKS = tr("Useful links")
NO_LINKS = tr("No link stands on the page yet.")
PLACES = tr("Where it stands")
NO_PLACES = tr(
    "Nobody said yet where the page was put. Say so, and PeerMatch tells you where it must be replaced when "
    "somebody says no."
)
NO_PAGE = tr("There is no page yet. Save one first.")
REPLACE = tr("The page of {day} must be replaced.")
REPLACE_NOTE = tr("Save the page again, put it where it stands, then press “Replaced” there.")
OFF, REALLY_OFF = tr("Take off the page"), tr("They said no: take them off")
SAVED = tr("Saved: {names}.")


def changed_words(changed: Difference | None) -> str:
    """What is new since the last page of its kind."""
    if changed is None:
        return tr("No such page has left yet.")
    day = in_words(changed.since)
    if changed.nothing:
        return tr("Nothing has changed since the page of {day}.").format(day=day)
    parts = [
        (len(changed.came), tr("{people} new")),
        (len(changed.went) + changed.erased, tr("{people} gone")),
        (len(changed.other), tr("{people} with other words or topics")),
    ]
    said = [words.format(people=count_of(count, "person", "people")) for count, words in parts if count]
    said += [tr("other numbers")] if changed.figures else []
    return tr("Since the page of {day}: {said}.").format(day=day, said=", ".join(said))


def too_much_words(found: TooMuch, names: tuple[str, ...]) -> str:
    """Of whom a page that stands somewhere says too much, and where; ``names`` as they may be shown."""
    erased = (
        (tr("{people} whose record was erased").format(people=count_of(found.erased, "person", "people")),)
        if found.erased
        else ()
    )
    who = tr("It says too much of: {who}.").format(who="; ".join((*names, *erased)).rstrip("."))
    where = ", ".join(place.name for place in found.places)
    return " ".join((who, tr("It stands at: {where}.").format(where=where))) if where else who

"""What is held on one supporter by the consent workbench: letters, files that they sent, and the directory page."""

from peermatch.model.access import Section
from peermatch.model.campaign import ConsentLetter
from peermatch.model.consent import Purpose
from peermatch.model.directory import Left, Listed
from peermatch.model.evidence import Evidence, size_words
from peermatch.model.onboarding import Stage
from peermatch.services.access_parts import Fields, Words, joined, told
from peermatch.store import campaigns, directory, evidence, onboarding
from peermatch.store.transaction import Transaction

_STAGES = {
    Stage.APPLIED: "You offered to help",
    Stage.TALK: "The talk with us",
    Stage.TRAINING: "The training",
    Stage.AGREEMENT: "The agreement",
    Stage.ACTIVE: "You became active",
    Stage.LEFT: "You left",
}


def asked_again(tx: Transaction, words: Words, supporter: str) -> tuple[Section, ...]:
    """Both sections of one person."""
    letters = campaigns.letters_to(tx, supporter)
    files = evidence.of(tx, supporter)
    return (
        Section(
            "Letters that asked you again", joined(_letter(n, each, words) for n, each in enumerate(letters))
        ),
        Section("Files that prove your consent", joined(_file(n, each) for n, each in enumerate(files))),
        Section("The directory page", _directory(tx, words, supporter)),
    )


def _directory(tx: Transaction, words: Words, supporter: str) -> Fields:
    """How they wish to stand on the page, and what every page that is out says of them."""
    own = directory.entry(tx, supporter)
    wished = (
        *told("directory.name", "Your name as you write it", own.name if own else None),
        *told("directory.words", "Your own words", own.words if own else None),
        *told("directory.said", "You said so", own.said if own else None),
    )
    places = directory.places(tx)
    return wished + joined(
        _listed(n, page, person, tuple(each.name for each in places if each.page == page.id), words)
        for n, (page, person) in enumerate(directory.listed_on(tx, supporter))
    )


def _listed(number: int, page: Left, person: Listed, places: tuple[str, ...], words: Words) -> Fields:
    key, name = f"listed[{number}]", f"Page {number + 1}"
    return joined(
        (
            told(f"{key}.made", f"{name}: made", page.made),
            told(f"{key}.name", f"{name}: it calls you", person.name),
            told(f"{key}.words", f"{name}: your own words", person.words),
            *(
                told(f"{key}.topics[{n}]", f"{name}: can talk about", words.topic(each))
                for n, each in enumerate(person.topics)
            ),
            *(told(f"{key}.places[{n}]", f"{name}: it stands at", each) for n, each in enumerate(places)),
        )
    )


def way_in(tx: Transaction, supporter: str) -> Fields:
    """What is noted of how they came in and what was checked; the names of those who checked are others'."""
    noted = onboarding.way(tx, supporter).noted
    return joined(
        (
            *told(f"way[{n}].day", _STAGES[each.stage], each.day),
            *told(f"way[{n}].by", f"{_STAGES[each.stage]}: by", each.by, about_others=True),
        )
        for n, each in enumerate(noted)
    )


def _letter(number: int, letter: ConsentLetter, words: Words) -> Fields:
    key, name = f"asked[{number}]", f"Letter {number + 1}"
    return joined(
        (
            *(
                told(f"{key}.about[{n}]", f"{name}: asked about", _about(words, purpose, topic))
                for n, (purpose, topic) in enumerate(letter.asked)
            ),
            told(f"{key}.sent", f"{name}: sent", letter.sent),
            told(f"{key}.recipient", f"{name}: to", letter.recipient),
            told(f"{key}.subject", f"{name}: subject", letter.subject),
            told(f"{key}.body", f"{name}: text", letter.body),
        )
    )


def _about(words: Words, purpose: Purpose, topic: str | None) -> str:
    named = words.topic(topic)
    said = words.purpose(purpose)
    return f"{named}: {said}" if named else said


def _file(number: int, held: Evidence) -> Fields:
    """A file goes along with the copy as it is, unless its name is left out: others may be spoken of in it."""
    key, name = file_key(number), f"File {number + 1}"
    return joined(
        (
            told(key, f"{name}: goes along with this copy", held.name, about_others=True),
            told(f"{key}.id", f"{name}: its mark", held.id),
            told(f"{key}.added", f"{name}: attached", held.added),
            told(f"{key}.size", f"{name}: how large", size_words(held.size)),
            told(f"{key}.sha256", f"{name}: its fingerprint (SHA-256)", held.sha256),
        )
    )


def file_key(number: int) -> str:
    """The key of the field that stands for a file itself; leaving it out leaves the file out."""
    return f"evidence[{number}]"

"""What an answer says no to: kept as a no, as one to a letter is, and never passed over."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from peermatch.model.campaign import Key
from peermatch.model.characteristics import Vocabulary
from peermatch.model.consent import PER_CHARACTERISTIC, ConsentGate, ConsentRecord, Method, Purpose, Standing
from peermatch.model.form import FormMapping
from peermatch.model.people import Supporter
from peermatch.services.form_rows import Answer
from peermatch.services.purpose_words import PURPOSE_WORDS


def refused(
    answer: Answer,
    agreed: Iterable[ConsentRecord],
    person: Supporter,
    gate: ConsentGate,
    vocabulary: Vocabulary,
) -> tuple[Key, ...]:
    """Each no of an answer that is none on record yet and that no later yes has answered; ``person`` as they would be.

    A no to naming every experience is not kept of one that they have still to be asked about by itself: it would keep
    every list from bringing that one up.
    """
    spoken_of = {each.characteristic for each in agreed if each.purpose is Purpose.MATCH}
    found: dict[Key, None] = {}
    for purpose, no in sorted(answer.refused, key=lambda each: each[0] is not Purpose.MATCH):
        for topic in topics_of(purpose, no, person, vocabulary):
            ruling = gate.ruling(purpose, topic)
            newer = ruling.record is not None and answer.day is not None and ruling.record.given > answer.day
            if newer or ruling.standing is Standing.WITHDRAWN:
                continue
            if no is None and topic is not None and purpose is not Purpose.MATCH:
                asked = topic in spoken_of or (Purpose.MATCH, topic) in found
                if not asked and gate.ruling(Purpose.MATCH, topic).standing is Standing.NEVER:
                    continue
            found[purpose, topic] = None
    return tuple(found)


def topics_of(
    purpose: Purpose, no: str | None, person: Supporter, vocabulary: Vocabulary
) -> Iterator[str | None]:
    """What a no is about: itself, or each experience on the record where it names none, or that lies under its own."""
    if purpose not in PER_CHARACTERISTIC:
        yield None
        return
    under = {no, *vocabulary.narrower(no)} if no and vocabulary.is_term(no) else {no}
    listed = (*person.characteristics, *(each.characteristic for each in person.consents))
    yield from (each for each in dict.fromkeys(listed) if each and (no is None or each in under))


def nothing_else(answer: Answer) -> Answer:
    """The answer of somebody on record who does not agree to be: their no, and nothing else that they wrote."""
    name = {key: value for key, value in answer.said.items() if key == "name"}
    no: list[Key] = [(Purpose.HOLD, None)]
    return Answer(
        answer.number, answer.day, answer.second, name, answer.addresses, refused=no, twins=answer.twins
    )


def refusals(
    keys: Iterable[Key], day: date, mapping: FormMapping, evidence: str
) -> tuple[ConsentRecord, ...]:
    """The same as records: they say no from the day of the answer on."""
    return tuple(
        ConsentRecord(purpose, topic, day, None, day, Method.FORM, mapping.wording, None, evidence)
        for purpose, topic in keys
    )


def held_against(answer: Answer, before: Supporter, gate: ConsentGate, vocabulary: Vocabulary) -> str:
    """What somebody had agreed to and says no to here, in words; a no that is on record was answered by a later yes."""
    known = {r.purpose for r in before.consents if r.refused and r.given == answer.day}
    found = {
        PURPOSE_WORDS[purpose]
        for purpose, no in answer.refused
        for topic in (no, *topics_of(purpose, no, before, vocabulary))
        if (ruling := gate.ruling(purpose, topic)).valid
        and not (purpose in known and ruling.record and answer.day and ruling.record.given > answer.day)
    }
    return ", ".join(sorted(found))


def taken_back_since(record: ConsentRecord, before: Supporter, vocabulary: Vocabulary) -> date | None:
    """The day on which a yes of a form was taken back after it was given; None where it stands."""
    topic = record.characteristic
    above = vocabulary.broader_terms(topic) if topic and vocabulary.is_term(topic) else ()
    taken_back = (
        each.withdrawn
        for each in before.consents
        if each.purpose is record.purpose and each.characteristic in (topic, *above)
    )
    later = max(filter(None, taken_back), default=None)
    return later if later is not None and later >= record.given else None


def said_no(keys: Iterable[Key], label: Callable[[str], str]) -> str:
    """What is refused, in words: each purpose once, with the experiences that it is about."""
    topics: dict[Purpose, list[str]] = {}
    for purpose, topic in keys:
        topics.setdefault(purpose, []).extend([label(topic)] if topic else [])
    return ", ".join(
        f"{PURPOSE_WORDS[purpose]} ({', '.join(named)})" if named else PURPOSE_WORDS[purpose]
        for purpose, named in topics.items()
    )

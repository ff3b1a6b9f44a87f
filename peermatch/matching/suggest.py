"""Reads out of a letter what it seems to ask for, each with the words that say so; a person decides what is right."""

from collections.abc import Callable, Mapping
from copy import copy

from peermatch.matching.suggesting.cues import Cues
from peermatch.matching.suggesting.exclusions import Exclusions
from peermatch.matching.suggesting.grammar import Grammar
from peermatch.matching.suggesting.places import Places
from peermatch.matching.suggesting.reaching import Reaching
from peermatch.matching.suggesting.reading import read
from peermatch.matching.suggesting.risk import Risks
from peermatch.matching.suggesting.scopes import Scopes
from peermatch.matching.suggesting.sense import Sense, Sensed
from peermatch.matching.suggesting.topics import Topics
from peermatch.matching.suggesting.training import Training
from peermatch.matching.suggesting.weighing import Alarm, Clue
from peermatch.matching.suggesting.words import Stemmer
from peermatch.model.letter import Letter, Proposal, Scope
from peermatch.model.reference import Reference


class Suggester:
    """An index of how doctors write about the vocabulary; built once, then asked about letter after letter.

    ``sense`` gives the sentence model, which ranks below the rules; it is asked for at the first letter, so that
    opening a window does not wait for it. Without it the rules read alone.
    """

    def __init__(
        self, reference: Reference, cues: Mapping[str, str], sense: Callable[[], Sense] | None = None
    ) -> None:
        self._cues, self._sense = cues, sense
        parsed = Cues.parse(cues)
        self._stemmer = parsed.language.stemmer
        self._grammar = Grammar(parsed)
        self._training = Training(reference.specialties, reference.grades, parsed, self._grammar)
        self._exclusions = Exclusions(Places(reference.organisations, parsed), self._training, parsed)
        self._topics = Topics(reference.vocabulary, parsed, self._grammar)
        self._risks = Risks(parsed, self._grammar)
        self._scopes = Scopes(parsed)
        self._reaching = Reaching(parsed)

    @property
    def stemmer(self) -> Stemmer:
        """How words are brought together here; only to learn weights from."""
        return self._stemmer

    def forget(self) -> None:
        """The network locks: not a word of any letter stays."""
        self._stemmer.forget()

    def propose(self, letter: Letter) -> Proposal:
        """What a letter seems to ask for; nothing but risk is proposed for one that is no enquiry."""
        reading = read(letter, self._stemmer)
        away = self._exclusions.read(reading)
        setting = self._grammar.setting(reading, away.unwanted)
        sensed = self._sense().read(reading) if self._sense else None
        risk, risk_passages = self._risks.read(reading, setting, sensed)
        scope = self._scopes.read(reading, risk=bool(risk), sensed=sensed)
        if scope is not Scope.IN_SCOPE:
            return Proposal(
                scope,
                risk=risk,
                risk_passages=risk_passages,
                for_somebody_else=setting.for_somebody_else,
            )
        specialty, grade = self._training.read(reading, setting)
        topics, more = self._topics.read(reading, setting, risk, risk_passages, sensed)
        return Proposal(
            scope=scope,
            topics=topics,
            more=more,
            risk=risk,
            risk_passages=risk_passages,
            exclude_organisations=away.organisations,
            exclude_specialties=away.specialties,
            exclude_people=away.people,
            specialty=specialty,
            grade=grade,
            contact=self._reaching.way(reading),
            for_somebody_else=setting.for_somebody_else,
            safe_contact=self._reaching.safely(reading),
        )

    def of_network(self, reference: Reference) -> "Suggester":
        """The same reader for a network that has terms and organisations of its own."""
        return Suggester(reference, self._cues, self._sense)

    def with_sense(self, sense: Callable[[], Sense]) -> "Suggester":
        """The same rules beside another sentence model; only to learn weights from."""
        other = copy(self)
        other._sense = sense
        return other

    def clues(self, letter: Letter, sense: Sense) -> tuple[dict[str, Clue], Alarm, Sensed]:
        """What speaks for each topic and for danger, before it is weighed; only to learn weights from."""
        reading = read(letter, self._stemmer)
        setting = self._grammar.setting(reading, self._exclusions.read(reading).unwanted)
        risk, places = self._risks.read(reading, setting)
        sensed = sense.read(reading)
        found = self._topics.clues(reading, setting, risk, places, sensed)
        return found, self._risks.alarm(reading, setting, sensed), sensed


def proposal_to_dict(proposal: Proposal) -> dict[str, object]:
    """The JSON of ``suggest --json`` (formats), strengths rounded to three digits."""
    return {
        "scope": proposal.scope.value,
        "topics": [
            {
                "characteristic": each.characteristic,
                "words": list(each.words),
                "strength": round(each.strength, 3),
            }
            for each in proposal.topics
        ],
        "risk": [{"kind": each.kind.value, "words": list(each.words)} for each in proposal.risk],
        "exclusions": {
            "organisations": list(proposal.exclude_organisations),
            "specialties": list(proposal.exclude_specialties),
            "people": list(proposal.exclude_people),
        },
        "specialty": proposal.specialty,
        "grade": proposal.grade,
        "contact": proposal.contact.value if proposal.contact else None,
    }

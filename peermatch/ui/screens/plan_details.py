"""What stands beside the plan for one enquiry, made from the picture in memory; ranking runs at once."""

from dataclasses import dataclass

from peermatch.model.enquiry import Enquiry, Importance
from peermatch.model.plan import Pair, Plan, Unserved, points
from peermatch.model.verdict import Shortlist, Suggestion
from peermatch.services.office import Services
from peermatch.services.risk_words import risk_words
from peermatch.ui.screens.enquiry_words import received_words
from peermatch.ui.screens.plan_choices import Choices
from peermatch.ui.screens.plan_options import OptionFace
from peermatch.ui.screens.plan_pane import Detail
from peermatch.ui.screens.plan_words import NO_NEEDS, place_words
from peermatch.ui.screens.shortlist_facts import Face, Rarity, about, face, ordinal
from peermatch.ui.widgets.chip import ChipKind
from peermatch.words import count_of, tr

NOTE_FIRST = tr("Open the enquiry and note what was done; then it is planned.")
MOST = 48
"""So many people are offered at most; the enquiry itself lists everybody."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One enquiry as the plan has it."""

    plan: Plan
    enquiry: Enquiry
    choices: Choices
    pair: Pair | None
    unserved: Unserved | None

    @classmethod
    def of(cls, plan: Plan, enquiry: Enquiry, choices: Choices) -> "Subject":
        """Find it in the plan."""
        pair = next((each for each in plan.pairs if each.enquiry == enquiry.reference), None)
        unserved = next((each for each in plan.unserved if each.enquiry == enquiry.reference), None)
        return cls(plan, enquiry, choices, pair, unserved)

    @property
    def reference(self) -> str:
        """By which it is known."""
        return self.enquiry.reference

    @property
    def planned(self) -> bool:
        """Whether the plan is for it: it is neither held nor gone since."""
        return not self.enquiry.held and (self.pair is not None or self.unserved is not None)


def detail(services: Services, subject: Subject) -> Detail | None:
    """The right side; nothing while the picture has moved on and the next plan is not there yet."""
    enquiry, picture, today = subject.enquiry, services.desk.snapshot, services.desk.today
    came = received_words(enquiry, picture.introductions_of(enquiry.reference), today)
    came = f"{came[:1].upper()}{came[1:]}"
    if enquiry.held:
        first = tr("Safety comes first: {risk_words}.").format(risk_words=risk_words(enquiry))
        return Detail(subject.reference, "held", came, words=f"{first} {NOTE_FIRST}")
    if not subject.planned:
        return None
    shortlist = services.shortlists.of_draft(enquiry, today)
    topics = _topics(services, enquiry)
    if subject.pair is None:
        return Detail(
            subject.reference, "nobody", came, topics, _why(subject), others=len(shortlist.suggested)
        )
    shown = _face(services, subject.pair, enquiry, shortlist)
    if shown is None:
        return None
    return Detail(
        reference=subject.reference,
        kind="pair",
        about=came,
        topics=topics,
        face=shown,
        place=place_words(subject.pair),
        pinned=subject.pair.pinned,
        others=len(shortlist.suggested) - 1,
    )


def options(services: Services, subject: Subject) -> tuple[OptionFace, ...]:
    """Everybody whom this enquiry's own list suggests, best first."""
    picture, out = services.desk.snapshot, subject.choices.ruled_out_for(subject.reference)
    suggested = services.shortlists.of_draft(subject.enquiry, services.desk.today).suggested
    given = subject.pair.supporter if subject.pair is not None else ""
    found = []
    for place, each in enumerate(suggested[:MOST], start=1):
        person = picture.supporters[each.supporter]
        found.append(
            OptionFace(
                supporter=person.id,
                name=person.shown_name,
                about=about(picture, person),
                score=points(each.score),
                place=tr("{ordinal} of {suggested} in its own list").format(
                    ordinal=ordinal(place), suggested=len(suggested)
                ),
                given=person.id == given,
                ruled_out=person.id in out,
            )
        )
    return tuple(found)


def _why(subject: Subject) -> str:
    """Why there is nobody, and what could be done."""
    if not subject.enquiry.needs:
        return tr("{no_needs} Open the enquiry and confirm its topics; then it is planned.").format(
            no_needs=NO_NEEDS
        )
    words = subject.unserved.text if subject.unserved is not None else ""
    out = len(subject.choices.ruled_out_for(subject.reference))
    return (
        tr("{words} You ruled out {count_of}.").format(
            words=words, count_of=count_of(out, "person", "people")
        )
        if out
        else words
    )


def _topics(services: Services, enquiry: Enquiry) -> tuple[tuple[str, ChipKind], ...]:
    label = services.desk.snapshot.reference.vocabulary.label
    found: list[tuple[str, ChipKind]] = []
    for need in enquiry.needs:
        essential = need.importance is Importance.ESSENTIAL
        words = f"{label(need.characteristic)} · {'essential' if essential else 'helpful'}"
        found.append((words, "essential" if essential else "helpful"))
    return tuple(found)


def _face(services: Services, pair: Pair, enquiry: Enquiry, shortlist: Shortlist) -> Face | None:
    """The person of a pair as the shortlist shows them, if they still stand where the plan found them."""
    found = _suggestion(shortlist, pair)
    if found is None:
        return None
    grounds = services.shortlists.grounds(shortlist, enquiry)
    id, rarity = pair.supporter, Rarity()
    if found.rare:
        rarity = Rarity(grounds.scarce(id), grounds.others(id))
    return face(grounds.snapshot, enquiry, found, shortlist, rarity)


def _suggestion(shortlist: Shortlist, pair: Pair) -> Suggestion | None:
    if pair.place > len(shortlist.suggested):
        return None
    found = shortlist.suggested[pair.place - 1]
    return found if found.supporter == pair.supporter else None

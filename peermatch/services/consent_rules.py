"""When no yes, and no no, can be recorded: nobody decides about the data, or there is nothing that it is about."""

from collections.abc import Iterable

from peermatch.errors import BadInput, Refused
from peermatch.model.consent import PER_CHARACTERISTIC, ConsentRecord, Purpose
from peermatch.model.people import Supporter
from peermatch.services.purpose_words import PURPOSE_WORDS
from peermatch.store import settings
from peermatch.store.transaction import Transaction
from peermatch.words import in_words, tr

NO_CONTROLLER = tr("Nobody is stated as controller yet, so no consent can be recorded.")
NO_WORDING = tr("No wording is kept yet: write one under Consent, Wordings.")
STATE_IT = tr(
    "Say who decides about the data: press State it above the page, or use the command controller with the name."
)


def refuse_shape(purpose: Purpose, characteristic: str | None) -> None:
    """Some purposes are agreed to for one characteristic each, the others for none."""
    if purpose in PER_CHARACTERISTIC and characteristic is None:
        raise BadInput(
            tr("Consent for {value} is given for one characteristic.").format(value=purpose.value),
            tr("Name the characteristic."),
        )
    if purpose not in PER_CHARACTERISTIC and characteristic is not None:
        raise BadInput(
            tr("Consent for {value} is not about a characteristic.").format(value=purpose.value),
            tr("Leave the characteristic out."),
        )


def refuse_without_controller(tx: Transaction) -> None:
    """Whoever agrees must know who decides about the data, so without that nobody's yes is recorded (rules, 1.8)."""
    if settings.controller(tx) is None:
        raise Refused(NO_CONTROLLER, STATE_IT)


def refuse_unknown_wording(tx: Transaction, wording: str) -> None:
    """Consent rests on words that are kept in full: a wording that the network does not hold is bad input."""
    held = settings.wordings(tx)
    if held is not None and wording not in {each.id for each in held}:
        raise BadInput(
            tr("There is no wording {wording} in this network.").format(wording=wording),
            tr("Use one of: ") + ", ".join(w.id for w in held) + ".",
        )


def refuse_before_a_no(person: Supporter, records: Iterable[ConsentRecord]) -> None:
    """A yes of an earlier day never goes over a no that came after it, as where a clock was set back."""
    for record in records:
        key = (record.purpose, record.characteristic)
        own = (each.withdrawn for each in person.consents if (each.purpose, each.characteristic) == key)
        later = max(filter(None, own), default=record.given)
        if later > record.given:
            raise Refused(
                tr("{id} took back the yes to “{purpose}” on {in_words}, which is after {given}.").format(
                    id=person.id,
                    purpose=PURPOSE_WORDS[record.purpose],
                    in_words=in_words(later),
                    given=in_words(record.given),
                ),
                tr("Nothing was recorded. See that the day is right, or ask them again."),
            )


def nothing_to_withdraw(supporter: str, purpose: Purpose, record: ConsentRecord | None) -> Refused:
    """Why there is nothing to take back: there never was a yes, or it was taken back before."""
    if record is None or record.withdrawn is None:
        what = tr("{supporter} has no consent to “{purpose}” that could be withdrawn.")
        return Refused(what.format(supporter=supporter, purpose=PURPOSE_WORDS[purpose]))
    return Refused(
        tr("This consent was withdrawn on {in_words} already.").format(in_words=in_words(record.withdrawn))
    )

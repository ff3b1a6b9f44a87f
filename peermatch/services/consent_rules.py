"""When no yes can be recorded: nobody decides about the data, the words are not kept, or it is about nothing."""

from peermatch.errors import BadInput, Refused
from peermatch.model.consent import PER_CHARACTERISTIC, Purpose
from peermatch.store import settings
from peermatch.store.transaction import Transaction
from peermatch.words import tr

NO_CONTROLLER = tr("Nobody is stated as controller yet, so no consent can be recorded.")
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

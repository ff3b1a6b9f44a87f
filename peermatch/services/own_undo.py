"""What taking back a change of the network's own lists must not do: leave records that name what is gone."""

import json
from collections.abc import Iterable

from peermatch.errors import BadInput
from peermatch.model.characteristics import Vocabulary
from peermatch.model.consent import ConsentRules
from peermatch.model.own_terms import widened
from peermatch.services.desk import Desk
from peermatch.services.snapshot import own_reference
from peermatch.store import own_lists, supporters, undo
from peermatch.store.journal import Entry, Image
from peermatch.store.transaction import Transaction
from peermatch.words import tr

LISTS = frozenset({"own_term", "own_organisation"})


def refuse_unfit(desk: Desk, tx: Transaction, line: Entry, images: Iterable[Image]) -> None:
    """Refuse an undoing after which the lists would not hold together; asked after the rows were put back."""
    touched = [image for image in images if image.table in LISTS]
    if not touched:
        return
    for image in touched:
        (id,) = json.loads(image.key)
        if image.before is None and not _ships(desk, id) and own_lists.named_elsewhere(tx, id):
            raise undo.refusal(line, tr("other records name it by now"))
    try:
        after = own_reference(desk.shipped.reference, tx)
    except BadInput:
        raise undo.refusal(line, tr("other entries of the list rest on it")) from None
    rules = desk.snapshot.rules
    then = ConsentRules(rules.wordings, after.vocabulary.broader_terms)
    people = widened(supporters.every(tx), rules, then, desk.today)
    if people:
        named = ", ".join(each.id for each in people)
        raise undo.refusal(
            line, tr("an older yes would count for more than was agreed to ({named})").format(named=named)
        )
    _refuse_newer_yes(tx, line, touched, after.vocabulary)


def _refuse_newer_yes(tx: Transaction, line: Entry, touched: Iterable[Image], restored: Vocabulary) -> None:
    """Whoever agreed to something broader while the term stood elsewhere did not agree to the term."""
    moved = [row for row in map(_moved, touched) if row]
    above = {broader for id in moved for broader in restored.broader_terms(id)}
    since = line.at.astimezone().date()
    people = [
        person.id
        for person in (supporters.every(tx) if above else ())
        if any(each.characteristic in above and each.given >= since for each in person.consents)
    ]
    if people:
        named = ", ".join(people)
        raise undo.refusal(
            line, tr("somebody has agreed to something broader since ({named})").format(named=named)
        )


def _moved(image: Image) -> str:
    """The id of a term that would stand under something else again."""
    if image.table != "own_term" or image.before is None or image.after is None:
        return ""
    before, after = (json.loads(body)["body"] for body in (image.before, image.after))
    (id,) = json.loads(image.key)
    return str(id) if before.get("broader") != after.get("broader") else ""


def _ships(desk: Desk, id: str) -> bool:
    """Whether something of that id is left without the network's own word over it."""
    lists = desk.shipped.reference
    return lists.organisations.knows(id) or lists.vocabulary.knows(id)

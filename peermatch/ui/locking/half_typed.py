"""What is half-typed on the screens, taken when the window locks and put back when it is unlocked."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peermatch.model.edits import changed
from peermatch.model.people import Supporter
from peermatch.services.drafts import Draft
from peermatch.ui.locking import under_way, visited
from peermatch.ui.locking.forms import Values, fill, values_of
from peermatch.ui.locking.own_terms import (
    put_check,
    put_organisation,
    put_term,
    take_check,
    take_organisation,
    take_term,
)
from peermatch.ui.locking.place import UNFIT, go_back, writing
from peermatch.ui.locking.visited import Screens
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.ui.screens.consent_give import GivePanel
    from peermatch.ui.screens.enquiries import EnquiriesScreen
    from peermatch.ui.screens.finder import EditableText
    from peermatch.ui.screens.policy_panel import PolicyPanel
    from peermatch.ui.screens.supporters import SupportersScreen

PLACE = "place"
"""Where the person was; it alone is no half-typed work."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of half-typed work: how it is taken from the screens (None for nothing), and put back."""

    key: str
    take: Callable[[Screens], Values | None]
    put_back: Callable[[Screens, Values], bool]


def taken(screens: Screens, current: str, before: Values | None = None) -> tuple[Draft, ...]:
    """Everything that is half-typed, and the place; where nobody has been to a screen, it is as it was before."""
    found = [(part.key, part.take(screens)) for part in PARTS]
    found.append((PLACE, _place(screens, current, before or {})))
    return tuple(Draft(key, json.dumps(values, sort_keys=True)) for key, values in found if values)


def unfinished(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The drafts without the place."""
    return tuple(draft for draft in drafts if draft.key != PLACE)


def put_back(screens: Screens, drafts: tuple[Draft, ...], go: Callable[[str], None]) -> bool:
    """Put everything back and go to the screen where the person was; whether something half-typed has come back.

    What belongs to a record that is no longer there, and what a later program does not know, is let go. Lines that
    are saved when they are left come last, so that nothing takes the keyboard from them.
    """
    kept = {draft.key: _values(draft) for draft in drafts}
    back = [_put(part, screens, kept[part.key]) for part in PARTS if kept.get(part.key) and part is not LINES]
    place = kept.get(PLACE, {})
    go_back(screens, place)
    if place.get("screen") in screens:
        go(str(place["screen"]))
    if kept.get(LINES.key):
        back.append(_put(LINES, screens, kept[LINES.key]))
    return any(back)


def _put(part: Part, screens: Screens, values: Values) -> bool:
    """What another version of the program kept may have another shape: it is no reason not to open."""
    try:
        return part.put_back(screens, values)
    except UNFIT:
        return False


def _values(draft: Draft) -> Values:
    try:
        found = json.loads(draft.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


# The place.


def _place(screens: Screens, current: str, before: Values) -> Values:
    enquiries, supporters = visited.enquiries(screens), visited.supporters(screens)
    person = supporters.record.person if supporters else None
    return {
        "screen": current,
        "enquiry": enquiries.reference if enquiries else before.get("enquiry", ""),
        "page": enquiries.pane.page if enquiries else before.get("page", ""),
        "supporter": person.id if person else "" if supporters else before.get("supporter", ""),
        "introduction": _introduction(screens, before),
        "pages": {**before.get("pages", {}), **visited.pages(screens)},
    }


def _introduction(screens: Screens, before: Values) -> object:
    """The one that is shown; of a screen that nobody came to, the one that was shown before."""
    steps = visited.introductions(screens)
    if steps is None:
        return before.get("introduction", [])
    return [steps.current.enquiry, steps.current.supporter] if steps.current else []


# A new letter.


def _take_letter(screens: Screens) -> Values | None:
    screen = visited.enquiries(screens)
    new = screen.pane.late_new.built if screen is not None else None
    if screen is None or new is None or not (text := new.text.toPlainText()):
        return None
    return {"text": text, "open": writing(screen)}


def _put_letter(screens: Screens, values: Values) -> bool:
    screen = visited.enquiries(screens)
    if screen is None:
        return False
    screen.pane.new.text.setPlainText(str(values.get("text", "")))
    if values.get("open"):
        screen.act()
    return True


# The enquiry that is open: lines that are being edited, a topic that is being looked for, a note about a risk.


def _lines(screen: "EnquiriesScreen") -> "dict[str, EditableText]":
    from peermatch.ui.screens.finder import EditableText

    return {each.line.accessibleName(): each for each in screen.findChildren(EditableText)}


def _take_enquiry(screens: Screens) -> Values | None:
    screen = visited.enquiries(screens)
    if screen is None or not screen.reference:
        return None
    open_lines = {name: each for name, each in _lines(screen).items() if not each.line.isHidden()}
    lines = {n: e.line.text() for n, e in open_lines.items() if e.line.text() != e.value()}
    finder = screen.pane.needs.finder
    topic = finder.line.text() if not finder.isHidden() else ""
    risk = late.line.text() if (late := screen.people.late_risk.built) is not None else ""
    if not (lines or topic or risk):
        return None
    return {
        "reference": screen.reference,
        "page": screen.pane.page,
        "lines": lines,
        "was": {name: open_lines[name].value() for name in lines},
        "topic": topic,
        "risk": risk,
    }


def _put_enquiry(screens: Screens, values: Values) -> bool:
    screen = visited.enquiries(screens)
    reference = str(values.get("reference", ""))
    if screen is None or reference not in screen.services.desk.snapshot.enquiries:
        return False
    screen.open_at(reference)
    screen.pane.show_page(str(values["page"]))
    screen.people.risk.line.setText(values["risk"])
    if values["topic"]:
        screen.pane.needs.finder.open()
        screen.pane.needs.finder.line.setText(values["topic"])
        screen.pane.needs.finder.line.textEdited.emit(values["topic"])
    if values["lines"]:
        screen.pane.late_details.make()
    known = _lines(screen)
    for name, text in values["lines"].items():
        if name in known:
            known[name].change.click()
            known[name].line.setText(text)
            now = known[name].value()
            if values.get("was", {}).get(name, now) != now:
                hint = tr("It says now: {value}.").format(value=now or "nothing")
                screen.banner.show_message(
                    "wait", tr("“{name}” was changed after you began to write.").format(name=name), hint
                )
    return True


# A supporter's record in the editor.


def _take_record(screens: Screens) -> Values | None:
    screen = visited.supporters(screens)
    if screen is None or not screen.editing:
        return None
    person = screen.editor.fields.record()
    return {
        "id": person.id,
        "seen": dict(screen.editor.seen),
        "values": values_of(vars(screen.editor.fields)),
    }


def _put_record(screens: Screens, values: Values) -> bool:
    screen = visited.supporters(screens)
    id = str(values.get("id", ""))
    person = _in_picture(screen, id) if screen else None
    if screen is None or (id and person is None):
        return False
    if person is None:
        screen.act()
    else:
        screen.open_at(supporter=id)
        screen.record.edit.emit()
    fill(vars(screen.editor.fields), values["values"])
    seen = values["seen"]
    if person is not None and isinstance(seen, dict) and changed(seen, person):
        screen.editor.seen = seen
        screen.editor.meet(person)
    elif person is not None and not isinstance(seen, dict):  # what an earlier program kept says too little
        from peermatch.ui.screens.supporter_editor import MOVED_ON

        screen.editor.banner.show_message("wait", MOVED_ON)
    return True


def _in_picture(screen: "SupportersScreen", id: str) -> Supporter | None:
    return screen.services.desk.snapshot.supporters.get(id)


# Consent that is being recorded.


def _take_consent(screens: Screens) -> Values | None:
    screen = visited.supporters(screens)
    person = screen.record.person if screen else None
    if screen is None or person is None or screen.record.consent.give_panel.isHidden():
        return None
    return {"id": person.id, "values": values_of(_consent_editors(screen.record.consent.give_panel))}


def _put_consent(screens: Screens, values: Values) -> bool:
    screen = visited.supporters(screens)
    if screen is None or _in_picture(screen, str(values.get("id", ""))) is None:
        return False
    if not screen.editing:
        screen.open_at(supporter=str(values["id"]))
    consent, panel = screen.record.consent, screen.record.consent.give_panel
    consent.record.click()
    topic, wording = values["values"].get("topic"), values["values"].get("wording")
    for choice, key in ((panel.topic, topic), (panel.wording, wording)):
        if isinstance(key, str) and choice.findData(key) >= 0:
            choice.set_current(key)
            choice.chosen.emit(key)
    rest = {name: value for name, value in values["values"].items() if name not in ("topic", "wording")}
    fill(_consent_editors(panel), rest)
    return True


def _consent_editors(panel: "GivePanel") -> dict[str, object]:
    ticks = {f"tick:{purpose.value}": tick for purpose, tick in panel.ticks.items()}
    return {
        "topic": panel.topic,
        "wording": panel.wording,
        "method": panel.method,
        "day": panel.day,
        "until": panel.until,
        "evidence": panel.evidence,
        **ticks,
    }


# Weights that are not kept yet.


def _policy(screens: Screens) -> "PolicyPanel | None":
    found = visited.settings(screens)
    return found.policy if found is not None else None


def _take_policy(screens: Screens) -> Values | None:
    panel = _policy(screens)
    if panel is None or not panel.dirty:
        return None
    return {"name": panel.fields.name.text(), "lines": values_of(panel.fields.lines)}


def _put_policy(screens: Screens, values: Values) -> bool:
    panel = _policy(screens)
    if panel is None:
        return False
    panel.fields.name.setText(str(values["name"]))
    fill(panel.fields.lines, values["lines"])
    return True


# A plan that was changed by hand: references and ids alone.


def _take_plan(screens: Screens) -> Values | None:
    screen = visited.plan(screens)
    return screen.draft() or None if screen is not None else None


def _put_plan(screens: Screens, values: Values) -> bool:
    screen = visited.plan(screens)
    if screen is None:
        return False
    screen.take_draft(values)
    return bool(screen.choices.count)


# A request, what went wrong, or what is to be left out of a copy of somebody's data.


def _take_duties(screens: Screens) -> Values | None:
    screen = visited.duties(screens)
    return screen.draft() or None if screen is not None else None


def _put_duties(screens: Screens, values: Values) -> bool:
    screen = visited.duties(screens)
    return screen is not None and screen.take_draft(values)


# Answers about consent that are half marked, or a wording that is half written.


def _take_workbench(screens: Screens) -> Values | None:
    screen = visited.consents(screens)
    return screen.draft() or None if screen is not None else None


def _put_workbench(screens: Screens, values: Values) -> bool:
    screen = visited.consents(screens)
    return screen is not None and screen.take_draft(values)


# A signpost that is half corrected, or half added.


def _take_resources(screens: Screens) -> Values | None:
    screen = visited.resources(screens)
    return screen.draft() or None if screen is not None else None


def _put_resources(screens: Screens, values: Values) -> bool:
    screen = visited.resources(screens)
    return screen is not None and screen.take_draft(values)


LINES = Part("enquiry", _take_enquiry, _put_enquiry)
PARTS: tuple[Part, ...] = (
    LINES,
    Part("letter", _take_letter, _put_letter),
    Part("arrivals", under_way.take_arrivals, under_way.put_arrivals),
    Part("card", under_way.take_card, under_way.put_card),
    Part("supporter", _take_record, _put_record),
    Part("form", under_way.take_form, under_way.put_form),
    Part("consent", _take_consent, _put_consent),
    Part("policy", _take_policy, _put_policy),
    Part("plan", _take_plan, _put_plan),
    Part("duties", _take_duties, _put_duties),
    Part("workbench", _take_workbench, _put_workbench),
    Part("term", take_term, put_term),
    Part("organisation", take_organisation, put_organisation),
    Part("check", take_check, put_check),
    Part("resources", _take_resources, _put_resources),
)

"""Laws of two edits of one record: nothing is lost silently, whoever comes first."""

from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.model.edits import changed, marks, merged
from peermatch.model.people import Boundaries, Supporter

SEEN = Supporter(id="S-1", name="Kim Li", phone="07700 900000", capacity=2)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name": st.text(max_size=3),
    "phone": st.none() | st.text(max_size=2),
    "capacity": st.integers(0, 2),
    "boundaries": st.builds(Boundaries, same_organisation=st.booleans()),
    "characteristics": st.lists(st.sampled_from("ab"), max_size=2).map(tuple),
}
EDITS = st.fixed_dictionaries({}, optional=VALUES)


@given(EDITS, EDITS)
@settings(max_examples=60)
def test_every_change_of_either_stands_or_is_said(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    edited, now = replace(SEEN, **mine), replace(SEEN, **theirs)
    found = merged(marks(SEEN), edited, now)
    for field in fields(SEEN):
        before, my, new = (getattr(each, field.name) for each in (SEEN, edited, now))
        result = getattr(found.record, field.name)
        if my == before:
            assert result == new
            assert (field.name in found.theirs) == (new != before)
        else:
            assert result == my
            assert (field.name in found.both) == (new not in (before, my))
    assert set(found.theirs) | set(found.both) <= set(changed(marks(SEEN), now))


@given(EDITS)
@settings(max_examples=20)
def test_nothing_moved_means_nothing_to_say(mine: dict[str, Any]) -> None:
    found = merged(marks(SEEN), replace(SEEN, **mine), SEEN)
    assert (found.record, found.theirs, found.both) == (replace(SEEN, **mine), (), ())
    assert changed(marks(SEEN), SEEN) == ()


def test_marks_say_nothing_of_a_value_and_a_new_field_is_no_change() -> None:
    found = marks(SEEN)
    assert set(found) == {field.name for field in fields(SEEN)}
    assert "Kim" not in str(found)
    del found["notes"]
    assert changed(found, replace(SEEN, notes="from a newer program", phone=None)) == ("phone",)

"""What a command returns: the records that it touched, joined."""

from peermatch.model.changes import Done, Touched


def test_touched_records_are_joined() -> None:
    one = Touched(frozenset({"S-1"}), frozenset({"E-1"}))
    two = Touched(frozenset({"S-2"}), network=True)
    both = Touched(frozenset({"S-1", "S-2"}), frozenset({"E-1"}), network=True)
    assert one.joined(two) == two.joined(one) == both
    assert one.joined(Touched()) == one


def test_a_command_that_cannot_be_undone_says_so_by_nothing() -> None:
    assert Done(Touched(), "Noted.").undo is None

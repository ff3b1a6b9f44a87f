"""How far an opening has come is told while it lasts, and nothing once it is done."""

from peermatch.services.making import Making


def test_it_is_told_until_all_are_made() -> None:
    making = Making()
    making.note(256, 1_000)
    assert (making.done, making.of) == (256, 1_000)
    making.note(1_000, 1_000)
    assert making == Making()

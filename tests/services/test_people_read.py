"""The records of supporters are read when somebody asks for one, and not before."""

import shutil
from dataclasses import replace
from pathlib import Path

from peermatch.matching.engine import shortlist_to_dict
from peermatch.model.people import Supporter
from peermatch.services.office import Doors
from peermatch.services.people import People
from peermatch.services.shipped import Shipped
from peermatch.store.kdf import FLOOR
from tests.networks import AMINA, DAY, clock


def test_they_are_read_once_and_only_when_asked_for() -> None:
    reads: list[int] = []

    def read() -> dict[str, Supporter]:
        reads.append(1)
        return {AMINA.id: AMINA}

    people = People(read)
    assert reads == []
    assert people[AMINA.id] is AMINA
    assert (len(people), list(people), reads) == (1, [AMINA.id], [1])


def test_a_change_before_the_first_reading_is_read_from_the_file() -> None:
    file = {"S-1": replace(AMINA, id="S-1")}
    people = People(lambda: dict(file))
    file["S-2"] = replace(AMINA, id="S-2")
    assert list(people.changed({"S-2": file["S-2"]}, frozenset())) == ["S-1", "S-2"]


def test_a_change_after_it_leaves_the_former_picture_alone() -> None:
    people = People(lambda: {"S-1": AMINA, "S-2": AMINA})
    assert len(people) == 2
    after = people.changed({"S-3": AMINA}, frozenset({"S-1"}))
    assert (list(after), list(people)) == (["S-2", "S-3"], ["S-1", "S-2"])


def test_a_shortlist_needs_no_record(template: tuple[Path, str], shipped: Shipped, tmp_path: Path) -> None:
    shutil.copytree(template[0], tmp_path / "copy.peermatch")
    opened = Doors(shipped, clock, FLOOR, people_at_once=False).recover(
        tmp_path / "copy.peermatch", template[1]
    )
    answer = opened.shortlists.of("E-0142", DAY)
    before = shortlist_to_dict(answer, top=0)
    assert len(opened.desk.snapshot.supporters) == len(answer.suggested) + len(answer.refused)
    assert shortlist_to_dict(opened.shortlists.of("E-0142", DAY), top=0) == before
    opened.lock()

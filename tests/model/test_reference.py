"""The five lists read together."""

from pathlib import Path

import pytest

from peermatch.errors import BadInput
from peermatch.model.reference import FILES, Reference

FOLDER = Path(__file__).parents[2] / "resources" / "vocabulary"
TEXTS = {name: (FOLDER / f"{name}.toml").read_text("utf-8") for name in FILES}


def test_all_five_lists_are_read() -> None:
    reference = Reference.parse(TEXTS)
    assert reference.vocabulary.is_term("neuro.adhd")
    assert reference.specialties.knows("anaesthetics")
    assert reference.grades.knows("st6")
    assert reference.organisations.knows("lthtr")
    assert reference.signposts.for_topics(["neuro.adhd"])


def test_a_missing_file_is_named() -> None:
    with pytest.raises(BadInput) as caught:
        Reference.parse({"characteristics": "", "grades": ""})
    assert [fault.place for fault in caught.value.faults] == ["specialties", "organisations", "signposts"]
    assert caught.value.hint


def test_every_file_in_the_folder_is_read() -> None:
    assert sorted(FILES) == sorted(path.stem for path in FOLDER.glob("*.toml"))

"""All that the vocabulary files say, read once when the program starts."""

from collections.abc import Mapping
from dataclasses import dataclass

from peermatch.errors import BadInput, Fault
from peermatch.model.characteristics import Vocabulary
from peermatch.model.organisations import Organisations
from peermatch.model.signposts import Signposts
from peermatch.model.training import Grades, Specialties

FILES = ("characteristics", "specialties", "grades", "organisations", "signposts")
"""The names of the files in ``resources/vocabulary``, without their ending."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The five lists that every part of the program looks things up in."""

    vocabulary: Vocabulary
    specialties: Specialties
    grades: Grades
    organisations: Organisations
    signposts: Signposts

    @classmethod
    def parse(cls, texts: Mapping[str, str]) -> "Reference":
        """The five lists from the texts of their files, each under its name without the ending."""
        missing = tuple(Fault(name, "this file is missing") for name in FILES if name not in texts)
        if missing:
            raise BadInput("Part of the vocabulary is missing.", "Install the program again.", missing)
        vocabulary = Vocabulary.parse(texts["characteristics"])
        return cls(
            vocabulary=vocabulary,
            specialties=Specialties.parse(texts["specialties"]),
            grades=Grades.parse(texts["grades"]),
            organisations=Organisations.parse(texts["organisations"]),
            signposts=Signposts.parse(texts["signposts"]).linked(vocabulary),
        )

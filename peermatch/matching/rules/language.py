"""The wish for a language, by its tag (BCP 47, which knows no difference of case)."""

from collections.abc import Sequence

from peermatch.matching.question import Part, Question


def parts(question: Question) -> Sequence[Part]:
    """Whether the tag is among the supporter's."""
    wish = question.enquiry.preferences.language
    if wish is None:
        return ()
    values = question.columns.language.mask((wish.casefold(),)).astype(float)

    def text(row: int) -> str:
        if values[row]:
            return f"speaks the language asked for ({wish})"
        spoken = question.person(row).supporter.languages
        return f"does not list the language asked for ({wish})" if spoken else "languages not known"

    return (Part("language", text, question.policy.preference, values),)

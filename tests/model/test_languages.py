"""Languages by name and by tag."""

import pytest

from peermatch.model.languages import LANGUAGES, language_name, language_tag


def test_every_name_leads_to_one_language_and_back() -> None:
    names = [name.casefold() for each in LANGUAGES.values() for name in each]
    assert len(names) == len(set(names))
    for tag, called in LANGUAGES.items():
        assert language_name(tag) == called[0]
        assert {language_tag(name) for name in called} == {tag}
        assert language_tag(tag.upper()) == tag


@pytest.mark.parametrize(
    ("tag", "name"),
    [("cy", "Welsh"), ("PT-br", "Portuguese (BR)"), ("zh-hant", "Chinese (hant)"), ("qqq", "qqq"), ("", "")],
)
def test_a_tag_reads_as_a_name(tag: str, name: str) -> None:
    assert language_name(tag) == name


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("  welsh ", "cy"),
        ("British  Sign Language", "bfi"),
        ("pt-BR", "pt-br"),
        ("English!", None),
        ("", None),
    ],
)
def test_what_was_typed_is_a_language_or_none(typed: str, tag: str | None) -> None:
    assert language_tag(typed) == tag

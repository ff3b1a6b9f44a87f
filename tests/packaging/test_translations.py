"""Translations: every text of the window can be translated, and a language with long words cuts nothing."""

import ast
import json
import os
import string
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from translations import COUNTED, ROOT, Said, release, said, said_in, translated, write

from peermatch.ui.speaking import QtWords

LONGER = dict(zip("aeiouyAEIOUY", "âêîôûŷÂÊÎÔÛŶ", strict=True))


def pseudo(text: str) -> str:
    """A made-up language: every vowel with a roof, and a third longer, as Welsh may be; fields stay."""
    parts = [
        (
            literal,
            ""
            if field is None
            else "{" + field + (f"!{turned}" if turned else "") + (f":{form}" if form else "") + "}",
        )
        for literal, field, form, turned in string.Formatter().parse(text)
    ]
    said = "".join("".join(LONGER.get(each, each) for each in literal) + field for literal, field in parts)
    return f"{said}{' ŵŷ' * (len(text) // 9)}"


def forms(noun: str) -> str:
    """The five forms that Welsh has for none, one, two, six and many others."""
    return COUNTED.join(f"{pseudo(noun)}{mark}" for mark in ("⁰", "¹", "²", "⁶", "⁺"))


@pytest.fixture(scope="module")
def texts() -> tuple[Said, ...]:
    return said()


def test_the_texts_of_window_and_services_are_found(texts: tuple[Said, ...]) -> None:
    known = {each.text for each in texts}
    assert {
        "Today",
        "Enquiries",
        "Consent to ask for",
        "There is no backup of this network yet.",
    } <= known
    assert {each.file.split("/")[1] for each in texts} >= {"ui", "services", "model"}


def test_quotation_marks_on_the_screen_are_of_one_kind(texts: tuple[Said, ...]) -> None:
    assert [each.text for each in texts if '"' in each.text] == []


def test_a_text_that_is_put_together_first_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"x\.py:2: tr takes one plain text"):
        list(said_in('from peermatch.words import tr\ntr(f"{1} day")\n', "x.py"))


def test_a_noun_that_is_counted_has_its_forms(tmp_path: Path) -> None:
    source = 'count_of(n, "person", "people")\ncount_of(n, "letter")\ntr("letter")\n'
    found = tuple(said_in(source, "x.py"))
    assert [each.key for each in found] == ["person / people", "letter / letters", "letter"]
    with pytest.raises(SystemExit, match=r"x\.py:1: count_of takes plain nouns"):
        list(said_in("count_of(n, noun)\n", "x.py"))
    ts = tmp_path / "peermatch_cy.ts"
    known = {"person / people": "0 / 1 / 2 / 6 / +", "letter": "llythyr"}
    write(ts, "cy", found, known)
    assert translated(ts) == known
    words = QtWords(QTranslator())
    assert (words.ngettext("person", "people", 1), words.ngettext("person", "people", 2)) == (
        "person",
        "people",
    )
    translator = QTranslator()
    assert translator.load(str(release(ts)))
    spoken = QtWords(translator)
    assert "".join(spoken.ngettext("person", "people", n) for n in (0, 1, 2, 6, 7)) == "0126+"
    assert spoken.gettext("letter") == "llythyr"
    assert spoken.ngettext("letter", "letters", 3) == "letters", "what is not translated stays English"


def test_the_fields_of_a_text_are_those_that_are_filled() -> None:
    for path in sorted((ROOT / "peermatch").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match call:
                case ast.Call(
                    func=ast.Attribute(
                        attr="format",
                        value=ast.Call(func=ast.Name(id="tr"), args=[ast.Constant(value=str() as text)]),
                    ),
                    keywords=given,
                ):
                    asked = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
                    assert asked == {each.arg for each in given}, f"{path.name}:{call.lineno}"


def test_what_was_translated_stays_and_what_is_no_longer_said_is_marked(tmp_path: Path) -> None:
    ts = tmp_path / "peermatch_cy.ts"
    write(
        ts,
        "cy",
        [Said("Today", "a.py", 1), Said("Gone", "a.py", 2)],
        {"Today": "Heddiw", "Gone": "Wedi mynd"},
    )
    write(ts, "cy", [Said("Today", "a.py", 1), Said("New & <old>", "b.py", 3)], translated(ts))
    assert translated(ts) == {"Today": "Heddiw", "Gone": "Wedi mynd"}
    assert '<translation type="vanished">Wedi mynd</translation>' in ts.read_text(encoding="utf-8")
    assert 'type="unfinished"' in ts.read_text(encoding="utf-8")


def test_a_language_with_long_words_is_spoken_everywhere_and_cuts_nothing(
    tmp_path: Path, texts: tuple[Said, ...]
) -> None:
    ts = tmp_path / "translations" / "peermatch_cy.ts"
    write(ts, "cy", texts, {each.key: forms(each.text) if each.many else pseudo(each.text) for each in texts})
    release(ts)
    told = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("spoken_screens.py")), str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PEERMATCH_LANGUAGE": "cy", "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    seen = json.loads(told.stdout)
    assert seen["spoken"] == "cy"
    assert {screen: found for screen, found in seen["problems"].items() if found} == {}
    # The names of the fields in letters stay as they are written into them.
    assert [each for each in seen["english"] if not each.startswith("resources-letters: ")] == []

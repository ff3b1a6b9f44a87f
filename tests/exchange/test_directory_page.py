"""The directory page read back by a parser of its own: landmarks, headings, tables, and nobody's words as markup."""

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from peermatch.exchange.directory_page import directory_files
from peermatch.model.characteristics import Vocabulary
from peermatch.model.directory import Draft, Kind, Listed
from peermatch.model.disclosure import disclosed, withheld
from peermatch.model.insight_period import Period
from peermatch.model.insight_report import Line, Report, Sheet
from peermatch.model.listing import Link
from tests.networks import ADHD, DAY

VOCABULARY = Vocabulary.parse(
    (Path(__file__).parents[2] / "resources" / "vocabulary" / "characteristics.toml").read_text("utf-8")
)
SLY = '<script>alert(1)</script>\u202e & "me"\nsecond line'
FIGURES = Report(
    "Our <network>",
    Period(DAY, DAY),
    DAY,
    DAY,
    (
        Sheet(
            "headings",
            "",
            "",
            ("", "Supporters"),
            (
                Line("neuro", "Neurodivergence", ("", disclosed(13))),
                Line("faith", "Religion and belief", ("", withheld())),
                Line("mind", "Mental health", ("", disclosed(0))),
            ),
        ),
        Sheet("topics", "", "", ("", "Supporters"), (Line(ADHD, "ADHD", ("", disclosed(11))),)),
    ),
    {},
)
PAGE = Draft(
    Kind.MEMBERS,
    DAY,
    FIGURES,
    (Listed("S-0001", "Amina <b>R</b>", SLY, (ADHD,)), Listed("S-0002", "Tom", "", (ADHD, "faith.muslim"))),
    (
        Link(1, "Help & more", "https://www.example.org/a?b=1&c=2", DAY),
        Link(2, "Older", "https://www.example.org/old", date(2024, 1, 2)),
    ),
    fresh=True,
)
VOID = {"meta", "link", "br", "hr"}


class Reader(HTMLParser):
    """A second reader: every element with its attributes and text, and whether all are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]

    def said(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]


def written(page: Draft) -> tuple[Reader, dict[str, object]]:
    (_, html), (_, data) = directory_files(page, VOCABULARY)
    return Reader(html.decode()), json.loads(data)


def test_the_page_has_landmarks_one_title_and_headings_in_order() -> None:
    reader, _ = written(PAGE)
    assert reader.all("html") == [{"lang": "en-GB"}]
    assert [len(reader.all(each)) for each in ("main", "header", "footer", "h1", "title")] == [1, 1, 1, 1, 1]
    assert reader.said("h1") == reader.said("title") == ["Our <network>: peer supporters"]
    levels = [int(name[1]) for name, _ in reader.found if name in ("h1", "h2", "h3")]
    assert levels == [1, 2, 2, 3, 3, 2]
    labelled = [each["aria-labelledby"] for each in reader.all("section")]
    assert labelled == [each["id"] for each in reader.all("h2")]
    assert reader.all("a")[0] == {"class": "skip", "href": "#main"}
    assert {each["scope"] for each in reader.all("th")} == {"col", "row"}


def test_it_runs_and_loads_nothing_and_words_are_words() -> None:
    reader, data = written(PAGE)
    assert not {"script", "img", "iframe", "link", "form", "object"} & {name for name, _ in reader.found}
    assert any("default-src 'none'" in (each.get("content") or "") for each in reader.all("meta"))
    addresses = [each["href"] for each in reader.all("a")[1:]]
    assert addresses == [link.url for link in PAGE.links]
    assert reader.said("a")[1:] == addresses, "a link is shown whole"
    assert "Amina <b>R</b>" in reader.said("h3")
    assert any("<script>alert(1)</script>" in text for text in reader.said("p"))
    assert not any("\u202e" in text for _, text in reader.texts)
    people = data["people"]
    assert isinstance(people, list)
    assert people[1] == {"name": "Tom", "words": "", "experience": ["ADHD", VOCABULARY.label("faith.muslim")]}
    assert "S-000" not in json.dumps(data)


def test_nobody_and_a_few_look_the_same() -> None:
    reader, data = written(PAGE)
    assert reader.said("td") == ["about 15", "about 10", "no number is given", "no number is given"]
    kinds = data["kinds"]
    assert isinstance(kinds, list)
    assert [each["people"] for each in kinds] == [15, 10, None, None]
    hidden, _ = written(replace(PAGE, hidden=frozenset({ADHD})))
    assert "about 10" not in hidden.said("td")


def test_where_no_number_can_be_given_there_is_no_column_of_them() -> None:
    reader, data = written(replace(PAGE, hidden=frozenset({"neuro", ADHD})))
    assert reader.all("table") == []
    assert reader.said("li")[:3] == ["Neurodivergence", "Religion and belief", "Mental health"]
    assert any(text.startswith("No numbers are given") for text in reader.said("p"))
    kinds = data["kinds"]
    assert isinstance(kinds, list)
    assert [each["people"] for each in kinds] == [None, None, None]


def test_a_link_says_when_somebody_last_followed_it() -> None:
    reader, _ = written(PAGE)
    items = "".join(reader.said("li"))
    assert "checked on 20 November 2026" in items
    assert "not checked since 2 January 2024" in items


def test_the_page_for_everybody_has_no_place_for_names() -> None:
    reader, data = written(replace(PAGE, kind=Kind.PUBLIC, people=()))
    assert reader.all("article") == []
    assert "People" not in reader.said("h2")
    assert data["people"] == []
    assert [name for name, _ in directory_files(replace(PAGE, kind=Kind.PUBLIC, people=()), VOCABULARY)] == [
        "directory-public-2026-11-20.html",
        "directory-public-2026-11-20.json",
    ]

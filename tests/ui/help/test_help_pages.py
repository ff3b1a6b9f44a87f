"""The pages of the help: every screen has one, every link leads somewhere, and the words are short and plain."""

import re
from pathlib import Path

import pytest

import peermatch
from peermatch.ui.help_door import help_book
from peermatch.ui.help_pages import CONTENTS, WHATS_NEW, Block, HelpBook, Kind, Run, page_of
from peermatch.ui.palette_goals import goal_names, help_goals
from peermatch.ui.palette_steps import HELP_PAGE, Goal, Reach
from peermatch.ui.screens import pages
from peermatch.ui.screens.register import SCREENS

LONGEST = 420
"""Words of a page; whoever needs help has little patience."""
LONGEST_SENTENCE = 34
TEXT = """# Lists
Also: rows, queue
The first words
go on here, with **weight** and a [link](today).

## Keys
- **J** goes down
1. First
2. Then
   this
"""


def test_a_page_is_read_as_it_is_written() -> None:
    page = page_of("lists", TEXT)
    assert (page.title, page.also, page.headings) == ("Lists", ("rows", "queue"), ("Keys",))
    words, _, point, first, second = page.blocks
    assert words.runs == (
        Run("The first words go on here, with "),
        Run("weight", strong=True),
        Run(" and a "),
        Run("link", to="today"),
        Run("."),
    )
    assert [block.kind for block in (words, point, first)] == [Kind.WORDS, Kind.POINT, Kind.STEP]
    assert point.words == "J goes down"
    assert second == Block(Kind.STEP, (Run("Then this"),))
    assert page.links() == {"today"}


def test_every_screen_has_a_page_and_so_has_the_first_page() -> None:
    missing = {"welcome", *(place.key for place, _ in SCREENS)} - set(help_book())
    assert missing == set()


def test_every_page_of_the_settings_has_a_page() -> None:
    missing = {f"settings-{page}" for page, _ in pages.OF_SETTINGS} - set(help_book())
    assert missing == set()
    listed = help_book()["settings"].links()
    assert {f"settings-{page}" for page, _ in pages.OF_SETTINGS} <= listed


def test_every_link_leads_to_a_page() -> None:
    book = help_book()
    assert {key: page.links() - set(book) for key, page in book.items() if page.links() - set(book)} == {}


@pytest.mark.parametrize("key", sorted(set(help_book()) - help_book().documents))
def test_each_page_is_short_and_plain(key: str) -> None:
    page = help_book()[key]
    words = " ".join(block.words for block in page.blocks)
    assert page.title
    assert page.also
    assert 10 < len(words.split()) <= LONGEST
    assert not re.search(r"[!*\]]|\]\(|please note|simply|utili[sz]e|database|click", words, re.IGNORECASE)
    sentences = [each for block in page.blocks for each in re.split(r"(?<=[.:?])\s+", block.words)]
    assert max(len(sentence.split()) for sentence in sentences) <= LONGEST_SENTENCE


PAPER = """# Paper
| Who | What |
|---|---|
| `hold` | one \\| two |

> Words that
are quoted

### Small
```
peermatch check
# no heading
```
[SECURITY](../../SECURITY.md), [Consent](../help/consent.md#when), [ICO](https://ico.example)
"""


def test_a_document_has_tables_quotes_and_lines_to_type() -> None:
    head, row, quote, small, code, last = page_of("paper", PAPER).blocks
    assert (head.words, row.words) == ("Who | What", "hold | one | two")
    assert row.cells[0] == (Run("hold", code=True),)
    assert (quote.kind, quote.words) == (Kind.QUOTE, "Words that are quoted")
    assert (small.kind, code.kind) == (Kind.SMALL_HEADING, Kind.CODE)
    assert code.words == "peermatch check\n# no heading"
    assert last.words == "SECURITY, Consent, ICO (https://ico.example)"
    assert last.links == {"consent"}


def test_the_documents_are_listed_after_the_pages() -> None:
    pages, papers = help_book().lists().values()
    assert {page.key for page in papers} == help_book().documents
    assert {page.key for page in (*pages, *papers)} | {CONTENTS} == set(help_book())


def test_what_is_not_there_is_the_contents(tmp_path: Path) -> None:
    (tmp_path / "contents.md").write_text("# All pages\n", "utf-8")
    (tmp_path / "today.md").write_text("# Today\n", "utf-8")
    book = HelpBook(tmp_path)
    assert book.nearest("today-list", "today").key == "today"
    assert book.nearest("nowhere").key == CONTENTS
    assert len(book) == 2


def test_the_palette_finds_pages_by_title_heading_and_other_words() -> None:
    def first_read(typed: str) -> str:
        found = (goal for goal, _ in goal_names(sample=False).find(typed, 20))
        return next((goal.key for goal in found if goal.reach is Reach.READ), "")

    assert first_read("danger") == f"{HELP_PAGE}danger"
    assert first_read("go back to a backup") == f"{HELP_PAGE}settings-backups"
    assert first_read("screen reader") == f"{HELP_PAGE}keyboard"
    assert {goal.key for goal in help_goals()} == {f"{HELP_PAGE}{key}" for key in help_book()}
    assert WHATS_NEW in help_book()


def test_what_is_new_begins_with_the_version_that_runs() -> None:
    assert help_book()[WHATS_NEW].headings[0] == f"Version {peermatch.__version__}"


def test_the_tour_is_offered_in_the_sample_alone() -> None:
    def tours(*, sample: bool) -> list[Goal]:
        return [goal for goal, _ in goal_names(sample=sample).find("take the tour", 20) if goal.key == "tour"]

    assert len(tours(sample=True)) == 1
    assert tours(sample=False) == []

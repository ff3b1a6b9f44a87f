"""The guide as a PDF: every page of the help once, readable by screen readers, the same bytes each time."""

import io
from pathlib import Path

import pypdf
import pytest

from peermatch.errors import BadInput, SystemRefused
from peermatch.services.guide import ORDER, TITLE, Guide
from peermatch.ui.help_door import help_book
from peermatch.ui.help_pages import CONTENTS


@pytest.fixture(scope="module")
def book() -> bytes:
    return Guide().book()


def test_every_page_of_the_help_has_its_place() -> None:
    placed = [key for _, keys in ORDER for key in keys]
    assert sorted(placed) == sorted(set(help_book()) - help_book().documents - {CONTENTS})


def test_it_can_be_read_aloud_and_holds_every_page(book: bytes) -> None:
    read = pypdf.PdfReader(io.BytesIO(book))
    root = read.root_object
    marked = root["/MarkInfo"].get_object()
    assert isinstance(marked, pypdf.generic.DictionaryObject)
    assert str(marked["/Marked"]) == "True"
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]) == "en-GB"
    assert read.metadata is not None
    assert read.metadata.title == TITLE
    assert read.metadata.creation_date is None or read.metadata.creation_date.year == 1970
    said = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    assert [key for _, keys in ORDER for key in keys if help_book()[key].title not in said] == []
    assert b"pdfuaid" in book


def test_it_is_the_same_each_time_and_is_never_written_over(tmp_path: Path, book: bytes) -> None:
    file = tmp_path / "guide.pdf"
    assert Guide().save(file) == file
    assert file.read_bytes() == book
    with pytest.raises(BadInput, match="already"):
        Guide().save(file)
    with pytest.raises(SystemRefused):
        Guide().save(tmp_path / "nowhere" / "guide.pdf")


def test_each_document_can_be_a_pdf(tmp_path: Path) -> None:
    assert set(Guide().documents()) == help_book().documents
    for name in Guide().documents():
        read = pypdf.PdfReader(io.BytesIO(Guide().document(name)))
        assert help_book()[name].title in " ".join(read.pages[0].extract_text().split())
    with pytest.raises(BadInput, match="no document"):
        Guide().save(tmp_path / "x.pdf", "no-such")

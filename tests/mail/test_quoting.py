"""Whose words a line is: the writer's, a quoted letter's, or a signature's."""

import pytest

from peermatch.mail.html_text import html_to_text
from peermatch.mail.mime import unflowed
from peermatch.mail.reading import letter_from_text
from peermatch.model.letter import PartKind


def parts(text: str) -> dict[PartKind, str]:
    """The words of each kind, put together."""
    letter = letter_from_text(text)
    found: dict[PartKind, str] = {}
    for part in letter.parts:
        words = letter.text[part.start : part.end].strip()
        found[part.kind] = f"{found[part.kind]}\n{words}" if part.kind in found else words
    return found


@pytest.mark.parametrize(
    "introduction",
    [
        "On 3 Nov 2026, at 09:12, Ann Bee <ann@b.example> wrote:\n\n> old words",
        "On Tue, 3 Nov 2026 at 09:12, Ann Bee\n<ann@b.example> wrote:\n> old words",
        "Ann Bee <ann@b.example> wrote:\n> old words",
        "-----Original Message-----\nFrom: Ann\nSent: Monday\nTo: me\nSubject: x\n\nold words",
        "________________\nFrom: Ann <ann@b.example>\nSent: 3 November\nTo: me\nSubject: x\n\nold words",
        "From: Ann <ann@b.example>\nDate: 3 November\nTo: me\nSubject: x\n\nold words",
        "Begin forwarded message:\n\nold words",
        "---------- Forwarded message ----------\nFrom: Ann\nold words",
        "> old words",
    ],
)
def test_quoted_letters_are_set_apart(introduction: str) -> None:
    found = parts("My own words.\n\n" + introduction + "\n")
    assert found[PartKind.OWN] == "My own words."
    assert found[PartKind.QUOTED].endswith("old words")


def test_answers_between_quoted_lines_are_the_writers() -> None:
    found = parts("> What is it?\n\nIt is my exam.\n\n> When?\nOn Friday.\n")
    assert found[PartKind.OWN].split("\n") == ["It is my exam.", "On Friday."]


def test_words_about_letters_are_no_quotation() -> None:
    text = "From: what I hear, you help people.\nOn Monday my boss wrote: be quiet.\nI said no."
    assert set(parts(text)) == {PartKind.OWN}


@pytest.mark.parametrize(
    ("signature", "kept"),
    [
        ("-- \nSam Bee\nChampion of everything", ""),
        ("Kind regards,\nSam\n\nDr Sam Bee\nST4 Geriatrics | Trust", "Kind regards,"),
        ("Thanks\nSam", "Thanks"),
        ("Best wishes\n\nSam Bee\nTel: 01632 960 114", "Best wishes"),
        ("Sent from my iPhone", ""),
        ("Get Outlook for iOS", ""),
        ("Dr Sam Bee\nConsultant Radiologist\nTel: 01632 960 114", ""),
        (
            "This message may contain confidential information. If you are not the intended recipient, delete it.",
            "",
        ),
        ("This e-mail and any attachments are intended for the addressee only.\nThank you.", ""),
    ],
)
def test_signatures_are_set_apart(signature: str, kept: str) -> None:
    found = parts("I have a question about my exam.\n\n" + signature + "\n")
    assert found[PartKind.OWN] == f"I have a question about my exam.\n\n{kept}".strip()
    assert found[PartKind.SIGNATURE]


def test_an_afterthought_behind_the_signature_is_the_writers() -> None:
    found = parts("Hello.\n\nBest wishes\nSam\n\nPS I forgot to say that I work in Bolton.\n")
    assert found[PartKind.OWN].endswith("PS I forgot to say that I work in Bolton.")
    assert found[PartKind.SIGNATURE] == "Sam"


def test_prose_after_a_thank_you_is_the_writers() -> None:
    text = "Thanks\nI wrote to you last week about the rota and have not heard from anybody since then."
    assert set(parts(text)) == {PartKind.OWN}
    assert set(parts("Is this message confidential and who reads this e-mail?\nI need to know.")) == {
        PartKind.OWN
    }


def test_flowed_lines_are_joined_by_depth() -> None:
    text = "One \nline\n> quoted \n> text\n-- \nSam \nBee"
    assert unflowed(text) == "One line\n> quoted text\n-- \nSam Bee"
    assert unflowed("a \nb", delete_space=True) == "ab"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<br>b", "a\nb"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<head><title>t</title><body>a", "a"),
        ("a <script>b</script> c", "a  c"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("<a href='mailto:x@y.example'>x@y.example</a>", "x@y.example"),
        ("<a href='https://y.example'>click</a>", "click <https://y.example>"),
        ("<a href='#top'>top</a>", "top"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("a <!-- hidden --> b <!-- never closed", "a b"),
        ("1 < 2 and <b>bold", "1 < 2 and bold"),
        ("<div>a</div><blockquote>b<div>c</div></blockquote>d", "a\n\n> b\n> c\n\nd"),
    ],
)
def test_words_out_of_html(html: str, text: str) -> None:
    assert html_to_text(html) == text

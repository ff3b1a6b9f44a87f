"""A page of the journal for the printer: the lines that are shown, in plain words; covered names stay covered."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from PySide6.QtGui import QTextDocument

from peermatch.services.journal import Told
from peermatch.ui.cover import Cover
from peermatch.ui.printing import page_of
from peermatch.ui.screens.journal_labels import way_back, whole_day
from peermatch.words import in_words, tr

TITLE = tr("Journal")
CONFIDENTIAL = tr("Confidential")
EVERYTHING = tr("All lines, newest first.")


def journal_page(lines: Sequence[Told], only: str, cover: Cover, on: date) -> QTextDocument:
    """The lines as a table; ``only`` says what was looked for."""
    said = tr("Only {words}, newest first.").format(words=only) if only else EVERYTHING
    printed = tr("Printed on {day}.").format(day=in_words(on))
    rows = "".join(_rows(lines, cover))
    html = (
        f"<h2>{escape(TITLE)}</h2><p>{escape(said)} {escape(printed)}</p>"
        f'<table width="100%" cellspacing="0" cellpadding="3">{rows}</table>'
    )
    return page_of(html, TITLE, CONFIDENTIAL)


def _rows(lines: Sequence[Told], cover: Cover) -> Iterator[str]:
    last = None
    for line in lines:
        day = line.at.date()
        if day != last:
            yield f'<tr><td colspan="3"><b>{escape(whole_day(day))}</b></td></tr>'
            last = day
        back = f" ({way_back(line)})" if line.taken_back else ""
        who = cover.shown(line.who)
        yield (
            f"<tr><td>{line.at:%H:%M}</td><td>{escape(line.words)}{escape(back)}</td><td>{escape(who)}</td></tr>"
        )

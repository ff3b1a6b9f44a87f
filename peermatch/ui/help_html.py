"""A page of the help as the markup that Qt shows: the theme's sizes and colours, and nothing from outside."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby

from peermatch.model.pages import Block, Kind, Page, Run
from peermatch.ui.theme import Theme

LINE = 125
_LISTS = {Kind.STEP: "ol", Kind.POINT: "ul"}


def html_of(page: Page, theme: Theme) -> str:
    """The whole page, its title first."""
    parts = "".join(_groups(page.blocks, theme))
    return f"<html><body>{_heading(page.title, theme, 18, 0)}{parts}</body></html>"


def contents_html(page: Page, lists: Mapping[str, Iterable[Page]], theme: Theme) -> str:
    """The page that leads to all others, under their headings."""
    links: list[Block] = []
    for title, pages in lists.items():
        links += [Block(Kind.HEADING, (Run(title),))] if title else []
        links += [Block(Kind.POINT, (Run(each.title, to=each.key),)) for each in pages]
    return html_of(Page(page.key, page.title, (*page.blocks, *links)), theme)


def _groups(blocks: Iterable[Block], theme: Theme) -> Iterator[str]:
    """Steps, points and rows that follow each other are one list or one table."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind is Kind.ROW:
            yield _table(list(group), theme)
        elif kind in _LISTS:
            points = "".join(
                f'<li style="margin-bottom:{theme.px(6)}px;line-height:{LINE}%">{_line(block.runs, theme)}</li>'
                for block in group
            )
            style = f"margin:0 0 {theme.px(8)}px 0;-qt-list-indent:1"
            yield f'<{_LISTS[kind]} style="{style}">{points}</{_LISTS[kind]}>'
        else:
            yield from (_block(block, theme) for block in group)


def _block(block: Block, theme: Theme) -> str:
    if block.kind is Kind.HEADING:
        return _heading(block.words, theme, 14.5, 10)
    if block.kind is Kind.SMALL_HEADING:
        return _heading(block.words, theme, 13, 8)
    if block.kind is Kind.CODE:
        lines = escape(block.words).replace("\n", "<br>")
        return f'<p style="margin:0 0 {theme.px(8)}px {theme.px(10)}px;color:{theme.tokens.ink}">{lines}</p>'
    left = theme.px(14) if block.kind is Kind.QUOTE else 0
    style = f"margin:0 0 {theme.px(8)}px {left}px;line-height:{LINE}%"
    return f'<p style="{style}">{_line(block.runs, theme)}</p>'


def _table(rows: list[Block], theme: Theme) -> str:
    """The first row is the head; lines between the rows, so that long cells are not read across."""
    said = []
    for number, row in enumerate(rows):
        if not row.words.strip(" |"):
            continue  # a form to fill in has no head
        tag = "td" if number else "th"
        said.append("".join(f'<{tag} align="left">{_line(cell, theme)}</{tag}>' for cell in row.cells))
    style = (
        f"border-collapse:collapse;border-style:solid;border-color:{theme.tokens.line_strong};"
        f"margin:{theme.px(2)}px 0 {theme.px(10)}px 0"
    )
    body = "".join(f"<tr>{row}</tr>" for row in said)
    return f'<table border="1" cellspacing="0" cellpadding="{theme.px(5)}" style="{style}">{body}</table>'


def _heading(words: str, theme: Theme, size: float, above: int) -> str:
    """Not ``h1``: Qt would add a size of its own to that of the theme."""
    points = theme.font(size).pointSizeF()
    style = (
        f"margin:{theme.px(above)}px 0 {theme.px(6)}px 0;font-size:{points:.2f}pt;font-weight:700;"
        f"color:{theme.tokens.ink}"
    )
    return f'<p style="{style}">{escape(words)}</p>'


def _line(runs: Iterable[Run], theme: Theme) -> str:
    return "".join(_run(run, theme) for run in runs)


def _run(run: Run, theme: Theme) -> str:
    words = escape(run.text)
    if run.to:
        return f'<a href="{run.to}" style="color:{theme.tokens.brand}">{words}</a>'
    if run.strong or run.code:
        weight = 700 if run.strong else 600
        return f'<span style="font-weight:{weight};color:{theme.tokens.ink}">{words}</span>'
    return words

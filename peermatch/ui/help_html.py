"""A page of the help as the markup that Qt shows: the theme's sizes and colours, and nothing from outside."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from peermatch.ui.help_pages import Block, HelpPage, Kind, Run
from peermatch.ui.theme import Theme

LINE = 125
_LISTS = {Kind.STEP: "ol", Kind.POINT: "ul"}


def html_of(page: HelpPage, theme: Theme) -> str:
    """The whole page, its title first."""
    parts = "".join(_groups(page.blocks, theme))
    return f"<html><body>{_heading(1, page.title, theme)}{parts}</body></html>"


def contents_html(page: HelpPage, pages: Iterable[HelpPage], theme: Theme) -> str:
    """The page that leads to all others."""
    links = tuple(Block(Kind.POINT, (Run(each.title, to=each.key),)) for each in pages)
    return html_of(HelpPage(page.key, page.title, (*page.blocks, *links)), theme)


def _groups(blocks: Iterable[Block], theme: Theme) -> Iterator[str]:
    """Steps and points that follow each other are one list."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind in _LISTS:
            points = "".join(
                f'<li style="margin-bottom:{theme.px(6)}px;line-height:{LINE}%">{_line(block, theme)}</li>'
                for block in group
            )
            style = f"margin:0 0 {theme.px(8)}px 0;-qt-list-indent:1"
            yield f'<{_LISTS[kind]} style="{style}">{points}</{_LISTS[kind]}>'
            continue
        for block in group:
            if kind is Kind.HEADING:
                yield _heading(2, block.words, theme)
            else:
                yield (
                    f'<p style="margin:0 0 {theme.px(8)}px 0;line-height:{LINE}%">{_line(block, theme)}</p>'
                )


def _heading(level: int, words: str, theme: Theme) -> str:
    """Not ``h1``: Qt would add a size of its own to that of the theme."""
    size, above = (18, 0) if level == 1 else (14.5, 10)
    points = theme.font(size).pointSizeF()
    style = (
        f"margin:{theme.px(above)}px 0 {theme.px(6)}px 0;font-size:{points:.2f}pt;font-weight:700;"
        f"color:{theme.tokens.ink}"
    )
    return f'<p style="{style}">{escape(words)}</p>'


def _line(block: Block, theme: Theme) -> str:
    return "".join(_run(run, theme) for run in block.runs)


def _run(run: Run, theme: Theme) -> str:
    words = escape(run.text)
    if run.to:
        return f'<a href="{run.to}" style="color:{theme.tokens.brand}">{words}</a>'
    if run.strong:
        return f'<span style="font-weight:700;color:{theme.tokens.ink}">{words}</span>'
    return words

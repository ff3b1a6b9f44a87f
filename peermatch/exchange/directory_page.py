"""The directory page: a page and its source data, read by anybody with anything, loading and running nothing."""

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from peermatch.model.characteristics import Vocabulary
from peermatch.model.dates import in_words
from peermatch.model.directory import Draft, Kind, Listed, Numbered, numbered
from peermatch.model.text import one_line, readable

FORMAT, VERSION = "peermatch-directory", 1
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
body{margin:0;padding:24px 16px;background:#ffffff;color:#212b32;font-family:Arial,sans-serif;font-size:18px}
main,header,footer{max-width:760px;margin:0 auto;line-height:1.5}
h1{font-size:30px;line-height:1.2;margin:16px 0}
h2{font-size:24px;margin:40px 0 8px}
h3{font-size:20px;margin:0 0 4px}
a{color:#005eb8}
a:focus{outline:3px solid #212b32;outline-offset:2px}
.skip{position:absolute;left:-9999px}
.skip:focus{position:static}
article{padding:16px 0;border-top:1px solid #768692}
article p{margin:4px 0;white-space:pre-line;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse}
caption{text-align:left;padding:0 0 8px}
th,td{padding:8px 12px 8px 0;border-top:1px solid #768692;text-align:left;vertical-align:top}
th{font-weight:normal}
thead th,tr.whole th{font-weight:bold}
ul{padding-left:24px}
li{margin:0 0 8px;overflow-wrap:anywhere}
footer{margin-top:40px;padding-top:16px;border-top:1px solid #768692}
@page{size:A4;margin:18mm}
@media print{body{padding:0;font-size:11pt}.skip{display:none}h2{break-after:avoid}article,tr{break-inside:avoid}}
"""
NOT_GIVEN = "no number is given"
_NUMBERS = (
    "Numbers are rounded to the nearest 5. Small numbers, and numbers that would give a small one away, are not "
    "given. Only people who agreed to be counted are in them."
)

_NO_NUMBERS = "No numbers are given: they are small, or would give a small one away."


def directory_files(page: Draft, vocabulary: Vocabulary) -> tuple[tuple[str, bytes], ...]:
    """Both files by name; ``vocabulary`` names the topics."""
    data = json.dumps(directory_data(page, vocabulary), ensure_ascii=False, indent=1) + "\n"
    return (
        (f"{page.stem}.html", directory_html(page, vocabulary).encode()),
        (f"{page.stem}.json", data.encode()),
    )


def directory_data(page: Draft, vocabulary: Vocabulary) -> dict[str, Any]:
    """What the page is made of: nothing stands here that does not stand there, and no id of anybody."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "page": page.kind.value,
        "network": one_line(page.figures.network),
        "made": page.made.isoformat(),
        "counted": page.figures.counted.isoformat(),
        "kinds": [
            {"id": each.id, "label": each.label, "under": each.under, "people": each.people}
            for each in numbered(page, vocabulary)
        ],
        "people": [
            {"name": e.name, "words": e.words, "experience": [vocabulary.label(topic) for topic in e.topics]}
            for e in page.people
        ],
        "links": [{"title": e.title, "url": e.url, "checked": e.checked.isoformat()} for e in page.links],
    }


def directory_html(page: Draft, vocabulary: Vocabulary) -> str:
    """The whole page."""
    title = f"{one_line(page.figures.network)}: peer supporters"
    people = _people(page, vocabulary) if page.kind is Kind.MEMBERS else ""
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        + ('<meta name="robots" content="noindex">\n' if people else "")
        + f"<title>{_words(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        '<header><a class="skip" href="#main">Skip to the page</a></header>\n'
        f'<main id="main">\n<h1>{_words(title)}</h1>\n{_intro(page)}'
        f"{_kinds(page, vocabulary)}{people}{_links(page)}</main>\n{_foot(page)}</body>\n</html>\n"
    )


def _intro(page: Draft) -> str:
    if page.kind is Kind.PUBLIC:
        said = "These are kinds of experience that our supporters have. Nobody is named here: write to us, and we ask."
    else:
        said = (
            "These are kinds of experience that our supporters have, and those of them who agreed to be named here. "
            "This page is for members: please do not pass it on."
        )
    return f"<p>{said}</p>\n"


def _kinds(page: Draft, vocabulary: Vocabulary) -> str:
    lines = numbered(page, vocabulary)
    if all(each.people is None for each in lines):
        return _without_numbers(lines)
    rows = "\n".join(map(_kind, lines))
    counted = f"Counted on {in_words(page.figures.counted)}. {_NUMBERS}"
    return (
        f'<section aria-labelledby="kinds">\n<h2 id="kinds">Kinds of experience</h2>\n'
        f"<table>\n<caption>{counted}</caption>\n"
        '<thead><tr><th scope="col">Experience</th><th scope="col">Supporters</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</section>\n"
    )


def _without_numbers(lines: Sequence[Numbered]) -> str:
    """A column in which nothing can be said is left out."""
    items = "".join(f"<li>{_words(each.label)}</li>\n" for each in lines)
    return (
        f'<section aria-labelledby="kinds">\n<h2 id="kinds">Kinds of experience</h2>\n<p>{_NO_NUMBERS}</p>\n'
        f"<ul>\n{items}</ul>\n</section>\n"
    )


def _kind(line: Numbered) -> str:
    said = NOT_GIVEN if line.people is None else f"about {line.people}"
    whole = ' class="whole"' if line.under is None else ""
    return f'<tr{whole}><th scope="row">{_words(line.label)}</th><td>{said}</td></tr>'


def _people(page: Draft, vocabulary: Vocabulary) -> str:
    said = "".join(_person(each, vocabulary) for each in page.people)
    nobody = "<p>Nobody has asked to be named here yet.</p>\n"
    return f'<section aria-labelledby="people">\n<h2 id="people">People</h2>\n{said or nobody}</section>\n'


def _person(person: Listed, vocabulary: Vocabulary) -> str:
    topics = "; ".join(_words(vocabulary.label(each)) for each in person.topics)
    words = f"<p>{escape(readable(person.words))}</p>\n" if person.words else ""
    return f"<article>\n<h3>{_words(person.name)}</h3>\n{words}<p>Can talk about: {topics}</p>\n</article>\n"


def _links(page: Draft) -> str:
    if not page.links:
        return ""
    items = "".join(
        f'<li>{_words(each.title)}: <a href="{escape(each.url)}">{escape(each.url)}</a> '
        f"({'not checked since' if each.due(page.made) else 'checked on'} {in_words(each.checked)})</li>\n"
        for each in page.links
    )
    return f'<section aria-labelledby="links">\n<h2 id="links">Useful links</h2>\n<ul>\n{items}</ul>\n</section>\n'


def _foot(page: Draft) -> str:
    gone = (
        " Whoever is named here can be taken off at any time: tell us, and the page is replaced."
        if page.kind is Kind.MEMBERS
        else ""
    )
    return f"<footer><p>Made on {in_words(page.made)}.{gone}</p></footer>\n"


def _words(text: str) -> str:
    return escape(one_line(text))

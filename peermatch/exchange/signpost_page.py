"""Services to reach, as a page to print that can lie open: no network, no topic, nothing of who it is for."""

from collections.abc import Sequence
from html import escape

from peermatch.model.signpost_check import initials
from peermatch.model.signposts import Signpost
from peermatch.model.text import one_line

TITLE = "Numbers"
_STYLE = "body{font-family:Arial,sans-serif;font-size:12pt;color:#000000}"


def signpost_page(services: Sequence[Signpost], *, discreet: bool) -> str:
    """The page; ``discreet`` gives first letters, numbers and hours alone."""
    lines = "".join(_discreet(each) if discreet else _full(each) for each in services)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f"<style>{_STYLE}</style></head><body>{lines}</body></html>\n"
    )


def printable(services: Sequence[Signpost], *, discreet: bool) -> tuple[Signpost, ...]:
    """Those of which the page has anything to say: discreetly there is nothing to say of who has no number."""
    return tuple(each for each in services if not discreet or each.phone or each.text)


def _discreet(service: Signpost) -> str:
    said = [_number(service.phone), _number(f"text {service.text}" if service.text else "")]
    said.append(_words(service.hours))
    return _paragraph(initials(service.name), said)


def _full(service: Signpost) -> str:
    said = [
        _number(service.phone),
        _number(f"text {service.text}" if service.text else ""),
        _words(service.email),
        _words(service.url),
        _words(service.hours),
        _words(service.summary),
    ]
    return _paragraph(service.name, said)


def _paragraph(name: str, said: Sequence[str]) -> str:
    lines = "<br>".join(each for each in said if each)
    return f"<p><b>{_words(name)}</b><br>{lines}</p>\n"


def _number(value: str) -> str:
    return f'<span style="font-size:14pt">{_words(value)}</span>' if value else ""


def _words(text: str) -> str:
    return escape(one_line(text))

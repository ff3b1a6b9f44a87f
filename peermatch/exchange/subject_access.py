"""What is held on one person as files for them: one page to read or print, and the same as JSON."""

import json
import re
from html import escape

from peermatch.model.access import LEFT_OUT, AccessReport, Field, Section
from peermatch.model.dates import in_words
from peermatch.model.text import readable

FORMAT = "peermatch-subject-access"
VERSION = 1
_STEERING = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
body{margin:0;padding:24px 16px;background:#ffffff;color:#212b32;font-family:Arial,sans-serif;font-size:16px}
main{max-width:760px;margin:0 auto;line-height:1.5}
h1{font-size:26px;line-height:1.25}
h2{font-size:20px;margin:32px 0 8px}
table{width:100%;border-collapse:collapse;table-layout:fixed}
th,td{padding:8px 12px 8px 0;border-top:1px solid #aeb7bd;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{width:34%;font-weight:bold}
td{white-space:pre-wrap}
.left-out{color:#4c6272}
@page{size:A4;margin:18mm}
@media print{body{padding:0;font-size:11pt}h2{break-after:avoid}th{break-inside:avoid}}
"""


def report_files(report: AccessReport, redacted: frozenset[str], stem: str) -> tuple[tuple[str, bytes], ...]:
    """The two files with their names; the values of redacted fields are in neither."""
    return (
        (f"{stem}.html", as_page(report, redacted).encode()),
        (f"{stem}.json", as_json(report, redacted).encode()),
    )


def as_json(report: AccessReport, redacted: frozenset[str]) -> str:
    """The report as one document; signs that turn text round or hide in it are written as their numbers."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "network": report.network,
        "made": report.made.isoformat(),
        "about": {"kind": report.subject.kind.value, "id": report.subject.id},
        "sections": [
            {"title": section.title, "fields": [_entry(field, redacted) for field in section.fields]}
            for section in report.sections
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return _STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def _entry(field: Field, redacted: frozenset[str]) -> dict[str, object]:
    left_out = field.key in redacted
    value = LEFT_OUT if left_out else field.value
    return {"key": field.key, "label": field.label, "value": value, "left_out": left_out}


def as_page(report: AccessReport, redacted: frozenset[str]) -> str:
    """The report as one accessible page that loads nothing and runs nothing."""
    title = f"What {report.network} holds about you"
    head = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{_words(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
    )
    sections = "\n".join(
        _section(number, section, redacted) for number, section in enumerate(report.sections, start=1)
    )
    return (
        f"{head}<body>\n<main>\n<h1>{_words(title)}</h1>\n"
        f"<p>Made on {in_words(report.made)} for {_words(report.subject.id)}.</p>\n"
        f"{sections}\n</main>\n</body>\n</html>\n"
    )


def _section(number: int, section: Section, redacted: frozenset[str]) -> str:
    rows = "\n".join(_row(field, redacted) for field in section.fields)
    return (
        f'<section aria-labelledby="part-{number}">\n<h2 id="part-{number}">{_words(section.title)}</h2>\n'
        f'<table aria-labelledby="part-{number}">\n<tbody>\n{rows}\n</tbody>\n</table>\n</section>'
    )


def _row(field: Field, redacted: frozenset[str]) -> str:
    left_out = field.key in redacted
    mark = ' class="left-out"' if left_out else ""
    value = LEFT_OUT if left_out else field.value
    key, label = escape(readable(field.key)), _words(field.label)
    return f'<tr data-key="{key}"><th scope="row">{label}</th><td dir="auto"{mark}>{_words(value)}</td></tr>'


def _words(text: str) -> str:
    """Text for a page: without control signs and signs that turn it round, and with nothing that a browser obeys."""
    return escape(readable(text))

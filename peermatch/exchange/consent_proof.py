"""The record of one person's consent on one day as a page: read by anybody, printed, loading and running nothing."""

from collections.abc import Callable
from html import escape

from peermatch.model.consent import Method, Purpose
from peermatch.model.dates import in_words
from peermatch.model.proof import Proof, ProofLine
from peermatch.model.text import readable

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
body{margin:0;padding:24px 16px;background:#ffffff;color:#212b32;font-family:Arial,sans-serif;font-size:16px}
main{max-width:760px;margin:0 auto;line-height:1.5}
h1{font-size:26px;line-height:1.25}
h2{font-size:20px;margin:32px 0 8px}
h3{font-size:16px;margin:20px 0 4px}
table{width:100%;border-collapse:collapse}
th,td{padding:8px 12px 8px 0;border-top:1px solid #aeb7bd;text-align:left;vertical-align:top}
blockquote{margin:0 0 12px;padding:0 0 0 12px;border-left:3px solid #aeb7bd;white-space:pre-wrap}
@page{size:A4;margin:18mm}
@media print{body{padding:0;font-size:11pt}h2{break-after:avoid}tr{break-inside:avoid}}
"""
PURPOSES = {
    Purpose.HOLD: "The network may keep their record",
    Purpose.MATCH: "May be found by it",
    Purpose.SHARE: "May be named to somebody they are introduced to",
    Purpose.LIST: "May be put in the members' list",
    Purpose.COUNT: "May be counted, without a name",
    Purpose.CONTACT_EMAIL: "Their e-mail address may be given",
    Purpose.CONTACT_PHONE: "Their phone number may be given",
    Purpose.CONTACT_NAME: "Their surname may be given",
    Purpose.CONTACT_ROLE: "Their grade, specialty and county may be given",
    Purpose.CONTACT_ORGANISATION: "Their organisation and town may be given",
}
METHODS = {
    Method.FORM: "on a form",
    Method.EMAIL: "by e-mail",
    Method.SPOKEN: "in person or by phone",
    Method.PAPER: "on paper",
}
_HEADS = ("What for", "Given", "How it stood", "How it was given, and its proof")


def title(proof: Proof) -> str:
    """What the page is about."""
    return f"What {proof.supporter} had agreed to on {in_words(proof.day)}"


def proof_page(proof: Proof, label: Callable[[str], str]) -> str:
    """The whole page; ``label`` names a topic."""
    parts = (
        _head(proof),
        _lines("Agreed to on that day", proof.agreed, proof, label, "Nothing was agreed to on that day."),
        _lines("Ended or said no to by then", proof.no_more, proof, label, "Nothing had ended by then."),
        _wordings(proof),
        _files(proof),
    )
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{_words(title(proof))}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{''.join(parts)}</main>\n</body>\n</html>\n"
    )


def _head(proof: Proof) -> str:
    controller = proof.controller or "not stated"
    return (
        f"<h1>{_words(title(proof))}</h1>\n"
        f"<p>{_words(proof.name)}, {_words(proof.supporter)}, in {_words(proof.network)}.</p>\n"
        f"<p>Who decides about the data today: {_words(controller)}.</p>\n"
        f"<p>Made on {in_words(proof.made)} from the records, to which acts are only ever added.</p>\n"
    )


def _lines(
    heading: str, lines: tuple[ProofLine, ...], proof: Proof, label: Callable[[str], str], nothing: str
) -> str:
    if not lines:
        return f"<h2>{heading}</h2>\n<p>{nothing}</p>\n"
    topics = dict.fromkeys(each.characteristic for each in lines)
    tables = "".join(
        f"<h3>{_words(label(topic) if topic else 'The record and ways to reach them')}</h3>\n"
        + _table([each for each in lines if each.characteristic == topic], proof)
        for topic in topics
    )
    return f"<h2>{heading}</h2>\n{tables}"


def _table(lines: list[ProofLine], proof: Proof) -> str:
    heads = "".join(f'<th scope="col">{each}</th>' for each in _HEADS)
    rows = "\n".join(_row(each, proof) for each in lines)
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n"


def _row(line: ProofLine, proof: Proof) -> str:
    record = line.record
    given = f"{in_words(record.given)}, wording {record.wording}"
    cells = (given, line.said(proof.day), how_words(line))
    return (
        f'<tr><th scope="row">{_words(PURPOSES[line.purpose])}</th>'
        + "".join(f"<td>{_words(each)}</td>" for each in cells)
        + "</tr>"
    )


def how_words(line: ProofLine) -> str:
    """How it was given, who noted it, and where the proof is."""
    record = line.record
    parts = [METHODS[record.method]]
    parts += [f"noted by {record.recorded_by}"] if record.recorded_by else []
    parts += [f"proof: {record.evidence}"] if record.evidence else []
    return "; ".join(parts)


def _wordings(proof: Proof) -> str:
    texts = "".join(
        f"<h3>Wording {_words(each.id)}</h3>\n<blockquote>{_words(each.text)}</blockquote>\n"
        for each in proof.wordings
    )
    lost = "".join(
        f"<p>The words of {_words(id)} are not held by this network.</p>\n" for id in proof.missing
    )
    return f"<h2>The words that they were shown</h2>\n{texts}{lost}" if texts or lost else ""


def _files(proof: Proof) -> str:
    """Which files are kept as proof; the files themselves are given out apart."""
    if not proof.files:
        return ""
    items = "".join(f"<li>{_words(each)}</li>" for each in proof.files)
    return f"<h2>Files that are kept as proof</h2>\n<ul>{items}</ul>\n"


def _words(text: str) -> str:
    return escape(readable(text))

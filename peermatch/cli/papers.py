"""The commands that tell about the program itself: the guide, the manual page, and what the Tab key needs."""

from collections.abc import Callable

from peermatch.cli import parser
from peermatch.cli.completion import completion
from peermatch.cli.main import Answer, Call
from peermatch.cli.manual import manual
from peermatch.cli.outline import outline
from peermatch.services.guide import Guide


def guide(call: Call) -> Answer:
    """The user guide, or one of the documents, as a new PDF."""
    name, papers = call.arguments.document, Guide()
    saved = papers.save(call.arguments.file, document=name or "")
    return Answer({"file": str(saved), "document": name}, (f"Written to {saved}.",))


def shell_words(call: Call) -> Answer:
    """The script for one shell."""
    script = completion(outline(parser.grammar()), call.arguments.shell)
    return Answer({"shell": call.arguments.shell, "script": script}, tuple(script.splitlines()))


def man(_call: Call) -> Answer:
    """The manual page."""
    page = manual(outline(parser.grammar()))
    return Answer({"page": page}, tuple(page.splitlines()))


PAPERS: dict[str, Callable[[Call], Answer]] = {"guide": guide, "completion": shell_words, "man": man}
"""They need no network, and nothing that reads one: a shell that is starting waits for the second."""

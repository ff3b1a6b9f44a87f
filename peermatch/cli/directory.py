"""The commands that write the directory page and a table of supporters: only what they agreed to."""

from peermatch.cli import asking
from peermatch.cli.main import Answer, Call
from peermatch.exchange.directory_page import directory_data
from peermatch.model.directory import Kind


def directory(call: Call) -> Answer:
    """The page and its source data as new files; what leaves is kept, so that it can be renewed."""
    services = call.services()
    kind = Kind.PUBLIC if call.arguments.without_names else Kind.MEMBERS
    service = services.figures.directory
    looked = service.look(kind, call.on)
    saved = service.publish(looked.draft, call.on, call.arguments.folder)
    files = [str(path) for path in saved.files]
    vocabulary = services.desk.snapshot.reference.vocabulary
    held_back = [each.listed.supporter for each in looked.people if each.held_back and kind is Kind.MEMBERS]
    replace_at = [place.name for each in looked.too_much for place in each.places]
    document: dict[str, object] = {
        "page": directory_data(looked.draft, vocabulary),
        "held_back": held_back,
        "replace_at": replace_at,
        "files": files,
    }
    lines = [saved.done.notice, *files]
    lines += [f"{id} is left out: their own words say more than they agreed to list." for id in held_back]
    lines += [f"{name}: the page there must be replaced." for name in replace_at]
    return Answer(document, tuple(lines))


def table(call: Call) -> Answer:
    """Supporters as a table, in the clear, after a yes."""
    file, services = call.arguments.file, call.services()
    asking.confirm(
        call.arguments, f"{file} will hold what supporters agreed to, readable by anyone who gets it."
    )
    saved = services.supporters.tables.save(file, call.on)
    return Answer({"file": str(saved.file)}, (saved.done.notice, str(saved.file)))

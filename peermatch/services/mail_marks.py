"""Which letters are marked so that the mail system encrypts them: a rule of each network, as local policy wants it."""

import re
from collections.abc import Sequence

from peermatch.errors import BadInput
from peermatch.model.changes import Done, Touched
from peermatch.services.desk import Desk
from peermatch.store import mail_mark
from peermatch.words import tr

MOST = 60
_DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


class MailMarks:
    """The mark ``[secure]`` in the subject of a contact card's letter: whether it is used, and who needs none."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def free(self) -> tuple[str, ...] | None:
        """The domains that need no mark, with all below them; None where the mark is not used."""
        with self._desk.store.read() as tx:
            return mail_mark.free_domains(tx)

    def use(self, domains: Sequence[str]) -> Done:
        """Mark every letter of a card but those to these domains."""
        found = tuple(dict.fromkeys(_domain(each) for each in domains if each.strip()))
        if len(found) > MOST:
            raise BadInput(
                tr("These are too many domains."), tr("A domain stands for everything below it too.")
            )
        return self._set(found)

    def use_no_more(self) -> Done:
        """No letter is marked from now on."""
        return self._set(None)

    def _set(self, domains: tuple[str, ...] | None) -> Done:
        with self._desk.command("set-mail-mark") as tx:
            mail_mark.set_free_domains(tx, domains)
            tx.note("not used" if domains is None else f"all but {', '.join(domains) or 'none'}")
        said = (
            tr("Letters with a contact card are not marked.")
            if domains is None
            else tr("Letters with a contact card are marked, unless they go to these domains.")
        )
        return self._desk.done(tx, Touched(), said)


def _domain(text: str) -> str:
    """What was typed as a domain: without an at sign, a star or a dot before it."""
    bare = text.strip().casefold().rpartition("@")[2].removeprefix("*").removeprefix(".")
    try:
        bare = bare.encode("idna").decode("ascii")
    except UnicodeError:
        bare = ""
    if not _DOMAIN.fullmatch(bare):
        raise BadInput(
            tr("“{text}” is not the part of an address after the @.").format(text=text.strip()[:80]),
            tr("Write it like nhs.net."),
        )
    return bare

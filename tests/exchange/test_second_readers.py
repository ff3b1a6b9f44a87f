"""Cards and drafts as a second reader of each kind has them, which shares no line with the first one or with us."""

import email
import re
import warnings
from collections.abc import Iterable
from dataclasses import replace
from email.policy import default

import fast_mail_parser
import pytest
import vobject
from vcard.vcard_validator import VCard

from peermatch.exchange.card_files import PLAIN, Extras
from peermatch.exchange.card_vcf import vcard
from peermatch.model.card import ContactCard
from peermatch.model.people import Channel
from tests.exchange.cards import AMINA, STAMP, TO, files_of, full_card, short_card
from tests.exchange.test_card_files import NASTY
from tests.exchange.test_card_paper import ALL as EVERYTHING
from tests.exchange.test_card_paper import EVENT, LOCKED

CARDS = {
    "whole": full_card(),
    "by phone": full_card(replace(AMINA, prefers=Channel.PHONE)),
    "short": short_card(),
    "bare": short_card(replace(AMINA, pronouns=None, prefers=None)),
    **{
        name: full_card(replace(AMINA, name=f"Jo {words}", known_as="Jo", pronouns=words, place=words))
        for name, words in NASTY.items()
    },
}
DRAFTS = {
    "plain": PLAIN,
    "marked": Extras(secure=True),
    "a time to talk": Extras(event=EVENT),
    "locked alone": Extras(LOCKED, alone=True),
    "everything": EVERYTHING,
}


def values(data: bytes) -> dict[str, list[str]]:
    """What the strict reader of vCard 3.0 finds: it reads octets, as RFC 2426 is written, each as one sign.

    It knows no CHARSET, which stands there for one old program alone; what it would do otherwise is no fault.
    """
    octets = data.replace(b";CHARSET=UTF-8:", b":").decode("latin-1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        found = VCard(octets).properties
    return {
        each.name: [
            re.sub(r"\\(.)", _meant, ",".join(part)).encode("latin-1").decode() for part in each.values
        ]
        for each in found
    }


def _meant(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]


def lines(texts: Iterable[str]) -> list[list[str]]:
    """Texts by their lines, however those end."""
    return [text.splitlines() for text in texts]


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_strict_reader_of_contacts_finds_what_the_first_one_finds(card: ContactCard) -> None:
    data = vcard(card, STAMP.uid, STAMP.sent)
    found, contact = values(data), vobject.readOne(data.decode())
    assert set(found) - {"BEGIN", "END"} == {name.upper() for name in contact.contents}
    assert found["N"] == [contact.n.value.family, contact.n.value.given, "", "", ""]
    for name in set(found) - {"BEGIN", "END", "N", "ORG"}:
        assert found[name] == [contact.contents[name.lower()][0].value], name
    assert found.get("ORG", []) == (contact.org.value if "org" in contact.contents else [])


@pytest.mark.parametrize("extras", DRAFTS.values(), ids=DRAFTS)
def test_a_second_reader_of_letters_finds_what_the_first_one_finds(extras: Extras) -> None:
    (file,) = files_of(full_card(), ("eml",), extras)
    found = fast_mail_parser.parse_email(file.data)
    first = email.message_from_bytes(file.data, policy=default)
    plain, page = first.get_body(("plain",)), first.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert (found.subject, [each.address for each in found.to]) == (first["Subject"], [TO])
    assert lines(found.text_plain) == lines([plain.get_content()])
    assert lines(found.text_html) == lines([page.get_content()])
    enclosed = [(each.filename, each.mimetype, bytes(each.content)) for each in found.attachments]
    assert enclosed == [
        (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        for part in first.iter_attachments()
    ]
    assert (list(found.cc), list(found.bcc)) == ([], [])


@pytest.mark.parametrize("name", ["separators", "line ends", "markup", "emoji", "long and not ASCII"])
def test_a_hostile_name_adds_no_reader_and_no_file(name: str) -> None:
    (file,) = files_of(CARDS[name], ("eml",))
    found = fast_mail_parser.parse_email(file.data)
    assert [each.address for each in found.to] == [TO]
    assert [each.filename for each in found.attachments] == ["PM-7F3K.vcf"]
    assert len(found.text_plain) == len(found.text_html) == 1

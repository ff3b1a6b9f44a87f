"""Values that try to be more than values: kept as they are, and no more than one property, header or row anywhere."""

import email
import email.policy
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pytest
import vobject
from pypdf import PdfReader

from peermatch.exchange.portable import dump_network
from peermatch.model.card_wishes import CardWishes, Meeting
from peermatch.model.network import Network
from peermatch.services.office import Doors, Services
from peermatch.services.shipped import load_shipped
from peermatch.store.kdf import LEAST
from tests.networks import AMINA, DAY, ENQUIRY, NETWORK, PASSPHRASE, clock
from tests.services.desks import agreed

HOSTILE = {
    "formula": '=HYPERLINK("http://127.0.0.1:9/","see")',
    "plus": "+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "SQL": "Robert'); DROP TABLE supporter; --",
    "HTML": "<script>alert(1)</script><img src=http://127.0.0.1:9/a.png>",
    "header": "Kim\r\nBcc: everybody@example.org\r\n\r\nDear all",
    "vCard": "Kim\nEND:VCARD\nBEGIN:VCARD\nTEL:999",
    "line ends": "Kim\u2028Bcc: x\u2029y\u0085z",
    "turned round": "Kim \u202egpj.exe",
    "template": "{supporter} ${enquirer} %s %(name)s {0.__class__}",
    "quotes": '"Kim" \'Doe\' \\ ; , : ""',
    "long": "K" * 10_000,
}


def hostile(text: str) -> Network:
    """A network whose every free text is that."""
    person = replace(AMINA, name=text, known_as=text, pronouns=text, place=text, notes=text)
    asked = replace(
        ENQUIRY,
        requester=replace(ENQUIRY.requester, name=f"Robin {text}", safe_contact=text),
        letter=text,
        place=text,
    )
    return replace(NETWORK, name="North West", controller=text, supporters=(person,), enquiries=(asked,))


@pytest.fixture(scope="module")
def doors() -> Doors:
    return Doors(load_shipped(), clock, cost=LEAST)


@pytest.fixture(params=list(HOSTILE))
def network(request: pytest.FixtureRequest) -> Network:
    return hostile(HOSTILE[request.param])


@pytest.fixture
def services(doors: Doors, network: Network, tmp_path: Path) -> Iterator[Services]:
    made = doors.create(tmp_path / "n.peermatch", network, PASSPHRASE, with_recovery=False).services
    yield made
    made.lock()


def test_a_portable_file_of_hostile_values_goes_in_and_comes_out_equal(
    doors: Doors, network: Network, services: Services
) -> None:
    out = services.upkeep.export()
    assert doors.read_portable(out) == doors.read_portable(dump_network(network))
    assert json.loads(out)["supporters"][0]["notes"] == network.supporters[0].notes
    assert services.upkeep.check().damage == ()


def test_a_card_of_hostile_values_has_one_property_and_one_header_each(
    services: Services, tmp_path: Path
) -> None:
    agreed(services)
    wishes = CardWishes(pdf=True, meeting=Meeting(date(2026, 12, 1), time(18, 30)))
    preview = services.handing_out.preview("E-0142", "S-0001", DAY, ("eml", "vcf", "html"), wishes)
    handed = services.handing_out.hand_over(preview, DAY, tmp_path / "out")
    files = {path.suffix: path for path in handed.files}
    assert sorted(tmp_path.joinpath("out").iterdir()) == sorted(handed.files)
    letter = email.message_from_bytes(files[".eml"].read_bytes(), policy=email.policy.default)
    assert [name for name in letter if name.casefold() in ("bcc", "cc", "reply-to", "from")] == []
    assert len(letter.get_all("To", [])) == len(letter.get_all("Subject", [])) == 1
    (card,) = vobject.readComponents(files[".vcf"].read_text("utf-8"))
    assert {name: len(found) for name, found in card.contents.items() if len(found) > 1} == {}
    assert "tel" not in card.contents
    enclosed = {part.get_content_type(): part.get_payload(decode=True) for part in letter.iter_attachments()}
    paper, entry = enclosed["application/pdf"], enclosed["text/calendar"]
    assert isinstance(paper, bytes)
    assert isinstance(entry, bytes)
    assert (len(PdfReader(BytesIO(paper)).pages), entry.count(b"BEGIN:VEVENT"), b"Kim" in entry) == (
        1,
        1,
        False,
    )
    page = files[".html"].read_text("utf-8").casefold()
    assert "<script" not in page
    assert "<img" not in page
    assert "http:" not in page.replace("http://127.0.0.1:9/", "")

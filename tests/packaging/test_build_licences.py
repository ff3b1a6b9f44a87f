"""The list of what is inside: readable for people, valid CycloneDX for machines, the same for the same parts."""

import dataclasses
import json
from pathlib import Path

import licences
import program_facts
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from peermatch.model.pages import Kind, page_of

PARTS = [
    licences.Part("Alpha", "1.0", "MIT", ("the words of MIT",), "pkg:pypi/alpha@1.0"),
    licences.Part("Beta", "2.0", "BSD | other", ("the BSD licence",)),
    licences.Part("Gamma", "", "MIT", ("the words of MIT",)),
]


@pytest.fixture(scope="module")
def facts(root: Path) -> program_facts.Facts:
    return program_facts.facts(root, {"SOURCE_DATE_EPOCH": "1800000000"})


def test_a_text_that_several_share_stands_once(facts: program_facts.Facts) -> None:
    text = licences.as_text(PARTS, facts)
    assert text.count("the words of MIT") == 1
    assert "Alpha, Gamma" in text
    assert facts.version in text.splitlines()[0]


def test_the_list_for_machines_is_valid_and_follows_from_the_parts(facts: program_facts.Facts) -> None:
    bill = licences.as_bill(PARTS, facts)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    assert bill == licences.as_bill(PARTS, facts)
    other = licences.as_bill(PARTS, dataclasses.replace(facts, version="9.9.9"))
    assert bill["serialNumber"] != other["serialNumber"]


def test_the_page_of_the_help_names_every_part(facts: program_facts.Facts) -> None:
    page = page_of("made-of", licences.as_page(PARTS, facts))
    rows = [block.words for block in page.blocks if block.kind is Kind.ROW]
    assert page.title == "About PeerMatch"
    assert rows == [
        "Part | Version | Licence",
        "Alpha | 1.0 | MIT",
        "Beta | 2.0 | BSD / other",
        "Gamma |  | MIT",
    ]


def test_what_is_shipped_beside_the_libraries_has_its_licence(root: Path) -> None:
    assert all(part.texts[0].strip() for part in licences.shipped())
    assert all(
        "GNU" in (root / "packaging/licences" / name).read_text(encoding="utf-8")
        for name in ("GPL-3.0.txt", "LGPL-3.0.txt")
    )

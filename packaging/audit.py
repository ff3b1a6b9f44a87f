"""Writes down what the program is made of (a CycloneDX SBOM), and asks whether any of it has a known weakness.

    python3 packaging/dev.py audit [--sbom FILE] [--osv-url ADDRESS] [--offline]

The lock says what is shipped; licences are read from what is installed here. Weaknesses are looked up by pip-audit in
the Open Source Vulnerabilities database, or in a copy of it that answers at another address. Exit: 0 none is known,
1 some are, 2 nobody could be asked, so nothing is known.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from pip_requirements_parser import InstallRequirement, RequirementsFile

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements-run.txt"
SBOM = ROOT / "build" / "peermatch.cdx.json"
NONE_KNOWN, SOME_KNOWN, NOBODY_ASKED = 0, 1, 2
LONGEST_LICENCE_NAME = 100


def bill_of_materials(lock: Path, version: str) -> Bom:
    """Every library of a lock, with its hashes, its licence where it is installed, and when it is not wanted."""
    bom = Bom()
    program = Component(
        name="PeerMatch",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref="peermatch",
        licenses=[LicenseFactory().make_with_id("MIT")],
    )
    bom.metadata.component = program
    parts = [library(wanted) for wanted in locked(lock)]
    for part in parts:
        bom.components.add(part)
    bom.register_dependency(program, parts)
    return bom


def locked(lock: Path) -> Iterator[InstallRequirement]:
    """The lines of a lock; one that does not name a single version is no lock."""
    read = RequirementsFile.from_file(str(lock))
    for wanted in read.requirements:
        if wanted.name is None or not wanted.is_pinned:
            raise SystemExit(f"{lock.name} does not lock {wanted.line}.")
        yield wanted


def library(wanted: InstallRequirement) -> Component:
    """One library as the SBOM names it."""
    name, version = str(wanted.name), wanted.get_pinned_version
    only_if = [Property(name="peermatch:only-if", value=str(wanted.marker))] if wanted.marker else []
    return Component(
        name=name,
        version=version,
        bom_ref=f"{name}=={version}",
        purl=PackageURL("pypi", None, name, version),
        hashes=[
            HashType(alg=HashAlgorithm.SHA_256, content=each.split(":")[1]) for each in wanted.hash_options
        ],
        licenses=[LicenseFactory().make_from_string(said)] if (said := licence(name)) else [],
        properties=only_if,
    )


def licence(name: str) -> str:
    """What a library that is installed here says of its licence; empty where it says nothing."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    plain = next((said[field] for field in ("License-Expression", "License") if field in said), "")
    listed = [each for each in said.get_all("Classifier") or () if each.startswith("License ::")]
    if plain and len(plain) <= LONGEST_LICENCE_NAME and "\n" not in plain:
        return plain
    return listed[0].rsplit(" :: ", 1)[1] if listed else ""


def write(bom: Bom, file: Path) -> None:
    """The SBOM as a file, put there whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_to_file(
        str(file), allow_overwrite=True, indent=2
    )


def weaknesses(lock: Path, osv_url: str) -> int:
    """Ask about every version in the lock; nothing is installed and nothing but names and versions is sent."""
    words = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--disable-pip", "--no-deps"]
    words += ["--vulnerability-service", "osv", "--progress-spinner", "off", "--desc", "on"]
    asked = subprocess.run(
        [*words, *(["--osv-url", osv_url] if osv_url else [])], capture_output=True, text=True, check=False
    )
    if asked.returncode == 0:
        sys.stdout.write("No weakness is known of anything in the lock.\n")
        return NONE_KNOWN
    if "vulnerabilit" in asked.stderr and "Found" in asked.stderr:
        sys.stdout.write(f"{asked.stdout}\nRenew what is named: `dev.py lock --upgrade-package NAME`.\n")
        return SOME_KNOWN
    sys.stderr.write("Nobody could be asked about known weaknesses, so nothing is known. Try again online.\n")
    return NOBODY_ASKED


def main(words: Sequence[str]) -> int:
    """Write the SBOM, then ask."""
    parser = argparse.ArgumentParser(prog="dev.py audit", description=__doc__)
    parser.add_argument("--sbom", type=Path, default=SBOM, help="where the SBOM is written")
    parser.add_argument("--osv-url", default="", help="another address that answers as the database does")
    parser.add_argument("--offline", action="store_true", help="write the SBOM alone")
    said = parser.parse_args(words)
    sys.path.insert(0, str(ROOT))
    from peermatch import __version__

    bom = bill_of_materials(LOCK, __version__)
    write(bom, said.sbom)
    sys.stdout.write(f"{len(bom.components)} libraries are named in {said.sbom}.\n")
    return NONE_KNOWN if said.offline else weaknesses(LOCK, said.osv_url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

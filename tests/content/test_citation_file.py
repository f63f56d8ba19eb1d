"""`CITATION.cff` is valid by the schema of its format, 1.2.0 (CC BY 4.0), and says what the site says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator.knowledge import KnowledgeBase

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def cff() -> dict[str, Any]:
    # Dates stay text, as the schema wants them.
    text = (HERE.parents[1] / "CITATION.cff").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=_Loader)
    return data


class _Loader(yaml.SafeLoader):
    pass


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_it_is_valid(cff: dict[str, Any]) -> None:
    schema = json.loads((HERE / "cff-1.2.0.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    assert list(jsonschema.Draft7Validator(schema).iter_errors(cff)) == []
    broken = {**cff, "authors": []}
    assert list(jsonschema.Draft7Validator(schema).iter_errors(broken))


def test_it_agrees_with_the_publication(cff: dict[str, Any], real: KnowledgeBase) -> None:
    """Name, authors, licence, description and address are those on the site."""
    publication = real.publication
    assert cff["title"] == publication.name
    assert cff["authors"] == [{"name": publication.authors}]
    assert cff["license"] == publication.licence.spdx
    assert cff["license-url"] == publication.licence.url
    assert " ".join(cff["abstract"].split()) == publication.description
    assert cff.get("url") == publication.address


def test_it_gives_the_credit_that_the_licence_asks_for(cff: dict[str, Any], real: KnowledgeBase) -> None:
    """Each source that is credited on the site, as the library has it."""
    credited = [real.references[item.partition(",")[0]] for item in real.publication.credit]
    assert len(cff["references"]) == len(credited)
    for entry, reference in zip(cff["references"], credited, strict=True):
        assert [(name["family-names"], name["given-names"]) for name in entry["authors"]] == [
            (name.family, name.given) for name in reference.authors
        ]
        assert entry["title"] == reference.title
        assert (entry["journal"], str(entry["year"])) == (reference.container, reference.year)
        assert (str(entry["volume"]), str(entry["issue"])) == (reference.volume, reference.number)
        assert f"{entry['start']}–{entry['end']}" == reference.pages
        assert entry["doi"] == reference.doi

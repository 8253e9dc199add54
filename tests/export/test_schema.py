"""The published schemas are those of the types, and a change to a stable record is seen here."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from recoupe.export.schema import decision_schema, event_schema, reading_schema

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema"


@pytest.mark.parametrize(
    ("name", "made"), [("reading-1.json", reading_schema()), ("event-1.json", event_schema()), ("decision-1.json", decision_schema())]
)
def test_what_is_published_is_what_the_types_say(name: str, made: bytes) -> None:
    assert (PUBLISHED / name).read_bytes() == made, "write docs/schema anew, and see that old records still fit"
    jsonschema.Draft202012Validator.check_schema(json.loads(made))

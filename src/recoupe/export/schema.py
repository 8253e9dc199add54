"""Which shape do the records have? The JSON Schemas of `recoupe/reading/1`, `recoupe/event/1` and `recoupe/decision/1`, made from the types themselves."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from recoupe.decision import Decision
from recoupe.model import Event, Reading


def reading_schema() -> bytes:
    """The JSON Schema (2020-12) of a reading, as published in docs/schema/reading-1.json."""
    return _schema(Reading, "recoupe/reading/1")


def event_schema() -> bytes:
    """The JSON Schema (2020-12) of an event, as published in docs/schema/event-1.json."""
    return _schema(Event, "recoupe/event/1")


def decision_schema() -> bytes:
    """The JSON Schema (2020-12) of a decision, as published in docs/schema/decision-1.json."""
    return _schema(Decision, "recoupe/decision/1")


def _schema(kind: Any, title: str) -> bytes:
    schema = msgspec.json.schema(kind)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(head | schema, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"

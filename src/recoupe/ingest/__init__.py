"""How does input become Documents? Paths → items (bytes and what the input declares) → decoded text with blocks and metadata."""

from recoupe.ingest.document import to_document, with_furniture
from recoupe.ingest.furniture import is_furniture, line_prints, recurring
from recoupe.ingest.item import Fields, Item
from recoupe.ingest.sources import pasted, read_items, read_upload

__all__ = ["Fields", "Item", "is_furniture", "line_prints", "pasted", "read_items", "read_upload", "recurring", "to_document", "with_furniture"]

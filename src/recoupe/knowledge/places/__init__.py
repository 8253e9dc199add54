"""Where is a place that the news names? The gazetteer: how it is built, extended and asked."""

from recoupe.knowledge.places.build import STEPS, build_gazetteer, recipe
from recoupe.knowledge.places.entry import BuildReport, ImportReport, PlaceEntry, PlaceKind
from recoupe.knowledge.places.gazetteer import Gazetteer, default_path, importance, open_gazetteer
from recoupe.knowledge.places.importer import import_places

__all__ = [
    "STEPS", "BuildReport", "Gazetteer", "ImportReport", "PlaceEntry", "PlaceKind", "build_gazetteer", "default_path", "import_places", "importance", "open_gazetteer",
    "recipe",
]  # fmt: skip

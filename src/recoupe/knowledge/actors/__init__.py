"""Which actors are known before reading? States, armed forces and groups, institutions, bodies, media and public figures, kept as TSV.

>>> from recoupe.knowledge.actors import open_register
>>> [entry.name for entry in open_register().find("Daech")]
['Islamic State']
"""

from recoupe.knowledge.actors.coding import Code, code_actor
from recoupe.knowledge.actors.importing import ActorsImported, import_actors
from recoupe.knowledge.actors.load import open_register, own_folder, read_actors
from recoupe.knowledge.actors.register import ActorEntry, Form, Lexicon, Register

__all__ = [
    "ActorEntry", "ActorsImported", "Code", "Form", "Lexicon", "Register", "code_actor", "import_actors", "open_register", "own_folder", "read_actors",
]  # fmt: skip

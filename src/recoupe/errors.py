"""The exceptions of Recoupe, drawn as a tree.

    RecoupeError                 what the user can act on: the message says what was wrong, where, and what to do
    ├── InputError               an item could not become a Document (becomes a Problem at the document boundary)
    ├── PackError                a language pack's file is not as its schema says
    ├── KnowledgeError           the gazetteer or the actor register is missing or not as it should be
    ├── ModelMissingError        the language model of a pack is not installed
    ├── CasebookError            the casebook can't be opened, read or written
    │   ├── CasebookTooNewError  it was written by a later version of the program
    │   ├── NotInCasebookError   what was asked for by name is not in it
    │   └── CasebookBusyError    another process held it for longer than the wait allows
    ├── ReviewError              a person's decision can't be kept as it is
    └── ExportError              a table could not be written

>>> from recoupe.errors import CasebookTooNewError, RecoupeError
>>> issubclass(CasebookTooNewError, RecoupeError)
True
"""


class RecoupeError(Exception):
    """What the user can act on; the message says what was wrong, where, and what to do."""


class InputError(RecoupeError):
    """An item could not become a Document."""


class PackError(RecoupeError):
    """A file of a language pack is not as its schema says; the message names the file and the entry."""


class KnowledgeError(RecoupeError):
    """The gazetteer or the actor register is missing or not as it should be."""


class ModelMissingError(RecoupeError):
    """The language model that a pack names is not installed."""


class CasebookError(RecoupeError):
    """The casebook can't be opened, read or written."""


class CasebookTooNewError(CasebookError):
    """The casebook was written by a later version of the program."""


class NotInCasebookError(CasebookError):
    """What was asked for by its name or id is not in the casebook, or no more."""


class CasebookBusyError(CasebookError):
    """Another process held the casebook for longer than the wait allows."""


class ExportError(RecoupeError):
    """A table could not be written."""


class ReviewError(RecoupeError):
    """A person's decision can't be kept as it is."""

"""Every example in a docstring or a page of the documentation runs; generated cases are the same in every run unless new ones are asked for.

`HYPOTHESIS_PROFILE=search make test` looks for cases that no run has met.
"""

from __future__ import annotations

import os

from hypothesis import settings
from sybil import Sybil
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import PythonCodeBlockParser

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

_NOT_OURS = ["tests/**", "bench/**", "conftest.py", ".venv/**", "build/**"]
_docstrings = Sybil(parsers=[DocTestParser()], patterns=["*.py"], excludes=_NOT_OURS)
_pages = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"], excludes=_NOT_OURS)

pytest_collect_file = (_docstrings + _pages).pytest()

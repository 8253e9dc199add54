"""Every example in a docstring or a page of the documentation runs."""

from __future__ import annotations

from sybil import Sybil
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import PythonCodeBlockParser

_NOT_OURS = ["tests/**", "bench/**", "conftest.py", ".venv/**", "build/**"]
_docstrings = Sybil(parsers=[DocTestParser()], patterns=["*.py"], excludes=_NOT_OURS)
_pages = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"], excludes=_NOT_OURS)

pytest_collect_file = (_docstrings + _pages).pytest()

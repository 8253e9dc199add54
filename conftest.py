"""Every example in a docstring or a page of the documentation runs."""

from __future__ import annotations

from sybil import Sybil
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import PythonCodeBlockParser

pytest_collect_file = Sybil(
    parsers=[DocTestParser(), PythonCodeBlockParser()], patterns=["*.py", "*.md"], excludes=["tests/**", "bench/**", "conftest.py"]
).pytest()

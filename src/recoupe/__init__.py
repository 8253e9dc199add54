"""Recoupe reads conflict news and keeps a record of what it says happened, who says it, how surely, and who says otherwise."""

__version__ = "0.1.0"

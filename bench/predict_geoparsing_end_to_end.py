"""Where are the places that English news texts name, when the names have to be found too?"""

from __future__ import annotations

from bench.predict_geoparsing import predict_end_to_end as predict

__all__ = ["predict"]

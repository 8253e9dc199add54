"""How is the weight of a claim in the queue of the review set? By what its reading says; the cross-check sets what its event adds (event_rows.py)."""

from __future__ import annotations

from recoupe.casebook.blocks import ordinal
from recoupe.casebook.connection import Store
from recoupe.casebook.doubts import doubts, drawn, stakes, weight
from recoupe.model import Reading


def weigh(store: Store, reading: Reading, number: int) -> None:
    """Set the weight of every claim of a document that its reading gives; its claims are indexed already."""
    found = doubts(reading)
    claims = {claim.id: claim for claim in reading.claims}
    published = ordinal(reading.document.published.date_start)
    rows = [
        (row, number, claims[name].type, ordinal(claims[name].date_start) or published, drawn(reading.document.id, name), weight(found[name]),
         weight(stakes(claims[name], reading)), number)
        for row, name in store.rows("SELECT number, id FROM claim WHERE document = ?", (number,))
        if name in claims
    ]  # fmt: skip
    store.run_many(
        """INSERT OR REPLACE INTO queue (claim, document, type, day, draw, doubt, stake, outlet)
           SELECT ?, ?, ?, ?, ?, ?, ?, outlet FROM document WHERE number = ?""",
        rows,
    )
    store.run("DELETE FROM unweighed WHERE document = ?", (number,))

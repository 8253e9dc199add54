"""Claims in, events out; pure."""

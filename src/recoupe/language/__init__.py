"""Language as data (packs), and the one place that knows the language model."""

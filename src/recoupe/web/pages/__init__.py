"""One module a page: what it shows, gathered from the casebook into one struct."""

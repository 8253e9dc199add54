"""What lies under the events on the map? The basemap: made once from packages, then served to the browser as ranges of one file."""

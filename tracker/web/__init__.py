"""Pages: translate requests into one query or service call and its answer into a page."""

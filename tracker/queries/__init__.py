"""Read only: records and pages, each in a fixed number of statements."""

"""The formats that the tracker writes; nothing here knows the database."""

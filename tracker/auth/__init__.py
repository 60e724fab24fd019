"""Passwords and signed links, without a database."""

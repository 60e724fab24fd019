"""The installation behind the site, and a house of people."""

from tests.web.commission import coordinator, database, house, installation

__all__ = ["coordinator", "database", "house", "installation"]

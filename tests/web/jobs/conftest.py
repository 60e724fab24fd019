"""The commission of the tests, for the pages of the jobs."""

from tests.web.commission import coordinator, database, house, installation

__all__ = ["coordinator", "database", "house", "installation"]

"""The commission of the tests, for the pages of the deliverables."""

from tests.web.commission import coordinator, database, house, installation

__all__ = ["coordinator", "database", "house", "installation"]

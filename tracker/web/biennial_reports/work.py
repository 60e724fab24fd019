"""Work in the background that a page of a long report waits for."""

from dataclasses import dataclass

from tracker.domain.permissions import Action, may_ever
from tracker.queries.jobs import TaskProgress
from tracker.web.security import actor


@dataclass(frozen=True, slots=True)
class Work:
    """The newest task that does what a page waits for, None where nobody asked for it yet."""

    task: TaskProgress | None

    @property
    def is_running(self) -> bool:
        """Tell whether it waits for its turn or runs."""
        return self.task is not None and not self.task.is_over

    @property
    def has_failed(self) -> bool:
        """Tell whether it ended without a result."""
        return self.task is not None and self.task.state == "failed"

    @property
    def may_cancel(self) -> bool:
        """Tell whether the reader may stop it."""
        if self.task is None:
            return False
        is_own = self.task.requested_by_id == actor().person_id
        return is_own or may_ever(actor(), Action.SETTLE_DELIVERY)

"""The kinds of long work that people can ask for, each with the function that does it."""

from collections.abc import Callable, Mapping

from tracker.domain.permissions import Actor
from tracker.installation import Installation
from tracker.jobs.compositions import compose_texts
from tracker.jobs.editions import make_edition
from tracker.jobs.outlooks import make_outlook, try_rule
from tracker.jobs.report_comparisons import compare_copy, compare_editions
from tracker.jobs.scans import recognise_scan
from tracker.queries.editions import TASK_KIND as EDITION
from tracker.queries.import_files import RECOGNITION
from tracker.queries.kept_comparisons import COPY_KIND, EDITIONS_KIND
from tracker.queries.kept_compositions import TASK_KIND as COMPOSITION
from tracker.queries.kept_outlooks import TASK_KIND as OUTLOOK
from tracker.queries.rule_trials import TASK_KIND as RULE_TRIAL

# Says how far the work is (0 to 100) and what is being done; raises TaskCancelled when the person
# who asked for the work no longer wants it.
Progress = Callable[[int, str], None]
TaskFunction = Callable[[Installation, Actor, Mapping[str, object], Progress], Mapping[str, object]]


class TaskCancelled(Exception):
    """The work is no longer wanted; what it did so far is left behind."""


TASK_KINDS: Mapping[str, TaskFunction] = {
    EDITION: make_edition,
    COMPOSITION: compose_texts,
    EDITIONS_KIND: compare_editions,
    COPY_KIND: compare_copy,
    OUTLOOK: make_outlook,
    RULE_TRIAL: try_rule,
    RECOGNITION: recognise_scan,
}

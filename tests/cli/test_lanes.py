"""Two lanes of requests: whoever is at work first, a crowd one at a time."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from waitress.task import ThreadedTaskDispatcher

from tracker.cli.lanes import Lanes, Work

PATIENCE = 60.0  # seconds: other processes of the machine make these tests slow


@dataclass(eq=False)
class Request(Work):
    """A request that is answered when it may, and tells how far it is."""

    is_public: bool = False
    may_end: threading.Event = field(default_factory=threading.Event)
    began: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    is_cancelled: bool = False

    def service(self) -> None:
        self.began.set()
        assert self.may_end.wait(PATIENCE)
        self.ended.set()

    def cancel(self) -> None:
        self.is_cancelled = True


def is_crowd(work: Work) -> bool:
    assert isinstance(work, Request)
    return work.is_public


@pytest.fixture
def dispatcher() -> Iterator[ThreadedTaskDispatcher]:
    """Return what hands requests to two threads, as in a web process."""
    made = ThreadedTaskDispatcher()
    made.queue = Lanes(is_crowd)
    made.set_thread_count(2)
    yield made
    made.shutdown()


def test_a_crowd_never_has_more_than_one_thread(dispatcher: ThreadedTaskDispatcher) -> None:
    readers = [Request(is_public=True) for _number in range(3)]
    worker = Request()
    for each in (*readers, worker):
        dispatcher.add_task(each)

    assert readers[0].began.wait(PATIENCE)
    assert worker.began.wait(PATIENCE)
    worker.may_end.set()
    assert worker.ended.wait(PATIENCE)
    assert not readers[1].began.is_set()

    for each in readers:
        each.may_end.set()
    assert all(each.ended.wait(PATIENCE) for each in readers)


def test_what_waits_for_the_house_is_taken_first() -> None:
    lanes = Lanes(is_crowd)
    reader, other, worker, second = (
        Request(is_public=True),
        Request(is_public=True),
        Request(),
        Request(),
    )
    for each in (reader, other, worker, second):
        lanes.append(each)

    assert len(lanes) == 3
    assert (lanes.popleft(), lanes.popleft()) == (worker, second)
    taken = lanes.popleft()
    assert len(lanes) == 0
    with pytest.raises(IndexError):
        lanes.popleft()
    reader.may_end.set()
    taken.service()
    assert reader.ended.is_set()
    assert len(lanes) == 1


def test_the_lane_is_free_again_after_a_failure_and_after_a_cancelled_request() -> None:
    lanes = Lanes(is_crowd)

    class Failing(Request):
        def service(self) -> None:
            raise RuntimeError("It broke.")

    gone = Request(is_public=True)
    for each in (Failing(is_public=True), gone, Request(is_public=True)):
        lanes.append(each)

    with pytest.raises(RuntimeError):
        lanes.popleft().service()
    lanes.popleft().cancel()

    assert gone.is_cancelled
    assert len(lanes) == 1

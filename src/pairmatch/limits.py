"""Time limits, cancelling and progress, honoured between the engine's calls."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pairmatch.options import CancelToken

_log = logging.getLogger(__name__)


# a plan may take that part of the time longer than the limit, or than until it was cancelled, and
# that many seconds
_GRACE = 0.13
_GRACE_S = 0.2
# to send those who have no cadre yet may take that part of it longer still
_LAST = 0.15
# seconds for each person that it takes to turn a flow between classes into a plan, measured on two
# cores; slow machines are given up to twice as long
_PLAN_S = 0.85e-7
_SLOW = 2.0
# to complete a flow that is not complete takes that part of it
_COMPLETION = 0.2
# however long that may take, so much of the limit is for finding a flow
_LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Progress:
    """What a progress callback is told.

    ``done`` of ``total`` steps of the phase are finished (``total`` is 0 where it is not known),
    ``bound`` is the lower bound of the level that is being solved, None before there is one, and
    ``seconds`` have passed since the start.
    """

    phase: str
    done: int
    total: int
    bound: int | None
    seconds: float


@dataclass
class Limits:
    """When to stop, whom to tell, and how long each phase took.

    Phases are measured with a monotonic clock; ``seconds`` sums up repeated phases. ``logs`` sends
    phases and rounds to the log: those of a caller's solve, not of what serves it inside.
    Time is reserved for making the plan, as far as it does not fit into the grace after a limit.
    """

    time_limit: float | None = None
    cancel: CancelToken | None = None
    progress: Callable[[Progress], None] | None = None
    started: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)
    bound: int | None = None
    logs: bool = False
    _cancelled_at: float | None = None
    _reserved: float = 0.0
    _phase: str = ""
    _since: float = 0.0

    def reserve(self, people: int, seconds: float) -> None:
        """Reserve time for making a plan for a number of people who took that long to formulate."""
        usual = _PLAN_S * people
        self._reserved = min(max(usual, seconds), _SLOW * usual)

    def silent(self) -> "Limits":
        """Return limits that end at the same moment, but report nothing and measure nothing."""
        return Limits(self._stops_at(), self.cancel, None, self.started)

    def share(self, part: float) -> "Limits":
        """Return silent limits that end when that part of the time left has passed."""
        limits = self.silent()
        if limits.time_limit is not None:
            now = self.elapsed()
            limits.time_limit = now + part * max(0.0, limits.time_limit - now)
        return limits

    def late(self) -> bool:
        """Return whether even what makes a plan of what there is has to stop now.

        It has a little longer than all else: a grace after the limit, or after it was cancelled.
        """
        return self._over(0.0)

    def too_late(self) -> bool:
        """Return whether even those who have no cadre yet must be left out.

        To send them has longer than what makes a plan better: with many left out, reasons and
        diagnosis would take longer than that.
        """
        return self._over(_LAST)

    def _over(self, part: float) -> bool:
        stopped_at = self._cancelled_at if self.cancelled() else self.time_limit
        if stopped_at is None:
            return False
        return self.elapsed() >= self._late_after(stopped_at) + part * stopped_at

    def elapsed(self) -> float:
        """Return seconds since the start."""
        return time.perf_counter() - self.started

    def cancelled(self) -> bool:
        """Return whether the caller has cancelled."""
        if self._cancelled_at is None and self.cancel is not None and self.cancel.is_set():
            self._cancelled_at = self.elapsed()
        return self._cancelled_at is not None

    def passed(self) -> bool:
        """Return whether the limit has passed, or the caller has cancelled."""
        passed = self.time_limit is not None and self.elapsed() >= self.time_limit
        return passed or self.cancelled()

    def stop(self) -> bool:
        """Return whether to stop now: for a plan to be there in time, or since it was cancelled."""
        stops_at = self._stops_at()
        return (stops_at is not None and self.elapsed() >= stops_at) or self.cancelled()

    def _stops_at(self) -> float | None:
        limit = self.time_limit
        if limit is None:
            return None
        in_time = self._late_after(limit) - _COMPLETION * self._reserved
        return min(limit, max(_LEAST_SHARE * limit, in_time))

    def _late_after(self, seconds: float) -> float:
        return (1 + _GRACE) * seconds + _GRACE_S - self._reserved

    def enter(self, phase: str, total: int = 0) -> None:
        """Begin a phase and end the one before."""
        now = time.perf_counter()
        if self._phase:
            self.seconds[self._phase] = self.seconds.get(self._phase, 0.0) + now - self._since
        if self.logs and phase:
            is_new = phase not in self.seconds and phase != self._phase
            level = logging.INFO if is_new else logging.DEBUG
            _log.log(level, "phase %s, %.3f s after the start", phase, self.elapsed())
        self._phase, self._since = phase, now
        self.report(0, total)

    def log_round(
        self, number: int, value: int, bound: int | None, candidates: int, added: int
    ) -> None:
        """Log a round of column generation: numbers only, never an id."""
        if self.logs:
            text = "round %d: value %d, bound %s, %d candidate arcs, %d of them new"
            _log.debug(text, number, value, bound, candidates, added)

    def report(self, done: int, total: int) -> None:
        """Tell the caller how far the phase is."""
        if self.progress is not None and self._phase:
            self.progress(Progress(self._phase, done, total, self.bound, self.elapsed()))

    def finish(self) -> None:
        """End the last phase."""
        self.enter("")

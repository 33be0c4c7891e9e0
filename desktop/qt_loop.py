"""asyncio on Qt's event loop: qasync with a fast queue, exact deadlines, an orderly start and end.

Stock qasync 0.28 makes every `call_soon` a Qt timer, keeps cancelled time-outs alive as Qt timers until they
expire, and rounds delays down to coarse timers, so that `sleep` returns early. `QtLoop` replaces only that
scheduling (and the executor and async-generator book-keeping that qasync leaves out); on Windows the proactor stays
qasync's, and on macOS its notifiers for each socket. On Linux one epoll holds all sockets and pipes and is all that Qt
watches. Tried on Linux only; `new_loop(app, stock=True)` is the way back.

Must not know windows, settings or the engine: the composition roots import it, nothing else.
"""

# `QtLoop` lives on private parts of asyncio.BaseEventLoop and of qasync 0.28 (a test pins that version), hence:
# ruff: noqa: SLF001

import asyncio
import contextlib
import heapq
import logging
import math
import selectors
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextvars import Context
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from desktop.collector import collected_here

if TYPE_CHECKING:

    class StockLoop(asyncio.SelectorEventLoop):
        """What is used of qasync's QEventLoop, for the type checker.

        qasync builds the real class with `type(...)` and annotates nothing, and typeshed leaves out the private half
        of BaseEventLoop. On Windows the real one derives from the proactor loop.
        """

        _ready: deque[asyncio.Handle]
        _scheduled: list[asyncio.TimerHandle]
        _timer_cancelled_count: int
        _current_handle: asyncio.Handle | None
        _debug: bool
        _closed: bool
        _thread_id: int | None
        _selector: selectors.BaseSelector

        def __init__(self, app: QGuiApplication) -> None: ...
        def __enter__(self) -> Self: ...
        def __exit__(self, *exc_info: object) -> None: ...
        def _check_closed(self) -> None: ...
        def _check_running(self) -> None: ...
        def _make_self_pipe(self) -> None: ...
        def _process_events(self, event_list: list[tuple[selectors.SelectorKey, int]]) -> None: ...
        def _asyncgen_firstiter_hook(self, agen: AsyncGenerator[Any, Any]) -> None: ...
        def _asyncgen_finalizer_hook(self, agen: AsyncGenerator[Any, Any]) -> None: ...
        def _set_coroutine_origin_tracking(self, enabled: bool) -> None: ...

    def _format_handle(handle: asyncio.Handle) -> str: ...
else:
    from asyncio.base_events import _format_handle

    from qasync import QEventLoop as StockLoop

SLICE_S = 0.006  # Callbacks get this long before Qt paints and reads input again: a third of a frame.
MAX_WAIT_S = 86_400.0  # QTimer counts milliseconds in 32 bits; a longer deadline is simply armed again.
COMPACT_FROM = 100  # Cancelled deadlines that are tolerated before the heap is rebuilt (asyncio's own figure).

_asyncio_log = logging.getLogger("asyncio")


class _Waker(QObject):
    """Carries a wake-up out of any thread: `woken` arrives in the thread of the loop."""

    woken = Signal()


class QtLoop(StockLoop):
    """An asyncio event loop on top of a running Qt application, one per process and thread.

    `call_soon` fills a deque that one zero-interval timer drains; deadlines sit in a heap behind one precise timer,
    sockets in an epoll behind one notifier. A turn is what asyncio's is: what was queued before it, and what sockets
    and deadlines have for us at its beginning, each once. Qt has its turns in between, and within a long one.
    Callbacks run only inside `run_forever` (both timers stop when it ends, so nothing is left to `close`) and never
    inside another callback: a nested `QDialog.exec()` stalls asyncio but loses no task.
    """

    def __init__(self, app: QGuiApplication) -> None:
        self._is_armed = False  # The queue will be looked at again without further help.
        self._armed_for = math.inf  # The deadline that the precise timer waits for, on this loop's clock.
        self._is_draining = False
        self._is_wake_up_sent = False
        self._left_of_turn = 0  # Callbacks of the turn that has begun; those behind them belong to the next.
        self._socket_notifier: QSocketNotifier | None = None  # Made by `_make_self_pipe`, where there is epoll.
        self._fatal: BaseException | None = None
        self._soon_timer = QTimer()
        self._soon_timer.timeout.connect(self._drain)
        self._deadline_timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._deadline_timer.timeout.connect(self._on_deadline)
        self._waker = _Waker()
        self._waker.woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)
        super().__init__(app)

    # Scheduling. Assigned from asyncio where qasync's override is the thing to get rid of: its `call_later` makes
    # timers, its executor is ten QThreads that `shutdown_default_executor` does not know.

    call_later = asyncio.BaseEventLoop.call_later
    call_soon_threadsafe = asyncio.BaseEventLoop.call_soon_threadsafe
    run_in_executor = asyncio.BaseEventLoop.run_in_executor
    set_default_executor = asyncio.BaseEventLoop.set_default_executor

    def call_soon(  # pyright: ignore[reportIncompatibleMethodOverride]  # typeshed ties args to callback by a TypeVarTuple
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Queue a callback behind all that are queued already."""
        if self._debug or self._closed:  # asyncio's checks; always going through them cost a fifth of the rate.
            handle = asyncio.BaseEventLoop.call_soon(self, callback, *args, context=context)
        else:
            self._ready.append(handle := asyncio.Handle(callback, args, self, context))
        if not self._is_armed:
            self._arm_soon()
        return handle

    def call_at(  # pyright: ignore[reportIncompatibleMethodOverride]  # as above
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Run a callback at `when` (this loop's clock, seconds) or a little later, never earlier."""
        handle = asyncio.BaseEventLoop.call_at(self, when, callback, *args, context=context)
        if when < self._armed_for:
            self._arm_deadline()
        return handle

    def _add_callback(self, handle: asyncio.Handle) -> None:
        """Queue a handle; asyncio calls this too, for Unix signals."""
        self._ready.append(handle)
        if not self._is_armed:
            self._arm_soon()

    def _write_to_self(self) -> None:
        """Wake the loop, from any thread and once per burst; asyncio calls this after it has queued a callback."""
        # The caller first queues, then the flag is read; the loop first clears the flag, then reads the queue.
        # Whatever the interleaving, one of the two sees the other.
        if not self._is_wake_up_sent:
            self._is_wake_up_sent = True
            self._waker.woken.emit()

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Count a cancelled deadline and rebuild the heap when most of it is dead; asyncio calls this from `cancel`."""
        if not handle._scheduled:
            return
        self._timer_cancelled_count += 1
        if self._timer_cancelled_count > max(COMPACT_FROM, len(self._scheduled) // 2):
            # The handle is not marked as cancelled yet: that happens after this call.
            self._scheduled = [h for h in self._scheduled if not h._cancelled and h is not handle]
            heapq.heapify(self._scheduled)
            handle._scheduled = False
            self._timer_cancelled_count = 0

    # Sockets. qasync has a QSocketNotifier for each, disabled and enabled again for each piece of data. With 200 of
    # them Qt asked the kernel about all at every turn, and each piece took the interpreter's lock once more: a request
    # of aiohttp cost 15 % more than on plain asyncio, with one epoll 4 % (thread CPU, 30 alternated rounds).

    if sys.platform == "linux":
        _add_reader = asyncio.SelectorEventLoop._add_reader  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        _remove_reader = asyncio.SelectorEventLoop._remove_reader  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        _add_writer = asyncio.SelectorEventLoop._add_writer  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        _remove_writer = asyncio.SelectorEventLoop._remove_writer  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]

        def _make_self_pipe(self) -> None:
            """Take an epoll in place of qasync's selector, before the first socket; asyncio calls this once."""
            self._selector = selector = selectors.EpollSelector()
            self._socket_notifier = QSocketNotifier(selector.fileno(), QSocketNotifier.Type.Read)
            self._socket_notifier.setEnabled(False)
            self._socket_notifier.activated.connect(self._on_sockets_ready)
            super()._make_self_pipe()

    # Running.

    def run_forever(self) -> None:
        """Run Qt's event loop until `stop`, or until somebody quits the application.

        Raises:
            SystemExit, KeyboardInterrupt: raised by a callback; Qt would print and drop them.
        """
        self._check_closed()
        self._check_running()
        old_hooks = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook)
        self._thread_id = threading.get_ident()
        self._set_coroutine_origin_tracking(self._debug)
        self._watch_sockets(True)
        self._arm_soon()
        try:
            super().run_forever()
        finally:
            self._thread_id = None
            self._disarm()
            self._set_coroutine_origin_tracking(False)
            sys.set_asyncgen_hooks(*old_hooks)
        if self._fatal is not None:
            fatal, self._fatal = self._fatal, None
            raise fatal

    def _arm_soon(self) -> None:
        if self._thread_id is not None:  # Otherwise run_forever arms when it starts.
            self._is_armed = True
            self._soon_timer.start()

    def _arm_deadline(self) -> None:
        if self._thread_id is not None and self._scheduled:
            self._armed_for = self._scheduled[0].when()
            wait_s = min(max(self._armed_for - self.time(), 0.0), MAX_WAIT_S)
            self._deadline_timer.start(math.ceil(wait_s * 1000))

    def _watch_sockets(self, is_watching: bool) -> None:
        if self._socket_notifier is not None:
            self._socket_notifier.setEnabled(is_watching)

    def _disarm(self) -> None:
        self._watch_sockets(False)
        self._soon_timer.stop()
        self._deadline_timer.stop()
        self._is_armed = False
        self._armed_for = math.inf

    def _on_woken(self) -> None:
        self._is_wake_up_sent = False
        self._drain()

    def _on_deadline(self) -> None:
        self._armed_for = math.inf
        self._drain()

    def _on_sockets_ready(self) -> None:
        if self._is_draining or not self._is_armed:  # Otherwise a turn is about to come anyway.
            self._drain()

    def _drain(self) -> None:
        """Run what is queued or due at this moment, for one slice at most; the rest waits until Qt had its turn.

        Going on with what these callbacks queued, while the slice lasts, doubled a ping-pong between two tasks, but won
        nothing for HTTP and made Qt's timers 2 ms later (`tests/bench/bench_loop.py`, four alternated runs).
        """
        if self._is_draining or self._thread_id is None:
            # A nested Qt loop, or the events that qasync lets through after the end of run_forever. A step of a task
            # inside a step of another raises inside asyncio and that task never wakes again. The stops keep a nested
            # loop from spinning when it was opened with a backlog waiting, or while a socket has something for us.
            self._soon_timer.stop()
            self._watch_sockets(False)
            return
        self._is_draining = True
        self._is_armed = True  # Callbacks need not start the timer: the end of this method decides.
        try:
            self._run_slice()
        except (SystemExit, KeyboardInterrupt) as exc:
            self._fatal = exc
            self.stop()
        finally:
            self._is_draining = False
            self._is_armed = False
            if self._ready:
                self._arm_soon()
            else:
                self._soon_timer.stop()
            if self._armed_for == math.inf:
                self._arm_deadline()
            self._watch_sockets(True)  # A nested loop may have ended it.

    def _run_slice(self) -> None:
        ready, clock, run = self._ready, time.monotonic, self._run_timed if self._debug else asyncio.Handle._run
        now = clock()
        slice_end = now + SLICE_S
        if not self._left_of_turn:
            if self._socket_notifier is not None:
                # Only now: whoever was told of a socket in this turn has to have had his turn before he is told again.
                self._process_events(self._selector.select(0))
            self._queue_due(now)
            self._left_of_turn = len(ready)
        while self._left_of_turn:
            self._left_of_turn -= 1
            handle = ready.popleft()
            if not handle._cancelled:
                run(handle)
                if clock() >= slice_end:
                    break

    def _queue_due(self, now: float) -> None:
        scheduled = self._scheduled
        while scheduled and (scheduled[0]._cancelled or scheduled[0].when() <= now):
            handle = heapq.heappop(scheduled)
            handle._scheduled = False
            if handle._cancelled:
                self._timer_cancelled_count -= 1
            else:
                self._ready.append(handle)

    def _run_timed(self, handle: asyncio.Handle) -> None:
        """Run a callback as asyncio's debug mode does: a slow one is reported in asyncio's own words and log."""
        self._current_handle = handle
        started_s = self.time()
        try:
            handle._run()
        finally:
            self._current_handle = None
        took_s = self.time() - started_s
        if took_s >= self.slow_callback_duration:
            _asyncio_log.warning("Executing %s took %.3f seconds", _format_handle(handle), took_s)


def new_loop(app: QGuiApplication, *, stock: bool = False) -> StockLoop:
    """Make a loop for this application; `stock` asks for qasync's own, should ours misbehave on some system."""
    return StockLoop(app) if stock else QtLoop(app)


def run(app: QGuiApplication, main: Callable[[], Coroutine[Any, Any, int | None]], *, stock: bool = False) -> int:
    """Run the main coroutine to its end on Qt's loop, clean up behind it and give back the exit code.

    Windows do not end the program: `main` does, by returning (None counts as 0). `app.quit()`, Ctrl+C and SIGTERM
    cancel `main`, which then closes what it opened; they end in 0, 130 and 143 when it lets the cancellation through.
    So does SIGHUP (129), which a terminal or the end of the session sends, unless it is ignored (`nohup`).
    """
    app.setQuitOnLastWindowClosed(False)
    with collected_here():
        loop = new_loop(app, stock=stock)
        try:
            return _run_to_the_end(loop, main)
        finally:
            loop.close()


def end_signals() -> tuple[signal.Signals, ...]:
    """Return the signals that ask for an orderly end here: SIGHUP only where whoever started us has not ignored it."""
    found = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        found.append(signal.SIGHUP)
    return tuple(found)


def _run_to_the_end(loop: StockLoop, main: Callable[[], Coroutine[Any, Any, int | None]]) -> int:
    task = loop.create_task(_main_then_clean_up(main), name="main")
    task.add_done_callback(lambda _: loop.stop())
    exit_code = 0
    was_asked_to_end = False

    def on_signal(signal_number: int) -> None:
        nonlocal exit_code, was_asked_to_end
        exit_code, was_asked_to_end = 128 + signal_number, True
        task.cancel()

    signals = end_signals()
    for signal_number in signals:
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl+C arrives as KeyboardInterrupt, see below.
            loop.add_signal_handler(signal_number, on_signal, signal_number)

    fatal: BaseException | None = None
    while not task.done():
        try:
            loop.run_forever()
        except (SystemExit, KeyboardInterrupt) as exc:
            fatal = fatal or exc
        if not task.done():  # Qt's loop ended under us: app.quit(), the end of the desktop session, an exception above.
            was_asked_to_end = True
            task.cancel()
    for signal_number in signals:
        with contextlib.suppress(NotImplementedError):
            # Before the loop closes: it would close the socket first that a signal is written to.
            loop.remove_signal_handler(signal_number)
    if fatal is not None:
        if not task.cancelled() and (error := task.exception()) is not fatal:
            raise fatal from error
        raise fatal
    return exit_code if was_asked_to_end and task.cancelled() else task.result()


async def _main_then_clean_up(main: Callable[[], Coroutine[Any, Any, int | None]]) -> int:
    loop = asyncio.get_running_loop()
    try:
        return await main() or 0
    finally:
        await _cancel_leftover_tasks()
        await loop.shutdown_asyncgens()
        await loop.shutdown_default_executor()


async def _cancel_leftover_tasks() -> None:
    """Cancel what `main` left running and report what it raised, as `asyncio.run` does."""
    leftovers = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in leftovers:
        task.cancel()
    for task, result in zip(leftovers, await asyncio.gather(*leftovers, return_exceptions=True), strict=True):
        if isinstance(result, Exception):
            context = {"message": "a task failed while the program was closing", "exception": result, "task": task}
            asyncio.get_running_loop().call_exception_handler(context)


@dataclass(frozen=True, slots=True)
class LagFigures:
    """How late the probe came since its start; the percentiles cover the latest `LoopLag.KEPT` samples only."""

    samples: int
    p50_ms: float
    p99_ms: float
    max_ms: float


class LoopLag(QObject):
    """Measures how long Qt's event loop is blocked: how late a precise timer of 10 ms comes.

    A block is seen from the moment the timer was due, so it may have been up to 10 ms longer than measured.
    """

    INTERVAL_MS = 10
    KEPT = 30_000  # Five minutes.

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lags_ms: deque[float] = deque(maxlen=self.KEPT)
        self._samples = 0
        self._max_ms = 0.0
        self._due_s = 0.0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Forget the old figures and measure."""
        self._lags_ms.clear()
        self._samples, self._max_ms = 0, 0.0
        self._wait()

    def stop(self) -> None:
        """Stop measuring; the figures stay. A probe that is overdue at this moment is counted."""
        if self._timer.isActive():
            self._timer.stop()
            if time.monotonic() > self._due_s:
                self._count()

    def figures(self) -> LagFigures:
        """Sum up what was measured since `start`; sorts up to `KEPT` numbers, so not for every frame."""
        lags_ms = sorted(self._lags_ms) or [0.0]
        p50_ms, p99_ms = lags_ms[len(lags_ms) // 2], lags_ms[len(lags_ms) * 99 // 100]
        return LagFigures(samples=self._samples, p50_ms=p50_ms, p99_ms=p99_ms, max_ms=self._max_ms)

    def _wait(self) -> None:
        self._due_s = time.monotonic() + self.INTERVAL_MS / 1000
        self._timer.start(self.INTERVAL_MS)

    def _on_timeout(self) -> None:
        self._count()
        self._wait()

    def _count(self) -> None:
        lag_ms = max(0.0, (time.monotonic() - self._due_s) * 1000)
        self._lags_ms.append(lag_ms)
        self._samples += 1
        self._max_ms = max(self._max_ms, lag_ms)

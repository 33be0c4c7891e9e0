"""The loop is tried as it is used: a real Qt application (off-screen), real threads, real sockets."""

import asyncio
import contextvars
import gc
import importlib.metadata
import os
import signal
import socket
import sys
import threading
import time
import weakref
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any

import aiohttp
import pytest
import socketio
from aiohttp import web
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.qt_loop import COMPACT_FROM, SLICE_S, LoopLag, QtLoop, new_loop, run
from tests.conftest import LogWatch


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[QtLoop]:
    with QtLoop(qapp) as loop:
        yield loop


def _block(duration_s: float) -> None:
    """Keep the thread busy: what these tests are about is a loop that gets no turn."""
    time.sleep(duration_s)


def test_qasync_is_the_version_whose_internals_the_loop_leans_on() -> None:
    # A new minor version: read its __init__.py against desktop/qt_loop.py, run this file and the benchmark, then pin.
    assert importlib.metadata.version("qasync").startswith("0.28.")


# Order and deadlines


def test_callbacks_run_in_the_order_of_call_soon(loop: QtLoop) -> None:
    seen: list[int] = []
    for number in range(1000):
        loop.call_soon(seen.append, number)
    loop.call_soon(loop.stop)
    loop.run_forever()
    assert seen == list(range(1000))


def test_callback_queued_by_a_callback_runs_behind_those_already_queued(loop: QtLoop) -> None:
    seen: list[str] = []
    loop.call_soon(lambda: loop.call_soon(seen.append, "later"))
    loop.call_soon(seen.append, "first")
    loop.call_soon(lambda: loop.call_soon(loop.stop))
    loop.run_forever()
    assert seen == ["first", "later"]


def test_deadlines_are_never_early_and_come_in_their_order(loop: QtLoop) -> None:
    delays_s = [0.31, 0.0005, 0.2, 0.0333, 0.05, 0.0, 0.1007, 0.02, 0.4]
    early_s: list[float] = []
    order: list[float] = []

    def due(delay_s: float, when: float) -> None:
        order.append(delay_s)
        early_s.append(when - loop.time())

    for delay_s in delays_s:
        when = loop.time() + delay_s
        loop.call_at(when, due, delay_s, when)
    loop.call_later(0.42, loop.stop)
    loop.run_forever()
    assert order == sorted(delays_s)
    assert max(early_s) <= 0


def test_deadline_set_while_a_later_one_is_armed_comes_first(loop: QtLoop) -> None:
    late = loop.call_later(3600, pytest.fail, "an hour has not passed")

    async def main() -> float:
        await asyncio.sleep(0)  # The hour is armed in Qt now.
        started_s = loop.time()
        await asyncio.sleep(0.02)
        return loop.time() - started_s

    assert loop.run_until_complete(main()) >= 0.02
    late.cancel()


def test_deadline_beyond_the_range_of_a_qt_timer_is_accepted(loop: QtLoop) -> None:
    forty_days_s = 40 * 86_400
    loop.call_later(forty_days_s, pytest.fail, "forty days have not passed")
    loop.call_later(0.02, loop.stop)
    loop.run_forever()


def test_deadlines_come_although_the_queue_never_empties(loop: QtLoop) -> None:
    def again() -> None:
        loop.call_soon(again)

    again()
    loop.call_later(0.02, loop.stop)
    loop.run_forever()


# Cancelling


def test_cancelled_callbacks_do_not_run(loop: QtLoop) -> None:
    loop.call_soon(pytest.fail, "cancelled").cancel()
    loop.call_later(0.01, pytest.fail, "cancelled").cancel()
    loop.call_later(0.03, loop.stop)
    loop.run_forever()


def test_cancelled_deadlines_are_dropped_long_before_they_are_due(loop: QtLoop) -> None:
    kept = [loop.call_later(3600, pytest.fail, "an hour has not passed") for _ in range(10)]
    for _ in range(20_000):
        loop.call_later(60, pytest.fail, "cancelled").cancel()
    assert len(loop._scheduled) <= COMPACT_FROM + len(kept) + 1
    assert set(map(id, kept)) <= set(map(id, loop._scheduled))


def test_deadlines_survive_the_dropping_of_cancelled_neighbours(loop: QtLoop) -> None:
    seen: list[int] = []
    for number in range(5):
        loop.call_later(0.01 + number / 1000, seen.append, number)
        for handle in [loop.call_later(0.005, seen.append, -1) for _ in range(COMPACT_FROM * 2)]:
            handle.cancel()
    loop.call_later(0.04, loop.stop)
    loop.run_forever()
    assert seen == list(range(5))


# Threads


def test_threads_wake_a_sleeping_loop_and_keep_their_order(loop: QtLoop) -> None:
    seen: list[tuple[int, int]] = []
    threads_of_callbacks: set[int] = set()

    def note(sender: int, number: int) -> None:
        seen.append((sender, number))
        threads_of_callbacks.add(threading.get_ident())
        if len(seen) == 4 * 2000:
            loop.stop()

    def send(sender: int) -> None:
        for number in range(2000):
            loop.call_soon_threadsafe(note, sender, number)

    senders = [threading.Thread(target=send, args=(sender,)) for sender in range(4)]
    loop.call_later(0.01, lambda: [thread.start() for thread in senders])
    loop.run_forever()
    for thread in senders:
        thread.join()
    for sender in range(4):
        assert [number for by, number in seen if by == sender] == list(range(2000))
    assert threads_of_callbacks == {threading.get_ident()}


def test_burst_from_a_thread_costs_one_wake_up(loop: QtLoop) -> None:
    wake_ups: list[None] = []
    loop._waker.woken.connect(lambda: wake_ups.append(None))

    def burst() -> None:
        for _ in range(1000):
            loop.call_soon_threadsafe(int)
        loop.call_soon_threadsafe(loop.stop)

    def burst_while_the_loop_is_busy() -> None:
        thread = threading.Thread(target=burst)
        thread.start()
        thread.join()

    loop.call_soon(burst_while_the_loop_is_busy)
    loop.run_forever()
    assert len(wake_ups) == 1


def test_work_in_a_thread_comes_back_to_the_loop(loop: QtLoop) -> None:
    assert loop.run_until_complete(asyncio.to_thread(sum, [1, 2, 3])) == 6


# Fairness


def test_hundred_thousand_callbacks_do_not_keep_a_qt_timer_waiting(loop: QtLoop) -> None:
    ran = 0
    ran_when_qt_had_its_turn: list[int] = []

    def callback() -> None:
        nonlocal ran
        ran += 1
        if ran == 1:
            QTimer.singleShot(0, lambda: ran_when_qt_had_its_turn.append(ran))
        if ran == 100_000:
            loop.stop()

    for _ in range(100_000):
        loop.call_soon(callback)
    loop.run_forever()
    assert ran == 100_000
    assert [count for count in ran_when_qt_had_its_turn if count < 50_000]


def test_tasks_that_always_have_work_leave_turns_to_qt(loop: QtLoop) -> None:
    lag = LoopLag()

    async def main() -> None:
        lag.start()
        while lag.figures().samples < 5:  # noqa: ASYNC110  # Asking again and again is the load.
            await asyncio.sleep(0)

    loop.run_until_complete(asyncio.wait_for(main(), 5))
    lag.stop()


def test_nested_qt_loop_in_a_callback_delays_tasks_but_loses_none(loop: QtLoop) -> None:
    steps: list[str] = []

    async def other(wait: Callable[[], Coroutine[Any, Any, object]], name: str) -> None:
        await wait()
        steps.append(name)

    async def main() -> None:
        # One is woken by the queue, one by a deadline, one by a thread, all while the nested loop runs.
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(other(lambda: asyncio.sleep(0.005), "deadline"))
            tasks.create_task(other(lambda: asyncio.to_thread(int), "thread"))
            await asyncio.sleep(0)
            tasks.create_task(other(lambda: asyncio.sleep(0), "queue"))
            nested = QEventLoop()
            QTimer.singleShot(30, nested.quit)
            steps.append("dialog opens")
            nested.exec()
            steps.append("dialog closed")

    loop.run_until_complete(asyncio.wait_for(main(), 5))
    assert steps[:2] == ["dialog opens", "dialog closed"]
    assert set(steps[2:]) == {"queue", "deadline", "thread"}


# Sockets and processes


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        theirs.setblocking(False)
        yield ours, theirs


def test_bytes_pass_both_ways_when_they_do_not_fit_at_once(
    loop: QtLoop, pair: tuple[socket.socket, socket.socket]
) -> None:
    sent = b"x" * 5_000_000
    read = 0

    async def main() -> None:
        nonlocal read
        writing = asyncio.ensure_future(loop.sock_sendall(pair[0], sent))
        while read < len(sent):
            read += len(await loop.sock_recv(pair[1], 65_536))
        await writing

    loop.run_until_complete(asyncio.wait_for(main(), 5))
    assert read == len(sent)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere sockets are qasync's")
def test_socket_is_read_once_a_turn_however_often_qt_interrupts_it(
    loop: QtLoop, pair: tuple[socket.socket, socket.socket]
) -> None:
    told = 0

    def on_readable() -> None:
        nonlocal told
        told += 1
        pair[0].recv(10)
        loop.call_later(0.02, loop.stop)

    def before() -> None:
        pair[1].send(b"x")
        for _ in range(3):
            loop.call_soon(_block, SLICE_S)  # each ends a slice, and the next one begins with the socket still full

    loop.add_reader(pair[0], on_readable)
    loop.call_soon(before)
    loop.run_forever()
    assert told == 1
    loop.remove_reader(pair[0])


def test_waiting_socket_keeps_no_nested_qt_loop_busy(
    qapp: QApplication, pair: tuple[socket.socket, socket.socket]
) -> None:
    drains = 0

    class Counted(QtLoop):
        def _drain(self) -> None:
            nonlocal drains
            drains += 1
            super()._drain()

    async def main() -> bytes:
        reading = asyncio.ensure_future(asyncio.get_running_loop().sock_recv(pair[0], 10))
        await asyncio.sleep(0)
        pair[1].send(b"come in")
        nested, before = QEventLoop(), drains
        QTimer.singleShot(30, nested.quit)
        nested.exec()
        assert drains - before < 5
        assert not reading.done()
        return await reading

    with Counted(qapp) as loop:
        assert loop.run_until_complete(asyncio.wait_for(main(), 5)) == b"come in"


def test_socket_waits_between_two_runs(
    loop: QtLoop, qapp: QApplication, pair: tuple[socket.socket, socket.socket]
) -> None:
    seen: list[bytes] = []
    loop.add_reader(pair[0], lambda: seen.append(pair[0].recv(10)))
    loop.run_until_complete(asyncio.sleep(0))
    pair[1].send(b"x")
    qapp.processEvents()
    assert seen == []
    loop.call_later(0.02, loop.stop)
    loop.run_forever()
    assert seen == [b"x"]
    loop.remove_reader(pair[0])


async def _start_server(app: web.Application) -> tuple[web.AppRunner, str]:
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}"


def test_aiohttp_serves_and_asks_on_one_loop(loop: QtLoop) -> None:
    async def echo(request: web.Request) -> web.Response:
        return web.Response(body=await request.read())

    async def main() -> None:
        app = web.Application()
        app.router.add_post("/echo", echo)
        runner, url = await _start_server(app)
        async with aiohttp.ClientSession() as session:

            async def ask(number: int) -> bool:
                repeats = 20_000 if number % 50 == 0 else 10  # Some need several reads and writes.
                body = str(number).encode() * repeats
                async with session.post(f"{url}/echo", data=body) as answer:
                    return await answer.read() == body

            assert all(await asyncio.gather(*(ask(number) for number in range(200))))
        await runner.cleanup()

    loop.run_until_complete(asyncio.wait_for(main(), 20))


def test_socketio_event_makes_the_round_trip(qapp: QApplication) -> None:
    server: Any = socketio.AsyncServer(async_mode="aiohttp")
    client: Any = socketio.AsyncClient()

    async def on_ask(session_id: str, number: int) -> None:
        await server.emit("answer", number + 1, to=session_id)

    async def main() -> int:
        app = web.Application()
        server.attach(app)
        server.on("ask", on_ask)
        runner, url = await _start_server(app)
        answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        client.on("answer", answered.set_result)
        await client.connect(url, transports=["websocket"])
        await client.emit("ask", 41)
        try:
            return await asyncio.wait_for(answered, 20)
        finally:
            await client.disconnect()
            await runner.cleanup()

    # `run`, because the server leaves its ping and service tasks behind.
    assert run(qapp, main) == 42


def test_child_process_is_awaited(loop: QtLoop) -> None:
    async def main() -> bytes:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "print('hello')", stdout=asyncio.subprocess.PIPE
        )
        output, _ = await child.communicate()
        return output.strip()

    assert loop.run_until_complete(asyncio.wait_for(main(), 20)) == b"hello"


# Errors, debug mode, context


def test_exception_in_a_callback_goes_to_the_handler_and_the_rest_goes_on(loop: QtLoop) -> None:
    reported: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _, context: reported.append(context))
    seen: list[str] = []

    def fail() -> None:
        raise ValueError("broken callback")

    loop.call_soon(fail)
    loop.call_soon(seen.append, "after")
    loop.call_later(0.01, fail)
    loop.call_later(0.03, loop.stop)
    loop.run_forever()
    assert [str(context["exception"]) for context in reported] == ["broken callback"] * 2
    assert seen == ["after"]


@pytest.mark.parametrize("exception", [SystemExit(3), KeyboardInterrupt()], ids=["SystemExit", "KeyboardInterrupt"])
def test_exits_raised_by_a_callback_leave_run_forever(loop: QtLoop, exception: BaseException) -> None:
    def leave() -> None:
        raise exception

    loop.call_soon(leave)
    with pytest.raises(type(exception)) as caught:
        loop.run_forever()
    assert caught.value is exception
    assert loop.run_until_complete(asyncio.sleep(0, "still usable")) == "still usable"


def test_debug_mode_reports_slow_callbacks_in_the_log_of_asyncio(
    loop: QtLoop, caplog: pytest.LogCaptureFixture, log_watch: LogWatch
) -> None:
    log_watch.expect("WARNING asyncio: Executing .* took 0.0")
    loop.set_debug(True)
    loop.slow_callback_duration = 0.02

    async def slow() -> None:
        await asyncio.sleep(0)
        _block(0.03)

    with caplog.at_level("WARNING", logger="asyncio"):
        loop.run_until_complete(slow())
    warnings = [record.getMessage() for record in caplog.records if record.name == "asyncio"]
    assert len(warnings) == 1
    assert "slow()" in warnings[0]


def test_debug_mode_refuses_call_soon_from_a_foreign_thread(loop: QtLoop) -> None:
    loop.set_debug(True)
    with pytest.raises(RuntimeError, match="Non-thread-safe"):
        loop.run_until_complete(asyncio.to_thread(loop.call_soon, int))


def test_callbacks_run_in_the_context_they_were_made_in(loop: QtLoop) -> None:
    campaign: contextvars.ContextVar[str] = contextvars.ContextVar("campaign")
    seen: list[str] = []

    def note() -> None:
        seen.append(campaign.get())

    for name in ("soon", "later", "threadsafe"):
        campaign.set(name)
        match name:
            case "soon":
                loop.call_soon(note)
            case "later":
                loop.call_later(0.01, note)
            case _:
                loop.call_soon_threadsafe(note)
    given = contextvars.Context()
    given.run(campaign.set, "given")
    loop.call_soon(note, context=given)
    loop.call_later(0.03, loop.stop)
    loop.run_forever()
    assert sorted(seen) == ["given", "later", "soon", "threadsafe"]


# Starting, stopping, closing


def test_what_is_queued_when_the_loop_stops_waits_for_the_next_run(loop: QtLoop) -> None:
    seen: list[str] = []

    def stop_and_queue() -> None:
        loop.stop()
        loop.call_soon(seen.append, "next run")

    loop.call_soon(stop_and_queue)
    loop.call_soon(seen.append, "same run")
    loop.run_forever()
    assert seen == ["same run"]
    loop.run_until_complete(asyncio.sleep(0))
    assert seen == ["same run", "next run"]


def test_nothing_runs_between_two_runs(loop: QtLoop, qapp: QApplication) -> None:
    seen: list[str] = []
    loop.run_until_complete(asyncio.sleep(0))
    loop.call_soon(seen.append, "soon")
    loop.call_soon_threadsafe(seen.append, "threadsafe")
    qapp.processEvents()
    assert seen == []
    loop.run_until_complete(asyncio.sleep(0))
    assert seen == ["soon", "threadsafe"]


def test_nothing_runs_after_close(qapp: QApplication) -> None:
    with QtLoop(qapp) as loop:
        loop.run_until_complete(asyncio.sleep(0))
        loop.call_soon(pytest.fail, "closed")
        loop.call_later(0.001, pytest.fail, "closed")
        loop.call_soon_threadsafe(pytest.fail, "closed")
    later = QEventLoop()
    QTimer.singleShot(20, later.quit)
    later.exec()
    assert loop.is_closed()
    for call in (loop.call_soon, loop.call_soon_threadsafe):
        with pytest.raises(RuntimeError, match="closed"):
            call(int)
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_later(0, int)
    loop.close()


def test_loop_refuses_to_run_inside_itself(loop: QtLoop) -> None:
    async def main() -> None:
        with pytest.raises(RuntimeError, match="already running"):
            loop.run_forever()

    loop.run_until_complete(main())


def test_closed_loop_is_not_kept_alive_by_qt(qapp: QApplication) -> None:
    loop = QtLoop(qapp)
    loop.run_until_complete(asyncio.sleep(0.001))
    loop.close()
    gone = weakref.ref(loop)
    del loop
    gc.collect()
    assert gone() is None


# run


def test_run_gives_back_the_exit_code_of_main(qapp: QApplication) -> None:
    async def main() -> int:
        await asyncio.sleep(0.001)
        return 4

    async def main_without_code() -> None:
        await asyncio.sleep(0.001)

    assert run(qapp, main) == 4
    assert run(qapp, main_without_code) == 0
    assert run(qapp, main, stock=True) == 4
    assert not qapp.quitOnLastWindowClosed()


def test_run_cleans_up_behind_main(qapp: QApplication) -> None:
    closed: list[str] = []

    async def numbers() -> AsyncIterator[int]:
        try:
            yield 1
            yield 2
        finally:
            await asyncio.sleep(0)
            closed.append("generator")

    async def forgotten() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            closed.append("task")

    kept: list[object] = []

    async def main() -> None:
        kept.append(asyncio.create_task(forgotten()))
        kept.append(generator := numbers())
        assert await anext(generator) == 1
        kept.append(await asyncio.to_thread(threading.current_thread))

    assert run(qapp, main) == 0
    assert closed == ["task", "generator"]
    worker = kept[2]
    assert isinstance(worker, threading.Thread)
    assert not worker.is_alive()


def test_run_raises_what_main_raised_after_cleaning_up(qapp: QApplication) -> None:
    async def main() -> None:
        raise LookupError("no database")

    with pytest.raises(LookupError, match="no database"):
        run(qapp, main)


def test_run_reports_what_forgotten_tasks_raise_while_closing(qapp: QApplication) -> None:
    reported: list[str] = []

    async def forgotten() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise OSError("disk full")

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: reported.append(str(context["exception"])))
        task = asyncio.create_task(forgotten())
        await asyncio.sleep(0)
        assert not task.done()

    assert run(qapp, main) == 0
    assert reported == ["disk full"]


def test_quitting_the_application_lets_main_close_first(qapp: QApplication) -> None:
    closed: list[str] = []

    async def main() -> None:
        QTimer.singleShot(0, qapp.quit)
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            closed.append("database")

    assert run(qapp, main) == 0
    assert closed == ["database"]


@pytest.mark.skipif(os.name == "nt", reason="asyncio has no signal handlers on Windows")
@pytest.mark.parametrize(
    ("signal_number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_signal_lets_main_close_first(qapp: QApplication, signal_number: int, exit_code: int) -> None:
    closed: list[str] = []

    async def main() -> None:
        asyncio.get_running_loop().call_later(0.01, os.kill, os.getpid(), signal_number)
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            closed.append("database")

    assert run(qapp, main) == exit_code
    assert closed == ["database"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGHUP")
def test_a_hang_up_that_whoever_started_it_ignores_is_ignored(qapp: QApplication) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as `nohup` does
    try:

        async def main() -> int:
            os.kill(os.getpid(), signal.SIGHUP)
            await asyncio.sleep(0.02)
            return 7

        assert run(qapp, main) == 7
    finally:
        signal.signal(signal.SIGHUP, before)


def test_exit_raised_by_main_leaves_run(qapp: QApplication) -> None:
    async def main() -> None:
        await asyncio.sleep(0)
        sys.exit(5)

    with pytest.raises(SystemExit) as caught:
        run(qapp, main)
    assert caught.value.code == 5


def test_exit_raised_beside_main_lets_main_close_first(qapp: QApplication) -> None:
    closed: list[str] = []

    async def main() -> None:
        asyncio.get_running_loop().call_soon(sys.exit, 5)
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            closed.append("database")

    with pytest.raises(SystemExit) as caught:
        run(qapp, main)
    assert caught.value.code == 5
    assert closed == ["database"]


def test_stock_loop_is_one_argument_away(qapp: QApplication) -> None:
    loop = new_loop(qapp, stock=True)
    assert not isinstance(loop, QtLoop)
    loop.close()


# LoopLag


def test_probe_sees_a_blocked_loop(loop: QtLoop) -> None:
    lag = LoopLag()
    lag.start()
    loop.call_later(0.03, _block, 0.06)
    loop.run_until_complete(asyncio.sleep(0.15))
    lag.stop()
    figures = lag.figures()
    assert figures.samples >= 3
    assert 0 <= figures.p50_ms <= figures.p99_ms <= figures.max_ms
    assert figures.max_ms >= 49  # Up to one interval of the block lies before the probe was due.


def test_probe_counts_a_block_that_lasts_until_it_is_stopped() -> None:
    lag = LoopLag()
    lag.start()
    _block(0.05)
    lag.stop()
    assert lag.figures().samples == 1
    assert lag.figures().max_ms >= 39


def test_stopped_probe_keeps_its_figures_and_a_restarted_one_forgets_them(loop: QtLoop) -> None:
    lag = LoopLag()
    assert lag.figures().samples == 0
    lag.start()
    loop.run_until_complete(asyncio.sleep(0.03))
    lag.stop()
    figures = lag.figures()
    assert figures.samples >= 1
    loop.run_until_complete(asyncio.sleep(0.03))
    assert lag.figures() == figures
    lag.start()
    assert lag.figures().samples == 0
    lag.stop()

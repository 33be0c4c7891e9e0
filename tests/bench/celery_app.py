"""The other systems' way to send, for comparison: one Celery task for each message, ORM, requests, two commits.

Only `tests.bench.case_celery` starts it, as a worker's process; where things are comes in the environment.
"""

import os
from datetime import UTC, datetime
from functools import cache
from typing import Any

import requests
import sqlalchemy as sa
from celery import Celery
from celery.signals import worker_process_init
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from tests.bench.world import INSTANCES, TEXT

TIMEOUT_S = 30.0
BUSY_TIMEOUT_S = 15.0


class Base(DeclarativeBase):
    """What both tables have in common."""


class Recipient(Base):
    """One person of the campaign."""

    __tablename__ = "recipient"
    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    message_id: Mapped[str | None]
    sent_at: Mapped[datetime | None]


class Line(Base):
    """One line of the log."""

    __tablename__ = "log"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    type: Mapped[str]
    recipient_id: Mapped[int]


app = Celery("bench", broker=os.environ.get("BENCH_BROKER"), backend=os.environ.get("BENCH_BROKER"))
app.conf.update(task_acks_late=True, worker_prefetch_multiplier=4, broker_connection_retry_on_startup=True)


@cache
def engine(path: str) -> sa.Engine:
    """Return this process's engine: WAL, durable at each commit, as Cadência's own."""
    made = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_S})

    @sa.event.listens_for(made, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    return made


@cache
def _poster() -> Any:
    # requests.post opens a connection for each message, as the existing systems do; a session keeps it.
    return requests.Session().post if os.environ["BENCH_KEEP_ALIVE"] == "1" else requests.post


@worker_process_init.connect
def _forget_the_parent(**_: object) -> None:
    engine.cache_clear()
    _poster.cache_clear()


@app.task
def send_message(recipient_id: int) -> None:
    """Send to one person: commit before, request, commit after."""
    with Session(engine(os.environ["BENCH_DATABASE"])) as session:
        recipient = session.get(Recipient, recipient_id)
        if recipient is None or recipient.status != "pending":
            return
        recipient.status = "sending"
        session.commit()
        name = INSTANCES[recipient_id % len(INSTANCES)]
        answer = _poster()(
            f"{os.environ['BENCH_GATEWAY']}/message/sendText/{name}",
            json={"number": recipient.phone, "text": TEXT},
            headers={"apikey": os.environ["BENCH_KEY"]},
            timeout=TIMEOUT_S,
        )
        answer.raise_for_status()
        now = datetime.now(UTC)
        recipient.status, recipient.sent_at, recipient.message_id = "sent", now, answer.json()["key"]["id"]
        session.add(Line(at=now, type="message_sent", recipient_id=recipient_id))
        session.commit()

"""Canaries: known secrets are put everywhere they may be used, and then looked for everywhere they must not be.

SECURITY.md says what must not be where; this test is what holds it. Workbooks are looked into. A PDF stores shapes
of letters, in which nothing can be searched for: its writer is handed figures and words, never a recipient or a key.
"""

import asyncio
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from db.tables.hook import hook_delivery
from desktop.cli import other_commands
from desktop.composition import open_workplace
from desktop.domain.ai import AiSettings
from desktop.domain.campaign import Audience, AudienceKind, Draft, MessageDraft
from desktop.domain.contact import NewContact
from desktop.domain.errors import KnownError
from desktop.domain.ids import EventId
from desktop.domain.own_text import OwnTextWish
from desktop.domain.summaries import EventFilter
from desktop.paths import Home
from desktop.viewmodels import wording
from tests.conftest import LogWatch
from tests.desktop.ai.endpoint import listening
from tests.desktop.cli.conftest import Cli, Ended, plain_draft
from tests.fakes.simulator_process import SimulatorProcess

PASSPHRASE = "canary-passphrase-7f3a91"
SENTENCE = "canarytext quetzal"
PHONE = "+5511970000001"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file, and of what is packed in it."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        yield path.name, content
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                yield from ((f"{path.name}/{name}", packed.read(name)) for name in packed.namelist())


def found(folder: Path, *secrets: str) -> list[str]:
    """Return the files in which one of the secrets stands, in either of the ways that programs write text."""
    needles = [secret.encode(encoding) for secret in secrets for encoding in ("utf-8", "utf-16-le")]
    return [name for name, content in contents(folder) if any(needle in content for needle in needles)]


def said(ended: Ended) -> str:
    return ended.stdout + ended.stderr


@pytest.fixture
def lived(
    cli: Cli, gateway: SimulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch
) -> tuple[Cli, str, Path, list[str]]:
    """A home that has sent, failed, reported and been asked everything; with all that it ever said."""
    environment = {"CADENCIA_PASSPHRASE": PASSPHRASE}
    usual = ["instance", "add", "a", "--gateway", "evolution", "--url", gateway.url, "--min-gap-s", "0"]
    heard = said(cli("--json", *usual, CADENCIA_TOKEN=gateway.api_key, **environment))
    # Shown once, when they are made; the outbox of the address fills, because nobody listens there.
    shown = [
        cli.json("api", "enable", "--port", str(_free_port()), **environment)["token"],
        cli.json("hooks", "add", "http://127.0.0.1:9/hook", **environment)["secret"],
    ]
    cli.import_people("Ana;11970000001", "Beatriz;11970000002")
    draft = plain_draft(name="Canary") | {"messages": [{"text": f"{SENTENCE} {{{{nome}}}}"}]}
    campaign = str(cli.create(draft))
    reports = tmp_path / "reports"
    reports.mkdir()
    commands: list[tuple[str, ...]] = [
        ("campaign", "start", campaign, "--wait"),
        ("instance", "check", "a"),
        ("instance", "list"),
        ("events",),
        ("doctor",),
        ("campaign", "recipients", campaign),
        ("campaign", "start", campaign),  # refused
    ]
    commands += [
        ("campaign", "report", campaign, "--format", kind, "--output", str(reports / f"r.{kind}"))
        for kind in ("json", "csv", "xlsx", "pdf")
    ]
    for command in commands:
        heard += said(cli("--json", *command, **environment))
    commands_of_backup = ("backup", str(reports / "home.cadencia"))
    heard += said(cli("--json", *commands_of_backup, **environment))
    # A passphrase that is wrong, and a key that the gateway refuses.
    heard += said(cli("--json", "instance", "check", "a", CADENCIA_PASSPHRASE="canary-wrong-passphrase"))
    heard += crash(cli, monkeypatch, log_watch, f"apikey={gateway.api_key} to {PHONE}")
    assert len(list(reports.iterdir())) == 5, "four reports and a backup"
    return cli, heard, reports, shown


def crash(cli: Cli, monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch, saying: str) -> str:
    """Have a command end with an error that nobody foresaw, beside all that it knows; return what it said."""

    async def broken(*_parts: object) -> int:
        text, phone = SENTENCE, PHONE
        raise ValueError(saying if text and phone else "")

    log_watch.expect("was not foreseen")
    with monkeypatch.context() as patch:
        patch.setattr(other_commands, "doctor", broken)
        return said(cli("--json", "doctor"))


def test_keys_and_passphrases_are_in_no_file_and_no_stream(
    lived: tuple[Cli, str, Path, list[str]], gateway: SimulatorProcess
) -> None:
    cli, heard, reports, shown = lived
    secrets = (gateway.api_key, PASSPHRASE, "canary-wrong-passphrase", *shown)
    names = {name for name, _ in contents(cli.home)}
    assert {"cadencia.db", "secrets.bin", "campaign-1.log"} <= names, "there is something to look into"
    assert any(name.startswith("crash-") for name in names)
    for folder in (cli.home, reports):
        assert found(folder, *secrets) == []
    assert found(reports, SENTENCE, "Beatriz") == ["r.csv", "r.json", "r.xlsx/xl/worksheets/sheet5.xml"]
    assert [secret for secret in secrets if secret in heard] == []


def test_the_text_of_messages_is_in_no_log_and_no_event(lived: tuple[Cli, str, Path, list[str]]) -> None:
    cli, heard, _, _ = lived
    assert SENTENCE not in heard, "events, recipients, doctor and refusals"
    logs = [name for name in found(cli.home, SENTENCE) if not name.startswith("cadencia.db")]
    assert logs == [], "the database keeps the draft, and nothing else does"


def test_the_search_would_find_a_canary(tmp_path: Path) -> None:
    """A search that finds nothing proves nothing, unless it can find."""
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("sheet.xml", f"<t>{SENTENCE}</t>" * 50)
    (tmp_path / "c.log").write_text(SENTENCE, encoding="utf-16-le")
    assert found(tmp_path, SENTENCE) == ["a.xlsx/sheet.xml", "c.log"]


def test_phones_are_masked_in_logs(lived: tuple[Cli, str, Path, list[str]]) -> None:
    cli, _, _, _ = lived
    for folder in ("logs", "crashes"):
        found_in = [name for name, content in contents(cli.home / folder) if PHONE[1:].encode() in content]
        assert found_in == []


ASKED_OF_THE_API: tuple[tuple[str, str, object], ...] = (
    ("GET", "/v1/campaigns", None),
    ("GET", "/v1/campaigns/1", None),
    ("GET", "/v1/campaigns/1/preflight", None),
    ("GET", "/v1/campaigns/1/recipients", None),
    ("GET", "/v1/instances", None),
    ("POST", "/v1/campaigns", plain_draft(messages=[{"text": SENTENCE}], surprise=SENTENCE)),
    ("POST", "/v1/campaigns", plain_draft(messages=[{"text": f"{SENTENCE} {{{{"}])),
    ("POST", "/v1/campaigns", plain_draft(name="Api", messages=[{"text": SENTENCE}])),
    ("POST", "/v1/campaigns/1/start", None),
    ("POST", "/v1/campaigns/1/duplicate", None),
    ("POST", "/v1/campaigns/1/retry-failed", None),
    ("POST", "/v1/campaigns/1/explode", None),
    ("POST", "/v1/opt-outs", {"phone": "abc"}),
    ("POST", "/v1/opt-outs", {"phone": PHONE}),
    ("DELETE", "/v1/campaigns/1", None),
    ("GET", "/schema/openapi.json", None),
)


async def test_neither_an_answer_of_the_api_nor_a_webhook_tells_a_key_or_a_text(
    lived: tuple[Cli, str, Path, list[str]], gateway: SimulatorProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli, _, _, (token, hook_secret) = lived
    monkeypatch.setenv("CADENCIA_PASSPHRASE", PASSPHRASE)
    asyncio.get_running_loop().slow_callback_duration = 60  # the API's libraries are loaded here
    async with open_workplace(Home(cli.home), None) as workplace:
        bodies = await workplace.database.read(
            lambda conn: repr(conn.execute(sa.select(hook_delivery.c.kind, hook_delivery.c.body)).all())
        )
        host = workplace.build_api_host(wording.check)
        await host.follow()
        assert host.address is not None
        answers: list[str] = []
        async with httpx.AsyncClient(base_url=host.address, trust_env=False) as client:
            for header in (f"Bearer {token}", "Bearer wrong"):
                for method, path, body in ASKED_OF_THE_API:
                    answer = await client.request(method, path, json=body, headers={"authorization": header})
                    answers.append(f"{answer.status_code} {answer.text} {answer.headers}")
        await workplace.set_api(is_enabled=False, port=1024, bind="127.0.0.1")
        await host.follow()
    assert {"200", "201", "204", "401", "404", "409", "422"} <= {answer[:3] for answer in answers}
    assert PHONE in answers[3], "there is something to look into"
    assert "message_sent" in bodies
    assert PHONE in bodies
    for secret in (gateway.api_key, PASSPHRASE, token, hook_secret, SENTENCE):
        assert secret not in bodies
        assert [answer[:80] for answer in answers if secret in answer] == []


async def test_the_key_of_an_ai_and_what_it_is_asked_are_in_no_file_and_no_event(home: Path) -> None:
    key, prompt = "sk-canary-5be1c7", "canaryprompt quokka"
    async with listening() as endpoint, open_workplace(Home(home), None, is_throw_away=True) as workplace:
        await workplace.ai_writing.set_up(AiSettings(True, endpoint.url, "small-1", "Be brief."), key)
        await workplace.ai_writing.propose(None, f"Oi {{{{nome}}}}, {SENTENCE}", 2, prompt)
        endpoint.status, endpoint.raw = 500, f"{key} {prompt}"
        with pytest.raises(KnownError):
            await workplace.ai_writing.try_out()
        assert endpoint.keys == [f"Bearer {key}"] * 2, "it was used"
        lines = await workplace.library.events_after(EventFilter(), EventId(0), 100)
        assert not any(secret in repr(lines) for secret in (key, prompt, SENTENCE))
    assert found(home, key, prompt, SENTENCE) == []


async def test_texts_for_one_person_each_are_in_the_database_alone_and_the_key_nowhere(home: Path) -> None:
    key, wish, field = "sk-canary-5be1c7", "canaryprompt quokka", "canaryfield numbat"
    async with listening() as endpoint, open_workplace(Home(home), None, is_throw_away=True) as workplace:
        await workplace.ai_writing.set_up(AiSettings(True, endpoint.url, "small-1", "Be brief."), key)
        await workplace.contacts.upsert([NewContact(PHONE, "Ana", (), {"nota": field})], workplace.clock.now(), 1)
        chosen = Draft("Canary", Audience(AudienceKind.ALL), (MessageDraft("Oi"),))
        campaign = await workplace.operations.create(chosen)
        endpoint.text = SENTENCE
        await workplace.own_texts.agree(campaign, OwnTextWish("", wish, ("custom.nota",), 9))
        await workplace.own_texts.write(campaign)
        endpoint.status, endpoint.raw = 401, f"{key} {wish} {field}"
        await workplace.own_texts.rewrite(campaign, 1)
        asked = str(endpoint.asked)
        assert field in asked
        assert PHONE[1:] not in asked
        assert PHONE[-8:] not in asked
        lines = await workplace.library.events_after(EventFilter(), EventId(0), 100)
        assert len(lines) >= 4
        assert not any(secret in repr(lines) for secret in (key, wish, field, SENTENCE, PHONE))
    assert found(home, key) == []
    assert {name.partition("-")[0] for name in found(home, wish, field)} <= {"cadencia.db"}

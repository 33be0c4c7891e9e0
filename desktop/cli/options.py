"""The options of each command: loaded when the command is chosen, with the words that they may be."""

import argparse
from collections.abc import Callable
from datetime import datetime

from desktop.audience.consent import read_consent
from desktop.cli.parser import Sub, command
from desktop.domain.budget import EVERYWHERE, Category
from desktop.domain.consent import KnownPolicy
from desktop.domain.hook import CHOOSABLE
from desktop.domain.instance import Gateway
from desktop.domain.operator import Role
from desktop.domain.schedules import FORMATS as REPORT_FORMATS
from desktop.domain.schedules import When

GATEWAYS = tuple(gateway.value for gateway in Gateway)
CATEGORY_WORDS = tuple(category.value for category in Category)
ROLES = tuple(role.value for role in Role)


def demo_options(demo: argparse.ArgumentParser) -> None:
    demo.add_argument("--contacts", type=_at_least(1), default=200, metavar="N")
    demo.add_argument("--instances", type=_at_least(1), default=3, metavar="N")
    demo.add_argument(
        "--gateway", choices=(*GATEWAYS, "all"), default="evolution", help="what the numbers are at (evolution)"
    )
    demo.add_argument("--exit-after", type=float, metavar="S", help="close after so many seconds")
    demo.add_argument("--screenshot", metavar="FILE", help="save a picture of the window before closing")


def simulator_options(simulator: argparse.ArgumentParser) -> None:
    simulator.add_argument(
        "--gateway", action="append", choices=(*GATEWAYS, "all"), help="what to play (evolution); may be repeated"
    )
    simulator.add_argument("--port", type=int, default=0)
    simulator.add_argument("--instances", type=_names, default=["vendas-1", "vendas-2", "vendas-3"], metavar="A,B,C")
    simulator.add_argument("--script", metavar="FILE", help="script of faults")
    simulator.add_argument("--record", metavar="FILE", help="append each accepted message as a JSON line")


def practice_options(actions: Sub) -> None:
    """What only people and WhatsApp do, at a running simulator; CADENCIA_TOKEN is its key when not the usual one."""

    def action(name: str, help_text: str, *members: str) -> argparse.ArgumentParser:
        made = command(actions, name, help_text)
        made.add_argument("--url", required=True, help="the address that the simulator has printed")
        for member in members:
            made.add_argument(f"--{member}", required=True)
        return made

    reply = action("reply", "a person writes to a number", "instance", "number", "text")
    reply.add_argument("--as", choices=["phone", "lid", "lid_and_phone"], help="by what the gateway knows the person")
    reply.add_argument("--quoted", metavar="ID|last", help="the message that is answered")
    action("logout", "the phone signs its number out", "instance")
    action("pair", "a phone scans the code of a number", "instance")
    action("away", "the network is gone for a while").add_argument("--seconds", type=float, default=10.0)
    quality = action("quality", "Meta judges a number (Cloud API)", "instance")
    quality.add_argument("--event", choices=["FLAGGED", "UNFLAGGED"], default="FLAGGED")
    limit = action("messaging_limit", "Meta changes the limit of the portfolio (Cloud API)")
    tiers = ["TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"]
    limit.add_argument("--limit", choices=tiers, default="TIER_250")
    action("script", "other rules and settings are in force").add_argument("--file", required=True, metavar="JSON")
    preference = action("preference", "a person stops or resumes marketing at Meta", "instance", "number")
    preference.add_argument("--value", choices=["stop", "resume"], default="stop")
    template = action("template", "Meta judges a template (Cloud API)", "name")
    template.add_argument("--language", default="pt_BR")
    template.add_argument("--event", choices=["REJECTED", "PAUSED", "DISABLED", "APPROVED"], default="REJECTED")
    template.add_argument("--reason")


def instance_options(actions: Sub) -> None:
    """Add what can be done with numbers, and its options (cli.md)."""
    add = command(actions, "add", "add a number; its token comes from CADENCIA_TOKEN, or is asked for")
    add.add_argument("name")
    add.add_argument("--gateway", choices=GATEWAYS, required=True)
    add.add_argument("--url", required=True)
    add.add_argument("--remote", metavar="NAME", help="its name at the gateway, when it differs")
    add.add_argument("--phone-id", metavar="ID")
    add.add_argument("--waba-id", metavar="ID")
    add.add_argument("--ca-file", metavar="PEM", help="authorities to trust besides the system's")
    add.add_argument("--client-cert", metavar="PEM", help="our certificate and its key, where the gateway asks for it")
    add.add_argument("--no-link-preview", action="store_true", help="texts show no preview of their first link")
    add.add_argument("--typing", action="store_true", help="show “typing…” for a moment before a text")
    add.add_argument("--daily-limit", type=_at_least(1), metavar="N")
    add.add_argument("--hourly-limit", type=_at_least(1), metavar="N")
    add.add_argument("--minute-limit", type=_at_least(1), metavar="N")
    add.add_argument("--min-gap-s", type=_seconds, metavar="X")
    add.add_argument("--max-in-flight", type=_at_least(1), metavar="N")
    add.add_argument("--timezone", metavar="TZ")
    add.add_argument("--warmup", choices=["off", "standard"], default="off")
    command(actions, "list", "all numbers and what they wait for")
    for name, help_text in (
        ("check", "ask the gateway for the state"),
        ("pause", "send nothing through it"),
        ("resume", "send through it again"),
        ("remove", "forget it and its token"),
    ):
        command(actions, name, help_text).add_argument("name")
    templates = command(actions, "templates", "the message templates of its account at Meta")
    templates.add_argument("name")
    templates.add_argument("--refresh", action="store_true", help="ask Meta first")


def contacts_options(actions: Sub) -> None:
    """Add what can be done with people, and its options (cli.md)."""
    load = command(actions, "import", "import a file: CSV, XLSX, ODS or vCard")
    load.add_argument("file")
    load.add_argument("--map", dest="mapping", action="append", type=_pair, default=[], metavar="FIELD=COLUMN")
    load.add_argument("--tag", dest="tags", action="append", default=[], metavar="T")
    load.add_argument("--region", default="BR", metavar="BR")
    load.add_argument("--rejects", metavar="FILE", help="write the refused rows there, with the reason")
    load.add_argument("--proof", default="", metavar="TEXT", help="how these people agreed, where a row does not say")
    load.add_argument("--agreed-on", type=_day, metavar="DAY", help="when they agreed, such as 31/12/2025")
    load.add_argument(
        "--known",
        choices=[policy.value for policy in KnownPolicy],
        default=KnownPolicy.UPDATE.value,
        help="what to do with phones that are contacts already",
    )
    command(actions, "undo-import", "take the newest import back")
    listing = command(actions, "list", "list people")
    listing.add_argument("--tag", metavar="T")
    listing.add_argument("--limit", type=_at_least(1), metavar="N")
    for name, help_text in (
        ("opt-out", "never send to this phone again"),
        ("erase", "erase this person"),
    ):
        command(actions, name, help_text).add_argument("phone")
    opt_in = command(actions, "opt-in", "this person agreed to hear from the company, or agreed again")
    opt_in.add_argument("phone")
    opt_in.add_argument("--proof", default="", metavar="TEXT", help="how they agreed")
    data = command(actions, "data", "write everything that is kept about one person, for them, as JSON")
    data.add_argument("phone")
    data.add_argument("file", metavar="FILE.json")
    consent = command(actions, "consent", "whose consent is recorded; and whether to send to nobody else")
    consent.add_argument("--require", dest="required", choices=["on", "off"])
    check = command(actions, "check", "ask a gateway who is on WhatsApp; in small batches, so it takes its time")
    check.add_argument("--tag", metavar="T")
    check.add_argument("--max-age-days", type=_at_least(0), default=7, metavar="N", help="ask again after so many days")
    check.add_argument("--instance", metavar="NAME", help="the number to ask through")
    command(actions, "export", "export everybody as CSV").add_argument("file")


def segments_options(actions: Sub) -> None:
    command(actions, "list", "all segments and how many people are in them")
    command(actions, "show", "its rules and the first people").add_argument("name")
    command(actions, "create", "create or replace one from a JSON file").add_argument("file", metavar="FILE.json")
    rename = command(actions, "rename", "give it another name; campaigns that name it follow")
    rename.add_argument("name")
    rename.add_argument("new_name", metavar="NEW_NAME")
    command(actions, "delete", "delete it; campaigns that have started keep their people").add_argument("name")


def messages_options(actions: Sub) -> None:
    """Add what can be done with saved messages, and its options (cli.md)."""
    listing = command(actions, "list", "saved messages, those changed last first")
    listing.add_argument("--search", metavar="TEXT", default="", help="only those in which each of the words occurs")
    listing.add_argument("--limit", type=_at_least(1), default=200, metavar="N")
    command(actions, "show", "one, as `messages save` reads it").add_argument("name")
    save = command(actions, "save", "create or replace one from a JSON file with name and messages")
    save.add_argument("file", metavar="FILE.json")
    take = command(actions, "take", "keep the messages of a campaign under a name")
    take.add_argument("id", type=int)
    take.add_argument("name")
    rename = command(actions, "rename", "give it another name")
    rename.add_argument("name")
    rename.add_argument("new_name", metavar="NEW_NAME")
    command(actions, "delete", "forget it; campaigns keep what they have").add_argument("name")


def campaign_options(actions: Sub) -> None:
    """Add what can be done with campaigns, and its options (cli.md)."""
    create = command(actions, "create", "create a campaign from a draft")
    create.add_argument("draft", metavar="DRAFT.json")
    create.add_argument("--message", metavar="NAME", help="with a saved message, instead of those of the draft")
    command(actions, "list", "all campaigns")
    for name, help_text in (
        ("show", "one campaign"),
        ("preflight", "the checklist before the start"),
        ("pause", "nothing new leaves"),
        ("resume", "carry on where it stopped"),
        ("cancel", "end it for good"),
        ("delete", "remove it and its recipients"),
        ("duplicate", "a new draft from it"),
        ("retry-failed", "a new draft to those who failed for a reason that can pass"),
    ):
        command(actions, name, help_text).add_argument("id", type=int)
    test = command(actions, "test", "send one of its messages to your own phone; no campaign counts it")
    test.add_argument("id", type=int)
    test.add_argument("--instance", metavar="NAME", required=True, help="the number that sends")
    test.add_argument("--phone", metavar="PHONE", required=True, help="your own")
    test.add_argument("--variation", type=_at_least(1), default=1, metavar="N", help="which one, from 1")
    test.add_argument("--as", dest="reader", metavar="PHONE", help="as this contact would read it")
    start = command(actions, "start", "start it, or carry on after a crash")
    start.add_argument("id", type=int)
    start.add_argument("--wait", action="store_true", help="be the engine until the campaign is no longer running")
    recipients = command(actions, "recipients", "its recipients, one JSON object a line")
    recipients.add_argument("id", type=int)
    recipients.add_argument("--status", metavar="S")
    recipients.add_argument("--limit", type=_at_least(1), metavar="N")
    recipients.add_argument("--after", type=int, metavar="CURSOR")
    report = command(actions, "report", "its recipients, their attempts, and the proof that no one was sent to twice")
    report.add_argument("id", type=int)
    report.add_argument("--format", choices=["json", "csv", "xlsx", "pdf"], required=True)
    report.add_argument("--output", required=True, metavar="FILE")


def in_doubt_options(actions: Sub) -> None:
    command(actions, "list", "list them").add_argument("--campaign", type=int, metavar="ID")
    resolve = command(actions, "resolve", "decide one of them")
    resolve.add_argument("recipient", type=int)
    resolve.add_argument("--as", dest="verdict", choices=["sent", "pending"], required=True)


def webhooks_options(actions: Sub) -> None:
    """Add what can be done with the receiver of webhooks, and its options (cli.md)."""
    show = command(actions, "show", "the receiver, and the address of each number")
    show.add_argument("--secrets", action="store_true", help="with the secret paths and keys, to copy them")
    enable = command(actions, "enable", "receive webhooks while a window or an engine runs")
    enable.add_argument("--port", type=_at_least(1), metavar="N")
    enable.add_argument("--bind", metavar="ADDRESS", help="127.0.0.1 (usual), or 0.0.0.0 for others than this machine")
    enable.add_argument("--public-url", metavar="URL", help="how the gateways reach us: of a tunnel or a proxy")
    command(actions, "disable", "receive no webhooks")
    connect = command(actions, "connect", "make the gateway of a number post to us (Cloud API: say what to enter)")
    connect.add_argument("name")
    connect.add_argument("--take-over", action="store_true", help="replace another program's webhook (Evolution)")
    command(actions, "disconnect", "make the gateway of a number post no more").add_argument("name")
    command(actions, "test", "knock at the address of a number").add_argument("name")


def hooks_options(actions: Sub) -> None:
    """Add what can be done with addresses that are told what happens, and its options (cli.md)."""
    add = command(actions, "add", "tell an address from now on; prints the signing secret, this once")
    add.add_argument("url")
    add.add_argument(
        "--event", dest="events", action="append", choices=[kind.value for kind in CHOOSABLE], default=[], metavar="E"
    )
    command(actions, "list", "all addresses, and what became of telling them")
    for name, help_text in (
        ("pause", "tell it nothing; what happens meanwhile is told afterwards"),
        ("resume", "tell it again"),
        ("remove", "forget it, its secret, and what it was not told yet"),
        ("test", "tell it a test now"),
        ("dead", "what was given up, one JSON object a line"),
        ("retry", "try again what was given up"),
    ):
        command(actions, name, help_text).add_argument("id", type=int)


def api_options(actions: Sub) -> None:
    command(actions, "show", "whether and where it answers")
    enable = command(actions, "enable", "let it answer while a window or an engine runs; prints a new token")
    enable.add_argument("--port", type=_port, metavar="N")
    enable.add_argument("--bind", metavar="ADDRESS", help="another address than 127.0.0.1: other machines can reach it")
    enable.add_argument("--new-token", action="store_true", help="the old one is worth nothing any more")
    command(actions, "disable", "it answers no more")


def operators_options(actions: Sub) -> None:
    """Add what can be done with operators, and its options (cli.md)."""
    command(actions, "list", "all operators and their roles")
    add = command(actions, "add", "add an operator; with the first one, an admin, a sign-in is needed from then on")
    add.add_argument("name")
    add.add_argument("--role", choices=ROLES, required=True)
    role = command(actions, "role", "give another role")
    role.add_argument("name")
    role.add_argument("--role", choices=ROLES, required=True)
    for name, help_text in (
        ("password", "give a new password, which also ends a lock"),
        ("disable", "may not sign in any more"),
        ("enable", "may sign in again"),
        ("remove", "forget this operator; what was done keeps the name"),
    ):
        command(actions, name, help_text).add_argument("name")
    command(actions, "reset", "forget all operators, when nobody knows a password: whoever has the data folder may")


def workspaces_options(actions: Sub) -> None:
    command(actions, "list", "all workspaces")
    command(actions, "add", "a new, empty one; open it with --workspace").add_argument("name")
    command(actions, "rename", "give the present one (--workspace) another name").add_argument("name")


def budget_options(actions: Sub) -> None:
    """Add what can be done with the budget, and its options (cli.md)."""
    show = command(actions, "show", "limits, prices, and what the last months have spent")
    show.add_argument("--months", type=_at_least(1), default=12, metavar="N")
    limit = command(actions, "set", "limits of a calendar month; `none` takes one away")
    limit.add_argument("--messages", metavar="N|none")
    limit.add_argument("--money", metavar="AMOUNT|none")
    limit.add_argument("--currency", metavar="ABC", help="of money and prices (BRL)")
    limit.add_argument("--timezone", metavar="TZ", help="where the month begins")
    rate = command(actions, "rate", "the price of one message; `none` takes it away")
    rate.add_argument("gateway", choices=GATEWAYS)
    rate.add_argument("category", choices=CATEGORY_WORDS, help="any: gateways without categories")
    rate.add_argument("price", metavar="PRICE|none")
    rate.add_argument(
        "--market", default=EVERYWHERE, metavar="BR", help="country of the phone's calling code; else all"
    )
    command(actions, "campaign", "what a campaign has cost").add_argument("id", type=int)


def capsule_options(actions: Sub) -> None:
    export = command(actions, "export", "hand a campaign over; it does not start here until it is taken back")
    export.add_argument("id", type=int)
    export.add_argument("file")
    export.add_argument("--open", action="store_true", help="without a passphrase: whoever has the file can read it")
    command(actions, "show", "what is in a capsule, and what became of its campaign").add_argument("file")
    load = command(actions, "import", "make a draft of a capsule; it comes in once")
    load.add_argument("file")
    load.add_argument("--rest", action="store_true", help="of a started campaign: those who were not written to yet")
    back = command(actions, "take-back", "let a campaign that was handed over be sent here again")
    back.add_argument("id", type=int)


def schedule_options(actions: Sub) -> None:
    """Add what can be done with what is done by itself, and its options (cli.md)."""
    command(actions, "show", "what is planned, when it was done last, and why it fails")
    backup = command(actions, "backup", "backups into a folder; the passphrase is in CADENCIA_PASSPHRASE, or asked")
    backup.add_argument("--every-h", type=_at_least(1), metavar="H")
    backup.add_argument("--keep", type=_at_least(1), metavar="N", help="how many are kept")
    reports = command(actions, "reports", "reports of campaigns into a folder")
    reports.add_argument("--format", action="append", choices=REPORT_FORMATS, help="may be repeated")
    reports.add_argument(
        "--when", choices=[when.value for when in When], help="at the end of each, each day, or Mondays"
    )
    reports.add_argument("--hour", type=int, choices=range(24), metavar="H", help="of days and weeks")
    for each in (backup, reports):
        each.add_argument("--folder", metavar="DIR")
        each.add_argument("--off", action="store_true")
    command(actions, "run", "do now what is due, without an engine")


def _port(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 65535:
        raise argparse.ArgumentTypeError("must be from 1 to 65535")
    return value


def events_options(events: argparse.ArgumentParser) -> None:
    events.add_argument("action", nargs="?", choices=["prune"], help="prune: remove those before a moment for good")
    events.add_argument("--before", type=_moment, metavar="ISO", help="with prune: the moment")
    events.add_argument("--campaign", type=int, metavar="ID")
    events.add_argument("--type", metavar="T")
    events.add_argument("--since", type=_moment, metavar="ISO")
    events.add_argument("--follow", action="store_true")


def backup_options(backup: argparse.ArgumentParser) -> None:
    backup.add_argument("file")


def restore_options(restore: argparse.ArgumentParser) -> None:
    restore.add_argument("file")
    restore.add_argument("--replace", action="store_true", help="also when there is something in the data folder")


def _at_least(lowest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if value < lowest:
            raise argparse.ArgumentTypeError(f"must be {lowest} or more")
        return value

    read.__name__ = "whole number"
    return read


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError("must be from 0 to 3600 seconds")
    return value


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names or len(set(names)) != len(names):
        raise argparse.ArgumentTypeError("must be different names, separated by commas")
    return names


def _pair(text: str) -> tuple[str, str]:
    field, found, column = text.partition("=")
    if not found or not field.strip() or not column.strip():
        raise argparse.ArgumentTypeError("must be FIELD=COLUMN")
    return field.strip(), column.strip()


def _day(text: str) -> datetime:
    mark = read_consent(text)
    if mark is None or mark.at is None:
        raise argparse.ArgumentTypeError("must be a day, such as 31/12/2025 or 2025-12-31")
    return mark.at


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError('must be a moment such as "2026-11-27T09:00:00-03:00"') from error
    # A moment without a zone is meant in the zone of the person who types it.
    return moment.astimezone()

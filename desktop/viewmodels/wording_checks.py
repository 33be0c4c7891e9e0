"""Lines of the checklist before a start, and of the doctor: code → (what was found, what to do)."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.summaries import CheckLine
from desktop.viewmodels import formats, plan_words
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP
from desktop.viewmodels.wording_checks_numbers import NUMBER_LINES
from desktop.viewmodels.wording_tables import CONNECTION, GATEWAY

_LINES: Mapping[str, tuple[str, str]] = {
    **NUMBER_LINES,
    "state": (
        QT_TRANSLATE_NOOP("Checks", "The campaign may be started."),
        "",
    ),
    "audience": (QT_TRANSLATE_NOOP("Checks", "The message goes to {people}."), ""),
    "audience_left": (QT_TRANSLATE_NOOP("Checks", "The message still goes to {people}."), ""),
    "audience_missing": (
        QT_TRANSLATE_NOOP("Checks", "Nobody is chosen yet."),
        QT_TRANSLATE_NOOP("Checks", "Choose in Audience who receives the message."),
    ),
    "audience_empty": (
        QT_TRANSLATE_NOOP("Checks", "The chosen audience is empty."),
        QT_TRANSLATE_NOOP("Checks", "Import contacts, or choose other tags. People who opted out do not count."),
    ),
    "audience_segment_gone": (
        QT_TRANSLATE_NOOP("Checks", "There is no segment “{name}” any more."),
        QT_TRANSLATE_NOOP("Checks", "Choose another audience."),
    ),
    "audience_without_consent": (
        QT_TRANSLATE_NOOP("Checks", "Nobody is left: of {n} people it is not recorded that they agreed."),
        QT_TRANSLATE_NOOP("Checks", "Record their consent in Contacts, or import it with date and proof."),
    ),
    "consent": (QT_TRANSLATE_NOOP("Checks", "Everybody has a recorded consent."), ""),
    "consent_missing": (
        QT_TRANSLATE_NOOP("Checks", "Left out, because no consent is recorded: {n}."),
        QT_TRANSLATE_NOOP("Checks", "Record it in Contacts, or import it with date and proof, before the start."),
    ),
    "opt_out": (QT_TRANSLATE_NOOP("Checks", "People who opted out are left out ({n})."), ""),
    "opt_out_off": (
        QT_TRANSLATE_NOOP("Checks", "People who opted out are not taken out beforehand ({n})."),
        QT_TRANSLATE_NOOP("Checks", "They are skipped all the same; switch it on for a cleaner report."),
    ),
    "audience_left_out": (
        QT_TRANSLATE_NOOP(
            "Checks", "Nobody is left: a conversation goes on with {people}, or they are not on WhatsApp."
        ),
        QT_TRANSLATE_NOOP("Checks", "Choose other people, or wait a day."),
    ),
    "audience_reached": (
        QT_TRANSLATE_NOOP("Checks", "Nobody is left: another run of this campaign has reached {people}, or may still."),
        QT_TRANSLATE_NOOP("Checks", "Delete this draft, or choose other people."),
    ),
    "already_reached": (
        QT_TRANSLATE_NOOP("Checks", "Whom another run of this campaign has reached, or may still, is left out ({n})."),
        "",
    ),
    "talking": (QT_TRANSLATE_NOOP("Checks", "People who wrote to you within a day are left out ({n})."), ""),
    "content": (QT_TRANSLATE_NOOP("Checks", "The message is complete."), ""),
    "content_missing": (
        QT_TRANSLATE_NOOP("Checks", "There is no message yet."),
        QT_TRANSLATE_NOOP("Checks", "Write it in Message."),
    ),
    "content_empty": (
        QT_TRANSLATE_NOOP("Checks", "Message {number} is empty."),
        QT_TRANSLATE_NOOP("Checks", "Write it, or remove it."),
    ),
    "content_syntax": (
        QT_TRANSLATE_NOOP("Checks", "Message {number} has a mistake in its fields or variations."),
        QT_TRANSLATE_NOOP("Checks", "The place is marked in Message."),
    ),
    "content_too_long": (
        QT_TRANSLATE_NOOP("Checks", "Message {number} is {n} characters too long."),
        QT_TRANSLATE_NOOP("Checks", "Shorten it in Message."),
    ),
    "content_weights": (
        QT_TRANSLATE_NOOP("Checks", "All variations have the weight zero."),
        QT_TRANSLATE_NOOP("Checks", "Give at least one of them a weight."),
    ),
    "variables": (QT_TRANSLATE_NOOP("Checks", "Every field of the message has a value for everybody."), ""),
    "variables_missing": (
        QT_TRANSLATE_NOOP("Checks", "Some people lack a value: {fields}."),
        QT_TRANSLATE_NOOP("Checks", 'Give the field a fallback, such as {{contact.name|"friend"}}.'),
    ),
    "media": (QT_TRANSLATE_NOOP("Checks", "Attached files can be read."), ""),
    "media_unreadable": (
        QT_TRANSLATE_NOOP("Checks", "A file cannot be read: {path}"),
        QT_TRANSLATE_NOOP("Checks", "Attach it again."),
    ),
    "template": (QT_TRANSLATE_NOOP("Checks", "Template {template} ({language}) is approved: {category}."), ""),
    "template_unknown": (
        QT_TRANSLATE_NOOP("Checks", "Template {template} ({language}) is not known in an account of the numbers."),
        QT_TRANSLATE_NOOP("Checks", "Read the list of templates again, or choose another one."),
    ),
    "template_not_approved": (
        QT_TRANSLATE_NOOP("Checks", "Template {template} cannot be sent: WhatsApp says {status}."),
        QT_TRANSLATE_NOOP("Checks", "Wait for its approval and read the list again, or choose another one."),
    ),
    "template_unsupported": (
        QT_TRANSLATE_NOOP("Checks", "Template {template} has a part that cannot be sent from here: {part}."),
        QT_TRANSLATE_NOOP("Checks", "Choose another one."),
    ),
    "template_media_missing": (
        QT_TRANSLATE_NOOP("Checks", "Template {template} needs a file in its header: {kind}."),
        QT_TRANSLATE_NOOP("Checks", "Attach it in Message."),
    ),
    "template_media_wrong": (
        QT_TRANSLATE_NOOP("Checks", "Template {template} has no place for the attached file."),
        QT_TRANSLATE_NOOP("Checks", "Remove it, or attach the kind that the template's header shows."),
    ),
    "template_unmapped": (
        QT_TRANSLATE_NOOP("Checks", "Template {template} lacks values for: {names}."),
        QT_TRANSLATE_NOOP("Checks", "Say in Message what goes there."),
    ),
    "template_surplus": (
        QT_TRANSLATE_NOOP("Checks", "Template {template} has no such placeholders: {names}."),
        QT_TRANSLATE_NOOP("Checks", "Remove them: the template may have changed."),
    ),
    "template_value_empty": (
        QT_TRANSLATE_NOOP("Checks", "Template {template} would be sent with nothing in: {names}."),
        QT_TRANSLATE_NOOP("Checks", "WhatsApp refuses empty values. Write something, or a field with a fallback."),
    ),
    "template_value_breaks": (
        QT_TRANSLATE_NOOP("Checks", "Template {template} has line breaks or tabs in: {names}."),
        QT_TRANSLATE_NOOP("Checks", "WhatsApp takes single lines only. Remove them."),
    ),
    "template_wrong_gateway": (
        QT_TRANSLATE_NOOP("Checks", "Only numbers of Meta's Cloud API send templates, not: {names}."),
        QT_TRANSLATE_NOOP("Checks", "Choose other numbers in Numbers and pace, or write a text."),
    ),
    "free_text_window": (
        QT_TRANSLATE_NOOP(
            "Checks", "Free text through {names}, and not known to have written in the last 24 hours: {people}."
        ),
        QT_TRANSLATE_NOOP("Checks", "WhatsApp refuses it there. Use an approved template."),
    ),
    "numbers_checked": (QT_TRANSLATE_NOOP("Checks", "Everybody was found on WhatsApp in the last days."), ""),
    "numbers_unchecked": (
        QT_TRANSLATE_NOOP("Checks", "Not on WhatsApp: {absent}. Not checked in the last days: {unchecked}."),
        QT_TRANSLATE_NOOP("Checks", "Check them before the start, in Contacts. Failures harm your numbers."),
    ),
    "media_empty": (
        QT_TRANSLATE_NOOP("Checks", "Message {number}: the file {name} is empty."),
        QT_TRANSLATE_NOOP("Checks", "Attach another one."),
    ),
    "media_too_large": (
        QT_TRANSLATE_NOOP("Checks", "Message {number}: {name} is too large for {gateway}, which takes {limit_mb} MB."),
        QT_TRANSLATE_NOOP("Checks", "Attach a smaller one, or send it through other numbers."),
    ),
    "media_format": (
        QT_TRANSLATE_NOOP("Checks", "Message {number}: {gateway} does not take {name} ({detail})."),
        QT_TRANSLATE_NOOP("Checks", "Attach it in another format, or as a document."),
    ),
    "media_colours": (
        QT_TRANSLATE_NOOP("Checks", "Message {number}: {gateway} does not take pictures in {detail} ({name})."),
        QT_TRANSLATE_NOOP("Checks", "Take the smaller picture that the editor offers, or save it as an ordinary JPEG."),
    ),
    "media_damaged": (
        QT_TRANSLATE_NOOP("Checks", "Message {number}: the picture {name} is damaged, it cannot be opened to its end."),
        QT_TRANSLATE_NOOP("Checks", "Choose the picture again, or another one."),
    ),
    "media_heic": (
        QT_TRANSLATE_NOOP("Checks", "Message {number}: most phones do not show HEIC pictures ({name})."),
        QT_TRANSLATE_NOOP("Checks", "Save it as JPEG, or send it as a document."),
    ),
    "media_codec": (
        QT_TRANSLATE_NOOP("Checks", "Message {number}: {gateway} does not play {name} (codec {detail})."),
        QT_TRANSLATE_NOOP("Checks", "Save it as MP4 with H.264 and AAC, or attach it as a document."),
    ),
    "media_caption": (
        QT_TRANSLATE_NOOP("Checks", "Message {number}: {gateway} sends no text with a sound, it would be lost."),
        QT_TRANSLATE_NOOP("Checks", "Remove the text, or attach the file as a document."),
    ),
    "portfolio_shared": (
        QT_TRANSLATE_NOOP("Checks", "{names} belong to one company at Meta and share its limit of people a day."),
        QT_TRANSLATE_NOOP("Checks", "Sending through several of them reaches nobody more. That is no mistake."),
    ),
    "portfolio_limit": (
        QT_TRANSLATE_NOOP("Checks", "Meta's limit of people in 24 hours suffices: {left} of {limit} are left."),
        "",
    ),
    "portfolio_limit_exceeded": (
        QT_TRANSLATE_NOOP(
            "Checks", "Meta allows {limit} people in 24 hours, of which {left} are left: {n} people take {days} days."
        ),
        QT_TRANSLATE_NOOP(
            "Checks", "It waits by itself and goes on. Numbers of another company, or a smaller audience, are faster."
        ),
    ),
    "portfolio_limit_untold": (
        QT_TRANSLATE_NOOP("Checks", "Meta has not told how many people a day these numbers may write to: {names}."),
        QT_TRANSLATE_NOOP("Checks", "Test their connection in Instances; the token may lack a permission."),
    ),
    "own_texts": (QT_TRANSLATE_NOOP("Checks", "Everybody has a text of their own, read and accepted."), ""),
    "own_texts_writing": (
        QT_TRANSLATE_NOOP("Checks", "The texts for each person are still being written."),
        QT_TRANSLATE_NOOP("Checks", "Wait until they are there, or pause the writing, in Message."),
    ),
    "own_texts_unread": (
        QT_TRANSLATE_NOOP("Checks", "Texts by AI that nobody has read: {unread}."),
        QT_TRANSLATE_NOOP("Checks", "Accept or refuse them in Message, A text for each person."),
    ),
    "own_texts_missing": (
        QT_TRANSLATE_NOOP("Checks", "Without an accepted text of their own: {people}."),
        QT_TRANSLATE_NOOP(
            "Checks", "Say in Message whether they get the ordinary message or are left out, or write their texts."
        ),
    ),
    "own_texts_ordinary": (
        QT_TRANSLATE_NOOP("Checks", "Texts for one person each: {ready}. The ordinary message goes to {people}."),
        QT_TRANSLATE_NOOP("Checks", "As you chose in Message, A text for each person."),
    ),
    "own_texts_left_out": (
        QT_TRANSLATE_NOOP("Checks", "Texts for one person each: {ready}. Left out, because they have none: {people}."),
        QT_TRANSLATE_NOOP("Checks", "As you chose in Message, A text for each person."),
    ),
    "own_texts_too_long": (
        QT_TRANSLATE_NOOP("Checks", "A text for one person is longer than the {limit} characters that may be sent."),
        QT_TRANSLATE_NOOP("Checks", "Under a file a text is shorter. Shorten it in Message, or take the file away."),
    ),
    "own_texts_template": (
        QT_TRANSLATE_NOOP("Checks", "A template of Meta cannot be replaced by a text for each person."),
        QT_TRANSLATE_NOOP("Checks", "Discard the texts, or choose a message without a template."),
    ),
    "replies": (QT_TRANSLATE_NOOP("Checks", "The team keeps up with the replies: it answers {per_hour} an hour."), ""),
    "replies_decide": (
        QT_TRANSLATE_NOOP("Checks", "Replies decide when it ends: the team answers {per_hour} an hour. {counted}"),
        QT_TRANSLATE_NOOP("Checks", "It ends earlier when more replies can be answered, or with fewer people."),
    ),
    "replies_may_decide": (
        QT_TRANSLATE_NOOP(
            "Checks", "With more replies than expected it takes longer: the team answers {per_hour} an hour. {counted}"
        ),
        "",
    ),
    "budget_none": (QT_TRANSLATE_NOOP("Checks", "The month has no budget, and no prices are entered."), ""),
    "budget_estimate": (QT_TRANSLATE_NOOP("Checks", "It costs at most {cost}. The month has no budget."), ""),
    "budget": (QT_TRANSLATE_NOOP("Checks", "It costs at most {cost}. The budget has left: {left}."), ""),
    "budget_tight": (
        QT_TRANSLATE_NOOP("Checks", "It costs at most {cost} and takes nearly all that the budget has left: {left}."),
        QT_TRANSLATE_NOOP("Checks", "Other campaigns of this month may find it used up."),
    ),
    "budget_without_price": (
        QT_TRANSLATE_NOOP("Checks", "It costs {cost} and more: for {unpriced} no price is entered."),
        QT_TRANSLATE_NOOP("Checks", "Enter the prices of Meta's list in Settings, Budget."),
    ),
    "budget_messages_short": (
        QT_TRANSLATE_NOOP("Checks", "The budget of the month has too few messages left: {left}, for {people}."),
        QT_TRANSLATE_NOOP("Checks", "Raise it in Settings, choose fewer people, or start next month."),
    ),
    "budget_money_short": (
        QT_TRANSLATE_NOOP("Checks", "It may cost {cost}, more than the budget of the month has left: {left}."),
        QT_TRANSLATE_NOOP("Checks", "Raise it in Settings, choose fewer people, or start next month."),
    ),
    "budget_messages_short_later": (
        QT_TRANSLATE_NOOP("Checks", "This month has messages left for a part of it only: {left}, for {people}."),
        QT_TRANSLATE_NOOP("Checks", "It will pause when they are used up. Resume it next month, or raise the budget."),
    ),
    "budget_money_short_later": (
        QT_TRANSLATE_NOOP("Checks", "This month has money left for a part of it only: {left}, for at most {cost}."),
        QT_TRANSLATE_NOOP("Checks", "It will pause when it is used up. Resume it next month, or raise the budget."),
    ),
    "schedule_none": (QT_TRANSLATE_NOOP("Checks", "It starts as soon as you press Start."), ""),
    "schedule": (QT_TRANSLATE_NOOP("Checks", "It starts by itself: {at}."), ""),
    "schedule_past": (
        QT_TRANSLATE_NOOP("Checks", "The start time has passed: {at}."),
        QT_TRANSLATE_NOOP("Checks", "Choose another time, or start it now."),
    ),
    # Of the doctor
    "home": (QT_TRANSLATE_NOOP("Checks", "The data folder can be used: {folder}"), ""),
    "database": (QT_TRANSLATE_NOOP("Checks", "The database is sound, and every count agrees with its rows."), ""),
    "keyring_keyring": (
        QT_TRANSLATE_NOOP("Checks", "The keys of the gateways are in the keyring of this computer."),
        "",
    ),
    "keyring_passphrase": (
        QT_TRANSLATE_NOOP("Checks", "The keys of the gateways are in a file that is protected by your passphrase."),
        "",
    ),
    "keyring_file_only": (
        QT_TRANSLATE_NOOP(
            "Checks", "The keys of the gateways are in a file that anybody with a copy of the data folder can open."
        ),
        QT_TRANSLATE_NOOP(
            "Checks",
            "This computer has no keyring. Choose a passphrase in Settings, Access, or set CADENCIA_PASSPHRASE.",
        ),
    ),
    "keyring_memory": (QT_TRANSLATE_NOOP("Checks", "The keys of the gateways are only in memory."), ""),
    "engine_free": (QT_TRANSLATE_NOOP("Checks", "Nothing sends from this data folder right now."), ""),
    "engine_elsewhere": (QT_TRANSLATE_NOOP("Checks", "Messages are sent from this data folder by: {holder}"), ""),
    "clock": (QT_TRANSLATE_NOOP("Checks", "The clock agrees with what is recorded."), ""),
    "gateway": (QT_TRANSLATE_NOOP("Checks", "{name}: connected."), ""),
    "gateway_unusable": (
        QT_TRANSLATE_NOOP("Checks", "{name} cannot be used: its key is missing or cannot be read."),
        QT_TRANSLATE_NOOP("Checks", "Remove the number and add it again with its key."),
    ),
}

# What the same code means at another level.
_AT_LEVEL: Mapping[tuple[str, str], tuple[str, str]] = {
    ("state", "red"): (
        QT_TRANSLATE_NOOP("Checks", "Only a draft or a scheduled campaign can be started."),
        QT_TRANSLATE_NOOP("Checks", "Duplicate it to send it again."),
    ),
    ("media_format", "amber"): (
        QT_TRANSLATE_NOOP("Checks", "Message {number}: some phones may not show {name} ({detail})."),
        QT_TRANSLATE_NOOP("Checks", "Attach it in another format, or as a document."),
    ),
    ("media_colours", "amber"): (
        QT_TRANSLATE_NOOP("Checks", "Message {number}: some phones may not show pictures in {detail} ({name})."),
        QT_TRANSLATE_NOOP("Checks", "Take the smaller picture that the editor offers, or save it as an ordinary JPEG."),
    ),
    ("media_codec", "amber"): (
        QT_TRANSLATE_NOOP("Checks", "Message {number}: some phones may not play {name} (codec {detail})."),
        QT_TRANSLATE_NOOP("Checks", "Save it as MP4 with H.264 and AAC, or attach it as a document."),
    ),
    ("limits", "amber"): (
        _LINES["limits"][0],
        QT_TRANSLATE_NOOP("Checks", "That is more than a week: more numbers or a faster pace shorten it."),
    ),
    ("home", "red"): (
        QT_TRANSLATE_NOOP("Checks", "The disk of the data folder is nearly full: {free_mb} MB are left."),
        QT_TRANSLATE_NOOP("Checks", "Make room: what is sent has to be recorded."),
    ),
    ("database", "red"): (
        QT_TRANSLATE_NOOP("Checks", "The database contradicts itself: {problems}"),
        QT_TRANSLATE_NOOP("Checks", "Stop sending, keep a copy of the data folder, and report this."),
    ),
    ("clock", "amber"): (
        QT_TRANSLATE_NOOP("Checks", "The clock is {behind_s} seconds behind what is already recorded."),
        QT_TRANSLATE_NOOP("Checks", "Set the clock: limits would make you wait longer than needed."),
    ),
    ("gateway", "amber"): (
        QT_TRANSLATE_NOOP("Checks", "{name} cannot send now: {state}."),
        QT_TRANSLATE_NOOP("Checks", "Look at it in Instances, or run: instance check"),
    ),
}


# What Meta charges a message as.
_CATEGORIES: Mapping[str, str] = {
    "MARKETING": QT_TRANSLATE_NOOP("Checks", "marketing"),
    "UTILITY": QT_TRANSLATE_NOOP("Checks", "utility"),
    "AUTHENTICATION": QT_TRANSLATE_NOOP("Checks", "authentication"),
}


def check(line: CheckLine) -> tuple[str, str]:
    """Word a line: what was found, and what to do (empty when there is nothing)."""
    text, hint = _AT_LEVEL.get((line.code, line.level)) or _LINES.get(line.code, ("", ""))
    if not text:
        return _unknown(line)
    try:
        worded = QCoreApplication.translate("Checks", text).format_map(_facts(line))
    except (KeyError, IndexError, ValueError):
        return _unknown(line)
    return worded, QCoreApplication.translate("Checks", hint) if hint else ""


def _unknown(line: CheckLine) -> tuple[str, str]:
    facts = ", ".join(f"{name}: {value}" for name, value in line.facts.items())
    return line.code.replace("_", " ").capitalize() + (f" ({facts})" if facts else ""), ""


def _facts(line: CheckLine) -> dict[str, str]:
    worded = {name: _worded(value) for name, value in line.facts.items()}
    n = line.facts.get("n")
    if isinstance(n, int):
        worded["people"] = formats.people(n)
        worded["numbers"] = formats.numbers(n)
    state = line.facts.get("state")
    if state in CONNECTION:
        worded["state"] = QCoreApplication.translate("Wording", CONNECTION[str(state)][0])
    category = str(line.facts.get("category"))
    if category in _CATEGORIES:
        worded["category"] = QCoreApplication.translate("Checks", _CATEGORIES[category])
    gateway = line.facts.get("gateway")
    if gateway in GATEWAY:
        worded["gateway"] = GATEWAY[str(gateway)]
    if isinstance(micros := line.facts.get("micros"), int):
        worded |= _costs(line.facts, micros)
    basis, few, likely, many = (line.facts.get(name) for name in ("basis", "few", "likely", "many"))
    if isinstance(few, float) and isinstance(likely, float) and isinstance(many, float):
        worded["counted"] = plan_words.counted_on(str(basis), few, likely, many)
    finish_at = line.facts.get("finish_at")
    if finish_at is not None:
        worded["finish"] = _worded(finish_at)
    return worded


def _costs(facts: Mapping[str, object], micros: int) -> dict[str, str]:
    """Word what a campaign costs, and what the budget has left of messages and money."""
    currency = str(facts.get("currency", ""))
    messages, money, unpriced = facts.get("left_messages"), facts.get("left_micros"), facts.get("people")
    left: list[str] = []
    if isinstance(messages, int):
        pattern = QCoreApplication.translate("Checks", "{n} messages")
        left.append(pattern.format(n=formats.number(messages)))
    if isinstance(money, int):
        left.append(formats.money(money, currency))
    worded = {"cost": formats.money(micros, currency), "left": " · ".join(left)}
    if isinstance(unpriced, int):
        worded["unpriced"] = formats.people(unpriced)
    return worded


def _worded(value: object) -> str:
    if isinstance(value, datetime):
        return f"{formats.day(value)} {formats.time_of_day(value)}"
    if isinstance(value, int | float):
        return formats.number(value)
    if isinstance(value, Mapping):
        pairs: Mapping[object, object] = value  # pyright: ignore[reportUnknownVariableType]
        return ", ".join(f"{name} ({n})" for name, n in pairs.items())
    if isinstance(value, list | tuple):
        members: list[object] = list(value)  # pyright: ignore[reportUnknownArgumentType]
        return ", ".join(str(member) for member in members)
    return str(value)

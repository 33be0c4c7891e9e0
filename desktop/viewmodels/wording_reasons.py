"""Why something did not leave, or stopped: code → (what happened, what to do). The codes of gateways are among them."""

from collections.abc import Mapping

from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

_WAIT = QT_TRANSLATE_NOOP("Wording", "Nothing to do: it is tried again by itself.")
_OTHER_CHANNEL = QT_TRANSLATE_NOOP("Wording", "Check the phone with the person, or reach them another way.")
_CHECK_GATEWAY = QT_TRANSLATE_NOOP(
    "Wording", "Look at the gateway's own log, then duplicate the campaign for these people."
)
_RECONNECT = QT_TRANSLATE_NOOP("Wording", "Open Instances and connect the number again.")
_CERTIFICATE = QT_TRANSLATE_NOOP(
    "Wording", "Ask whoever runs the gateway for a certificate, and add the number again with it."
)
_DECIDE = QT_TRANSLATE_NOOP(
    "Wording", "Look in the phone's WhatsApp: if the message is there, mark it as sent; if not, send it again."
)

REASON: Mapping[str, tuple[str, str]] = {
    # Of ours
    "cancelled": (QT_TRANSLATE_NOOP("Wording", "The campaign was cancelled before this message left."), ""),
    "opted_out": (
        QT_TRANSLATE_NOOP("Wording", "This person asked not to receive messages."),
        QT_TRANSLATE_NOOP("Wording", "Nothing to do: their wish is respected."),
    ),
    "opt_out_of_nobody": (
        QT_TRANSLATE_NOOP("Wording", "Somebody asked not to receive messages, and the gateway does not say who."),
        QT_TRANSLATE_NOOP(
            "Wording", "Look for the message in WhatsApp on the phone, and opt the person out in Contacts."
        ),
    ),
    "no_consent": (
        QT_TRANSLATE_NOOP("Wording", "It is not recorded that this person agreed to receive messages."),
        QT_TRANSLATE_NOOP("Wording", "Record it in Contacts, or import it with date and proof, and send again."),
    ),
    "no_own_text": (
        QT_TRANSLATE_NOOP("Wording", "No text was accepted for this person, and such people were to be left out."),
        "",
    ),
    "duplicate": (QT_TRANSLATE_NOOP("Wording", "The same phone is in this campaign already."), ""),
    "already_reached": (
        QT_TRANSLATE_NOOP("Wording", "Another run of this campaign has reached this person, or may still."),
        "",
    ),
    "invalid_phone": (
        QT_TRANSLATE_NOOP("Wording", "This is not a phone number that exists."),
        QT_TRANSLATE_NOOP("Wording", "Correct the phone in Contacts."),
    ),
    "missing_value": (
        QT_TRANSLATE_NOOP("Wording", "A field used in the message is empty for this person."),
        QT_TRANSLATE_NOOP("Wording", 'Fill the field in, or give it a fallback, such as {{contact.name|"friend"}}.'),
    ),
    "not_on_whatsapp": (QT_TRANSLATE_NOOP("Wording", "This phone has no WhatsApp."), _OTHER_CHANNEL),
    "rejected_content": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp refused the content of the message."),
        QT_TRANSLATE_NOOP("Wording", "Change the text or the file, and send a new campaign to these people."),
    ),
    "retries_exhausted": (
        QT_TRANSLATE_NOOP("Wording", "All attempts failed."),
        QT_TRANSLATE_NOOP("Wording", "The attempts below say why. Duplicate the campaign when the cause is gone."),
    ),
    "gateway_error": (QT_TRANSLATE_NOOP("Wording", "The gateway reported an error."), _CHECK_GATEWAY),
    "delivery_failed": (
        QT_TRANSLATE_NOOP("Wording", "The message left, but WhatsApp could not deliver it."),
        _OTHER_CHANNEL,
    ),
    "account_restricted": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp has restricted this number for now."),
        QT_TRANSLATE_NOOP("Wording", "Pause this number, slow down, and look at its state in WhatsApp."),
    ),
    "refused_in_a_row": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp refused several messages of this number in a row."),
        QT_TRANSLATE_NOOP("Wording", "Look at its state in WhatsApp before you resume it, and slow down."),
    ),
    "answer_lost": (
        QT_TRANSLATE_NOOP("Wording", "The message was handed over, but the answer was lost: it may have left or not."),
        _DECIDE,
    ),
    "crashed": (
        QT_TRANSLATE_NOOP("Wording", "The program ended while this message was leaving: it may have left or not."),
        _DECIDE,
    ),
    "restored": (
        QT_TRANSLATE_NOOP(
            "Wording", "This data comes from a backup. What was sent after the backup was made is not in it."
        ),
        QT_TRANSLATE_NOOP(
            "Wording",
            "Resuming may write to the same people again. Compare with WhatsApp on the phone first, or cancel it.",
        ),
    ),
    "resolved_by_operator": (QT_TRANSLATE_NOOP("Wording", "You decided what became of this message."), ""),
    "active_conversation": (
        QT_TRANSLATE_NOOP("Wording", "There is a conversation going on with this person."),
        QT_TRANSLATE_NOOP("Wording", "Nothing to do: this campaign leaves such people out."),
    ),
    "contact_erased": (QT_TRANSLATE_NOOP("Wording", "This person's data was erased at their request."), ""),
    # Of the connection: nothing left
    "unreachable": (QT_TRANSLATE_NOOP("Wording", "The gateway could not be reached."), _WAIT),
    "dns": (
        QT_TRANSLATE_NOOP("Wording", "The gateway's address is not known on the internet."),
        QT_TRANSLATE_NOOP("Wording", "Check the connection and the address of the gateway."),
    ),
    "tls": (
        QT_TRANSLATE_NOOP(
            "Wording", "No safe connection: the gateway's certificate is not trusted, or it only speaks http."
        ),
        QT_TRANSLATE_NOOP(
            "Wording", "If your company issued it, name its authority; else ask whoever runs the gateway."
        ),
    ),
    "client_cert_required": (
        QT_TRANSLATE_NOOP("Wording", "The gateway's server lets in only who shows a certificate, and none was shown."),
        _CERTIFICATE,
    ),
    "client_cert_refused": (
        QT_TRANSLATE_NOOP("Wording", "The gateway's server does not accept the certificate of this connection."),
        _CERTIFICATE,
    ),
    "connect_timeout": (QT_TRANSLATE_NOOP("Wording", "The gateway did not answer the connection in time."), _WAIT),
    # Of answers that cannot be trusted
    "timeout": (QT_TRANSLATE_NOOP("Wording", "No answer in time: the message may have left or not."), _DECIDE),
    "cut": (QT_TRANSLATE_NOOP("Wording", "The connection broke before the answer: it may have left or not."), _DECIDE),
    "garbage_answer": (QT_TRANSLATE_NOOP("Wording", "The gateway's answer makes no sense."), _DECIDE),
    "no_message_id": (
        QT_TRANSLATE_NOOP("Wording", "The gateway said yes, but named no message: it may have left or not."),
        _DECIDE,
    ),
    "gateway_timeout": (QT_TRANSLATE_NOOP("Wording", "A server in between gave up waiting for the gateway."), _DECIDE),
    "bad_gateway": (QT_TRANSLATE_NOOP("Wording", "A server in between lost the gateway."), _DECIDE),
    "server_error": (QT_TRANSLATE_NOOP("Wording", "The gateway had an error of its own."), _DECIDE),
    "gateway_fault": (QT_TRANSLATE_NOOP("Wording", "The gateway had an error of its own."), _CHECK_GATEWAY),
    # Of the account and the instance
    "unauthorised": (
        QT_TRANSLATE_NOOP("Wording", "The gateway refuses the key of this number."),
        QT_TRANSLATE_NOOP("Wording", "Remove the number in Instances and add it with the right key."),
    ),
    "forbidden": (
        QT_TRANSLATE_NOOP("Wording", "The key of this number may not send."),
        QT_TRANSLATE_NOOP("Wording", "Ask whoever runs the gateway for a key that may."),
    ),
    "licence_required": (
        QT_TRANSLATE_NOOP("Wording", "The gateway has no valid licence."),
        QT_TRANSLATE_NOOP("Wording", "Whoever runs the gateway has to activate its licence."),
    ),
    "instance_missing": (
        QT_TRANSLATE_NOOP("Wording", "The gateway does not know this number."),
        QT_TRANSLATE_NOOP("Wording", "Check its name in the gateway; it may have been removed there."),
    ),
    "connection_closed": (QT_TRANSLATE_NOOP("Wording", "The number lost its connection to WhatsApp."), _RECONNECT),
    "not_connected": (QT_TRANSLATE_NOOP("Wording", "The number is not connected to WhatsApp."), _RECONNECT),
    "logged_out": (QT_TRANSLATE_NOOP("Wording", "The number was logged out of WhatsApp."), _RECONNECT),
    "rate_limited": (QT_TRANSLATE_NOOP("Wording", "The gateway asked to slow down."), _WAIT),
    "pair_rate": (QT_TRANSLATE_NOOP("Wording", "Too many messages to this person in a short time."), _WAIT),
    "messaging_limit": (QT_TRANSLATE_NOOP("Wording", "WhatsApp's limit for this account is reached."), _WAIT),
    "marketing_limit": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp lets this person receive no more marketing for now."),
        "",
    ),
    "marketing_off": (
        QT_TRANSLATE_NOOP("Wording", "Marketing messages are turned off for this account at Meta."),
        QT_TRANSLATE_NOOP("Wording", "Turn them on in Meta's Business Manager, or send them another way."),
    ),
    "spam_limit": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp has slowed this number down because of complaints."),
        QT_TRANSLATE_NOOP("Wording", "Pause this number and write to people who expect it."),
    ),
    "blocked": (QT_TRANSLATE_NOOP("Wording", "This person has blocked the number."), ""),
    "account_locked": (QT_TRANSLATE_NOOP("Wording", "WhatsApp has locked this account."), ""),
    "payment": (
        QT_TRANSLATE_NOOP("Wording", "There is a problem with the payment of the WhatsApp account."),
        QT_TRANSLATE_NOOP("Wording", "Settle it in Meta's Business Manager."),
    ),
    "own_number": (QT_TRANSLATE_NOOP("Wording", "This is the sending number itself."), ""),
    "window_closed": (
        QT_TRANSLATE_NOOP("Wording", "More than 24 hours since this person wrote: WhatsApp asks for a template."),
        "",
    ),
    "media_rejected": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp refused the file."),
        QT_TRANSLATE_NOOP("Wording", "Use another format or a smaller file."),
    ),
    "media_upload": (QT_TRANSLATE_NOOP("Wording", "The file could not be uploaded."), _WAIT),
    "too_large": (
        QT_TRANSLATE_NOOP("Wording", "The message or its file is too large."),
        QT_TRANSLATE_NOOP("Wording", "Use a smaller file or a shorter text."),
    ),
    "schema": (
        QT_TRANSLATE_NOOP("Wording", "The gateway does not understand this kind of message."),
        QT_TRANSLATE_NOOP("Wording", "Bring the gateway up to date."),
    ),
    "wrong_version": (
        QT_TRANSLATE_NOOP("Wording", "This version of the gateway is not supported."),
        QT_TRANSLATE_NOOP("Wording", "Evolution API 2.3 or WAHA 2024.9, or later, is needed."),
    ),
    "not_evolution": (
        QT_TRANSLATE_NOOP("Wording", "What answers at this address is not an Evolution API."),
        QT_TRANSLATE_NOOP("Wording", "Check the address, and the port in it."),
    ),
    "not_waha": (
        QT_TRANSLATE_NOOP("Wording", "What answers at this address is not WAHA."),
        QT_TRANSLATE_NOOP("Wording", "Check the address, and the port in it."),
    ),
    "not_cloud": (
        QT_TRANSLATE_NOOP("Wording", "What answers at this address is not Meta's Cloud API."),
        QT_TRANSLATE_NOOP("Wording", "The address is https://graph.facebook.com, unless a proxy stands before it."),
    ),
    "cloud_token_invalid": (
        QT_TRANSLATE_NOOP("Wording", "Meta does not accept this token."),
        QT_TRANSLATE_NOOP("Wording", "Make a token of a system user in Meta's Business Manager: it does not expire."),
    ),
    "permission_missing": (
        QT_TRANSLATE_NOOP("Wording", "The token is right, but lacks a permission."),
        QT_TRANSLATE_NOOP(
            "Wording", "It needs whatsapp_business_messaging and whatsapp_business_management for this account."
        ),
    ),
    "number_not_found": (
        QT_TRANSLATE_NOOP("Wording", "Meta does not know this phone number id, or the token may not see it."),
        QT_TRANSLATE_NOOP("Wording", "Copy the phone number id from WhatsApp Manager; it is not the number itself."),
    ),
    "waba_not_found": (
        QT_TRANSLATE_NOOP("Wording", "Meta does not know this WhatsApp Business Account, or the token may not see it."),
        QT_TRANSLATE_NOOP("Wording", "Copy its id from WhatsApp Manager, and assign the account to the token's user."),
    ),
    "number_not_in_waba": (
        QT_TRANSLATE_NOOP("Wording", "This number belongs to another WhatsApp Business Account."),
        QT_TRANSLATE_NOOP("Wording", "Take number and account from the same page of WhatsApp Manager."),
    ),
    "waba_missing": (
        QT_TRANSLATE_NOOP("Wording", "The id of the WhatsApp Business Account is missing."),
        QT_TRANSLATE_NOOP("Wording", "Copy its id from WhatsApp Manager."),
    ),
    "cloud_ids_missing": (
        QT_TRANSLATE_NOOP("Wording", "The number's ids at Meta are missing."),
        QT_TRANSLATE_NOOP("Wording", "Give the ids of the phone number and of the WhatsApp Business Account."),
    ),
    "no_instance_to_check": (
        QT_TRANSLATE_NOOP("Wording", "No connected number can tell who is on WhatsApp."),
        QT_TRANSLATE_NOOP("Wording", "Connect a number of Evolution API or WAHA."),
    ),
    "check_not_offered": (
        QT_TRANSLATE_NOOP("Wording", "This number cannot tell who is on WhatsApp."),
        QT_TRANSLATE_NOOP("Wording", "Choose a number of Evolution API or WAHA."),
    ),
    "checks_unanswered": (
        QT_TRANSLATE_NOOP("Wording", "The gateway does not answer any more."),
        QT_TRANSLATE_NOOP("Wording", "What it had answered is kept; look at the number and go on later."),
    ),
    "template_unknown": (
        QT_TRANSLATE_NOOP("Wording", "This template is not known in any account of the campaign's numbers."),
        QT_TRANSLATE_NOOP("Wording", "Read the list of templates again, or choose another one."),
    ),
    "no_look_up": (
        QT_TRANSLATE_NOOP("Wording", "Meta cannot be asked whether a message left, and no receipt has come for it."),
        _DECIDE,
    ),
    "quality_low": (
        QT_TRANSLATE_NOOP("Wording", "Meta rates the quality of this number as low."),
        QT_TRANSLATE_NOOP("Wording", "Find out what people block or report before you resume it."),
    ),
    "key_scope": (
        QT_TRANSLATE_NOOP("Wording", "The key is right, but it may not list the sessions of this gateway."),
        QT_TRANSLATE_NOOP("Wording", "Ask whoever runs the gateway for a key that may read and send."),
    ),
    "session_stuck": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp refuses everything from this session of the gateway."),
        QT_TRANSLATE_NOOP("Wording", "Restart the number in Instances."),
    ),
    "check_failed": (
        QT_TRANSLATE_NOOP("Wording", "The gateway could not check this phone, so nothing was sent to it."),
        _WAIT,
    ),
    "redirected": (
        QT_TRANSLATE_NOOP("Wording", "The address leads somewhere else (perhaps a Wi-Fi log-in page)."),
        QT_TRANSLATE_NOOP("Wording", "Open a web page to log in to the Wi-Fi, or correct the address."),
    ),
    "not_supported": (QT_TRANSLATE_NOOP("Wording", "The gateway cannot do this with this number."), ""),
    "maintenance": (QT_TRANSLATE_NOOP("Wording", "WhatsApp is under maintenance."), _WAIT),
    "ok": (QT_TRANSLATE_NOOP("Wording", "Everything works."), ""),
    # Of Meta's own, of templates, and of looking for a message
    "not_in_allow_list": (
        QT_TRANSLATE_NOOP("Wording", "A test number of WhatsApp may only write to the phones on its list."),
        QT_TRANSLATE_NOOP(
            "Wording", "Add the phone to the list in Meta's developer pages, or send with a real number."
        ),
    ),
    "type_unsupported": (
        QT_TRANSLATE_NOOP("Wording", "This person's WhatsApp cannot show this kind of message."),
        _OTHER_CHANNEL,
    ),
    "identity_changed": (
        QT_TRANSLATE_NOOP("Wording", "This person's phone has changed, and WhatsApp wants that confirmed first."),
        _OTHER_CHANNEL,
    ),
    "experiment": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp holds the message back for this person because of a trial of its own."),
        _OTHER_CHANNEL,
    ),
    "meta_error": (QT_TRANSLATE_NOOP("Wording", "WhatsApp refused this message."), _CHECK_GATEWAY),
    "template_rejected": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp does not accept the template as it was filled in."),
        QT_TRANSLATE_NOOP("Wording", "Compare the campaign with the template in Meta's Business Manager."),
    ),
    "template_paused": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp has paused this template because of complaints."),
        QT_TRANSLATE_NOOP("Wording", "Use another template, or wait until it is allowed again."),
    ),
    "template_disabled": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp has switched this template off for good."),
        QT_TRANSLATE_NOOP("Wording", "Use another template."),
    ),
    "country_restricted": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp does not let this account write to this country."),
        "",
    ),
    "display_name": (
        QT_TRANSLATE_NOOP("Wording", "WhatsApp has not approved the display name of this number."),
        QT_TRANSLATE_NOOP("Wording", "Settle it in Meta's Business Manager."),
    ),
    "permission": (
        QT_TRANSLATE_NOOP("Wording", "The key of this number may not send."),
        QT_TRANSLATE_NOOP("Wording", "Ask whoever runs the gateway for a key that may."),
    ),
    "terms": (
        QT_TRANSLATE_NOOP("Wording", "Terms of WhatsApp have to be accepted for this account first."),
        QT_TRANSLATE_NOOP("Wording", "Settle it in Meta's Business Manager."),
    ),
    "not_registered": (
        QT_TRANSLATE_NOOP("Wording", "This number is not registered for sending."),
        QT_TRANSLATE_NOOP("Wording", "Settle it in Meta's Business Manager."),
    ),
    "media_unreadable": (
        QT_TRANSLATE_NOOP("Wording", "The file cannot be read on this computer."),
        QT_TRANSLATE_NOOP("Wording", "Attach it again, and send a new campaign to these people."),
    ),
    "ambiguous": (QT_TRANSLATE_NOOP("Wording", "More than one message at the gateway could be this one."), _DECIDE),
    "not_stored": (
        QT_TRANSLATE_NOOP("Wording", "The gateway keeps no messages, so it cannot say whether this one left."),
        _DECIDE,
    ),
    "too_early": (QT_TRANSLATE_NOOP("Wording", "It is too early to know whether the message left."), _WAIT),
    "name_taken": (
        QT_TRANSLATE_NOOP("Wording", "The gateway has a number with this name already."),
        QT_TRANSLATE_NOOP("Wording", "Choose another name."),
    ),
    # Why an instance is paused
    "operator": (QT_TRANSLATE_NOOP("Wording", "Paused by you."), ""),
    "daily_limit": (
        QT_TRANSLATE_NOOP("Wording", "Today's limit is used up."),
        QT_TRANSLATE_NOOP("Wording", "It goes on by itself after midnight."),
    ),
    "limit_reached": (
        QT_TRANSLATE_NOOP("Wording", "Today's limit is used up."),
        QT_TRANSLATE_NOOP("Wording", "It goes on by itself after midnight."),
    ),
    "health_issue": (QT_TRANSLATE_NOOP("Wording", "Its health has fallen too low."), ""),
    "recorded_late": (
        QT_TRANSLATE_NOOP("Wording", "The data folder was busy for too long, or the computer slept: nothing had left."),
        QT_TRANSLATE_NOOP("Wording", "It goes on by itself."),
    ),
    "stopped": (
        QT_TRANSLATE_NOOP("Wording", "The program was closing: nothing had left."),
        QT_TRANSLATE_NOOP("Wording", "It goes on by itself."),
    ),
    "engine_stopped": (
        QT_TRANSLATE_NOOP("Wording", "Sending stopped because of an error in the program, and starts again by itself."),
        "",
    ),
    "backup_failed": (
        QT_TRANSLATE_NOOP("Wording", "The scheduled backup could not be made."),
        QT_TRANSLATE_NOOP("Wording", "See Settings, Data."),
    ),
    "report_failed": (
        QT_TRANSLATE_NOOP("Wording", "The scheduled reports could not be written."),
        QT_TRANSLATE_NOOP("Wording", "See Settings, Data."),
    ),
    # Why a campaign is paused
    "budget_messages": (
        QT_TRANSLATE_NOOP("Wording", "The month's messages are used up."),
        QT_TRANSLATE_NOOP("Wording", "Raise the budget in Settings, or resume next month."),
    ),
    "budget_money": (
        QT_TRANSLATE_NOOP("Wording", "The month's money is used up."),
        QT_TRANSLATE_NOOP("Wording", "Raise the budget in Settings, or resume next month."),
    ),
}

# What the world refuses: code → (what happened, what to do). `{…}` are facts of the error.
ERROR: Mapping[str, tuple[str, str]] = {
    "handed_over": (
        QT_TRANSLATE_NOOP("Wording", "This campaign was handed over in a capsule: it may be sent there."),
        QT_TRANSLATE_NOOP("Wording", "Take it back in its menu, when it is certain that nobody sends it there."),
    ),
    "not_handed_over": (QT_TRANSLATE_NOOP("Wording", "This campaign was not handed over."), ""),
    "capsule_running": (
        QT_TRANSLATE_NOOP("Wording", "A campaign that is sending or scheduled cannot be handed over."),
        QT_TRANSLATE_NOOP("Wording", "Pause it, or take its schedule back, first."),
    ),
    "capsule_known": (
        QT_TRANSLATE_NOOP("Wording", "This capsule was taken in already."),
        QT_TRANSLATE_NOOP("Wording", "Open the campaign that was made of it."),
    ),
    "capsule_own": (
        QT_TRANSLATE_NOOP("Wording", "This capsule was made here, of a campaign that is still here."),
        QT_TRANSLATE_NOOP("Wording", "Take the campaign back instead."),
    ),
    "capsule_ended": (
        QT_TRANSLATE_NOOP("Wording", "This campaign has ended where it comes from: there is nothing to send."),
        "",
    ),
    "capsule_started": (
        QT_TRANSLATE_NOOP("Wording", "This campaign was started where it comes from: some have its message already."),
        QT_TRANSLATE_NOOP("Wording", "Take only the rest of its people."),
    ),
    "nobody_left": (QT_TRANSLATE_NOOP("Wording", "Nobody of this capsule is left to send to."), ""),
    "not_a_capsule": (
        QT_TRANSLATE_NOOP("Wording", "This is no capsule of a campaign."),
        QT_TRANSLATE_NOOP("Wording", "Choose another file."),
    ),
    "capsule_damaged": (
        QT_TRANSLATE_NOOP("Wording", "The capsule is damaged or not complete."),
        QT_TRANSLATE_NOOP("Wording", "Ask for it once more."),
    ),
    "capsule_newer": (
        QT_TRANSLATE_NOOP("Wording", "This capsule was made by a newer version of Cadência."),
        QT_TRANSLATE_NOOP("Wording", "Install the newer version first."),
    ),
    "bad_schedule": (
        QT_TRANSLATE_NOOP("Wording", "That is no schedule."),
        QT_TRANSLATE_NOOP("Wording", "At least hourly and at most monthly; 1 to 365 kept; one kind of report or more."),
    ),
    "bad_amount": (
        QT_TRANSLATE_NOOP("Wording", "This is no amount of money."),
        QT_TRANSLATE_NOOP("Wording", "For example 0.0625, or 500,00."),
    ),
    "bad_category": (QT_TRANSLATE_NOOP("Wording", "The gateway has no such category of prices."), ""),
    "bad_currency": (
        QT_TRANSLATE_NOOP("Wording", "This is no currency."),
        QT_TRANSLATE_NOOP("Wording", "Use its three letters, such as BRL or USD."),
    ),
    "bad_market": (
        QT_TRANSLATE_NOOP("Wording", "This is no country."),
        QT_TRANSLATE_NOOP("Wording", "Use its two letters, such as BR."),
    ),
    "bad_budget": (
        QT_TRANSLATE_NOOP("Wording", "Limits and prices are never negative."),
        QT_TRANSLATE_NOOP("Wording", "Use 0 or more."),
    ),
    "api_port_taken": (
        QT_TRANSLATE_NOOP("Wording", "The API cannot answer: port {port} is taken, or its address is not ours."),
        QT_TRANSLATE_NOOP("Wording", "Choose another port in the settings."),
    ),
    "api_token_missing": (
        QT_TRANSLATE_NOOP("Wording", "The API has no token."),
        QT_TRANSLATE_NOOP("Wording", "Make a new one in the settings."),
    ),
    "bad_hook_url": (
        QT_TRANSLATE_NOOP("Wording", "That is not an address that can be told."),
        QT_TRANSLATE_NOOP(
            "Wording", "It looks like https://n8n.example.com/webhook/abc, without a user name or a password in it."
        ),
    ),
    "hook_without_kinds": (
        QT_TRANSLATE_NOOP("Wording", "Nothing is chosen to be told."),
        QT_TRANSLATE_NOOP("Wording", "Choose at least one event."),
    ),
    "hook_exists": (
        QT_TRANSLATE_NOOP("Wording", "This address is told already."),
        QT_TRANSLATE_NOOP("Wording", "Remove it first, or use another one."),
    ),
    "hook_not_found": (QT_TRANSLATE_NOOP("Wording", "This address is not told any more."), ""),
    "hook_secret_missing": (
        QT_TRANSLATE_NOOP("Wording", "The secret of this address is not in the keyring."),
        QT_TRANSLATE_NOOP("Wording", "Remove the address and add it again."),
    ),
    "hook_test_failed": (
        QT_TRANSLATE_NOOP("Wording", "The address did not take the test."),
        QT_TRANSLATE_NOOP("Wording", "Check the address, and that the workflow behind it is switched on."),
    ),
    "action_not_allowed": (
        QT_TRANSLATE_NOOP("Wording", "This campaign cannot do that now. It is in this state: {status}."),
        "",
    ),
    "not_ready": (
        QT_TRANSLATE_NOOP("Wording", "This campaign is not ready to start."),
        QT_TRANSLATE_NOOP("Wording", "Open it and look at the checklist."),
    ),
    "preflight_failed": (
        QT_TRANSLATE_NOOP("Wording", "This campaign is not ready to start."),
        QT_TRANSLATE_NOOP("Wording", "Open it and look at the checklist."),
    ),
    "format_not_supported": (
        QT_TRANSLATE_NOOP("Wording", "Reports of this kind cannot be written yet."),
        QT_TRANSLATE_NOOP("Wording", "Choose JSON, CSV, XLSX or PDF."),
    ),
    "nothing_to_retry": (
        QT_TRANSLATE_NOOP("Wording", "Nobody failed for a reason that can pass."),
        QT_TRANSLATE_NOOP("Wording", "Whom another run of this campaign has reached is not tried again."),
    ),
    "campaign_not_found": (QT_TRANSLATE_NOOP("Wording", "This campaign does not exist any more."), ""),
    "not_a_provider": (
        QT_TRANSLATE_NOOP("Wording", "Only numbers of the Cloud API have templates and facts at Meta."),
        "",
    ),
    "provider_refused": (
        QT_TRANSLATE_NOOP("Wording", "Meta does not tell this about the number."),
        QT_TRANSLATE_NOOP("Wording", "Test its connection: the answer says what is missing."),
    ),
    "instance_not_found": (QT_TRANSLATE_NOOP("Wording", "This number does not exist any more."), ""),
    "instance_unknown": (QT_TRANSLATE_NOOP("Wording", "A number of this campaign does not exist any more."), ""),
    "instance_exists": (
        QT_TRANSLATE_NOOP("Wording", "There is a number with this name already."),
        QT_TRANSLATE_NOOP("Wording", "Choose another name."),
    ),
    "number_exists": (
        QT_TRANSLATE_NOOP("Wording", "This number is here already, as “{name}”."),
        QT_TRANSLATE_NOOP("Wording", "Change that one, or remove it first."),
    ),
    "instance_in_use": (
        QT_TRANSLATE_NOOP("Wording", "The campaign “{campaign}” uses this number and has not ended."),
        QT_TRANSLATE_NOOP("Wording", "End or cancel it first."),
    ),
    "log_folder_unusable": (
        QT_TRANSLATE_NOOP("Wording", "Nothing can be written to this folder."),
        QT_TRANSLATE_NOOP("Wording", "Choose another folder."),
    ),
    "database_driver_missing": (
        QT_TRANSLATE_NOOP("Wording", "This installation has no driver for that kind of database."),
        QT_TRANSLATE_NOOP("Wording", "Start it without --database: the file in the data folder is used."),
    ),
    "unforeseen": (
        QT_TRANSLATE_NOOP("Wording", "An error that was not foreseen. Nothing stored is lost."),
        QT_TRANSLATE_NOOP("Wording", "The report has neither phones nor texts nor keys in it."),
    ),
    "engine_busy": (
        QT_TRANSLATE_NOOP("Wording", "Another Cadência sends from this data folder."),
        QT_TRANSLATE_NOOP("Wording", "Close it, or go on there."),
    ),
    "bad_url": (
        QT_TRANSLATE_NOOP("Wording", "This is not an address of a gateway."),
        QT_TRANSLATE_NOOP("Wording", "It begins with http:// or https://."),
    ),
    "token_missing": (
        QT_TRANSLATE_NOOP("Wording", "The key of this number is not in the keyring."),
        QT_TRANSLATE_NOOP("Wording", "Remove the number and add it again with its key."),
    ),
    "keyring_locked": (
        QT_TRANSLATE_NOOP("Wording", "The keyring of this computer is locked."),
        QT_TRANSLATE_NOOP("Wording", "Unlock it and try again."),
    ),
    "secrets_locked": (
        QT_TRANSLATE_NOOP("Wording", "The stored keys cannot be read."),
        QT_TRANSLATE_NOOP(
            "Wording", "They need their passphrase (CADENCIA_PASSPHRASE). If it is lost, add the numbers again."
        ),
    ),
    "home_not_empty": (
        QT_TRANSLATE_NOOP("Wording", "There are campaigns or contacts in this data folder already."),
        QT_TRANSLATE_NOOP("Wording", "Restore into another data folder, or replace this one: it is kept beside it."),
    ),
    "passphrase_missing": (
        QT_TRANSLATE_NOOP("Wording", "A backup needs a passphrase."),
        QT_TRANSLATE_NOOP("Wording", "Choose one that you will still know when you need the backup."),
    ),
    "passphrase_differs": (
        QT_TRANSLATE_NOOP("Wording", "The two passphrases differ."),
        QT_TRANSLATE_NOOP("Wording", "Type the same one twice."),
    ),
    "wrong_passphrase": (
        QT_TRANSLATE_NOOP("Wording", "The passphrase does not open this file."),
        QT_TRANSLATE_NOOP("Wording", "Type the one that it was made with."),
    ),
    "not_a_backup": (
        QT_TRANSLATE_NOOP("Wording", "This is no backup of Cadência."),
        QT_TRANSLATE_NOOP("Wording", "Choose another file."),
    ),
    "backup_damaged": (
        QT_TRANSLATE_NOOP("Wording", "The file is damaged or not complete."),
        QT_TRANSLATE_NOOP("Wording", "Use another copy of it."),
    ),
    "backup_newer": (
        QT_TRANSLATE_NOOP("Wording", "This backup was made by a newer version of Cadência."),
        QT_TRANSLATE_NOOP("Wording", "Install the newer version first."),
    ),
    "backup_needs_file": (
        QT_TRANSLATE_NOOP("Wording", "The database is on a server, which this backup cannot copy."),
        QT_TRANSLATE_NOOP("Wording", "Use the server's own backup (pg_dump)."),
    ),
    "home_unusable": (
        QT_TRANSLATE_NOOP("Wording", "The data folder cannot be used."),
        QT_TRANSLATE_NOOP("Wording", "Check that you may write there and that the disk is not full."),
    ),
    "disk_full": (
        QT_TRANSLATE_NOOP("Wording", "The disk is full. Nothing more is sent, and nothing is lost."),
        QT_TRANSLATE_NOOP("Wording", "Make room, then resume."),
    ),
    "disk_error": (
        QT_TRANSLATE_NOOP("Wording", "The disk reports an error."),
        QT_TRANSLATE_NOOP("Wording", "Check the disk; restore a backup when the error stays."),
    ),
    "database_busy": (
        QT_TRANSLATE_NOOP("Wording", "Another program keeps the database locked."),
        QT_TRANSLATE_NOOP("Wording", "Close what has the file open: a database viewer, a backup, a synchronisation."),
    ),
    "database_read_only": (
        QT_TRANSLATE_NOOP("Wording", "The database cannot be written."),
        QT_TRANSLATE_NOOP("Wording", "Check the permissions of the data folder."),
    ),
    "database_unreachable": (
        QT_TRANSLATE_NOOP("Wording", "The database cannot be opened."),
        QT_TRANSLATE_NOOP("Wording", "Check that its folder or its server can be reached."),
    ),
    "database_damaged": (
        QT_TRANSLATE_NOOP("Wording", "The database is damaged."),
        QT_TRANSLATE_NOOP("Wording", "Restore a backup."),
    ),
    "database_moved": (
        QT_TRANSLATE_NOOP("Wording", "The database file was deleted, moved or replaced while it was open."),
        QT_TRANSLATE_NOOP("Wording", "Close Cadência, put the file back or restore a backup, and open it again."),
    ),
    "database_newer": (
        QT_TRANSLATE_NOOP("Wording", "This data was written by a newer Cadência."),
        QT_TRANSLATE_NOOP("Wording", "Update the program and open it again."),
    ),
    "file_empty": (QT_TRANSLATE_NOOP("Wording", "This file is empty."), ""),
    "nothing_pasted": (
        QT_TRANSLATE_NOOP("Wording", "There is no table in the clipboard."),
        QT_TRANSLATE_NOOP("Wording", "Select the cells in the spreadsheet, with their headings, copy and paste again."),
    ),
    "segment_not_found": (
        QT_TRANSLATE_NOOP("Wording", "The saved segment is not there any more."),
        QT_TRANSLATE_NOOP("Wording", "Choose another audience."),
    ),
    "segment_name_taken": (
        QT_TRANSLATE_NOOP("Wording", "There is a segment of this name."),
        QT_TRANSLATE_NOOP("Wording", "Choose another name."),
    ),
    "bad_segment": (
        QT_TRANSLATE_NOOP("Wording", "The rules of the segment cannot be used."),
        QT_TRANSLATE_NOOP("Wording", "Look at each rule again."),
    ),
    "bad_tag": (QT_TRANSLATE_NOOP("Wording", "A tag must have a name."), ""),
    "import_cancelled": (
        QT_TRANSLATE_NOOP("Wording", "The import was cancelled."),
        QT_TRANSLATE_NOOP("Wording", "Nothing of it was kept."),
    ),
    "report_cancelled": (
        QT_TRANSLATE_NOOP("Wording", "The report was cancelled."),
        QT_TRANSLATE_NOOP("Wording", "No file was written."),
    ),
    "nothing_to_undo": (
        QT_TRANSLATE_NOOP("Wording", "There is no import to undo."),
        QT_TRANSLATE_NOOP("Wording", "Only the newest one can be undone, once."),
    ),
    "file_damaged": (
        QT_TRANSLATE_NOOP("Wording", "This file is no spreadsheet, or it is damaged."),
        QT_TRANSLATE_NOOP("Wording", "Open it in Excel or LibreOffice and save it again."),
    ),
    "file_not_table": (
        QT_TRANSLATE_NOOP("Wording", "This file is a web page or a document, not a table."),
        QT_TRANSLATE_NOOP("Wording", "Open it in Excel or LibreOffice and save it as XLSX or CSV."),
    ),
    "file_too_large": (
        QT_TRANSLATE_NOOP("Wording", "This file would become too large when it is unpacked."),
        QT_TRANSLATE_NOOP("Wording", "Save it as CSV, or in several files."),
    ),
    "reader_ended": (
        QT_TRANSLATE_NOOP("Wording", "The file could not be read to its end: its reader ended."),
        QT_TRANSLATE_NOOP("Wording", "Close other programs, to have more memory free, and try again."),
    ),
    "file_encrypted": (
        QT_TRANSLATE_NOOP("Wording", "This file is protected by a password."),
        QT_TRANSLATE_NOOP("Wording", "Save it without the password, then choose it again."),
    ),
    "file_unreadable": (
        QT_TRANSLATE_NOOP("Wording", "This file cannot be read."),
        QT_TRANSLATE_NOOP("Wording", "Close it in other programs and try again."),
    ),
    "prune_in_future": (
        QT_TRANSLATE_NOOP("Wording", "Only what has passed can be removed."),
        QT_TRANSLATE_NOOP("Wording", "Choose an earlier moment."),
    ),
    "prune_without_moment": (
        QT_TRANSLATE_NOOP("Wording", "It was not said which events are to go."),
        QT_TRANSLATE_NOOP("Wording", "Say --before and a moment."),
    ),
    "file_not_writable": (QT_TRANSLATE_NOOP("Wording", "The file cannot be written there."), ""),
    "phone_column_missing": (
        QT_TRANSLATE_NOOP("Wording", "No column of this file holds phones."),
        QT_TRANSLATE_NOOP("Wording", "Choose the column by hand."),
    ),
    "unknown_column": (QT_TRANSLATE_NOOP("Wording", "The column “{column}” is not in this file."), ""),
    "bad_mapping": (QT_TRANSLATE_NOOP("Wording", "The columns are not matched in a way that can be used."), ""),
    "port_taken": (
        QT_TRANSLATE_NOOP("Wording", "The practice gateway cannot start: its port is taken."),
        QT_TRANSLATE_NOOP("Wording", "Close the program that uses it and try again."),
    ),
    "receiver_port_taken": (
        QT_TRANSLATE_NOOP(
            "Wording", "Webhooks cannot be received: another program uses port {port}, or it is not allowed."
        ),
        QT_TRANSLATE_NOOP("Wording", "Close the program that uses it, or choose another port."),
    ),
    "address_not_here": (
        QT_TRANSLATE_NOOP("Wording", "Webhooks cannot be received: this computer does not have the address {host}."),
        QT_TRANSLATE_NOOP("Wording", "Use 127.0.0.1, or 0.0.0.0 for all addresses."),
    ),
    "bad_port": (
        QT_TRANSLATE_NOOP("Wording", "This port cannot be used."),
        QT_TRANSLATE_NOOP("Wording", "Choose one from 1024 to 65535."),
    ),
    "receiver_off": (
        QT_TRANSLATE_NOOP("Wording", "Webhooks are not received."),
        QT_TRANSLATE_NOOP("Wording", "Turn the receiver on first."),
    ),
    "hook_in_use": (
        QT_TRANSLATE_NOOP(
            "Wording", "Another program receives the webhooks of this number. Its webhook was left as it is."
        ),
        QT_TRANSLATE_NOOP("Wording", "Remove it at the gateway, or take its place (--take-over)."),
    ),
    "hook_by_hand": (
        QT_TRANSLATE_NOOP("Wording", "The webhook of this number is set up in Meta's dashboard."),
        QT_TRANSLATE_NOOP("Wording", "Enter the address and the verify token there."),
    ),
    "hook_not_set": (
        QT_TRANSLATE_NOOP("Wording", "The gateway did not take the webhook."),
        QT_TRANSLATE_NOOP("Wording", "Check the connection of the number and try again."),
    ),
    "campaign_running": (
        QT_TRANSLATE_NOOP("Wording", "A campaign is running."),
        QT_TRANSLATE_NOOP("Wording", "Pause it first: the session at the gateway is restarted."),
    ),
    "app_secret_missing": (
        QT_TRANSLATE_NOOP("Wording", "The secret of the Meta app is not known."),
        QT_TRANSLATE_NOOP("Wording", "Set CADENCIA_APP_SECRET; it is in the app's basic settings at Meta."),
    ),
    "unreachable": (
        QT_TRANSLATE_NOOP("Wording", "The gateway could not be reached."),
        QT_TRANSLATE_NOOP("Wording", "Check the connection and the address."),
    ),
}

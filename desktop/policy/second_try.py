"""Which failures may end otherwise on another day: the table behind "retry failed".

A reason that stands in neither set is not tried again: silence is cheaper than a message to someone who must not
get it.
"""

# Of the network, the gateway, the numbers and their limits, of the moment; of nothing about the person.
CAN_PASS = frozenset(
    {
        "cancelled",
        "retries_exhausted",
        "gateway_error",
        "delivery_failed",
        "account_restricted",
        "refused_in_a_row",
        # Network
        "unreachable", "dns", "tls", "client_cert_required", "client_cert_refused", "connect_timeout", "timeout", "cut",
        # Gateway
        "garbage_answer", "gateway_timeout", "bad_gateway", "server_error", "gateway_fault", "maintenance",
        "connection_closed", "not_connected", "not_evolution", "not_waha", "not_cloud", "redirected",
        "session_stuck", "check_failed", "key_scope",
        # Ours
        "recorded_late", "stopped",
        # Numbers and accounts
        "unauthorised", "forbidden", "licence_required", "instance_missing", "logged_out", "account_locked", "payment",
        "display_name", "permission", "terms", "not_registered", "country_restricted", "wrong_version",
        # Limits
        "rate_limited", "pair_rate", "messaging_limit", "marketing_limit", "marketing_off", "spam_limit", "experiment",
        "window_closed",
        # Content that an operator mends in the new draft without another word to the person
        "media_upload", "media_unreadable", "template_paused", "template_disabled", "missing_value",
    }
)  # fmt: skip

# Of the person, who wants or can have nothing from us, or of the content, which comes back the same.
CANNOT_PASS = frozenset(
    {
        "opted_out", "no_consent", "no_own_text", "blocked", "contact_erased", "duplicate", "already_reached",
        "active_conversation",
        "invalid_phone", "not_on_whatsapp", "own_number", "not_in_allow_list", "identity_changed",
        "rejected_content", "media_rejected", "too_large", "type_unsupported", "template_rejected", "schema",
        "not_supported", "meta_error",
        # In doubt, or settled by a person's word: it may have arrived.
        "answer_lost", "crashed", "resolved_by_operator", "no_message_id", "ambiguous", "not_stored", "too_early",
        "no_look_up",
    }
)  # fmt: skip

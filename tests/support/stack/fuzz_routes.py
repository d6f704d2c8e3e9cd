"""What a fuzzed request to a route has to name of its place, and which routes need a new place."""

NAMED_IN_BODY = {
    "post_session": ["integration_id"],
    "patch_session": ["epoch"],
    "post_turn": ["epoch"],
    "patch_turn": ["action"],
    "post_message": ["epoch"],
    "post_handoff": ["epoch"],
    "post_resolve": ["epoch"],
    "post_reopen": ["epoch"],
    "post_undo": ["epoch"],
    "post_reassign": ["to"],
    "post_wait": ["until"],
    "put_availability": ["until"],
    "put_notification_settings": ["quiet", "version"],
    "post_device": ["endpoint", "keys"],
    "post_phone": ["number"],
    "post_phone_confirm": ["code"],
    "post_shown": ["token"],
    "post_page_arrived": ["page_id", "channel"],
    "put_policy": ["policy", "version"],
    "post_policy_preview": ["policy", "start"],
    "put_rota": ["rota", "version"],
    "post_take_shift": ["begins_at"],
    "put_integration": ["base_url", "secrets", "version"],
    "put_webhook": ["url", "secret", "version"],
    "put_channel": ["kind", "url", "version"],
}
"""What a body has to name of the place."""

NAMED_IN_QUERY = {"get_calendar": ["token"], "get_shifts": ["from", "to"]}
"""What a query has to name of the place."""

NEW_EACH_TIME = ["post_undo", "post_phone_confirm"]
"""Routes with a new place for each request: a claim can be undone for ten seconds, a code is guessed five times."""

USED_UP = [
    "patch_turn",
    "post_handoff",
    "post_escalate",
    "post_resolve",
    "post_reopen",
    "post_claim",
    "post_release",
    "post_decline",
    "post_reassign",
    "post_withdraw",
    "post_undo",
    "post_assessment",
    "post_ticket_notes_retry",
    "post_session_notes_retry",
    "delete_integration",
    "post_integration_test",
    "put_rota",
    "delete_rota",
    "post_take_shift",
    "post_calendar",
    "delete_calendar",
    "put_webhook",
    "delete_webhook",
    "put_channel",
    "delete_channel",
    "delete_device",
    "post_shown",
]
"""Actions that cannot be done twice, or not as well, at one place."""

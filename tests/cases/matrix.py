"""Who may move what, from where to where: copied by hand from the field's own table, never from the code.

One line per move: its name, the states it leaves, the state it reaches, the roles that may. What the table of the field
calls « instructor » may be done by the coordinator too; « SYSTEM » is the clock or the door itself.
"""

BEFORE_DECISION = "submitted incomplete instruction review committee deferred"
TEAM = "instructor coordinator"
UNDECIDED = "requested answered silent granted refused undisclosed"
RELEASED = "invited answered silent granted refused undisclosed notified accepted adapted renounced"

DOSSIER = [
    ("ask_support", "draft", "support", "holder"),
    ("end_support", "support", "draft", f"{TEAM} system"),
    ("submit", "draft support", "submitted", f"holder {TEAM}"),
    ("take_back", "submitted", "draft", "holder"),
    ("ask_completion", "submitted instruction", "incomplete", TEAM),
    ("complete", "incomplete", "submitted", "holder"),
    ("declare_inadmissible", "submitted incomplete instruction", "inadmissible", "coordinator"),
    ("admit", "submitted", "instruction", TEAM),
    ("open_review", "instruction", "review", TEAM),
    ("close_review", "review", "committee", "coordinator system"),
    ("reopen_review", "committee", "review", "coordinator"),
    ("defer", "committee", "deferred", "coordinator"),
    ("resume", "deferred", "committee", "coordinator"),
    ("decide", "committee", "decided", "coordinator"),
    ("undecide", "decided", "committee", "coordinator"),
    ("answer", "decided inadmissible", "answered", "coordinator"),
    ("open_reporting", "answered", "reporting", "system"),
    ("close", "answered reporting", "closed", "coordinator system"),
    ("reopen", "inadmissible decided answered", "instruction", "coordinator"),
    ("withdraw", f"draft support {BEFORE_DECISION}", "withdrawn", "holder"),
    ("restore", "withdrawn", "draft", "holder"),
    ("drop", BEFORE_DECISION, "dropped", "coordinator"),
]

LINE = [
    ("invite", "requested silent", "invited", f"{TEAM} system"),
    ("opine", "invited answered", "answered", "financier"),
    ("record_opinion", "invited silent answered", "answered", TEAM),
    ("excuse", "invited", "requested", "coordinator"),
    ("fall_silent", "invited", "silent", "system"),
    ("grant", UNDECIDED, "granted", "coordinator"),
    ("refuse", UNDECIDED, "refused", "coordinator"),
    ("withhold", UNDECIDED, "undisclosed", "coordinator"),
    ("carry_over", "requested", "granted", "coordinator"),
    ("release", RELEASED, "requested", "coordinator system"),
    ("call", "refused", "refused", TEAM),
    ("notify", "granted refused", "notified", "coordinator"),
    ("accept", "notified", "accepted", "holder"),
    ("adapt", "notified", "adapted", "holder"),
    ("renounce", "notified", "renounced", "holder"),
    ("undo", "notified accepted adapted", "renounced", "system"),
    ("settle", "notified accepted adapted", "settled", f"{TEAM} system"),
    ("route_mainstream", "requested", "to_ask", TEAM),
    ("confirm", "to_ask declined", "confirmed", TEAM),
    ("decline", "to_ask confirmed", "declined", TEAM),
]

SUPPORT = [
    ("finish", "asked", "held", f"{TEAM} third_party system"),
    ("hold", "asked missed", "held", f"{TEAM} system"),
    ("note", "held", "held", f"{TEAM} third_party"),
    ("miss", "asked held", "missed", f"{TEAM} system"),
    ("waive", "asked missed", "waived", TEAM),
]

AGREED = [
    ("tick", "open", "done", f"holder {TEAM}"),
    ("untick", "done", "open", f"holder {TEAM}"),
    ("leave", "open", "left", TEAM),
    ("resume", "left", "open", TEAM),
]

REMARK = [
    ("handle", "open", "handled", "holder"),
    ("take", "open", "taken", "holder"),
    ("keep", "open", "kept", "holder"),
    ("again", "handled taken kept", "open", "holder"),
    ("close", "open handled taken kept", "closed", f"{TEAM} third_party"),
]

FEEDBACK = [
    ("hand_over", "draft", "reading", TEAM),
    ("proofread", "draft reading", "checked", TEAM),
    ("correct", "reading checked", "draft", TEAM),
    ("deliver", "checked", "delivered", "coordinator"),
    ("revise", "delivered", "draft", TEAM),
    ("abandon", "draft reading checked", "delivered", TEAM),
    ("recall", "draft reading checked delivered", "draft", "system"),
]

REPORT = [
    ("file", "draft to_correct", "filed", f"holder {TEAM}"),
    ("ask_correction", "filed", "to_correct", TEAM),
    ("accept", "filed", "accepted", TEAM),
]

CHANGE = [
    ("accept", "asked", "accepted", TEAM),
    ("refuse", "asked", "refused", TEAM),
    ("take_back", "asked", "taken_back", f"holder {TEAM}"),
]

INQUIRY = [
    ("reply", "asked", "answered", "holder"),
    ("close", "asked", "closed", "system"),
]

ATTENDANCE = f"{TEAM} third_party"

SESSION = [
    ("reschedule", "planned", "planned", TEAM),
    ("resize", "planned", "planned", TEAM),
    ("hold", "planned", "held", f"{ATTENDANCE} system"),
    ("cancel", "planned", "cancelled", TEAM),
]

BOOKING = [
    ("take_seat", "waiting", "booked", "system"),
    ("cancel", "booked waiting", "cancelled", "holder system"),
    ("call_off", "booked waiting", "cancelled", f"{TEAM} system"),
    ("attend", "booked absent", "attended", ATTENDANCE),
    ("miss", "booked attended", "absent", ATTENDANCE),
    ("note", "attended", "attended", ATTENDANCE),
]

IDEA = [
    ("become", "open", "drafted", "holder"),
    ("set_aside", "open", "aside", "holder"),
    ("take_up", "aside", "open", "holder"),
]

ITEM = [
    ("conclude", "planned", "done", "coordinator"),
    ("take_up", "done", "planned", "coordinator"),
    ("postpone", "planned", "postponed", "coordinator"),
]

PROGRAMMING = [
    ("sign_off", "open", "signed", "coordinator"),
    ("reopen", "signed", "open", "coordinator"),
]

SCENARIO = [
    ("apply", "open", "open", TEAM),
    ("set_aside", "open", "aside", TEAM),
    ("take_up", "aside", "open", TEAM),
]

MATRIX = {
    "cases.dossier": DOSSIER,
    "cases.fundingline": LINE,
    "cases.support": SUPPORT,
    "cases.agreedaction": AGREED,
    "cases.remark": REMARK,
    "cases.feedback": FEEDBACK,
    "cases.report": REPORT,
    "cases.change": CHANGE,
    "cases.inquiry": INQUIRY,
    "cases.session": SESSION,
    "cases.booking": BOOKING,
    "cases.idea": IDEA,
    "cases.agendaitem": ITEM,
    "cases.programming": PROGRAMMING,
    "cases.scenario": SCENARIO,
}

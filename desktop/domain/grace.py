"""How long after a start everything can still be taken back."""

START_GRACE = "engine.start_grace_s"
"""Setting of the workspace: seconds, 0 for none. The usual ten are what operators need to see a slip of theirs."""

USUAL_GRACE_S = 10.0
LONGEST_GRACE_S = 120.0

"""When a backup or reports are due. After a failure it is tried again within the hour, not in each round."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.schedules import BackupPlan, Done, ReportPlan, When

AGAIN = timedelta(hours=1)
_MONDAY = 0


def backup_is_due(plan: BackupPlan, done: Done, now: datetime) -> bool:
    """Tell whether the next backup is due; a clock that was set back does not keep it waiting for ever."""
    if not plan.is_on or _rests(done, now):
        return False
    return done.at is None or not timedelta(0) <= now - done.at < timedelta(hours=plan.every_h)


def reports_since(plan: ReportPlan, done: Done, now: datetime, zone: str) -> datetime | None:
    """Return since when campaigns are to be reported on now; None when nothing is due.

    Args:
        done: `at` is up to when they were reported on; None before the first time, which begins now.
    """
    if not plan.is_on or done.at is None or _rests(done, now):
        return None
    if plan.when is When.END:
        return done.at
    return done.at if done.at < _last_turn(plan, now, zone) else None


def _last_turn(plan: ReportPlan, now: datetime, zone: str) -> datetime:
    """Return the last moment at or before `now` at which reports were to be written."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date()
    if local.time() < time(plan.hour):
        day -= timedelta(days=1)
    if plan.when is When.WEEK:
        day -= timedelta(days=(day.weekday() - _MONDAY) % 7)
    return datetime.combine(day, time(plan.hour), tzinfo=ZoneInfo(zone))


def _rests(done: Done, now: datetime) -> bool:
    return done.failed_at is not None and timedelta(0) <= now - done.failed_at < AGAIN

"""How far work has come that goes on without anybody waiting for it."""

from armstrace.vocabulary.codes import Code


class JobState(Code):
    """How far a job has come."""

    WAITING = "WAITING", "waiting to begin"
    RUNNING = "RUNNING", "in progress"
    STOPPED = "STOPPED", "stopped before its end"
    CANCELLED = "CANCELLED", "stopped"
    DONE = "DONE", "done"


# States from which a job can go on; a job that a person cancelled cannot.
UNFINISHED = (JobState.WAITING, JobState.RUNNING, JobState.STOPPED)

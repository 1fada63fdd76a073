"""What the app of jobs says of itself."""

from armstrace.audit import declarations


class JobsConfig(declarations.App):
    name = "armstrace.jobs"
    # A job is how work is done, and no record of what was found out.
    is_ledgered = False

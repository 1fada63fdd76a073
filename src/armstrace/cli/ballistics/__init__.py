"""``armstrace ballistics``: compare, search and verify scans, no database."""

import os

# Products are small: threads of BLAS wait for each other and take four times the
# processor time. Several searches at once are several processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from armstrace.cli.ballistics import comparing, enrolling, searching, verifying
from armstrace.cli.options import group

app = group("Compare the marks on cartridge cases, from X3P files.")
app.command()(comparing.compare)
app.command()(comparing.recompute)
app.command()(searching.search)
app.command()(verifying.verify)
app.command()(enrolling.enrol)

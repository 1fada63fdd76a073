"""The API as a whole: version, security, routers, errors."""

from ninja import NinjaAPI

from armstrace.api import indicator, recoveries, registry, traces
from armstrace.api.errors import Token, explain_errors

api = NinjaAPI(
    title="Armstrace",
    version="1",
    description=(
        "Recoveries, the register, traces and indicator 16.4.2. Every call needs a "
        "bearer token; every read of personal data leaves a ledger entry."
    ),
    auth=Token(),
    urls_namespace="api",
    docs_url=None,
)
explain_errors(api)
api.add_router("/recoveries", recoveries.router)
api.add_router("/registry", registry.router)
api.add_router("/traces", traces.router)
api.add_router("/indicator", indicator.router)

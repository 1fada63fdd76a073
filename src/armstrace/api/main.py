"""The API as a whole: version, security, routers, errors.

Every module of ``api`` that has a ``router`` is found, and answers below its name.
"""

import pkgutil
from importlib import import_module

from ninja import NinjaAPI

from armstrace import api as folder
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
for each in pkgutil.iter_modules(folder.__path__):
    if each.name != "main":
        module = import_module(f"{folder.__name__}.{each.name}")
        if hasattr(module, "router"):
            api.add_router(f"/{each.name}", module.router)

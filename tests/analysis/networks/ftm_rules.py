"""The rules by which FollowTheMoney reads an entity, for the schemata that are used.

Names, parents, types and ranges of the properties as the published model has them;
schemata of our own are read from their files.
"""

import re
from datetime import date

import yaml

from armstrace.analysis.networks import follow_the_money

ID = re.compile(r"[a-z0-9.-]+")
THING = dict.fromkeys(("name", "alias", "summary", "description", "keywords"), "string")
INTERVAL = {
    "startDate": "date",
    "endDate": "date",
    "date": "date",
    "summary": "string",
    "description": "string",
    "recordId": "string",
}
ROLE = {"role": "string", "status": "string"}


def ends(source, sources, target, targets, **more):
    return {source: ("entity", sources), target: ("entity", targets), **more}


MODEL = {
    "Thing": ((), THING, ("name",), True),
    "Interval": ((), INTERVAL, (), True),
    "Interest": (("Interval",), ROLE, (), True),
    "Value": ((), {"amount": "number", "currency": "string"}, (), True),
    "Analyzable": ((), {}, (), True),
    "Asset": (("Thing", "Value"), {}, (), True),
    "LegalEntity": (("Thing",), {"phone": "phone"}, ("name",), False),
    "Person": (("LegalEntity",), {"birthDate": "date"}, ("name",), False),
    "Organization": (("LegalEntity",), {}, ("name",), False),
    "Address": (("Thing",), {"full": "string"}, (), False),
    "Vehicle": (("Asset",), {"registrationNumber": "identifier"}, (), False),
    "UserAccount": (
        ("Thing",),
        {"username": "string", "service": "string"},
        ("username",),
        False,
    ),
    "Event": (
        ("Interval", "Analyzable", "Thing"),
        {"location": "string"},
        ("name",),
        False,
    ),
    "Trip": (("Event",), {}, ("name", "startLocation", "endLocation"), False),
    "Project": (("Thing",), {"projectId": "identifier"}, ("name",), False),
    "UnknownLink": (
        ("Interest",),
        ends("subject", "Thing", "object", "Thing"),
        ("subject", "object"),
        False,
    ),
    "Ownership": (
        ("Interest",),
        ends("owner", "LegalEntity", "asset", "Asset"),
        ("owner", "asset"),
        False,
    ),
    "Membership": (
        ("Interest",),
        ends("member", "LegalEntity", "organization", "Organization"),
        ("member", "organization"),
        False,
    ),
    "Directorship": (
        ("Interest",),
        ends("director", "LegalEntity", "organization", "Organization"),
        ("director", "organization"),
        False,
    ),
    "Family": (
        ("Interval",),
        ends("person", "Person", "relative", "Person", relationship="string"),
        ("person", "relative"),
        False,
    ),
    "Associate": (
        ("Interval",),
        ends("person", "Person", "associate", "Person", relationship="string"),
        ("person", "associate"),
        False,
    ),
}


def pack():
    """Read the files of our own schemata."""
    found = {}
    for content in follow_the_money.schema_pack().values():
        found.update(yaml.safe_load(content))
    return found


def whole_model():
    """Give the standard schemata with our own."""
    model = dict(MODEL)
    for name, spec in pack().items():
        properties = {
            each: ("entity", about["range"])
            if about.get("type") == "entity"
            else about.get("type", "string")
            for each, about in spec["properties"].items()
        }
        parents, required = tuple(spec["extends"]), tuple(spec.get("required", ()))
        model[name] = (parents, properties, required, False)
    return model


def properties_of(model, schema):
    parents, own, *_ = model[schema]
    found = dict(own)
    for parent in parents:
        found = properties_of(model, parent) | found
    return found


def is_a(model, schema, other):
    return schema == other or any(is_a(model, each, other) for each in model[schema][0])


def faults(entities):
    """Give what FollowTheMoney would not take, in words."""
    model, wrong = whole_model(), []
    by_id = {each.get("id"): each for each in entities}
    if len(by_id) != len(entities):
        wrong.append("an id is used twice")
    wrong += [f"{each} has other signs" for each in by_id if not ID.fullmatch(each)]
    for each in entities:
        wrong.extend(f"{each.get('id')}: {why}" for why in _faults(model, by_id, each))
    return wrong


def _faults(model, by_id, entity):
    if set(entity) != {"id", "schema", "properties"}:
        yield f"keys {sorted(entity)}"
    if entity["schema"] not in model or model[entity["schema"]][3]:
        yield f"no schema {entity['schema']}"
        return
    known = properties_of(model, entity["schema"])
    for name in model[entity["schema"]][2]:
        if not entity["properties"].get(name):
            yield f"lacks {name}"
    for name, values in entity["properties"].items():
        if name not in known:
            yield f"no property {name}"
        elif not isinstance(values, list) or not values:
            yield f"{name} is no list"
        else:
            yield from _value_faults(model, by_id, name, known[name], values)


def _value_faults(model, by_id, name, kind, values):
    for value in values:
        if not isinstance(value, str) or not value:
            yield f"{name}: {value!r} is no text"
        elif kind == "date":
            date.fromisoformat(value)
        elif isinstance(kind, tuple):
            other = by_id.get(value)
            if other is None:
                yield f"{name} names nothing"
            elif not is_a(model, other["schema"], kind[1]):
                yield f"{name} may not be a {other['schema']}"

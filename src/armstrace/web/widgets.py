"""Draw the plain fields of forms without a template: a page has a score of them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

FOLDER = "django/forms/widgets/"
INPUTS = (
    *("checkbox", "date", "email", "file", "hidden", "number"),
    *("password", "search", "tel", "text", "url"),
)


class FieldRenderer(TemplatesSetting):
    """Draws inputs and lists of choices itself, and all else by its template."""

    def render(
        self,
        template_name: str,
        context: dict[str, Any],
        request: Any = None,  # noqa: ANN401 - Django's own signature
    ) -> str:
        """Draw a field."""
        draw = DRAWN.get(template_name)
        if draw is not None:
            return draw(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        "" if value is None else format_html(' value="{}"', value),
        _attributes(widget["attrs"]),
    )


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        _attributes(widget["attrs"]),
        widget["value"] or "",
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = format_html_join(
        "",
        "{}",
        ((_group(name, options),) for name, options, _index in widget["optgroups"]),
    )
    own = widget["name"], _attributes(widget["attrs"])
    return format_html('<select name="{}"{}>{}\n</select>', *own, groups)


def _group(name: object, options: list[dict[str, Any]]) -> SafeString:
    told = "".join(
        _option(str(one["value"]), str(one["label"]), bool(one["selected"]))
        for one in options
    )
    safe = mark_safe(told)  # noqa: S308 -- each part is escaped
    if not name:
        return safe
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, safe)


@lru_cache(maxsize=4096)
def _option(value: str, label: str, selected: bool) -> str:  # noqa: FBT001 -- by place, as a key
    """Draw one choice of a list; pages repeat the same few hundred."""
    chosen = " selected" if selected else ""
    return f'\n  <option value="{escape(value)}"{chosen}>{escape(label)}</option>'


class LongSelect(forms.Select):
    """A choice among hundreds that are the same on every page: drawn once for all."""

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401 - Django's own
        attrs: Mapping[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Draw the field without a template."""
        del renderer
        own = name, _attributes(self.build_attrs(self.attrs, dict(attrs or {})))
        options = _options(tuple(self.choices), tuple(self.format_value(value)))
        return format_html('<select name="{}"{}>{}\n</select>', *own, options)


@lru_cache(maxsize=256)
def _options(
    choices: tuple[tuple[str, str], ...], chosen: tuple[str, ...]
) -> SafeString:
    told = "".join(
        _option(str(v), str(label), str(v) in chosen) for v, label in choices
    )
    return mark_safe(told)  # noqa: S308 -- each part is escaped


def datalist(name: str, values: Iterable[str]) -> SafeString:
    """Draw the values that are offered beside a field; none draws nothing."""
    told = "".join(f'<option value="{escape(value)}"></option>' for value in values)
    safe = mark_safe(told)  # noqa: S308 -- each part is escaped
    return format_html('<datalist id="{}">{}</datalist>', name, safe) if told else safe


def _attributes(attrs: Mapping[str, Any]) -> SafeString:
    """Write attributes: a true one by its name alone, a false one not at all."""
    return mark_safe(  # noqa: S308 -- each part is escaped
        "".join(
            f" {conditional_escape(name)}"
            if value is True
            else f' {conditional_escape(name)}="{conditional_escape(value)}"'
            for name, value in attrs.items()
            if value is not False
        )
    )


DRAWN = {
    **{f"{FOLDER}{kind}.html": _input for kind in INPUTS},
    f"{FOLDER}textarea.html": _textarea,
    f"{FOLDER}select.html": _select,
}

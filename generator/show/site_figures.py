"""Figures of the whole site: the body, the windows, the checklist, the table of techniques."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from textwrap import wrap

from generator import routes
from generator.artifacts import Artifact
from generator.render import Renderer
from generator.show import figure_tables
from generator.show.figures import Row, figure_of, files
from generator.views import body, checklist, techniques, timing
from generator.views.attribution import attribution
from generator.views.context import PageContext, SiteContext
from generator.views.status import status_of_records, status_of_review

_TABLE_WIDTH = 1200
_MOST_BADGES = 3


def builders(site: SiteContext, renderer: Renderer) -> Iterator[Callable[[], list[Artifact]]]:
    """One builder for each figure."""
    for make in (_body_map, _timing, _checklist, _table):
        yield partial(make, site, renderer)


def _body_map(site: SiteContext, renderer: Renderer) -> list[Artifact]:
    ctx = PageContext(site, routes.PAIN_SITES)
    kb = site.kb
    status = status_of_records(list(kb.current_techniques()))
    credit = attribution(kb, status, kb.name("page", routes.PAIN_SITES), ctx.address)
    view = body.body_map(ctx)
    if view is None:
        return []
    figure = figure_of(
        "body-map",
        view.title.partition("?")[0] + "?",
        "Regions, with the number of techniques that a source describes for each.",
        ", ".join(f"{region.label}: {region.count_text}" for region in view.regions) + ".",
        700,
        view,
        credit,
    )
    return files(renderer, routes.PAIN_SITES, figure, figure_tables.body_map(site))


def _timing(site: SiteContext, renderer: Renderer) -> list[Artifact]:
    ctx = PageContext(site, routes.TIMING_WINDOWS)
    kb = site.kb
    chart = timing.chart(ctx)
    if routes.TIMING_WINDOWS not in kb.pages or not chart.groups:
        return []
    status = status_of_records(list(kb.current_techniques()))
    credit = attribution(kb, status, kb.name("page", routes.TIMING_WINDOWS), ctx.address)
    rows = []
    y = 14.0
    for group in chart.groups:
        rows.append(Row(y, None, (group.title,)))
        y += 34
        for row in group.rows:
            name = tuple(wrap(row.technique.text, 34))
            labels = (*row.labels, *(mark.label for mark in row.drawing.marks))
            small = tuple(line for label in labels for line in wrap(label, 42))
            rows.append(Row(y, row.drawing, name, small))
            y += max(32.0, 17.0 * len(name) + 14.0 * len(small) + 12)
        y += 14
    figure = figure_of(
        "timing",
        kb.name("page", routes.TIMING_WINDOWS),
        "Windows of prognosis from one week to 24 months, on a logarithmic axis.",
        f"{sum(len(group.rows) for group in chart.groups)} rows; the table beside this file says the same.",
        y + 20,
        rows,
        credit,
    )
    return files(renderer, routes.TIMING_WINDOWS, figure, figure_tables.timing(site, chart))


def _checklist(site: SiteContext, renderer: Renderer) -> list[Artifact]:
    ctx = PageContext(site, routes.REFERRAL_CHECKLIST)
    kb = site.kb
    if kb.criteria is None:
        return []
    name = kb.name("page", routes.REFERRAL_CHECKLIST)
    credit = attribution(kb, status_of_review(ctx, kb.criteria.review), name, ctx.address)
    rows = []
    y = 14.0
    for criterion in kb.criteria.criteria:
        lines = tuple(wrap(site.plain(criterion.statement.text), 98))
        rows.append(Row(y, criterion.number, (criterion.title,), lines))
        y += 22 + 17 * len(lines) + 14
    rule = tuple(wrap(site.plain(kb.criteria.rule.text), 98))
    rows.append(Row(y + 6, None, (), rule))
    figure = figure_of(
        "checklist",
        name,
        checklist.source(kb).split(" in: ")[0] if " in: " in checklist.source(kb) else "",
        " ".join(f"{item.number}. {item.title}." for item in kb.criteria.criteria),
        y + 17 * len(rule) + 24,
        rows,
        credit,
    )
    return files(renderer, routes.REFERRAL_CHECKLIST, figure, figure_tables.checklist(site))


def _table(site: SiteContext, renderer: Renderer) -> list[Artifact]:
    ctx = PageContext(site, routes.TECHNIQUES)
    kb = site.kb
    records = list(kb.current_techniques())
    credit = attribution(kb, status_of_records(records), kb.name("page", routes.TECHNIQUES), ctx.address)
    view = techniques.table_of(ctx, records)
    rows = []
    y = 34.0
    for row in view.rows:
        name = tuple(wrap(row.technique.text, 30))
        windows = tuple(line for window in row.windows for line in wrap(window, 24))
        setting = tuple(wrap(row.setting or "not stated", 20))
        badges = row.badges[:_MOST_BADGES]
        cells = (
            windows or ("not stated",),
            setting,
            (row.risk or "not stated",),
            (row.cost or "not stated",),
        )
        rows.append(Row(y, (badges, cells), name))
        y += 18 * max(len(name), len(windows), len(setting), 1.4 * len(badges)) + 14
    figure = figure_of(
        "table",
        credit.title,
        "In alphabetical order. Outlined bars: rated for the class. Scales do not convert.",
        f"{len(rows)} techniques; the table beside this file says the same and more.",
        y,
        rows,
        credit,
        _TABLE_WIDTH,
    )
    return files(renderer, routes.TECHNIQUES, figure, figure_tables.techniques(view))

"""Charts of a report as inline SVG: bars with intervals, strips by year. Colours come from the page's style, so they follow its theme."""

from __future__ import annotations

from html import escape
from math import floor, log10

from viz.report_model import Bar, Bars, Strips

_LABEL, _PLOT, _VALUE, _ROW = 300, 420, 80, 24
_LETTERS = 42


def draw_bars(chart: Bars) -> str:
    """Draw horizontal bars from zero, each with its figure, its interval and its whole name as a tooltip."""
    if not chart.bars:
        return ""
    top = max(max(bar.value, bar.high or 0.0) for bar in chart.bars) or 1.0
    top = max(top, chart.mark or 0.0)
    scale = _PLOT / top
    height = _ROW * len(chart.bars) + 26
    lines = [_line(_LABEL + tick * scale, height - 22, tick) for tick in ticks(top)]
    body = "".join(_bar(at, bar, scale) for at, bar in enumerate(chart.bars))
    mark = ""
    if chart.mark is not None and chart.mark_label is not None:
        x = _LABEL + chart.mark * scale
        mark = f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height - 22}"><title>{escape(chart.mark_label.vi)}</title></line>'
    said = "; ".join(f"{bar.label}: {_figure(bar.value)}" for bar in chart.bars)
    return f'<svg class="bars" viewBox="0 0 {_LABEL + _PLOT + _VALUE} {height}" role="img" aria-label="{escape(chart.caption.vi)}: {escape(said)}">{"".join(lines)}{body}{mark}</svg>'


def _bar(at: int, bar: Bar, scale: float) -> str:
    label, value, low, high = bar.label, bar.value, bar.low, bar.high
    y = at * _ROW + 4
    look = "bar faint" if bar.faint else "bar"
    end = _LABEL + value * scale
    whisker, reach = "", end
    if low is not None and high is not None and high - low > 1e-9:
        a, b, middle = _LABEL + low * scale, _LABEL + high * scale, y + 8
        reach = max(end, b)
        whisker = f'<path class="whisker" d="M{a:.1f} {middle}H{b:.1f}M{a:.1f} {middle - 4}V{middle + 4}M{b:.1f} {middle - 4}V{middle + 4}"/>'
    said = f"{label}: {_figure(value)}" + (f" ({_figure(low or 0)}–{_figure(high or 0)})" if whisker else "")
    return (
        f'<g><title>{escape(said)}</title><text class="label" x="{_LABEL - 8}" y="{y + 12}">{escape(_cut(label))}</text>'
        f'<rect class="{look}" x="{_LABEL}" y="{y}" width="{max(0.5, value * scale):.1f}" height="16"/>{whisker}<text class="figure" x="{reach + 6:.1f}" y="{y + 12}">{_figure(value)}</text></g>'
    )


def _line(x: float, height: float, tick: float) -> str:
    return f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height}"/><text class="tick" x="{x:.1f}" y="{height + 16}">{_figure(tick)}</text>'


def ticks(top: float) -> list[float]:
    """Give about four round figures from 0 to the top.

    >>> ticks(6.5)
    [0, 2, 4, 6]
    """
    step = 10 ** floor(log10(top))
    step = next(step * times for times in (0.1, 0.2, 0.5, 1, 2, 5) if top / (step * times) <= 5)
    whole = floor(top / step + 1e-9)
    return [round(step * number, 6) if step < 1 else round(step * number) for number in range(whole + 1)]


def draw_strips(chart: Strips) -> str:
    """Draw a row of squares for each row, with its figure in it; darker is more."""
    top = max((value or 0.0 for _, values in chart.rows for value in values), default=0.0) or 1.0
    width = min(64, max(34, 560 // max(1, len(chart.columns))))
    height = _ROW * len(chart.rows) + 24
    heads = "".join(f'<text class="tick" x="{_LABEL + width * (at + 0.5):.1f}" y="14">{escape(name)}</text>' for at, name in enumerate(chart.columns))
    body = []
    for at, (label, values) in enumerate(chart.rows):
        y = 22 + at * _ROW
        body.append(f'<g><title>{escape(label)}</title><text class="label" x="{_LABEL - 8}" y="{y + 15}">{escape(_cut(label))}</text>')
        for column, value in enumerate(values):
            if value:
                x = _LABEL + column * width
                strong = " strong" if value / top > 0.55 else ""
                body.append(f'<rect class="cell" opacity="{0.12 + 0.88 * value / top:.2f}" x="{x}" y="{y}" width="{width - 2}" height="{_ROW - 2}"/><text class="in{strong}" x="{x + width / 2 - 1:.1f}" y="{y + 15}">{_figure(value)}</text>')
        body.append("</g>")
    said = "; ".join(f"{label}: " + ", ".join(f"{name} {_figure(value)}" for name, value in zip(chart.columns, values, strict=True) if value) for label, values in chart.rows)
    return f'<svg class="strips" viewBox="0 0 {_LABEL + width * len(chart.columns) + 10} {height}" width="{_LABEL + width * len(chart.columns) + 10}" role="img" aria-label="{escape(chart.caption.vi)}: {escape(said)}">{heads}{"".join(body)}</svg>'


def _cut(label: str) -> str:
    return label if len(label) <= _LETTERS else label[: _LETTERS - 1] + "…"


def _figure(value: float) -> str:
    text = f"{round(value, 9):.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")

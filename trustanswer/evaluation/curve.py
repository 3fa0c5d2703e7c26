"""The risk-coverage curve as a picture: how much must be corrected of how much is drafted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from trustanswer.evaluation.metrics import Outcome, risk_coverage

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 520, 40, 340  # of the plot
# One line style each, so that the curves are told apart without their colours.
LINES = (("#0b57d0", ""), ("#b3261e", "8 4"), ("#146c2e", "2 3"), ("#7d5700", "8 3 2 3"),
         ("#5f6368", "14 4"))  # fmt: skip


def curve_svg(found: Mapping[str, Sequence[Outcome]], title: str) -> str:
    """An SVG picture: for each way of drafting, by name, the share of questions that are drafted,
    surest first, against the share of those drafts that need correction."""
    names = list(found)
    lines = [_line(i, found[name]) for i, name in enumerate(names)]
    keys = [_key(i, name) for i, name in enumerate(names)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="13" role="img">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
        f'<text x="{LEFT}" y="24" font-weight="bold">{escape(title)}</text>\n'
        + "\n".join([*_axes(), *lines, *keys])
        + "\n</svg>\n"
    )


def _axes() -> list[str]:
    middle = (LEFT + RIGHT) // 2
    parts = []
    for step in range(0, 101, 20):
        x, y = _x(step / 100), _y(step / 100)
        parts.append(
            f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="#ddd"/>'
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{step}%</text>'
            f'<text x="{x:.1f}" y="{BOTTOM + 20}" text-anchor="middle">{step}%</text>'
        )
    parts.append(
        f'<path d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}" fill="none" stroke="#333"/>'
        f'<text x="{middle}" y="{BOTTOM + 44}" text-anchor="middle">'
        "questions drafted, surest first</text>"
        f'<text transform="translate(16 {(TOP + BOTTOM) // 2}) rotate(-90)" '
        'text-anchor="middle">drafts that need correction</text>'
    )
    return parts


def _line(at: int, outcomes: Sequence[Outcome]) -> str:
    colour, dashes = LINES[at % len(LINES)]
    drafted = sum(o.drafted for o in outcomes)
    points = [
        f"{_x(shown * drafted / len(outcomes)):.1f},{_y(risk):.1f}"
        for shown, risk in risk_coverage(outcomes)
    ]
    return (
        f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" '
        f'stroke-width="{3 if at == 0 else 1.5}" stroke-dasharray="{dashes}"/>'
    )


def _key(at: int, name: str) -> str:
    colour, dashes = LINES[at % len(LINES)]
    y = TOP + 12 + 24 * at
    return (
        f'<path d="M{RIGHT + 20} {y}h36" stroke="{colour}" '
        f'stroke-width="{3 if at == 0 else 1.5}" stroke-dasharray="{dashes}"/>'
        f'<text x="{RIGHT + 64}" y="{y + 4}">{escape(name)}</text>'
    )


def _x(share: float) -> float:
    return LEFT + share * (RIGHT - LEFT)


def _y(share: float) -> float:
    return BOTTOM - share * (BOTTOM - TOP)

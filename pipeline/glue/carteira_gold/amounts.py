"""Arithmetic on integers scaled by 10^8, rounded half away from zero (docs/money.md, rule 1).

The twin of src/portfolio/amounts.ts and divRound of src/money/decimal.ts. Python's `//` rounds down and not towards
zero, so every quotient here is taken of absolute values.
"""

from __future__ import annotations

ONE_E8 = 100_000_000


def div_round(dividend: int, divisor: int) -> int:
    """Integer division rounded half away from zero. Raises ZeroDivisionError when `divisor` is 0."""
    size = abs(divisor)
    quotient = (2 * abs(dividend) + size) // (2 * size)
    return quotient if (dividend < 0) == (divisor < 0) else -quotient


def times_e8(left: int, right: int) -> int:
    """The product of two figures of scale 8 at scale 8: quantity x price, or money x exchange rate."""
    return div_round(left * right, ONE_E8)


def share(amount: int, part: int, whole: int) -> int:
    """`amount` x `part` / `whole`, rounded once."""
    return amount if part == whole else div_round(amount * part, whole)


def per_unit(amount: int, units: int) -> int:
    """The quotient of two figures of scale 8 at scale 8: money / quantity is a price."""
    return div_round(amount * ONE_E8, units)

"""The order within a day and what is matched in it (src/portfolio/day-order.ts, day-trades.ts, own-moves.ts)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .amounts import share
from .contract import CONTRACT
from .events import Event
from .terms import paid_amount, trade_value

_CORPORATE = frozenset(CONTRACT["fold"]["corporate"])
_TAKES = frozenset(CONTRACT["fold"]["takes"])
_SNAPSHOT: str = CONTRACT["fold"]["snapshot"]


def _rank(event: Event) -> int:
    if event.type in _CORPORATE:
        return 0
    if event.type == _SNAPSHOT:
        return 4
    if not event.unordered:
        return 2
    return 3 if event.type in _TAKES else 1


def _text(text: str) -> bytes:
    """Texts in the order of UTF-16 units, which is JavaScript's; it differs from Python's beyond the basic plane."""
    return text.encode("utf-16-be", "surrogatepass")


def within_day(event: Event) -> tuple[int, bool, bytes, bytes, int]:
    """Sort key within one client's day (docs/money.md, rule 2): rank, time with none last, file, row."""
    return (_rank(event), event.time is None, _text(event.time or ""), _text(event.source), event.seq)


@dataclass(slots=True)
class DayTrade:
    """What of a sale was bought on the same day. `fees` are of both sides."""

    quantity: int = 0
    proceeds: int = 0
    cost: int = 0
    fees: int = 0


@dataclass(slots=True)
class TradeRest:
    """A trade less what day trades took of it; `traded` counts on sales only."""

    quantity: int
    value: int
    fees: int
    traded: DayTrade


@dataclass(slots=True)
class DayMatches:
    trades: dict[Event, TradeRest]
    moves: dict[Event, int]
    """What the client's own moves between brokerages left of a transfer."""


def match_day(day: Sequence[Event]) -> DayMatches | None:
    """Matches the events of a day, in their order; None on the many days that hold nothing to match."""
    tradable = {event.type for event in day if event.day_tradable}
    types = {event.type for event in day}
    trading = {"compra", "venda"} <= tradable
    moving = {"transferencia_entrada", "transferencia_saida"} <= types
    if not trading and not moving:
        return None
    return DayMatches(_match_trades(day) if trading else {}, _match_moves(day) if moving else {})


def _match_trades(day: Sequence[Event]) -> dict[Event, TradeRest]:
    """Buys and sells by instrument and brokerage, first buy against first sell (IN RFB 1585, art. 65)."""
    rests: dict[Event, TradeRest] = {}
    groups: dict[tuple[str, str], tuple[list[TradeRest], list[TradeRest]]] = {}
    for event in day:
        if not event.day_tradable or event.type not in ("compra", "venda"):
            continue
        value = trade_value(event, event.quantity or 0)
        if event.quantity is None or value is None:
            continue
        buys, sells = groups.setdefault((event.instrument, event.brokerage), ([], []))
        rest = TradeRest(event.quantity, value, event.fees, DayTrade())
        (buys if event.type == "compra" else sells).append(rest)
        rests[event] = rest
    for buys, sells in groups.values():
        _match_sides(buys, sells)
    return rests


def _match_sides(buys: list[TradeRest], sells: list[TradeRest]) -> None:
    buy_at = sell_at = 0
    while buy_at < len(buys) and sell_at < len(sells):
        buy, sell = buys[buy_at], sells[sell_at]
        units = min(buy.quantity, sell.quantity)
        if units > 0:
            bought_value, bought_fees = _take(buy, units)
            sold_value, sold_fees = _take(sell, units)
            sell.traded.quantity += units
            sell.traded.proceeds += sold_value
            sell.traded.cost += bought_value
            sell.traded.fees += sold_fees + bought_fees
        if buy.quantity == 0:
            buy_at += 1
        if sell.quantity == 0:
            sell_at += 1


def _take(rest: TradeRest, units: int) -> tuple[int, int]:
    """Takes units off a trade with their part of value and fees; the last units take all that is left."""
    value = share(rest.value, units, rest.quantity)
    fees = share(rest.fees, units, rest.quantity)
    rest.quantity -= units
    rest.value -= value
    rest.fees -= fees
    return value, fees


def _match_moves(day: Sequence[Event]) -> dict[Event, int]:
    """A transfer that came in without a declared cost and one of the same instrument that went out cancel out."""
    rests: dict[Event, int] = {}
    left: dict[Event, int] = {}
    incoming: dict[str, list[Event]] = {}
    for event in day:
        if event.type == "transferencia_entrada" and paid_amount(event) is None:
            incoming.setdefault(event.instrument, []).append(event)
            left[event] = event.quantity or 0
    for event in day:
        if event.type != "transferencia_saida":
            continue
        leaving = event.quantity or 0
        for move in incoming.get(event.instrument, []):
            units = min(leaving, left[move])
            leaving -= units
            left[move] -= units
            rests[move] = left[move]
        rests[event] = leaving
    return rests

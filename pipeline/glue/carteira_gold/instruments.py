"""Every code that is held, priced or registered (pipeline/gold/dimensions.ts, src/market/instruments.ts)."""

from __future__ import annotations

import re
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from .contract import CONTRACT

_KNOWN: dict[str, Any] = CONTRACT["instruments"]
_BUILTIN: dict[str, dict[str, Any]] = {fact["code"]: fact for fact in _KNOWN["builtin"]}
_CURRENCIES = frozenset(_KNOWN["currencies"])


def _pattern(source: str) -> re.Pattern[str]:
    """A regular expression of TypeScript's: its digits are ASCII, and its `$` is the very end."""
    return re.compile(source[:-1] + r"\Z" if source.endswith("$") else source, re.ASCII)


_CASH = _pattern(_KNOWN["patterns"]["cash"])
_B3 = _pattern(_KNOWN["patterns"]["b3"])
_ABROAD = _pattern(_KNOWN["patterns"]["abroad"])
_BY_NAME = [(_pattern(source), found) for source, found in _KNOWN["patterns"]["byName"]]

_DESCRIBED = (
    "instrument_id string, name string, class string, sector string, currency string, issuer string, "
    "yahoo_symbol string, aliases string, origin string"
)


def describe(code: str, currency: str | None) -> dict[str, Any]:
    """What is known of a code: from the built-in table, else inferred from how it is written and paid."""
    builtin = _BUILTIN.get(code)
    if builtin is not None:
        if builtin["class"] != "cripto":
            return builtin
        paid = currency or builtin["currency"]
        return {**builtin, "currency": paid, "yahooSymbol": f"{code}-{paid}"}
    plain = {"code": code, "name": code, "sector": None, "issuer": None, "yahooSymbol": None, "aliases": []}
    return {**plain, "origin": "inferred", **_infer(code, currency)}


def _infer(code: str, currency: str | None) -> dict[str, Any]:
    cash = _CASH.search(code)
    if cash is not None:
        return {"class": "caixa", "currency": cash[1], "name": f"Caixa em {cash[1]}"}
    base, paid = code[:3], code[3:]
    if base in _CURRENCIES and paid in _CURRENCIES:
        symbol = f"{paid}=X" if base == "USD" else f"{code}=X"
        return {"class": "cambio", "currency": paid, "name": f"{base}/{paid}", "yahooSymbol": symbol}
    if _B3.search(code) is not None:
        suffix = code[4:]
        found = "fii" if suffix == "11" else "bdr" if suffix.startswith("3") and len(suffix) == 2 else "acao"
        return {"class": found, "currency": "BRL", "yahooSymbol": f"{code}.SA"}
    if currency == "USD" and _ABROAD.search(code) is not None:
        # Yahoo writes one class of a share with a hyphen: BRK.B is BRK-B.
        return {"class": "acao_exterior", "currency": currency, "yahooSymbol": code.replace(".", "-", 1)}
    for start, found in _BY_NAME:
        if start.search(code) is not None:
            issuer = _KNOWN["treasury"] if found == "tesouro" else None
            return {"class": found, "currency": currency or "BRL", "issuer": issuer}
    return {"class": "desconhecida", "currency": currency or "BRL"}


def make_instruments(
    spark: SparkSession, operations: DataFrame, prices: DataFrame, clients: DataFrame, filed: DataFrame
) -> DataFrame:
    """What a file registers counts before the built-in table, and that before what the code tells.

    An unregistered code takes the currency that most of its operations state. Cash exists in every currency used.
    """
    seen = spark.sql(
        """
        with uses as (
          select coalesce(instrument_id, 'CAIXA-' || coalesce(currency, 'BRL')) as code, currency from {operations}
          union all select to_instrument_id, currency from {operations} where to_instrument_id is not null
          union all select instrument_id, currency from {prices}
          union all select distinct 'CAIXA-' || base_currency, base_currency from {clients}
        ), counted as (select code, currency, count(*) as uses from uses group by code, currency)
        select code, max_by(currency, struct(uses, currency)) filter (where currency is not null) as currency
        from counted group by code""",
        operations=operations,
        prices=prices,
        clients=clients,
    ).collect()
    facts = {row["code"]: describe(row["code"], row["currency"]) for row in seen}
    used = {fact["currency"] for fact in facts.values()}
    used |= {row["currency"] for row in filed.select("currency").distinct().collect()}
    # What a fact's own code is may differ from the code it was found by nowhere: codes of gold are canonical already.
    for currency in used:
        code = f"CAIXA-{currency}"
        facts.setdefault(code, describe(code, currency))
    described = spark.createDataFrame([_row_of(fact) for fact in facts.values()], _DESCRIBED)
    return spark.sql(
        """
        select coalesce(f.instrument_id, d.instrument_id) as instrument_id, coalesce(f.name, d.name) as name,
               coalesce(f.class, d.class) as class, coalesce(f.sector, d.sector) as sector,
               coalesce(f.currency, d.currency) as currency, coalesce(f.issuer, d.issuer) as issuer,
               nullif(coalesce(f.yahoo_symbol, d.yahoo_symbol), '-') as yahoo_symbol,
               coalesce(f.aliases, d.aliases) as aliases,
               case when f.instrument_id is not null then 'file' else d.origin end as origin,
               f.source_file, f.row_number, f.row_hash
        from {described} d full join {filed} f on f.instrument_id = d.instrument_id""",
        described=described,
        filed=filed,
    )


def _row_of(fact: dict[str, Any]) -> tuple[Any, ...]:
    aliases = "|".join(fact["aliases"]) or None
    names = ("code", "name", "class", "sector", "currency", "issuer", "yahooSymbol")
    return (*[fact[name] for name in names], aliases, fact["origin"])

"""Every effective operation in the order of the fold (pipeline/gold/operations.ts, ledger.ts)."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

from .contract import CONTRACT
from .frames import cut, last_on_or_before

_RANK: str = CONTRACT["sql"]["rank"]
_MARKET_VALUED: str = CONTRACT["sql"]["marketValued"]
_CHANGES_UNITS: str = CONTRACT["sql"]["changesUnits"]
_SAME_EVENT_DAYS: int = CONTRACT["sameEventDays"]


def ledger_operations(spark: SparkSession, operations: DataFrame, actions: DataFrame) -> DataFrame:
    """The confirmed actions of the ledger as operations of each client who ever had the instrument before that day and
    whose own files do not tell the event. Whether something is held on the day, only the fold knows.
    """
    ledger = spark.sql(
        f"""
        select *, row_number() over (order by instrument_id, date, type) as ledger_no
        from {{actions}} where {_CHANGES_UNITS} and not startswith(instrument_id, 'CAIXA-')""",
        actions=actions,
    )
    uses = spark.sql(
        """
        select u.* from (
          select client_id, explode(array(instrument_id, to_instrument_id)) as instrument_id, date, type, factor_new,
                 factor_old
          from {operations}
        ) u left semi join {ledger} l on l.instrument_id = u.instrument_id""",
        operations=operations,
        ledger=ledger,
    )
    told = spark.sql(
        f"""
        select distinct client_id, ledger_no from (
          select u.client_id, l.ledger_no, row_number() over (
            partition by u.client_id, u.instrument_id, u.date, u.type
            order by (u.type = 'bonificacao') = (l.type = 'bonificacao') desc, abs(datediff(l.date, u.date)), l.date,
                     l.type
          ) as place
          from (
            select distinct client_id, instrument_id, date, type from {{uses}}
            where type in ('desdobramento', 'grupamento', 'bonificacao')
               or (type = 'conversao' and factor_new <> factor_old)
          ) u
          join {{ledger}} l
            on l.instrument_id = u.instrument_id and abs(datediff(l.date, u.date)) <= {_SAME_EVENT_DAYS}
        ) where place = 1""",
        uses=uses,
        ledger=ledger,
    )
    return spark.sql(
        """
        select h.client_id, l.date, l.type, l.instrument_id, l.cost as price, cast(0 as decimal(20,8)) as fees,
               cast(0 as decimal(20,8)) as tax, l.factor_new, l.factor_old, '' as brokerage, 'ledger' as origin,
               l.upload_id, l.source_file, l.row_number, l.row_hash, l.occurrence
        from (select client_id, instrument_id, min(date) as first_day from {uses} group by client_id, instrument_id) h
        join {ledger} l
          on l.instrument_id = h.instrument_id and h.first_day < l.date and l.status = 'confirmado'
        left anti join {told} t on t.client_id = h.client_id and t.ledger_no = l.ledger_no""",
        uses=uses,
        ledger=ledger,
        told=told,
    )


def make_operations(
    spark: SparkSession, operations: DataFrame, clients: DataFrame, instruments: DataFrame, fx: DataFrame
) -> DataFrame:
    """Operations of clients and of the ledger with their rates, numbered by `seq`, with what the fold needs beside.

    An amount in another currency than the instrument's is converted at the day's rate, and says so; where no rate is
    known it stays as stated. Foreign cash is paid in the stated currency, so that is never converted.
    """
    stated = spark.sql(
        """
        select o.*, c.base_currency, c.controls_cash, i.currency as own_currency, i.class,
               coalesce(o.currency, i.currency) as file_currency
        from (
          select *, coalesce(instrument_id, 'CAIXA-' || coalesce(currency, 'BRL')) as code from {operations}
        ) o
        join {clients} c on c.client_id = o.client_id
        join {instruments} i on i.instrument_id = o.code""",
        operations=operations,
        clients=clients.select("client_id", "base_currency", "controls_cash"),
        instruments=instruments.select("instrument_id", "currency", "class"),
    )
    stated = stated.drop("instrument_id", "currency").withColumnRenamed("code", "instrument_id")
    stated = cut(stated)
    rates = cut(_operation_rates(spark, stated, fx))
    converted = ", ".join(
        f"case when x.rate is null then s.{name} else cast(round(s.{name} * x.rate, 8) as {kind}) end as {name}"
        for name, kind in (
            ("price", "decimal(18,8)"),
            ("amount", "decimal(20,8)"),
            ("fees", "decimal(20,8)"),
            ("tax", "decimal(20,8)"),
        )
    )
    kept = ", ".join(f"s.{name}" for name in stated.columns if name not in ("price", "amount", "fees", "tax"))
    in_own = spark.sql(
        f"""
        select {kept}, {converted}, case when x.rate is null then s.file_currency else s.own_currency end as currency
        from {{stated}} s left join {{rates}} x
          on x.from_currency = s.file_currency and x.to_currency = s.own_currency and x.date = s.date
         and not startswith(s.instrument_id, 'CAIXA-')""",
        stated=stated,
        rates=rates,
    )
    return _numbered(
        spark,
        spark.sql(
            """
            select o.*, nullif(o.file_currency, o.currency) as stated_currency,
                   case when o.currency = o.base_currency then cast(1 as decimal(17,8)) else b.rate end as fx_rate
            from {own} o left join {rates} b
              on b.from_currency = o.currency and b.to_currency = o.base_currency and b.date = o.date""",
            own=in_own,
            rates=rates,
        ),
    )


def _operation_rates(spark: SparkSession, stated: DataFrame, fx: DataFrame) -> DataFrame:
    """The last rate on or before each day for each pair that an operation needs."""
    needs = spark.sql(
        """
        select file_currency as from_currency, own_currency as to_currency, date from {stated}
        where file_currency <> own_currency
        union select own_currency, base_currency, date from {stated} where own_currency <> base_currency
        union select file_currency, base_currency, date from {stated} where file_currency <> base_currency""",
        stated=stated,
    )
    return last_on_or_before(spark, needs, fx, ["from_currency", "to_currency"], "rate")


def _numbered(spark: SparkSession, rows: DataFrame) -> DataFrame:
    """Numbers the rows over all clients. Each client is sorted alone: one window over the book would be one task's work."""
    placed = cut(
        spark.sql(
            f"""
        select *, row_number() over (
          partition by client_id order by date, {_RANK}, time nulls last, source_file, row_number, row_hash, occurrence
        ) as place from {{rows}}""",
            rows=rows,
        )
    )
    before = spark.sql(
        """
        select client_id, coalesce(sum(n) over (
          order by client_id rows between unbounded preceding and 1 preceding), 0) as before
        from (select client_id, count(*) as n from {placed} group by client_id)""",
        placed=placed,
    )
    return placed.join(before, "client_id").selectExpr("*", "before + place as seq").drop("before", "place")


def with_market_prices(spark: SparkSession, operations: DataFrame, prices: DataFrame) -> DataFrame:
    """Adds `market_price`, the market's of the day, to what flows at market value."""
    at_market = spark.sql(
        f"""
        select *, type in ({_MARKET_VALUED}) or (
          price is null and type in ('compra', 'venda', 'subscricao', 'resgate', 'vencimento')) as at_market
        from {{operations}}""",
        operations=operations,
    )
    found = last_on_or_before(
        spark,
        at_market.where("at_market").select("instrument_id", "date"),
        prices.selectExpr("instrument_id", "date", "price as market_price"),
        ["instrument_id"],
        "market_price",
    ).selectExpr("instrument_id", "date", "market_price", "true as at_market")
    return at_market.join(found, ["instrument_id", "date", "at_market"], "left").drop("at_market")

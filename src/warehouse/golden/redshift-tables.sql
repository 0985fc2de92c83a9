CREATE SCHEMA IF NOT EXISTS "gold";

DROP TABLE IF EXISTS "gold"."clients", "gold"."instruments", "gold"."operations", "gold"."position_spans", "gold"."positions", "gold"."realized_gains", "gold"."income", "gold"."flows", "gold"."portfolio_daily", "gold"."client_summary", "gold"."prices_daily", "gold"."fx_daily", "gold"."index_daily", "gold"."curve_daily", "gold"."curve_latest", "gold"."announced_payments", "gold"."data_quality", "gold"."quotes_latest", "gold"."loaded_runs", "gold"."loaded_quotes", "gold"."load_lock", "gold"."shape_HASH";

CREATE TABLE "gold"."clients" (
  "client_id" VARCHAR(65535) NOT NULL,
  "name" VARCHAR(65535) NOT NULL,
  "broker_id" VARCHAR(65535) NOT NULL,
  "profile" VARCHAR(65535),
  "profile_valid_until" DATE,
  "base_currency" VARCHAR(65535) NOT NULL,
  "controls_cash" BOOLEAN NOT NULL,
  "email" VARCHAR(65535),
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "row_hash" VARCHAR(65535),
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE KEY DISTKEY ("client_id") COMPOUND SORTKEY (gold_run, "client_id");

CREATE TABLE "gold"."instruments" (
  "instrument_id" VARCHAR(65535) NOT NULL,
  "name" VARCHAR(65535) NOT NULL,
  "class" VARCHAR(65535) NOT NULL,
  "sector" VARCHAR(65535),
  "currency" VARCHAR(65535) NOT NULL,
  "issuer" VARCHAR(65535),
  "yahoo_symbol" VARCHAR(65535),
  "aliases" VARCHAR(65535),
  "origin" VARCHAR(65535) NOT NULL,
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "row_hash" VARCHAR(65535),
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE ALL COMPOUND SORTKEY (gold_run, "instrument_id");

CREATE TABLE "gold"."operations" (
  "client_id" VARCHAR(65535) NOT NULL,
  "date" DATE NOT NULL,
  "seq" BIGINT NOT NULL,
  "time" VARCHAR(65535),
  "type" VARCHAR(65535) NOT NULL,
  "instrument_id" VARCHAR(65535) NOT NULL,
  "to_instrument_id" VARCHAR(65535),
  "quantity" DECIMAL(19,8),
  "price" DECIMAL(18,8),
  "currency" VARCHAR(65535) NOT NULL,
  "stated_currency" VARCHAR(65535),
  "fees" DECIMAL(20,8) NOT NULL,
  "amount" DECIMAL(20,8),
  "tax" DECIMAL(20,8) NOT NULL,
  "factor_new" BIGINT,
  "factor_old" BIGINT,
  "brokerage" VARCHAR(65535) NOT NULL,
  "external_id" VARCHAR(65535),
  "record_date" DATE,
  "indexer" VARCHAR(65535),
  "indexer_rate" DECIMAL(17,8),
  "maturity" DATE,
  "issuer" VARCHAR(65535),
  "note" VARCHAR(65535),
  "origin" VARCHAR(65535) NOT NULL,
  "fx_rate" DECIMAL(17,8),
  "upload_id" VARCHAR(65535) NOT NULL,
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "row_hash" VARCHAR(65535),
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE KEY DISTKEY ("client_id") COMPOUND SORTKEY (gold_run, "client_id", "date", "seq");

CREATE TABLE "gold"."position_spans" (
  "client_id" VARCHAR(65535) NOT NULL,
  "instrument_id" VARCHAR(65535) NOT NULL,
  "currency" VARCHAR(65535) NOT NULL,
  "base_currency" VARCHAR(65535) NOT NULL,
  "valid_from" DATE NOT NULL,
  "valid_to" DATE NOT NULL,
  "quantity" DECIMAL(19,8) NOT NULL,
  "cost" DECIMAL(20,8) NOT NULL,
  "cost_gross" DECIMAL(20,8) NOT NULL,
  "realized_gain" DECIMAL(20,8),
  "fees" DECIMAL(20,8) NOT NULL,
  "income" DECIMAL(20,8) NOT NULL,
  "cost_base" DECIMAL(20,8),
  "cost_gross_base" DECIMAL(20,8),
  "realized_gain_base" DECIMAL(20,8),
  "fees_base" DECIMAL(20,8),
  "income_base" DECIMAL(20,8),
  "cost_known" BOOLEAN NOT NULL,
  "opening_quantity" DECIMAL(19,8) NOT NULL,
  "day_flow" DECIMAL(20,8) NOT NULL,
  "day_flow_base" DECIMAL(20,8),
  "trade_price" DECIMAL(18,8),
  "trade_day" DATE,
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE KEY DISTKEY ("client_id") COMPOUND SORTKEY (gold_run, "client_id", "instrument_id", "valid_from");

CREATE TABLE "gold"."positions" (
  "client_id" VARCHAR(65535) NOT NULL,
  "instrument_id" VARCHAR(65535) NOT NULL,
  "currency" VARCHAR(65535) NOT NULL,
  "base_currency" VARCHAR(65535) NOT NULL,
  "valid_from" DATE NOT NULL,
  "valid_to" DATE NOT NULL,
  "quantity" DECIMAL(19,8) NOT NULL,
  "cost" DECIMAL(20,8) NOT NULL,
  "cost_gross" DECIMAL(20,8) NOT NULL,
  "realized_gain" DECIMAL(20,8),
  "fees" DECIMAL(20,8) NOT NULL,
  "income" DECIMAL(20,8) NOT NULL,
  "cost_base" DECIMAL(20,8),
  "cost_gross_base" DECIMAL(20,8),
  "realized_gain_base" DECIMAL(20,8),
  "fees_base" DECIMAL(20,8),
  "income_base" DECIMAL(20,8),
  "cost_known" BOOLEAN NOT NULL,
  "opening_quantity" DECIMAL(19,8) NOT NULL,
  "day_flow" DECIMAL(20,8) NOT NULL,
  "day_flow_base" DECIMAL(20,8),
  "trade_price" DECIMAL(18,8),
  "trade_day" DATE,
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE KEY DISTKEY ("client_id") COMPOUND SORTKEY (gold_run, "client_id", "instrument_id");

CREATE TABLE "gold"."realized_gains" (
  "client_id" VARCHAR(65535) NOT NULL,
  "instrument_id" VARCHAR(65535) NOT NULL,
  "date" DATE NOT NULL,
  "type" VARCHAR(65535) NOT NULL,
  "day_trade" BOOLEAN NOT NULL,
  "currency" VARCHAR(65535) NOT NULL,
  "quantity" DECIMAL(19,8) NOT NULL,
  "proceeds" DECIMAL(20,8) NOT NULL,
  "fees" DECIMAL(20,8) NOT NULL,
  "cost_removed" DECIMAL(20,8) NOT NULL,
  "gain" DECIMAL(20,8),
  "gain_base" DECIMAL(20,8),
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "row_hash" VARCHAR(65535),
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE KEY DISTKEY ("client_id") COMPOUND SORTKEY (gold_run, "client_id", "date");

CREATE TABLE "gold"."income" (
  "client_id" VARCHAR(65535) NOT NULL,
  "instrument_id" VARCHAR(65535) NOT NULL,
  "date" DATE NOT NULL,
  "type" VARCHAR(65535) NOT NULL,
  "currency" VARCHAR(65535) NOT NULL,
  "gross" DECIMAL(20,8) NOT NULL,
  "tax" DECIMAL(20,8) NOT NULL,
  "net" DECIMAL(20,8) NOT NULL,
  "net_base" DECIMAL(20,8),
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "row_hash" VARCHAR(65535),
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE KEY DISTKEY ("client_id") COMPOUND SORTKEY (gold_run, "client_id", "date");

CREATE TABLE "gold"."flows" (
  "client_id" VARCHAR(65535) NOT NULL,
  "date" DATE NOT NULL,
  "currency" VARCHAR(65535) NOT NULL,
  "flow" DECIMAL(20,8) NOT NULL,
  "flow_gross" DECIMAL(20,8) NOT NULL,
  "flow_base" DECIMAL(20,8),
  "flow_gross_base" DECIMAL(20,8),
  "income" DECIMAL(20,8) NOT NULL,
  "income_base" DECIMAL(20,8),
  "fees" DECIMAL(20,8) NOT NULL,
  "fees_base" DECIMAL(20,8),
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE KEY DISTKEY ("client_id") COMPOUND SORTKEY (gold_run, "client_id", "date");

CREATE TABLE "gold"."portfolio_daily" (
  "client_id" VARCHAR(65535) NOT NULL,
  "date" DATE NOT NULL,
  "value" DECIMAL(38,8) NOT NULL,
  "cost" DECIMAL(38,8) NOT NULL,
  "flow" DECIMAL(38,8) NOT NULL,
  "income" DECIMAL(38,8) NOT NULL,
  "fees" DECIMAL(38,8) NOT NULL,
  "price_gain" DECIMAL(38,8) NOT NULL,
  "currency_gain" DECIMAL(38,8) NOT NULL,
  "day_return" DECIMAL(18,12) NOT NULL,
  "twr_index" DECIMAL(18,12) NOT NULL,
  "unpriced" BIGINT NOT NULL,
  "skipped" BOOLEAN NOT NULL,
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE KEY DISTKEY ("client_id") COMPOUND SORTKEY (gold_run, "client_id", "date");

CREATE TABLE "gold"."client_summary" (
  "client_id" VARCHAR(65535) NOT NULL,
  "first_date" DATE NOT NULL,
  "as_of" DATE NOT NULL,
  "value" DECIMAL(38,8) NOT NULL,
  "twr_index" DECIMAL(18,12) NOT NULL,
  "cdi_level" DECIMAL(24,12),
  "ibov_level" DECIMAL(24,12),
  "p_day_from" DATE,
  "p_day_index" DECIMAL(18,12),
  "p_day_cdi" DECIMAL(24,12),
  "p_day_ibov" DECIMAL(24,12),
  "p_wtd_from" DATE,
  "p_wtd_index" DECIMAL(18,12),
  "p_wtd_cdi" DECIMAL(24,12),
  "p_wtd_ibov" DECIMAL(24,12),
  "p_mtd_from" DATE,
  "p_mtd_index" DECIMAL(18,12),
  "p_mtd_cdi" DECIMAL(24,12),
  "p_mtd_ibov" DECIMAL(24,12),
  "p_3m_from" DATE,
  "p_3m_index" DECIMAL(18,12),
  "p_3m_cdi" DECIMAL(24,12),
  "p_3m_ibov" DECIMAL(24,12),
  "p_6m_from" DATE,
  "p_6m_index" DECIMAL(18,12),
  "p_6m_cdi" DECIMAL(24,12),
  "p_6m_ibov" DECIMAL(24,12),
  "p_12m_from" DATE,
  "p_12m_index" DECIMAL(18,12),
  "p_12m_cdi" DECIMAL(24,12),
  "p_12m_ibov" DECIMAL(24,12),
  "p_ytd_from" DATE,
  "p_ytd_index" DECIMAL(18,12),
  "p_ytd_cdi" DECIMAL(24,12),
  "p_ytd_ibov" DECIMAL(24,12),
  "p_inception_from" DATE,
  "p_inception_index" DECIMAL(18,12),
  "p_inception_cdi" DECIMAL(24,12),
  "p_inception_ibov" DECIMAL(24,12),
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE KEY DISTKEY ("client_id") COMPOUND SORTKEY (gold_run, "client_id");

CREATE TABLE "gold"."prices_daily" (
  "instrument_id" VARCHAR(65535) NOT NULL,
  "date" DATE NOT NULL,
  "price" DECIMAL(18,8) NOT NULL,
  "received_price" DECIMAL(18,8) NOT NULL,
  "currency" VARCHAR(65535) NOT NULL,
  "source" VARCHAR(65535) NOT NULL,
  "captured_at" TIMESTAMP NOT NULL,
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "row_hash" VARCHAR(65535),
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE ALL COMPOUND SORTKEY (gold_run, "instrument_id", "date");

CREATE TABLE "gold"."fx_daily" (
  "from_currency" VARCHAR(65535) NOT NULL,
  "to_currency" VARCHAR(65535) NOT NULL,
  "date" DATE NOT NULL,
  "rate" DECIMAL(17,8) NOT NULL,
  "source" VARCHAR(65535) NOT NULL,
  "captured_at" TIMESTAMP NOT NULL,
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE ALL COMPOUND SORTKEY (gold_run, "from_currency", "to_currency", "date");

CREATE TABLE "gold"."index_daily" (
  "index_id" VARCHAR(65535) NOT NULL,
  "date" DATE NOT NULL,
  "value" DECIMAL(18,8),
  "level" DECIMAL(24,12) NOT NULL,
  "source" VARCHAR(65535) NOT NULL,
  "captured_at" TIMESTAMP NOT NULL,
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE ALL COMPOUND SORTKEY (gold_run, "index_id", "date");

CREATE TABLE "gold"."curve_daily" (
  "client_id" VARCHAR(65535) NOT NULL,
  "instrument_id" VARCHAR(65535) NOT NULL,
  "date" DATE NOT NULL,
  "price" DECIMAL(18,8) NOT NULL,
  "previous_close" DECIMAL(18,8),
  "previous_date" DATE,
  "price_date" DATE NOT NULL,
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE KEY DISTKEY ("client_id") COMPOUND SORTKEY (gold_run, "client_id", "instrument_id", "date");

CREATE TABLE "gold"."curve_latest" (
  "client_id" VARCHAR(65535) NOT NULL,
  "instrument_id" VARCHAR(65535) NOT NULL,
  "date" DATE NOT NULL,
  "price" DECIMAL(18,8) NOT NULL,
  "previous_close" DECIMAL(18,8),
  "previous_date" DATE,
  "price_date" DATE NOT NULL,
  "maturity" DATE,
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE KEY DISTKEY ("client_id") COMPOUND SORTKEY (gold_run, "client_id", "instrument_id");

CREATE TABLE "gold"."announced_payments" (
  "instrument_id" VARCHAR(65535) NOT NULL,
  "date" DATE NOT NULL,
  "amount" DECIMAL(18,8) NOT NULL,
  "source" VARCHAR(65535) NOT NULL,
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "row_hash" VARCHAR(65535),
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE ALL COMPOUND SORTKEY (gold_run, "instrument_id", "date");

CREATE TABLE "gold"."data_quality" (
  "code" VARCHAR(65535) NOT NULL,
  "severity" VARCHAR(65535) NOT NULL,
  "client_id" VARCHAR(65535),
  "instrument_id" VARCHAR(65535),
  "date" DATE,
  "expected" DECIMAL(19,8),
  "found" DECIMAL(19,8),
  "source_file" VARCHAR(65535),
  "row_number" BIGINT,
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE EVEN COMPOUND SORTKEY (gold_run, "client_id", "date");

CREATE TABLE "gold"."quotes_latest" (
  "instrument_id" VARCHAR(65535) NOT NULL,
  "price" DECIMAL(18,8) NOT NULL,
  "currency" VARCHAR(65535) NOT NULL,
  "price_date" DATE NOT NULL,
  "price_at" TIMESTAMP,
  "previous_close" DECIMAL(18,8),
  "previous_date" DATE,
  "source" VARCHAR(65535) NOT NULL,
  "delay_minutes" BIGINT,
  "captured_at" TIMESTAMP NOT NULL,
  "run_id" VARCHAR(65535) NOT NULL,
  gold_run VARCHAR(100) NOT NULL
) DISTSTYLE ALL COMPOUND SORTKEY (gold_run, "instrument_id");

CREATE TABLE "gold"."loaded_runs" (gold_run VARCHAR(100) NOT NULL) DISTSTYLE ALL SORTKEY (gold_run);

CREATE TABLE "gold"."loaded_quotes" (gold_run VARCHAR(100) NOT NULL) DISTSTYLE ALL SORTKEY (gold_run);

CREATE TABLE "gold"."load_lock" (nothing BIGINT) DISTSTYLE ALL;

CREATE TABLE "gold"."shape_HASH" (nothing BIGINT) DISTSTYLE ALL;

GRANT USAGE ON SCHEMA "gold" TO PUBLIC;

GRANT SELECT ON ALL TABLES IN SCHEMA "gold" TO PUBLIC;

GRANT INSERT, DELETE ON "gold"."quotes_latest", "gold"."loaded_quotes" TO PUBLIC;

GRANT UPDATE, DELETE ON "gold"."load_lock" TO PUBLIC;

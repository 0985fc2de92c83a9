LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."clients" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_clients" ("client_id" VARCHAR(65535) NOT NULL, "name" VARCHAR(65535) NOT NULL, "broker_id" VARCHAR(65535) NOT NULL, "profile" VARCHAR(65535), "profile_valid_until" DATE, "base_currency" VARCHAR(65535) NOT NULL, "controls_cash" BOOLEAN NOT NULL, "email" VARCHAR(65535), "source_file" VARCHAR(65535), "row_number" BIGINT, "row_hash" VARCHAR(65535), "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_clients" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/clients.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."clients" ("client_id", "name", "broker_id", "profile", "profile_valid_until", "base_currency", "controls_cash", "email", "source_file", "row_number", "row_hash", "run_id", gold_run) SELECT "client_id", "name", "broker_id", "profile", "profile_valid_until", "base_currency", "controls_cash", "email", "source_file", "row_number", "row_hash", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_clients";

DROP TABLE "stage_clients";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."instruments" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_instruments" ("instrument_id" VARCHAR(65535) NOT NULL, "name" VARCHAR(65535) NOT NULL, "class" VARCHAR(65535) NOT NULL, "sector" VARCHAR(65535), "currency" VARCHAR(65535) NOT NULL, "issuer" VARCHAR(65535), "yahoo_symbol" VARCHAR(65535), "aliases" VARCHAR(65535), "origin" VARCHAR(65535) NOT NULL, "source_file" VARCHAR(65535), "row_number" BIGINT, "row_hash" VARCHAR(65535), "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_instruments" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/instruments.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."instruments" ("instrument_id", "name", "class", "sector", "currency", "issuer", "yahoo_symbol", "aliases", "origin", "source_file", "row_number", "row_hash", "run_id", gold_run) SELECT "instrument_id", "name", "class", "sector", "currency", "issuer", "yahoo_symbol", "aliases", "origin", "source_file", "row_number", "row_hash", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_instruments";

DROP TABLE "stage_instruments";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."operations" WHERE gold_run = '20261120T210000000Z-0a1b2c';

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."position_spans" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_position_spans" ("client_id" VARCHAR(65535) NOT NULL, "instrument_id" VARCHAR(65535) NOT NULL, "currency" VARCHAR(65535) NOT NULL, "base_currency" VARCHAR(65535) NOT NULL, "valid_from" DATE NOT NULL, "valid_to" DATE NOT NULL, "quantity" DECIMAL(19,8) NOT NULL, "cost" DECIMAL(20,8) NOT NULL, "cost_gross" DECIMAL(20,8) NOT NULL, "realized_gain" DECIMAL(20,8), "fees" DECIMAL(20,8) NOT NULL, "income" DECIMAL(20,8) NOT NULL, "cost_base" DECIMAL(20,8), "cost_gross_base" DECIMAL(20,8), "realized_gain_base" DECIMAL(20,8), "fees_base" DECIMAL(20,8), "income_base" DECIMAL(20,8), "cost_known" BOOLEAN NOT NULL, "opening_quantity" DECIMAL(19,8) NOT NULL, "day_flow" DECIMAL(20,8) NOT NULL, "day_flow_base" DECIMAL(20,8), "trade_price" DECIMAL(18,8), "trade_day" DATE, "source_file" VARCHAR(65535), "row_number" BIGINT, "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_position_spans" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/position_spans.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."position_spans" ("client_id", "instrument_id", "currency", "base_currency", "valid_from", "valid_to", "quantity", "cost", "cost_gross", "realized_gain", "fees", "income", "cost_base", "cost_gross_base", "realized_gain_base", "fees_base", "income_base", "cost_known", "opening_quantity", "day_flow", "day_flow_base", "trade_price", "trade_day", "source_file", "row_number", "run_id", gold_run) SELECT "client_id", "instrument_id", "currency", "base_currency", "valid_from", "valid_to", "quantity", "cost", "cost_gross", "realized_gain", "fees", "income", "cost_base", "cost_gross_base", "realized_gain_base", "fees_base", "income_base", "cost_known", "opening_quantity", "day_flow", "day_flow_base", "trade_price", "trade_day", "source_file", "row_number", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_position_spans";

DROP TABLE "stage_position_spans";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."positions" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_positions" ("client_id" VARCHAR(65535) NOT NULL, "instrument_id" VARCHAR(65535) NOT NULL, "currency" VARCHAR(65535) NOT NULL, "base_currency" VARCHAR(65535) NOT NULL, "valid_from" DATE NOT NULL, "valid_to" DATE NOT NULL, "quantity" DECIMAL(19,8) NOT NULL, "cost" DECIMAL(20,8) NOT NULL, "cost_gross" DECIMAL(20,8) NOT NULL, "realized_gain" DECIMAL(20,8), "fees" DECIMAL(20,8) NOT NULL, "income" DECIMAL(20,8) NOT NULL, "cost_base" DECIMAL(20,8), "cost_gross_base" DECIMAL(20,8), "realized_gain_base" DECIMAL(20,8), "fees_base" DECIMAL(20,8), "income_base" DECIMAL(20,8), "cost_known" BOOLEAN NOT NULL, "opening_quantity" DECIMAL(19,8) NOT NULL, "day_flow" DECIMAL(20,8) NOT NULL, "day_flow_base" DECIMAL(20,8), "trade_price" DECIMAL(18,8), "trade_day" DATE, "source_file" VARCHAR(65535), "row_number" BIGINT, "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_positions" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/positions.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."positions" ("client_id", "instrument_id", "currency", "base_currency", "valid_from", "valid_to", "quantity", "cost", "cost_gross", "realized_gain", "fees", "income", "cost_base", "cost_gross_base", "realized_gain_base", "fees_base", "income_base", "cost_known", "opening_quantity", "day_flow", "day_flow_base", "trade_price", "trade_day", "source_file", "row_number", "run_id", gold_run) SELECT "client_id", "instrument_id", "currency", "base_currency", "valid_from", "valid_to", "quantity", "cost", "cost_gross", "realized_gain", "fees", "income", "cost_base", "cost_gross_base", "realized_gain_base", "fees_base", "income_base", "cost_known", "opening_quantity", "day_flow", "day_flow_base", "trade_price", "trade_day", "source_file", "row_number", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_positions";

DROP TABLE "stage_positions";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."realized_gains" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_realized_gains" ("client_id" VARCHAR(65535) NOT NULL, "instrument_id" VARCHAR(65535) NOT NULL, "date" DATE NOT NULL, "type" VARCHAR(65535) NOT NULL, "day_trade" BOOLEAN NOT NULL, "currency" VARCHAR(65535) NOT NULL, "quantity" DECIMAL(19,8) NOT NULL, "proceeds" DECIMAL(20,8) NOT NULL, "fees" DECIMAL(20,8) NOT NULL, "cost_removed" DECIMAL(20,8) NOT NULL, "gain" DECIMAL(20,8), "gain_base" DECIMAL(20,8), "source_file" VARCHAR(65535), "row_number" BIGINT, "row_hash" VARCHAR(65535), "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_realized_gains" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/realized_gains.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."realized_gains" ("client_id", "instrument_id", "date", "type", "day_trade", "currency", "quantity", "proceeds", "fees", "cost_removed", "gain", "gain_base", "source_file", "row_number", "row_hash", "run_id", gold_run) SELECT "client_id", "instrument_id", "date", "type", "day_trade", "currency", "quantity", "proceeds", "fees", "cost_removed", "gain", "gain_base", "source_file", "row_number", "row_hash", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_realized_gains";

DROP TABLE "stage_realized_gains";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."income" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_income" ("client_id" VARCHAR(65535) NOT NULL, "instrument_id" VARCHAR(65535) NOT NULL, "date" DATE NOT NULL, "type" VARCHAR(65535) NOT NULL, "currency" VARCHAR(65535) NOT NULL, "gross" DECIMAL(20,8) NOT NULL, "tax" DECIMAL(20,8) NOT NULL, "net" DECIMAL(20,8) NOT NULL, "net_base" DECIMAL(20,8), "source_file" VARCHAR(65535), "row_number" BIGINT, "row_hash" VARCHAR(65535), "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_income" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/income.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."income" ("client_id", "instrument_id", "date", "type", "currency", "gross", "tax", "net", "net_base", "source_file", "row_number", "row_hash", "run_id", gold_run) SELECT "client_id", "instrument_id", "date", "type", "currency", "gross", "tax", "net", "net_base", "source_file", "row_number", "row_hash", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_income";

DROP TABLE "stage_income";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."flows" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_flows" ("client_id" VARCHAR(65535) NOT NULL, "date" DATE NOT NULL, "currency" VARCHAR(65535) NOT NULL, "flow" DECIMAL(20,8) NOT NULL, "flow_gross" DECIMAL(20,8) NOT NULL, "flow_base" DECIMAL(20,8), "flow_gross_base" DECIMAL(20,8), "income" DECIMAL(20,8) NOT NULL, "income_base" DECIMAL(20,8), "fees" DECIMAL(20,8) NOT NULL, "fees_base" DECIMAL(20,8), "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_flows" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/flows.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."flows" ("client_id", "date", "currency", "flow", "flow_gross", "flow_base", "flow_gross_base", "income", "income_base", "fees", "fees_base", "run_id", gold_run) SELECT "client_id", "date", "currency", "flow", "flow_gross", "flow_base", "flow_gross_base", "income", "income_base", "fees", "fees_base", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_flows";

DROP TABLE "stage_flows";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."portfolio_daily" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_portfolio_daily" ("client_id" VARCHAR(65535) NOT NULL, "date" DATE NOT NULL, "value" DECIMAL(38,8) NOT NULL, "cost" DECIMAL(38,8) NOT NULL, "flow" DECIMAL(38,8) NOT NULL, "income" DECIMAL(38,8) NOT NULL, "fees" DECIMAL(38,8) NOT NULL, "price_gain" DECIMAL(38,8) NOT NULL, "currency_gain" DECIMAL(38,8) NOT NULL, "day_return" DECIMAL(18,12) NOT NULL, "twr_index" DECIMAL(18,12) NOT NULL, "unpriced" BIGINT NOT NULL, "skipped" BOOLEAN NOT NULL, "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_portfolio_daily" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/portfolio_daily.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."portfolio_daily" ("client_id", "date", "value", "cost", "flow", "income", "fees", "price_gain", "currency_gain", "day_return", "twr_index", "unpriced", "skipped", "run_id", gold_run) SELECT "client_id", "date", "value", "cost", "flow", "income", "fees", "price_gain", "currency_gain", "day_return", "twr_index", "unpriced", "skipped", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_portfolio_daily";

DROP TABLE "stage_portfolio_daily";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."client_summary" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_client_summary" ("client_id" VARCHAR(65535) NOT NULL, "first_date" DATE NOT NULL, "as_of" DATE NOT NULL, "value" DECIMAL(38,8) NOT NULL, "twr_index" DECIMAL(18,12) NOT NULL, "cdi_level" DECIMAL(24,12), "ibov_level" DECIMAL(24,12), "p_day_from" DATE, "p_day_index" DECIMAL(18,12), "p_day_cdi" DECIMAL(24,12), "p_day_ibov" DECIMAL(24,12), "p_wtd_from" DATE, "p_wtd_index" DECIMAL(18,12), "p_wtd_cdi" DECIMAL(24,12), "p_wtd_ibov" DECIMAL(24,12), "p_mtd_from" DATE, "p_mtd_index" DECIMAL(18,12), "p_mtd_cdi" DECIMAL(24,12), "p_mtd_ibov" DECIMAL(24,12), "p_3m_from" DATE, "p_3m_index" DECIMAL(18,12), "p_3m_cdi" DECIMAL(24,12), "p_3m_ibov" DECIMAL(24,12), "p_6m_from" DATE, "p_6m_index" DECIMAL(18,12), "p_6m_cdi" DECIMAL(24,12), "p_6m_ibov" DECIMAL(24,12), "p_12m_from" DATE, "p_12m_index" DECIMAL(18,12), "p_12m_cdi" DECIMAL(24,12), "p_12m_ibov" DECIMAL(24,12), "p_ytd_from" DATE, "p_ytd_index" DECIMAL(18,12), "p_ytd_cdi" DECIMAL(24,12), "p_ytd_ibov" DECIMAL(24,12), "p_inception_from" DATE, "p_inception_index" DECIMAL(18,12), "p_inception_cdi" DECIMAL(24,12), "p_inception_ibov" DECIMAL(24,12), "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_client_summary" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/client_summary.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."client_summary" ("client_id", "first_date", "as_of", "value", "twr_index", "cdi_level", "ibov_level", "p_day_from", "p_day_index", "p_day_cdi", "p_day_ibov", "p_wtd_from", "p_wtd_index", "p_wtd_cdi", "p_wtd_ibov", "p_mtd_from", "p_mtd_index", "p_mtd_cdi", "p_mtd_ibov", "p_3m_from", "p_3m_index", "p_3m_cdi", "p_3m_ibov", "p_6m_from", "p_6m_index", "p_6m_cdi", "p_6m_ibov", "p_12m_from", "p_12m_index", "p_12m_cdi", "p_12m_ibov", "p_ytd_from", "p_ytd_index", "p_ytd_cdi", "p_ytd_ibov", "p_inception_from", "p_inception_index", "p_inception_cdi", "p_inception_ibov", "run_id", gold_run) SELECT "client_id", "first_date", "as_of", "value", "twr_index", "cdi_level", "ibov_level", "p_day_from", "p_day_index", "p_day_cdi", "p_day_ibov", "p_wtd_from", "p_wtd_index", "p_wtd_cdi", "p_wtd_ibov", "p_mtd_from", "p_mtd_index", "p_mtd_cdi", "p_mtd_ibov", "p_3m_from", "p_3m_index", "p_3m_cdi", "p_3m_ibov", "p_6m_from", "p_6m_index", "p_6m_cdi", "p_6m_ibov", "p_12m_from", "p_12m_index", "p_12m_cdi", "p_12m_ibov", "p_ytd_from", "p_ytd_index", "p_ytd_cdi", "p_ytd_ibov", "p_inception_from", "p_inception_index", "p_inception_cdi", "p_inception_ibov", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_client_summary";

DROP TABLE "stage_client_summary";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."prices_daily" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_prices_daily" ("instrument_id" VARCHAR(65535) NOT NULL, "date" DATE NOT NULL, "price" DECIMAL(18,8) NOT NULL, "received_price" DECIMAL(18,8) NOT NULL, "currency" VARCHAR(65535) NOT NULL, "source" VARCHAR(65535) NOT NULL, "captured_at" TIMESTAMP NOT NULL, "source_file" VARCHAR(65535), "row_number" BIGINT, "row_hash" VARCHAR(65535), "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_prices_daily" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/prices_daily.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."prices_daily" ("instrument_id", "date", "price", "received_price", "currency", "source", "captured_at", "source_file", "row_number", "row_hash", "run_id", gold_run) SELECT "instrument_id", "date", "price", "received_price", "currency", "source", "captured_at", "source_file", "row_number", "row_hash", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_prices_daily";

DROP TABLE "stage_prices_daily";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."fx_daily" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_fx_daily" ("from_currency" VARCHAR(65535) NOT NULL, "to_currency" VARCHAR(65535) NOT NULL, "date" DATE NOT NULL, "rate" DECIMAL(17,8) NOT NULL, "source" VARCHAR(65535) NOT NULL, "captured_at" TIMESTAMP NOT NULL, "source_file" VARCHAR(65535), "row_number" BIGINT, "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_fx_daily" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/fx_daily.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."fx_daily" ("from_currency", "to_currency", "date", "rate", "source", "captured_at", "source_file", "row_number", "run_id", gold_run) SELECT "from_currency", "to_currency", "date", "rate", "source", "captured_at", "source_file", "row_number", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_fx_daily";

DROP TABLE "stage_fx_daily";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."index_daily" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_index_daily" ("index_id" VARCHAR(65535) NOT NULL, "date" DATE NOT NULL, "value" DECIMAL(18,8), "level" DECIMAL(24,12) NOT NULL, "source" VARCHAR(65535) NOT NULL, "captured_at" TIMESTAMP NOT NULL, "source_file" VARCHAR(65535), "row_number" BIGINT, "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_index_daily" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/index_daily.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."index_daily" ("index_id", "date", "value", "level", "source", "captured_at", "source_file", "row_number", "run_id", gold_run) SELECT "index_id", "date", "value", "level", "source", "captured_at", "source_file", "row_number", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_index_daily";

DROP TABLE "stage_index_daily";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."curve_daily" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_curve_daily" ("client_id" VARCHAR(65535) NOT NULL, "instrument_id" VARCHAR(65535) NOT NULL, "date" DATE NOT NULL, "price" DECIMAL(18,8) NOT NULL, "previous_close" DECIMAL(18,8), "previous_date" DATE, "price_date" DATE NOT NULL, "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_curve_daily" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/curve_daily.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."curve_daily" ("client_id", "instrument_id", "date", "price", "previous_close", "previous_date", "price_date", "run_id", gold_run) SELECT "client_id", "instrument_id", "date", "price", "previous_close", "previous_date", "price_date", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_curve_daily";

DROP TABLE "stage_curve_daily";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."curve_latest" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_curve_latest" ("client_id" VARCHAR(65535) NOT NULL, "instrument_id" VARCHAR(65535) NOT NULL, "date" DATE NOT NULL, "price" DECIMAL(18,8) NOT NULL, "previous_close" DECIMAL(18,8), "previous_date" DATE, "price_date" DATE NOT NULL, "maturity" DATE, "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_curve_latest" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/curve_latest.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."curve_latest" ("client_id", "instrument_id", "date", "price", "previous_close", "previous_date", "price_date", "maturity", "run_id", gold_run) SELECT "client_id", "instrument_id", "date", "price", "previous_close", "previous_date", "price_date", "maturity", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_curve_latest";

DROP TABLE "stage_curve_latest";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."announced_payments" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_announced_payments" ("instrument_id" VARCHAR(65535) NOT NULL, "date" DATE NOT NULL, "amount" DECIMAL(18,8) NOT NULL, "source" VARCHAR(65535) NOT NULL, "source_file" VARCHAR(65535), "row_number" BIGINT, "row_hash" VARCHAR(65535), "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_announced_payments" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/announced_payments.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."announced_payments" ("instrument_id", "date", "amount", "source", "source_file", "row_number", "row_hash", "run_id", gold_run) SELECT "instrument_id", "date", "amount", "source", "source_file", "row_number", "row_hash", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_announced_payments";

DROP TABLE "stage_announced_payments";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."data_quality" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_data_quality" ("code" VARCHAR(65535) NOT NULL, "severity" VARCHAR(65535) NOT NULL, "client_id" VARCHAR(65535), "instrument_id" VARCHAR(65535), "date" DATE, "expected" DECIMAL(19,8), "found" DECIMAL(19,8), "source_file" VARCHAR(65535), "row_number" BIGINT, "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_data_quality" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/data_quality.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."data_quality" ("code", "severity", "client_id", "instrument_id", "date", "expected", "found", "source_file", "row_number", "run_id", gold_run) SELECT "code", "severity", "client_id", "instrument_id", "date", "expected", "found", "source_file", "row_number", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_data_quality";

DROP TABLE "stage_data_quality";

-- next transaction

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."loaded_runs" WHERE gold_run = '20261120T210000000Z-0a1b2c';

INSERT INTO "gold"."loaded_runs" (gold_run) VALUES ('20261120T210000000Z-0a1b2c');

LOCK TABLE "gold"."load_lock";

DELETE FROM "gold"."quotes_latest" WHERE gold_run = '20261120T210000000Z-0a1b2c';

CREATE TEMP TABLE "stage_quotes_latest" ("instrument_id" VARCHAR(65535) NOT NULL, "price" DECIMAL(18,8) NOT NULL, "currency" VARCHAR(65535) NOT NULL, "price_date" DATE NOT NULL, "price_at" TIMESTAMP, "previous_close" DECIMAL(18,8), "previous_date" DATE, "source" VARCHAR(65535) NOT NULL, "delay_minutes" BIGINT, "captured_at" TIMESTAMP NOT NULL, "run_id" VARCHAR(65535) NOT NULL);

COPY "stage_quotes_latest" FROM 's3://lake/runs/20261120T210000000Z-0a1b2c/redshift/quotes_latest.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/copy' FORMAT AS PARQUET MANIFEST;

INSERT INTO "gold"."quotes_latest" ("instrument_id", "price", "currency", "price_date", "price_at", "previous_close", "previous_date", "source", "delay_minutes", "captured_at", "run_id", gold_run) SELECT "instrument_id", "price", "currency", "price_date", "price_at", "previous_close", "previous_date", "source", "delay_minutes", "captured_at", "run_id", '20261120T210000000Z-0a1b2c' FROM "stage_quotes_latest";

DROP TABLE "stage_quotes_latest";

DELETE FROM "gold"."loaded_quotes" WHERE gold_run IN (SELECT gold_run FROM "gold"."quotes_latest" WHERE gold_run < '20261120T200000');

DELETE FROM "gold"."quotes_latest" WHERE gold_run < '20261120T200000';

DELETE FROM "gold"."loaded_quotes" WHERE gold_run = '20261120T210000000Z-0a1b2c';

INSERT INTO "gold"."loaded_quotes" (gold_run) VALUES ('20261120T210000000Z-0a1b2c');

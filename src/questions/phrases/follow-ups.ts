/** Talks: what was asked before, what is said next, and what that comes to: see portfolio.ts for the form. */
export const FOLLOW_UPS = `
portfolio client=cliente123 | e no ano? | question performance client=cliente123 period=year_to_date
portfolio client=cliente123 | só 12 meses | question performance client=cliente123 period=12m
portfolio client=cliente123 | 12 meses | question performance client=cliente123 period=12m
portfolio client=cliente123 | proventos | question income client=cliente123
portfolio client=cliente123 | e em PETR4? | question holding client=cliente123 asset=PETR4
portfolio client=cliente123 | e a magalu? | question holding client=cliente123 asset=MGLU3
portfolio client=cliente123 | e a vale? | which_client:cliente77 portfolio
portfolio client=cliente123 | quanto tá a petr4? | question quote asset=PETR4
portfolio client=cliente123 | petr4 | question quote asset=PETR4
portfolio client=cliente123 | quanto ele tem de PETR4? | question holding client=cliente123 asset=PETR4
portfolio client=cliente123 | e as maiores altas? | question movers client=cliente123 direction=up
portfolio client=cliente123 | maiores altas de hoje | question movers period=today direction=up
portfolio client=cliente123 | e o dólar? | question quote asset=USDBRL
portfolio client=cliente123 | e a Ana? | question portfolio client=cliente7
portfolio client=cliente123 | e da Joana? | not_found portfolio
portfolio client=cliente123 | por setor | question allocation client=cliente123
portfolio client=cliente123 | e hoje? | question portfolio client=cliente123 period=today
portfolio client=cliente123 | extrato de outubro | question history client=cliente123 period=range:2026-10-01..2026-10-31
portfolio client=cliente123 | quanto rendeu no ano? | question performance client=cliente123 period=year_to_date
portfolio client=cliente123 | e vs ibov? | question performance client=cliente123 benchmark=IBOV
portfolio client=cliente123 | rentabilidade da Joana | not_found performance
portfolio client=cliente123 | e o outro cliente? | client_missing portfolio
portfolio client=cliente123 | bom dia | not_understood unknown
portfolio client=cliente123 | qual a previsão do tempo? | not_understood unknown
portfolio client=cliente123 | obrigado! | not_understood unknown
portfolio client=cliente123 | quem tem PETR4? | question holders asset=PETR4
portfolio client=cliente123 | carteira | question portfolio client=cliente123
portfolio client=cliente123 | /carteira | question help
portfolio client=cliente123 | AUM | question aum
portfolio client=cliente123 | how about last month? | question performance client=cliente123 period=last_month
performance client=cliente123 period=12m benchmark=IBOV | e no ano? | question performance client=cliente123 period=year_to_date benchmark=IBOV
performance client=cliente123 period=12m | e o CDI? | question performance client=cliente123 period=12m benchmark=CDI
performance client=cliente123 period=12m | e contra a inflação? | question performance client=cliente123 period=12m benchmark=IPCA
performance client=cliente123 period=12m | e do cliente456? | question performance client=cliente456 period=12m
performance client=cliente123 period=12m | e a Ana? | question performance client=cliente7 period=12m
performance client=cliente123 period=12m | cliente456 | question portfolio client=cliente456
performance client=cliente123 period=12m | e os dividendos? | question income client=cliente123
performance period=12m | cliente123 | question performance client=cliente123 period=12m
performance period=12m | da Ana Souza | question performance client=cliente7 period=12m
income client=cliente123 period=2025 | e em 2024? | question income client=cliente123 period=2024
income client=cliente123 period=2025 | e de PETR4? | question income client=cliente123 asset=PETR4 period=2025
history client=cliente123 | e em vale? | question history client=cliente123 asset=VALE3
holding client=cliente123 asset=PETR4 | e vale3? | question holding client=cliente123 asset=VALE3
holding client=cliente123 asset=PETR4 | e a Ana? | question holding client=cliente7 asset=PETR4
holding client=cliente123 asset=PETR4 | e o preço médio? | question holding client=cliente123 asset=PETR4
holding asset=PETR4 | cliente123 | question holding client=cliente123 asset=PETR4
quote asset=PETR4 | e a magalu? | question quote asset=MGLU3
quote asset=PETR4 | e na semana? | question quote asset=PETR4 period=week_to_date
quote asset=PETR4 | quem tem? | question holders asset=PETR4
quote asset=PETR4 | e o ibov? | question quote asset=IBOV
quote asset=PETR4 | e o cliente456? | question portfolio client=cliente456
holders asset=PETR4 | e VALE3? | question holders asset=VALE3
ranking period=year_to_date direction=up | e os piores? | question ranking period=year_to_date direction=down
ranking period=year_to_date direction=up | e no mês? | question ranking period=month_to_date direction=up
ranking period=year_to_date limit=5 | top 10 | question ranking period=year_to_date limit=10 direction=up
movers client=cliente123 period=today direction=up | e as quedas? | question movers client=cliente123 direction=down
help | e no ano? | not_understood unknown
clients | e no ano? | not_understood unknown
`;

/** Phrases about returns, income and operations: see portfolio.ts for the form. */
export const PERFORMANCE_PHRASES = `
quanto rendeu a carteira do cliente123 esse ano vs CDI | performance client=cliente123 period=year_to_date benchmark=CDI
/carteira quanto o cliente123 rendeu no ano? | performance client=cliente123 period=year_to_date
rentabilidade 12 meses cliente123 | performance client=cliente123 period=12m
performance do cliente123 de 01/03/2025 a 30/06/2025 | performance client=cliente123 period=range:2025-03-01..2025-06-30
rentabilidade da Ana Souza | performance client=cliente7
qto rendeu a ana esse mes | performance client=cliente7 period=month_to_date
quanto a Ana ganhou este mês | performance client=cliente7 period=month_to_date
quanto o cliente456 perdeu na semana | performance client=cliente456 period=week_to_date
cliente123 no ano | performance client=cliente123 period=year_to_date
/carteira cliente123 12 meses | performance client=cliente123 period=12m
/carteira cliente123 ano passado | performance client=cliente123 period=2025
carteira do cliente123 em 2025 | performance client=cliente123 period=2025
cliente123 vs ibov | performance client=cliente123 benchmark=IBOV
cliente123 x cdi 12m | performance client=cliente123 benchmark=CDI period=12m
a Ana bateu o CDI esse ano? | performance client=cliente7 benchmark=CDI period=year_to_date
o cliente123 ganhou da inflação em 2025? | performance client=cliente123 benchmark=IPCA period=2025
o cliente123 ganhou da bolsa no ano? | performance client=cliente123 benchmark=IBOV period=year_to_date
rentabilidade do cliente123 comparada com o ibovespa nos últimos 6 meses | performance client=cliente123 benchmark=IBOV period=6m
retorno da Ana em % do CDI | performance client=cliente7 benchmark=CDI
desempenho do cliente123 desde o início | performance client=cliente123 period=inception
rentabilidade histórico total da Ana | performance client=cliente7 period=inception
histórico de rentabilidade do cliente123 | performance client=cliente123
quanto rendeu o cliente123 ontem | performance client=cliente123 period=yesterday
resultado do cliente123 na semana passada | performance client=cliente123 period=last_week
rent da ana mes passado | performance client=cliente7 period=last_month
como a Ana foi no mês passado? | performance client=cliente7 period=last_month
como fechou o cliente123 ontem | performance client=cliente123 period=yesterday
rentabilidade do cliente123 em outubro | performance client=cliente123 period=range:2026-10-01..2026-10-31
rentabilidade do cliente123 em dezembro | performance client=cliente123 period=range:2025-12-01..2025-12-31
rentabilidade do cliente123 em novembro | performance client=cliente123 period=range:2026-11-01..2026-11-25
rentabilidade da Ana em outubro de 2024 | performance client=cliente7 period=range:2024-10-01..2024-10-31
rentabilidade da Ana em out/24 | performance client=cliente7 period=range:2024-10-01..2024-10-31
rentabilidade da ana em 10/2024 | performance client=cliente7 period=range:2024-10-01..2024-10-31
rendeu qto o cliente123 entre março e junho de 2025 | performance client=cliente123 period=range:2025-03-01..2025-06-30
performance da Ana de janeiro a março | performance client=cliente7 period=range:2026-01-01..2026-03-31
performance da Ana entre novembro e fevereiro | performance client=cliente7 period=range:2025-11-01..2026-02-28
quanto rendeu o cliente123 desde 15/03 | performance client=cliente123 period=range:2026-03-15..2026-11-25
quanto rendeu o cliente123 desde 15/12 | performance client=cliente123 period=range:2025-12-15..2026-11-25
rentabilidade do cliente123 desde janeiro de 2025 | performance client=cliente123 period=range:2025-01-01..2026-11-25
rentabilidade da ana de 2024 a 2025 | performance client=cliente7 period=range:2024-01-01..2025-12-31
rentabilidade do cliente123 01/03/2025 - 30/06/2025 | performance client=cliente123 period=range:2025-03-01..2025-06-30
rentabilidade do cliente123 de 2025-03-01 até 2025-06-30 | performance client=cliente123 period=range:2025-03-01..2025-06-30
rentabilidade do cliente123 de 1/3/25 a 30/6/25 | performance client=cliente123 period=range:2025-03-01..2025-06-30
rentabilidade de 10 a 15 de março do cliente123 | performance client=cliente123 period=range:2026-03-10..2026-03-15
rentabilidade do cliente123 de 15/03 até hoje | performance client=cliente123 period=range:2026-03-15..2026-11-25
quanto rendeu o cliente123 em um ano | performance client=cliente123 period=12m
rentabilidade do cliente123 em 2 anos | performance client=cliente123 period=24m
rentabilidade do cliente123 nos últimos vinte e quatro meses | performance client=cliente123 period=24m
rentabilidade do cliente123 nos ultimos tres meses | performance client=cliente123 period=3m
rentabilidade do cliente123 no trimestre | performance client=cliente123 period=3m
rentabilidade da ana no semestre | performance client=cliente7 period=6m
rentabilidade da ana no primeiro trimestre de 2025 | performance client=cliente7 period=range:2025-01-01..2025-03-31
rentabilidade da ana no 1T25 | performance client=cliente7 period=range:2025-01-01..2025-03-31
rentabilidade da ana no 2º semestre de 2024 | performance client=cliente7 period=range:2024-07-01..2024-12-31
rentabilidade do cliente123 nos últimos 30 dias | performance client=cliente123 period=range:2026-10-26..2026-11-25
quanto a carteira da Ana subiu hoje? | performance client=cliente7 period=today
a carteira do cliente123 caiu quanto essa semana | performance client=cliente123 period=week_to_date
e ai quanto deu a carteira da Marina esse ano | performance client=C-001 period=year_to_date
quanto o Marco rendeu em março | performance client=cliente77 period=range:2026-03-01..2026-03-31
rentabilidade da Marina em 30 dias | performance client=C-001 period=range:2026-10-26..2026-11-25
rentabildade do cliente123 no ano | performance client=cliente123 period=year_to_date
quanto PETR4 rendeu pro cliente123 no ano | performance client=cliente123 asset=PETR4 period=year_to_date
evolução da carteira do cliente123 no ano | performance client=cliente123 period=year_to_date
valorização da carteira da ana souza ytd | performance client=cliente7 period=year_to_date
lucro do cliente123 em 2025 | performance client=cliente123 period=2025
cliente123 performance this year vs CDI | performance client=cliente123 period=year_to_date benchmark=CDI
how did Ana do last month? | performance client=cliente7 period=last_month
Ana Souza return since inception | performance client=cliente7 period=inception
cliente456 performance last 12 months against the ibovespa | performance client=cliente456 period=12m benchmark=IBOV
did cliente123 beat the CDI in 2025? | performance client=cliente123 benchmark=CDI period=2025
dividendos do cliente123 em 2025 | income client=cliente123 period=2025
proventos do mês passado da Ana | income client=cliente7 period=last_month
quanto a Ana recebeu de dividendos esse ano | income client=cliente7 period=year_to_date
jcp do cliente456 no ano | income client=cliente456 period=year_to_date
juros sobre capital próprio da Ana em 2024 | income client=cliente7 period=2024
proventos de HGLG11 do cliente123 | income client=cliente123 asset=HGLG11
dividendos da petrobras da Ana em 2025 | income client=cliente7 asset=PETR4 period=2025
dividendos de vale do cliente123 | income client=cliente123 asset=VALE3
histórico de proventos da Ana | income client=cliente7
qto pingou de dividendo pro cliente123 este mês? | income client=cliente123 period=month_to_date
/carteira cliente123 proventos | income client=cliente123
/carteira ana souza dividendos 2025 | income client=cliente7 period=2025
proventso da ana | income client=cliente7
dividends of cliente123 in 2025 | income client=cliente123 period=2025
extrato do cliente123 em outubro | history client=cliente123 period=range:2026-10-01..2026-10-31
operações do cliente123 em outubro | history client=cliente123 period=range:2026-10-01..2026-10-31
histórico de VALE3 do cliente123 | history client=cliente123 asset=VALE3
extrato da Ana | history client=cliente7
movimentações da ana souza este mês | history client=cliente7 period=month_to_date
últimas 10 operações do cliente123 | history client=cliente123 limit=10
o que o cliente123 comprou esse mês? | history client=cliente123 period=month_to_date
quando a Ana comprou PETR4? | history client=cliente7 asset=PETR4
compras e vendas do cliente456 em 2025 | history client=cliente456 period=2025
aportes da Ana no ano | history client=cliente7 period=year_to_date
negociações da ana em itub4 desde janeiro | history client=cliente7 asset=ITUB4 period=range:2026-01-01..2026-11-25
/carteira cliente123 extrato | history client=cliente123
exrato do cliente123 | history client=cliente123
o cliente123 vendeu petr4 ontem? | history client=cliente123 asset=PETR4 period=yesterday
trades of cliente123 last week | history client=cliente123 period=last_week
`;

/** Phrases that must not be answered as they stand: a status and its reason, then what was understood. */
export const REFUSED_PHRASES = `
/carteira fulano999 | not_found portfolio
/carteira Fulano de Tal | not_found portfolio
carteira do João Silva | not_found portfolio
carteira da Ana Pereira | not_found portfolio
como está a carteira da Ana Pereira? | not_found portfolio
carteira do cliente999 | not_found portfolio
carteira do cliente1234 | not_found portfolio
carteira do cliente12 | not_found portfolio
carteira do cliente 999 | not_found portfolio
cliente999 | not_found portfolio
rentabilidade do cliente999 no ano | not_found performance period=year_to_date
rentabilidade do Zezinho no ano | not_found performance period=year_to_date
proventos da Mariana | not_found income
quanto o Zezinho tem de PETR4? | not_found holding asset=PETR4
quanto rendeu a Joana vs CDI | not_found performance benchmark=CDI
volatilidade joao silva | not_found risk
extrato do Roberto Carlos em 2025 | not_found history period=2025
maiores altas do Roberto | not_found movers direction=up
patrimônio total do Roberto | not_found aum
show me Bob's portfolio | not_found portfolio
carteira do Preto | not_found portfolio
carteira do cliente123-b | not_found portfolio
/carteira João Silva petr4 | not_found holding asset=PETR4
me avisa se a carteira do cliente999 cair 5% | not_found alert_create direction=down
carteira da Maria | which_client:cliente78,cliente79 portfolio
carteira da Mari | which_client:C-001,cliente78,cliente79 portfolio
carteira da maria sil | not_found portfolio
rentabilidade da Maria em 2025 | which_client:cliente78,cliente79 performance period=2025
carteira da Ana e da Rosa | which_client:cliente7,cliente82 portfolio
carteira do cliente123 e do cliente456 | which_client:cliente123,cliente456 portfolio
quanto o cliente123 tem de itaú | which_asset:ITUB4,ITUB3 holding client=cliente123
quem tem itaú? | which_asset:ITUB4,ITUB3 holders
quanto tá petr4 e vale3 | which_asset:PETR4,VALE3 quote
rentabilidade no ano | client_missing performance period=year_to_date
proventos | client_missing income
extrato | client_missing history
quanto ele tem de PETR4? | client_missing holding asset=PETR4
preço médio de PETR4 | client_missing holding asset=PETR4
alocação por setor | client_missing allocation
volatilidade | client_missing risk
preço médio do cliente123 | asset_missing holding client=cliente123
qual a cotação? | asset_missing quote
quem tem Xpto? | asset_missing holders
/carteira cliente123 foobar | asset_missing holding client=cliente123
dividendos da foobar do cliente123 | asset_missing income client=cliente123
cria um alerta | asset_missing alert_create
me avisa se a foobar cair 5% | asset_missing alert_create direction=down
rentabilidade do cliente123 de 30/06/2025 a 01/03/2025 | period_unclear performance client=cliente123
rentabilidade do cliente123 em 31/02/2025 | period_unclear performance client=cliente123
rentabilidade do cliente123 em 2030 | period_unclear performance client=cliente123
rentabilidade do cliente123 nos últimos meses | period_unclear performance client=cliente123
rentabilidade do cliente123 em 2024 e em 2025 | period_unclear performance client=cliente123
quem comprou petr4 esse mês | not_understood unknown
quem recebeu mais dividendos | not_understood unknown
melhor mês do cliente123 | not_understood unknown
rendimentos dos FIIs do cliente123 | not_understood unknown
quanto rendeu a vale? | which_client:cliente77 performance
bom dia | not_understood unknown
bom dia Ana | not_understood unknown
oi | not_understood unknown
boa tarde, tudo bem? | not_understood unknown
obrigado! | not_understood unknown
valeu | not_understood unknown
qual a previsão do tempo | not_understood unknown
vai chover amanhã? | not_understood unknown
vale a pena? | not_understood unknown
vale a pena comprar PETR4? | not_understood unknown
devo vender vale3? | not_understood unknown
compre 100 PETR4 para o cliente123 | not_understood unknown
qual a capital da França | not_understood unknown
conta uma piada | not_understood unknown
quem é o presidente do Brasil? | not_understood unknown
qual a senha do cliente123 | not_understood unknown
12 meses | not_understood unknown
e no ano? | not_understood unknown
asdfgh qwerty | not_understood unknown
??? | not_understood unknown
😀😀 | not_understood unknown
o que é CDI | not_understood unknown
how is the weather today | not_understood unknown
`;

/**
 * Phrases as brokers write them and what they come to: the intent and every field that is not null.
 * Periods are named by their kind; ranges carry their days.
 */
export const PORTFOLIO_PHRASES = `
como está a carteira da Ana Souza? | portfolio client=cliente7
/carteira cliente123 | portfolio client=cliente123
/carteira CLIENTE123 | portfolio client=cliente123
/carteira ana souza | portfolio client=cliente7
/carteira Ana Souza | portfolio client=cliente7
/carteira Ana | portfolio client=cliente7
/carteira da Ana | portfolio client=cliente7
/carteira c-001 | portfolio client=C-001
/carteira 1042 | portfolio client=1042
/carteira cliente 123 | portfolio client=cliente123
carteira cliente123 | portfolio client=cliente123
Carteira do cliente123 | portfolio client=cliente123
carteira ana souza | portfolio client=cliente7
@bot carteira ana souza | portfolio client=cliente7
<@U012AB3CD> carteira cliente123 | portfolio client=cliente123
<at>Carteira</at> carteira cliente123 | portfolio client=cliente123
@Carteira como está a Ana? | portfolio client=cliente7
cliente123 | portfolio client=cliente123
Ana Souza | portfolio client=cliente7
rosa | portfolio client=cliente82
oi, como tá a carteira da ana? | portfolio client=cliente7
bom dia! me mostra a carteira do cliente123 por favor | portfolio client=cliente123
me vê a posição do cliente456 | portfolio client=cliente456
vc consegue me passar a carteira do Ricardo Almeida pf | portfolio client=cliente123
qto tem o cliente123 | portfolio client=cliente123
quanto o cliente123 tem? | portfolio client=cliente123
quanto vale a carteira da Marina Dias | portfolio client=C-001
qual o patrimônio da Ana Souza | portfolio client=cliente7
saldo do cliente456 | portfolio client=cliente456
posição consolidada do cliente123 | portfolio client=cliente123
o que o cliente123 tem na carteira | portfolio client=cliente123
quais ativos o cliente123 tem | portfolio client=cliente123
e aí, como anda a carteira do João Pedro? | portfolio client=cliente80
carteira do joao pedro da costa | portfolio client=cliente80
carteira da Maria Silva | portfolio client=cliente78
carteira da Renata Porto | portfolio client=1042
carteira da Renata | portfolio client=1042
carteira do Marco | portfolio client=cliente77
carteira do Marco Vale | portfolio client=cliente77
cartera do cliente123 | portfolio client=cliente123
portifolio do cliente123 | portfolio client=cliente123
resumo da carteira do cliente123 | portfolio client=cliente123
resumo do cliente123 | portfolio client=cliente123
como está a carteira da Ana hoje? | portfolio client=cliente7 period=today
top 5 posições do cliente123 | portfolio client=cliente123 limit=5 direction=-
show me Ana's portfolio | portfolio client=cliente7
what does cliente123 own? | portfolio client=cliente123
Ana Souza's holdings | portfolio client=cliente7
quanto o cliente123 tem em caixa | portfolio client=cliente123
quais os maiores pesos da Ana | portfolio client=cliente7
how is cliente456 doing? | portfolio client=cliente456
quanto o cliente123 tem de PETR4? | holding client=cliente123 asset=PETR4
/carteira cliente123 PETR4 | holding client=cliente123 asset=PETR4
/carteira ana souza petr4 | holding client=cliente7 asset=PETR4
/carteira ana souza vale | holding client=cliente7 asset=VALE3
/carteira cliente123 petr4f | holding client=cliente123 asset=PETR4
/carteira cliente123 petr4.sa | holding client=cliente123 asset=PETR4
/carteira cliente123 tesouro selic 2029 | holding client=cliente123 asset=TESOURO-SELIC-2029
/carteira PETR4 cliente123 | holding client=cliente123 asset=PETR4
carteira cliente123 aapl | holding client=cliente123 asset=AAPL
qual o preço médio de vale do cliente456 | holding client=cliente456 asset=VALE3
preço medio da VALE3 do cliente456? | holding client=cliente456 asset=VALE3
pm de quanto o cliente123 tem de ALL | holding client=cliente123 asset=ALL
petr4 do cliente123 | holding client=cliente123 asset=PETR4
qual o PM da Ana em petrobras | holding client=cliente7 asset=PETR4
quantas ações de PETR4 a Ana tem? | holding client=cliente7 asset=PETR4
quantas cotas de HGLG11 tem o cliente123 | holding client=cliente123 asset=HGLG11
qtd de mglu3 do cliente456 | holding client=cliente456 asset=MGLU3
posição da Ana em vale | holding client=cliente7 asset=VALE3
posicao em petr4 do cliente123 | holding client=cliente123 asset=PETR4
a Ana tem banco do brasil? | holding client=cliente7 asset=BBAS3
cliente123 tem bitcoin? | holding client=cliente123 asset=BTC
quanto o cliente123 tem de tesouro ipca+ 2035 | holding client=cliente123 asset=TESOURO-IPCA-2035
quanto o Marco tem de vale | holding client=cliente77 asset=VALE3
quanto a Renata tem em porto | holding client=1042 asset=PSSA3
quanto o cliente123 ganhou com PETR4 | holding client=cliente123 asset=PETR4
prejuízo da Ana em magalu | holding client=cliente7 asset=MGLU3
a quanto o cliente123 pagou na PETR4 | holding client=cliente123 asset=PETR4
custo de itub4 do cliente123 | holding client=cliente123 asset=ITUB4
exposição do cliente123 em PETR4 | holding client=cliente123 asset=PETR4
quanto tem de vale 3 o cliente123 | holding client=cliente123 asset=VALE3
petr4 do cliente123 | holding client=cliente123 asset=PETR4
petr4 cliente123 hoje | holding client=cliente123 asset=PETR4 period=today
how much AAPL does Ana hold? | holding client=cliente7 asset=AAPL
what is cliente123's average price of petr4 | holding client=cliente123 asset=PETR4
how many shares of VALE3 does cliente456 have | holding client=cliente456 asset=VALE3
alocação por setor do cliente123 | allocation client=cliente123
alocação da Ana | allocation client=cliente7
como está dividida a carteira do cliente123? | allocation client=cliente123
composição da carteira do cliente456 por classe | allocation client=cliente456
exposição em dólar do cliente123 | allocation client=cliente123
exposição por moeda da Ana Souza | allocation client=cliente7
quanto o cliente123 tem em dólar? | allocation client=cliente123
quanto a Ana tem em renda fixa | allocation client=cliente7
quanto o cliente456 tem em ações | allocation client=cliente456
cliente123 por setor | allocation client=cliente123
qto a ana tem em fii | allocation client=cliente7
distribuicao da carteira do cliente123 por classe de ativo | allocation client=cliente123
a carteira da ana tá diversificada? | allocation client=cliente7
Ana's allocation by sector | allocation client=cliente7
currency exposure of cliente123 | allocation client=cliente123
volatilidade da carteira do cliente123 | risk client=cliente123
drawdown do cliente123 | risk client=cliente123
concentração da carteira da Ana | risk client=cliente7
qual o risco do cliente456 | risk client=cliente456
qual foi a maior queda da carteira do cliente123? | risk client=cliente123
drawdown da ana em 2025 | risk client=cliente7 period=2025
volatilidade 12 meses cliente123 | risk client=cliente123 period=12m
a carteira da Ana está muito concentrada? | risk client=cliente7
volatildade do cliente123 | risk client=cliente123
perda máxima do cliente456 desde o início | risk client=cliente456 period=inception
max drawdown of cliente123 | risk client=cliente123
`;

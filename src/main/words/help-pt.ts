import type { Help } from "./help.ts";
import { deliveryHelpPt } from "./help-delivery-pt.ts";
import { marketHelpPt } from "./help-market-pt.ts";
import { peopleHelpPt } from "./help-people-pt.ts";
import { statementHelpPt } from "./help-statement-pt.ts";

const COMMON = `Opções de todos os comandos:
  --home PASTA   onde ficam as carteiras (ou CARTEIRA_HOME; padrão: .carteira)
  --lang pt|en   idioma (ou CARTEIRA_LANG; padrão: pt)
  -h, --help     esta ajuda`;

export const HELP_PT: Help = {
  all: `Carteira: do arquivo CSV do cliente à resposta certa.

Uso: npx carteira COMANDO [opções]

  ask      pergunta, como no chat
  ingest   carrega arquivos de clientes, operações, posições, preços e da B3
  uploads  lista os arquivos carregados
  undo     desfaz um envio
  rejected imprime as linhas recusadas de um envio, para corrigir
  explain  mostra as linhas e as contas por trás de uma posição
  statement  relatório de um cliente em PDF
  findings o que conferir nos dados: custódia, vendas sem posição, preços
  digest   o resumo do dia: patrimônio, clientes, ativos, proventos, vencimentos
  refresh  busca preços, índices e câmbio do que a carteira tem
  init     leva de uma pasta vazia à primeira carteira de verdade
  actions  desdobramentos e bonificações: lista, e confirma o que foi inferido
  serve    abre o chat neste computador (npm start)
  demo     gera uma carteira de demonstração
  doctor   confere se está tudo em ordem
  calendar pregões da B3 e dias úteis dos bancos
  instruments  os ativos: nomes, classes, moedas, apelidos
  people   quem pode perguntar no Slack e no Teams, e sobre quais clientes
  audit    quem perguntou o quê, sobre quem e quando
  schedules   o que é enviado por agendamento, e quando é o próximo
  deliveries  o que foi enviado, falhou ou ficou sem confirmação

Exemplos:
  npx carteira demo
  npx carteira ask "/carteira cliente123"
  npx carteira ingest clientes.csv precos.csv operacoes.csv --as admin
  npx carteira ask "quanto a Ana Souza rendeu no ano?" --as corretor1

${COMMON}

Saída: 0 respondido, 1 entrada ruim, 2 uso errado, 3 ainda não configurado.
Cada comando tem sua ajuda: npx carteira ask --help`,

  ask: `Pergunta, como no chat.

Uso: npx carteira ask "TEXTO" --as USUÁRIO [--at DATA] [--json]
                         [--out PASTA]

  --as USUÁRIO   corretor do arquivo de clientes, ou admin para todos.
                 Só na demonstração pode faltar: vale corretor1.
  --at DATA      responde como se fosse essa data: 2026-11-20 (fim do dia) ou
                 2026-11-20T15:30:00-03:00 (sem fuso, horário de Brasília)
  --json         imprime um objeto, com números como texto decimal; sai com 0
                 qualquer que seja o status
  --out PASTA    grava ali os arquivos da resposta, como um relatório

Exemplos:
  npx carteira ask "/carteira cliente123"
  npx carteira ask "/carteira cliente123 PETR4" --as corretor1 --json
  npx carteira ask "quem são meus maiores clientes?" --as corretor1
  npx carteira ask "carteira da Ana Souza" --as corretor1 --at 2026-06-30

${COMMON}`,

  ingest: `Carrega arquivos. O mesmo arquivo de novo não muda nada.

Uso: npx carteira ingest ARQUIVO… --as USUÁRIO [--client ID] [--kind TIPO]
                         [--replaces ENVIO] [--json]

  --as USUÁRIO      de quem são as operações: um corretor do arquivo de clientes,
                    ou admin para todos. Clientes, ativos e preços valem para todos.
  --client ID       o cliente de uma planilha da B3, que não diz de quem é
  --kind TIPO       quando os cabeçalhos não bastam para reconhecer o arquivo
  --replaces ENVIO  toma o lugar de um envio anterior (veja npx carteira uploads)
  --json            imprime um objeto com as contagens e as linhas recusadas

Exemplos:
  npx carteira ingest clientes.csv precos.csv operacoes.csv --as admin
  npx carteira ingest operacoes.csv --as corretor1 --json
  npx carteira ingest negociacao-2026.xlsx --as corretor1 --client cliente123
  npx carteira ingest operacoes-corrigido.csv --as corretor1 --replaces ENVIO

Sai com 1 quando um arquivo não abre ou não é promovido (mais de 20% de linhas ruins).

${COMMON}`,

  uploads: `Lista os arquivos carregados, o mais novo primeiro.

Uso: npx carteira uploads [--limit N] [--json]

  --limit N   quantos mostrar (padrão: 50)
  --json      imprime uma lista

Exemplos:
  npx carteira uploads
  npx carteira uploads --limit 500 --json

${COMMON}`,

  undo: `Desfaz um envio: suas linhas deixam de valer, e o envio que ele tinha
substituído volta a valer. O arquivo recebido continua guardado.

Uso: npx carteira undo ENVIO [--json]

Exemplos:
  npx carteira uploads
  npx carteira undo ENVIO

${COMMON}`,

  rejected: `Imprime as linhas recusadas de um envio como CSV, com o motivo de cada uma na última
coluna: corrija e envie de novo, o que já entrou não se repete.

Uso: npx carteira rejected ENVIO > recusadas.csv

Exemplos:
  npx carteira rejected 20261125-4b0cb600 > recusadas.csv

${COMMON}`,

  explain: `Mostra as linhas dos arquivos e as contas por trás de uma posição.

Uso: npx carteira explain CLIENTE ATIVO --as USUÁRIO [--at DATA]

  --as USUÁRIO   corretor do arquivo de clientes, ou admin para todos.
                 Só na demonstração pode faltar: vale corretor1.
  --at DATA      a posição nessa data, como em ask

Exemplos:
  npx carteira explain cliente123 PETR4
  npx carteira explain cliente123 PETR4 --as corretor1 --at 2025-12-31

${COMMON}`,

  findings: `Mostra o que conferir nos dados: custódia que difere, venda de mais do que há
em carteira, preço ou câmbio que falta. Nada é corrigido sem você.

Uso: npx carteira findings --as USUÁRIO [--client ID] [--json]

  --as USUÁRIO   corretor do arquivo de clientes, ou admin para todos.
                 Só na demonstração pode faltar: vale corretor1.
  --client ID    só os pontos desse cliente e do que ele tem em carteira
  --json         imprime todos, numa lista; sem ela, os 100 primeiros

Exemplos:
  npx carteira findings --as corretor1
  npx carteira findings --as corretor1 --client cliente123
  npx carteira findings --as admin --json

${COMMON}`,

  digest: `Mostra o resumo do dia dos seus clientes, ou de um deles: patrimônio e variação, contra CDI e
IBOV, quem e o que mais pesou em reais, alocação, proventos, vencimentos e o que conferir.

Uso: npx carteira digest --as USUÁRIO [--client ID] [--moment open|close]
                         [--at DATA] [--sections LISTA] [--out PASTA]

  --as USUÁRIO         corretor do arquivo de clientes, ou admin para todos.
                       Só na demonstração pode faltar: vale corretor1.
  --client ID          o resumo de um só cliente
  --moment open|close  open: o de antes do pregão, sobre o pregão anterior e o que importa hoje;
                       close: o de depois dele. Sem ela, o que couber na hora.
  --at DATA            o resumo dessa data, como em ask
  --sections LISTA     só estas partes, separadas por vírgula: returns, clients, assets,
                       allocation, income, maturities, alerts, data
  --out PASTA          grava também uma página (digest.html) e as figuras em PNG

Exemplos:
  npx carteira digest --as corretor1
  npx carteira digest --as corretor1 --moment open --at 2026-11-24
  npx carteira digest --as corretor1 --client cliente123 --out resumo

${COMMON}`,

  refresh: `Busca no Yahoo Finance e no Banco Central o que as carteiras têm: fechamentos,
cotações, câmbio, CDI, Selic, IPCA e os índices de comparação. Rodar de novo não
muda o que já está certo.

Uso: npx carteira refresh [--history DATA] [--json]

  --history DATA   busca desde essa data, e não só o que falta: 2023-01-02
  --json           imprime um objeto com o que respondeu e o que não respondeu

Com o chat aberto (npm start) isso já acontece sozinho: cotações a cada minuto no
pregão, fechamentos depois dele. Numa demonstração não há preços de verdade.

Exemplos:
  npx carteira refresh
  npx carteira refresh --history 2023-01-02

${COMMON}`,

  init: `Leva de uma pasta vazia à primeira carteira de verdade: clientes, arquivos, primeiros
preços e uma conferência. Pode ser rodado de novo: nada se repete.

Uso: npx carteira init [ARQUIVO…] [--offline] [--templates PASTA]

  ARQUIVO            clientes, operações, posições, ativos, preços; sem nenhum, pergunta
  --offline          não busca preços agora (depois: npx carteira refresh)
  --templates PASTA  grava modelos de clientes.csv e operacoes.csv e termina

Exemplos:
  npx carteira init --templates modelos
  npx carteira init modelos/clientes.csv modelos/operacoes.csv --home minha-carteira

${COMMON}`,

  actions: `Lista os eventos corporativos, e registra o que você decide de um deles.
Um desdobramento, grupamento ou bonificação confirmado muda a quantidade de todo cliente
que tem o ativo no começo desse dia e não traz o evento nas próprias operações. Um
inferido só ajusta os preços que a fonte reescreveu por ele; um recusado não faz nada.

Uso: npx carteira actions [--pending] [--json]
     npx carteira actions confirm ATIVO DATA [--type TIPO] [--cost R$] [--json]
     npx carteira actions reject ATIVO DATA [--type TIPO] [--json]

  --pending    só o que espera confirmação
  --type TIPO  quando há vários nesse dia: desdobramento, grupamento,
               bonificacao ou provento
  --cost R$    o custo que a empresa declara para cada ação nova de uma bonificação
  --json       imprime uma lista, ou o que foi registrado

Exemplos:
  npx carteira actions --pending
  npx carteira actions confirm ITUB4 18/03/2025 --cost 5,50
  npx carteira actions reject MGLU3 30/12/2025

Uma decisão é um envio como outro qualquer: npx carteira undo a desfaz.

${COMMON}`,

  serve: `Abre o chat neste computador. Na primeira vez, sem carteiras, gera a demonstração.

Uso: npx carteira serve [--port N]      (ou npm start)

  --port N   porta (ou PORT; padrão: 3000; 0 = qualquer uma livre)

Exemplos:
  npm start
  npx carteira serve --port 8080
  npx carteira serve --home /dados/carteira

${COMMON}`,

  demo: `Gera uma carteira de demonstração, com dados sintéticos, ou traz a que existe até hoje.
Não se mistura com carteiras reais.

Uso: npx carteira demo [--clients N]

  --clients N   quantos clientes (padrão: 60)

Exemplos:
  npx carteira demo
  npx carteira demo --clients 500 --home /tmp/demo
  npx carteira ask "/carteira cliente123"

${COMMON}`,

  doctor: `Confere se está tudo em ordem: ✓ certo, ! aviso, ✗ problema.

Uso: npx carteira doctor [--deep]

  --deep   lê os arquivos publicados e confere o sha256 de cada um

Exemplos:
  npx carteira doctor
  npx carteira doctor --deep --home /dados/carteira

Saída: 0 nada quebrado, 1 algo quebrado, 3 ainda não configurado.

${COMMON}`,

  ...marketHelpPt(COMMON),
  ...statementHelpPt(COMMON),
  ...peopleHelpPt(COMMON),
  ...deliveryHelpPt(COMMON),
};

import type { Help } from "./help.ts";

/** The help of the commands about people and the audit, in Portuguese. */
export const peopleHelpPt = (common: string): Pick<Help, "people" | "audit"> => ({
  people: `Diz quem pode perguntar pelo Slack e pelo Teams, e sobre os clientes de quem.
Ninguém entra sem estar aqui.

Uso: npx carteira people add PESSOA --name NOME --role PAPEL [--broker CORRETOR]…
                             [--lang pt|en] [--update]
     npx carteira people list [--json]
     npx carteira people link PESSOA USUÁRIO
     npx carteira people unlink USUÁRIO
     npx carteira people remove PESSOA
     npx carteira people import ARQUIVO.csv

  PESSOA            um código à sua escolha, como ana.souza
  --role PAPEL      corretor (um código ou mais), gestor (os corretores de uma equipe)
                    ou admin (todos os clientes; carrega clientes, ativos e preços)
  --broker CORRETOR como está na coluna corretor do arquivo de clientes; pode repetir
  --lang pt|en      o idioma das respostas a essa pessoa; sem ela, o da pergunta
  --update          substitui o cadastro de quem já existe
  USUÁRIO           slack:EQUIPE:MEMBRO ou teams:LOCATÁRIO:OBJETO

Onde achar o usuário:
  Slack   MEMBRO: no perfil da pessoa, ⋮ > "Copiar ID do membro" (U045EF6GH).
          EQUIPE: abra o Slack no navegador; é o T… do endereço
          app.slack.com/client/T012AB3CD/…
  Teams   no centro de administração do Microsoft Entra: LOCATÁRIO é o "ID do
          locatário" da visão geral; OBJETO é o "ID do objeto" do usuário.
  Quem tentou e não entrou aparece com o seu usuário em npx carteira audit.

O arquivo de import: pessoa;nome;papel;corretores;idioma;slack;teams, com vários
corretores ou usuários separados por |. Uma célula de slack ou teams preenchida vale
por todos os vínculos da pessoa nesse canal; em branco, ficam os que há. Quem não está
no arquivo fica como está. Com uma linha ruim nada é aplicado.

Quem é removido perde o acesso na hora e continua no registro de auditoria.

Exemplos:
  npx carteira people add ana.souza --name "Ana Souza" --role corretor --broker corretor1
  npx carteira people link ana.souza slack:T012AB3CD:U045EF6GH
  npx carteira people add rui --name "Rui Lima" --role gestor --broker corretor1 --broker corretor2
  npx carteira people import pessoas.csv
  npx carteira people remove ana.souza

${common}`,

  audit: `Mostra quem perguntou o quê, sobre qual cliente, quando e de onde, o mais novo
primeiro. Não guarda valores, nem o texto de perguntas e respostas.

Uso: npx carteira audit [--who QUEM] [--client ID] [--since DATA] [--limit N] [--json]

  --who QUEM     uma pessoa, um usuário de canal, um corretor ou admin
  --client ID    só sobre esse cliente
  --since DATA   desde o começo desse dia, no horário de Brasília
  --limit N      quantos mostrar (padrão: 50)
  --json         imprime uma lista, com instantes em UTC e o lugar da conversa

Exemplos:
  npx carteira audit
  npx carteira audit --who ana.souza --since 2026-11-01
  npx carteira audit --client cliente123 --json

${common}`,
});

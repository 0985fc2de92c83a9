/** Words that carry no question of their own, folded. They are never taken for a client's name by accident. */
export const PORTUGUESE_WORDS = `
  o os as um uma uns umas de da do das dos d em no na nas nos num numa ao aos pra pro pras pros para por pelo pela pelos
  pelas com sem sob sobre ate entre desde que q qual quais quanto quanta quantos qto qnt qtos quando onde como cmo
  porque pq e ou mas nem ja ainda so somente apenas tambem tb tbm muito mto mt agora agorinha atual atualmente atuais
  mim te lhe nos eu tu vc vcs voce voces ce meu minha meus minhas seu sua seus suas nosso nossa nossos nossas este
  esta estes estas esse essa esses essas isso isto aquele aquela aquilo neste nesta nesse nessa deste desta desse
  dessa la ai aqui ali ser sou es eh sao era foi foram fui sera seria estou to ta tah estao tao estava tava ta
  ter ha houve vai vao vou ir indo andando anda fica ficou ficar faz fazer fez feito pode podia poderia consegue
  quero queria gostaria preciso precisava saber ver veja vejo olha olhar mostra mostre mostrar mostrame exibe exiba
  manda mande mandar envia envie enviar traz traga passa passe diz diga fala fale falar conta conte dar lista liste
  listar listagem abre abra abrir puxa puxe puxar busca busque buscar procura pesquisa calcula calcule acha informa
  informe favor pf pfv pfvr porfa gentileza entao assim bem mal certo ok okay beleza blz ne tipo mesmo mesma outro
  outra outros outras todo toda todos todas tudo cada qualquer algum alguma alguns algumas nenhum nada cerca mais
  menos reais real rs brl mil milhao acham milhoes mi k ponto pontos pct porcento percentual percentuais porcentagem
  numero valor valores montante rapido rapidinho rapidao urgente detalhe detalhes detalhado detalhada completo
  completa ultimo ultima ultimos ultimas primeiro primeira primeiros primeiras maior maiores menor menores principais
  principal sr sra srta dr dra dona seu senhor senhora titular chamado chamada nome codigo id corrente contas acumulado
  periodo prazo data hora horas minuto minutos manha tarde noite dia dias semana semanas mes meses ano anos trimestre
  semestre hoje ontem amanha hj chegar chegou atingir bater bateu der dar tiver estiver for quiser dinheiro grana
  galera pessoal gente bot robo carteirinha relacao parte pedaco peso dado dados informacao informacoes grafico tabela
  investido aplicado mercado pregao aberto fechado feitas feita feito realizadas realizados vez vezes deu
  contra junto dentro fora perto longe depois antes durante apos via segundo conforme eita puts cara mano amigo
  ativos ativas aqui p c n s nao sim compra venda lado hein viu poxa ora taxa taxas custos pagas pagos total
  caixa pesos chefe doutor doutora meo bora vamos cade kd kkk rsrs haha dele recebe recebendo cliente cli ticker`;

export const ENGLISH_WORDS = `
  the a an of for in on at to from by with and or is are was were be been being am do does did has had i me my mine
  you your he she it its they them their our us we what whats which who whose how much many where why show give tell
  get see want need can could would please pls this that these those all any some more most less least than if about
  right now current currently so far just only also there here let lets make look list send today yesterday week month
  months year years day days quarter last past ago since until till between during every each value worth total
  money latest recent biggest largest smallest main first ones one named called name mr mrs ms dr percent percentage
  doing going looking like happened happening client customer s t re ve ll im id as into over per between vs market
  hows wheres gimme wanna got still was went come came ytd mtd wtd`;

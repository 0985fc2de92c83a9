import { labelOf } from "../../src/messages/words.ts";

/** What is said about deliveries, to whoever runs the service. */

const PT = {
  kinds: { digest: "resumo", alert: "alerta", statement: "relatório", notice: "aviso de falhas" },
  states: {
    planned: "planejado",
    claimed: "em preparo",
    sending: "saindo",
    unknown: "sem confirmação",
    confirmed: "entregue",
    failed: "falhou",
    skipped: "não enviado",
  },
  reasons: {
    superseded: "já havia outro mais novo",
    too_late: "o horário passou",
    removed: "foi cancelado",
    paused: "estava em pausa",
    reassigned: "passou para outra pessoa",
    access_gone: "a pessoa não tem mais acesso",
    nothing_published: "ainda não há dados publicados",
    nothing_to_say: "não havia novidade",
    no_composer: "esta versão não sabe montar",
    empty: "não havia o que enviar",
    nothing_left: "não havia mais o que avisar",
    nowhere: "a pessoa não tem usuário em nenhum canal",
    not_composed: "não consegui montar",
    gave_up: "tentei vezes demais",
    retry_later: "o canal pediu para esperar",
    channel_held: "o canal pediu para esperar",
    channel_busy: "o canal está cheio",
    stopped: "o serviço parou",
    worker_lost: "o serviço parou no meio do envio",
    timed_out: "o canal não respondeu a tempo",
    threw: "o canal respondeu algo inesperado",
    cannot_look: "o canal não diz se chegou",
    absent: "o canal diz que não chegou",
    found: "o canal diz que chegou",
    resent: "foi reenviado",
  },
  notice: {
    headline: (count: number): string =>
      count === 1 ? "1 envio não chegou ao fim." : `${count} envios não chegaram ao fim.`,
    columns: ["envio", "tipo", "de quem", "o que houve"],
    hint: "Veja com `npx carteira deliveries --failed`; `npx carteira deliveries --resend ENVIO` envia de novo a essa pessoa.",
  },
};

const EN: typeof PT = {
  kinds: { digest: "digest", alert: "alert", statement: "report", notice: "notice of failures" },
  states: {
    planned: "planned",
    claimed: "being made",
    sending: "leaving",
    unknown: "not confirmed",
    confirmed: "delivered",
    failed: "failed",
    skipped: "not sent",
  },
  reasons: {
    superseded: "there was a newer one",
    too_late: "its time had passed",
    removed: "it was cancelled",
    paused: "it was paused",
    reassigned: "it went to somebody else",
    access_gone: "the person has no access any more",
    nothing_published: "nothing is published yet",
    nothing_to_say: "there was nothing new",
    no_composer: "this version cannot make it",
    empty: "there was nothing to send",
    nothing_left: "there was nothing left to tell",
    nowhere: "the person has no user in any channel",
    not_composed: "it could not be made",
    gave_up: "it was tried too often",
    retry_later: "the channel asked to wait",
    channel_held: "the channel asked to wait",
    channel_busy: "the channel is full",
    stopped: "the service stopped",
    worker_lost: "the service stopped in the middle of sending",
    timed_out: "the channel did not answer in time",
    threw: "the channel answered something unexpected",
    cannot_look: "the channel does not say whether it arrived",
    absent: "the channel says that it did not arrive",
    found: "the channel says that it arrived",
    resent: "it was sent again",
  },
  notice: {
    headline: (count) =>
      count === 1 ? "1 delivery did not get through." : `${count} deliveries did not get through.`,
    columns: ["delivery", "kind", "of whom", "what happened"],
    hint: "See `npx carteira deliveries --failed`; `npx carteira deliveries --resend DELIVERY` sends it to that person again.",
  },
};

export function deliveryWords(language: "pt" | "en") {
  const words = language === "en" ? EN : PT;
  return {
    notice: words.notice,
    kind: (code: string) => labelOf(words.kinds, code),
    state: (code: string) => labelOf(words.states, code),
    /** A channel's own reason stands as it is. */
    reason: (code: string) => labelOf(words.reasons, code),
  };
}

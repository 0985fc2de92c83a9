import type { Language } from "../questions/question.ts";
import type { FormBlock, FormField, Message } from "./message.ts";
import { clientEmphasis, clientTitle, messageOf, penOf, textBlock } from "./page.ts";
import { presentNotFound } from "./present/not-found.ts";

interface ClientName {
  readonly id: string;
  readonly name: string;
}

/** More clients than a list of choices holds are typed. */
const CHOICES_MAX = 100;

/** Whose the next file is, and until when (an ISO instant) that holds. */
export function presentImportTold(client: ClientName, until: string, language: Language): Message {
  const { words, format } = penOf(language);
  const { importing } = words;
  const named = { client: client.id, clientName: client.name };
  return messageOf(
    {
      headline: importing.told(clientTitle(named), format.moment(until)),
      emphasis: [clientEmphasis(named)],
      blocks: [
        textBlock(importing.hint),
        { kind: "buttons", buttons: [{ label: importing.cancel, command: importing.cancelCommand }] },
      ],
    },
    [],
  );
}

/** Asks whose the next file is. */
export function presentImportWhich(clients: readonly ClientName[], language: Language): Message {
  const { importing } = penOf(language).words;
  if (clients.length === 0) return messageOf({ headline: importing.noClients, blocks: [] }, []);
  return messageOf(
    { headline: importing.which, blocks: [textBlock(importing.whichHint), formOf(clients, language)] },
    [],
  );
}

/** A client that is unknown or another broker's, word for word as after a question. */
export function presentImportNotFound(language: Language): Message {
  return messageOf(presentNotFound(penOf(language)), []);
}

export function presentImportCancelled(language: Language): Message {
  return messageOf({ headline: penOf(language).words.importing.cancelled, blocks: [] }, []);
}

/** Where this is said no files are taken. */
export function presentImportNotHere(language: Language): Message {
  const { importing } = penOf(language).words;
  return messageOf({ headline: importing.notHere, blocks: [textBlock(importing.notHereHint)] }, []);
}

function formOf(clients: readonly ClientName[], language: Language): FormBlock {
  const { importing } = penOf(language).words;
  const { form } = importing;
  const options = clients.map(({ id, name }) => ({
    label: clientTitle({ client: id, clientName: name }),
    value: id,
  }));
  const field = { id: "client", label: form.field };
  const input: FormField =
    options.length > CHOICES_MAX
      ? { ...field, kind: "text", example: "cliente123" }
      : { ...field, kind: "choice", options };
  return {
    kind: "form",
    open: { label: form.open, command: form.command("").trim() },
    title: form.title,
    fields: [input],
    submit: { label: form.submit, command: form.command("{client}") },
  };
}

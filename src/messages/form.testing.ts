import type { FormBlock } from "./message.ts";

/** A form with a field of each kind. */
export const sampleForm: FormBlock = {
  kind: "form",
  open: { label: "Agendar resumo", command: "resumo" },
  title: "Resumo diário por mensagem",
  fields: [
    { id: "time", label: "Horário", kind: "time", value: "08:30" },
    {
      id: "days",
      label: "Dias",
      kind: "choice",
      options: [
        { label: "Dias de pregão", value: "sessions" },
        { label: "Segunda a sexta", value: "weekdays" },
      ],
      value: "sessions",
    },
    { id: "name", label: "Nome", kind: "text", example: "manhã" },
  ],
  submit: { label: "Agendar", command: "resumo às {time} {days} {name}" },
};

import type { ptOrders } from "./pt-orders.ts";

/** English words of what is told rather than asked, and of what is asked about the service itself. */
export const enOrders: typeof ptOrders = {
  upkeep: {
    command: "what is stale?",
    label: "What to check",
    fine: "All in order: prices are up to date and there is nothing to check.",
    stale: (count, several) => `${count} ${several ? "prices are" : "price is"} out of date`,
    staleTitle: "Prices",
    findingsTitle: "To check",
    priceOf: "price of",
    state: "state",
    reasons: {
      old: "out of date",
      late: "the source is silent",
      missing: "no price: load a prices file",
      operation_price: "only the last trade's own price",
    },
    look: "what to check",
  },

  uploads: {
    command: "latest files",
    label: "Latest files",
    none: "No file has been sent yet.",
    hint: "Drop a .csv or .xlsx in the conversation to load trades, positions or clients.",
    headline: (count, several) => (several ? `Latest ${count} files` : "Latest file"),
    newest: (file, status) => `the newest, ${file}, ${status}`,
    file: "file",
    when: "when",
    loaded: "loaded",
    rejected: "rejected",
    state: "state",
    sender: "who",
    you: "you",
    states: {
      received: "being processed",
      active: "loaded",
      repeated: "was loaded already",
      not_promoted: "not loaded",
      replaced: "replaced by another",
      undone: "taken back",
      failed: "failed",
    },
  },

  settings: {
    command: "settings",
    label: "Settings",
    headline: "Your settings.",
    language: "Language",
    languages: { pt: "Portuguese", en: "English" },
    ofQuestion: "that of each question",
    languageCommand: "language",
    languageForm: {
      open: "Change language",
      title: "Language of answers",
      field: "Language",
      submit: "Save",
      command: (value) => `language ${value}`,
      values: { pt: "portuguese", en: "english" },
    },
    languageSet: "Done: I answer in English from now on.",
    languageNow: (language) => `Language of answers: ${language}.`,
    languageUnknown: "I do not speak that language. Choose Portuguese or English.",
    languageLocal: "The language is not kept here.",
    languageLocalHint:
      "It is kept for those who use Slack or Teams. On this page, change it with the button at the top; in a terminal, with --lang.",
  },

  dashboard: {
    command: "dashboard",
    headline: "Dashboard of your clients' portfolios.",
    hint: "It opens in the browser and asks for your QuickSight user.",
    open: "Open the dashboard",
    none: "No dashboard is set up here.",
    noneHint:
      "Whoever runs Carteira sets the dashboard's address in CARTEIRA_DASHBOARD_URL. Meanwhile, ask “aum”.",
  },

  importing: {
    told: (client, until) => `The next file that you send here until ${until} is of ${client}.`,
    hint: "It holds for one file, even if that is refused.",
    cancel: "Cancel",
    cancelCommand: "cancel import",
    cancelled: "All right: the next file is marked for no client.",
    notHere: "I take no files here.",
    notHereHint: "Say this in the direct conversation where you will send the file.",
    which: "Whose is the next file?",
    whichHint: "For B3's statements, which do not say whose they are. Say, for example, “import cliente123”.",
    noClients: "You have no clients in the book yet.",
    form: {
      open: "Choose client",
      title: "Import a file",
      field: "Client",
      submit: "Continue",
      command: (value) => `import ${value}`,
    },
  },
};

/* lists_claim.c: words and labels of the code lists of claims. */
#include <stddef.h>

#include "domain/claim.h"

#define CD_END { 0, NULL, NULL }

const cd_token_t cd_claim_schemes[] = {
    { CD_SCHEME_CNST, "CNST", "Clinical Negligence Scheme for Trusts" },
    { CD_SCHEME_EX_RHAS, "EX_RHAS", "Former regional health authorities" },
    { CD_SCHEME_ELS, "ELS", "Existing Liabilities Scheme" },
    { CD_SCHEME_DHSC, "DHSC", "Department of Health and Social Care, clinical" },
    { CD_SCHEME_CNSGP, "CNSGP", "Clinical Negligence Scheme for General Practice" },
    { CD_SCHEME_ELSGP, "ELSGP", "Existing Liabilities Scheme for General Practice" },
    { CD_SCHEME_CNSC, "CNSC", "Clinical Negligence Scheme for Coronavirus" },
    CD_END
};

const cd_token_t cd_claim_statuses[] = {
    { CD_CLAIM_NOTIFIED, "NOTIFIED", "Notified" },
    { CD_CLAIM_LETTER_OF_CLAIM, "LETTER_OF_CLAIM", "Letter of claim received" },
    { CD_CLAIM_INVESTIGATING, "INVESTIGATING", "Being looked into" },
    { CD_CLAIM_RESPONDED, "RESPONDED", "Letter of response sent" },
    { CD_CLAIM_NEGOTIATING, "NEGOTIATING", "Negotiating" },
    { CD_CLAIM_LITIGATED, "LITIGATED", "Court proceedings" },
    { CD_CLAIM_SETTLED_DAMAGES, "SETTLED_DAMAGES", "Settled with damages" },
    { CD_CLAIM_CLOSED_NIL, "CLOSED_NIL", "Closed without damages" },
    { CD_CLAIM_REOPENED, "REOPENED", "Opened again" },
    CD_END
};

const cd_token_t cd_payment_kinds[] = {
    { CD_PAY_DAMAGES_LUMP, "DAMAGES_LUMP", "Damages, lump sum" },
    { CD_PAY_DAMAGES_INTERIM, "DAMAGES_INTERIM", "Damages, interim payment" },
    { CD_PAY_PPO_INSTALMENT, "PPO_INSTALMENT", "Damages, periodical payment" },
    { CD_PAY_PPO_CAPITALISED, "PPO_CAPITALISED",
      "Capital value of periodical payments (memo, no payment)" },
    { CD_PAY_CLAIMANT_COSTS, "CLAIMANT_COSTS", "Claimant’s legal costs" },
    { CD_PAY_DEFENCE_COSTS, "DEFENCE_COSTS", "Defence costs" },
    { CD_PAY_CRU, "CRU", "Benefits repaid to the state" },
    CD_END
};

const cd_token_t cd_payee_classes[] = {
    { CD_PAYEE_CLAIMANT, "CLAIMANT", "The claimant" },
    { CD_PAYEE_CLAIMANT_SOLICITOR, "CLAIMANT_SOLICITOR", "The claimant’s solicitor" },
    { CD_PAYEE_PANEL_SOLICITOR, "PANEL_SOLICITOR", "Our panel solicitor" },
    { CD_PAYEE_COURT, "COURT", "The court" },
    { CD_PAYEE_OTHER, "OTHER", "Someone else" },
    CD_END
};

/* generate.c: candour cases and claims by the hundred thousand, as files for LOAD DATA.
 *
 *   generate KEYFILE ORGS USERS FOLDER CASES CLAIMS
 *
 * ORGS: lines "id TAB code TAB name"; USERS: lines "id TAB organisation's id (0: none)": the first
 * of an organisation makes its records, the first without one makes the claims. What is said in
 * them depends on the number of the case alone, so each run says the same. Keys, nonces and seals
 * are random, as they must be. Everything that is sealed, fingerprinted or linked is done by the
 * program's own functions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "app/claim_core.h"
#include "app/core.h"
#include "base/text.h"
#include "bulk.h"

#define ORGS_MAX 400
#define RECORDS_MAX 16
#define FIRST_YEAR 2021
#define YEARS 5
#define DAY_US (APR_INT64_C(86400) * 1000000)
#define DAY_OF_1970 719163

typedef struct maker_t {
    store_conn_t *conn;
    cd_org_t orgs[ORGS_MAX];
    cd_user_id users[ORGS_MAX], handler;
    int org_count;
    int cases, claims;
    cd_date_t today;
    apr_pool_t *pool;
} maker_t;

/* One file while it is made. */
typedef struct file_t {
    cd_record_t records[RECORDS_MAX];
    int actions[RECORDS_MAX];
    int count;
    store_head_t head;
    cd_user_id user;
    apr_uint64_t dice;
    apr_pool_t *pool;
} file_t;

/* ---- chance that is the same each time (splitmix64) ---------------------- */

static apr_uint64_t next(apr_uint64_t *state)
{
    apr_uint64_t z = (*state += APR_UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * APR_UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * APR_UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int roll(file_t *file, int sides)
{
    return (int)(next(&file->dice) % (apr_uint64_t)sides);
}

#define PICK(file_, list_) (list_)[roll((file_), (int)(sizeof(list_) / sizeof((list_)[0])))]

/* ---- words --------------------------------------------------------------- */

static const char *const givens[] = { "Ada",  "Ben",   "Cora",  "Dev",  "Elin", "Farah", "Glen",
                                      "Hana", "Idris", "June",  "Kofi", "Lena", "Mo",    "Nia",
                                      "Omar", "Priya", "Quinn", "Rosa", "Sam",  "Tess" };
static const char *const families[] = { "Abara",  "Birch",   "Clay",   "Dunmore", "Eze",
                                        "Farrow", "Greaves", "Holt",   "Iqbal",   "Jarvis",
                                        "Kaur",   "Lomax",   "Mensah", "Novak",   "Orme",
                                        "Patel",  "Quaye",   "Rudd",   "Swann",   "Tully" };
static const char *const services[] = { "General surgery",
                                        "Maternity",
                                        "Emergency department",
                                        "Oncology",
                                        "Care of older people",
                                        "Orthopaedics",
                                        "Pharmacy",
                                        "Radiology" };
static const char *const places[] = { "Main theatres", "Ward 4",   "Ward 11",
                                      "Labour ward",   "Day unit", "Outpatients",
                                      "Intensive care" };
static const char *const events[] = { "Retained swab after surgery", "Late diagnosis of sepsis",
    "Fall on the ward with a fracture", "Ten times the dose was given",
    "Scan result was not acted on",
    "Wrong site block before surgery", "Delay in calling for help in labour",
    "Pressure ulcer of grade 4" };
static const char *const clauses[] = {
    "The count at the end of the list was recorded as complete.",
    "The observations were taken each hour and the score was not escalated.",
    "The prescription was changed on the ward round and the old chart stayed in use.",
    "The report was sent to a clinician who had left the trust.",
    "The patient was seen again nine days later with pain and a temperature.",
    "The handover between the teams did not name who would follow the result up.",
    "The family told the nurse in charge that something was not right.",
    "The second check was made by the same person as the first.",
    "A further operation was needed, and the stay was longer by eleven days." };

static const char *say(file_t *file, int sentences)
{
    const char *text = PICK(file, clauses);

    while (--sentences > 0)
        text = apr_pstrcat(file->pool, text, " ", PICK(file, clauses), NULL);
    return text;
}

static const char *person(file_t *file)
{
    return apr_pstrcat(file->pool, PICK(file, givens), " ", PICK(file, families), NULL);
}

/* A number of the range that is kept for tests (999), with its check digit. */
static const char *nhs_number(file_t *file)
{
    for (;;) {
        int digits = 999000000 + roll(file, 1000000), rest = digits, sum = 0, weight, check;

        for (weight = 2; weight <= 10; weight++, rest /= 10)
            sum += weight * (rest % 10);
        check = 11 - sum % 11;
        if (check != 10)
            return apr_psprintf(file->pool, "%d%d", digits, check == 11 ? 0 : check);
    }
}

/* ---- records ------------------------------------------------------------- */

static cd_instant_t at_noon(cd_date_t day)
{
    return (day - DAY_OF_1970) * DAY_US + DAY_US / 2;
}

/* `body` is kept, so it must be of the file's pool. */
static void add(file_t *file, cd_record_kind_t kind, const void *body, cd_date_t recorded_on)
{
    const cd_record_def_t *def = cd_record_def(kind);
    cd_record_t *record = &file->records[file->count];

    memset(record, 0, sizeof(*record));
    record->seq = file->count + 1;
    record->kind = kind;
    record->happened = cd_body_happened(def, body);
    record->recorded_at = at_noon(recorded_on) + record->seq * APR_INT64_C(60000000);
    record->recorded_by = file->user;
    record->role = def->file == CD_FILE_CLAIM ? CD_ROLE_HANDLER : CD_ROLE_TRUST_LEGAL;
    record->body = body;
    file->actions[file->count] = app_record_action(record);
    file->count++;
}

#define BODY(file_, type_) ((type_ *)apr_pcalloc((file_)->pool, sizeof(type_)))

static void add_incident(file_t *file, cd_date_t reported)
{
    cd_incident_t *incident = BODY(file, cd_incident_t);
    cd_patient_t *patient = BODY(file, cd_patient_t);

    incident->title = PICK(file, events);
    incident->occurred = cd_when_day(reported - roll(file, 6));
    incident->reported_on = reported;
    incident->local_ref = apr_psprintf(file->pool, "W%06d", roll(file, 1000000));
    incident->service = PICK(file, services);
    incident->location = PICK(file, places);
    incident->description = say(file, 3);
    incident->facts =
        apr_pstrcat(file->pool, say(file, 1), "\n", say(file, 1), "\n", say(file, 1), NULL);
    incident->not_known = say(file, 1);
    incident->regulated_activity = incident->unintended = CD_YES;
    add(file, CD_REC_INCIDENT, incident, reported + 1);
    file->actions[0] = CD_ACT_CASE_CREATED;
    patient->name = person(file);
    patient->nhs_number = nhs_number(file);
    patient->born_on = cd_date_make(1930 + roll(file, 80), 1 + roll(file, 12), 1 + roll(file, 28));
    add(file, CD_REC_PATIENT, patient, reported + 1);
}

static void add_decision(file_t *file, cd_date_t reported)
{
    static const int outcomes[] = { CD_OUTCOME_SEVERE, CD_OUTCOME_MODERATE,
                                    CD_OUTCOME_PROLONGED_PAIN };
    cd_grading_t *grading = BODY(file, cd_grading_t);
    cd_opinion_t *opinion = BODY(file, cd_opinion_t);
    cd_opening_t *opening = BODY(file, cd_opening_t);

    grading->graded = cd_when_day(reported + 1);
    grading->physical = CD_HARM_MODERATE + roll(file, 2);
    grading->outcome = PICK(file, outcomes);
    grading->certainty = CD_CERTAINTY_ACTUAL;
    grading->graded_by = person(file);
    grading->profession = CD_PROF_NURSE;
    grading->reason = say(file, 1);
    add(file, CD_REC_GRADING, grading, reported + 1);
    opinion->given = cd_when_day(reported + 2);
    opinion->opinion = CD_OPINION_NOTIFIABLE;
    opinion->given_by = apr_pstrcat(file->pool, person(file), ", consultant", NULL);
    opinion->profession = CD_PROF_DOCTOR;
    opinion->was_involved = CD_NO;
    opinion->reasons = say(file, 2);
    add(file, CD_REC_OPINION, opinion, reported + 2);
    opening->aware = cd_when_day(reported + 2);
    opening->lead = person(file);
    opening->contact_point = person(file);
    add(file, CD_REC_OPENING, opening, reported + 3);
}

static void add_talk(file_t *file, cd_date_t told)
{
    cd_talk_t *talk = BODY(file, cd_talk_t);

    talk->told = cd_when_day(told);
    talk->at = 1 + 9 * 60 + roll(file, 480);
    talk->mode = CD_MODE_FACE_TO_FACE;
    talk->who_told = apr_pstrcat(file->pool, "The patient, with ", person(file), NULL);
    talk->spoke_name = person(file);
    talk->spoke_role = "Consultant";
    talk->facts_given = talk->enquiries_told = talk->apology_given = CD_YES;
    talk->facts_words = say(file, 2);
    talk->not_known = say(file, 1);
    talk->enquiries = "After-action review";
    talk->apology_words = "We are very sorry that this happened to you while you were in our care.";
    talk->support = 1u << CD_SUPPORT_NAMED_CONTACT;
    talk->noted_on = told + 1;
    talk->incident_seq = 1;
    add(file, CD_REC_TALK, talk, told + 1);
}

/* Five disclosures: an attempt, the talk, the letter, a meeting, the results. */
static void add_disclosures(file_t *file, cd_date_t reported)
{
    cd_attempt_t *attempt = BODY(file, cd_attempt_t);
    cd_letter_t *letter = BODY(file, cd_letter_t);
    cd_meeting_t *meeting = BODY(file, cd_meeting_t);
    cd_results_t *results = BODY(file, cd_results_t);
    cd_date_t told = reported + 4 + roll(file, 12), sent = told + 3 + roll(file, 14);

    attempt->tried = cd_when_day(told - 1);
    attempt->mode = CD_MODE_TELEPHONE;
    attempt->tried_by = person(file);
    attempt->outcome = CD_ATTEMPT_REACHED;
    attempt->note = "Agreed to meet on the ward.";
    add(file, CD_REC_ATTEMPT, attempt, told);
    add_talk(file, told);
    letter->dated = cd_when_day(sent - 1);
    letter->sent = cd_when_day(sent);
    letter->proof = "Signed for at the post room, slip in the file";
    letter->account_given = letter->enquiries_given = letter->apology_given = CD_YES;
    letter->copy_kept = "Patient safety folder";
    add(file, CD_REC_LETTER, letter, sent + 1);
    meeting->step = CD_MEETING_HELD;
    meeting->held = cd_when_day(sent + 20);
    meeting->mode = CD_MODE_FACE_TO_FACE;
    meeting->present = apr_pstrcat(file->pool, person(file), " and ", person(file), NULL);
    meeting->note = say(file, 2);
    add(file, CD_REC_MEETING, meeting, sent + 21);
    results->sent = cd_when_day(sent + 80);
    results->proof = "Recorded delivery";
    results->apology_given = CD_YES;
    results->copy_kept = "Patient safety folder";
    results->note = say(file, 1);
    add(file, CD_REC_RESULTS, results, sent + 81);
}

/* ---- writing one file, as the use cases do ------------------------------- */

/* Creation writes the first `born` records at once; each later one is a write of its own. */
static cd_err_t *link_entries(store_entry_t *entries, file_t *file, int born)
{
    store_head_t *head = &file->head;
    unsigned char last[32] = { 0 };
    const char *bytes;
    apr_size_t len;
    int i;

    for (i = 0; i < file->count; i++) {
        store_entry_t *entry = &entries[i];
        const cd_record_t *record = &file->records[i];

        memset(entry, 0, sizeof(*entry));
        entry->chain = head->kind;
        entry->chain_id = head->id;
        entry->at = record->recorded_at;
        entry->actor = record->recorded_by;
        entry->role = record->role;
        entry->action = file->actions[i];
        entry->version_before = i < born ? 0 : i - born + 1;
        entry->version_after = entry->version_before + 1;
        entry->object = apr_psprintf(file->pool, "record %d", record->seq);
        entry->answer = apr_psprintf(file->pool, "%s#%d", head->reference, record->seq);
        CD_ERR(store_record_payload(&bytes, &len, head, record, file->pool));
        store_commitment(entry->commitment, &head->key, bytes, len);
        audit_link(entry, i, last, file->pool);
        memcpy(last, entry->hash, sizeof(last));
    }
    return NULL;
}

static cd_err_t *write_file(maker_t *maker, file_t *file, int year, int born, const char *nhs)
{
    store_head_t *head = &file->head;
    store_head_change_t change = { 0 };
    store_entry_t entries[RECORDS_MAX];
    const char *payload;
    apr_size_t len;
    int i;

    CD_ERR(store_head_insert(head, year, nhs, maker->conn, file->pool));
    CD_ERR(link_entries(entries, file, born));
    change.version = file->count - born;
    change.last_seq = change.audit_seq = file->count;
    memcpy(change.audit_head, entries[file->count - 1].hash, sizeof(change.audit_head));
    change.at = file->records[file->count - 1].recorded_at;
    change.head = head;
    CD_ERR(store_head_change(head, &change, maker->conn, file->pool));
    for (i = 0; i < file->count; i++) {
        CD_ERR(
            store_record_insert(&payload, &len, head, &file->records[i], maker->conn, file->pool));
        if (file->records[i].kind == CD_REC_PARTIES)
            CD_ERR(store_parties_insert(head, file->records[i].seq, file->records[i].body,
                                        maker->conn, file->pool));
        CD_ERR(store_entry_insert(&entries[i], maker->conn, file->pool));
    }
    return NULL;
}

/* ---- cases --------------------------------------------------------------- */

/* Every fifth case is of the first organisation, every tenth of the second; the rest is spread. */
static int org_of_case(const maker_t *maker, int index)
{
    if (index % 5 == 0 || maker->org_count < 3)
        return 0;
    return index % 10 == 1 ? 1 : 2 + index % (maker->org_count - 2);
}

static void year_of_case(int *year, int *number, const maker_t *maker, int index)
{
    int a_year = (maker->cases + YEARS - 1) / YEARS;

    *year = FIRST_YEAR + index / a_year;
    *number = index % a_year + 1;
}

static cd_err_t *make_case(maker_t *maker, int index, apr_pool_t *pool)
{
    file_t *file = apr_pcalloc(pool, sizeof(*file));
    const cd_org_t *org = &maker->orgs[org_of_case(maker, index)];
    int year, number, a_year = (maker->cases + YEARS - 1) / YEARS;
    cd_date_t reported;

    year_of_case(&year, &number, maker, index);
    reported = cd_date_make(year, 1, 1) + (cd_date_t)((apr_int64_t)(number - 1) * 360 / a_year);
    file->pool = pool;
    file->dice = (apr_uint64_t)index * 977 + 1;
    file->user = maker->users[org - maker->orgs];
    add_incident(file, reported);
    add_decision(file, reported);
    add_disclosures(file, reported);
    if (index % 7 == 3) {
        cd_closure_t *closure = BODY(file, cd_closure_t);

        closure->closed = cd_when_day(reported + 130);
        closure->reason = CD_CLOSED_DUTY_DONE;
        add(file, CD_REC_CLOSURE, closure, reported + 130);
    }
    file->head.kind = CD_FILE_CASE;
    file->head.org_id = org->id;
    file->head.org_code = org->code;
    file->head.org_name = org->name;
    file->head.created_at = file->records[0].recorded_at;
    CD_ERR(app_case_sum_up(&file->head, file->records, file->count, org, maker->today, pool));
    return write_file(maker, file, year, 2,
                      ((const cd_patient_t *)file->records[1].body)->nhs_number);
}

/* ---- claims -------------------------------------------------------------- */

static void add_parties(maker_t *maker, file_t *file, int index, cd_date_t notified)
{
    cd_parties_t *parties = BODY(file, cd_parties_t);
    int of_case = (int)((apr_int64_t)index * maker->cases / maker->claims), year, number;
    int first = org_of_case(maker, of_case), second = (first + 1) % maker->org_count;

    year_of_case(&year, &number, maker, of_case);
    parties->party[0].org_code = maker->orgs[first].code;
    parties->party[0].share_bp = index % 4 || maker->org_count < 2 ? CD_BP_WHOLE : 7000;
    parties->party[0].cases = apr_psprintf(file->pool, "CM-%d-%04d", year, number);
    if (parties->party[0].share_bp != CD_BP_WHOLE) {
        parties->party[1].org_code = maker->orgs[second].code;
        parties->party[1].share_bp = CD_BP_WHOLE - 7000;
    }
    add(file, CD_REC_PARTIES, parties, notified + 10);
}

static void add_payments(file_t *file, cd_date_t notified)
{
    static const int kinds[] = { CD_PAY_DEFENCE_COSTS, CD_PAY_DAMAGES_LUMP, CD_PAY_CLAIMANT_COSTS };
    static const int payees[] = { CD_PAYEE_PANEL_SOLICITOR, CD_PAYEE_CLAIMANT,
                                  CD_PAYEE_CLAIMANT_SOLICITOR };
    int i;

    for (i = 0; i < 3; i++) {
        cd_payment_t *payment = BODY(file, cd_payment_t);

        payment->kind = kinds[i];
        payment->amount_p = 100000 + (apr_int64_t)roll(file, 9000000);
        payment->paid = cd_when_day(notified + 120 + 20 * i);
        payment->payee = payees[i];
        add(file, CD_REC_PAYMENT, payment, notified + 121 + 20 * i);
    }
}

static cd_err_t *make_claim(maker_t *maker, int index, apr_pool_t *pool)
{
    file_t *file = apr_pcalloc(pool, sizeof(*file));
    cd_claim_facts_t *facts;
    cd_claim_status_t *status;
    int a_year = (maker->claims + YEARS - 1) / YEARS, year = FIRST_YEAR + index / a_year;
    cd_date_t notified =
        cd_date_make(year, 1, 1) + (cd_date_t)((apr_int64_t)(index % a_year) * 360 / a_year);

    file->pool = pool;
    file->dice = (apr_uint64_t)index * 1187 + 7;
    file->user = maker->handler;
    facts = BODY(file, cd_claim_facts_t);
    facts->title = PICK(file, events);
    facts->claimant_name = person(file);
    facts->nhs_number = nhs_number(file);
    facts->scheme = CD_SCHEME_CNST;
    facts->incident = cd_when_day(notified - 300);
    facts->notified = cd_when_day(notified);
    facts->solicitors = "Marsh and Vale";
    facts->litigated = CD_NO;
    facts->agreed_damages_p = 1000000 + (apr_int64_t)roll(file, 20000000);
    facts->agreed_costs_p = 400000;
    add(file, CD_REC_CLAIM, facts, notified + 1);
    file->actions[0] = CD_ACT_CLAIM_CREATED;
    add_parties(maker, file, index, notified);
    status = BODY(file, cd_claim_status_t);
    status->status = index % 3 ? CD_CLAIM_SETTLED_DAMAGES : CD_CLAIM_INVESTIGATING;
    status->on = cd_when_day(notified + 60);
    add(file, CD_REC_CLAIM_STATUS, status, notified + 61);
    add_payments(file, notified);
    file->head.kind = CD_FILE_CLAIM;
    file->head.created_at = file->records[0].recorded_at;
    CD_ERR(app_claim_sum_up(&file->head, file->records, file->count, maker->today, pool));
    return write_file(maker, file, year, 1, facts->nhs_number);
}

/* ---- the run ------------------------------------------------------------- */

static cd_err_t *read_lines(maker_t *maker, const char *path, void (*take)(maker_t *, char *))
{
    FILE *file = fopen(path, "r");
    char line[512];

    if (!file)
        return cd_err(maker->pool, CD_E_CONFIG, NULL, "cannot read %s", path);
    while (fgets(line, sizeof(line), file)) {
        line[strcspn(line, "\n")] = '\0';
        take(maker, line);
    }
    fclose(file);
    return NULL;
}

static void take_org(maker_t *maker, char *line)
{
    cd_org_t *org = &maker->orgs[maker->org_count];
    char *state, *id = apr_strtok(line, "\t", &state), *code = apr_strtok(NULL, "\t", &state);

    if (!id || !code || maker->org_count == ORGS_MAX)
        return;
    org->id = apr_atoi64(id);
    org->code = apr_pstrdup(maker->pool, code);
    org->name = apr_pstrdup(maker->pool, state);
    org->jurisdiction = CD_JUR_ENG;
    org->kind = CD_HEALTH_SERVICE_BODY;
    org->nhs_contract = CD_YES;
    bulk_org(maker->conn, org->code, org->id);
    maker->org_count++;
}

static void take_user(maker_t *maker, char *line)
{
    char *state, *id = apr_strtok(line, "\t", &state), *org = apr_strtok(NULL, "\t", &state);
    int i;

    if (!id || !org)
        return;
    if (apr_atoi64(org) == 0 && !maker->handler)
        maker->handler = apr_atoi64(id);
    for (i = 0; i < maker->org_count; i++)
        if (maker->orgs[i].id == apr_atoi64(org) && !maker->users[i])
            maker->users[i] = apr_atoi64(id);
}

static cd_err_t *make_many(maker_t *maker, const char *what, int count,
                           cd_err_t *(*make)(maker_t *, int, apr_pool_t *))
{
    apr_pool_t *pool;
    int i;

    apr_pool_create(&pool, maker->pool);
    for (i = 0; i < count; i++) {
        CD_ERR(cd_err_wrap(maker->pool, make(maker, i, pool), "making %s %d", what, i));
        apr_pool_clear(pool);
        if ((i + 1) % (count / 20 > 0 ? count / 20 : 1) == 0 || i + 1 == count)
            fprintf(stderr, "\r   %s: %d of %d", what, i + 1, count);
    }
    fprintf(stderr, "\n");
    apr_pool_destroy(pool);
    return NULL;
}

static cd_err_t *run(maker_t *maker, const char *const *argv)
{
    store_keys_t *keys;

    maker->cases = (int)apr_atoi64(argv[5]);
    maker->claims = (int)apr_atoi64(argv[6]);
    if (maker->cases < YEARS || maker->claims < 1 || maker->cases > YEARS * 900000)
        return cd_err(maker->pool, CD_E_RANGE, NULL, "%d cases, %d claims", maker->cases,
                      maker->claims);
    maker->today = cd_date_make(FIRST_YEAR + YEARS, 12, 31);
    CD_ERR(store_keys_read(&keys, argv[1], maker->pool));
    CD_ERR(bulk_open(&maker->conn, argv[4], keys, maker->pool));
    CD_ERR(read_lines(maker, argv[2], take_org));
    CD_ERR(read_lines(maker, argv[3], take_user));
    if (!maker->org_count || !maker->handler)
        return cd_err(maker->pool, CD_E_CONFIG, NULL, "no organisation, or no user without one");
    CD_ERR(make_many(maker, "cases", maker->cases, make_case));
    CD_ERR(make_many(maker, "claims", maker->claims, make_claim));
    return bulk_close(maker->conn, maker->pool);
}

int main(int argc, const char *const *argv)
{
    maker_t *maker;
    apr_pool_t *pool;
    cd_err_t *err;

    if (argc != 7) {
        fprintf(stderr, "usage: generate KEYFILE ORGS USERS FOLDER CASES CLAIMS\n");
        return 2;
    }
    apr_initialize();
    apr_pool_create(&pool, NULL);
    maker = apr_pcalloc(pool, sizeof(*maker));
    maker->pool = pool;
    err = run(maker, argv);
    if (err)
        fprintf(stderr, "generate: %s\n", cd_err_line(err, pool));
    return err != NULL;
}

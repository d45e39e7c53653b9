/* letter_bind.c: the facts that letters state: what each is called, where it stands in the record,
 * in what words. */
#include <stdlib.h>
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "domain/letter.h"

/* What a fact's function fills; `value` stays NULL where the record has nothing. */
typedef struct bind_t {
    cd_letter_fact_t *out;
    const cd_letter_made_t *made;
    const cd_letter_language_t *words;
    cd_date_t dated;
    apr_pool_t *pool;
} bind_t;

typedef struct fact_row_t {
    const char *name, *label, *remedy;
    void (*bind)(bind_t *b);
} fact_row_t;

static void from(bind_t *b, const cd_record_t *record, const char *field, const char *value)
{
    b->out->seq = record ? record->seq : 0;
    b->out->field = field;
    b->out->value = value && *value ? value : NULL;
}

static const char *date_words(const bind_t *b, cd_date_t date)
{
    int year, month, day;

    cd_date_split(date, &year, &month, &day);
    return apr_psprintf(b->pool, "%d %s %d", day, b->words->months[month - 1], year);
}

/* The words of a date without what goes before them, which the template's {on ...} adds. */
static void from_when(bind_t *b, const cd_record_t *record, const char *field, cd_when_t when)
{
    int year, month, day;

    from(b, record, field, NULL);
    if (!cd_when_known(when))
        return;
    cd_date_split(when.first, &year, &month, &day);
    b->out->precision = cd_when_precision(when);
    switch (b->out->precision) {
    case CD_PRECISION_DAY: b->out->value = date_words(b, when.first); break;
    case CD_PRECISION_MONTH:
        b->out->value = apr_psprintf(b->pool, "%s %d", b->words->months[month - 1], year);
        break;
    case CD_PRECISION_YEAR: b->out->value = apr_itoa(b->pool, year); break;
    default:
        b->out->value = apr_pstrcat(b->pool, date_words(b, when.first), " ", b->words->to, " ",
                                    date_words(b, when.last), NULL);
    }
}

const cd_patient_t *cd_letter_patient(const cd_case_t *file)
{
    const cd_record_t *record = cd_case_last(file, CD_REC_PATIENT);

    return record ? record->body : NULL;
}

static void patient(bind_t *b)
{
    const cd_record_t *record = cd_case_last(b->made->file, CD_REC_PATIENT);

    from(b, record, "name", record ? ((const cd_patient_t *)record->body)->name : NULL);
}

static void addressee(bind_t *b)
{
    if (b->made->person)
        from(b, b->made->person, "name", ((const cd_person_t *)b->made->person->body)->name);
    else
        patient(b);
}

/* Lines of "how to reach them" that can stand on an envelope: no e-mail address, no telephone
 * number. */
static int is_postal(const char *line)
{
    int digits = 0;

    for (const char *p = line; *p; p++)
        digits += apr_isdigit(*p) != 0;
    return !strchr(line, '@') && digits < 8;
}

static void address(bind_t *b)
{
    const cd_record_t *record = b->made->person;
    const char *contact = record ? ((const cd_person_t *)record->body)->contact : NULL,
               *value = NULL;
    char *line, *last = NULL;

    for (line = contact ? apr_strtok(apr_pstrdup(b->pool, contact), "\n", &last) : NULL; line;
         line = apr_strtok(NULL, "\n", &last))
        if (is_postal(line))
            value = value ? apr_pstrcat(b->pool, value, "\n", line, NULL) : line;
    from(b, record, "contact", value);
}

static void reference(bind_t *b)
{
    b->out->value = b->made->file->reference;
}

static void trust(bind_t *b)
{
    b->out->value = b->made->file->org->name;
}

static void dated(bind_t *b)
{
    cd_date_t date = b->made->draft->dated ? b->made->draft->dated : b->dated;

    b->out->own = 1;
    b->out->field = "dated";
    b->out->value = date ? date_words(b, date) : b->words->at_sign_off;
}

static void incident_on(bind_t *b)
{
    const cd_record_t *record = cd_case_last(b->made->file, CD_REC_INCIDENT);

    from_when(b, record, "occurred", record ? ((const cd_incident_t *)record->body)->occurred
                                            : (cd_when_t){ CD_NO_DATE, CD_NO_DATE });
}

static void told_on(bind_t *b)
{
    const cd_record_t *record = cd_case_last(b->made->file, CD_REC_TALK);

    from_when(b, record, "told", record ? record->happened : (cd_when_t){ CD_NO_DATE, CD_NO_DATE });
}

static const char *with_role(const char *name, const char *role, apr_pool_t *pool)
{
    return name && role ? apr_pstrcat(pool, name, ", ", role, NULL) : name;
}

static void spoke(bind_t *b)
{
    const cd_record_t *record = cd_case_last(b->made->file, CD_REC_TALK);
    const cd_talk_t *talk = record ? record->body : NULL;
    const char *one = talk ? with_role(talk->spoke_name, talk->spoke_role, b->pool) : NULL;
    const char *two = talk ? with_role(talk->spoke2_name, talk->spoke2_role, b->pool) : NULL;

    from(b, record, "spoke_name",
         one && two ? apr_pstrcat(b->pool, one, talk->spoke_role ? ", " : " ", b->words->and, " ",
                                  two, NULL)
                    : one);
}

static void late_reason(bind_t *b)
{
    const cd_record_t *record = cd_case_last(b->made->file, CD_REC_TALK);

    from(b, record, "reason_if_late",
         record ? ((const cd_talk_t *)record->body)->reason_if_late : NULL);
}

static const cd_enquiry_t *enquiry(const cd_record_t **record, const bind_t *b)
{
    static const cd_enquiry_t none;

    *record = cd_case_last(b->made->file, CD_REC_ENQUIRY);
    return *record ? (*record)->body : &none;
}

static void enquiry_kind(bind_t *b)
{
    const cd_record_t *record;
    const cd_enquiry_t *body = enquiry(&record, b);

    from(b, record, "type", record ? cd_token_label(b->words->enquiries, body->type) : NULL);
}

static void enquiry_lead(bind_t *b)
{
    const cd_record_t *record;
    const cd_enquiry_t *body = enquiry(&record, b);

    from(b, record, "led_by", body->led_by);
}

static void enquiry_expected(bind_t *b)
{
    const cd_record_t *record;
    const cd_enquiry_t *body = enquiry(&record, b);

    from(b, record, "expected_on", body->expected_on ? date_words(b, body->expected_on) : NULL);
}

static void enquiry_finished(bind_t *b)
{
    const cd_record_t *record;
    const cd_enquiry_t *body = enquiry(&record, b);

    from_when(b, record, "signed_off", body->signed_off);
}

static void actions(bind_t *b)
{
    const cd_record_t *record;
    const cd_enquiry_t *body = enquiry(&record, b);

    from(b, record, "actions",
         body->actions ? apr_pstrcat(b->pool, "\n", body->actions, NULL) : NULL);
}

/* What was offered last: with its own record, else in the talk. */
static void support(bind_t *b)
{
    const cd_record_t *record = cd_case_last(b->made->file, CD_REC_SUPPORT);
    const char *words = NULL;
    apr_uint32_t set;

    if (record) {
        set = ((const cd_support_t *)record->body)->support;
    } else {
        record = cd_case_last(b->made->file, CD_REC_TALK);
        set = record ? ((const cd_talk_t *)record->body)->support : 0;
    }
    for (const cd_token_t *t = b->words->supports; t->word; t++)
        if (set & (1u << t->value))
            words = words ? apr_pstrcat(b->pool, words, "; ", t->label, NULL) : t->label;
    from(b, record, "support", words);
}

static void contact(bind_t *b)
{
    const cd_record_t *record = cd_case_last(b->made->file, CD_REC_OPENING);

    if (b->made->draft->contact) {
        b->out->own = 1;
        b->out->field = "contact";
        b->out->value = b->made->draft->contact;
    } else {
        from(b, record, "contact_point",
             record ? ((const cd_opening_t *)record->body)->contact_point : NULL);
    }
}

static void attempts(bind_t *b)
{
    const cd_record_t *r = NULL, *last = NULL;
    int count = 0;

    while ((r = cd_case_next(b->made->file, CD_REC_ATTEMPT, r)))
        if (((const cd_attempt_t *)r->body)->outcome != CD_ATTEMPT_REACHED) {
            last = r;
            count++;
        }
    from(b, last, "tried", !count ? NULL : count == 1 ? b->words->once
                           : apr_pstrcat(b->pool, apr_itoa(b->pool, count), b->words->times, NULL));
}

static void last_attempt(bind_t *b)
{
    const cd_record_t *record = cd_case_last(b->made->file, CD_REC_ATTEMPT);

    from_when(b, record, "tried",
              record ? record->happened : (cd_when_t){ CD_NO_DATE, CD_NO_DATE });
}

static void signed_by(bind_t *b)
{
    b->out->own = 1;
    b->out->field = "signed_by";
    b->out->value = b->made->draft->signed_by;
}

static void signed_role(bind_t *b)
{
    b->out->own = 1;
    b->out->field = "signed_role";
    b->out->value = b->made->draft->signed_role;
}

static const fact_row_t rows[] = {
    { "patient", "Name of the patient", "Add the patient to the case", patient },
    { "addressee", "Name of the person", "Add the patient, or the person to be told, to the case",
      addressee },
    { "address", "Address", "Add an address to the person’s entry", address },
    { "reference", "Reference", NULL, reference },
    { "trust", "Sender", NULL, trust },
    { "dated", "Date of the letter", NULL, dated },
    { "incident_on", "Day of the incident", "Correct the facts of the incident: add its date",
      incident_on },
    { "told_on", "Day the person was told", "Log the talk with the person first", told_on },
    { "spoke", "Who spoke for the trust", "Add to the talk who spoke for the trust", spoke },
    { "late_reason", "Why the person was told late", "Add the reason to the talk", late_reason },
    { "enquiry_kind", "Kind of enquiry", "Log the enquiry", enquiry_kind },
    { "enquiry_lead", "Who leads the enquiry", "Add to the enquiry who leads it", enquiry_lead },
    { "enquiry_expected", "Day the enquiry should be finished",
      "Add to the enquiry when it should be finished",
      enquiry_expected },
    { "enquiry_finished", "Day the enquiry was finished", "Add to the enquiry when it was signed "
      "off", enquiry_finished },
    { "actions", "Actions of the enquiry", "Add the actions to the enquiry", actions },
    { "support", "Support offered", "Log the support that was offered", support },
    { "contact", "Contact", "Enter who the person can contact, and how", contact },
    { "attempts", "How often you tried", "Log the attempts to reach the person", attempts },
    { "last_attempt", "Day of the last attempt", "Log the attempts to reach the person",
      last_attempt },
    { "signed_by", "Who signs", "Enter who signs the letter", signed_by },
    { "signed_role", "Post of who signs", "Enter the post of who signs the letter", signed_role }
};

int cd_letter_bind(cd_letter_fact_t *out, const cd_letter_made_t *made, cd_date_t date,
                   const char *name, apr_pool_t *pool)
{
    bind_t b = { out, made, cd_letter_language(made->language), date, pool };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].name, name)) {
            memset(out, 0, sizeof(*out));
            out->name = rows[i].name;
            out->label = rows[i].label;
            out->remedy = rows[i].remedy;
            rows[i].bind(&b);
            return 1;
        }
    return 0;
}

/* outbox.c: a person's own messages, the failures that administrators see, and how an organisation
 * is reminded. */
#include <string.h>

#include <apr_strings.h>

#include "app/outbox.h"
#include "app/reminder.h"
#include "web/changed.h"
#include "web/outbox.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

typedef struct look_t { const char *word, *label, *tag; } look_t;

static look_t look_of(const app_message_t *message)
{
    if (message->is_sent)
        return (look_t){ "sent", "Sent by e-mail", "nhsuk-tag--green" };
    if (message->is_failed)
        return (look_t){ "failed", "Could not be sent", "nhsuk-tag--red" };
    if (message->is_waiting)
        return (look_t){ "waiting", "E-mail to follow", "nhsuk-tag--grey" };
    return (look_t){ "here-only", "Here only", "nhsuk-tag--blue" };
}

/** Address of the file it is about, where the reader may open it; NULL. */
static const char *file_url(const web_exchange_t *x, const app_message_t *message)
{
    if (!message->reference)
        return NULL;
    if (!strncmp(message->reference, "CM-", 3) && web_reach(x, CD_RIGHT_CASE_READ) != CD_REACH_NONE)
        return web_url(x, "case.show", message->reference, NULL);
    if (!strncmp(message->reference, "CL-", 3)
        && web_reach(x, CD_RIGHT_CLAIM_READ) != CD_REACH_NONE)
        return web_url(x, "claim.show", message->reference, NULL);
    return NULL;
}

static void put_message(web_view_t *map, web_exchange_t *x, const app_message_t *message)
{
    look_t look = look_of(message);

    web_put_int(map, WN_number, message->id);
    web_put_token(map, WN_kind, app_notice_kinds, message->kind);
    web_put_text(map, WN_reference, message->reference);
    web_put_text(map, WN_step, message->step);
    web_put_date(map, WN_due_on, message->due_on);
    web_put_instant(map, WN_put_at, message->put_at);
    web_put_instant(map, WN_sent_at, message->sent_at);
    web_put_text(map, WN_state, look.word);
    web_page_text(map, WN_tag_text, look.label);
    web_page_text(map, WN_tag_class, look.tag);
    web_put_text(map, WN_trouble, message->trouble);
    web_page_text(map, WN_url, file_url(x, message));
    if (message->kind == APP_NOTICE_FAILED && web_reach(x, CD_RIGHT_HEALTH_READ) != CD_REACH_NONE)
        web_page_text(map, WN_url, web_url(x, "health", NULL));
}

cd_err_t *web_notices(web_exchange_t *x)
{
    app_message_t *messages;
    apr_int64_t before;
    web_view_t *list;
    int i, count;

    CD_ERR(web_query_cursor(&before, x, "before"));
    CD_ERR(app_notices(&messages, &count, x->ctx, before));
    list = web_put_list(x->view, WN_messages);
    for (i = 0; i < count; i++)
        put_message(web_add(list), x, &messages[i]);
    web_page_title(x, "Messages", "Your messages");
    web_page_flag(x->view, WN_has_messages, count > 0);
    if (count == APP_NOTICE_ROWS)
        web_put_text(
            x->view, WN_next_url,
            web_url_query(x, web_url(x, "notice.list", NULL), "before",
                          apr_psprintf(x->pool, "%" APR_INT64_T_FMT, messages[count - 1].id)));
    return NULL;
}

/* ---- for administrators -------------------------------------------------- */

cd_err_t *web_outbox_put(web_exchange_t *x)
{
    app_outbox_state_t state;
    web_view_t *list;
    int i;

    CD_ERR(app_outbox_state(&state, x->ctx));
    web_put_int(x->view, WN_waiting, state.waiting + state.sending);
    web_put_int(x->view, WN_failed, state.failed);
    web_put_instant(x->view, WN_oldest_waiting, state.oldest_waiting);
    web_page_flag(x->view, WN_has_outbox, 1);
    web_page_flag(x->view, WN_has_failed, state.failed > 0);
    web_page_text(x->view, WN_retry_words,
                  apr_psprintf(x->pool, "%s could not be sent. %d wait.",
                               web_count(state.failed, "message", "messages", x->pool),
                               state.waiting));
    list = web_put_list(x->view, WN_failures);
    for (i = 0; i < state.failure_count; i++) {
        web_view_t *item = web_add(list);

        /* Counts and words of a list: neither the file nor the person. */
        web_put_token(item, WN_kind, app_notice_kinds, state.failures[i].kind);
        web_put_instant(item, WN_put_at, state.failures[i].put_at);
        web_put_instant(item, WN_ended_at, state.failures[i].ended_at);
        web_put_int(item, WN_tries, state.failures[i].tries);
        web_put_text(item, WN_trouble, state.failures[i].trouble);
    }
    if (state.failed) {
        web_page_text(x->view, WN_retry_url, web_url(x, "outbox.retry", NULL));
        web_form_show(x->view, web_form_make(NULL, 0, NULL, x->pool), x);
    }
    return NULL;
}

cd_err_t *web_outbox_retry(web_exchange_t *x)
{
    int count;

    CD_ERR(web_form_read(web_form_make(NULL, 0, NULL, x->pool), x));
    CD_ERR(app_outbox_retry(&count, x->ctx));
    return web_redirect(x, web_url(x, "health", NULL));
}

/* ---- how an organisation is reminded ------------------------------------- */

static cd_err_t *frame(const cd_org_t **org_out, web_exchange_t *x)
{
    CD_ERR(app_org(org_out, x->ctx, x->param[0]));
    web_crumb(x, "Trusts", web_url(x, "org.list", NULL));
    web_crumb(x, (*org_out)->name, web_url(x, "org.edit", (*org_out)->code, NULL));
    web_page_title(x, "Reminders", apr_psprintf(x->pool, "Reminders of %s", (*org_out)->name));
    web_page_text(
        x->view, WN_lead,
        "People are reminded of what is due before its day and after it. What stays undone "
        "is passed on.");
    web_page_text(x->view, WN_form_url, web_url(x, "reminders.edit", (*org_out)->code, NULL));
    web_page_text(x->view, WN_submit_label, "Save");
    web_page_text(x->view, WN_cancel_url, web_url(x, "org.list", NULL));
    return NULL;
}

static web_form_t *make(app_reminders_t *reminders, web_exchange_t *x)
{
    return web_form_make(app_reminder_fields, app_reminder_field_count, reminders, x->pool);
}

cd_err_t *web_reminders_edit(web_exchange_t *x)
{
    app_reminders_t *reminders;
    const cd_org_t *org;
    web_form_t *form;

    CD_ERR(app_reminders_get(&reminders, x->ctx, x->param[0]));
    CD_ERR(frame(&org, x));
    form = make(reminders, x);
    form->version = reminders->version;
    web_form_show(x->view, form, x);
    return NULL;
}

cd_err_t *web_reminders_save(web_exchange_t *x)
{
    app_reminders_t *now, *reminders = apr_pcalloc(x->pool, sizeof(*reminders));
    web_form_t *form = make(reminders, x);
    const cd_org_t *org;
    cd_err_t *err = NULL;

    CD_ERR(app_reminders_get(&now, x->ctx, x->param[0]));
    CD_ERR(frame(&org, x));
    CD_ERR(web_form_read(form, x));
    reminders->version = form->version;
    if (!form->problems.count)
        err = app_reminders_save(x->ctx, org->code, reminders, &form->problems);
    if (web_form_to_mend(x, form, err) || form->problems.count)
        return web_form_again(x, form);
    if (err && err->code == CD_E_STALE && x->media == WEB_HTML) {
        web_page_title(x, "Changed meanwhile",
                       "Somebody changed these reminders while you were writing");
        web_diff_put(x, form, now, NULL);
        return web_form_changed(x, form, now->version, "setting");
    }
    CD_ERR(err);
    return web_redirect(x, web_url(x, "org.edit", org->code, NULL));
}

/* scheme_diff.c: what two versions of schemes have different, setting by setting. */
#include <string.h>

#include "domain/scheme_members.h"

static const cd_setting_t *named(const cd_setting_t *list, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(list[i].name, name))
            return &list[i];
    return NULL;
}

static int same(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

int cd_scheme_changes(cd_scheme_change_t *list, int *changed_out, const cd_scheme_t *old,
                      const cd_scheme_t *now, apr_pool_t *pool)
{
    cd_setting_t before[CD_SCHEME_SETTINGS], after[CD_SCHEME_SETTINGS];
    int before_count = cd_scheme_settings(before, old, pool),
        after_count = cd_scheme_settings(after, now, pool);
    int count = 0;

    *changed_out = 0;
    for (int i = 0; i < cd_scheme_member_count && count < CD_SCHEME_CHANGES; i++) {
        const cd_setting_t *a = named(before, before_count, cd_scheme_members[i].name);
        const cd_setting_t *b = named(after, after_count, cd_scheme_members[i].name);
        cd_scheme_change_t *one = &list[count];

        if (!a && !b)
            continue;
        *one = (cd_scheme_change_t){ cd_scheme_members[i].name,
                                     cd_scheme_members[i].label,
                                     a ? a->value : NULL,
                                     b ? b->value : NULL,
                                     b ? b->authority : NULL,
                                     a ? a->authority : NULL,
                                     0,
                                     0 };
        one->changed = !a || !b || strcmp(a->value, b->value) != 0;
        one->resourced = !one->changed && !same(one->old_authority, one->authority);
        *changed_out += one->changed;
        count++;
    }
    return count;
}

/* test_chain.c: an entry's canonical bytes and its link: every member counts, and nothing else
 * does. */
#include "unit/unit.h"

#include "audit/record.h"
#include "base/text.h"

static store_entry_t sample(void)
{
    store_entry_t entry = { .chain = 1,
                            .chain_id = 2026000412,
                            .at = APR_INT64_C(1794992400000000),
                            .actor = 7,
                            .actor_name = "not stored",
                            .role = 2,
                            .action = 2,
                            .object = "record 5",
                            .version_before = 4,
                            .version_after = 5,
                            .has_idem = 1,
                            .answer = "CM-2026-0412#5" };

    memset(entry.commitment, 0xaa, sizeof(entry.commitment));
    memset(entry.idem, 0x11, sizeof(entry.idem));
    memset(entry.fingerprint, 0x22, sizeof(entry.fingerprint));
    return entry;
}

/* Pinned: a stored chain must verify for ever. The value was reckoned apart from this code, by
 * the form that record.h and chain.c describe. */
static void hash_never_moves(void **state)
{
    apr_pool_t *pool = *state;
    store_entry_t entry = sample();
    unsigned char start[32] = { 0 };

    audit_link(&entry, 0, start, pool);
    assert_int_equal(entry.seq, 1);
    assert_string_equal(cd_hex(entry.hash, 32, pool),
                        "f6f7f5ffdff79b974fb172b257e2508314ade4dd65422fa61c48a267c5f95c0e");
}

static void links_follow(void **state)
{
    apr_pool_t *pool = *state;
    store_entry_t first = sample(), second = sample();
    unsigned char start[32] = { 0 };

    audit_link(&first, 0, start, pool);
    audit_link(&second, first.seq, first.hash, pool);
    assert_int_equal(second.seq, 2);
    assert_memory_equal(second.prev, first.hash, 32);
    assert_memory_not_equal(second.hash, first.hash, 32);
}

typedef void (*bend_fn)(store_entry_t *entry);
#define BEND(name, statement) \
    static void bend_##name(store_entry_t *entry) \
    { \
        statement; \
    }
BEND(chain, entry->chain++)
BEND(chain_id, entry->chain_id++)
BEND(seq, entry->seq++)
BEND(at, entry->at++)
BEND(actor, entry->actor++)
BEND(role, entry->role++)
BEND(action, entry->action++)
BEND(object, entry->object = "record 6")
BEND(before, entry->version_before++)
BEND(after, entry->version_after++)
BEND(commitment, entry->commitment[31] ^= 1)
BEND(prev, entry->prev[0] ^= 1)
BEND(no_idem, entry->has_idem = 0)
BEND(idem, entry->idem[15] ^= 1)
BEND(fingerprint, entry->fingerprint[0] ^= 1)
BEND(answer, entry->answer = NULL)
BEND(empty_answer, entry->answer = "")

static void every_member_counts(void **state)
{
    static const struct {
        bend_fn bend;
        const char *why;
    } rows[] = {
#define ROW(name) { bend_##name, #name }
        ROW(chain),   ROW(chain_id), ROW(seq),         ROW(at),     ROW(actor),        ROW(role),
        ROW(action),  ROW(object),   ROW(before),      ROW(after),  ROW(commitment),   ROW(prev),
        ROW(no_idem), ROW(idem),     ROW(fingerprint), ROW(answer), ROW(empty_answer),
    };
    apr_pool_t *pool = *state;
    store_entry_t entry = sample();
    const char *bytes, *bent_bytes;
    apr_size_t len, bent_len, i;

    audit_canonical(&bytes, &len, &entry, pool);
    for (i = 0; i < COUNT_OF(rows); i++) {
        store_entry_t bent = entry;

        rows[i].bend(&bent);
        audit_canonical(&bent_bytes, &bent_len, &bent, pool);
        ROW_CHECK(len != bent_len || memcmp(bytes, bent_bytes, len) != 0, i, rows[i].why);
    }
    entry.actor_name = "another";
    audit_canonical(&bent_bytes, &bent_len, &entry, pool);
    assert_int_equal(len, bent_len);
    assert_memory_equal(bytes, bent_bytes, len);
}

/* "ab" + "c" must not be "a" + "bc": each text carries its length. */
static void neighbours_do_not_run_together(void **state)
{
    apr_pool_t *pool = *state;
    store_entry_t one = sample(), two = sample();
    const char *bytes[2];
    apr_size_t len[2];

    one.has_idem = two.has_idem = 0;
    one.object = "record 51";
    one.answer = "x";
    two.object = "record 5";
    two.answer = "1x";
    audit_canonical(&bytes[0], &len[0], &one, pool);
    audit_canonical(&bytes[1], &len[1], &two, pool);
    assert_true(len[0] != len[1] || memcmp(bytes[0], bytes[1], len[0]) != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(hash_never_moves),
        POOL_TEST(links_follow),
        POOL_TEST(every_member_counts),
        POOL_TEST(neighbours_do_not_run_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_key.c: key files, data keys, sealing: what opens, and that nothing else does. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apr_file_io.h>

#include "base/text.h"
#include "store/key.h"

static char folder[] = "/tmp/candour-key-XXXXXX";

static int folder_make(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int folder_remove(void **state)
{
    static const char *const names[] = { "made", "bad", "absent", "wrap", "strange",
                                         "old",  "new", "both",   "a",    "b" };
    char path[sizeof(folder) + 16];
    apr_size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(names); i++) {
        apr_snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

static const char *scratch_file(const char *name, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s/%s", folder, name);
}

static void write_file(const char *path, const char *text, apr_fileperms_t mode, apr_pool_t *pool)
{
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, path, APR_WRITE | APR_CREATE | APR_TRUNCATE, mode, pool),
                     APR_SUCCESS);
    assert_int_equal(apr_file_write_full(file, text, strlen(text), NULL), APR_SUCCESS);
    apr_file_close(file);
    apr_file_perms_set(path, mode);
}

static const char *read_text(const char *path, apr_pool_t *pool)
{
    char *text = apr_pcalloc(pool, 4096);
    apr_size_t len = 4095;
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, path, APR_READ, APR_OS_DEFAULT, pool), APR_SUCCESS);
    apr_file_read_full(file, text, len, &len);
    apr_file_close(file);
    return text;
}

static store_keys_t *fresh_keys(const char *name, apr_pool_t *pool)
{
    const char *path = scratch_file(name, pool);
    store_keys_t *keys = NULL;

    assert_null(store_key_file_make(path, pool));
    assert_null(store_keys_read(&keys, path, pool));
    return keys;
}

#define OWNER_ONLY (APR_FPROT_UREAD | APR_FPROT_UWRITE)

static void made_once_and_private(void **state)
{
    apr_pool_t *pool = *state;
    const char *path = scratch_file("made", pool);
    struct stat info;
    cd_err_t *err;

    assert_null(store_key_file_make(path, pool));
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    err = store_key_file_make(path, pool);
    assert_non_null(err);
    assert_int_equal(err->code, CD_E_CONFIG);
}

typedef struct bad_row_t {
    const char *text;
    const char *why;
} bad_row_t;

#define SECRET "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define SECRET_ID "66687aad" /* SHA-256 of 32 zero bytes */
#define GOOD "candour-keys 1\nlookup " SECRET "\nkey " SECRET_ID " " SECRET "\n"

static const bad_row_t bad_rows[] = {
    { "", "empty" },
    { "candour-keys 2\nlookup " SECRET "\nkey " SECRET_ID " " SECRET "\n", "another version" },
    { "candour-keys 1\nlookup " SECRET "\n", "no key" },
    { "candour-keys 1\nkey " SECRET_ID " " SECRET "\n", "no look-up secret" },
    { "candour-keys 1\nlookup " SECRET "\nlookup " SECRET "\nkey " SECRET_ID " " SECRET "\n",
      "two look-up secrets" },
    { "candour-keys 1\nlookup " SECRET "\nkey 00000000 " SECRET "\n",
      "an id that is not the secret's" },
    { "candour-keys 1\nlookup " SECRET "\nkey " SECRET_ID " AAAA\n", "a short secret" },
    { "candour-keys 1\nlookup " SECRET "\nkey " SECRET_ID " " SECRET "A\n", "a long secret" },
    { "candour-keys 1\nlookup " SECRET "\nkey " SECRET_ID "\n", "an id alone" },
    { "candour-keys 1\nlookup " SECRET "\nkey\n", "a word alone" },
    { GOOD "key " SECRET_ID " " SECRET "\n", "a key twice" },
    { GOOD "keys\n", "a word that is not known" },
};

static void bad_files_are_refused(void **state)
{
    apr_pool_t *pool = *state;
    const char *path = scratch_file("bad", pool);
    store_keys_t *keys;
    cd_err_t *err;
    apr_size_t i;

    for (i = 0; i < COUNT_OF(bad_rows); i++) {
        write_file(path, bad_rows[i].text, OWNER_ONLY, pool);
        err = store_keys_read(&keys, path, pool);
        ROW_CHECK(err && err->code == CD_E_CONFIG, i, bad_rows[i].why);
        ROW_CHECK(!strstr(cd_err_line(err, pool), SECRET), i, "a message holds a secret");
    }
    write_file(path, GOOD "\n# kept for old rows\n", OWNER_ONLY, pool);
    assert_null(store_keys_read(&keys, path, pool));
    write_file(path, GOOD, OWNER_ONLY | APR_FPROT_GREAD, pool);
    assert_non_null(store_keys_read(&keys, path, pool));
    write_file(path, GOOD, OWNER_ONLY | APR_FPROT_WREAD, pool);
    assert_non_null(store_keys_read(&keys, path, pool));
    assert_non_null(store_keys_read(&keys, "/dev/null", pool));
    assert_non_null(store_keys_read(&keys, scratch_file("absent", pool), pool));
}

static void seals_open_where_they_belong(void **state)
{
    static const char *const texts[] = { "", "a", "Agnes Kowalczyk", "\xc3\x89" };
    apr_pool_t *pool = *state;
    store_data_key_t key, other;
    const char *sealed, *again, *plain;
    apr_size_t i, len, again_len, plain_len;

    assert_null(store_random(&key, sizeof(key), pool));
    assert_null(store_random(&other, sizeof(other), pool));
    for (i = 0; i < COUNT_OF(texts); i++) {
        assert_null(store_seal(&sealed, &len, &key, "case/CM-2026-0412/5/talk", texts[i],
                               strlen(texts[i]), pool));
        assert_null(store_seal(&again, &again_len, &key, "case/CM-2026-0412/5/talk", texts[i],
                               strlen(texts[i]), pool));
        ROW_CHECK(len == again_len && memcmp(sealed, again, len) != 0, i,
                  "a nonce of its own each time");
        assert_null(
            store_unseal(&plain, &plain_len, &key, "case/CM-2026-0412/5/talk", sealed, len, pool));
        ROW_CHECK(plain_len == strlen(texts[i]) && memcmp(plain, texts[i], plain_len) == 0, i,
                  "the same text");
        ROW_CHECK(
            store_unseal(&plain, &plain_len, &key, "case/CM-2026-0412/6/talk", sealed, len, pool) &&
                store_unseal(&plain, &plain_len, &key, "claim/CM-2026-0412/5/talk", sealed, len,
                             pool) &&
                store_unseal(&plain, &plain_len, &key, "", sealed, len, pool),
            i, "another place");
        ROW_CHECK(
            store_unseal(&plain, &plain_len, &other, "case/CM-2026-0412/5/talk", sealed, len, pool),
            i, "another key");
    }
}

static void every_byte_counts(void **state)
{
    apr_pool_t *pool = *state;
    store_data_key_t key;
    const char *sealed, *plain;
    apr_size_t len, plain_len, i;
    char *bent;
    cd_err_t *err;

    assert_null(store_random(&key, sizeof(key), pool));
    assert_null(store_seal(&sealed, &len, &key, "p", "some text", 9, pool));
    for (i = 0; i < len; i++) {
        bent = apr_pmemdup(pool, sealed, len);
        bent[i] = (char)(bent[i] ^ 1);
        err = store_unseal(&plain, &plain_len, &key, "p", bent, len, pool);
        ROW_CHECK(err && err->code == CD_E_TAMPERED, i, "a changed byte");
    }
    for (i = 0; i < len; i++) {
        err = store_unseal(&plain, &plain_len, &key, "p", sealed, i, pool);
        ROW_CHECK(err && err->code == CD_E_TAMPERED, i, "cut short");
    }
}

static void data_keys_wrap_and_unwrap(void **state)
{
    apr_pool_t *pool = *state;
    store_keys_t *keys = fresh_keys("wrap", pool), *strange = fresh_keys("strange", pool);
    store_data_key_t key, again;
    const char *wrapped;
    apr_size_t len, i;
    cd_err_t *err;

    assert_null(store_data_key_make(&key, &wrapped, &len, keys, 1, "CM-2026-0412", pool));
    assert_null(store_data_key_unwrap(&again, keys, wrapped, len, 1, "CM-2026-0412", pool));
    assert_memory_equal(key.bytes, again.bytes, sizeof(key.bytes));
    err = store_data_key_unwrap(&again, keys, wrapped, len, 1, "CM-2026-0413", pool);
    assert_true(err && err->code == CD_E_TAMPERED);
    err = store_data_key_unwrap(&again, keys, wrapped, len, 2, "CM-2026-0412", pool);
    assert_true(err && err->code == CD_E_TAMPERED);
    err = store_data_key_unwrap(&again, strange, wrapped, len, 1, "CM-2026-0412", pool);
    assert_true(err && err->code == CD_E_KEY);
    err = store_data_key_unwrap(&again, keys, NULL, 0, 1, "CM-2026-0412", pool);
    assert_true(err && err->code == CD_E_KEY);
    err = store_data_key_unwrap(&again, NULL, wrapped, len, 1, "CM-2026-0412", pool);
    assert_true(err && err->code == CD_E_KEY);
    for (i = 0; i < len; i++) {
        char *bent = apr_pmemdup(pool, wrapped, len);

        bent[i] = (char)(bent[i] ^ 0x80);
        ROW_CHECK(store_data_key_unwrap(&again, keys, bent, len, 1, "CM-2026-0412", pool), i,
                  "a changed byte");
    }
}

/* A rotation puts a new key first: old rows still open, new ones are wrapped by the new key,
 * look-ups stay. */
static void rotation(void **state)
{
    apr_pool_t *pool = *state;
    const char *old_path = scratch_file("old", pool), *new_path = scratch_file("new", pool);
    const char *old_text, *new_text, *both = scratch_file("both", pool), *wrapped;
    store_keys_t *before, *after, *fresh;
    store_data_key_t key, again;
    unsigned char hash[2][32], sign[2][32];
    apr_size_t len;

    assert_null(store_key_file_make(old_path, pool));
    assert_null(store_key_file_make(new_path, pool));
    assert_null(store_keys_read(&before, old_path, pool));
    assert_null(store_keys_read(&fresh, new_path, pool));
    old_text = read_text(old_path, pool);
    new_text = read_text(new_path, pool);
    write_file(both,
               apr_pstrcat(pool, "candour-keys 1\n", strstr(new_text, "key "),
                           strstr(old_text, "lookup "), NULL),
               OWNER_ONLY, pool);
    assert_null(store_keys_read(&after, both, pool));
    assert_null(store_data_key_make(&key, &wrapped, &len, before, 1, "CM-2026-0001", pool));
    assert_null(store_data_key_unwrap(&again, after, wrapped, len, 1, "CM-2026-0001", pool));
    assert_memory_equal(key.bytes, again.bytes, sizeof(key.bytes));
    assert_null(store_data_key_make(&key, &wrapped, &len, after, 1, "CM-2026-0001", pool));
    assert_null(store_data_key_unwrap(&again, fresh, wrapped, len, 1, "CM-2026-0001", pool));
    assert_non_null(store_data_key_unwrap(&again, before, wrapped, len, 1, "CM-2026-0001", pool));
    store_lookup_hash(hash[0], before, "nhs", "9434765919");
    store_lookup_hash(hash[1], after, "nhs", "9434765919");
    assert_memory_equal(hash[0], hash[1], 32);
    store_system_commitment(hash[0], before, "user");
    store_system_commitment(hash[1], after, "user");
    assert_memory_equal(hash[0], hash[1], 32);
    store_system_mac(sign[0], before, 7, hash[0]);
    store_system_mac(sign[1], after, 7, hash[0]);
    assert_memory_equal(sign[0], sign[1], 32);
    store_system_mac(sign[1], after, 8, hash[0]);
    assert_memory_not_equal(sign[0], sign[1], 32);
    store_keys_derive(sign[0], before, "csrf");
    store_keys_derive(sign[1], after, "csrf");
    assert_memory_not_equal(sign[0], sign[1], 32);
}

static void hashes_are_keyed_and_apart(void **state)
{
    apr_pool_t *pool = *state;
    store_keys_t *keys = fresh_keys("a", pool), *strange = fresh_keys("b", pool);
    unsigned char one[32], two[32];

    store_lookup_hash(one, keys, "nhs", "9434765919");
    store_lookup_hash(two, strange, "nhs", "9434765919");
    assert_memory_not_equal(one, two, 32);
    store_lookup_hash(two, keys, "other", "9434765919");
    assert_memory_not_equal(one, two, 32);
    store_lookup_hash(two, keys, "nhs", "9434765919");
    assert_memory_equal(one, two, 32);
    store_keys_derive(one, keys, "csrf");
    store_keys_derive(two, keys, "session");
    assert_memory_not_equal(one, two, 32);
}

/* FIPS 180-4 and RFC 4231, test case 2 with the key padded to our length. */
static void known_answers(void **state)
{
    apr_pool_t *pool = *state;
    store_data_key_t key;
    unsigned char out[32];

    store_sha256(out, "abc", 3);
    assert_string_equal(cd_hex(out, 32, pool),
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    memset(&key, 0, sizeof(key));
    memcpy(key.bytes, "Jefe", 4);
    store_commitment(out, &key, "what do ya want for nothing?", 28);
    assert_string_equal(cd_hex(out, 32, pool),
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(made_once_and_private),        POOL_TEST(bad_files_are_refused),
        POOL_TEST(seals_open_where_they_belong), POOL_TEST(every_byte_counts),
        POOL_TEST(data_keys_wrap_and_unwrap),    POOL_TEST(rotation),
        POOL_TEST(hashes_are_keyed_and_apart),   POOL_TEST(known_answers),
    };

    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}

/* key.c: the key file, the keys derived from it, and the wrapping of a file's data key.
 *
 * The file is text, one item a line:
 *   candour-keys 1
 *   lookup BASE64URL              secret of keyed look-ups; the same for the life of the data
 *   key ID BASE64URL              ID: first 8 hex digits of the key's SHA-256
 * The first key wraps and signs, all of them unwrap: a rotation puts a new line before the old
 * ones. Empty lines and lines that begin with "#" are skipped. Each purpose gets a key of its
 * own by HMAC. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apr_strings.h>

#include <openssl/crypto.h>

#include "base/text.h"
#include "store/gcm.h"
#include "store/key.h"

#define KEY_FILE_HEAD "candour-keys 1"
#define KEY_FILE_MAX 8192
#define KEYS_MAX 16
#define KEY_ID_BYTES 4
#define WRAP_VERSION 1
#define WRAP_BYTES (1 + KEY_ID_BYTES + STORE_GCM_EXTRA + STORE_KEY_BYTES)

typedef struct master_key_t {
    unsigned char id[KEY_ID_BYTES];
    unsigned char bytes[STORE_KEY_BYTES];
    unsigned char wrap[STORE_KEY_BYTES]; /* derived: wraps data keys */
} master_key_t;

struct store_keys_t {
    unsigned char lookup[STORE_KEY_BYTES];
    int has_lookup;
    master_key_t keys[KEYS_MAX]; /* the first wraps and signs */
    int count;
};

static void derive(unsigned char out[STORE_KEY_BYTES], const unsigned char secret[STORE_KEY_BYTES],
                   const char *purpose)
{
    char label[96];

    memset(label, 0, sizeof(label));
    apr_cpystrn(label, "mod_candour 1 ", sizeof(label));
    apr_cpystrn(label + strlen(label), purpose, sizeof(label) - strlen(label));
    store_hmac(out, secret, label, sizeof(label));
}

static void key_id(unsigned char out[KEY_ID_BYTES], const unsigned char bytes[STORE_KEY_BYTES])
{
    unsigned char hash[32];

    store_sha256(hash, bytes, STORE_KEY_BYTES);
    memcpy(out, hash, KEY_ID_BYTES);
}

static cd_err_t *write_new(const char *path, const char *text, apr_size_t len, apr_pool_t *pool)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    int bad;

    if (fd < 0)
        return cd_err(pool, CD_E_CONFIG,
                      errno == EEXIST ? "the key file is there already and is not overwritten"
                                      : "the key file cannot be written",
                      "key file %s: errno %d", path, errno);
    bad = write(fd, text, len) != (ssize_t)len || fsync(fd) != 0;
    bad |= close(fd) != 0;
    if (bad) {
        unlink(path);
        return cd_err(pool, CD_E_CONFIG, "the key file cannot be written", "key file %s: errno %d",
                      path, errno);
    }
    return NULL;
}

cd_err_t *store_key_file_make(const char *path, apr_pool_t *pool)
{
    unsigned char secret[2][STORE_KEY_BYTES], id[KEY_ID_BYTES];
    apr_pool_t *scratch;
    const char *text;
    cd_err_t *err;

    CD_ERR(store_random(secret, sizeof(secret), pool));
    key_id(id, secret[1]);
    apr_pool_create(&scratch, pool);
    text = apr_pstrcat(scratch, KEY_FILE_HEAD "\nlookup ",
                       cd_b64url(secret[0], STORE_KEY_BYTES, scratch), "\nkey ",
                       cd_hex(id, sizeof(id), scratch), " ",
                       cd_b64url(secret[1], STORE_KEY_BYTES, scratch), "\n", NULL);
    err = write_new(path, text, strlen(text), pool);
    OPENSSL_cleanse((char *)text, strlen(text));
    OPENSSL_cleanse(secret, sizeof(secret));
    apr_pool_destroy(scratch);
    return err;
}

static cd_err_t *bad_key_file(apr_pool_t *pool, const char *path, int line, const char *why)
{
    return cd_err(pool, CD_E_CONFIG, "the key file cannot be used", "key file %s, line %d: %s",
                  path, line, why);
}

/* Whoever can read this file can read every name in the database. */
static cd_err_t *check_private(int fd, const char *path, apr_pool_t *pool)
{
    struct stat info;

    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        return bad_key_file(pool, path, 0, "is not a regular file");
    if (info.st_mode & (S_IRWXG | S_IRWXO))
        return bad_key_file(pool, path, 0,
                            "others than its owner may use it: mode must be 0600 or 0400");
    if (info.st_uid != geteuid() && info.st_uid != 0)
        return bad_key_file(pool, path, 0, "belongs to another account");
    if (info.st_size > KEY_FILE_MAX)
        return bad_key_file(pool, path, 0, "is over 8 KiB");
    return NULL;
}

static cd_err_t *read_private(char *text, apr_size_t *len_out, const char *path, apr_pool_t *pool)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    cd_err_t *err;
    ssize_t got = 0;

    if (fd < 0)
        return cd_err(pool, CD_E_CONFIG, "the key file cannot be read", "key file %s: errno %d",
                      path, errno);
    *len_out = 0;
    err = check_private(fd, path, pool);
    while (!err && *len_out < KEY_FILE_MAX &&
           (got = read(fd, text + *len_out, KEY_FILE_MAX - *len_out)) > 0)
        *len_out += (apr_size_t)got;
    close(fd);
    if (!err && got < 0)
        err = bad_key_file(pool, path, 0, "cannot be read to its end");
    return err;
}

/* "key ID SECRET": the id guards against a line that was cut or mixed up by hand. */
static const char *take_key(store_keys_t *keys, const char *rest)
{
    master_key_t *key = &keys->keys[keys->count];
    char hex[2 * KEY_ID_BYTES + 1];
    unsigned char want[KEY_ID_BYTES];
    int i;

    if (keys->count == KEYS_MAX)
        return "too many keys";
    if (strlen(rest) < sizeof(hex) || rest[sizeof(hex) - 1] != ' ')
        return "a key has an id of 8 hex digits and a secret";
    apr_cpystrn(hex, rest, sizeof(hex));
    if (!cd_unhex(want, sizeof(want), hex) ||
        !cd_unb64url(key->bytes, STORE_KEY_BYTES, rest + sizeof(hex)))
        return "a key has an id of 8 hex digits and a secret of 43 characters";
    key_id(key->id, key->bytes);
    if (memcmp(key->id, want, sizeof(want)) != 0)
        return "the id does not belong to the secret";
    for (i = 0; i < keys->count; i++) {
        if (memcmp(keys->keys[i].id, key->id, sizeof(key->id)) == 0)
            return "the key stands there twice";
    }
    derive(key->wrap, key->bytes, "wrap");
    keys->count++;
    return NULL;
}

static const char *take_line(store_keys_t *keys, int number, const char *line)
{
    if (number == 1)
        return strcmp(line, KEY_FILE_HEAD) == 0 ? NULL
                                                : "the first line must be \"" KEY_FILE_HEAD "\"";
    if (!*line || *line == '#')
        return NULL;
    if (strncmp(line, "key ", 4) == 0)
        return take_key(keys, line + 4);
    if (strncmp(line, "lookup ", 7) == 0) {
        if (keys->has_lookup)
            return "the look-up secret stands there twice";
        keys->has_lookup = cd_unb64url(keys->lookup, STORE_KEY_BYTES, line + 7);
        return keys->has_lookup ? NULL : "the look-up secret has 43 characters";
    }
    return "a line begins with \"key\" or \"lookup\"";
}

static cd_err_t *parse(store_keys_t *keys, char *text, const char *path, apr_pool_t *pool)
{
    char *line = text, *end;
    const char *why;
    int number;

    for (number = 1; line; number++, line = end ? end + 1 : NULL) {
        end = strchr(line, '\n');
        if (end)
            *end = '\0';
        else if (!*line)
            break;
        why = take_line(keys, number, line);
        if (why)
            return bad_key_file(pool, path, number, why);
    }
    if (!keys->has_lookup || keys->count == 0)
        return bad_key_file(pool, path, number, "a look-up secret and at least one key are needed");
    return NULL;
}

static apr_status_t wipe(void *data)
{
    OPENSSL_cleanse(data, sizeof(store_keys_t));
    return APR_SUCCESS;
}

cd_err_t *store_keys_read(store_keys_t **out, const char *path, apr_pool_t *pool)
{
    store_keys_t *keys = apr_pcalloc(pool, sizeof(*keys));
    char text[KEY_FILE_MAX + 1];
    apr_size_t len = 0;
    cd_err_t *err = read_private(text, &len, path, pool);

    apr_pool_cleanup_register(pool, keys, wipe, apr_pool_cleanup_null);
    if (!err) {
        text[len] = '\0';
        err = strlen(text) != len ? bad_key_file(pool, path, 0, "holds a NUL byte")
                                  : parse(keys, text, path, pool);
    }
    OPENSSL_cleanse(text, sizeof(text));
    if (!err)
        *out = keys;
    return err;
}

void store_keys_derive(unsigned char out[STORE_KEY_BYTES], const store_keys_t *keys,
                       const char *purpose)
{
    unsigned char signing[STORE_KEY_BYTES];

    derive(signing, keys->keys[0].bytes, "sign");
    derive(out, signing, purpose);
    OPENSSL_cleanse(signing, sizeof(signing));
}

static const char *wrap_place(int file_kind, const char *reference, apr_pool_t *pool)
{
    return apr_psprintf(pool, "candour wrap 1/%d/%s", file_kind, reference);
}

cd_err_t *store_data_key_make(store_data_key_t *key_out, const char **wrapped_out,
                              apr_size_t *len_out, const store_keys_t *keys, int file_kind,
                              const char *reference, apr_pool_t *pool)
{
    unsigned char *wrapped = apr_palloc(pool, WRAP_BYTES);

    if (!keys)
        return cd_err(pool, CD_E_KEY, NULL, "no key file: nothing sensitive can be written");
    CD_ERR(store_random(key_out->bytes, STORE_KEY_BYTES, pool));
    wrapped[0] = WRAP_VERSION;
    memcpy(wrapped + 1, keys->keys[0].id, KEY_ID_BYTES);
    CD_ERR(store_gcm_close(wrapped + 1 + KEY_ID_BYTES, keys->keys[0].wrap,
                           wrap_place(file_kind, reference, pool), key_out->bytes, STORE_KEY_BYTES,
                           pool));
    *wrapped_out = (const char *)wrapped;
    *len_out = WRAP_BYTES;
    return NULL;
}

cd_err_t *store_data_key_unwrap(store_data_key_t *key_out, const store_keys_t *keys,
                                const char *wrapped, apr_size_t len, int file_kind,
                                const char *reference, apr_pool_t *pool)
{
    int i;

    if (!wrapped || !keys)
        return cd_err(pool, CD_E_KEY, NULL, "%s: %s", reference,
                      wrapped ? "no key file" : "its key is gone");
    if (len != WRAP_BYTES || wrapped[0] != WRAP_VERSION)
        return cd_err(pool, CD_E_TAMPERED, NULL, "%s: the wrapped key has no known form",
                      reference);
    for (i = 0; i < keys->count; i++) {
        if (memcmp(wrapped + 1, keys->keys[i].id, KEY_ID_BYTES) == 0)
            return store_gcm_open(key_out->bytes, keys->keys[i].wrap,
                                  wrap_place(file_kind, reference, pool),
                                  wrapped + 1 + KEY_ID_BYTES, len - 1 - KEY_ID_BYTES, pool);
    }
    return cd_err(pool, CD_E_KEY, NULL, "%s: wrapped by key %s, which the key file does not hold",
                  reference, cd_hex(wrapped + 1, KEY_ID_BYTES, pool));
}

void store_system_commitment(unsigned char out[32], const store_keys_t *keys, const char *content)
{
    store_lookup_hash(out, keys, "system entry", content);
}

void store_system_mac(unsigned char out[32], const store_keys_t *keys, int seq,
                      const unsigned char head[32])
{
    unsigned char secret[STORE_KEY_BYTES], bytes[4 + 32];
    int i;

    for (i = 0; i < 4; i++)
        bytes[i] = (unsigned char)((unsigned)seq >> (24 - 8 * i));
    memcpy(bytes + 4, head, 32);
    derive(secret, keys->lookup, "system head");
    store_hmac(out, secret, bytes, sizeof(bytes));
    OPENSSL_cleanse(secret, sizeof(secret));
}

void store_lookup_hash(unsigned char out[32], const store_keys_t *keys, const char *purpose,
                       const char *value)
{
    unsigned char secret[STORE_KEY_BYTES];

    derive(secret, keys->lookup, purpose);
    store_hmac(out, secret, value, strlen(value));
    OPENSSL_cleanse(secret, sizeof(secret));
}

void store_word_key(store_data_key_t *out, const store_keys_t *keys, const char *whose)
{
    unsigned char secret[STORE_KEY_BYTES];

    derive(secret, keys->lookup, "words");
    store_hmac(out->bytes, secret, whose, strlen(whose));
    OPENSSL_cleanse(secret, sizeof(secret));
}

/* test_hash.c: SHA-256 and HMAC-SHA-256 against published examples. */
#include "unit.h"

#include "base/hash.h"
#include "base/text.h"

static void sha256(void **state)
{
    static const struct { const char *text, *hash, *why; } rows[] = {
        { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "nothing" },
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
          "FIPS 180-4, example" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
          "FIPS 180-4, two blocks" }
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        unsigned char hash[32];

        cd_sha256(hash, rows[i].text, strlen(rows[i].text));
        ROW_CHECK(!strcmp(cd_hex(hash, 32, *state), rows[i].hash), i, rows[i].why);
    }
}

/* RFC 4231. A shorter key is the same as one with zero bytes behind it. */
static void hmac(void **state)
{
    static const struct {
        unsigned char key[32];
        int fill;
        const char *text, *hash, *why;
    } rows[] = {
        { "", 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
          "test case 1" },
        { "Jefe", 0, "what do ya want for nothing?",
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", "test case 2" }
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        unsigned char key[32], hash[32];

        memcpy(key, rows[i].key, sizeof(key));
        memset(key, 0x0b, (size_t)rows[i].fill);
        cd_hmac(hash, key, rows[i].text, strlen(rows[i].text));
        ROW_CHECK(!strcmp(cd_hex(hash, 32, *state), rows[i].hash), i, rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(sha256), POOL_TEST(hmac) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

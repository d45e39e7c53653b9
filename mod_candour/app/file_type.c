/* file_type.c: the list of files that are taken.
 *
 * A row for each extension. The first bytes must be those of the type; what the browser said is
 * never asked. Nothing here opens a file or looks for what it may do: that is the scanner's. */
#include <string.h>
#include <strings.h>

#include "app/file_type.h"

static int by_mark(const unsigned char *bytes, apr_size_t len, const app_file_type_t *type)
{
    return len >= type->mark_len && !memcmp(bytes, type->mark, type->mark_len);
}

static int is_gif(const unsigned char *bytes, apr_size_t len, const app_file_type_t *type)
{
    (void)type;
    return len >= 6 && (!memcmp(bytes, "GIF87a", 6) || !memcmp(bytes, "GIF89a", 6));
}

static int is_tiff(const unsigned char *bytes, apr_size_t len, const app_file_type_t *type)
{
    (void)type;
    return len >= 4 && (!memcmp(bytes, "II*\0", 4) || !memcmp(bytes, "MM\0*", 4));
}

/* Name of the first entry of a zip archive: its length, 0 if there is none. @source
 * APPNOTE.TXT 4.3.7 */
static apr_size_t first_entry(const char **name_out, const unsigned char *bytes, apr_size_t len)
{
    apr_size_t name_len;

    if (len < 30 || memcmp(bytes, "PK\003\004", 4))
        return 0;
    name_len = (apr_size_t)bytes[26] | (apr_size_t)bytes[27] << 8;
    *name_out = (const char *)bytes + 30;
    return name_len <= len - 30 ? name_len : 0;
}

static int entry_is(const char *name, apr_size_t len, const char *wanted)
{
    apr_size_t wanted_len = strlen(wanted);

    /* "word/" stands for all below it */
    return wanted[wanted_len - 1] == '/' ? len > wanted_len && !strncmp(name, wanted, wanted_len)
                                         : len == wanted_len && !strncmp(name, wanted, len);
}

/* Office Open XML: programs differ in which of these parts they write first; `mark` is the type's
 * own folder. */
static int is_ooxml(const unsigned char *bytes, apr_size_t len, const app_file_type_t *type)
{
    static const char *const parts[] = { "[Content_Types].xml", "_rels/", "docProps/",
                                         "customXml/" };
    const char *name;
    apr_size_t i, name_len = first_entry(&name, bytes, len);

    if (name_len && entry_is(name, name_len, type->mark))
        return 1;
    for (i = 0; name_len && i < sizeof(parts) / sizeof(parts[0]); i++)
        if (entry_is(name, name_len, parts[i]))
            return 1;
    return 0;
}

/* OpenDocument: the first entry is "mimetype", not packed, and holds the media type. */
static int is_odf(const unsigned char *bytes, apr_size_t len, const app_file_type_t *type)
{
    const char *name;
    apr_size_t name_len = first_entry(&name, bytes, len), extra_len, at;

    if (name_len != 8 || memcmp(name, "mimetype", 8))
        return 0;
    extra_len = (apr_size_t)bytes[28] | (apr_size_t)bytes[29] << 8;
    at = 38 + extra_len;
    return extra_len < APP_TYPE_PEEK && at < len && len - at >= type->mark_len
           && !memcmp(bytes + at, type->mark, type->mark_len);
}

static int is_any(const unsigned char *bytes, apr_size_t len, const app_file_type_t *type)
{
    (void)bytes;
    (void)type;
    return len > 0;
}

/* A mail begins with a line "Name: value". @source RFC 5322, 2.2 */
static int is_mail(const unsigned char *bytes, apr_size_t len, const app_file_type_t *type)
{
    apr_size_t i = 0;

    (void)type;
    while (i < len && bytes[i] > ' ' && bytes[i] < 0x7f && bytes[i] != ':')
        i++;
    return i > 0 && i < len && bytes[i] == ':';
}

#define MARK(extension, media, bytes) { extension, media, by_mark, bytes, sizeof(bytes) - 1, 0 }
#define OLE(extension, media) MARK(extension, media, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
#define OOXML(extension, folder, kind) \
    { extension, "application/vnd.openxmlformats-officedocument." kind, is_ooxml, folder, \
      sizeof(folder) - 1, 0 }
#define ODF(extension, media) { extension, media, is_odf, media, sizeof(media) - 1, 0 }
#define TEXT(extension, media, begins) { extension, media, begins, NULL, 0, 1 }

static const app_file_type_t types[] = {
    MARK("pdf", "application/pdf", "%PDF-"),
    MARK("png", "image/png", "\x89PNG\r\n\x1a\n"),
    MARK("jpg", "image/jpeg", "\xff\xd8\xff"),
    MARK("jpeg", "image/jpeg", "\xff\xd8\xff"),
    { "gif", "image/gif", is_gif, NULL, 0, 0 },
    { "tif", "image/tiff", is_tiff, NULL, 0, 0 },
    { "tiff", "image/tiff", is_tiff, NULL, 0, 0 },
    OOXML("docx", "word/", "wordprocessingml.document"),
    OOXML("xlsx", "xl/", "spreadsheetml.sheet"),
    OOXML("pptx", "ppt/", "presentationml.presentation"),
    ODF("odt", "application/vnd.oasis.opendocument.text"),
    ODF("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    OLE("doc", "application/msword"),
    OLE("xls", "application/vnd.ms-excel"),
    OLE("msg", "application/vnd.ms-outlook"),
    TEXT("eml", "message/rfc822", is_mail),
    TEXT("txt", "text/plain", is_any),
    TEXT("csv", "text/csv", is_any),
    { "rtf", "application/rtf", by_mark, "{\\rtf", 5, 1 },
    { NULL, NULL, NULL, NULL, 0, 0 }
};

const app_file_type_t *app_file_types(void)
{
    return types;
}

const char *app_file_types_words(void)
{
    return "The file must be a PDF, a picture (PNG, JPEG, GIF or TIFF), a Word, Excel, PowerPoint "
           "(PPTX) or OpenDocument"
           " (ODT, ODS) file, an email (EML or MSG), or text (TXT, CSV or RTF)";
}

const app_file_type_t *app_file_type(const char *filename)
{
    const char *dot = filename ? strrchr(filename, '.') : NULL;
    const app_file_type_t *type;

    for (type = types; dot && type->extension; type++)
        if (!strcasecmp(dot + 1, type->extension))
            return type;
    return NULL;
}

const app_file_type_t *app_file_type_of_media(const char *media_type)
{
    const app_file_type_t *type;

    for (type = types; media_type && type->extension; type++)
        if (!strcmp(media_type, type->media_type))
            return type;
    return NULL;
}

int app_file_begins(const app_file_type_t *type, const char *bytes, apr_size_t len)
{
    return type->begins((const unsigned char *)bytes, len, type);
}

/* UTF-8 or an encoding of one byte a character: neither has control characters, and UTF-16 has
 * NULs. */
int app_file_is_text(const char *bytes, apr_size_t len)
{
    apr_size_t i;

    for (i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)bytes[i];

        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f)
            return 0;
    }
    return 1;
}
